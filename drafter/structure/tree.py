"""Numbered paragraphs → blocks: headings, items with run-in titles, their further paragraphs, units and principles."""

import re
from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from drafter.document import Block, Heading, Item, Level, Paragraph, Responsibility, Table, Unread
from drafter.structure.lines import Line, noted
from drafter.structure.markers import Marker, marker_at
from drafter.structure.run_together import Cutter
from drafter.structure.units import paragraph_units, split_units, units

_PRINCIPLES = re.compile(r"原则$")
_ALTERNATING = re.compile(r"[^。，,；：]{3,14}。(?:[^。]*[，,；][^。]*。|[^。]{15,}。)+")
_PRINCIPLE = re.compile(r"^[^。：:；]{3,32}。.+")


class Counted(Struct, frozen=True):
    """A numbered paragraph with its printed marker."""

    marker: Marker
    line: Line


class Tree(Struct):
    """Blocks in order, and for each the marker that was printed before it (None for paragraphs and tables)."""

    blocks: list[Block] = field(default_factory=list)
    markers: list[Marker | None] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def add(self, block: Block, marker: Marker | None = None) -> None:
        """One more block, and the marker printed before it."""
        self.blocks.append(block)
        self.markers.append(marker)


def grow(lines: Iterable[Line], cutter: Cutter, first_leads: bool = False, glued: bool = False) -> Tree:
    """The blocks of a plan's body or of an annex, from its paragraphs.

    `cutter` ends titles that run into their text without a full stop; `first_leads`: the first-listed unit leads;
    `glued`: the paper has no line breaks.
    """
    grower = _Grower(cutter, first_leads)
    for line in lines:
        grower.take(line)
    if glued:
        grower.part_principles()
    grower.settle()
    return grower.tree


class _Waiting(Struct, frozen=True):
    """Units in a paragraph of their own, and the place in the blocks where they stood."""

    at: int
    given: Responsibility


