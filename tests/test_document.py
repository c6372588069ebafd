"""The Document: what its constructors refuse, how it numbers, and where the page has its units."""

import itertools
from collections.abc import Callable, Sequence
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.document import (
    ROLES,
    Annex,
    Block,
    Document,
    Form,
    Heading,
    Imprint,
    Item,
    Letterhead,
    Notice,
    Paragraph,
    Printed,
    Responsibility,
    Table,
    chinese_numeral,
    one_line,
    printed,
)

LEAD = Responsibility(("县科协",), ("县教育局", "团县委"))
SHOWN = "县科协牵头，县教育局、团县委配合"
LEVELS: tuple[Literal[1, 2, 3, 4], ...] = (1, 2, 3, 4)
UNCLEAN = (
    " 前",
    "后 ",
    "　全角空格",
    "两\n行",
    "制\t表",
    "\x00",
    "\x7f",
    "行\u2028行",
    "\ufeff头",
    "\ud800",
    "\ufffe",
)


def words(entries: Sequence[Printed]) -> list[str]:
    """Each printed block as its marker, its words and its units; `-` stands for units on their own."""
    shown = []
    for entry in entries:
        block = entry.block
        text = "-" if block is None else block.text if isinstance(block, Paragraph) else ""
        text = block.title if isinstance(block, Heading | Item) else text
        text = "table" if isinstance(block, Table) else text
        shown.append(f"{entry.number or ''}{text}" + (f"（{entry.units}）" if entry.units else ""))
    return shown


def page(*blocks: Block, form: Form | None = None) -> list[str]:
    """The blocks as the page has them."""
    return words(list(printed(blocks, form or Form())))


# ------------------------------------------------------------------ numerals


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (1, "一"), (2, "二"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"),
        (30, "三十"), (55, "五十五"), (90, "九十"), (99, "九十九"),
    ],
)  # fmt: skip
def test_chinese_numerals_are_those_of_the_table(number: int, numeral: str) -> None:
    assert chinese_numeral(number) == numeral


def test_every_numeral_is_different() -> None:
    numerals = [chinese_numeral(number) for number in range(1, 100)]
    assert len(set(numerals)) == 99
    assert set("".join(numerals)) == set("一二三四五六七八九十")


@pytest.mark.parametrize("number", [-1, 0, 100_000])
def test_a_number_without_a_numeral_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        chinese_numeral(number)


# ------------------------------------------------------------------ markers


@pytest.mark.parametrize(
    ("shape", "first", "twelfth"),
    [
        ("一、", "一、", "十二、"), ("（一）", "（一）", "（十二）"), ("1.", "1.", "12."), ("1．", "1．", "12．"),
        ("（1）", "（1）", "（12）"), ("(1)", "(1)", "(12)"), ("1、", "1、", "12、"), ("第一章 x", "第一章 x", "第十二章 x"),
        ("——", "——", "——"), ("", "", ""),
    ],
)  # fmt: skip
def test_each_shape_of_marker_is_counted(shape: str, first: str, twelfth: str) -> None:
    form = Form(markers=(shape, shape, shape, shape), annex_markers=("A1", "A1", "A1", "A1"))
    for level in LEVELS:
        assert form.number(level, 1) == first
        assert form.number(level, 12) == twelfth
        assert form.number(level, 12, annex=True) == "A12"


def test_each_level_has_its_own_shape() -> None:
    assert [Form().number(level, 2) for level in LEVELS] == ["二、", "（二）", "2.", "（2）"]


OUTLINE: tuple[Literal[1, 2, 3, 4], ...] = (1, 2, 3, 3, 2, 3, 4, 4, 1, 2, 3, 4)


def numbered(form: Form) -> list[str | None]:
    """The markers of one outline of headings and items."""
    kinds: tuple[Callable[[Literal[1, 2, 3, 4], str], Block], ...] = (Heading, Item)
    return form.numbers([kinds[level > 2](level, "题") for level in OUTLINE])


def test_numbers_start_again_below_each_heading() -> None:
    expected = "一、 （一） 1. 2. （二） 1. （1） （2） 二、 （一） 1. （1）"
    assert numbered(Form()) == expected.split()


def test_numbers_run_on_where_the_form_says_so() -> None:
    expected = "一、 （一） 1. 2. （二） 3. （1） （2） 二、 （三） 4. （1）"
    assert numbered(Form(restart=(True, False, False, True))) == expected.split()


def test_only_headings_and_items_are_numbered() -> None:
    blocks = (Paragraph("段"), Heading(1, "甲"), Table((("格",),)), Paragraph("段"), Item(3, "乙"))
    assert Form().numbers(blocks) == [None, "一、", None, None, "1."]


