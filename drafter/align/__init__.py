"""Two outlines, row by row: what became of everything the parent asks for (INTERFACES, `drafter align`).

    from drafter.align import align, as_json
    data = as_json(align(child, parent))

Neither paper is changed. Where a paper came from is never asked; what is known beyond the texts is passed as Knowledge.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from drafter.align import promises, roles
from drafter.align.changes import changes
from drafter.align.decisions import apply, decided, excused_by_rule
from drafter.align.entries import Kind, Source, entry, sources, weighed
from drafter.align.levelling import levelling
from drafter.align.rows import rows
from drafter.align.sharing import copied_shares, coverage, covered_sections
from drafter.align.types import Alignment, Change, Leads, Pair, as_json
from drafter.align.warnings import no_measures, other_period, warnings
from drafter.errors import InputError
from drafter.model.catalog import Measure, Organ
from drafter.model.profile import Decision, LocalOrgan
from drafter.outline import Outline
from drafter.roles import Roles

__all__ = ["Alignment", "Knowledge", "align", "as_json"]
# What of the child may answer each kind of row of the parent.
_ANSWERED_BY: Mapping[Kind, tuple[Kind, ...]] = {
    "measure": ("measure", "schedule", "other"),
    "task": ("task", "aim"),
    "schedule": ("schedule",),
}


class Knowledge(Struct, frozen=True):
    """What is known beyond the two texts.

    `decisions`: a person's, on items of this parent. `answers`: origin of a child's node → items of this parent that it answers.
    `organs`, `local`: units by role, the catalog's and the county's own. `cautions`: measures that only the leadership may take up.
    `other_period`: whether the profile says that the parent belongs to another period; None where it says nothing.
    """

    decisions: tuple[Decision, ...] = ()
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    organs: Mapping[str, Organ] = field(default_factory=dict)
    local: tuple[LocalOrgan, ...] = ()
    cautions: tuple[Measure, ...] = ()
    other_period: bool | None = None


_NOTHING_KNOWN = Knowledge()


def align(child: Outline, parent: Outline, knowledge: Knowledge = _NOTHING_KNOWN) -> Alignment:
    """The alignment of `child` with `parent`. Raises InputError where the parent orders nothing."""
    level = levelling(parent.meta, child.meta)
    above, below = sources(parent, level), sources(child)
    if not any(source.kind == "measure" for source in above):
        raise InputError(no_measures(parent))
    weight = weighed(above, below)
    found, full = list[Pair](), dict[str, Source]()
    for kind, answering in _ANSWERED_BY.items():
        asked = [entry(source, weight) for source in above if source.kind == kind]
        offered = [entry(source, weight) for source in below if source.kind in answering]
        found += rows(
            asked, offered, _known(child, knowledge.answers), parent, weight, _elsewhere(above, below, kind)
        )
        full |= {each.id: each.source for each in asked}
    ruling = decided(knowledge.decisions, parent, child)
    complete = _Completing(child, parent, full, knowledge)
    pairs = tuple(
        complete(_ruled(pair, full[pair.parent], ruling.held, knowledge.cautions)) for pair in found
    )
    measures = tuple(pair for pair in pairs if pair.kind == "measure")
    other = (
        other_period(child.meta, parent.meta) if knowledge.other_period is None else knowledge.other_period
    )
    reasons = {decision.item: decision.reason for decision in knowledge.decisions if decision.reason}
    targets = promises.compare(parent.targets, child.targets, level, other, reasons)
    taken = {each for pair in pairs for each in pair.children}
    copied, by_section = copied_shares(above, below, child)
    return Alignment(
        parent=parent.meta,
        child=child.meta,
        other_period=other,
        pairs=pairs,
        additions=tuple(node.id for node in child.nodes if node.kind == "measure" and node.id not in taken),
        targets=targets,
        coverage=coverage(measures, targets),
        copied=copied,
        sections=covered_sections(measures, parent),
        copied_sections=by_section,
        warnings=(*warnings(child, parent, other), *ruling.warnings),
    )


def _elsewhere(above: Sequence[Source], below: Sequence[Source], kind: Kind) -> frozenset[str]:
    """The children that are word for word a text of the parent of another kind."""
    said = {source.full for source in above if source.kind != kind}
    return frozenset(source.node.id for source in below if source.full in said)


def _known(child: Outline, answers: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Parent item → child nodes that came from a measure which answers it, their paragraph unchanged."""
    made: dict[str, list[str]] = {}
    for node in child.nodes:
        for item in answers.get(node.origin or "", ()):
            made.setdefault(item, []).append(node.id)
    return made


def _ruled(
    pair: Pair,
    source: Source,
    held: Mapping[str, tuple[Decision, tuple[str, ...]]],
    cautions: Sequence[Measure],
) -> Pair:
    if pair.parent in held:
        return apply(pair, *held[pair.parent])
    return excused_by_rule(pair, source.full, cautions)


class _Completing:
    """Gives a row what follows from its children: how their texts differ, who leads."""

    def __init__(
        self, child: Outline, parent: Outline, full: Mapping[str, Source], knowledge: Knowledge
    ) -> None:
        self._texts = {
            node.id: f"{node.title}。{node.text}" if node.text else node.title for node in child.nodes
        }
        self._full = full
        self._above, self._below = roles.leading(parent), roles.leading(child)
        self._roles = Roles(knowledge.organs, knowledge.local)
        self._parent_roles = Roles(knowledge.organs)

    def __call__(self, pair: Pair) -> Pair:
        if not pair.children:
            return replace(pair, lead=Leads(self._above(pair.parent)))
        text = self._full[pair.parent].full
        made = tuple(Change(each, changes(text, self._texts[each])) for each in pair.children)
        below = tuple(dict.fromkeys(name for each in pair.children for name in self._below(each)))
        lead = roles.compare(self._above(pair.parent), below, self._roles, self._parent_roles)
        return replace(pair, changes=made, lead=lead)
