"""The second shipped family: another county's plan from another catalog and pack, by the same code."""

import re
from pathlib import Path

import pytest
from drafts import ROOT, problems, write

from drafter import markup
from drafter.build import build
from drafter.compose import compose, compose_paper
from drafter.document import Document, Heading, Item
from drafter.draft import parent_outline
from drafter.load import load
from drafter.outline import outline
from drafter.packs import own_folder
from drafter.packs.check import check
from drafter.read import read
from drafter.resolve import resolve

EXAMPLE = ROOT / "examples" / "lanxi"
PROFILE = EXAMPLE / "profile.yaml"


@pytest.fixture(scope="module")
def paper() -> Document:
    inputs = load(PROFILE)
    return compose(resolve(inputs), inputs)


def words(paper: Document) -> str:
    return "\n".join(paper.texts())


def beside(folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of the example, pieces of its profile replaced."""
    text = PROFILE.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    write(folder, "parent.txt", (EXAMPLE / "parent.txt").read_text(encoding="utf-8"))
    return write(folder, "profile.yaml", text)


def test_the_plan_is_complete(paper: Document) -> None:
    assert "".join(paper.title) == "澜溪县全民健身实施计划（2026—2030年）"
    catalog = load(PROFILE).catalog
    origins = {block.origin for block in paper.blocks if isinstance(block, Heading | Item)}
    assert origins >= set(catalog.measures)
    assert 12 <= len(catalog.measures) <= 20
    assert "〔待填" not in words(paper)
    assert [annex.title for annex in paper.annexes] == ["重点任务清单", "名词解释"]


def test_nothing_of_the_first_family_is_left(paper: Document) -> None:
    assert not re.search("科学素质|科普|提升行动", words(paper))


def test_the_pack_is_right_in_every_form_and_status() -> None:
    checked = check(own_folder(ROOT / "templates" / "national-fitness"))
    assert checked.findings == ()
    assert checked.papers > 50


def test_the_shipped_packs_are_right() -> None:
    assert check(own_folder(ROOT / "templates" / "science-literacy")).findings == ()


def test_a_draft_reads_back_as_it_was_built(tmp_path: Path, paper: Document) -> None:
    built = build(PROFILE, tmp_path / "plan.docx")
    assert not [each for each in built.findings if each.severity.value == "error"]
    again = outline(read(tmp_path / "plan.docx"))
    titles = {node.title for node in again.nodes}
    assert {block.title for block in paper.blocks if isinstance(block, Heading | Item)} <= titles
    measures = [node for node in again.nodes if node.kind == "measure"]
    assert len(measures) >= 16
    areas = [(each.year, each.value) for each in again.targets if "体育场地面积" in (each.indicator or "")]
    assert areas == [(2030, 3.3)]
    assert markup.parse(markup.print_document(paper)) == paper


def test_every_answer_names_an_item_of_the_parent() -> None:
    inputs = load(PROFILE)
    parent = outline(read(EXAMPLE / "parent.txt"))
    items = {node.id: node.title for node in parent.nodes}
    answered = [answer.item for pick in inputs.profile.picks for answer in pick.answers]
    assert set(answered) <= set(items)
    assert all(items[each.item] == each.title for each in inputs.profile.decisions)
    measures = {node.id for node in parent.nodes if node.kind == "measure"}
    decided = {each.item for each in inputs.profile.decisions}
    assert {each for each in measures if each[0] in "23"} <= {*answered, *decided}


def test_the_measures_hang_in_the_parents_outline(tmp_path: Path) -> None:
    profile = beside(tmp_path, ("  form: sections", "  form: items\n  outline: parent"))
    inputs = load(profile)
    paper = compose(resolve(inputs, parent_outline(profile, inputs)), inputs)
    first = [block.title for block in paper.blocks if isinstance(block, Heading) and block.level == 1]
    assert first == ["总体要求", "重点工程", "主要行动", "保障措施"]
    second = [block.title for block in paper.blocks if isinstance(block, Heading) and block.level == 2]
    assert second[3:6] == ["场地提升工程", "赛事惠民工程", "科学指导行动"]


def test_an_unanswered_question_leaves_its_sentence_out(tmp_path: Path, paper: Document) -> None:
    assert "用地来源：沿澜溪北岸已收储地块。" in words(paper)
    assert "把龙舟、板凳龙等传统项目列入展示内容" in words(paper)
    profile = beside(
        tmp_path, (", land_note: 沿澜溪北岸已收储地块", ""), ("\n  values: {heritage: [龙舟, 板凳龙]}", "")
    )
    inputs = load(profile)
    text = words(compose(resolve(inputs), inputs))
    assert "用地来源" not in text
    assert "传统项目" not in text


def test_the_letter_asks_for_comments() -> None:
    inputs = load(PROFILE)
    letter = compose_paper(resolve(inputs), inputs, "letter")
    assert letter.letterhead is not None
    assert letter.letterhead.letter
    assert letter.letterhead.issuer_mark == "澜溪县人民政府办公室"
    assert "".join(letter.title) == "关于征求《澜溪县全民健身实施计划（2026—2030年）》（征求意见稿）意见的函"
    assert "于2026年10月20日前反馈县文化旅游和体育局" in words(letter)
    assert letter.annexes[0].title == "反馈意见表"
    (finding,) = problems(lambda: compose_paper(resolve(inputs), inputs, "leter"))
    assert "letter" in finding.hint