@pytest.mark.parametrize("own", ["25．", "", "——"])
def test_a_number_of_its_own_is_printed_and_still_counted(own: str) -> None:
    blocks = (Item(3, "甲"), Item(3, "乙", number=own), Item(3, "丙"))
    assert Form().numbers(blocks) == ["1.", own, "3."]


def test_annexes_have_markers_of_their_own() -> None:
    form = Form(annex_markers=("1.", "（1）", "a", "b"))
    assert form.numbers([Heading(1, "甲"), Heading(2, "乙")], annex=True) == ["1.", "（1）"]


@given(st.lists(st.sampled_from(LEVELS), max_size=40), st.tuples(*[st.booleans()] * 4))
def test_every_level_counts_one_by_one(
    levels: list[Literal[1, 2, 3, 4]], restart: tuple[bool, bool, bool, bool]
) -> None:
    form = Form(markers=("1", "1", "1", "1"), restart=restart)
    counts = [int(number or 0) for number in form.numbers([Heading(level, "题") for level in levels])]
    for level in LEVELS:
        mine = [
            (n, count) for n, (each, count) in enumerate(zip(levels, counts, strict=True)) if each == level
        ]
        for (before, last), (now, count) in itertools.pairwise([(-1, 0), *mine]):
            above = any(each < level for each in levels[before + 1 : now])
            assert count == (1 if above and restart[level - 1] else last + 1)


# ------------------------------------------------------------------ units


@pytest.mark.parametrize(
    ("form", "units", "shown"),
    [
        (Form(), LEAD, SHOWN),
        (Form(), Responsibility(("甲", "乙"), ()), "甲、乙牵头"),
        (Form(), Responsibility((), ("丙",)), "丙配合"),
        (Form(support_word="参加"), LEAD, "县科协牵头，县教育局、团县委参加"),
        (Form(label="责任单位："), LEAD, f"责任单位：{SHOWN}"),
        (Form(lead="first"), LEAD, "县科协、县教育局、团县委"),
        (Form(lead="first", label="责任单位："), Responsibility(("甲",)), "责任单位：甲"),
        (Form(label="责任单位："), Responsibility(("甲",), (), "由甲负责"), "由甲负责"),
        (Form(), Responsibility(("甲",), (), ""), ""),
    ],
)
def test_units_are_worded_as_the_form_has_them(form: Form, units: Responsibility, shown: str) -> None:
    assert form.units(units) == shown


def test_units_close_the_paragraph_of_their_item() -> None:
    item = Item(3, "甲", "文。", responsibility=LEAD)
    assert page(item, item) == [f"1.甲（{SHOWN}）", f"2.甲（{SHOWN}）"]


def test_units_of_an_item_with_further_paragraphs_stand_after_the_last_of_them() -> None:
    blocks = (
        Item(3, "甲", "文。", responsibility=LEAD),
        Paragraph("续一", "item"),
        Paragraph("续二", "item"),
        Item(3, "乙"),
    )
    assert page(*blocks) == ["1.甲", "续一", "续二", f"-（{SHOWN}）", "2.乙"]


def test_units_of_a_section_stand_at_its_end() -> None:
    blocks = (
        Heading(2, "甲", responsibility=LEAD),
        Item(3, "项"),
        Paragraph("文"),
        Heading(2, "乙", responsibility=Responsibility(("团县委",))),
        Item(3, "项"),
        Heading(1, "后"),
    )
    assert page(*blocks) == [
        "（一）甲", "1.项", "文", f"-（{SHOWN}）", "（二）乙", "1.项", "-（团县委牵头）", "一、后",
    ]  # fmt: skip


def test_units_of_the_last_section_stand_before_the_list_of_annexes() -> None:
    blocks = (Heading(2, "甲", responsibility=LEAD), Item(3, "项"), Paragraph("附件：表", "attachment-note"))
    assert page(*blocks) == ["（一）甲", "1.项", f"-（{SHOWN}）", "附件：表"]


def test_units_of_nested_sections_close_from_the_inside() -> None:
    outer = Responsibility(("外",))
    blocks = (Heading(1, "甲", responsibility=outer), Heading(2, "乙", responsibility=LEAD), Item(3, "项"))
    assert page(*blocks) == ["一、甲", "（一）乙", "1.项", f"-（{SHOWN}）", "-（外牵头）"]


def test_a_further_paragraph_does_not_end_the_section() -> None:
    blocks = (
        Heading(2, "甲", responsibility=LEAD),
        Item(3, "项"),
        Paragraph("续", "item"),
        Item(3, "又一项"),
    )
    assert page(*blocks) == ["（一）甲", "1.项", "续", "2.又一项", f"-（{SHOWN}）"]


BLOCKS = st.one_of(
    st.builds(Heading, st.sampled_from(LEVELS), st.just("题"), responsibility=st.sampled_from([None, LEAD])),
    st.builds(
        Item,
        st.sampled_from(LEVELS),
        st.just("题"),
        st.just("文"),
        responsibility=st.sampled_from([None, LEAD]),
    ),
    st.builds(Paragraph, st.just("段"), st.sampled_from(ROLES)),
    st.just(Table((("格",),))),
)


