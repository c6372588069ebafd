"""Broken lines → paragraphs, where the file does not say which lines make one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from drafter.document import Unread
from drafter.structure.lines import Line
from drafter.structure.markers import Marker, marker_at
from drafter.titles import ems

_CLOSED = tuple("。！？；：!?;:")
_OPENERS, _CLOSERS = "（(《〈“‘【〔[", "）)》〉”’】〕]"
_OPENING = re.compile(
    r"^(?:附件|抄送|主送|[（(](?:此件|责任|牵头|征求|送审|审议|讨论|初稿|草案)|责任单位|责任分工|牵头单位|责任部门|配合单位|（?联系)"
)
_ENDS_PAPER = re.compile(r"(?:印发|通知|方案|文件|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)[》”）)]?$")
_ORGAN_AT_SEAM = ("局", "厅", "署")


def join(lines: Sequence[Line]) -> tuple[list[Line], list[Unread]]:
    """Paragraphs, and what had to be mended on the way. Whole lines and tables stay as they are."""
    loose = [line for line in lines if not line.whole and not line.rows]
    if len(loose) < 2:
        return list(lines), []
    joiner = _Joiner(_wrap_width(loose), _run_in_levels(loose))
    for line in lines:
        joiner.take(line)
    return joiner.done, joiner.mended


def _wrap_width(lines: Sequence[Line]) -> float:
    """The width at which lines were broken, in characters; 0 where the text was not broken by width."""
    widths = [ems(line.text) for line in lines if line.text]
    long = [width for width in widths if width >= 20]
    if len(long) < 12 or max(widths) > 120:
        return 0
    counts = Counter(round(width) for width in long)
    best = max(counts, key=lambda width: sum(counts[width + step] for step in (-1, 0, 1)))
    near = sum(counts[best + step] for step in (-1, 0, 1))
    return float(best) if near >= 0.5 * len(long) and near >= 0.3 * len(widths) else 0


def _run_in_levels(lines: Sequence[Line]) -> set[int]:
    """The levels whose titles run into their text: a line of theirs without 。 is not finished."""
    counts: Counter[tuple[int, bool]] = Counter()
    for line in lines:
        marker = marker_at(line.text)
        if marker:
            counts[marker.level, "。" in line.text] += 1
    return {level for level in (1, 2, 3, 4) if counts[level, True] > 2 * counts[level, False]}


class _Joiner:
    def __init__(self, width: float, run_in: set[int]) -> None:
        self.width, self.run_in = width, run_in
        self.done: list[Line] = []
        self.mended: list[Unread] = []
        self.last: Marker | None = None
        self.ordinals: dict[int, int] = {}
        self.last_width = 0.0

    def take(self, line: Line) -> None:
        marker = None if line.rows else marker_at(line.text)
        previous = self.done[-1] if self.done else None
        if previous is not None and not (line.rows or line.whole or previous.rows or previous.whole):
            if self.belongs(previous.text, line.text, marker):
                self.done[-1] = replace(previous, text=self.seam(previous, line.text))
                self.last_width = ems(line.text)
                return
        self.done.append(line)
        self.last, self.last_width = marker, ems(line.text)
        if marker and marker.ordinal:
            self.ordinals[marker.level] = marker.ordinal
            for deeper in range(marker.level + 1, 5):
                self.ordinals.pop(deeper, None)

    def belongs(self, above: str, text: str, marker: Marker | None) -> bool:
        """Whether `text` goes on with the paragraph `above`."""
        opens = marker is not None or _OPENING.match(text)
        if marker_at(above) and marker_at(above).end == len(above):  # type: ignore[union-attr]
            return not marker
        if marker and self.expected(marker):
            return False
        if _open_bracket(above):
            return len(above) < 4000
        if above.endswith(_CLOSED) or above.endswith(("”", "）", ")")) and not self.full():
            return False
        if above.endswith(("，", "、", ",")):
            return True
        if opens and not (marker and "。" in above):
            return False
        if "。" in above or "，" in above:
            return not (_ENDS_PAPER.search(above) and not self.full()) or "。" in above
        if self.last and self.last.level in self.run_in and ems(above) >= 16:
            return True
        # A plain line: only a full one can go on.
        return self.full() and not opens

    def full(self) -> bool:
        return bool(self.width) and self.last_width >= self.width - 1.6

    def expected(self, marker: Marker) -> bool:
        """Whether the count of this marker fits: a first one, or the next of its level."""
        if marker.ordinal is None:
            return self.last is None or self.last.level <= 3
        return marker.ordinal == 1 or marker.ordinal == self.ordinals.get(marker.level, 0) + 1 or not self.ordinals

    def seam(self, above: Line, text: str) -> str:
        """Two lines made one; what a page break repeated is taken once."""
        for size in range(min(12, len(text), len(above.text)), 0, -1):
            piece = text[:size]
            if not above.text.endswith(piece) or not re.fullmatch(r"[一-龥]+", piece):
                continue
            if size >= 3 or (piece in _ORGAN_AT_SEAM and not text.startswith(piece + "长")):
                self.mended.append(Unread(f"换行处重复的“{piece}”，已删去一处", above.where))
                return above.text + text[size:]
        if above.text[-1:].isascii() and above.text[-1:].isalpha() and text[:1].isascii() and text[:1].isalpha():
            return f"{above.text} {text}"
        return above.text + text


def _open_bracket(text: str) -> bool:
    """Whether a bracket or quotation is still open at the end of `text`."""
    depth = 0
    for char in text[-600:]:
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(depth - 1, 0)
    return depth > 0
