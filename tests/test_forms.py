"""The five forms: one profile, five papers, each with the pattern of a real plan of that form."""

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from drafts import EXAMPLE, composed, is_at, line_of, problems, write

from drafter import markup
from drafter.build import build
from drafter.document import Document, Heading, Item, printed
from drafter.load import load
from drafter.outline import outline
from drafter.read import read

Run = Callable[..., CompletedProcess[str]]
Pattern = set[tuple[int, str | None, str, bool]]

FORMS = {
    "dashes": "xiangxi",
    "items": "zezhou",
    "sections": "yanfeng",
    "tasks": "loudi",
    "continuous": "panzhihua",
}
"""Each form and the real plan that has it."""
ALL = (*FORMS, "continuous-table")


def profile_of(folder: Path, form: str, *changes: tuple[str, str]) -> Path:
    """The example in another form, without its parent's file."""
    text = EXAMPLE.read_text(encoding="utf-8").replace(", file: parent.txt", "")
    for old, new in (("form: items", f"form: {form}"), *changes):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return write(folder, "profile.yaml", text)


def pattern(document: Document) -> Pattern:
    """Level, shape of marker, kind and whether units stand there, of every node of the plan itself."""
    found: Pattern = set()
    for node in outline(document).nodes:
        if node.kind == "annex":
            break
        number = node.number and re.sub(r"\d+", "1", re.sub("[一二三四五六七八九十]+", "一", node.number))
        number = number and number.replace("(", "（").replace(")", "）")
        found.add((node.level, number, node.kind, bool(node.lead or node.support)))
    return found


def reread(profile: Path) -> Document:
    """The paper of a profile, written as .docx and read back."""
    path = profile.with_suffix(".docx")
    build(profile, path)
    return read(path)


@pytest.mark.parametrize(("form", "plan"), FORMS.items())
def test_each_form_has_the_pattern_of_a_real_plan(tmp_path: Path, plans: Path, form: str, plan: str) -> None:
    """Nothing that the real plan does not have; and all that it has but slips of its own typing."""
    real, ours = read(plans / f"{plan}.txt"), reread(profile_of(tmp_path, form))
    allowed = pattern(real)
    assert pattern(ours) <= allowed
    # A stray full-width point, and safeguards one level deeper with units or without: single slips of those plans.
    slips = {(3, "1．", "measure", False), (4, "（1）", "measure", False)}
    assert allowed - pattern(ours) <= slips
    assert ours.form.restart == real.form.restart
    assert (ours.form.lead, ours.form.responsibility) == (real.form.lead, real.form.responsibility)
    assert ours.form.support_word == real.form.support_word
    assert ours.form.label.replace("：", ":") == real.form.label.replace("：", ":")


@pytest.mark.parametrize("form", ALL)
def test_markup_of_each_form_reads_back(tmp_path: Path, form: str) -> None:
    paper = composed(profile_of(tmp_path, form))
    assert markup.parse(markup.print_document(paper)) == paper


@pytest.mark.parametrize("form", ALL)
def test_each_form_prints_every_measure_once(tmp_path: Path, form: str) -> None:
    usual = composed(profile_of(tmp_path, "items"))
    inputs = load(EXAMPLE)
    picked = {pick.measure for pick in inputs.profile.picks} | {own.id for own in inputs.profile.local}
    paper = composed(profile_of(tmp_path, form))

    def origins(document: Document) -> list[str]:
        return sorted(
            b.origin
            for b in document.blocks
            if isinstance(b, Heading | Item) and b.origin and b.origin in picked
        )

    assert origins(paper) == origins(usual) == sorted(picked)


def test_units_of_a_section_close_it(tmp_path: Path) -> None:
    paper = composed(profile_of(tmp_path, "dashes"))
    closing = [entry.units or "" for entry in printed(paper.blocks, paper.form) if entry.units]
    assert len(closing) == 10
    assert all(re.fullmatch("责任分工：由[^，]+牵头(?:，[^，]+参加)?", units) for units in closing)


def test_who_leads_is_said_once_where_the_first_unit_does(tmp_path: Path) -> None:
    text = "\n".join(composed(profile_of(tmp_path, "tasks")).texts())
    assert text.count("排名第一的为牵头单位") == 1
    assert "配合" not in "".join(re.findall("责任单位：.*", text))


