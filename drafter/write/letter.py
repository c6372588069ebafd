"""信函格式 (GB/T 9704 10.1): the issuer's name on top without 文件, red double rules, the number under the first rule.

The mark, its upper edge 30 mm from the edge of the paper, and the first rule stand in the header of the first page; the
second rule, 20 mm from the lower edge, in its footer, which has no page number.
"""

from drafter.document import Document
from drafter.titles import mark_lines
from drafter.typography import BODY, PAGE, RED
from drafter.write.xml import Element, R, W, add, lines, paragraph, root, run

HEADER = 1668
"""From the edge of the paper to the header: what puts the upper edge of the mark 30 mm below the edge."""
_RULE_WIDTH = 9638
"""170 mm, centred on the paper."""
_LOWER_RULE = 15704
"""20 mm above the lower edge, in twips from the upper one."""


def first_header(mark: str) -> Element:
    """The header of the first page: the mark, and 4 mm below it a double rule, the thick line above the thin one."""
    part = root("hdr")
    lines(paragraph(part, "gwLetterMark"), mark_lines(mark))
    return part


def first_footer() -> Element:
    """The footer of the first page: a double rule, the thin line above the thick one, and no page number."""
    part = root("ftr")
    made = add(part, "tbl")
    properties = add(made, "tblPr")
    add(
        properties, "tblpPr", leftFromText=0, rightFromText=0, vertAnchor="page", horzAnchor="page",
        tblpX=(PAGE.width - _RULE_WIDTH) // 2, tblpY=_LOWER_RULE,
    )  # fmt: skip
    add(properties, "tblOverlap", val="never")
    add(properties, "tblW", w=_RULE_WIDTH, type_="dxa")
    borders = add(properties, "tblBorders")
    add(borders, "top", val="thinThickSmallGap", sz=24, space=0, color=RED)
    add(properties, "tblLayout", type_="fixed")
    margins = add(properties, "tblCellMar")
    for side in ("left", "right"):
        add(margins, side, w=0, type_="dxa")
    add(add(made, "tblGrid"), "gridCol", w=_RULE_WIDTH)
    row = add(made, "tr")
    add(add(row, "trPr"), "trHeight", val=20, hRule="exact")
    cell = add(row, "tc")
    add(add(cell, "tcPr"), "tcW", w=_RULE_WIDTH, type_="dxa")
    paragraph(cell, "gwAnchor")
    paragraph(part, "gwAnchor")
    return part


def refer_first(section: Element, header: str, footer: str) -> None:
    """Let a section have the header and footer of a letter's first page, in the order of the schema (CT_SectPr)."""
    for name, relation in (("footerReference", footer), ("headerReference", header)):
        made = add(section, name, type_="first")
        made.set(f"{{{R}}}id", relation)
        section.insert(0, made)
    section.find(f"{{{W}}}pgMar").set(f"{{{W}}}header", str(HEADER))
    section.find(f"{{{W}}}docGrid").addprevious(add(section, "titlePg"))


def opening(body: Element, document: Document) -> None:
    """Number, title and addressees of a letter."""
    head, closing = document.letterhead, document.notice
    run(paragraph(body, "gwLetterNumber"), head.number if head and head.number else " ")
    lines(paragraph(body, "gwTitle"), document.title)
    if closing and closing.addressees:
        run(paragraph(body, "gwAddressees"), closing.addressees + "：")


def closing(body: Element, document: Document) -> None:
    """Signature and date of a letter, after its text and the list of its annexes."""
    end = document.notice
    if end is None:
        return
    _keep_with_signature(body)
    if end.signature:
        paragraph(body, "gwGap")
        run(paragraph(body, "gwSignature"), end.signature)
    if end.date:
        run(paragraph(body, "gwDateAndNote" if end.note else "gwDate"), end.date)
    if end.note:
        run(paragraph(body, "gwNote"), f"（{end.note}）")


def _keep_with_signature(body: Element) -> None:
    """The last paragraph of the text and the list of annexes go to the page of the signature (7.3.5)."""
    for made in reversed(body):
        style = made.find(f"{{{W}}}pPr/{{{W}}}pStyle")
        name = "" if style is None else style.get(f"{{{W}}}val")
        if name.startswith("gwAnnexNote"):
            style.set(f"{{{W}}}val", f"{name}Kept")
        elif name == BODY:
            style.set(f"{{{W}}}val", "gwLast")
            return
        elif name != "gwGap":
            return
