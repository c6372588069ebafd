"""Who leads above and below, compared by role (PRACTICE 16)."""

from collections.abc import Callable, Sequence

from drafter.align.types import Leads, Verdict
from drafter.outline import Node, Outline
from drafter.roles import Roles, stem


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
