"""Measures, own measures and decisions put into the profile, and taken out again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from drafter.lowering import Lowered
from drafter.model.words import GroupKind
from drafter.wizard.state import State

if TYPE_CHECKING:
    from drafter.outline import Outline

Link = tuple[str, str]
"""A parent's id and the item of it that is answered."""


def add_pick(
    state: State, measure: str, answers: Iterable[Link] = (), values: Mapping[str, str] | None = None
) -> None:
    """Pick a measure, with those of its section; if it is picked already, it answers the items too."""
    picks = state.entries("picks")
    there = next((each for each in picks if each.get("measure") == measure), None)
    if there is None:
        entry = state.catalog.measures[measure]
        taken = {"title": entry.title, "text": entry.text} | ({"brief": entry.brief} if entry.brief else {})
        there = {"measure": measure}
        if values:
            there["values"] = dict(values)
        there["taken"] = taken
        picks.insert(_place(state, picks, measure), there)
    _link(there, answers)


def _place(state: State, picks: Sequence[Mapping[str, Any]], measure: str) -> int:
    """Behind the picks of its own section, so that a heading above them stays theirs; sections in the family's order."""
    groups = {group.id: rank for rank, group in enumerate(state.catalog.family.groups)}
    own = groups[state.catalog.group_of[measure]]
    ranks = [
        groups.get(str(p.get("section") or state.catalog.group_of.get(str(p.get("measure")))), -1)
        for p in picks
    ]
    same = [index for index, rank in enumerate(ranks) if rank == own]
    if same:
        return same[-1] + 1
    return next((index for index, rank in enumerate(ranks) if rank > own), len(picks))


def add_local(
    state: State, name: str, section: str, made: Lowered, answers: Iterable[Link], rework: bool = True
) -> None:
    """Take a text as the county's own measure."""
    local = state.entries("local")
    entry: dict[str, Any] = {"id": name, "section": section, "title": made.title, "text": made.text}
    lead = made.lead or _leading(state, section)
    if lead:
        entry["lead"] = list(lead)
    if made.support:
        entry["support"] = [role for role in made.support if role not in lead]
    if rework:
        entry["rework"] = "true"
    local[:] = [each for each in local if each.get("id") != name]
    local.append(entry)
    _link(entry, answers)


def decide(state: State, link: Link, title: str, kind: str, reason: str) -> None:
    """Record a decision on a parent's item."""
    undecide(state, link)
    entry = {"parent": link[0], "item": link[1], "title": title, "kind": kind}
    state.entries("decisions").append(entry | ({"reason": reason} if reason else {}))


def undecide(state: State, link: Link) -> None:
    """Forget a decision on an item."""
    if isinstance(state.data.get("decisions"), list):
        state.data["decisions"] = [
            each for each in state.data["decisions"] if (each.get("parent"), each.get("item")) != link
        ]


def clear(state: State, link: Link) -> None:
    """Forget everything that answers an item: links, own texts made for it alone, measures picked for it alone."""
    undecide(state, link)
    for key in ("picks", "local"):
        kept = []
        for entry in state.data.get(key) or []:
            before = answered_by(entry)
            entry["answers"] = [
                each for each in entry.get("answers") or [] if (each.get("parent"), each.get("item")) != link
            ]
            if before != [link]:
                kept.append(entry)
            if not entry["answers"]:
                del entry["answers"]
        if key in state.data:
            state.data[key] = kept


def answered_by(entry: Mapping[str, Any]) -> list[Link]:
    """The items that an entry answers."""
    return [(str(each.get("parent")), str(each.get("item"))) for each in entry.get("answers") or []]


def settled(state: State) -> dict[Link, str]:
    """Item → what became of it: catalog, own, omit, not-applicable; an item may be answered by several."""
    found: dict[Link, str] = {}
    for entry in state.data.get("local") or []:
        found |= dict.fromkeys(answered_by(entry), "own")
    for entry in state.data.get("picks") or []:
        found |= dict.fromkeys(answered_by(entry), "catalog")
    for entry in state.data.get("decisions") or []:
        if entry.get("kind") != "pin":
            found[str(entry.get("parent")), str(entry.get("item"))] = str(entry.get("kind"))
    return found


def _link(entry: dict[str, Any], answers: Iterable[Link]) -> None:
    have = answered_by(entry)
    new = [{"parent": parent, "item": item} for parent, item in answers if (parent, item) not in have]
    if new:
        entry["answers"] = [*(entry.get("answers") or []), *new]


# ------------------------------------------------------------------ sections


def nearest_group(state: State, plan: "Outline", item: str) -> str:
    """The group of the catalog that an item of a plan belongs to: by the titles above it, else by its own words."""
    titles = {node.id: f"{node.title}" for node in plan.nodes}
    steps = item.split(".")
    above = [titles.get(".".join(steps[:end]), "") for end in range(len(steps) - 1, 0, -1)]
    own = titles.get(item, "")
    scores = {
        group.id: max((_alike(group.title, each) for each in above), default=0.0)
        + 0.3 * _alike(group.title, own)
        for group in state.catalog.family.groups
    }
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= 0.3:
        return best
    return _by_words(state, item)


def _by_words(state: State, item: str) -> str:
    """The group of the measure that is nearest to an item."""
    proposal = next((each for each in state.proposals() if each.item == item), None)
    if proposal and proposal.candidates:
        return state.catalog.group_of[proposal.candidates[0].measure]
    groups = state.catalog.family.groups
    return next((each.id for each in groups if each.kind is GroupKind.SAFEGUARD), groups[0].id)


def _alike(one: str, other: str) -> float:
    """How much of a group's title another title has, without the words that most titles have."""
    pairs = {one[at : at + 2] for at in range(len(one) - 1)}
    return sum(pair in other for pair in pairs) / len(pairs) if pairs else 0.0


def _leading(state: State, section: str) -> Sequence[str]:
    """Who usually leads in a section: the role that leads most of its measures in the catalog."""
    roles: dict[str, int] = {}
    for name, measure in state.catalog.measures.items():
        if state.catalog.group_of[name] == section and measure.lead:
            roles[measure.lead[0]] = roles.get(measure.lead[0], 0) + 1
    return [max(roles, key=lambda role: roles[role])] if roles else []


def free_id(state: State, name: str) -> str:
    """`name`, or with a number behind it where an entry has it already."""
    used = {each.get("id") for each in state.data.get("local") or []} | set(state.catalog.measures)
    made, ordinal = name, 2
    while made in used:
        made, ordinal = f"{name}-{ordinal}", ordinal + 1
    return made