def test_without_units_nothing_points_to_them(tmp_path: Path) -> None:
    paper = composed(profile_of(tmp_path, "continuous"))
    text = "\n".join(paper.texts())
    # A unit that leads in a sentence of its own points to no list.
    assert not re.search("牵头单位|分工|附件1", text)
    numbers = [
        entry.number
        for entry in printed(paper.blocks, paper.form)
        if isinstance(entry.block, Item) and entry.block.level == 3
    ]
    assert numbers == [f"{n}." for n in range(1, len(numbers) + 1)]


def test_units_may_stand_in_the_annex_alone(tmp_path: Path) -> None:
    paper = composed(profile_of(tmp_path, "continuous-table"))
    assert not [entry for entry in printed(paper.blocks, paper.form) if entry.units]
    assert paper.annexes[0].title == "任务分工表"


@pytest.mark.parametrize("alone", [False, True], ids=["glossary after it", "last"])
def test_a_turned_annex_reads_back_as_one(tmp_path: Path, alone: bool) -> None:
    if alone:
        write(tmp_path, "templates/science-literacy/glossary.md.j2", "")
    profile = profile_of(tmp_path, "items", ("length: 简", "length: 简\n  landscape_table: true"))
    found = [(annex.title, annex.landscape) for annex in reread(profile).annexes]
    assert found == [("任务分工表", True), ("名词解释", False)][: 1 if alone else 2]


@pytest.mark.parametrize("status", ["征求意见稿", "送审稿", "印发"])
@pytest.mark.parametrize("form", ALL)
def test_a_paper_over_its_pages_names_its_longest_sections(
    tmp_path: Path, root: Path, form: str, status: str
) -> None:
    """Sections, not parts, whether their titles stand alone or run in; the same in every status."""
    pack = (root / "templates" / "science-literacy" / "pack.yaml").read_text(encoding="utf-8")
    write(tmp_path, "templates/science-literacy/pack.yaml", pack.replace("page_budget: 12", "page_budget: 5"))
    built = build(profile_of(tmp_path, form, ("status: 印发", f"status: {status}")), tmp_path / "a.md", "md")
    (finding,) = (each for each in built.findings if each.rule == "draft.length")
    assert re.fullmatch(r"正文约 \d+(\.\d)? 页，超过 5 页", finding.message)
    named, _, advice = finding.hint.removeprefix("最长的部分：").partition("；")
    assert named.startswith("（一）青少年科学素质提升行动（")
    assert re.fullmatch(r"(（[一二三四五六七八九十]+）[^（）]+（\d+字）、?){3}", named)
    assert advice == "可删减举措，或把部分举措改用简本（length: 简）"


@pytest.mark.parametrize(
    ("form", "advice"),
    [
        ("items", "，或只在任务分工表列单位（layout.form: continuous-table）"),
        ("continuous-table", ""),
    ],
)
def test_where_every_text_is_brief_units_in_the_table_alone_are_what_is_left(
    tmp_path: Path, root: Path, form: str, advice: str
) -> None:
    pack = (root / "templates" / "science-literacy" / "pack.yaml").read_text(encoding="utf-8")
    write(tmp_path, "templates/science-literacy/pack.yaml", pack.replace("page_budget: 12", "page_budget: 5"))
    profile = profile_of(tmp_path, form)
    text = profile.read_text(encoding="utf-8")
    profile.write_text(re.sub(r"length: (标准|standard)", "length: 简", text), encoding="utf-8")
    built = build(profile, tmp_path / "a.md", "md")
    (finding,) = (each for each in built.findings if each.rule == "draft.length")
    assert finding.hint.partition("；")[2] == f"可删减举措{advice}"


# ------------------------------------------------------------------ bad input


def test_a_level_without_a_marker_is_refused(tmp_path: Path, root: Path) -> None:
    pack = (root / "templates" / "science-literacy" / "pack.yaml").read_text(encoding="utf-8")
    old = "lead: first\n"
    assert pack.count(old) == 1
    head, _, rest = pack.partition(old)
    head = "（1）".join(head.rsplit("（1）", 1)) if "（1）" not in head else "".join(head.rsplit("（1）", 1))
    declared = write(tmp_path, "templates/science-literacy/pack.yaml", head + old + rest)
    (finding,) = problems(lambda: composed(profile_of(tmp_path, "tasks")))
    assert finding.rule == "form.level"
    assert "第4级" in finding.message
    assert finding.at is not None
    assert finding.at.path == str(root / "templates" / "science-literacy" / "tasks" / "_section.md.j2")
    assert f"{declared}:{line_of(declared, old.strip()) - 2}" in finding.hint
    assert "body.md.j2" in finding.hint


