"""Ruled tables on a page of a PDF: the drawn lines give the grid, the characters between them the cells."""

from collections.abc import Sequence

from msgspec import Struct

from drafter.document import one_line
from drafter.read.limits import MAX_CELLS, MAX_COLUMNS
from drafter.read.pdf_pages import Char, Rule, printed_lines

_NEAR = 3.0
_MOST_RULES = 3_000


class Ruled(Struct, frozen=True):
    """A table and where it stands."""

    left: float
    bottom: float
    right: float
    top: float
    rows: tuple[tuple[str, ...], ...]

    def holds(self, char: Char) -> bool:
        """Whether a character stands within."""
        return (
            self.left - _NEAR < char.centre < self.right + _NEAR
            and self.bottom - _NEAR < char.middle < self.top + _NEAR
        )


def ruled_tables(rules: Sequence[Rule], chars: Sequence[Char]) -> list[Ruled]:
    """The tables of a page with two columns and two rows at least."""
    if len(rules) > _MOST_RULES:
        return []
    found = (_table(group, chars) for group in _groups(rules))
    return [table for table in found if table is not None]


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Lines that touch, directly or through others."""
    groups: list[list[Rule]] = []
    for rule in rules:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        merged = [rule, *(other for group in touching for other in group)]
        groups = [group for group in groups if not any(group is each for each in touching)]
        groups.append(merged)
    return groups


def _touch(a: Rule, b: Rule) -> bool:
    return (
        a.left <= b.right + _NEAR
        and b.left <= a.right + _NEAR
        and a.bottom <= b.top + _NEAR
        and b.bottom <= a.top + _NEAR
    )


def _stops(places: Sequence[float]) -> list[float]:
    """Places that lie near each other as one."""
    made: list[float] = []
    for place in sorted(places):
        if not made or place - made[-1] > 2 * _NEAR:
            made.append(place)
    return made


def _table(group: Sequence[Rule], chars: Sequence[Char]) -> Ruled | None:
    upright = [rule for rule in group if rule.is_upright]
    level = [rule for rule in group if not rule.is_upright]
    xs = _stops([rule.left for rule in upright])
    ys = _stops([rule.bottom for rule in level])[::-1]
    if not (3 <= len(xs) <= MAX_COLUMNS and len(ys) >= 3 and len(xs) * len(ys) <= MAX_CELLS):
        return None
    inside: dict[tuple[int, int], list[Char]] = {}
    owner = _owners(xs, ys, upright, level)
    for char in chars:
        column = next((n for n in range(len(xs) - 1) if xs[n] <= char.centre < xs[n + 1]), None)
        row = next((n for n in range(len(ys) - 1) if ys[n + 1] <= char.middle < ys[n]), None)
        if column is not None and row is not None:
            inside.setdefault(owner[row, column], []).append(char)
    texts = {
        place: one_line("".join(line.text.strip() for line in printed_lines(content)))
        for place, content in inside.items()
    }
    rows = tuple(
        tuple(texts.get(owner[row, column], "") for column in range(len(xs) - 1))
        for row in range(len(ys) - 1)
    )
    kept = tuple(row for row in rows if any(row))
    return Ruled(xs[0], ys[-1], xs[-1], ys[0], kept) if len(kept) > 1 else None


def _owners(
    xs: Sequence[float], ys: Sequence[float], upright: Sequence[Rule], level: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place of the grid the place whose words it shows: where a line is missing, cells are merged."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            centre = (xs[column] + xs[column + 1]) / 2
            closed_left = column == 0 or any(
                abs(rule.left - xs[column]) <= 2 * _NEAR and rule.bottom - _NEAR <= middle <= rule.top + _NEAR
                for rule in upright
            )
            closed_above = row == 0 or any(
                abs(rule.bottom - ys[row]) <= 2 * _NEAR and rule.left - _NEAR <= centre <= rule.right + _NEAR
                for rule in level
            )
            if not closed_left:
                owner[row, column] = owner[row, column - 1]
            elif not closed_above:
                owner[row, column] = owner[row - 1, column]
            else:
                owner[row, column] = (row, column)
    return owner
