"""`drafter check` and what `build` says of the rules: files, profiles, waivers, formats, exit codes, bad input."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drafts import EXAMPLE, ROOT, Changes, write, write_profile
from test_check import paper
from typer.testing import CliRunner

from drafter.build import build
from drafter.check import RULES
from drafter.check.own import OPEN
from drafter.cli import application

SLIP = "截止目前建成六处，贯彻创新发展战略。"
LOCAL = """picks: []
local:
- {id: night-school, section: farmers, title: 办好夜校, text: 截止目前已有三个村开课。, lead: [agriculture]}
"""
Invoke = Callable[..., tuple[int, str, str]]


@pytest.fixture
def invoke() -> Invoke:
    """Runs the command in this process: exit code, standard output, standard error."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        done = CliRunner().invoke(application(), ["check", *map(str, arguments)])
        return done.exit_code, done.stdout, done.stderr

    return run


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    """A plan with an error and a warning in it."""
    return write(tmp_path, "方案.txt", paper(SLIP))


def findings(output: str) -> list[dict[str, Any]]:
    made = json.loads(output)
    assert made["format"] == "drafter.check/1"
    assert set(made["checked"]) >= {rule.id for rule in RULES if rule.of == "text"} - {OPEN}
    found: list[dict[str, Any]] = made["findings"]
    return found


def test_json_is_as_the_interfaces_say(invoke: Invoke, slip: Path) -> None:
    code, output, messages = invoke(slip, "--format", "json")
    typo = next(each for each in findings(output) if each["rule"] == "wording.typo")
    assert code == 1
    assert messages == ""
    assert typo["severity"] == "error"
    assert typo["hint"] == "改为“截至目前”"
    assert (typo["quote"], typo["count"], typo["waived"]) == ("截止目前", 1, None)
    line = next(
        n for n, text in enumerate(slip.read_text(encoding="utf-8").splitlines(), 1) if "截止" in text
    )
    place = {"file": str(slip), "line": line, "paragraph": None, "page": None, "node": "2.2.2"}
    assert typo["places"] == [place]


def test_text_says_where_what_and_what_to_do(invoke: Invoke, slip: Path) -> None:
    code, output, _ = invoke(slip)
    assert code == 1
    assert "错误 1 项：\n  「截止目前」" in output
    assert "[wording.typo]\n      2.2.2 第" in output
    assert "→ 改为“截至目前”" in output


def test_several_files_are_told_apart(invoke: Invoke, slip: Path, tmp_path: Path) -> None:
    other = write(tmp_path, "另一份.txt", paper("部暑工作。"))
    _, output, _ = invoke(slip, other, "--format", "json")
    files = {
        each["quote"]: each["places"][0]["file"]
        for each in findings(output)
        if each["rule"] == "wording.typo"
    }
    assert files == {"截止目前": str(slip), "部暑": str(other)}


def test_a_clean_paper_ends_well(invoke: Invoke, tmp_path: Path) -> None:
    code, output, _ = invoke(write(tmp_path, "方案.txt", paper("先试点，后推开。")))
    assert code == 0
    assert "转载件未见文号" in output


def test_disabled_rules_are_silent(invoke: Invoke, slip: Path) -> None:
    code, output, _ = invoke(slip, "--disable", "wording.typo", "--disable", "wording.phrase")
    assert code == 0
    assert "wording" not in output


@pytest.mark.parametrize("option", ["--disable", "--explain"])
def test_an_unknown_rule_is_refused_with_the_nearest(option: str, invoke: Invoke, slip: Path) -> None:
    code, output, messages = invoke(slip, option, "wording.typ")
    assert (code, output) == (2, "")
    assert "没有规则“wording.typ”" in messages
    assert "wording.typo" in messages


def test_a_rule_is_explained(invoke: Invoke) -> None:
    code, output, _ = invoke("--explain", "numbers.zero")
    assert code == 0
    assert [line.partition("：")[0].strip() for line in output.splitlines()] == [
        "numbers.zero",
        "查什么",
        "为什么",
        "例",
        "怎么改",
    ]


def test_without_a_file_it_says_what_to_give(invoke: Invoke) -> None:
    code, _, messages = invoke()
    assert code == 2
    assert "没有写要审的文件" in messages


def test_files_that_cannot_be_read_are_all_told(invoke: Invoke, slip: Path, tmp_path: Path) -> None:
    code, output, messages = invoke(tmp_path / "无.docx", slip, write(tmp_path, "空.txt", ""))
    assert (code, output) == (2, "")
    assert "无.docx" in messages
    assert "空.txt" in messages


