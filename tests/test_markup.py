"""Drafting markup: whatever a Document holds survives print and parse; every rule of the markup has a case."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from drafts import EXAMPLE, composed
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from drafter import markup
from drafter.document import (
    ROLES,
    Annex,
    Block,
    Citation,
    Document,
    Form,
    Heading,
    Imprint,
    Item,
    Letterhead,
    Meta,
    Notice,
    Paragraph,
    Responsibility,
    Table,
    Unread,
    one_line,
)
from drafter.errors import InputError

T = TypeVar("T")

# ------------------------------------------------------------------ any Document

SIGNS = "#{}@|:\\一、1.（一）。《》 　=＝；-_~*`<>&!\"'%[]$〔〕—…ab甲乙责任表附件😀"

characters = st.one_of(st.sampled_from(SIGNS), st.sampled_from(SIGNS), st.characters(codec="utf-8"))
texts = st.text(characters, max_size=14).map(one_line)
words = texts.filter(bool)
titles = texts.map(lambda text: one_line(text.replace("。", ""))).filter(bool)
ids = st.from_regex(r"[a-z0-9一-九_][\w.:-]{0,8}", fullmatch=True)
levels = st.sampled_from((1, 2, 3, 4))


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


def several(strategy: st.SearchStrategy[T], most: int = 3) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


def four(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, T, T, T]]:
    return st.tuples(strategy, strategy, strategy, strategy)


forms = st.builds(
    Form,
    markers=four(texts),
    restart=four(st.booleans()),
    run_in=four(st.booleans()),
    lead=st.sampled_from(("marked", "first")),
    responsibility=st.sampled_from(("item", "section", "annex", "none")),
    support_word=texts,
    label=texts,
    annex_markers=four(texts),
)
units = st.builds(Responsibility, lead=several(words), support=several(words), raw=maybe(texts))
headings = st.builds(Heading, levels, titles, maybe(texts), maybe(units), maybe(ids))
items = st.builds(Item, levels, titles, texts, maybe(texts), maybe(units), maybe(ids))
paragraphs = st.builds(Paragraph, words, st.sampled_from(ROLES))
rows = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(texts, min_size=width, max_size=width).map(tuple), min_size=1, max_size=4)
)
tables = st.builds(Table, rows.map(tuple), maybe(words), maybe(ids))
blocks = several(st.one_of(headings, items, paragraphs, tables), 6)
annexes = st.builds(Annex, words, blocks, maybe(texts), st.booleans(), maybe(ids))
notices = st.builds(
    Notice, several(words), maybe(texts), several(words), maybe(texts), maybe(texts), maybe(texts), st.booleans()
)  # fmt: skip
imprints = st.builds(Imprint, several(several(texts)), maybe(texts), maybe(texts))
citations = st.builds(Citation, texts, maybe(texts))
metas = st.builds(
    Meta,
    maybe(texts),
    maybe(texts),
    maybe(texts),
    maybe(st.tuples(st.integers(0, 3000), st.integers(0, 3000))),
    maybe(texts),
    several(citations),
)
documents = st.builds(
    Document,
    form=forms,
    letterhead=maybe(st.builds(Letterhead, texts, maybe(texts))),
    notice=maybe(notices),
    title=several(words),
    blocks=blocks,
    annexes=several(annexes),
    imprint=maybe(imprints),
    meta=metas,
    unread=several(st.builds(Unread, texts, texts)),
)


def returned(document: Document) -> Document:
    return markup.parse(markup.print_document(document))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_any_document_survives_print_and_parse(document: Document) -> None:
    assert returned(document) == document


@settings(max_examples=150, deadline=None)
@given(blocks)
@example((Item(3, "甲", "", "25．", Responsibility(("a、b", "c；d"), ("e＝f", "g\\")), "youth-rural"),))
@example((Paragraph("@责任 牵头=甲"), Paragraph("::: notice"), Paragraph("{.item}", "item")))
@example((Table((("", ""), ("|", "\\|")), "题{注}", "a-1"), Table((("",),))))
def test_any_blocks_survive_in_the_plan_and_in_an_annex(content: tuple[Block, ...]) -> None:
    document = Document(blocks=content, annexes=(Annex("表", content),))
    assert returned(document) == document


@settings(max_examples=150, deadline=None)
@given(texts)
def test_escaped_text_is_read_back_as_typed(text: str) -> None:
    assert markup.unescape(markup.escape(text)) == text


@settings(max_examples=150, deadline=None)
@given(st.text(characters, max_size=10))
def test_a_constructor_refuses_what_one_line_would_change(text: str) -> None:
    if text and text != one_line(text):
        with pytest.raises(ValueError, match="not one clean line"):
            Paragraph(text)


def test_the_example_survives_print_and_parse() -> None:
    document = composed(EXAMPLE)
    assert document.notice
    assert document.imprint
    assert len(document.annexes) == 2
    assert returned(document) == document


def test_printing_twice_gives_the_same_markup() -> None:
    printed = markup.print_document(composed(EXAMPLE))
    assert markup.print_document(markup.parse(printed)) == printed


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_of_other_systems_are_read(ending: str) -> None:
    document = composed(EXAMPLE)
    assert markup.parse(markup.print_document(document).replace("\n", ending)) == document


def test_printed_markup_never_holds_what_a_template_would_read() -> None:
    hazards = Document(blocks=(Paragraph("{{ a }} {% b %} {# c #}"), Item(3, "{{", "{#", "{%", None, "a")))
    printed = markup.print_document(hazards)
    assert not [sign for sign in ("{{", "{%", "{#") if sign in printed]


# ------------------------------------------------------------------ cases

CASES = Path(__file__).parent / "cases" / "markup"


def cases() -> Iterator[object]:
    """Title, input and expected of each case: three texts, each closed by a line that is a dot."""
    for path in sorted(CASES.glob("*.txt")):
        texts = path.read_text(encoding="utf-8").split("\n.\n")
        for title, given_text, expected in zip(texts[::3], texts[1::3], texts[2::3], strict=False):
            yield pytest.param(given_text, expected, id=f"{path.stem}: {title.strip()}")


def shown(document: Document) -> str:
    """A Document in short: one line for each thing in it."""
    lines = [f"title {line}" for line in document.title]
    if document.notice:
        lines += [f"notice-title {line}" for line in document.notice.title]
        lines += [f"notice {text}" for text in document.notice.paragraphs]
    lines += shown_blocks(document.blocks)
    for annex in document.annexes:
        wide = " landscape" if annex.landscape else ""
        lines.append(f"annex {annex.title}{extra(annex.number, annex.origin)}{wide}")
        lines += [f"  {line}" for line in shown_blocks(annex.blocks)]
    return "\n".join(lines)


def extra(number: str | None, origin: str | None) -> str:
    return (f" ={number}" if number is not None else "") + (f" @{origin}" if origin else "")


def shown_blocks(content: Sequence[Block]) -> Iterator[str]:
    for block in content:
        if isinstance(block, Paragraph):
            yield f"{block.role} {block.text}"
        elif isinstance(block, Table):
            yield f"table {block.caption}{extra(None, block.origin)}"
            yield from ("| " + " | ".join(row) for row in block.rows)
        else:
            text = f" / {block.text}" if isinstance(block, Item) else ""
            kind = type(block).__name__.lower()
            yield f"{kind} {block.level} {block.title}{text}{extra(block.number, block.origin)}"
            if block.responsibility:
                given_units = block.responsibility
                raw = f" raw={given_units.raw}" if given_units.raw is not None else ""
                yield f"units {'+'.join(given_units.lead)} / {'+'.join(given_units.support)}{raw}"


def read(text: str) -> str:
    """What markup holds, or what is wrong with it: line and message of each fault that says what to do."""
    try:
        return shown(markup.parse(text))
    except InputError as bad:
        lines = (f"{each.at.line if each.at else None}: {each.message}" for each in bad if each.hint)
        return "\n".join(lines)


@pytest.mark.parametrize(("text", "expected"), list(cases()))
def test_markup_is_read_as_the_case_says(text: str, expected: str) -> None:
    assert read(text) == expected


def test_every_case_file_is_read_to_its_end() -> None:
    for path in sorted(CASES.glob("*.txt")):
        texts = path.read_text(encoding="utf-8").split("\n.\n")
        assert len(texts) % 3 == 1, f"{path.name}: a dot is missing"
        assert not texts[-1].strip(), f"{path.name}: a dot is missing at its end"


def test_a_fault_names_the_file() -> None:
    with pytest.raises(InputError) as refused:
        markup.parse("# 标题\n\n@责任 牵头=甲\n", "plan.md")
    assert str(refused.value).startswith("plan.md:3：错误：")


def test_front_matter_gives_head_notice_imprint_and_meta() -> None:
    front = "meta: {period: [2026, 2030], status: issued}\nletterhead: {issuer_mark: 青屏县人民政府文件}\n"
    front += "notice: {date: 2026年12月8日, sealed: false}\nimprint: {copy_to: [[县委办, 县人大办]]}\n"
    document = markup.parse(
        f"---\n{front}unread: [{{what: 图, where: 第3页}}]\n---\n::: notice\n# 通知\n:::\n"
    )
    assert document == Document(
        letterhead=Letterhead("青屏县人民政府文件"),
        notice=Notice(("通知",), date="2026年12月8日", sealed=False),
        imprint=Imprint((("县委办", "县人大办"),)),
        meta=Meta(period=(2026, 2030), status="issued"),
        unread=(Unread("图", "第3页"),),
    )


def test_a_document_without_front_matter_has_the_default_form() -> None:
    assert markup.parse("# 标题") == replace(Document(), title=("标题",))


FRONT_FAULTS = {
    "---\nmeta: {}\n": None,
    "---\nmeta: [\n---\n": 3,
    "---\nmeta: {}\nmeta: {}\n---\n": 3,
    "---\nform: {markers: [一、]}\n---\n": 2,
    "---\nletterhead: {number: 1}\n---\n": 2,
    "---\nform: {colour: red}\n---\n": 2,
    "---\nmeta: {period: [二〇二六, 2030]}\n---\n": 2,
    "---\nheading: 甲\n---\n": 2,
    "---\n- 甲\n---\n": 2,
    "---\nform: {lead: second}\n---\n": 2,
}


@pytest.mark.parametrize(("text", "line"), FRONT_FAULTS.items(), ids=[repr(text) for text in FRONT_FAULTS])
def test_a_fault_in_the_front_matter_has_its_line(text: str, line: int | None) -> None:
    with pytest.raises(InputError) as refused:
        markup.parse(text, "plan.md")
    first = refused.value.findings[0]
    assert first.at is not None
    assert (first.at.path, first.at.line) == ("plan.md", line or 1)
    assert first.hint
