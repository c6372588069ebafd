"""Aligning a plan with its parent: what holds whatever the plans say, on plans made up for it."""

import json
from pathlib import Path

import pytest
from drafts import EXAMPLE, ROOT, write
from msgspec.structs import replace

from drafter.align import Alignment, Knowledge, align, as_json
from drafter.align.sides import align_files, side
from drafter.align.types import Pair
from drafter.build import build
from drafter.document import Block, Document, Heading, Unread
from drafter.errors import InputError
from drafter.model.profile import Decision
from drafter.outline import Outline, outline
from drafter.read import read
from drafter.structure import Line
from drafter.structure.joining import join

PARENT = """澄州市人民政府办公室关于印发澄州市防汛能力提升实施方案（2026—2030年）的通知

各县（市、区）人民政府：
现印发给你们，请认真贯彻执行。
澄州市人民政府办公室
2026年5月6日

澄州市防汛能力提升实施方案（2026—2030年）

根据有关规定，制定本方案。

一、总体要求
到2030年，全市水库安全达标率达到95%。

二、重点任务
（一）工程建设
1.加固病险水库。我市每年排查水库大坝，对渗漏、滑坡等隐患限期除险加固，汛前完成闸门启闭试验。（市水利局牵头，市财政局配合）
2.疏浚中小河流。清除河道淤积和阻水障碍，修复险工险段堤防，划定河道管理范围并设置界桩。（市水利局牵头）
（二）群众避险
3.组织转移演练。各县（市、区）要每年汛前组织危险区群众开展“夜半铜锣”转移演练，确定避险安置点和责任人。（市应急管理局牵头）
4.发布预警信息。完善雨情水情监测站网，利用应急广播、短信和鸣锣向村组发布暴雨预警。（市气象局牵头）
5.开展防汛宣传。在中小学、工地和景区宣传山洪避险常识，印制方言折页，拍摄警示短片。（市教育局牵头）
"""
CHILD = """青屏县防汛能力提升实施方案（2026—2030年）

根据有关规定，制定本方案。

一、总体要求
到2030年，全县水库安全达标率达到90%。

二、主要工作
（一）群众避险
1.抓好转移演练。汛前组织危险区群众开展“夜半铜锣”转移演练，逐户确定避险安置点和责任人。（县应急局牵头）
2.宣传避险常识。在中小学和景区宣传山洪避险常识，印制方言折页。（县教育体育局牵头）
（二）工程建设
3.实施水库除险加固。我县每年排查水库大坝，对渗漏、滑坡等隐患限期除险加固，汛前完成闸门启闭试验。（县水利局牵头）
4.备足抢险物资。储备冲锋舟、编织袋和发电机，与商场、加油站签订代储协议。（县发展改革局牵头）
"""


def paper(folder: Path, text: str, name: str = "plan.txt") -> Outline:
    """The outline of a plan given as text."""
    return outline(read(write(folder, name, text)))


@pytest.fixture
def parent(tmp_path: Path) -> Outline:
    return paper(tmp_path, PARENT, "parent.txt")


@pytest.fixture
def child(tmp_path: Path) -> Outline:
    return paper(tmp_path, CHILD, "child.txt")


def row(made: Alignment, parent: str) -> Pair:
    return next(pair for pair in made.pairs if pair.parent == parent)


def measures(made: Alignment) -> list[Pair]:
    return [pair for pair in made.pairs if pair.kind == "measure"]


# ------------------------------------------------------------------ rows


def test_every_measure_of_the_parent_has_a_row_in_its_order(child: Outline, parent: Outline) -> None:
    made = align(child, parent)
    assert [pair.parent for pair in measures(made)] == [
        node.id for node in parent.nodes if node.kind == "measure"
    ]


def test_children_are_found_across_sections(child: Outline, parent: Outline) -> None:
    made = align(child, parent)
    assert {pair.parent: pair.children for pair in made.pairs} == {
        "2.1.1": ("2.2.1",),
        "2.1.2": (),
        "2.2.1": ("2.1.1",),
        "2.2.2": (),
        "2.2.3": ("2.1.2",),
    }
    assert made.additions == ("2.2.2",)


def test_status_says_how_much_is_carried(child: Outline, parent: Outline) -> None:
    made = align(child, parent)
    assert (row(made, "2.1.1").status, row(made, "2.1.2").status) == ("covered", "missing")
    points = {point.text: point.weight for point in row(made, "2.1.2").missing_points}
    assert points["清除河道淤积和阻水障碍"] == "may"
    assert row(made, "2.1.1").missing_points == ()


def test_what_lower_levels_are_told_is_marked(child: Outline, parent: Outline) -> None:
    made = align(child, parent)
    assert row(made, "2.2.1").addressed != "own"
    assert row(made, "2.1.1").addressed == "own"


def test_units_are_compared_by_role(child: Outline, parent: Outline) -> None:
    made = align(child, parent)
    assert [row(made, each).lead.verdict for each in ("2.1.1", "2.2.3", "2.2.1")] == ["same", "same", "same"]
    assert row(made, "2.2.3").lead.child == ("县教育体育局",)