def test_a_level_that_the_paper_does_not_have_is_told(tmp_path: Path, root: Path) -> None:
    pack = (root / "templates" / "science-literacy" / "pack.yaml").read_text(encoding="utf-8")
    old = 'markers: ["一、", "（一）", "——", ""]'
    assert pack.count(old) == 1
    new = old.replace('""', '"（1）"')
    declared = write(tmp_path, "templates/science-literacy/pack.yaml", pack.replace(old, new))
    built = build(profile_of(tmp_path, "dashes"), tmp_path / "a.md", "md")
    (finding,) = (each for each in built.findings if each.rule == "form.unused")
    assert "第4级序号“（1）”" in finding.message
    assert is_at(finding, declared, new)


@pytest.mark.parametrize("form", ALL)
def test_the_forms_of_the_pack_have_no_level_too_many(tmp_path: Path, form: str) -> None:
    built = build(profile_of(tmp_path, form), tmp_path / "a.md", "md")
    assert "form.unused" not in {each.rule for each in built.findings}


def test_a_form_that_needs_an_aim_is_refused_without_one(tmp_path: Path, root: Path) -> None:
    family = (root / "catalog" / "science-literacy" / "family.yaml").read_text(encoding="utf-8")
    copy = write(
        tmp_path, "catalog/science-literacy/family.yaml", re.sub('aim: "[^"]*", ', "", family, count=1)
    )
    (finding,) = problems(lambda: composed(profile_of(tmp_path, "tasks")))
    assert finding.rule == "form.needs"
    assert is_at(finding, copy, "{id: youth,")


# ------------------------------------------------------------------ pages


@pytest.mark.render
@pytest.mark.slow
@pytest.mark.parametrize("status", ["印发", "征求意见稿"])
@pytest.mark.parametrize("form", ALL)
def test_pages_of_each_form_follow_the_standard(
    tmp_path: Path, root: Path, run: Run, form: str, status: str
) -> None:
    profile = profile_of(tmp_path, form, ("status: 印发", f"status: {status}"))
    assert_ruled(profile, root, run, draft=status != "印发")


@pytest.mark.render
@pytest.mark.slow
@pytest.mark.parametrize("form", ["items", "dashes"])
@pytest.mark.parametrize("alone", [False, True], ids=["glossary after it", "last"])
def test_a_turned_table_follows_the_standard(
    tmp_path: Path, root: Path, run: Run, form: str, alone: bool
) -> None:
    if alone:
        write(tmp_path, "templates/science-literacy/glossary.md.j2", "")
    profile = profile_of(tmp_path, form, ("length: 简", "length: 简\n  landscape_table: true"))
    rules = assert_ruled(profile, root, run, draft=False)
    assert {rules[name] for name in ("landscape.page", "landscape.box", "landscape.pageno")} == {"pass"}
    audit = shutil.which("openxml-audit", path=str(Path(sys.executable).parent))
    assert audit, "openxml-audit is not installed"
    done = run(audit, profile.with_suffix(".docx"))
    assert done.returncode == 0, done.stdout


def assert_ruled(profile: Path, root: Path, run: Run, draft: bool) -> dict[str, str]:
    """Build, render, measure; returns the status of each rule."""
    docx, report = profile.with_suffix(".docx"), profile.with_suffix(".json")
    build(profile, docx, paginate=True)
    ruler = root / "tests" / "tools" / "gbmeasure.py"
    options = ["--status", "draft"] if draft else []
    done = run(sys.executable, ruler, docx, "--expect", "gbt9704", *options, "--json", report, "--quiet")
    assert report.is_file(), done.stdout + done.stderr
    rules = json.loads(report.read_text(encoding="utf-8"))["rules"]
    assert not [rule for rule in rules if rule["status"] == "FAIL"]
    return {rule["rule"]: rule["status"] for rule in rules}
