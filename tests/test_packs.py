"""Packs: one over another, what is wrong with one, a copy to start from, the commands."""

import zipfile
from pathlib import Path

import pytest
from drafts import composed, is_at, problems, write, write_profile
from typer.testing import CliRunner

from drafter.build import build
from drafter.cli import application
from drafter.document import Heading, Item, Letterhead
from drafter.errors import Finding
from drafter.load import load
from drafter.markup import parse, print_document
from drafter.packs import copy, own_folder
from drafter.packs.check import check
from drafter.titles import ems, mark_lines
from drafter.yaml_tree import parse as tree_of

OFFICE = "templates/my-office"
HEAD = "format: pack/1\nid: my-office\nextends: science-literacy\ntitle: 本单位模板\n"
SWITCH = ("pack: science-literacy", "pack: my-office")


def office(folder: Path, declared: str = "", **files: str) -> Path:
    """A pack of an office's own beside a profile; returns the profile."""
    write(folder, f"{OFFICE}/pack.yaml", HEAD + declared)
    for name, text in files.items():
        write(folder, f"{OFFICE}/{name}.md.j2", text)
    return write_profile(folder, SWITCH)


def told(folder: Path) -> tuple[Finding, ...]:
    """What `templates check` finds in the office's pack."""
    return check(own_folder(folder / OFFICE)).findings


# ------------------------------------------------------------------ one over another


def test_maps_merge_and_the_rest_is_replaced() -> None:
    base = tree_of("a: 1\nb: {c: [1, 2], d: {e: 1, f: 2}}\ng: x\n", "base.yaml")
    over = tree_of("b: {c: [3], d: {f: 4}}\n\ng: y\n", "over.yaml").over(base)
    assert over.data == {"a": "1", "b": {"c": ["3"], "d": {"e": "1", "f": "4"}}, "g": "y"}
    assert str(over.at("a")) == "base.yaml:1"
    assert str(over.at("b", "d", "e")) == "base.yaml:2"
    assert str(over.at("b", "d", "f")) == "over.yaml:1"
    assert str(over.at("g")) == "over.yaml:3"


def test_a_file_of_ten_lines_makes_a_pack(tmp_path: Path) -> None:
    profile = office(tmp_path, "quote_title: false\nforms: {items: {responsibility: section}}\n")
    inputs = load(profile)
    assert (inputs.pack.id, inputs.pack.family) == ("my-office", "science-literacy")
    assert inputs.pack.forms["items"].responsibility == "section"
    assert inputs.pack.forms["items"].markers[0] == "一、"
    assert [folder.name for folder in inputs.folders] == ["my-office", "science-literacy"]
    paper = composed(profile)
    assert paper.notice is not None
    assert "《" not in "".join(paper.notice.title)


@pytest.mark.parametrize("form", ["items", "dashes", "sections", "tasks", "continuous", "continuous-table"])
def test_one_block_changes_in_every_form(tmp_path: Path, form: str) -> None:
    block = '{% extends "science-literacy/overview.md.j2" %}\n{% block guiding %}\n本县自己的指导思想。\n{% endblock %}\n'
    office(tmp_path, overview=block)
    text = "\n".join(composed(write_profile(tmp_path, SWITCH, ("form: items", f"form: {form}"))).texts())
    assert "本县自己的指导思想" in text
    assert "坚持党的领导" in text


def test_a_layer_over_an_office_over_the_shipped_pack(tmp_path: Path) -> None:
    profile = office(tmp_path, notice="::: notice\n\n办公室。\n\n:::\n")
    write(tmp_path, "given/my-office/schedule.md.j2", "{{ head(1, '另一层') }}\n甲。\n")
    paper = composed(profile, templates=tmp_path / "given")
    assert paper.notice is not None
    assert paper.notice.paragraphs == ("办公室。",)
    assert "另一层" in [block.title for block in paper.blocks if isinstance(block, Heading | Item)]


