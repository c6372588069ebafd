"""Document → document.xml: head, notice, plan, annexes, imprint, each element by its named style."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

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
    printed,
)
from drafter.titles import ems
from drafter.typography import BODY, LINE, PAGE, TEXT_WIDTH
from drafter.write.xml import Element, R, add, lines, paragraph, root, run

_ROLE_STYLES = {
    "body": BODY,
    "principle": "gwPrinciple",
    "item": "gwFurther",
    "status": "gwStatus",
    "basis": "gwBasis",
}
_CELL_MARGIN = 57
_CELL_LEAD = 28
_IMPRINT_CHARACTER = 280
_MIN_COLUMN = 600


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark: a paragraph whose origin is known, for the trace."""

    name: str
    origin: str
    text: str


@dataclass(slots=True)
class _Writer:
    body: Element
    marks: list[Mark]

    def marked(self, made: Element, origin: str | None) -> None:
        """Set a bookmark round a paragraph's runs if it comes from a known entry."""
        if not origin:
            return
        number = len(self.marks) + 1
        name = f"_d{number:04d}"
        start = add(made, "bookmarkStart", id=number, name=name)
        made.remove(start)
        made.insert(1, start)
        add(made, "bookmarkEnd", id=number)
        text = "".join(word.text or "" for word in made.iter(f"{{{made.nsmap['w']}}}t"))
        self.marks.append(Mark(name, origin, text))


def document_part(
    document: Document, imprint_on_new_page: bool, footers: tuple[str, str]
) -> tuple[Element, tuple[Mark, ...]]:
    """document.xml, and the bookmarks set in it.

    `footers`: relationship ids of the footers of odd and of even pages. `imprint_on_new_page`: begin a page for the imprint, so that it falls on an even one (7.5; see `--paginate`).
    """
    part = root("document")
    writer = _Writer(add(part, "body"), [])
    if document.letterhead:
        _letterhead(writer.body, document.letterhead)
    if document.notice:
        _notice(writer.body, document.notice, gap=document.letterhead is not None)
    _title(writer.body, document)
    _blocks(writer, document.blocks, document.form)
    for label, annex in zip(document.annex_labels, document.annexes, strict=True):
        _annex(writer, label, annex, document.form)
    if document.imprint:
        _imprint(writer.body, document.imprint, imprint_on_new_page)
    _section(writer.body, footers)
    return part, tuple(writer.marks)


def _letterhead(body: Element, head: Letterhead) -> None:
    # 7.2.1 to 7.2.3 keep three rows for 份号, 密级, 紧急程度: empty where unused, so that the mark stands at 35 mm.
    for _ in range(3):
        paragraph(body, "gwSlot")
    run(paragraph(body, "gwMark"), head.issuer_mark)
    run(paragraph(body, "gwNumber"), head.number or " ")


def _notice(body: Element, notice: Notice, gap: bool) -> None:
    lines(paragraph(body, "gwTitle" if gap else "gwPlanTitleAlone"), notice.title)
    if notice.addressees:
        run(paragraph(body, "gwAddressees"), notice.addressees + "：")
    for index, text in enumerate(notice.paragraphs, 1):
        run(paragraph(body, "gwLast" if index == len(notice.paragraphs) else BODY), text)
    if notice.signature:
        paragraph(body, "gwGap")
        run(paragraph(body, "gwSignature"), notice.signature)
    if notice.date:
        run(paragraph(body, "gwDateAndNote" if notice.note else "gwDate"), notice.date)
    if notice.note:
        run(paragraph(body, "gwNote"), f"（{notice.note}）")


def _title(body: Element, document: Document) -> None:
    if document.title:
        style = "gwPlanTitle" if document.notice else "gwPlanTitleAlone"
        lines(paragraph(body, style), document.title)
        if not (document.blocks and _is_role(document.blocks[0], "status")):
            paragraph(body, "gwGap")


def _is_role(block: Block, role: str) -> bool:
    return isinstance(block, Paragraph) and block.role == role


