"""Sections: upright and turned pages, and what runs along with them: the page number (GB/T 9704 7.5, 8)."""

from collections.abc import Sequence

from msgspec import Struct

from drafter.typography import LINE, PAGE, TEXT_WIDTH, TURNED
from drafter.write.xml import PROPERTIES, Element, R, add, paragraph, root, run

_NUMBER_LINE = 280


class Running(Struct, frozen=True):
    """Relationship ids of the footers of odd, even and unnumbered pages; of headers where some pages are turned.

    `headers`: of turned odd pages, turned even pages, upright pages. `first`: header and footer of a letter's first page.
    """

    odd: str
    even: str
    blank: str = ""
    headers: tuple[str, str, str] | None = None
    first: tuple[str, str] | None = None


def end_section(body: Element, running: Running, *, turned: bool = False, numbered: bool = True) -> None:
    """End the section that is open; a paragraph of no height carries its properties."""
    holder = add(paragraph(body, "gwAnchor").find(PROPERTIES), "sectPr")
    section(holder, running, turned=turned, numbered=numbered)


def section(holder: Element, running: Running, *, turned: bool = False, numbered: bool = True) -> None:
    """Fill in the properties of a section, in the order of the schema (CT_SectPr)."""
    if running.headers:
        # A section without headers of its own would take over those of the one before.
        odd, even, none = running.headers
        _refer(holder, "headerReference", (odd, even) if turned else (none, none))
    feet = (running.odd, running.even) if numbered and not turned else (running.blank, running.blank)
    _refer(holder, "footerReference", feet)
    page = TURNED if turned else PAGE
    add(holder, "pgSz", w=page.width, h=page.height, **({"orient": "landscape"} if turned else {}))
    add(
        holder, "pgMar", top=page.top, right=page.right, bottom=page.bottom, left=page.left, header=page.header,
        footer=page.footer, gutter=0,
    )  # fmt: skip
    add(holder, "docGrid", type_="lines", linePitch=LINE)


def _refer(holder: Element, name: str, relations: Sequence[str]) -> None:
    for kind, relation in zip(("default", "even"), relations, strict=True):
        add(holder, name, type_=kind).set(f"{{{R}}}id", relation)


def footer_part(style: str | None) -> Element:
    """A footer in a style: the page number between dashes (7.5); without a style an empty one."""
    part = root("ftr")
    made = paragraph(part, style or "gwPageOdd")
    if style:
        _number(made)
    return part


def header_part(style: str | None) -> Element:
    """The header of a turned page: the page number where upright pages have it (8); without a style an empty one.

    The number stands in a floating table of one cell with turned text: LibreOffice misplaces a drawn text box there.
    """
    part = root("hdr")
    if style:
        _number(paragraph(_turned_cell(part), style))
    paragraph(part, "gwAnchor")
    return part


def _turned_cell(part: Element) -> Element:
    """A cell along the left edge of the turned box, in the place of an upright page's footer."""
    made = add(part, "tbl")
    properties = add(made, "tblPr")
    add(
        properties, "tblpPr", leftFromText=0, rightFromText=0, vertAnchor="page", horzAnchor="page", tblpX=PAGE.footer,
        tblpY=TURNED.top,
    )  # fmt: skip
    add(properties, "tblOverlap", val="never")
    add(properties, "tblW", w=_NUMBER_LINE, type_="dxa")
    add(properties, "tblLayout", type_="fixed")
    margins = add(properties, "tblCellMar")
    for side in ("left", "right"):
        add(margins, side, w=0, type_="dxa")
    add(add(made, "tblGrid"), "gridCol", w=_NUMBER_LINE)
    row = add(made, "tr")
    add(add(row, "trPr"), "trHeight", val=TEXT_WIDTH, hRule="exact")
    cell = add(row, "tc")
    holder = add(cell, "tcPr")
    add(holder, "tcW", w=_NUMBER_LINE, type_="dxa")
    add(holder, "textDirection", val="tbRl")
    return cell


def _number(made: Element) -> None:
    run(made, "— ")
    for kind in ("begin", "separate", "end"):
        add(add(made, "r"), "fldChar", fldCharType=kind)
        if kind == "begin":
            add(add(made, "r"), "instrText").text = "PAGE"
        elif kind == "separate":
            run(made, "1")
    run(made, " —")
