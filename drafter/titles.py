"""Titles broken by sense: trapezium or rhombus, never within a word (GB/T 9704 7.3.1, PRACTICE 3)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

LINE_EMS = 20
"""Characters of 2号 (22 pt) in the text box: 442.2 pt / 22 pt, rounded down."""


class _Widths(dict[str, float]):
    """The width of each character, looked up once."""

    def __missing__(self, char: str) -> float:
        self[char] = 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5
        return self[char]


_WIDTHS = _Widths()


def ems(text: str) -> float:
    """Width of `text` in characters: a half-width digit or letter is half of one."""
    return sum(map(_WIDTHS.__getitem__, text))


_MOST_PIECES = 12
_OFFICES = (
    r"人民政府|领导小组|管理委员会|(?<!管理)委员会|行政公署|科学技术协会|(?<!人民政府)(?<!行政公署)办公室"
)
"""Before these the red head may go on in a second line."""
_WORDS = (
    r"关于印发|人民政府办公室|人民政府|领导小组办公室|规划纲要|发展规划|实施方案|实施意见|实施计划|工作方案|行动计划|行动方案"
    r"|（\d{4}(?:—\d{4})?年）"
)
"""Words of titles that are never split, and between which a title of one piece may end."""


def break_title(
    segments: Sequence[str], given: Sequence[str] = (), words: Sequence[str] = ()
) -> tuple[str, ...]:
    """The lines of a title.

    `segments`: the pieces between which a line may end. `given`: lines that the drafter set himself, which win.
    `words`: where a piece is too wide for a line, it may also end before or after these.
    """
    if given:
        return tuple(given)
    pieces = [part for piece in segments if piece for part in _fitting(piece, words)]
    if len(pieces) > _MOST_PIECES:
        return _filled(pieces)
    choices = (lines for lines in _partitions(tuple(pieces)) if all(ems(each) <= LINE_EMS for each in lines))
    return min(choices, key=_cost)


def mark_lines(text: str) -> tuple[str, ...]:
    """The red head in the lines that it needs: two where one line would be smaller than the title (PRACTICE 4)."""
    if ems(text) <= LINE_EMS:
        return (text,)
    ends = [found.start() for found in re.finditer(_OFFICES, text) if found.start()] or [len(text) // 2]
    end = min(ends, key=lambda place: max(place, len(text) - place))
    return text[:end], text[end:]


def name_lines(name: str, room: float) -> tuple[str, ...]:
    """The lines of a signature none of which is wider than `room`: broken after a place or before an office."""
    if ems(name) <= room:
        return (name,)
    pieces = [piece for piece in re.split(f"(?={_OFFICES})|(?<=自治州)|(?<=[省市盟])", name) if piece]
    choices = [lines for lines in _partitions(tuple(pieces)) if all(ems(line) <= room for line in lines)]
    return min(choices, key=_cost) if choices else tuple(_cut(name, room))


def _fitting(piece: str, words: Sequence[str]) -> Sequence[str]:
    """A piece as it is, or the parts of one that no line holds: cut at known words, else into equal widths."""
    if ems(piece) <= LINE_EMS:
        return (piece,)
    own = [re.escape(word) for word in sorted(words, key=len, reverse=True) if word and word != piece]
    parts = [part for part in re.split(f"({'|'.join([*own, _WORDS])})", piece) if part]
    if len(parts) > 1:
        return [fitting for part in parts for fitting in _fitting(part, words)]
    return _cut(piece, LINE_EMS)


def _filled(pieces: Sequence[str]) -> tuple[str, ...]:
    """Lines filled one after the other: for titles of so many pieces that not every shape can be tried."""
    lines = [""]
    for piece in pieces:
        if ems(lines[-1] + piece) > LINE_EMS:
            lines.append("")
        lines[-1] += piece
    return tuple(lines)


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


def _cut(text: str, width: float) -> list[str]:
    """Parts of about the same width, none wider than `width`: better cut than off the page."""
    room = ems(text) / -(-ems(text) // width) + 0.5
    parts = [""]
    for char in text:
        if ems(parts[-1] + char) > min(room, width):
            parts.append("")
        parts[-1] += char
    return parts
