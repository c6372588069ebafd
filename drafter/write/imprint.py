"""版记 (GB/T 9704 7.4): a floating table at the foot of the text box of the last page, which is an even one."""

from collections.abc import Sequence

from drafter.document import Imprint
from drafter.titles import ems
from drafter.typography import LINE, PAGE, TEXT_WIDTH
from drafter.write.tables import cell
from drafter.write.xml import Element, add, lines, paragraph, run

_CHARACTER = 280
"""4号: 14 pt."""
_LABEL = "抄送："
_ROOM = TEXT_WIDTH / _CHARACTER - 2 - len(_LABEL)
"""Characters of a line of 抄送, after the label and a character free on each side (7.4.2)."""


def write_imprint(body: Element, imprint: Imprint) -> None:
    """Append the imprint. LibreOffice floats a table of full width only where it is placed relative to the page."""
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
        row = _row(made, 1)
        run(paragraph(cell(row, left), "gwPrinter"), imprint.printer or " ")
        run(paragraph(cell(row, TEXT_WIDTH - left), "gwPrinted"), f"{imprint.date or ''}印发")
    paragraph(body, "gwAnchor")


def _copy_to(table: Element, groups: Sequence[Sequence[str]]) -> None:
    """抄送: a line a group, each ending 。; a long one goes on in a new line between two names."""
    wrapped = [_wrapped(group) for group in groups]
    holder = cell(_row(table, sum(map(len, wrapped))), TEXT_WIDTH, span=2)
    for index, texts in enumerate(wrapped):
        first = _LABEL if index == 0 else ""
        lines(paragraph(holder, "gwCopyTo" if first else "gwCopyToNext"), [first + texts[0], *texts[1:]])


def _wrapped(names: Sequence[str]) -> list[str]:
    """Names of a group in lines that the text box holds."""
    texts = [""]
    for index, name in enumerate(names, 1):
        word = name + ("，" if index < len(names) else "。")
        if texts[-1] and ems(texts[-1] + word) > _ROOM:
            texts.append("")
        texts[-1] += word
    return texts


def _row(table: Element, count: int) -> Element:
    """A row as high as `count` lines of the page."""
    made = add(table, "tr")
    properties = add(made, "trPr")
    add(properties, "cantSplit")
    add(properties, "trHeight", val=count * LINE, hRule="exact")
    return made
