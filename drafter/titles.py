"""Titles broken by sense: trapezium or rhombus, never within a word (GB/T 9704 7.3.1, PRACTICE 3)."""

import unicodedata
from collections.abc import Iterator, Sequence

LINE_EMS = 20
"""Characters of 2号 (22 pt) in the text box: 442.2 pt / 22 pt, rounded down."""


def ems(text: str) -> float:
    """Width of `text` in characters: a half-width digit or letter is half of one."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def break_title(segments: Sequence[str], given: Sequence[str] = ()) -> tuple[str, ...]:
    """The lines of a title.

    `segments`: the pieces between which a line may end; `given`: lines that the drafter set himself, which win.
    """
    if given:
        return tuple(given)
    choices = [
        lines
        for lines in _partitions(tuple(filter(None, segments)))
        if all(ems(each) <= LINE_EMS for each in lines)
    ]
    if not choices:
        return tuple(_cut("".join(segments)))
    return min(choices, key=_cost)


def _partitions(segments: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every way to lay the pieces into lines."""
    for cuts in range(2 ** max(len(segments) - 1, 0)):
        lines = [segments[0]] if segments else []
        for index, piece in enumerate(segments[1:]):
            if cuts >> index & 1:
                lines.append(piece)
            else:
                lines[-1] += piece
        yield tuple(lines)


def _cost(lines: tuple[str, ...]) -> tuple[int, int, float]:
    """Fewest lines first; then a shape that is neither an hourglass nor ends in a scrap; then evenness."""
    widths = [ems(line) for line in lines]
    waist = any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))
    scrap = len(lines) > 1 and min(widths) < 5
    return len(lines), waist + scrap, max(widths) - min(widths)


def _cut(text: str) -> Iterator[str]:
    """Equal lines for a title whose pieces are too wide: better cut than off the page."""
    count = int(-(-ems(text) // LINE_EMS))
    size = -(-len(text) // count)
    return (text[start : start + size] for start in range(0, len(text), size))