def test_a_lower_target_is_below_until_a_reason_closes_it(child: Outline, parent: Outline) -> None:
    (target,) = align(child, parent).targets
    assert (target.verdict, target.reason) == ("below", "")
    why = Decision.model_validate(
        {"parent": "up", "item": target.parent.node, "kind": "pin", "reason": "按市分解数"}
    )
    (closed,) = align(child, parent, Knowledge(decisions=(why,))).targets
    assert (closed.verdict, closed.reason) == ("below", "按市分解数")


def test_changes_rebuild_both_texts_on_the_childs_level(child: Outline, parent: Outline) -> None:
    (change,) = row(align(child, parent), "2.1.1").changes
    old = "".join(op.text for op in change.ops if op.op != "insert")
    new = "".join(op.text for op in change.ops if op.op != "delete")
    assert old.startswith("加固病险水库。我县每年排查")
    assert new.startswith("实施水库除险加固。我县每年排查")
    assert all(len(op.text) > 2 for op in change.ops if op.op == "equal")


def test_json_is_plain_and_complete(child: Outline, parent: Outline) -> None:
    made = json.loads(json.dumps(as_json(align(child, parent)), ensure_ascii=False))
    assert made["format"] == "drafter.align/1"
    assert set(made) >= {
        "parent",
        "child",
        "other_period",
        "pairs",
        "additions",
        "targets",
        "coverage",
        "copied",
    }
    assert set(made["pairs"][0]) >= {"parent", "kind", "addressed", "children", "status", "score", "confidence", "decided_by",
                                     "reason", "proposal", "missing_points", "changes", "lead"}  # fmt: skip


# ------------------------------------------------------------------ whatever the plans say


@pytest.fixture(scope="module")
def example() -> Document:
    return read(ROOT / "examples" / "qingping" / "parent.txt")


def test_a_plan_with_itself_is_all_covered_and_all_sure(example: Document) -> None:
    paper = outline(example)
    made = align(paper, paper)
    assert {(pair.status, pair.confidence) for pair in measures(made)} == {("covered", "sure")}
    assert all(pair.children == (pair.parent,) for pair in measures(made))
    assert {target.verdict for target in made.targets} == {"meets"}
    assert (made.coverage.measures, made.coverage.targets, made.coverage.must_missing) == (1, 1, 0)
    assert made.copied > 0.99
    assert made.additions == ()


def test_a_measure_that_is_deleted_is_missed_and_nothing_else_changes(example: Document) -> None:
    whole = outline(example)
    ids = [node.id for node in whole.nodes if node.kind == "measure"]
    wrong = []
    for gone in ids:
        made = align(replace(whole, nodes=tuple(node for node in whole.nodes if node.id != gone)), whole)
        assert all(pair.children == (pair.parent,) for pair in measures(made) if pair.parent != gone)
        wrong += [gone] if row(made, gone).children else []
    assert len(wrong) <= len(ids) * 0.05


def swapped(document: Document) -> Document:
    """The document with its sections (level 2) of every part in the opposite order."""
    made: list[Block] = []
    held: list[list[Block]] = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            made += [each for section in reversed(held) for each in section]
            held = []
            made.append(block)
        elif isinstance(block, Heading) and block.level == 2:
            held.append([block])
        else:
            (held[-1] if held else made).append(block)
    made += [each for section in reversed(held) for each in section]
    return replace(document, blocks=tuple(made))


def test_swapping_sections_changes_no_row(example: Document) -> None:
    whole, turned = outline(example), outline(swapped(example))
    assert [node.title for node in whole.nodes] != [node.title for node in turned.nodes]
    titles = {node.id: node.title for node in turned.nodes}
    for pair in measures(align(turned, whole)):
        assert [titles[child] for child in pair.children] == [pair.title]
        assert (pair.status, pair.confidence) == ("covered", "sure")


# ------------------------------------------------------------------ decisions


def decided(parent: Outline, child: Outline, **values: object) -> Alignment:
    decision = Decision.model_validate({"parent": "up", "kind": "omit", **values})
    return align(child, parent, Knowledge(decisions=(decision,)))


def test_a_persons_word_wins(child: Outline, parent: Outline) -> None:
    made = decided(parent, child, item="2.1.2", title="疏浚中小河流", reason="本县无中小河流")
    found = row(made, "2.1.2")
    assert (found.status, found.decided_by, found.confidence, found.reason) == (
        "excused",
        "person",
        "sure",
        "本县无中小河流",
    )
    pinned = row(decided(parent, child, item="2.1.2", kind="pin", children=["2.2.1"]), "2.1.2")
    assert (pinned.status, pinned.children, pinned.decided_by) == ("covered", ("2.2.1",), "person")
    assert pinned.changes