def test_no_blocks_print_nothing() -> None:
    """A paper of a title alone, or an annex that is not written yet."""
    assert page() == []


@given(st.lists(BLOCKS, min_size=1, max_size=20))
def test_every_block_and_all_units_are_printed_once_and_in_order(blocks: list[Block]) -> None:
    entries = list(printed(blocks, Form()))
    assert [entry.block for entry in entries if entry.block is not None] == blocks
    owed = sum(1 for block in blocks if isinstance(block, Heading | Item) and block.responsibility)
    assert [entry.units for entry in entries if entry.units] == [SHOWN] * owed
    assert all(entry.units for entry in entries if entry.block is None)


# ------------------------------------------------------------------ what is refused

MAKERS: tuple[Callable[[str], object], ...] = (
    lambda text: Heading(1, text),
    lambda text: Heading(1, "题", number=text),
    lambda text: Heading(1, "题", origin=text),
    lambda text: Item(3, "题", text),
    Paragraph,
    lambda text: Table(((text,),)),
    lambda text: Table((("格",),), caption=text),
    Annex,
    Letterhead,
    lambda text: Letterhead("机关", text),
    lambda text: Notice((text,)),
    lambda text: Notice(("题",), paragraphs=("文", text)),
    lambda text: Imprint(copy_to=(("甲",), ("乙", text))),
    lambda text: Responsibility(("甲", text)),
    lambda text: Responsibility(raw=text),
    lambda text: Form(label=text),
    lambda text: Document(title=("题", text)),
)


@pytest.mark.parametrize("text", UNCLEAN)
@pytest.mark.parametrize("maker", MAKERS)
def test_no_constructor_takes_an_unclean_string(maker: Callable[[str], object], text: str) -> None:
    with pytest.raises(ValueError, match="not one clean line"):
        maker(text)


@pytest.mark.parametrize("text", UNCLEAN)
@pytest.mark.parametrize("maker", MAKERS)
def test_one_line_makes_any_string_acceptable(maker: Callable[[str], object], text: str) -> None:
    maker(one_line(f"甲{text}乙"))


@given(st.text())
def test_one_line_changes_nothing_more_the_second_time(text: str) -> None:
    line = one_line(text)
    assert one_line(line) == line
    if line:
        assert Paragraph(line).text == line


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Heading(0, "题"),  # type: ignore[arg-type]
        lambda: Heading(5, "题"),  # type: ignore[arg-type]
        lambda: Heading(1, ""),
        lambda: Heading(1, "两句。话"),
        lambda: Item(3, "题。", "文"),
        lambda: Item(3, ""),
        lambda: Paragraph(""),
        lambda: Paragraph("文", "quote"),  # type: ignore[arg-type]
        lambda: Table(()),
        lambda: Table(((),)),
        lambda: Table((("甲", "乙"), ("丙",))),
        lambda: Form(markers=("一、", "（一）", "1.")),  # type: ignore[arg-type]
        lambda: Form(run_in=(True,)),  # type: ignore[arg-type]
    ],
)
def test_a_block_that_cannot_be_printed_is_refused(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        wrong()


# ------------------------------------------------------------------ the whole paper


def test_the_texts_of_a_paper_come_in_the_order_of_the_page() -> None:
    paper = Document(
        letterhead=Letterhead("某机关文件", "某〔2026〕1号"),
        notice=Notice(("印发", "通知"), "各单位", ("现印发。",), "某机关", "2026年1月2日", "此件公开发布"),
        title=("某县", "方案"),
        blocks=(Heading(1, "章"), Item(3, "条", "文。", responsibility=LEAD), Paragraph("段")),
        annexes=(Annex("表", (Table((("头", ""), ("格", "格")), caption="题"),)),),
        imprint=Imprint((("甲", "乙"), ("丙",)), "某机关", "2026年1月3日"),
    )
    assert list(paper.texts()) == [
        "某机关文件", "某〔2026〕1号", "印发通知", "各单位", "现印发。", "某机关", "2026年1月2日", "此件公开发布",
        "某县方案", "章", "条", "文。", SHOWN, "段", "表", "题", "头", "格", "格", "甲", "乙", "丙", "某机关",
        "2026年1月3日",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "labels"),
    [((), ()), ((None,), ("附件",)), ((None, None), ("附件1", "附件2")), ((None, "四"), ("附件1", "附件四"))],
)
def test_annexes_are_labelled_by_their_order(
    numbers: tuple[str | None, ...], labels: tuple[str, ...]
) -> None:
    paper = Document(annexes=tuple(Annex("表", number=number) for number in numbers))
    assert paper.annex_labels == labels
