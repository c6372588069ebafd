"""Tables: full width, head row repeated, no row broken across pages (PRACTICE 5)."""

import math
from collections.abc import Sequence

from drafter.document import Table
from drafter.titles import ems
from drafter.typography import TEXT_WIDTH
from drafter.write.xml import Element, add, paragraph, run

_CELL_MARGIN = 57
_CELL_LEAD = 28
_MIN_COLUMN = 400


def write_table(body: Element, table: Table, width: int = TEXT_WIDTH) -> None:
    """Append a table as wide as the text box; a row that repeats one text becomes a band across it."""
    if table.caption:
        run(paragraph(body, "gwCaption"), table.caption)
    made = add(body, "tbl")
    properties = add(made, "tblPr")
    add(properties, "tblW", w=width, type_="dxa")
    borders = add(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        add(borders, side, val="single", sz=4, space=0, color="000000")
    add(properties, "tblLayout", type_="fixed")
    margins = add(properties, "tblCellMar")
    for side, space in (
        ("top", _CELL_LEAD),
        ("left", _CELL_MARGIN),
        ("bottom", _CELL_LEAD),
        ("right", _CELL_MARGIN),
    ):
        add(margins, side, w=space, type_="dxa")
    widths = column_widths(table, width)
    grid = add(made, "tblGrid")
    for each in widths:
        add(grid, "gridCol", w=each)
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
        run(paragraph(cell(made, sum(widths), span=len(row)), "gwTableBand"), row[0])
        return
    for text, width, middle in zip(row, widths, centred, strict=True):
        style = "gwTableHead" if head else "gwTableMid" if middle else "gwTableCell"
        target = paragraph(cell(made, width), style)
        if text:
            run(target, text)


def cell(row: Element, width: int, span: int = 1) -> Element:
    """A cell of a row, `width` in twips."""
    made = add(row, "tc")
    properties = add(made, "tcPr")
    add(properties, "tcW", w=width, type_="dxa")
    if span > 1:
        add(properties, "gridSpan", val=span)
    add(properties, "vAlign", val="center")
    return made


def _columns(table: Table) -> list[list[str]]:
    """The texts of each column below the head, without rows that are one merged cell."""
    rows = [row for row in table.rows[1:] if len(set(row)) > 1 or len(row) == 1]
    return [[row[n] for row in rows] for n in range(len(table.rows[0]))]


def _centred(table: Table) -> list[bool]:
    """Columns of mostly short entries are centred."""
    return [sum(ems(text) > 8 for text in column) * 4 <= len(column) for column in _columns(table)]


def column_widths(table: Table, width: int = TEXT_WIDTH) -> list[int]:
    """Twips a column, together `width`: by the longest text of short columns, by the root of the mean of long ones."""
    one = 240
    heads = [ems(text) for text in table.rows[0]]
    weights = []
    for head, column in zip(heads, _columns(table), strict=True):
        sizes = [ems(text) for text in column] or [0.0]
        longest, mean = max(sizes), sum(sizes) / len(sizes)
        wanted = longest if longest <= 6 else 4 + 2.2 * math.sqrt(mean)
        weights.append(max(wanted, min(head, 4)) * one + 2 * _CELL_MARGIN + 20)
    # Every column gets the least that holds a character; the rest is shared by weight.
    least = min(_MIN_COLUMN, width // len(weights))
    rest = width - least * len(weights)
    extra = [max(0.0, weight - least) for weight in weights]
    total = sum(extra) or 1.0
    widths = [least + int(rest * each / total) for each in extra]
    widths[widths.index(max(widths))] += width - sum(widths)
    return widths