class _Grower:
    def __init__(self, cutter: Cutter, first_leads: bool) -> None:
        self.cutter, self.first_leads = cutter, first_leads
        self.tree = Tree()
        self.waiting: list[_Waiting] = []
        self.counts: dict[int, int] = {}
        self.running: dict[int, int] = {}
        self.numbered_third = False
        self.fourth = self.fifth = ""

    def take(self, line: Line) -> None:
        if line.rows:
            self.tree.add(Table(line.rows))
            return
        marker = marker_at(line.text)
        if marker is None or not line.text[marker.end :].strip("。 ") or self.is_below(marker):
            self.plain(line)
        else:
            self.numbered(marker, line)

    def is_below(self, marker: Marker) -> bool:
        """A fifth level, ① under （1）, has no place in the tree: it goes on with the text of the fourth."""
        last = next((mark for mark in reversed(self.tree.markers) if mark is not None), None)
        if last is None or marker.level < 4 or last.level < 4:
            if last is not None and last.level == 4 and marker.ordinal is None and last.ordinal is not None:
                return True
            self.fourth = marker.shape if marker.level == 4 else ""
            return False
        if marker.shape != self.fourth and marker.ordinal == 1:
            self.fifth = marker.shape
        return marker.shape == self.fifth and marker.shape != self.fourth

    def plain(self, line: Line) -> None:
        raw = paragraph_units(line.text)
        if raw is not None and any(isinstance(block, Heading | Item) for block in self.tree.blocks):
            self.waiting.append(_Waiting(len(self.tree.blocks), units(raw, self.first_leads)))
            return
        last = next(
            (block for block in reversed(self.tree.blocks) if not isinstance(block, Paragraph | Table)), None
        )
        text = line.text
        if last is not None:
            split = split_units(text)
            if split.raw is not None and split.text:
                text = split.text
                self.waiting.append(_Waiting(len(self.tree.blocks) + 1, units(split.raw, self.first_leads)))
        self.tree.add(Paragraph(text, "item" if isinstance(last, Item) else "body"))

    def numbered(self, marker: Marker, line: Line) -> None:
        marker = self.placed(marker)
        self.count(marker, line)
        words = line.text[marker.end :].lstrip("。 ").strip()
        split = split_units(words)
        given = (
            units(split.raw, self.first_leads) if split.raw is not None and split.text.strip("。 ") else None
        )
        title, rest = self.cutter.cut(marker.level, split.text if given else words)
        if rest is None:
            self.tree.add(Heading(marker.level, title.strip(), marker.text, given), marker)
        else:
            self.tree.add(Item(marker.level, title.strip(), rest.strip(), marker.text, given), marker)

    def placed(self, marker: Marker) -> Marker:
        """Dashes under an open numbered third level are the fourth."""
        if marker.level <= 2:
            self.numbered_third = False
        elif marker.level == 3 and marker.ordinal is not None:
            self.numbered_third = True
        elif marker.ordinal is None and self.numbered_third:
            return replace(marker, level=4)
        return marker

    def count(self, marker: Marker, line: Line) -> None:
        """Say so where numbers skip or repeat."""
        if marker.ordinal is None:
            return
        level = marker.level
        fits = {self.counts.get(level, 0) + 1, self.running.get(level, 0) + 1}
        if marker.ordinal not in fits:
            after = (
                f"，接在第 {self.counts[level]} 项之后" if self.counts.get(level) else "，是这一组的第一项"
            )
            self.tree.unread.append(
                noted(
                    f"编号不连续：“{marker.text}{line.text[marker.end : marker.end + 12]}”{after}", line.where
                )
            )
        self.counts[level] = self.running[level] = marker.ordinal
        for deeper in range(level + 1, 5):
            self.counts.pop(deeper, None)

    # ------------------------------------------------------------ what needs the whole

    def settle(self) -> None:
        self.give_units()
        self.lift_units()
        self.principles()

    def give_units(self) -> None:
        """Units in a paragraph of their own belong to the item above, or to the section that the item closes."""
        groups = [(waiting, self.group(waiting.at, index)) for index, waiting in enumerate(self.waiting)]
        several = sum(1 for _, group in groups if len(group) > 1)
        for waiting, group in groups:
            if not group:
                continue
            owner = group[-1]
            if self.goes_on_after(waiting.at, owner):
                pass  # Items of the same section follow: these units close the one above.
            elif len(group) > 1 or (several and self.alone(owner) and several >= len(groups) - several):
                parent = self.parent(owner)
                owner = parent if parent is not None else owner
            self.give(owner, waiting.given)

    def lift_units(self) -> None:
        """Where only the last item of each section is followed by units, they are the section's."""
        sections: dict[int, list[int]] = {}
        for place, block in enumerate(self.tree.blocks):
            if isinstance(block, Item) and block.level > 2:
                parent = self.parent(place)
                if parent is not None:
                    sections.setdefault(parent, []).append(place)
        closed = []
        for parent, items in sections.items():
            given = [place for place in items if self.responsibility(place)]
            if (given and given != items[-1:]) or (given and len(items) == 1):
                return
            if given and self.responsibility(parent) is None:
                closed.append((parent, items[-1]))
        for parent, last in closed if len(closed) > 1 else []:
            self.set_units(parent, self.responsibility(last))
            self.set_units(last, None)

    def set_units(self, place: int, given: Responsibility | None) -> None:
        block = self.tree.blocks[place]
        if isinstance(block, Heading | Item):
            self.tree.blocks[place] = replace(block, responsibility=given)

    def responsibility(self, place: int) -> Responsibility | None:
        block = self.tree.blocks[place]
        return block.responsibility if isinstance(block, Heading | Item) else None

    def goes_on_after(self, at: int, owner: int) -> bool:
        """Whether the section of `owner` has further items after this place."""
        after = next((block for block in self.tree.blocks[at:] if isinstance(block, Heading | Item)), None)
        return after is not None and after.level >= self.level(owner) > 2

    def group(self, at: int, index: int) -> list[int]:
        """The run of sibling items, without units of their own, that these units close."""
        since = self.waiting[index - 1].at if index else 0
        found: list[int] = []
        for place in range(at - 1, -1, -1):
            block = self.tree.blocks[place]
            if not isinstance(block, Heading | Item):
                continue
            if found and block.level > self.level(found[0]):
                continue
            if found and (block.level < self.level(found[0]) or place < since):
                break
            if found and block.responsibility is not None:
                break
            found.insert(0, place)
        return found

    def level(self, place: int) -> Level:
        block = self.tree.blocks[place]
        assert isinstance(block, Heading | Item)
        return block.level

    def parent(self, place: int) -> int | None:
        level = self.level(place)
        for above in range(place - 1, -1, -1):
            block = self.tree.blocks[above]
            if isinstance(block, Heading | Item) and block.level < level:
                # A part is never what a bracket at the end of its last section speaks of.
                return above if block.level > 1 or level > 2 else None
        return None

    def alone(self, place: int) -> bool:
        """Whether an item is the only one of its section."""
        level = self.level(place)
        if level < 3:
            return False
        for step in (range(place - 1, -1, -1), range(place + 1, len(self.tree.blocks))):
            for other in step:
                block = self.tree.blocks[other]
                if isinstance(block, Heading | Item):
                    if block.level == level:
                        return False
                    if block.level < level:
                        break
        return True

    def give(self, place: int, given: Responsibility) -> None:
        block = self.tree.blocks[place]
        assert isinstance(block, Heading | Item)
        if block.responsibility is not None:
            before = block.responsibility
            given = Responsibility(
                before.lead + given.lead,
                before.support + given.support,
                "；".join(filter(None, (before.raw, given.raw))),
            )
        self.tree.blocks[place] = replace(block, responsibility=given)

    def part_principles(self) -> None:
        """Principles that lost their line breaks: under 原则, a short sentence without a comma opens each."""
        for place in range(len(self.tree.blocks) - 1, -1, -1):
            block = self.tree.blocks[place]
            if not isinstance(block, Item) or not _PRINCIPLES.search(block.title):
                continue
            found = [piece for piece in _ALTERNATING.findall(block.text) if piece]
            if len(found) < 2 or "".join(found) != block.text:
                continue
            heading = Heading(block.level, block.title, block.number, block.responsibility)
            self.tree.blocks[place : place + 1] = [
                heading,
                *(Paragraph(piece, "principle") for piece in found),
            ]
            self.tree.markers[place + 1 : place + 1] = [None] * len(found)

    def principles(self) -> None:
        """Unnumbered paragraphs 标题。正文 under 基本原则."""
        blocks = self.tree.blocks
        for place, block in enumerate(blocks):
            if not isinstance(block, Heading) or not _PRINCIPLES.search(block.title):
                continue
            end = place + 1
            while end < len(blocks) and isinstance(blocks[end], Paragraph):
                end += 1
            under = [each for each in blocks[place + 1 : end] if isinstance(each, Paragraph)]
            if len(under) > 1 and all(_PRINCIPLE.match(each.text) for each in under):
                blocks[place + 1 : end] = [Paragraph(each.text, "principle") for each in under]