@pytest.mark.parametrize(("name", "nearest"), [("science-literac", "science-literacy"), ("my-office", "")])
def test_a_base_that_there_is_not_or_that_is_itself_is_refused(
    tmp_path: Path, name: str, nearest: str
) -> None:
    profile = office(tmp_path)
    path = write(tmp_path, f"{OFFICE}/pack.yaml", HEAD.replace("science-literacy", name))
    (finding,) = problems(lambda: load(profile))
    assert is_at(finding, path, "extends")
    assert nearest in finding.hint


def test_packs_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    profile = office(tmp_path)
    write(tmp_path, f"{OFFICE}/pack.yaml", HEAD.replace("science-literacy", "other"))
    write(tmp_path, "templates/other/pack.yaml", "format: pack/1\nid: other\nextends: my-office\n")
    (finding,) = problems(lambda: load(profile))
    assert finding.rule == "pack.cycle"


def test_a_fault_of_either_declaration_has_its_own_file(tmp_path: Path) -> None:
    profile = office(tmp_path, "page_budgett: 3\n")
    (finding,) = problems(lambda: load(profile))
    assert is_at(finding, tmp_path / OFFICE / "pack.yaml", "page_budgett")
    assert "page_budget" in finding.hint


def test_fonts_and_sizes_of_a_pack_stand_in_the_styles(tmp_path: Path) -> None:
    profile = office(
        tmp_path, "fonts: {仿宋: 方正仿宋_GBK, 楷体: 方正楷体_GBK}\nsizes: {表格: 五号, 标题: 小二}\n"
    )
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace("layout:\n", "layout:\n  fonts: {楷体: 楷体}\n"), encoding="utf-8")
    build(profile, tmp_path / "plan.docx")
    with zipfile.ZipFile(tmp_path / "plan.docx") as package:
        styles = package.read("word/styles.xml").decode()
    assert "方正仿宋_GBK" in styles
    assert "方正楷体_GBK" not in styles
    cell = styles.partition('w:styleId="gwTableCell"')[2].partition("</w:style>")[0]
    assert '<w:sz w:val="21"/>' in cell
    assert '<w:sz w:val="36"/>' in styles.partition('w:styleId="gwPlanTitle"')[2].partition("</w:style>")[0]


@pytest.mark.parametrize("size", ["初号", "40", "甲"])
def test_a_size_that_cannot_be_is_refused(tmp_path: Path, size: str) -> None:
    profile = office(tmp_path, f"sizes: {{表格: {size}}}\n")
    (finding,) = problems(lambda: load(profile))
    assert is_at(finding, tmp_path / OFFICE / "pack.yaml", "sizes")


def test_a_value_holds_no_markup_in_a_list_of_units(tmp_path: Path) -> None:
    """Names of units are data wherever a template takes them from."""
    row = "{% for section in groups %}{% for entry in section.entries %}{% for name in entry.lead %}\n{{ name }}\n\n{% endfor %}{% endfor %}{% endfor %}\n"
    office(tmp_path, schedule=row)
    profile = write_profile(tmp_path, SWITCH, ("- {name: 县农业农村局,", "- {name: '## 农业|局{@x}',"))
    assert "## 农业|局{@x}" in "\n".join(composed(profile).texts())


# ------------------------------------------------------------------ what check tells


def test_a_right_pack_has_no_findings(tmp_path: Path) -> None:
    office(tmp_path, "annexes: [tasks.md.j2]\n")
    assert told(tmp_path) == ()


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    office(
        tmp_path,
        overview='{% extends "science-literacy/overview.md.j2" %}\n{% block guidng %}\n甲\n{% endblock %}\n',
        schedule="甲\n\n{{ plase.name }}{{ place.name | lissted }}\n",
        body="{% include '_section.md.j' %}\n{% if place is anwered %}{% endif %}\n",
        safeguards="甲\n\n@责任 牵头=乙\n",
        glossary="{% if %}\n",
        overveiw="甲\n",
    )
    found = {
        (Path(each.at.path or "").name, each.at.line, each.rule): each for each in told(tmp_path) if each.at
    }
    wanted = {
        ("overview.md.j2", 2, "template.block"): "guiding",
        ("schedule.md.j2", 3, "template.undefined"): "place",
        ("schedule.md.j2", 3, "template.filter"): "listed",
        ("body.md.j2", 1, "template.missing"): "_section.md.j2",
        ("body.md.j2", 2, "template.filter"): "answered",
        ("safeguards.md.j2", 3, "markup.syntax"): "@责任",
        ("glossary.md.j2", 1, "template.syntax"): "",
        ("overveiw.md.j2", 1, "template.unused"): "overview.md.j2",
    }
    assert not {
        key: found.get(key) for key, hint in wanted.items() if key not in found or hint not in str(found[key])
    }


