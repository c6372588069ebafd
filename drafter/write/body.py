"""Document → document.xml: head, notice, plan, annexes, imprint, each element by its named style."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from drafter.document import (
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
    Table,
    is_role,
    printed,
)
from drafter.titles import mark_lines
from drafter.typography import BODY, TEXT_HEIGHT, TEXT_WIDTH
from drafter.write.first_page import first_page, signature_lines
from drafter.write.imprint import write_imprint
from drafter.write.letter import closing, opening, refer_first
from drafter.write.sections import Running, end_section, section
from drafter.write.tables import write_table
from drafter.write.xml import Element, add, lines, paragraph, root, run

_ROLE_STYLES = {
    "body": BODY,
    "principle": "gwPrinciple",
    "item": "gwFurther",
    "status": "gwStatus",
    "basis": "gwBasis",
}


class Mark(Struct, frozen=True):
    """A bookmark: a paragraph whose origin is known, for the trace."""

    name: str
    origin: str
    text: str


class _Writer(Struct):
    body: Element
    marks: list[Mark]
    bookmarks: bool

    def marked(self, made: Element, origin: str | None) -> None:
        """Set a bookmark at a paragraph's beginning if it comes from a known entry.

        It holds no text: LibreOffice moves a line to the next page for the sake of a bookmark that ends with it.
        """
        if not origin or not self.bookmarks:
            return
        number = len(self.marks) + 1
        name = f"_d{number:04d}"
        start, end = add(made, "bookmarkStart", id=number, name=name), add(made, "bookmarkEnd", id=number)
        made.insert(1, start)
        made.insert(2, end)
        text = "".join(word.text or "" for word in made.iter(f"{{{made.nsmap['w']}}}t"))
        self.marks.append(Mark(name, origin, text))


Parity = Literal["as-is", "next-page", "after-blank"]
"""Where the imprint goes: after the text, on the next page, or on the page after a blank one."""


def document_part(
    document: Document,
    parity: Parity,
    running: Running,
    bookmarks: bool,
    instead: Sequence[Element] | None = None,
) -> tuple[Element, tuple[Mark, ...]]:
    """document.xml, and the bookmarks set in it.

    `parity`: what puts the imprint on an even page (7.5; see `--paginate`). `running`: footers and headers.
    `bookmarks`: whether to mark paragraphs by their origin. `instead`: paragraphs to print for title and blocks.
    """
    part = root("document")
    writer = _Writer(add(part, "body"), [], bookmarks)
    letter = document.letterhead is not None and document.letterhead.letter
    if letter:
        opening(writer.body, document)
    else:
        _front(writer.body, document, titled=instead is None)
    if instead is None:
        _blocks(writer, document.blocks, document.form)
    else:
        writer.body.extend(instead)
    if letter:
        closing(writer.body, document)
    turned = _annexes(writer, document, running)
    if document.imprint:
        _imprint(writer.body, document.imprint, parity, running, turned)
        turned = False
    last = add(writer.body, "sectPr")
    section(last, running, turned=turned, numbered=parity != "after-blank")
    if running.first:
        refer_first(last, *running.first)
    return part, tuple(writer.marks)


def _front(body: Element, document: Document, titled: bool) -> None:
    """Head, notice and, if `titled`, title of a plan."""
    if document.letterhead:
        _letterhead(body, document.letterhead)
    if document.notice:
        _notice(body, document.notice, document.letterhead, document.status_mark)
    if titled:
        _title(body, document)


def _letterhead(body: Element, head: Letterhead) -> None:
    # 7.2.1 to 7.2.3 keep three rows for 份号, 密级, 紧急程度: empty where unused, so that the mark stands at 35 mm.
    for _ in range(3):
        paragraph(body, "gwSlot")
    lines(paragraph(body, "gwMark"), mark_lines(head.issuer_mark))
    run(paragraph(body, "gwNumber"), head.number or " ")


def _notice(body: Element, notice: Notice, head: Letterhead | None, mark: str | None) -> None:
    lines(paragraph(body, "gwTitle" if head else "gwPlanTitleAlone"), notice.title)
    if mark:
        run(paragraph(body, "gwStatus"), mark)
    if notice.addressees:
        run(paragraph(body, "gwAddressees"), notice.addressees + "：")
    kept = first_page(notice, head, mark).whole
    for index, text in enumerate(notice.paragraphs, 1):
        run(paragraph(body, "gwLast" if kept and index == len(notice.paragraphs) else "gwNotice"), text)
    if notice.signature:
        paragraph(body, "gwNoticeGap")
        lines(paragraph(body, "gwSignature"), signature_lines(notice))
    if notice.date:
        run(paragraph(body, "gwDateAndNote" if notice.note else "gwDate"), notice.date)
    if notice.note:
        run(paragraph(body, "gwNote"), f"（{notice.note}）")


def _title(body: Element, document: Document) -> None:
    if document.title:
        style = "gwPlanTitle" if document.notice else "gwPlanTitleAlone"
        lines(paragraph(body, style), document.title)
        if not document.status_mark:
            paragraph(body, "gwGap")


def _blocks(
    writer: _Writer, blocks: Sequence[Block], form: Form, annex: bool = False, width: int = TEXT_WIDTH
) -> None:
    notes = [
        block.text for block in blocks if isinstance(block, Paragraph) and is_role(block, "attachment-note")
    ]
    for entry in printed(blocks, form, annex):
        block = entry.block
        if block is None:
            run(paragraph(writer.body, "gwUnits"), f"（{entry.units}）")
        elif isinstance(block, Table):
            write_table(writer.body, block, width)
        elif isinstance(block, Paragraph):
            _plain(writer.body, block, notes)
        else:
            _numbered(writer, block, entry)


def _plain(body: Element, block: Paragraph, notes: list[str]) -> None:
    if block.role == "attachment-note":
        if block.text == notes[0]:
            paragraph(body, "gwGap")
        style = (
            "gwAnnexNote"
            if len(notes) == 1
            else "gwAnnexNoteFirst"
            if block.text == notes[0]
            else "gwAnnexNoteNext"
        )
        run(paragraph(body, style), block.text)
        return
    run(paragraph(body, _ROLE_STYLES[block.role]), block.text)
    if block.role == "status":
        paragraph(body, "gwGap")


def _numbered(writer: _Writer, block: Heading | Item, entry: Printed) -> None:
    if isinstance(block, Heading):
        made = paragraph(writer.body, f"Heading{block.level}")
        run(made, (entry.number or "") + block.title)
    else:
        made = paragraph(writer.body, f"gwItem{block.level}")
        run(made, (entry.number or "") + block.title + "。", f"gwRunIn{block.level}")
        if block.text:
            run(made, block.text)
        if entry.units:
            run(made, f"（{entry.units}）")
    writer.marked(made, block.origin)


# ------------------------------------------------------------------ annexes


def _annexes(writer: _Writer, document: Document, running: Running) -> bool:
    """Every annex, turned ones in sections of their own; returns whether the last page is turned."""
    turned = False
    for label, annex in zip(document.annex_labels, document.annexes, strict=True):
        if annex.landscape != turned:
            end_section(writer.body, running, turned=turned)
            turned = annex.landscape
        _annex(writer, label, annex, document.form)
    return turned


def _imprint(body: Element, imprint: Imprint, parity: Parity, running: Running, turned: bool) -> None:
    """版记 on an upright page: the last of the text, the next, or one after a blank page (7.5)."""
    if turned or parity == "after-blank":
        # 7.5: neither the blank page before the imprint nor then the imprint's page has a number.
        end_section(body, running, turned=turned)
        # LibreOffice puts a floating table on the page before unless a paragraph stands before it.
        paragraph(body, "gwAnchor")
    if parity != "as-is":
        paragraph(body, "gwAnchorPage")
    write_imprint(body, imprint)


def _annex(writer: _Writer, label: str, annex: Annex, form: Form) -> None:
    run(paragraph(writer.body, "gwAnnexLabel"), label)
    made = paragraph(writer.body, "gwAnnexTitle")
    run(made, annex.title)
    writer.marked(made, annex.origin)
    paragraph(writer.body, "gwGap")
    _blocks(writer, annex.blocks, form, annex=True, width=TEXT_HEIGHT if annex.landscape else TEXT_WIDTH)
