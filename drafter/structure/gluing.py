"""Text without line breaks → paragraphs: a marker opens one where the count of its level allows it."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from drafter.structure.lines import Line
from drafter.structure.markers import Marker, marker_at, markers_in

_NEVER_BEFORE = "、，,；;的在于为和与及或至第"
_SENTENCE_END = "。！？!?）)”】]"
_ANNEX = re.compile(
    r"(?<=[。）)！])附件[一二三四五六七八九十\d]{0,2}[:：]?(?=[^，。；、：:,;]{2,24}(?:一、|1[.．、]|[（(]一[）)]))"
)
_CLOSING = re.compile(
    r"(?<=[。）)])(?:抄送[:：](?=[^。]{2,300}。)|[^。，：:]{4,40}(?:19|20)\d{2}年\d{1,2}月\d{1,2}日印发$)"
)
_LONG = 120


class _Count(Struct):
    """Where the numbering stands: the last ordinal of each open level, and of each level at all."""

    last: dict[int, int] = field(default_factory=dict)
    ever: dict[int, int] = field(default_factory=dict)
    deepest: int = 0

    def fits(self, marker: Marker) -> bool:
        """Whether `marker` is the next of an open level, the first of a deeper one, or goes on with a running count."""
        if marker.ordinal is None:
            return bool(self.last)
        known = self.last.get(marker.level)
        if known is not None:
            return marker.ordinal == known + 1
        running = self.ever.get(marker.level)
        return marker.ordinal == 1 or (running is not None and marker.ordinal == running + 1)

    def take(self, marker: Marker) -> None:
        if marker.ordinal is None:
            return
        self.last[marker.level] = self.ever[marker.level] = marker.ordinal
        for level in range(marker.level + 1, 5):
            self.last.pop(level, None)

    def restart(self) -> None:
        self.last.clear()
        self.ever.clear()


class Unglued(Struct, frozen=True):
    """The lines after splitting, and whether the paper as a whole had no line breaks."""

    lines: list[Line]
    glued: bool


def unglue(lines: Sequence[Line]) -> Unglued:
    """Split lines that hold several numbered paragraphs."""
    opening = sum(1 for line in lines if marker_at(line.text))
    held = [
        (sum(1 for marker in markers_in(line.text) if marker.start), len(line.text))
        for line in lines
        if len(line.text) > _LONG
    ]
    inside = sum(markers for markers, _ in held)
    packed = sum(length for markers, length in held if markers > 2)
    glued = inside > 3 and inside > 2 * opening and packed > 0.5 * sum(len(line.text) for line in lines)
    count = _Count()
    done: list[Line] = []
    for index, line in enumerate(lines):
        if line.rows or line.style:
            done.append(line)
            _note(count, line)
            continue
        ahead = _next_markers(lines, index)
        for piece in _pieces(line.text, count, ahead, glued):
            done.append(replace(line, text=piece))
    return Unglued(done, glued)


def _note(count: _Count, line: Line) -> None:
    marker = marker_at(line.text)
    if marker:
        count.take(marker)


def _next_markers(lines: Sequence[Line], index: int) -> dict[int, int]:
    """The ordinal with which each level goes on in the lines after this one, while no shallower level opens."""
    found: dict[int, int] = {}
    highest = 5
    for line in lines[index + 1 : index + 60]:
        marker = marker_at(line.text)
        if marker is None or marker.ordinal is None or marker.level > highest:
            continue
        found.setdefault(marker.level, marker.ordinal)
        highest = marker.level
        if highest == 1:
            break
    return found


def _pieces(text: str, count: _Count, ahead: dict[int, int], glued: bool) -> Iterator[str]:
    """`text` cut before every marker that counts."""
    cuts: list[int] = []
    annexes = {found.start(): found for found in _ANNEX.finditer(text)} if glued else {}
    pending = sorted(annexes)
    for marker in markers_in(text):
        while pending and pending[0] < marker.start:
            cuts.append(pending[0])
            cuts.append(annexes[pending[0]].end())
            count.restart()
            pending.pop(0)
            cuts.append(marker.start)
            count.take(marker)
            break
        else:
            if marker.start == 0:
                count.take(marker)
            elif _counts(text, marker, count, ahead, glued):
                cuts.append(marker.start)
                count.take(marker)
    if glued:
        cuts += [found.start() for found in _CLOSING.finditer(text)]
    start = 0
    for cut in sorted(set(cuts)):
        if text[start:cut].strip():
            yield text[start:cut].strip()
        start = cut
    if text[start:].strip():
        yield text[start:].strip()


def _counts(text: str, marker: Marker, count: _Count, ahead: dict[int, int], glued: bool) -> bool:
    """Whether a marker within a line opens a paragraph."""
    before, after = text[marker.start - 1], text[marker.end : marker.end + 1]
    if before in _NEVER_BEFORE or not after or after in "、，。；：）)" or not count.fits(marker):
        return False
    if before in "：:":
        return glued and text.find("。", marker.end) >= 0 and _sibling_after_stop(text, marker)
    if marker.level == 1 and before not in _SENTENCE_END:
        return False
    if glued:
        return True
    if marker.ordinal is None:
        return False
    # In a paper with line breaks a heading is glued on only by accident: after a full stop, and no line brings it again.
    return (
        before in _SENTENCE_END and ahead.get(marker.level) != marker.ordinal and len(text) - marker.end > 3
    )


def _sibling_after_stop(text: str, marker: Marker) -> bool:
    """Whether the next of the same kind follows a full stop: then these are paragraphs, not a list in a sentence."""
    for other in markers_in(text[marker.end :]):
        if other.level == marker.level and other.ordinal == (marker.ordinal or 0) + 1:
            return other.start > 0 and text[marker.end + other.start - 1] in _SENTENCE_END
    return True
