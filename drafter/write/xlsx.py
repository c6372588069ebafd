"""Tables → .xlsx, as offices send them: frozen heads, wrapped text, filters, printed across the page."""

import io
import re
import struct
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

import xlsxwriter
from msgspec import Struct, field

from drafter.write.trace import sign

Shade = Literal["", "band", "good", "fair", "bad", "muted"]
_FILLS: dict[Shade, str] = {"band": "#E7E6E6", "good": "#E2F0D9", "fair": "#FFF2CC", "bad": "#FBE0DD", "muted": "#F2F2F2"}  # fmt: skip
_LONGEST_NAME = 31
"""Characters that a spreadsheet allows in a sheet's name."""
_WRITTEN = datetime(2000, 1, 1)
"""The same tables give the same bytes, so the file says no time."""


class Column(Struct, frozen=True):
    """A column: its head, and its width in characters of a half-width face."""

    head: str
    width: int


class Row(Struct, frozen=True):
    """Cells of a row. A `band` row has one cell, which runs over all columns."""

    cells: tuple[str | int, ...]
    shade: Shade = ""


class Sheet(Struct, frozen=True):
    """A table with a title over it. `links`: (row from 0, name of the sheet that its second cell leads to)."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    filters: bool = False
    notes: tuple[str, ...] = field(default=())
    links: tuple[tuple[int, str], ...] = field(default=())


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """A workbook, signed so that later edits show. Text is never a formula, whatever it begins with."""
    buffer = io.BytesIO()
    names = sheet_names(sheet.name for sheet in sheets)
    known = {sheet.name: name for sheet, name in zip(sheets, names, strict=True)}
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": _WRITTEN})
        formats = _Formats(book)
        for sheet, name in zip(sheets, names, strict=True):
            _fill(book.add_worksheet(name), sheet, formats, known)
    return _signed(buffer.getvalue())


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names that a spreadsheet allows: without []:*?/\\', at most 31 characters, no two alike."""
    names: list[str] = []
    taken: set[str] = set()
    for each in wanted:
        bare = re.sub(r"[\[\]:*?/\\']", "", each).strip()[:_LONGEST_NAME] or "表"
        name, ordinal = bare, 2
        while name.lower() in taken:
            tail = f"（{ordinal}）"
            name, ordinal = bare[: _LONGEST_NAME - len(tail)] + tail, ordinal + 1
        taken.add(name.lower())
        names.append(name)
    return names


class _Formats:
    """The formats of a workbook, made as they are asked for."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
        key = tuple(sorted((base | properties).items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(dict(key))
        return self.made[key]

    def cell(self, shade: Shade, centred: bool) -> Any:
        fill = {"bg_color": _FILLS[shade]} if shade else {}
        return self.get(border=1, align="center" if centred else "left", **fill)


def _fill(page: Any, sheet: Sheet, formats: _Formats, known: dict[str, str]) -> None:
    last = len(sheet.columns) - 1
    _across(page, 0, last, sheet.title, formats.get(font_name="黑体", font_size=16, align="center"))
    width = sum(column.width for column in sheet.columns)
    page.set_row(0, 26 * -(-len(sheet.title) * 3 // width) + 6)
    top = 1
    for note in sheet.notes:
        _across(page, top, last, note, formats.get(font_size=10))
        top += 1
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(top, place, column.head, formats.get(bold=True, border=1, align="center", bg_color="#D9E2F3"))  # fmt: skip
    links = dict(sheet.links)
    for index, row in enumerate(sheet.rows):
        line = top + 1 + index
        if row.shade == "band":
            _across(
                page, line, last, str(row.cells[0]), formats.get(bold=True, border=1, bg_color=_FILLS["band"])
            )
            continue
        page.set_row(line, _height(row, sheet.columns))
        for place, cell in enumerate(row.cells):
            centred = isinstance(cell, int) or sheet.columns[place].width <= 12
            style = formats.cell(row.shade, centred)
            if isinstance(cell, int):
                page.write_number(line, place, cell, style)
            elif place == 1 and index in links:
                page.write_url(line, place, f"internal:'{known[links[index]]}'!A1", style, cell)
            else:
                page.write_string(line, place, cell, style)
    if sheet.filters and sheet.rows:
        page.autofilter(top, 0, top + len(sheet.rows), last)
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    if width > 100:
        page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页，共 &N 页")


def _across(page: Any, line: int, last: int, text: str, style: Any) -> None:
    """Text over all columns of a line."""
    if last:
        page.merge_range(line, 0, line, last, "", style)
    page.write_string(line, 0, text, style)


def _height(row: Row, columns: Sequence[Column]) -> float:
    """Points that a row of wrapped text needs: Chinese characters are two half-widths wide."""
    lines = (
        sum(max(1, -(-2 * len(line) // max(1, column.width - 1))) for line in str(cell).split("\n"))
        for cell, column in zip(row.cells, columns, strict=True)
    )
    return min(409.0, 15.0 * max(lines, default=1) + 3)


def _signed(package: bytes) -> bytes:
    """The package with a digest of itself in the archive's comment, whose length stands in the last two bytes."""
    size = len(sign(b"", b"", b""))
    return sign(package[:-2] + struct.pack("<H", size), b"", b"")
