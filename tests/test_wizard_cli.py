"""`drafter new`, `accept` and `doctor` from the command line: options, answers, no terminal, messages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from drafts import write
from talks import PLACE, parent_file

from drafter.load import load

ROOT = Path(__file__).parents[1]
Completed = subprocess.CompletedProcess[str]


def drafter(folder: Path, *arguments: str | Path, **environment: str) -> Completed:
    """The command line without a terminal."""
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | environment
    command = [sys.executable, "-m", "drafter", *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=folder,
        env=env,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )


ANSWERS = f"""place: {PLACE}
place.divisions: [乡镇, 街道]
period: 2026-2030
parent: parent.txt
features: [villages, mountain]
items: take
items.2.2.1: 不适用于本县：市级项目，由市科协组织实施
layout:
  form: dashes
values:
  coordinating_body: 县全民科学素质工作领导小组
  baseline_2025: 15.9
letterhead.issuer: 人民政府办公室
"""


def test_options_and_yes_give_a_draft_without_a_question(tmp_path: Path) -> None:
    parent_file(tmp_path, ("澄州市", "湘西自治州"))
    done = drafter(tmp_path, "new", "x.yaml", "--place", "花垣县", "--parent", "parent.txt", "--yes")
    assert (done.returncode, done.stdout) == (0, "")
    assert "drafter build x.yaml" in done.stderr
    assert "没有定" not in done.stderr
    built = drafter(tmp_path, "build", "x.yaml")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "x.docx").is_file()


@pytest.mark.parametrize(
    ("place", "plan"), [("花垣县", "xiangxi"), ("盐边县", "panzhihua"), ("双峰县", "loudi")]
)
def test_the_real_parents_leave_no_item_open(tmp_path: Path, plans: Path, place: str, plan: str) -> None:
    done = drafter(tmp_path, "new", "x.yaml", "--place", place, "--parent", plans / f"{plan}.txt", "--yes")
    assert done.returncode == 0, done.stderr
    assert "没有定" not in done.stderr
    assert drafter(tmp_path, "build", "x.yaml").returncode == 0


def test_a_file_of_answers_reaches_every_question(tmp_path: Path) -> None:
    parent_file(tmp_path)
    write(tmp_path, "answers.yaml", ANSWERS)
    done = drafter(tmp_path, "new", "x.yaml", "--answers", "answers.yaml", "--yes")
    assert done.returncode == 0, done.stderr
    profile = load(tmp_path / "x.yaml").profile
    assert profile.layout.form == "dashes"
    assert profile.values["baseline_2025"] == ("15.9",)
    assert [(each.item, each.kind, each.reason) for each in profile.decisions] == [
        ("2.2.1", "not-applicable", "市级项目，由市科协组织实施")
    ]
    assert profile.letterhead.issuer == "government-office"


def test_the_same_answers_give_the_same_file(tmp_path: Path) -> None:
    parent_file(tmp_path)
    write(tmp_path, "answers.yaml", ANSWERS)
    for name in ("x.yaml", "y.yaml"):
        drafter(tmp_path, "new", name, "--answers", "answers.yaml", "--yes")
    assert (tmp_path / "x.yaml").read_bytes() == (tmp_path / "y.yaml").read_bytes()


def test_without_a_terminal_the_open_questions_are_named_and_nothing_waits(tmp_path: Path) -> None:
    done = drafter(tmp_path, "new", "x.yaml", "--place", "双峰县")
    assert done.returncode == 2
    for each in ("period：", "features：", "letterhead.issuer：", "--answers", "--yes"):
        assert each in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_yes_without_a_place_says_what_is_missing(tmp_path: Path) -> None:
    done = drafter(tmp_path, "new", "x.yaml", "--yes")
    assert done.returncode == 2
    assert "给哪个地方起草" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- a\n", "问题: 回答"),
        ("period: [2026, 2030]\n", "只能有一个"),
        ("a: [{b: c}]\n", "一列文字"),
        ("a: b: c\n", "YAML"),
    ],
)
def test_a_file_of_answers_that_cannot_be_used_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    write(tmp_path, "answers.yaml", text)
    done = drafter(tmp_path, "new", "x.yaml", "--place", "双峰县", "--answers", "answers.yaml", "--yes")
    assert done.returncode == 2
    assert reason in done.stderr
    assert not (tmp_path / "x.yaml").exists()


def test_two_runs_on_one_profile_exclude_each_other(tmp_path: Path) -> None:
    (tmp_path / ".x.yaml.lock").write_text(str(os.getpid()), encoding="ascii")
    done = drafter(tmp_path, "new", "x.yaml", "--place", "双峰县", "--yes")
    assert done.returncode == 2
    assert "另一个 drafter 正在处理" in done.stderr


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = drafter(tmp_path, "new", "nowhere/x.yaml", "--place", "双峰县", "--yes")
    assert done.returncode == 2
    assert "没有文件夹" in done.stderr


def test_accept_prints_what_changed(tmp_path: Path) -> None:
    drafter(tmp_path, "new", "x.yaml", "--place", "双峰县", "--yes")
    path = tmp_path / "x.yaml"
    text = path.read_text(encoding="utf-8")
    assert drafter(tmp_path, "accept", "x.yaml").stdout == ""
    path.write_text(text.replace("    title: 提升", "    title: 从前", 1), encoding="utf-8")
    done = drafter(tmp_path, "accept", "x.yaml")
    assert done.returncode == 0
    assert path.read_text(encoding="utf-8") == text


def test_a_further_paper_is_called_by_its_label_and_names_what_asks_for_the_rest(tmp_path: Path) -> None:
    drafter(tmp_path, "new", "x.yaml", "--place", "双峰县", "--yes")
    done = drafter(tmp_path, "build", "x.yaml", "--paper", "征求意见函")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x-征求意见函.docx").is_file()
    assert "values.reply_by" in done.stderr
    assert "drafter new x.yaml --paper 征求意见函" in done.stderr
    wrong = drafter(tmp_path, "build", "x.yaml", "--paper", "公告")
    assert (wrong.returncode, "letter（征求意见函）" in wrong.stderr) == (2, True)
    said = drafter(tmp_path, "new", "x.yaml", "--paper", "征求意见函", "--yes").stderr
    assert "drafter build x.yaml --paper 征求意见函" in said


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "", "LANG": "POSIX", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "cp936:strict", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "cp437:strict", "PYTHONUTF8": "0"},
    ],
    ids=str,
)
def test_in_every_locale_files_with_chinese_names_pass_through_every_command(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    parent_file(tmp_path, ("澄州市", "湘西自治州")).rename(tmp_path / "上级方案.txt")
    given = ("new", "花垣.yaml", "--place", "花垣县", "--parent", "上级方案.txt", "--yes")
    # Where even arguments are ASCII Python passes their bytes on.
    plain = environment.get("PYTHONCOERCECLOCALE") == "0"
    steps = [
        (("read", "上级方案.txt", "--format", "md"), "总体要求"),
        (("check", "上级方案.txt"), "项"),
    ]
    if not plain:
        steps += [
            (given, "已写入 花垣.yaml"),
            (("build", "花垣.yaml"), "已写入 花垣.docx"),
            (("align", "花垣.yaml", "上级方案.txt", "--html", "对照.html"), "已写入 对照.html"),
        ]
    for arguments, said in steps:
        done = drafter(tmp_path, *arguments, **environment)
        assert done.returncode in (0, 1), done.stderr
        assert said in done.stdout + done.stderr


def test_doctor_says_what_it_looked_at(tmp_path: Path) -> None:
    done = drafter(tmp_path, "doctor")
    assert done.returncode in (0, 1)
    assert "终端编码" in done.stdout
    assert done.stderr == ""
