"""Units by what they serve: 市教育局, 县教育体育局 and 青屏县教育局 all serve education (PRACTICE 16)."""

import re
from collections.abc import Iterable, Mapping

from drafter.model.catalog import Organ
from drafter.model.profile import LocalOrgan

_HOLES = re.compile(r"\{[a-z_]+\}")
# What such a hole of a name stands for, without the level word.
_COMMITTEES = {"{party}": "委", "{league}": "团委"}
_LEVEL = re.compile(
    r"^(?:中共)?(?:团|各)?(?:[^\W\d]{2,8}?(?:省|市|州|盟|县|区|旗))?[省市州县区旗盟]?(?:委(?!员))?"
)
_LEAGUE = re.compile(r"(?:[^\W\d]{0,8}?[省市州县区旗盟])?团[^\W\d]{0,8}?[省市州县区旗盟]?工?委")
_ENDS = re.compile(r"(?:人民政府|委员会|办公室|管理局|管委会|总局|分局|部门|局|办|厅|委|部|会|院|社|处)$")
_JOINS = re.compile(r"和|与|及|事务|管理|行政|[（(][^）)]*[）)]")


class Roles:
    """Names of units → the roles that they serve. `names`: every usual name without its level word → role."""

    def __init__(self, organs: Mapping[str, Organ], local: Iterable[LocalOrgan] = ()) -> None:
        """`organs`: the catalog's; `local`: the county's own list, which wins."""
        self._own = {unit.name: tuple(unit.serves) for unit in local}
        self.names: dict[str, str] = {}
        for role, organ in organs.items():
            for each in (organ.names, *(variant.names for variant in organ.variants)):
                for pattern in (each.standard, each.full, each.colloquial):
                    self.names.setdefault(_said(pattern), role)
        self._stems: dict[str, str] = {}
        for name, role in self.names.items():
            self._stems.setdefault(stem(name), role)

    def served(self, name: str) -> tuple[str, ...]:
        """The known roles of a unit, in the order in which its name tells them; none where no list knows the like."""
        if name in self._own:
            return self._own[name]
        bare = stem(name)
        if bare in self._stems:
            return (self._stems[bare],)
        inside = [known for known in self._stems if len(known) > 1 and known in bare]
        inside.sort(key=lambda known: (bare.index(known), -len(known)))
        found = inside or [known for known in self._stems if _spelled_out(*sorted((known, bare), key=len))]
        return tuple(dict.fromkeys(self._stems[known] for known in found))

    def of(self, name: str) -> frozenset[str]:
        """The roles of a unit; one that no list knows serves the role of its own stem, so that units can be compared."""
        return frozenset(self.served(name) or (stem(name),))


def _said(pattern: str) -> str:
    for hole, words in _COMMITTEES.items():
        pattern = pattern.replace(hole, words)
    return _HOLES.sub("", pattern)


def _spelled_out(short: str, long: str) -> bool:
    """Whether one stem is the other with characters between: 文化广电旅游 and 文化广播电视旅游."""
    if len(short) < 3 or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(char in rest for char in short)


def stem(name: str) -> str:
    """A unit's name without place, level and ending: 青屏县教育和体育局 → 教育体育; every 团委 alike."""
    name = name.strip()
    if _LEAGUE.fullmatch(name):
        return "团委"
    bare = _JOINS.sub("", _ENDS.sub("", _LEVEL.sub("", name)))
    return bare or name
