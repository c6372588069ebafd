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
KIND = "起草哪一类方案"


def start(folder: Path, *arguments: str, encoding: str = "utf-8", **environment: str) -> Any:
    """The wizard in a terminal that speaks `encoding`."""
    env = os.environ | {
        "PYTHONPATH": str(ROOT), "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm", "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
    } | environment  # fmt: skip
    return pexpect.spawn(
        sys.executable, ["-m", "drafter", "new", "p.yaml", *arguments], cwd=str(folder), env=env, dimensions=(24, 80),
        encoding=encoding, codec_errors="replace", timeout=30,
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


def keys_for(parent: str) -> dict[str, str]:
    """What a first run for 双峰县 answers, by a piece of the question; every other question is passed with Enter."""
    return {
        "给哪个地方起草": "双峰县",
        "下辖哪些乡级单位": SPACE,
        # 手上只有娄底市的 is the third of four answers.
        "上级的同类方案": DOWN * 2,
        "市级方案的文件": parent,
        "合并设置": "县教育体育局=教育、体育",
        "议事协调机构名称": "县科学素质工作领导小组",
        "议事协调机构办公室名称": ">",
        "基期公民": "15.9",
    }


def question(child: Any, number: int) -> str:
    """The text of question `number`; empty where the conversation is over."""
    if child.expect([rf" {number}\. ", "现在就生成"]):
        return ""
    child.expect("？")
    return str(child.before)


def reply(child: Any, text: str, keys: dict[str, str]) -> None:
    child.send(next((typed for piece, typed in keys.items() if piece in text), "") + ENTER)


def first_run(child: Any, keys: dict[str, str]) -> list[str]:
    """Answer every question, then build; the questions."""
    asked: list[str] = []
    while text := question(child, len(asked) + 1):
        asked.append(text)
        reply(child, text, keys)
    return asked


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a parent plan for 双峰县 in it."""
    parent_file(tmp_path, ("澄州市", "娄底市"), ("岚江省", "湖南省"))
    return tmp_path


def test_a_first_run_ends_with_a_docx(folder: Path) -> None:
    child = start(folder)
    asked = first_run(child, keys_for("parent.txt"))
    assert len(asked) == len(set(asked)) <= 25
    child.send(ENTER)
    assert ended(child) == 0
    said = str(child.before)
    assert "drafter build p.yaml    生成方案" in said
    assert said.rstrip().endswith("drafter align p.yaml parent.txt --html 对照.html    逐条对照上级方案")
    assert (folder / "p.docx").is_file()
    profile = load(folder / "p.yaml").profile
    assert profile.place.divisions == ("乡镇",)
    assert profile.values["baseline_2025"] == ("15.9",)
    assert profile.organs[0].serves == ("education", "sports")
    assert not profile.unfinished


def test_a_first_run_under_the_real_prefecture_answers_every_item(tmp_path: Path, plans: Path) -> None:
    (tmp_path / "娄底方案.txt").write_bytes((plans / "loudi.txt").read_bytes())
    child = start(tmp_path)
    first_run(child, keys_for("娄底方案.txt"))
    told = str(child.before)
    assert "共 51 条任务" in told
    assert "照抄上级的约占" in told
    child.send(ENTER)
    assert ended(child) == 0
    assert (tmp_path / "p.docx").is_file()
    profile = load(tmp_path / "p.yaml").profile
    links = [*(each.answers for each in profile.picks), *(each.answers for each in profile.local)]
    answered = {each.item for answers in links for each in answers}
    assert len(answered | {each.item for each in profile.decisions}) == 51


@pytest.mark.slow
def test_interrupted_at_every_question_it_goes_on_where_it_stopped(folder: Path) -> None:
    keys, asked, waiting = keys_for("parent.txt"), list[str](), ""
    while True:
        child = start(folder)
        text = question(child, 1)
        assert waiting in ("", text)
        assert text not in asked
        asked.append(text)
        reply(child, text, keys)
        waiting = question(child, 2)
        if not waiting:
            break
        child.send(STOP)
        assert ended(child) == 130, text
        assert "drafter new p.yaml" in child.before
    child.send(ENTER)
    assert ended(child) == 0
    assert len(asked) > 15
    assert (folder / "p.docx").is_file()
    profile = load(folder / "p.yaml").profile
    assert profile.values["baseline_2025"] == ("15.9",)
    assert not profile.unfinished


def test_help_back_and_a_wrong_answer_on_one_question(folder: Path) -> None:
    child = start(folder)
    answer(
        child,
        [
            (KIND, ENTER),
            ("给哪个地方起草", "?" + ENTER),
            ("六位区划代码", ""),
            ("给哪个地方起草", "双风县" + ENTER),
        ],
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
    child.send(SPACE + DOWN * 4 + SPACE + ENTER)
    # The library's own English is not left on the screen.
    child.expect_exact("3. 本地下辖哪些乡级单位？（可多选） 乡镇、街道")
    child.send(STOP)
    assert ended(child) == 130
    assert "selections" not in str(child.before)


def test_a_question_says_what_an_empty_answer_does(folder: Path) -> None:
    (folder / "a.yml").write_text(
        "place: 双峰县\nplace.divisions: 乡镇\nparent: parent.txt\nprevious: ''\nperiod: 2026-2030\nfeatures: 无\n"
        "items: take\nmeasures: none\nlayout: {outline: parent, form: items}\nunits: ''\n",
        encoding="utf-8",
    )
    child = start(folder, "--answers", "a.yml")
    child.expect_exact("议事协调机构名称？")
    child.expect_exact("还不知道就回车，以后再填")
    child.send(STOP)
    assert ended(child) == 130


def test_an_interruption_before_the_first_answer_leaves_nothing(tmp_path: Path) -> None:
    child = start(tmp_path)
    child.expect_exact(KIND)
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


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX"},
        {"LC_ALL": "", "LANG": ""},
        # Nothing makes Python speak UTF-8 of itself.
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=str,
)
def test_without_a_chinese_locale_chinese_is_shown_all_the_same(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    child = start(tmp_path, **environment)
    answer(child, [(KIND, ENTER)])
    child.expect_exact("给哪个地方起草")
    child.send("双峰县" + ENTER)
    child.expect_exact("下辖哪些乡级单位")
    child.send(STOP)
    assert ended(child) == 130
    assert "双峰县" in (tmp_path / "p.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("terminal", ["xterm", "dumb"])
def test_on_a_terminal_of_gbk_chinese_is_shown_and_taken(tmp_path: Path, terminal: str) -> None:
    child = start(tmp_path, encoding="gbk", PYTHONIOENCODING="cp936:strict", PYTHONUTF8="0", TERM=terminal)
    enter = "\n" if terminal == "dumb" else ENTER
    answer(child, [(KIND, enter), ("给哪个地方起草", "双峰县" + enter)])
    child.expect_exact("下辖哪些乡级单位")
    child.send(STOP)
    assert ended(child) == 130
    assert "双峰县" in (tmp_path / "p.yaml").read_text(encoding="utf-8")


def test_what_is_typed_in_another_encoding_is_asked_again(tmp_path: Path) -> None:
    child = start(tmp_path, TERM="dumb")
    answer(child, [(KIND, "\n"), ("给哪个地方起草", "")])
    os.write(child.child_fd, "双峰县\n".encode("gbk"))
    answer(child, [("编码与本机不同", ""), ("给哪个地方起草", "双峰县\n")])
    child.expect_exact("下辖哪些乡级单位")
    child.send(STOP)
    assert ended(child) == 130
