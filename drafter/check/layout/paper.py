"""A .docx as its XML gives it: paragraphs with what they look like, sections, page furniture.

Paragraphs count from 1 as `drafter read` counts them: those of cells and text boxes too, in the order of the file.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, field

from drafter.check.layout.formats import Indents, Properties, indents_of, number, size_of

PAGE_SIGN = "\ue00f"
"""Stands in `Run.text` where a page number is printed."""
_LEAST_LINE = 60.0


def is_hanzi(char: str) -> bool:
    """A Chinese character: punctuation may come from any font and is not judged."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def _spaces(text: str) -> float:
    return sum(1.0 if char == "\u3000" else 0.5 for char in text)


class Run(Struct, frozen=True):
    """Words of one look. `own`: formatted by hand; `automatic`: the number of a list. `chinese`, `latin`: the fonts of their characters, None where nothing sets one."""

    text: str
    properties: Properties
    chinese: str | None
    latin: str | None
    own: bool = False
    automatic: bool = False

    @property
    def hanzi(self) -> int:
        """How many Chinese characters there are."""
        return sum(map(is_hanzi, self.text))

    @property
    def size(self) -> float:
        """Points."""
        return size_of(self.properties)


class Drawn(Struct, frozen=True):
    """A level line that is drawn. `width` in millimetres, None where the file does not say."""

    red: bool
    width: float | None


class Table(Struct, frozen=True):
    """A table. `borders`: side → (size in eighths of a point, color) of the whole table."""

    columns: int
    borders: Mapping[str, tuple[float, str]]
    floats: bool


class Para(Struct):
    """A paragraph. `number`: its place, from 1. `mark`: properties of its paragraph mark, which size an empty one.

    `align`: in a text box, where the box stands (left, right, center, outside, ""); None outside of boxes.
    """

    number: int
    style: str
    properties: Properties
    own: Properties
    mark: Properties
    section: int
    runs: list[Run] = field(default_factory=list)
    new_page: bool = False
    table: Table | None = None
    align: str | None = None
    drawn: list[Drawn] = field(default_factory=list)
    pictures: bool = False
    text: str = ""
    plain: str = ""
    size: float = 16.0

    def finish(self) -> None:
        """Put the words together once all runs are read."""
        self.text = "".join(run.text for run in self.runs)
        self.plain = "".join(self.text.split())
        sizes: Counter[float] = Counter()
        for run in self.runs:
            sizes[run.size] += 2 * run.hanzi + bool(run.text.strip())
        self.size = sizes.most_common(1)[0][0] if sizes else size_of(self.mark)

    @property
    def is_empty(self) -> bool:
        """Nothing is printed but the height of its line."""
        return not self.plain and not self.drawn and not self.pictures

    @property
    def is_hidden(self) -> bool:
        """A paragraph of no height, which only anchors something."""
        return self.is_empty and 0 < (number(self.properties.get("spacing.line")) or 240) <= _LEAST_LINE

    @property
    def indents(self) -> Indents:
        """Indents in 字; spaces at the beginning count as what they look like."""
        made = indents_of(self.properties, self.size)
        return Indents(made.left, made.right, made.first + self.typed_left)

    @property
    def typed_left(self) -> float:
        """Spaces at the beginning, in 字."""
        text = self.text.lstrip("\n")
        return _spaces(text[: len(text) - len(text.lstrip(" \u3000"))])

    @property
    def typed_right(self) -> float:
        """Spaces at the end, in 字."""
        return _spaces(self.text[len(self.text.rstrip(" \u3000")) :])

    @property
    def indents_of_borders(self) -> float:
        """How much narrower than the text box its borders are, in 字; 0 for a paragraph without borders."""
        if not any(key.endswith("Border.val") for key in self.properties):
            return 0.0
        made = indents_of(self.properties, self.size)
        return made.left + min(made.first, 0.0) + made.right

    @property
    def alignment(self) -> str:
        """left, right, center or both; in text from right to left the sides change places."""
        said = self.properties.get("jc", "left")
        said = {"start": "left", "end": "right", "distribute": "both"}.get(said, said)
        if self.properties.get("bidi", "0") not in ("0", "false", "off"):
            said = {"left": "right", "right": "left"}.get(said, said)
        return said


class Section(Struct, frozen=True):
    """Properties of a section, flat (`pgSz.w`). `feet`, `heads`: kind (default, even, first) → paragraphs."""

    properties: Properties
    feet: Mapping[str, tuple[Para, ...]]
    heads: Mapping[str, tuple[Para, ...]]

    def measure(self, name: str) -> float:
        """A length in twips; 0 where the section does not give it."""
        return number(self.properties.get(name)) or 0.0

    @property
    def is_turned(self) -> bool:
        """Wider than high."""
        return self.measure("pgSz.w") > self.measure("pgSz.h")

    @property
    def grid(self) -> float:
        """Pitch of the line grid in twips; 0 where there is none."""
        kind = self.properties.get("docGrid.type", "default")
        return self.measure("docGrid.linePitch") if kind in ("lines", "linesAndChars", "snapToChars") else 0.0


class Paper(Struct, frozen=True, dict=True):
    """A document read for its layout."""

    paragraphs: tuple[Para, ...]
    sections: tuple[Section, ...]
    settings: Properties
    has_styles: bool

    @cached_property
    def grids(self) -> tuple[float, ...]:
        """The line grid of each section."""
        return tuple(section.grid for section in self.sections)

    def grid(self, para: Para) -> float:
        """The line grid where a paragraph stands."""
        return self.grids[para.section] if para.section < len(self.grids) else 0.0