def test_a_fault_that_only_one_status_shows_is_found(tmp_path: Path) -> None:
    office(tmp_path, schedule='{% if status == "issued" and not features %}\n{{ place.nmae }}\n{% endif %}\n')
    assert told(tmp_path) == ()
    write(tmp_path, f"{OFFICE}/schedule.md.j2", '{% if status == "draft" %}\n{{ place.nmae }}\n{% endif %}\n')
    (finding,) = told(tmp_path)
    assert (finding.at and finding.at.line, "name" in finding.hint + finding.message) == (2, True)
    assert "该行：{{ place.nmae }}" in finding.hint


def test_bad_markup_has_the_templates_line_and_the_way_there(tmp_path: Path) -> None:
    profile = office(
        tmp_path,
        schedule='{% for passage in passages("schedule") %}\n{{ passage.text }}\n\n{% endfor %}\n\n{% include "inner.md.j2" %}\n',
        inner="{# 说明 #}\n\n{{ place.name }}\n\n| 甲 | 乙 |\n|---|---|\n| 丙 |\n",
    )
    (finding,) = problems(lambda: composed(profile))
    assert finding.rule == "markup.syntax"
    assert is_at(finding, tmp_path / OFFICE / "inner.md.j2", "| 丙 |")
    assert "该行：| 丙 |" in finding.hint
    assert f"{tmp_path / OFFICE / 'schedule.md.j2'}:6" in finding.hint


def test_a_folder_without_a_declaration_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (finding,) = problems(lambda: own_folder(tmp_path / "empty"))
    assert "pack.yaml" in finding.message
    (finding,) = problems(lambda: own_folder(tmp_path / "nowhere"))
    assert "没有文件夹" in finding.message


def test_an_id_that_is_not_the_folders_is_told(tmp_path: Path) -> None:
    write(tmp_path, "templates/other/pack.yaml", HEAD)
    (finding,) = check(own_folder(tmp_path / "templates" / "other")).findings
    assert finding.rule == "pack.id"


# ------------------------------------------------------------------ copies and commands


@pytest.mark.parametrize("extending", [False, True])
def test_a_copy_is_right_and_makes_the_same_paper(tmp_path: Path, extending: bool) -> None:
    copy("science-literacy", tmp_path / OFFICE, extending=extending)
    assert told(tmp_path) == ()
    assert composed(write_profile(tmp_path, SWITCH)) == composed(write_profile(tmp_path))
    texts = [path.read_text(encoding="utf-8") for path in (tmp_path / OFFICE).rglob("*.j2")]
    assert all(text.startswith("{#") for text in texts)
    assert bool(texts) is not extending


