"""Rules over papers: each fires in its case and is silent in its counter-case; waivers, grouping, places, status."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from drafts import problems, write
from msgspec.structs import replace

from drafter.check import RULES, Checked, check, judged, known
from drafter.check.facts import Facts, load_facts
from drafter.check.papers import raw_line
from drafter.check.phrases import Phrase, load_phrases
from drafter.check.subject import Subject
from drafter.check.wording import _always_in
from drafter.errors import Finding, InputError, Severity
from drafter.load import layers
from drafter.model.catalog import TermChange
from drafter.model.profile import Waiver
from drafter.read import text as plain

CASES = Path(__file__).parent / "cases" / "check"
PAPER = (CASES / "paper.md").read_text(encoding="utf-8")
HEAD = "kind,severity,wrong,right,why,example,good"
PLAIN = "先试点，后推开。"
TODAY = date(2027, 1, 15)


@cache
def facts() -> Facts:
    """The shipped facts, and one changed term of our own."""
    shipped = load_facts(layers("catalog"))
    return replace(shipped, terms=(TermChange(old="旧词语甲", new="新词语甲", since=date(2026, 1, 1)),))


def paper(case: str) -> str:
    """The sample paper with a case in it: lines with ` => ` replace, the others are the text of an item."""
    text, words = PAPER, []
    for line in case.replace("\\n", "\n").split("\n") if "\\n" not in case else _logical(case):
        old, arrow, new = line.partition(" =>")
        if arrow:
            assert old in text, f"the sample paper does not hold: {old}"
            text = text.replace(old, new.removeprefix(" "))
        else:
            words.append(line)
    return text.replace("{here}", "".join(words) or PLAIN)


def _logical(case: str) -> list[str]:
    return [line.replace("\\n", "\n") for line in case.split("\n")]


def subject(text: str, **more: Any) -> Subject:
    """A text as rules see it."""
    raw = text.encode()
    lines = tuple(raw_line(line, "方案.txt") for line in plain.lines(text))
    return judged(plain.read(raw, "方案.txt"), facts(), TODAY, path="方案.txt", raw=lines, **more)


def found(text: str, rule: str, **more: object) -> list[Finding]:
    """What one rule finds in a text."""
    return [finding for finding in check(subject(text, **more)).findings if finding.rule == rule]


# ------------------------------------------------------------------ cases


def cases() -> Iterator[object]:
    """Rule and words, a text in which it fires, one in which it must not: three texts, each closed by a dot."""
    for path in sorted(CASES.glob("*.txt")):
        texts = path.read_text(encoding="utf-8").split("\n.\n")
        for head, fires, silent in zip(texts[::3], texts[1::3], texts[2::3], strict=False):
            rule, _, quote = (part.strip() for part in head.partition("|"))
            yield pytest.param(rule, quote, fires, silent, id=f"{rule} {quote}".strip())


@pytest.mark.parametrize(("rule", "quote", "fires", "silent"), list(cases()))
def test_a_rule_fires_in_its_case_and_not_in_its_counter_case(
    rule: str, quote: str, fires: str, silent: str
) -> None:
    assert [finding.quote for finding in found(paper(fires), rule)] == [quote]
    assert found(paper(silent), rule) == []


def test_every_rule_has_a_case() -> None:
    named = {case.values[0] for case in cases()}  # type: ignore[attr-defined]
    assert named == {rule.id for rule in RULES if rule.of == "text"}


def test_every_case_file_is_read_to_its_end() -> None:
    for path in sorted(CASES.glob("*.txt")):
        texts = path.read_text(encoding="utf-8").split("\n.\n")
        assert len(texts) % 3 == 1, f"{path.name}: a dot is missing"
        assert not texts[-1].strip(), f"{path.name}: a dot is missing at its end"


def test_a_clean_paper_has_nothing_but_the_missing_number() -> None:
    checked = check(subject(paper(PLAIN)))
    assert [finding.rule for finding in checked.findings] == ["element.document-number"]
    assert checked.rules == tuple(rule.id for rule in RULES if rule.of == "text")


# ------------------------------------------------------------------ phrases


@pytest.mark.parametrize("phrase", facts().phrases, ids=lambda phrase: phrase.example)
def test_a_phrase_is_found_in_its_example_only(phrase: Phrase) -> None:
    hit = re.search(phrase.wrong, phrase.example)
    assert hit, phrase.example
    assert hit.group(), "the pattern finds nothing but a place"
    assert any(words in hit.group() for words in _always_in(phrase.wrong))
    assert not phrase.good or not re.search(phrase.wrong, phrase.good), phrase.good
    if phrase.right:
        mended = phrase.example[: hit.start()] + hit.expand(phrase.right) + phrase.example[hit.end() :]
        assert not re.search(phrase.wrong, mended), mended


def test_an_office_adds_phrases_of_its_own(tmp_path: Path) -> None:
    write(
        tmp_path,
        "common/phrases.csv",
        f"{HEAD}\ntypo,error,青坪县,青屏县,县名写错,青坪县各乡镇,\nname,,青屏夜校计划,,,,\n",
    )
    added = load_phrases(layers("catalog", given=tmp_path))
    assert added.phrases[-1].right == "青屏县"
    assert added.names[-1] == "青屏夜校计划"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("typo,error,a", "应有 7 列"),
        ("slip,error,甲,乙,丙,丁,", "kind 不能是“slip”"),
        ("typo,grave,甲,乙,丙,丁,", "severity 不能是“grave”"),
        ("typo,error,,乙,丙,丁,", "不能空"),
        ("typo,error,(甲,乙,丙,丁,", "正则表达式"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_line(row: str, said: str, tmp_path: Path) -> None:
    path = write(tmp_path, "common/phrases.csv", f"{HEAD}\n{row}\n")
    (finding,) = problems(lambda: load_phrases(layers("catalog", given=tmp_path)))
    assert said in finding.message
    assert (finding.at and (finding.at.path, finding.at.line)) == (str(path), 2)


def test_a_long_fault_is_told_with_both_its_ends() -> None:
    words = "加大送书下乡、送戏下乡、送药下乡、送技术下乡、送岗位下乡、送教下乡、送政策下乡等活动向山区倾斜"
    (finding,) = found(paper(f"{words}。"), "wording.object")
    assert finding.quote == words[:40]
    assert f"“{words[:14]}……{words[-20:]}”" in finding.message


@pytest.mark.parametrize(("name", "weight"), [("双峰", Severity.WARNING), ("吉首", Severity.ADVICE)])
def test_a_military_district_named_after_the_seat_of_a_prefecture_is_only_advised(
    name: str, weight: Severity
) -> None:
    (finding,) = found(paper(f"请{name}军分区派员。"), "place.military")
    assert finding.severity is weight


# ------------------------------------------------------------------ findings


def test_rules_have_ids_of_their_own_and_say_everything() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert all((rule.title, rule.why, rule.example, rule.mend)), rule.id
        assert rule.explained().startswith(rule.id)


def test_the_same_words_are_one_finding_with_three_places() -> None:
    text = paper("截止目前建成六处。")
    for item in ("先修通山区八个村", "每个村设一处站点", "农闲时开课"):
        text = text.replace(item, f"截止目前已有名册，{item}")
    (finding,) = found(text, "wording.typo")
    assert (finding.count, len(finding.places)) == (4, 3)
    assert [place.line for place in finding.places] == [
        number for number, line in enumerate(text.splitlines(), 1) if "截止目前" in line
    ][:3]


def test_dashes_of_a_whole_file_are_one_finding() -> None:
    (finding,) = found(paper("2027-2028年验收，2029-2030年复查。"), "marks.year-dash")
    assert finding.count == 2
    assert finding.places[0].node == "2.2.2"


def test_half_width_throughout_is_one_advice() -> None:
    text = paper("每站一人。").replace("，", ",").replace("：", ":")
    (finding,) = found(text, "marks.half-width")
    assert finding.severity is Severity.ADVICE
    assert found(paper("每站一人,轮流值守。"), "marks.half-width")[0].severity is Severity.WARNING


def test_of_several_full_titles_the_first_is_named() -> None:
    (finding,) = found(
        paper(
            "落实《岚江省乡村数字服务站建设规划（2026—2030年）》《澄州市乡村数字服务站建设规划（2026—2030年）》，按照《服务站规划》分批建设。"
        ),
        "citation.undefined-short",
    )
    assert "在首次引用《岚江省乡村数字" in finding.hint


def test_quotes_are_short() -> None:
    text = paper("落实《" + "青屏县乡村" * 12 + "（2026—2030）年》。")
    assert all(len(finding.quote) <= 40 for finding in check(subject(text)).findings)


@pytest.mark.parametrize(
    ("status", "severity"),
    [
        ("draft", "advice"),
        ("draft-for-comment", "advice"),
        ("draft-for-approval", "warning"),
        ("issued", "error"),
    ],
)
def test_open_places_weigh_by_status(status: str, severity: str) -> None:
    (finding,) = found(paper("建设〔待填：站点数〕处。"), "element.open", status=status)
    assert finding.severity == severity


def test_a_template_is_judged_by_today() -> None:
    old = (
        paper("“十四五”期间，培训五百人。")
        .replace("2026年12月", "2022年12月")
        .replace("2026—2030年）", "2021—2025年）")
    )
    assert not found(old, "term.past-period")
    assert found(old, "term.past-period", as_template=True)


# ------------------------------------------------------------------ control


def waived(*waivers: Waiver) -> Checked:
    return check(subject(paper("截止目前建成六处，贯彻创新发展战略。")), waivers=waivers)


def test_a_waiver_takes_its_finding_away_and_keeps_the_reason() -> None:
    checked = waived(Waiver(rule="wording.typo", quote="截止目前", reason="引用原文"))
    assert [(finding.quote, reason) for finding, reason in checked.waived] == [("截止目前", "引用原文")]
    assert "wording.typo" not in [finding.rule for finding in checked.findings]
    assert "wording.phrase" in [finding.rule for finding in checked.findings]


def test_a_waiver_for_other_words_takes_nothing_away() -> None:
    assert not waived(Waiver(rule="wording.typo", quote="部暑", reason="引用原文")).waived


def test_a_disabled_rule_does_not_run() -> None:
    checked = check(subject(paper("截止目前建成六处。")), disabled=["wording.typo"])
    assert "wording.typo" not in checked.rules
    assert "wording.typo" not in [finding.rule for finding in checked.findings]


@pytest.mark.parametrize(
    "call", [lambda: known(["wording.typ"]), lambda: waived(Waiver(rule="wording.typ", reason="无"))]
)
def test_a_rule_that_does_not_exist_is_refused_with_the_nearest(call: object) -> None:
    with pytest.raises(InputError) as refused:
        call()  # type: ignore[operator]
    assert "wording.typo" in str(refused.value)


def test_the_paper_on_checking_lists_every_rule(root: Path) -> None:
    text = (root / "docs" / "checking.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z.-]+)` \| (.*?) \| (.*) \|$", text, re.M)
    assert listed == [(rule.id, rule.title, rule.example) for rule in RULES if rule.of in ("text", "parent")]
