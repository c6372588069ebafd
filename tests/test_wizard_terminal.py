"""`drafter new` driven through a pseudo-terminal of 80 by 24, as a person would."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from talks import parent_file

from drafter.load import load

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)
import pexpect

ROOT = Path(__file__).parents[1]
DOWN, ENTER, SPACE, STOP = "\x1b[B", "\r", " ", "\x03"
Step = tuple[str, str]


def start(folder: Path, *arguments: str, **environment: str) -> Any:
    """The wizard in a terminal."""
    env = os.environ | {
        "PYTHONPATH": str(ROOT), "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm", "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
    } | environment  # fmt: skip
    return pexpect.spawn(
        sys.executable, ["-m", "drafter", "new", "p.yaml", *arguments], cwd=str(folder), env=env, dimensions=(24, 80),
        encoding="utf-8", timeout=30,
    )  # fmt: skip


def ended(child: Any) -> int:
    """What was printed to the end is read; the exit code."""
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus)


def answer(child: Any, steps: Sequence[Step]) -> None:
    for question, keys in steps:
        child.expect_exact(question)
        child.send(keys)


def first_run(parent: str) -> list[Step]:
    """Every question of a first run for 双峰县, and the keys that answer it."""
    return [
        ("给哪个地方起草", "双峰县" + ENTER),
        ("下辖哪些乡级单位", SPACE + ENTER),
        ("规划期？", ENTER),
        # 手上只有娄底市的 is the third of four answers.
        ("上级的同类方案", DOWN * 2 + ENTER),
        ("市级方案的文件", parent + ENTER),
        ("上一轮方案的文件", ENTER),
        ("县情特征", ENTER),
        ("怎样处理上级的各条任务", ENTER),
        ("加选吗", ENTER),
        ("章节用谁的", ENTER),
        ("序号用哪种形式", ENTER),
        ("篇幅？", ENTER),
        ("合并设置", "县教育体育局=教育、体育" + ENTER),
        ("议事协调机构名称", "县科学素质工作领导小组" + ENTER),
        ("议事协调机构办公室名称", ">" + ENTER),
        ("规划纲要题名", ENTER),
        ("下达了数值没有", ENTER),
        ("基期公民", "15.9" + ENTER),
        ("由谁发文", ENTER),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a parent plan for 双峰县 in it."""
    parent_file(tmp_path, ("澄州市", "娄底市"), ("岚江省", "湖南省"))
    return tmp_path


def finished(child: Any) -> str:
    """What the picked measures still ask is left for later, and the draft is built; what was told before that."""
    if child.expect_exact(["主导产业", "生成第一稿"]) == 0:
        child.send(">" + ENTER)
        child.expect_exact("生成第一稿")
    told = str(child.before)
    child.send(ENTER)
    return told


def test_a_first_run_ends_with_a_docx(folder: Path) -> None:
    child = start(folder)
    answer(child, first_run("parent.txt"))
    finished(child)
    assert ended(child) == 0
    assert (folder / "p.docx").is_file()
    profile = load(folder / "p.yaml").profile
    assert profile.place.divisions == ("乡镇",)
    assert profile.values["baseline_2025"] == ("15.9",)
    assert profile.organs[0].serves == ("education", "sports")
    assert not profile.unfinished


def test_a_first_run_under_the_real_prefecture_answers_every_item(tmp_path: Path, plans: Path) -> None:
    (tmp_path / "娄底方案.txt").write_bytes((plans / "loudi.txt").read_bytes())
    child = start(tmp_path)
    steps = first_run("娄底方案.txt")
    answer(child, steps[:8])
    while child.expect_exact(["加选吗", "怎样处理"]):
        child.send(ENTER)
    child.send(ENTER)
    answer(child, steps[9:])
    told = finished(child)
    assert "共 51 条任务" in told
    assert "照抄上级的约占" in told
    assert ended(child) == 0
    assert str(child.before).rstrip().endswith("drafter build p.yaml    生成方案")
    assert (tmp_path / "p.docx").is_file()
    profile = load(tmp_path / "p.yaml").profile
    links = [*(each.answers for each in profile.picks), *(each.answers for each in profile.local)]
    answered = {each.item for answers in links for each in answers}
    assert len(answered | {each.item for each in profile.decisions}) == 51


@pytest.mark.slow
def test_interrupted_at_every_question_it_goes_on_where_it_stopped(folder: Path) -> None:
    steps = first_run("parent.txt")
    for at, (question, keys) in enumerate(steps[:-1]):
        child = start(folder)
        child.expect_exact(question)
        asked_before = [each for each, _ in steps[:at] if each in child.before]
        assert asked_before == [], question
        child.send(keys)
        child.expect_exact(steps[at + 1][0])
        child.send(STOP)
        assert ended(child) == 130, question
        assert "drafter new p.yaml" in child.before
    child = start(folder)
    answer(child, steps[-1:])
    finished(child)
    assert ended(child) == 0
    assert (folder / "p.docx").is_file()


def test_help_back_and_a_wrong_answer_on_one_question(folder: Path) -> None:
    child = start(folder)
    answer(
        child, [("给哪个地方起草", "?" + ENTER), ("六位区划代码", ""), ("给哪个地方起草", "双风县" + ENTER)]
    )
    child.expect_exact("区划名录里没有")
    child.send("\x15" + "双峰县" + ENTER)
    answer(
        child,
        [
            ("下辖哪些乡级单位", "?"),
            ("决定主送机关", ""),
            ("下辖哪些乡级单位", ">"),
            ("规划期？", "<" + ENTER),
        ],
    )
    child.expect_exact("下辖哪些乡级单位")
    child.send(STOP)
    assert ended(child) == 130


def test_an_interruption_before_the_first_answer_leaves_nothing(tmp_path: Path) -> None:
    child = start(tmp_path)
    child.expect_exact("给哪个地方起草")
    child.send(STOP)
    assert ended(child) == 130
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_without_a_cursor_gets_plain_lines(folder: Path) -> None:
    child = start(folder, "--place", "双峰县", "--parent", "parent.txt", TERM="dumb")
    answer(
        child,
        [
            ("下辖哪些乡级单位", "?\n"),
            ("决定主送机关", ""),
            ("下辖哪些乡级单位", "1,3\n"),
            ("规划期？", "\n"),
        ],
    )
    answer(
        child,
        [
            ("上一轮方案的文件", "\n"),
            ("县情特征", "1\n"),
            ("怎样处理", "9\n"),
            ("没有“9”", ""),
            ("怎样处理", "1\n"),
        ],
    )
    child.expect_exact("加选吗")
    child.send(STOP)
    assert ended(child) == 130
    profile = load(folder / "p.yaml").profile
    assert profile.place.divisions == ("乡镇", "镇")
    assert profile.picks


@pytest.mark.parametrize("locale", ["C", "POSIX", ""])
def test_without_a_chinese_locale_chinese_is_shown_all_the_same(tmp_path: Path, locale: str) -> None:
    child = start(tmp_path, LC_ALL=locale, LANG=locale)
    child.expect_exact("给哪个地方起草")
    child.send("双峰县" + ENTER)
    child.expect_exact("下辖哪些乡级单位")
    child.send(STOP)
    assert ended(child) == 130
    assert "双峰县" in (tmp_path / "p.yaml").read_text(encoding="utf-8")
