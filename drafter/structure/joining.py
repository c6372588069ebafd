"""Broken lines → paragraphs, where the file does not say which lines make one."""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from drafter.document import REPEATED, Unread
from drafter.structure.lines import Line, noted
from drafter.structure.markers import Marker, marker_at
from drafter.titles import ems

_CLOSED = tuple("。！？；：!?;:")
_OPENERS, _CLOSERS = "（(《〈“‘〔", "）)》〉”’〕"
_NEVER_FIRST = "，。、；：！？,.;:!?）)”’》〉】〕]%％…"
_OPENING = re.compile(
    r"^(?:附件|抄送|主送|[（(](?:此件|责任|牵头|征求|送审|审议|讨论|初稿|草案)|(?:责任|牵头|配合)(?:单位|分工|部门)[:：]|（?联系)"
)
_ENDS_PAPER = re.compile(r"(?:印发|通知|方案|文件|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)[》”）)]?$")
_LONGEST = 60_000
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
        self.first = True

    def take(self, line: Line) -> None:
        marker = None if line.rows else marker_at(line.text)
        previous = self.done[-1] if self.done else None
        loose = previous is not None and not (line.rows or line.whole or previous.rows or previous.whole)
        if previous is not None and loose and self.goes_on(previous, line, marker):
            self.done[-1] = replace(previous, text=self.seam(previous, line.text))
            self.last_width, self.first = ems(line.text), False
            return
        self.done.append(line)
        self.first = True
        self.last, self.last_width = marker, ems(line.text)
        if marker and marker.ordinal:
            self.ordinals[marker.level] = marker.ordinal
            for deeper in range(marker.level + 1, 5):
                self.ordinals.pop(deeper, None)

    def goes_on(self, previous: Line, line: Line, marker: Marker | None) -> bool:
        """What the page shows wins over what the words suggest."""
        return self.belongs(previous.text, line.text, marker) if line.opens is None else not line.opens

    def belongs(self, above: str, text: str, marker: Marker | None) -> bool:
        """Whether `text` goes on with the paragraph `above`: the first rule that knows decides."""
        if not text or not above or len(above) > _LONGEST:
            return False
        for rule in (self.by_character, self.by_marker, self.by_end):
            known = rule(above, text, marker)
            if known is not None:
                return known
        return self.full() and not self.opening(text, marker)

    def by_character(self, above: str, text: str, marker: Marker | None) -> bool | None:
        """No line begins with a comma or ends with an opening bracket, and a lone marker wants its words."""
        if text[0] in _NEVER_FIRST or above[-1] in _OPENERS:
            return True
        if text in ("印发", "发") and above.endswith(("日", "日印")):
            return True
        alone = marker_at(above)
        return not marker if alone and alone.end == len(above) else None

    def by_marker(self, above: str, text: str, marker: Marker | None) -> bool | None:
        """A marker that counts opens a paragraph; within an open bracket nothing else does."""
        if marker and self.expected(marker):
            return False
        return True if _open_bracket(above) else None

    def by_end(self, above: str, text: str, marker: Marker | None) -> bool | None:
        """What the line above ends with."""
        opens = self.opening(text, marker)
        if above.endswith(("：", ":")):
            return False
        if above.endswith((*_CLOSED, "”", "）", ")")) or re.search(r"[一-龥]\.$", above[-2:]):
            # Numbered paragraphs open with their marker: what follows a full line without one goes on with it.
            return self.full() and not opens and ("。" in above[:-1] or self.last is not None)
        if above.endswith(("，", "、", ",")):
            return True
        if opens and not (marker and "。" in above):
            return False
        if re.search("[。，,]", above):
            return "。" in above or self.full() or not _ENDS_PAPER.search(above[-40:])
        return True if self.last and self.last.level in self.run_in and ems(above) >= 16 else None

    def opening(self, text: str, marker: Marker | None) -> bool:
        """Whether a line begins as paragraphs do."""
        return marker is not None or _OPENING.match(text) is not None

    def full(self) -> bool:
        """Whether the last line went to the margin. The first of a paragraph has lost its indent of two characters."""
        indent = 2 if self.first else 0
        return bool(self.width) and self.last_width >= self.width - 1.6 - indent

    def expected(self, marker: Marker) -> bool:
        """Whether the count of this marker fits: a first one, or the next of its level."""
        if marker.ordinal is None:
            return self.last is None or self.last.level <= 3
        return (
            marker.ordinal == 1
            or marker.ordinal == self.ordinals.get(marker.level, 0) + 1
            or not self.ordinals
        )

    def seam(self, above: Line, text: str) -> str:
        """Two lines made one; what a page break repeated is taken once."""
        for size in range(min(12, len(text), len(above.text)), 0, -1):
            piece = text[:size]
            if not above.text.endswith(piece) or not re.fullmatch(r"[一-龥]+", piece):
                continue
            organ = piece in _ORGAN_AT_SEAM and not text.startswith(piece + "长")
            if size >= 3 or organ or (size == 1 and _in_units(above.text)):
                self.mended.append(noted(f"{REPEATED}“{piece}”，已删去一处", above.where))
                return above.text + text[size:]
        if (
            above.text[-1:].isascii()
            and above.text[-1:].isalpha()
            and text[:1].isascii()
            and text[:1].isalpha()
        ):
            return f"{above.text} {text}"
        return above.text + text


def _in_units(text: str) -> bool:
    """Whether `text` breaks off within a list of units: there no character is said twice."""
    start = max(text.rfind("（"), text.rfind("("))
    inside = text[start + 1 :]
    return (
        start >= 0
        and inside.count("、") + inside.count("，") >= 2
        and len(re.findall("[局委办部]", inside)) >= 2
        and "。" not in inside
    )


def _open_bracket(text: str) -> bool:
    """Whether a bracket or quotation is still open at the end of `text`."""
    depth = 0
    for char in text[-600:]:
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(depth - 1, 0)
    return depth > 0