def _blocks(writer: _Writer, blocks: Sequence[Block], form: Form, annex: bool = False) -> None:
    notes = [
        block.text for block in blocks if isinstance(block, Paragraph) and block.role == "attachment-note"
    ]
    for entry in printed(blocks, form, annex):
        block = entry.block
        if block is None:
            run(paragraph(writer.body, "gwUnits"), f"（{entry.units}）")
        elif isinstance(block, Table):
            _table(writer, block)
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


def _annex(writer: _Writer, label: str, annex: Annex, form: Form) -> None:
    run(paragraph(writer.body, "gwAnnexLabel"), label)
    made = paragraph(writer.body, "gwAnnexTitle")
    run(made, annex.title)
    writer.marked(made, annex.origin)
    paragraph(writer.body, "gwGap")
    _blocks(writer, annex.blocks, form, annex=True)


def _table(writer: _Writer, table: Table) -> None:
    if table.caption:
        run(paragraph(writer.body, "gwCaption"), table.caption)
    made = add(writer.body, "tbl")
    properties = add(made, "tblPr")
    add(properties, "tblW", w=TEXT_WIDTH, type_="dxa")
    borders = add(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        add(borders, side, val="single", sz=4, space=0, color="000000")
    add(properties, "tblLayout", type_="fixed")
    margins = add(properties, "tblCellMar")
    for side, width in (
        ("top", _CELL_LEAD),
        ("left", _CELL_MARGIN),
        ("bottom", _CELL_LEAD),
        ("right", _CELL_MARGIN),
    ):
        add(margins, side, w=width, type_="dxa")
    widths = column_widths(table)
    grid = add(made, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=width)
    centred = _centred(table)
    for index, row in enumerate(table.rows):
        _row(made, row, widths, centred, head=index == 0)


def _row(
    table: Element, row: Sequence[str], widths: Sequence[int], centred: Sequence[bool], head: bool
) -> None:
    made = add(table, "tr")
    properties = add(made, "trPr")
    add(properties, "cantSplit")
    if head:
        add(properties, "tblHeader")
    if not head and len(row) > 1 and len(set(row)) == 1 and row[0]:
        cell = _cell(made, sum(widths), span=len(row))
        run(paragraph(cell, "gwTableBand"), row[0])
        return
    for text, width, middle in zip(row, widths, centred, strict=True):
        style = "gwTableHead" if head else "gwTableMid" if middle else "gwTableCell"
        target = paragraph(_cell(made, width), style)
        if text:
            run(target, text)


def _cell(row: Element, width: int, span: int = 1) -> Element:
    cell = add(row, "tc")
    properties = add(cell, "tcPr")
    add(properties, "tcW", w=width, type_="dxa")
    if span > 1:
        add(properties, "gridSpan", val=span)
    add(properties, "vAlign", val="center")
    return cell


def _columns(table: Table) -> list[list[str]]:
    """The texts of each column below the head, without rows that are one merged cell."""
    rows = [row for row in table.rows[1:] if len(set(row)) > 1 or len(row) == 1]
    return [[row[n] for row in rows] for n in range(len(table.rows[0]))]


def _centred(table: Table) -> list[bool]:
    """Columns of short entries are centred."""
    return [all(ems(text) <= 8 for text in column) for column in _columns(table)]


def column_widths(table: Table) -> list[int]:
    """Twips a column, together the text width: by the longest text of short columns, by the root of the mean of long ones."""
    one = 240
    heads = [ems(text) for text in table.rows[0]]
    weights = []
    for head, column in zip(heads, _columns(table), strict=True):
        sizes = [ems(text) for text in column] or [0.0]
        longest, mean = max(sizes), sum(sizes) / len(sizes)
        wanted = longest if longest <= 6 else 4 + 2.2 * math.sqrt(mean)
        weights.append(max(wanted, min(head, 4)) * one + 2 * _CELL_MARGIN + 20)
    scale = TEXT_WIDTH / sum(weights)
    widths = [max(_MIN_COLUMN, round(weight * scale)) for weight in weights]
    widths[widths.index(max(widths))] += TEXT_WIDTH - sum(widths)
    return widths


# ------------------------------------------------------------------ imprint


def _imprint(body: Element, imprint: Imprint, new_page: bool) -> None:
    """版记 as a floating table at the foot of the text box (7.4); LibreOffice floats it only relative to the page."""
    if new_page:
        paragraph(body, "gwAnchorPage")
    made = add(body, "tbl")
    properties = add(made, "tblPr")
    add(
        properties, "tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="page", tblpX=PAGE.left,
        tblpYSpec="bottom",
    )  # fmt: skip
    add(properties, "tblOverlap", val="never")
    add(properties, "tblW", w=TEXT_WIDTH, type_="dxa")
    borders = add(properties, "tblBorders")
    for side, size in (("top", 8), ("bottom", 8), ("insideH", 6)):
        add(borders, side, val="single", sz=size, space=0, color="000000")
    add(properties, "tblLayout", type_="fixed")
    margins = add(properties, "tblCellMar")
    for side in ("left", "right"):
        add(margins, side, w=0, type_="dxa")
    left = TEXT_WIDTH * 5 // 8
    grid = add(made, "tblGrid")
    for width in (left, TEXT_WIDTH - left):
        add(grid, "gridCol", w=width)
    if imprint.copy_to:
        _copy_to(made, imprint.copy_to)
    if imprint.printer or imprint.date:
        row = _fixed_row(made, 1)
        run(paragraph(_cell(row, left), "gwPrinter"), imprint.printer or " ")
        run(paragraph(_cell(row, TEXT_WIDTH - left), "gwPrinted"), f"{imprint.date or ''}印发")
    paragraph(body, "gwAnchor")


def _copy_to(table: Element, groups: Sequence[Sequence[str]]) -> None:
    texts = [("抄送：" if n == 0 else "") + "，".join(group) + "。" for n, group in enumerate(groups)]
    room = (TEXT_WIDTH - 2 * _IMPRINT_CHARACTER) / _IMPRINT_CHARACTER - 3
    rows = sum(
        max(1, math.ceil((ems(text) - (3 if n == 0 else 0)) / (room - 1))) for n, text in enumerate(texts)
    )
    cell = _cell(_fixed_row(table, rows), TEXT_WIDTH, span=2)
    for index, text in enumerate(texts):
        run(paragraph(cell, "gwCopyTo" if index == 0 else "gwCopyToNext"), text)


def _fixed_row(table: Element, count: int) -> Element:
    row = add(table, "tr")
    properties = add(row, "trPr")
    add(properties, "cantSplit")
    add(properties, "trHeight", val=count * LINE, hRule="exact")
    return row


def _section(body: Element, footers: tuple[str, str]) -> None:
    section = add(body, "sectPr")
    for kind, relation in zip(("default", "even"), footers, strict=True):
        footer = add(section, "footerReference", type_=kind)
        footer.set(f"{{{R}}}id", relation)
    add(section, "pgSz", w=PAGE.width, h=PAGE.height)
    add(
        section, "pgMar", top=PAGE.top, right=PAGE.right, bottom=PAGE.bottom, left=PAGE.left, header=PAGE.header,
        footer=PAGE.footer, gutter=0,
    )  # fmt: skip
    add(section, "docGrid", type_="lines", linePitch=LINE)


def footer_part(even: bool) -> Element:
    """A footer: the page number between dashes, 宋体 4号, outside right on odd and left on even pages (7.5)."""
    part = root("ftr")
    made = paragraph(part, "gwPageEven" if even else "gwPageOdd")
    run(made, "— ")
    for kind in ("begin", "separate", "end"):
        add(add(made, "r"), "fldChar", fldCharType=kind)
        if kind == "begin":
            add(add(made, "r"), "instrText").text = "PAGE"
        elif kind == "separate":
            run(made, "1")
    run(made, " —")
    return part