def test_a_copy_overwrites_nothing(tmp_path: Path) -> None:
    write(tmp_path, f"{OFFICE}/mine.txt", "甲")
    (finding,) = problems(lambda: copy("science-literacy", tmp_path / OFFICE))
    assert "已有文件" in finding.message
    (finding,) = problems(lambda: copy("science-literacy", tmp_path / "模板"))
    assert finding.rule == "pack.folder"


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    listed = run(application(), ["templates", "list"])
    assert listed.exit_code == 0
    assert {"science-literacy", "national-fitness"} <= {
        line.split()[0] for line in listed.stdout.splitlines()
    }
    assert "letter  征求意见函" in run(application(), ["templates", "show", "science-literacy"]).stdout
    assert run(application(), ["templates", "copy", "science-literacy", OFFICE, "--extend"]).exit_code == 0
    assert run(application(), ["templates", "check", OFFICE]).exit_code == 0
    write(tmp_path, f"{OFFICE}/schedule.md.j2", "{{ plase }}\n")
    checked = run(application(), ["templates", "check", OFFICE])
    assert checked.exit_code == 1
    assert "schedule.md.j2:1" in checked.stdout
    assert run(application(), ["templates", "show", "nothing"]).exit_code == 2


# ------------------------------------------------------------------ letters


def test_a_letter_keeps_its_form_through_markup(tmp_path: Path) -> None:
    profile = office(tmp_path)
    build(profile, tmp_path / "letter.md", paper="letter")
    text = (tmp_path / "letter.md").read_text(encoding="utf-8")
    letter = parse(text)
    assert letter.letterhead == Letterhead("青屏县人民政府办公室", "〔待填：征求意见函文号〕", letter=True)
    assert parse(print_document(letter)) == letter


def test_a_letters_first_page_has_its_rules_and_no_number(tmp_path: Path) -> None:
    """10.1: the mark in the header over a double rule, another double rule in the footer, no page number."""
    built = build(office(tmp_path), tmp_path / "letter.docx", paper="letter")
    assert built.document.letterhead is not None
    with zipfile.ZipFile(tmp_path / "letter.docx") as package:
        header, footer, body, styles = (
            package.read(f"word/{name}.xml").decode()
            for name in ("headerFirst", "footerFirst", "document", "styles")
        )
    assert "青屏县人民政府办公室" in header
    assert "文件" not in header
    assert "thickThinSmallGap" in styles.partition('w:styleId="gwLetterMark"')[2].partition("</w:style>")[0]
    assert "thinThickSmallGap" in footer
    assert "PAGE" not in footer
    assert "<w:titlePg/>" in body
    order = [
        body.index(piece)
        for piece in ("征求意见函文号", "意见的函", "现送你们征求意见", "附件：反馈意见表", "征求意见函日期")
    ]
    assert order == sorted(order)


def test_a_long_name_stays_on_its_line(tmp_path: Path) -> None:
    name = "某某土家族苗族侗族自治县人民政府全民科学素质工作领导小组办公室"
    profile = office(tmp_path, f"papers: {{letter: {{mark: {name}}}}}\n")
    build(profile, tmp_path / "letter.docx", paper="letter")
    with zipfile.ZipFile(tmp_path / "letter.docx") as package:
        styles = package.read("word/styles.xml").decode()
    mark = styles.partition('w:styleId="gwLetterMark"')[2].partition("</w:style>")[0]
    size = int(mark.partition('<w:sz w:val="')[2].partition('"')[0]) / 2
    assert max(map(ems, mark_lines(name))) * size * 20 <= 8844


def test_the_explanation_leaves_figures_open_until_there_is_an_alignment(tmp_path: Path) -> None:
    from drafter.compose import compose_paper
    from drafter.resolve import resolve

    inputs = load(office(tmp_path))
    asked: list[bool] = []

    def figures() -> dict[str, str]:
        asked.append(True)
        return {"coverage": "96%"}

    plan = resolve(inputs)
    open_ = "\n".join(compose_paper(plan, inputs, "explanation").texts())
    assert "覆盖率〔待填：任务覆盖率〕" in open_
    assert "覆盖率96%" in "\n".join(compose_paper(plan, inputs, "explanation", figures).texts())
    asked.clear()
    compose_paper(plan, inputs, "letter", figures)
    assert not asked


@pytest.mark.parametrize("command", ["list", "show", "copy", "check"])
def test_every_command_has_an_example(command: str) -> None:
    text = CliRunner().invoke(application(), ["templates", command, "--help"]).stdout
    assert f"例：drafter templates {command}" in text
    assert "Options" not in text
