"""Vertical distances between paragraphs, and how a centred line is off its centre."""

from collections.abc import Sequence

from drafter.check.layout.formats import line_height, space
from drafter.check.layout.paper import Paper, Para
from drafter.check.layout.roles import Piece
from drafter.typography import LINE


def height(paper: Paper, para: Para) -> float:
    """What a paragraph of one line takes, spaces included, in twips."""
    grid = paper.grid(para)
    spaces = space(para.properties, "before", grid) + space(para.properties, "after", grid)
    return line_height(para.properties, para.size, grid) + spaces


def rows_between(paper: Paper, pieces: Sequence[Piece], first: int, second: int) -> float | None:
    """Empty rows between two paragraphs of the text or of one cell, in lines of the page.

    None where tables, text boxes or pages lie between.
    """
    between = [piece.para for piece in pieces[first + 1 : second]]
    ends = pieces[first].para, pieces[second].para
    if any(para.table is not ends[0].table or para.align is not None for para in (*between, *ends)):
        return None
    if ends[1].new_page:
        return None
    twips = sum(height(paper, para) for para in between if not para.is_hidden and not para.drawn)
    twips += space(ends[0].properties, "after", paper.grid(ends[0]))
    twips += space(ends[1].properties, "before", paper.grid(ends[1]))
    return twips / LINE


def off_centre(para: Para) -> str:
    """How a line that should be centred is off: "" where it is right."""
    if para.alignment != "center":
        return {"right": "居右"}.get(para.alignment, "居左")
    indents = para.indents
    shift = (indents.left + indents.first - indents.right - para.typed_right) / 2
    return f"偏{'右' if shift > 0 else '左'}{abs(shift):.1f}字" if abs(shift) > 0.3 else ""
