"""Automatic numbering of Word: the number that it prints in front of a paragraph (ECMA-376 17.9).

Counters belong to the abstract numbering, so lists that share one count on; a list with a start override of its own
begins anew when it is first used.
"""

import re

from msgspec import Struct, field

from drafter.read.numerals import printed_number
from drafter.read.package import Element
from drafter.read.styles import Styles, W, value

_LEVELS = 9
# Bullets of Symbol and Wingdings stand in the private area; what they show is some filled sign.
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class _Level(Struct, frozen=True):
    start: int
    form: str
    text: str
    restart: int | None
    legal: bool
    style: str | None


class Numbering(Struct):
    """numbering.xml, and how far each list has counted. `number` must be called once a numbered paragraph, in order."""

    styles: Styles
    lists: dict[str, Element] = field(default_factory=dict)
    abstracts: dict[str, Element] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)
    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)

    def number(self, properties: Element | None, style: str | None) -> str:
        """The printed number of a paragraph, "" for one that has none; counts it."""
        found = self._reference(properties, style)
        if found is None:
            return ""
        num, depth = found
        levels = self._of(num)
        if depth not in levels:
            return ""
        return self._print(num, depth, levels)

    def _reference(self, properties: Element | None, style: str | None) -> tuple[str, int] | None:
        """List id and level of a paragraph: its own, else its style's."""
        own = None if properties is None else properties.find(W + "numPr")
        num, depth = value(own, "numId"), value(own, "ilvl")
        if num is None:
            for each in self.styles.chain(style):
                inner = each.find(f"{W}pPr/{W}numPr")
                num = value(inner, "numId")
                if num is not None:
                    depth = (
                        depth or value(inner, "ilvl") or self._level_of_style(num, each.get(W + "styleId"))
                    )
                    break
        if not num or num == "0" or num not in self.lists:
            return None
        return num, min(_whole(depth, 0), _LEVELS - 1)

    def _level_of_style(self, num: str, style: str | None) -> str:
        """A level that names the style is the style's, whatever the style says."""
        return next((str(depth) for depth, level in self._of(num).items() if level.style == style), "0")

    def _abstract_id(self, num: str, hops: int = 3) -> str:
        """The abstract numbering of a list, through a list style where it stands there."""
        abstract = value(self.lists[num], "abstractNumId") or ""
        linked = value(self.abstracts.get(abstract), "numStyleLink")
        inner = value(self._style_numbering(linked), "numId") if linked else None
        if inner and inner in self.lists and hops:
            return self._abstract_id(inner, hops - 1)
        return abstract

    def _style_numbering(self, style: str) -> Element | None:
        return next(
            (
                found
                for each in self.styles.chain(style)
                if (found := each.find(f"{W}pPr/{W}numPr")) is not None
            ),
            None,
        )

    def _of(self, num: str) -> dict[int, _Level]:
        """The levels of a list, its overrides in place."""
        if num not in self._levels:
            abstract = self.abstracts.get(self._abstract_id(num))
            levels = {} if abstract is None else _levels(abstract)
            for override in self.lists[num].iterfind(W + "lvlOverride"):
                levels |= _levels(override)
            self._levels[num] = levels
        return self._levels[num]

    def _print(self, num: str, depth: int, levels: dict[int, _Level]) -> str:
        counts = self._counts.setdefault(self._abstract_id(num), [None] * _LEVELS)
        level = levels[depth]
        start = level.start
        override = self._start_override(num, depth)
        if override is not None:
            start = override
            if (num, depth) not in self._begun:
                counts[depth] = None
        self._begun.add((num, depth))
        current = counts[depth]
        counts[depth] = start if current is None else current + 1
        for deeper in range(depth + 1, _LEVELS):
            # w:lvlRestart: 0 never; n only after a level up to n; unset after every level above.
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and depth < restart):
                counts[deeper] = None

        def fill(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            shown = levels.get(place)
            if shown is None:
                return ""
            count = counts[place]
            form = "decimal" if level.legal and shown.form != "none" else shown.form
            return printed_number(shown.start if count is None else count, form)

        if level.form == "bullet":
            return _PRIVATE.sub("●", level.text)
        return re.sub(r"%([1-9])", fill, level.text)

    def _start_override(self, num: str, depth: int) -> int | None:
        for override in self.lists[num].iterfind(W + "lvlOverride"):
            if override.get(W + "ilvl") == str(depth):
                said = value(override, "startOverride")
                return None if said is None else _whole(said, 1)
        return None


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default


def _levels(parent: Element) -> dict[int, _Level]:
    """The w:lvl below an abstract numbering or an override."""
    found: dict[int, _Level] = {}
    for each in parent.iterfind(W + "lvl"):
        form = value(each, "numFmt")
        if form is None:
            # Formats newer than 2006 stand in a choice: mc:AlternateContent/mc:Choice/w:numFmt.
            inner = next(each.iter(W + "numFmt"), None)
            form = "decimal" if inner is None else inner.get(W + "val") or "decimal"
        restart = value(each, "lvlRestart")
        found[_whole(each.get(W + "ilvl"), 0)] = _Level(
            start=_whole(value(each, "start"), 0),
            form=form,
            text=value(each, "lvlText") or "",
            restart=None if restart is None else _whole(restart, 0),
            legal=value(each, "isLgl") not in (None, "0", "false"),
            style=value(each, "pStyle"),
        )
    return found


def read_numbering(part: Element | None, styles: Styles) -> Numbering:
    """The lists of a document; without numbering.xml nothing is numbered."""
    if part is None:
        return Numbering(styles)
    return Numbering(
        styles,
        {each.get(W + "numId") or "": each for each in part.iterfind(W + "num")},
        {each.get(W + "abstractNumId") or "": each for each in part.iterfind(W + "abstractNum")},
    )
