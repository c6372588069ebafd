"""Who leads above and below, compared by role: 市教育局 and 县教育体育局 both serve education (PRACTICE 16)."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from drafter.align.types import Leads, Verdict
from drafter.model.catalog import Organ
from drafter.model.profile import LocalOrgan
from drafter.outline import Node, Outline

_HOLES = re.compile(r"\{[a-z_]+\}")
_LEVEL = re.compile(
    r"^(?:中共)?(?:团|各)?(?:[一-龥]{2,8}?(?:省|市|州|盟|县|区|旗))?[省市州县区旗盟]?(?:委(?!员))?"
)
_ENDS = re.compile(r"(?:人民政府|委员会|办公室|管理局|管委会|总局|分局|部门|局|办|厅|委|部|会|院|社|处)$")
_JOINS = re.compile(r"和|与|及|事务|管理|行政|[（(][^）)]*[）)]")


class Roles:
    """Names of units → the roles that they serve; a name that no list knows serves the role of its own stem."""

    def __init__(self, organs: Mapping[str, Organ], local: Iterable[LocalOrgan] = ()) -> None:
        """`organs`: the catalog's; `local`: the county's own list, which wins."""
        self._own = {unit.name: frozenset(unit.serves) for unit in local}
        self._known: dict[str, str] = {}
        for role, organ in organs.items():
            names = (organ.names, *(variant.names for variant in organ.variants))
            for each in names:
                for pattern in (each.standard, each.full, each.colloquial):
                    self._known.setdefault(stem(_HOLES.sub("", pattern)), role)

    def of(self, name: str) -> frozenset[str]:
        """The roles that a unit serves."""
        if name in self._own:
            return self._own[name]
        bare = stem(name)
        exact = self._known.get(bare)
        if exact:
            return frozenset((exact,))
        inside = {role for known, role in self._known.items() if len(known) > 1 and known in bare}
        return frozenset(inside or {bare})


def stem(name: str) -> str:
    """A unit's name without place, level and ending: 青屏县教育和体育局 → 教育体育."""
    bare = _JOINS.sub("", _ENDS.sub("", _LEVEL.sub("", name.strip())))
    return bare or name


def leading(outline: Outline) -> Callable[[str], tuple[str, ...]]:
    """Node id → its leading units, those of what holds it where it has none; all units where none is said to lead."""
    by_id = {node.id: node for node in outline.nodes}

    def of(id: str) -> tuple[str, ...]:
        while id:
            node: Node | None = by_id.get(id)
            if node and (node.lead or node.support):
                return node.lead or node.support
            id = id.rpartition(".")[0]
        return ()

    return of


def compare(above: Sequence[str], below: Sequence[str], roles: Roles, parent_roles: Roles) -> Leads:
    """The verdict on leading units; n/a where the parent names none or no child stands beside it."""
    return Leads(tuple(above), tuple(below), _verdict(above, below, roles, parent_roles))


def _verdict(above: Sequence[str], below: Sequence[str], roles: Roles, parent_roles: Roles) -> Verdict:
    if not above:
        return "n/a"
    if not below:
        return "missing"
    wanted = frozenset().union(*map(parent_roles.of, above[:1]))
    there = frozenset().union(*map(roles.of, below))
    if wanted & there or _alike(wanted, there) or any(_same_bureau(above[0], name) for name in below):
        return "same"
    return "changed"


def _same_bureau(one: str, other: str) -> bool:
    """Merged bureaus are named by first characters: 教体局 is the bureau of 教育局 and of 教育体育局."""
    return one.endswith("局") and other.endswith("局") and stem(one)[:1] == stem(other)[:1]


def _alike(wanted: frozenset[str], there: frozenset[str]) -> bool:
    return any(
        one in other or other in one for one in wanted for other in there if min(len(one), len(other)) > 1
    )
