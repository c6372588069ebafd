"""The page of the red head: how close its lines stand, so that the signature shares a page with text (7.3.5).

Where the notice does not fit on it, GB/T 9704 7.3.5.5 has the spacing of lines changed: closer, so that all fits, or
wider, so that the text goes on to the next page with the signature. Whichever changes less is taken.
"""

import math

from msgspec import Struct

from drafter.document import Letterhead, Notice
from drafter.titles import ems, mark_lines, name_lines
from drafter.typography import (
    CHARACTERS,
    LINE,
    TEXT_HEIGHT,
    Changes,
    mark_style,
    signature_places,
    signature_room,
)

_NO_DATE = "2026年10月10日"
"""As wide as the date that a draft does not have yet."""
_SLOTS = 3
_RULE = 190
"""What the red rule takes up below the number, in twips."""
_SLACK = 200
"""Programs differ by less than this in what a page holds."""


class FirstPage(Struct, frozen=True):
    """`pitch`: height of a line in twips. `whole`: whether the last paragraph stays with the signature as a whole."""

    pitch: int
    whole: bool


def signature_lines(notice: Notice) -> tuple[str, ...]:
    """The issuer's name in the lines that its place needs (PRACTICE 8)."""
    return name_lines(notice.signature or "", signature_room(ems(notice.date or _NO_DATE), notice.sealed))


def signature(notice: Notice) -> dict[str, Changes]:
    """Where name and date stand: see `typography.signature_places`."""
    name = ems(signature_lines(notice)[-1])
    return signature_places(name, ems(notice.date or _NO_DATE), notice.sealed)


def first_page(notice: Notice, head: Letterhead | None, status_mark: str | None = None) -> FirstPage:
    """How the lines below the head stand."""
    if head is None:
        return FirstPage(LINE, whole=True)
    mark = "\n".join(mark_lines(head.issuer_mark))
    style = mark_style(mark)
    page = TEXT_HEIGHT - _SLOTS * LINE - style.before - style.line * (mark.count("\n") + 1) - _RULE
    # Two rows before the number and before the title, one before the addressees (7.2.5, 7.3.1, 7.3.2).
    above = 2 + 1 + 2 + len(notice.title) + bool(status_mark)
    if notice.addressees:
        above += 1 + _rows(notice.addressees + "：", indent=0)
    text = above + sum(_rows(each, indent=2) for each in notice.paragraphs)
    end = (
        (1 + len(signature_lines(notice)) if notice.signature else 0) + bool(notice.date) + bool(notice.note)
    )
    close = (page - _SLACK) // (text + end)
    # The last line of the text, and it alone or more, no longer fits.
    wide = math.ceil((page + _SLACK) / text)
    if page // (text + end) >= LINE:
        return FirstPage(LINE, whole=True)
    if wide <= LINE:
        return FirstPage(LINE, whole=False)
    return FirstPage(close, whole=True) if LINE / close <= wide / LINE else FirstPage(wide, whole=False)


def _rows(text: str, indent: int) -> int:
    """Lines of a paragraph; the first begins `indent` characters in."""
    return max(1, math.ceil((ems(text) + indent) / CHARACTERS))
