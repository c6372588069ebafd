"""Rules on the plan above: what it orders and nothing carries, targets below its own, copied text, another period."""

import json
import shutil
from pathlib import Path
from typing import Literal

import pytest
from drafts import EXAMPLE, write_profile
from msgspec.structs import replace
from test_check import paper, subject
from typer.testing import CliRunner

from drafter.align.types import Alignment, Coverage, Pair, SectionShare, TargetPair
from drafter.check import check
from drafter.cli import application
from drafter.errors import Finding
from drafter.outline import Facts, Target

PARENT = EXAMPLE.with_name("parent.txt")
NONE = Facts()


def target(value: float) -> Target:
    return Target("村级站点覆盖率", 2030, ">=", value, "%", "村级站点覆盖率达到90%", "2.1")


def pair(
    addressed: Literal["own", "subordinate", "both"], confidence: Literal["sure", "review"] = "sure"
) -> Pair:
    """A measure of the parent that nothing carries."""
    return Pair("2.3", "建设村级站点", "measure", addressed, (), "missing", 0.1, confidence)


ALIGNED = Alignment(NONE, NONE, False, (), (), (), Coverage(1, 1, 0), 0.0)


def found(made: Alignment | None) -> list[Finding]:
    """What the rules of this theme find in a paper that was aligned so."""
    checked = check(replace(subject(paper("先试点，后推开。")), alignment=made))
    return [finding for finding in checked.findings if finding.rule.startswith("parent.")]


def told(made: Alignment) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity.value) for finding in found(made)]


def test_without_a_parent_nothing_is_asked_of_it() -> None:
    ran = check(subject(paper("先试点，后推开。"))).rules
    assert not [rule for rule in ran if rule.startswith(("parent.", "layout."))]
    assert found(None) == []
    assert found(ALIGNED) == []


@pytest.mark.parametrize(
    ("made", "rule", "severity"),
    [
        (pair("subordinate"), "parent.orders", "error"),
        (pair("both", "review"), "parent.orders", "warning"),
        (pair("own"), "parent.missing", "warning"),
        (replace(pair("own"), proposal="上级本级的事"), "parent.missing", "advice"),
    ],
)
def test_a_missing_measure_weighs_by_whom_it_is_addressed_to(made: Pair, rule: str, severity: str) -> None:
    assert told(replace(ALIGNED, pairs=(made,))) == [(rule, severity)]


@pytest.mark.parametrize("status", ["covered", "partial", "excused", "not-applicable"])
def test_a_measure_that_is_carried_or_settled_is_no_finding(
    status: Literal["covered", "partial", "excused", "not-applicable"],
) -> None:
    assert found(replace(ALIGNED, pairs=(replace(pair("both"), status=status),))) == []


def test_a_parent_of_another_period_only_advises() -> None:
    made = replace(ALIGNED, other_period=True, pairs=(pair("subordinate"), pair("own")))
    assert told(made) == [
        ("parent.orders", "advice"), ("parent.missing", "advice"), ("parent.period", "advice"),
    ]  # fmt: skip


def test_a_target_below_is_a_warning_that_a_reason_closes() -> None:
    row = TargetPair("村级站点覆盖率", 2030, target(100), target(90), "below")
    (finding,) = found(replace(ALIGNED, targets=(row,)))
    assert (finding.rule, finding.severity) == ("parent.target", "warning")
    assert finding.quote == "村级站点覆盖率达到90%"
    assert "本方案为90%，低于上级的100%" in finding.message
    assert found(replace(ALIGNED, targets=(replace(row, reason="市里分解90%"),))) == []
    assert found(replace(ALIGNED, targets=(replace(row, verdict="meets"),))) == []


def test_a_section_that_is_mostly_copied_is_an_advice() -> None:
    shares = (SectionShare("2.1", "重点任务", 0.6, 3), SectionShare("3.1", "组织保障", 0.59, 0))
    (finding,) = found(replace(ALIGNED, copied_sections=shares))
    assert (finding.rule, finding.severity, finding.quote) == ("parent.copied", "advice", "重点任务")
    assert "60%" in finding.message
    assert "本地的事实3处" in finding.message


def command(*arguments: str | Path) -> list[dict[str, object]]:
    done = CliRunner().invoke(application(), ["check", *map(str, arguments), "--format", "json"])
    made = json.loads(done.stdout)
    assert "parent.orders" in made["checked"]
    return [each for each in made["findings"] if str(each["rule"]).startswith("parent.")]


DECISION = """decisions:
- {parent: chengzhou, item: "2.5.2", kind: omit, reason: 市里统一建库}
"""


def test_a_decision_of_the_profile_closes_a_finding(tmp_path: Path) -> None:
    shutil.copy(PARENT, tmp_path)
    named = "上级第2.5.2条"
    for decisions, told in (("", True), (DECISION, False)):
        profile = write_profile(tmp_path, picks="picks: []\n" + decisions)
        profile.write_text(
            profile.read_text("utf-8").replace(
                "period: 2026—2030}\n\n", "period: 2026—2030, file: parent.txt}\n\n"
            ),
            "utf-8",
        )
        assert told == any(
            named in str(each["message"]) for each in command(profile, "--parent", tmp_path / "parent.txt")
        )


def test_decisions_of_the_given_profile_hold_for_another_file(tmp_path: Path) -> None:
    text = tmp_path / "方案.txt"
    text.write_text(paper("先试点，后推开。"), encoding="utf-8")
    said = [
        {str(each["message"]) for each in command(text, "--parent", PARENT, *more)}
        for more in ((), ("--profile", EXAMPLE))
    ]
    assert any("上级第2.2.1条" in each for each in said[0])
    assert not any("上级第2.2.1条" in each for each in said[1])


def test_a_parent_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(application(), ["check", str(EXAMPLE), "--parent", str(tmp_path / "无.txt")])
    assert done.exit_code == 2
    assert "没有这个文件" in done.stderr