def test_settled_rows_do_not_count(child: Outline, parent: Outline) -> None:
    before, after = align(child, parent), decided(parent, child, item="2.1.2", kind="not-applicable")
    assert after.coverage.measures > before.coverage.measures


def test_a_pinned_item_that_is_gone_is_told(child: Outline, parent: Outline) -> None:
    made = decided(parent, child, item="2.1.2", kind="pin", children=["9.9.9"])
    assert any("9.9.9" in warning for warning in made.warnings)
    assert row(made, "2.1.2").decided_by == "text"


@pytest.mark.parametrize(
    ("item", "title", "told"), [("2.1.2", "清理河道", "题目已由"), ("7.7", "清理河道", "已不存在")]
)
def test_a_decision_on_another_title_or_item_does_not_hold(
    item: str, title: str, told: str, child: Outline, parent: Outline
) -> None:
    made = decided(parent, child, item=item, title=title)
    assert any(told in warning for warning in made.warnings)
    assert all(pair.decided_by == "text" for pair in made.pairs)


# ------------------------------------------------------------------ papers that do not fit


def test_another_period_compares_tasks_only(tmp_path: Path, parent: Outline) -> None:
    late = CHILD.replace("2026—2030", "2031—2035").replace("到2030年", "到2035年")
    made = align(paper(tmp_path, late), parent)
    assert made.other_period
    assert {target.verdict for target in made.targets} == {"other-period"}
    assert sum("另一规划期" in warning for warning in made.warnings) == 1
    assert row(made, "2.1.1").children == ("2.2.1",)


def test_wrong_order_is_told(child: Outline, parent: Outline) -> None:
    assert any("次序可能反了" in warning for warning in align(parent, child).warnings)


def test_other_families_are_told(child: Outline, example: Document) -> None:
    assert any("不是同一类方案" in warning for warning in align(child, outline(example)).warnings)


def test_parts_that_were_not_read_are_told(child: Outline, parent: Outline) -> None:
    made = align(child, replace(parent, unread=(Unread("图片", "第3段"),)))
    assert any("图片" in warning and "承接率可能不准" in warning for warning in made.warnings)


def test_a_fragment_printed_twice_is_no_loss(child: Outline, parent: Outline) -> None:
    _, mended = join([Line("（县城管局、安河市生态环境局", whole=False), Line("局青禾分局）", whole=False)])
    assert [entry.lost for entry in mended] == [False]
    made = align(child, replace(parent, unread=tuple(mended)))
    assert not any("承接率可能不准" in warning for warning in made.warnings)


def test_a_parent_without_measures_is_refused(tmp_path: Path, child: Outline) -> None:
    nothing = paper(tmp_path, "澄州市防汛方案\n\n一、总体要求\n坚持预防为主，全市上下认真做好各项工作。\n")
    with pytest.raises(InputError, match="没有读出任何举措"):
        align(child, nothing)


def test_a_child_without_measures_leaves_every_row_missing(tmp_path: Path, parent: Outline) -> None:
    nothing = paper(tmp_path, "青屏县防汛方案\n\n一、总体要求\n坚持预防为主，全县上下认真做好各项工作。\n")
    made = align(nothing, parent)
    assert {pair.status for pair in measures(made)} == {"missing"}
    assert made.coverage.measures == 0


# ------------------------------------------------------------------ files


def test_a_draft_remembers_what_it_answers() -> None:
    made = align_files(EXAMPLE, EXAMPLE.with_name("parent.txt"))
    known = [pair for pair in made.pairs if pair.decided_by == "origin"]
    assert known
    titles = {node.id: node.origin for node in side(EXAMPLE).outline.nodes}
    assert "youth-curriculum" in [titles[child] for child in row(made, "3.5.1").children]


def test_a_file_remembers_as_much_as_its_profile(tmp_path: Path) -> None:
    parent, made = EXAMPLE.with_name("parent.txt"), tmp_path / "plan.docx"
    build(EXAMPLE, made)
    from_file, from_profile = align_files(made, parent), align_files(EXAMPLE, parent)
    assert [(pair.parent, pair.children, pair.decided_by) for pair in from_file.pairs] == [
        (pair.parent, pair.children, pair.decided_by) for pair in from_profile.pairs
    ]
    assert {"origin", "person"} <= {pair.decided_by for pair in from_file.pairs}


def test_another_parent_is_not_taken_for_the_one_that_is_answered(tmp_path: Path) -> None:
    made = tmp_path / "plan.docx"
    build(EXAMPLE, made)
    other = write(tmp_path, "other.txt", EXAMPLE.with_name("parent.txt").read_text(encoding="utf-8") + "\n")
    assert {pair.decided_by for pair in align_files(made, other).pairs} == {"text"}


def test_files_that_are_not_there_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        align_files(tmp_path / "a.txt", tmp_path)
    assert len(refused.value.findings) == 2


def test_the_same_file_twice_is_told() -> None:
    path = EXAMPLE.with_name("parent.txt")
    assert "同一个文件" in align_files(path, path).warnings[0]
