"""A plan's sentence → a text of the catalog: places, units, the period and numbers become what a county fills in.

Everything else of the sentence is data: escaped, so that nothing in it is ever read as a template or as markup.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from drafter.align.levelling import levelling, place_of
from drafter.document import one_line
from drafter.markup.escape import escape
from drafter.model.catalog import Catalog
from drafter.model.values import PeriodEntry
from drafter.outline import Facts, Outline
from drafter.roles import Roles

_SOME_COUNTY = "某县"
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|〔[^〕]*〕")
_WORD = re.compile(r"(?:(?<![一-龥])|(?<=[全我本各由经向报在与和及将对]))县(?![域城])")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")
_UNITS = (
    "个百分点|人次|场次|课时|学时|小时|平方米|公里|万元|亿元|名|人|个|家|所|次|场|支|项|件|部|期|堂|节|篇|处|套|台|间|户|种|亩|元|天|条|册|批|"
    "座|辆|村|校|站|点"
)
_NUMBER = re.compile(rf"(?<![\d.·第])(\d+(?:\.\d+)?)((?:[万千百亿]?(?:{_UNITS}))|%|％|‰)")
_BEFORE = re.compile(r"[^，。；：、,;:！？]*$")
_RELATION = re.compile(
    r"(?:不少于|不低于|至少|达到|达|超过|高于|提高到|提升到|保持在|稳定在|不超过|控制在|力争|确保|约|各|共)+$"
)

Piece = tuple[bool, str]
"""A stretch of text: whether it is code already, and its words."""


class Text(Struct, frozen=True):
    """A text of the catalog. `parameters`: keys of each Parameter. `figures`: what the plan says for each, for the entry's note."""

    code: str
    parameters: tuple[dict[str, Any], ...]
    figures: tuple[str, ...]


class Wording:
    """How one plan's words become a catalog's."""

    def __init__(self, plan: Outline, catalog: Catalog) -> None:
        """`plan`: whose place, period and units are known; `catalog`: whose roles and names of parameters are."""
        self._roles = Roles(catalog.organs)
        self._level = levelling(plan.meta, Facts(locality=_SOME_COUNTY, level="county"))
        self._period = (
            PeriodEntry(start=plan.meta.period[0], end=plan.meta.period[1]) if plan.meta.period else None
        )
        self._place = plan.meta.locality or ""
        self._names = place_of(plan.meta).names
        units = {unit for node in plan.nodes for unit in (*node.lead, *node.support)}
        self._units = {unit: role for unit in units if len(unit) > 2 and (role := self.role(unit))}
        narrative = (each for entry in catalog.narrative.values() for each in entry.parameters)
        self._taken = {each.name for each in (*catalog.family.parameters, *narrative)}

    def role(self, unit: str) -> str | None:
        """The one role that a unit serves; None where the catalog knows none, or several."""
        found = self._roles.served(unit)
        return found[0] if len(found) == 1 else None

    def title(self, text: str) -> str:
        """A title: places and units only."""
        return _joined(self._placed(text))

    def text(self, text: str, title: str) -> Text:
        """A text with its numbers as parameters; `title` names one whose clause does not."""
        pieces = _each(self._placed(text), _QUOTED, lambda found: (True, escape(found[0])))
        pieces = _each(pieces, _YEAR, self._year)
        parameters: list[dict[str, Any]] = []
        figures: list[str] = []
        names = (name for n in range(1, 1000) if (name := f"figure_{n}") not in self._taken)

        def number(found: re.Match[str]) -> Piece:
            label = _label(found, title)
            name = next(names)
            parameters.append({"name": name, "kind": "number", "label": label, "unit": found[2]})
            figures.append(f"{label}：{self._place or '来源方案'} {found[1]}{found[2]}")
            return True, f"{{{{ {name} }}}}{escape(found[2])}"

        code = _joined(_each(pieces, _NUMBER, number))
        return Text(code, tuple(parameters), tuple(figures))

    def _placed(self, text: str) -> list[Piece]:
        """Units, then names and level words of the place; the rest is put on the level of a county."""
        pieces: list[Piece] = [(False, one_line(text))]
        if self._units:
            longest = sorted(self._units, key=lambda unit: (-len(unit), unit))
            # 松岭市教育局 is the unit that the plan lists as 市教育局.
            before = "|".join(re.escape(name[:-1]) for name in self._names)
            units = re.compile(
                (f"(?:{before})?" if before else "") + f"({'|'.join(map(re.escape, longest))})"
            )
            pieces = _each(pieces, units, lambda found: (True, f'{{{{ organ("{self._units[found[1]]}") }}}}'))
        if self._period and self._period.name:
            named = re.compile(f"(?<=[“‘]){self._period.name}(?=[”’])")
            pieces = _each(pieces, named, lambda _: (True, "{{ period.name }}"))
        if self._names:
            own = re.compile("|".join(map(re.escape, self._names)))
            pieces = _each(pieces, own, lambda _: (True, "{{ place.name }}"))
        pieces = [(code, words if code else self._level(words)) for code, words in pieces]
        return _each(pieces, _WORD, lambda _: (True, "{{ place.word }}"))

    def _year(self, found: re.Match[str]) -> Piece:
        year = int(found[1])
        if self._period is None or not self._period.start <= year <= self._period.end:
            return True, found[1]
        if year == self._period.end:
            return True, "{{ period.end }}"
        past = year - self._period.start
        return True, f"{{{{ period.start + {past} }}}}" if past else "{{ period.start }}"


def _each(
    pieces: Iterable[Piece], pattern: re.Pattern[str], made: Callable[[re.Match[str]], Piece]
) -> list[Piece]:
    """The pieces with each match of `pattern` in what is not yet code made one of its own."""
    result: list[Piece] = []
    for code, words in pieces:
        if code:
            result.append((code, words))
            continue
        start = 0
        for found in pattern.finditer(words):
            result += [(False, words[start : found.start()]), made(found)]
            start = found.end()
        result.append((False, words[start:]))
    return [piece for piece in result if piece[1]]


def _joined(pieces: Iterable[Piece]) -> str:
    return "".join(words if code else escape(words) for code, words in pieces)


def _label(found: re.Match[str], title: str) -> str:
    """What a number is of, in the words before it."""
    clause = _BEFORE.search(found.string[: found.start()])
    said = _RELATION.sub("", clause[0] if clause else "").removeprefix("年").strip()[-24:] or title
    if found[2] in "%％‰":
        return said if said.endswith(("率", "比例")) else f"{said}的比例"
    return f"{said}的数量"