# ------------------------------------------------------------------ our own


def test_the_example_has_nothing_to_mend(invoke: Invoke, tmp_path: Path) -> None:
    built = tmp_path / "plan.docx"
    build(EXAMPLE, built)
    for file in (EXAMPLE, built):
        code, output, _ = invoke(file)
        assert (code, output) == (0, f"{file}\n没有发现问题。\n")


def test_the_words_of_the_example_s_parent_have_nothing_to_mend(invoke: Invoke) -> None:
    _, output, _ = invoke(ROOT / "examples" / "qingping" / "parent.docx", "--format", "json")
    assert not [each["rule"] for each in findings(output) if not each["rule"].startswith("layout.")]


@pytest.mark.parametrize("form", ["items", "dashes", "sections", "tasks", "continuous", "continuous-table"])
def test_a_draft_in_any_form_raises_no_alarm(form: str, invoke: Invoke, tmp_path: Path) -> None:
    profile = write_profile(tmp_path, ("form: items", f"form: {form}"))
    _, output, _ = invoke(profile, "--format", "json")
    rules = {each["rule"] for each in findings(output) if each["severity"] != "advice"}
    assert not rules - {"draft.open", "organ.verify"}


def test_another_family_raises_no_alarm(invoke: Invoke) -> None:
    _, output, _ = invoke(ROOT / "tests" / "families" / "flood" / "profile.yaml", "--format", "json")
    assert {each["severity"] for each in findings(output)} == {"advice"}


def with_local(folder: Path, *changes: Changes, waivers: str = "") -> Path:
    return write_profile(folder, *changes, picks=LOCAL + waivers)


def test_build_tells_what_the_rules_find(tmp_path: Path) -> None:
    built = build(with_local(tmp_path), tmp_path / "plan.docx")
    assert [each.quote for each in built.findings if each.rule == "wording.typo"] == ["截止目前"]
    assert built.written


def test_build_refuses_errors_only_if_asked(tmp_path: Path) -> None:
    built = build(with_local(tmp_path), tmp_path / "plan.docx", strict=True)
    assert built.written is None
    assert not (tmp_path / "plan.docx").exists()


def test_a_waiver_is_shown_with_its_reason(invoke: Invoke, tmp_path: Path) -> None:
    waivers = "waivers:\n- {rule: wording.typo, quote: 截止目前, reason: 引用原文}\n"
    profile = with_local(tmp_path, waivers=waivers)
    _, output, _ = invoke(profile, "--format", "json")
    waived = [(each["quote"], each["waived"]) for each in findings(output) if each["waived"]]
    assert waived == [("截止目前", "引用原文")]
    assert "已免审：「截止目前」" in invoke(profile)[1]
    assert not [
        each for each in build(profile, tmp_path / "plan.docx").findings if each.rule == "wording.typo"
    ]


def test_a_waiver_of_a_profile_holds_for_another_file(invoke: Invoke, slip: Path, tmp_path: Path) -> None:
    waivers = "waivers:\n- {rule: wording.typo, reason: 引用原文}\n"
    profile = with_local(tmp_path, waivers=waivers)
    _, output, _ = invoke(slip, "--profile", profile, "--format", "json")
    assert [each["waived"] for each in findings(output) if each["rule"] == "wording.typo"] == ["引用原文"]


def test_a_waiver_for_no_rule_is_refused_with_its_line(invoke: Invoke, tmp_path: Path) -> None:
    profile = with_local(tmp_path, waivers="waivers:\n- {rule: wording.typ, reason: 引用原文}\n")
    code, _, messages = invoke(profile)
    line = len(profile.read_text(encoding="utf-8").splitlines())
    assert code == 2
    assert f"{profile}:{line}：错误：没有规则“wording.typ”" in messages


# ------------------------------------------------------------------ real plans

FOUND = {
    "loudi": 16,
    "panzhihua": 17,
    "xiangxi": 25,
    "yanfeng": 27,
    "zezhou": 28,
}
"""How many findings that are no advice a plan has at least."""


@pytest.mark.parametrize("name", FOUND)
def test_real_plans_show_what_a_reader_found(name: str, plans: Path, invoke: Invoke) -> None:
    code, output, _ = invoke(plans / f"{name}.txt", "--format", "json")
    weighty = [each for each in findings(output) if each["severity"] != "advice"]
    assert code == 1
    assert len(weighty) >= FOUND[name]
    assert all(each["quote"] or each["rule"] == "units.none" for each in weighty)
    assert all(len(each["quote"]) <= 40 for each in weighty)
