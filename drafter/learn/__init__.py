"""A plan → draft entries of the catalog: the measures that no entry carries, their places, units and numbers made parameters.

The catalog is set against the plan as if it were a plan itself, by the same engine (`drafter.align`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from drafter.align import Alignment, Knowledge, align
from drafter.learn.texts import Wording
from drafter.model.catalog import Catalog, Measure
from drafter.outline import Facts, Node, Outline

TAG = "待整理"
_OTHER_THAN_WORDS = re.compile(r"[^a-z0-9]+")
_PUNCTUATION = re.compile(r"[\W_]+")


class Draft(Struct, frozen=True):
    """An entry to be: id and title of the group that it fits, the keys of a Measure. `sure`: that nothing carries it yet."""

    group: str
    heading: str
    node: Node
    keys: Mapping[str, Any]
    sure: bool


class Learned(Struct, frozen=True):
    """What a plan gave. `plan`: its id. `matched`: item → entries that carry it. `unknown`: units without a role."""

    plan: str
    facts: Facts
    items: int
    matched: Mapping[str, tuple[str, ...]]
    drafts: tuple[Draft, ...]
    unknown: tuple[str, ...]

    def files(self, family: str, known: Iterable[str]) -> dict[Path, dict[str, Any]]:
        """The YAML files to write, by their paths inside a layer: one for each group, and the plan itself if it is not `known`."""
        groups = tuple(dict.fromkeys(draft.group for draft in self.drafts))
        made: dict[Path, dict[str, Any]] = {}
        for group in groups:
            name = f"learned-{self.plan}.yaml" if len(groups) == 1 else f"learned-{self.plan}-{group}.yaml"
            measures = [dict(draft.keys) for draft in self.drafts if draft.group == group]
            made[Path(family) / "measures" / name] = {
                "format": "measures/1",
                "group": group,
                "measures": measures,
            }
        if made and self.plan not in known:
            made[Path(family) / f"learned-{self.plan}-source.yaml"] = {
                "format": "sources/1",
                "plans": [self._source()],
            }
        return made

    def _source(self) -> dict[str, Any]:
        facts, title = self.facts, self.facts.title or self.plan
        made: dict[str, Any] = {
            "id": self.plan,
            "title": f"《{title}》",
            "place": facts.locality or "不详",
        }
        made |= {"number": facts.doc_number} if facts.doc_number else {}
        made |= {"issued": facts.issued_date} if facts.issued_date else {}
        return made | ({"period": f"{facts.period[0]}—{facts.period[1]}"} if facts.period else {})


def learn(plan: Outline, name: str, catalog: Catalog) -> Learned:
    """What `plan` adds to `catalog`. `name`: what its id is made of, such as the stem of its file.

    Raises InputError where the plan orders nothing.
    """
    id = plan_id(name, plan.meta.title or "", catalog)
    entries = as_outline(catalog)
    answers = {
        measure.id: tuple(source.item for source in measure.sources if source.plan == id)
        for measure in catalog.measures.values()
    }
    made = align(entries, plan, Knowledge(answers=answers))
    origins = {node.id: node.origin or "" for node in entries.nodes}
    matched = {
        pair.parent: tuple(origins[each] for each in pair.children)
        for pair in made.pairs
        if pair.kind == "measure" and pair.children
    }
    wording = Wording(plan, catalog)
    nodes = {node.id: node for node in plan.nodes}
    missing = [pair for pair in made.pairs if pair.kind == "measure" and not pair.children]
    groups = _Groups(made, matched, catalog)
    titles = {group.id: group.title for group in catalog.family.groups}
    drafts = tuple(
        Draft(
            group := groups(pair.parent),
            titles[group],
            nodes[pair.parent],
            _keys(nodes[pair.parent], id, ordinal, wording),
            pair.confidence == "sure",
        )
        for ordinal, pair in enumerate(missing, 1)
    )
    new = [draft.node for draft in drafts]
    units = dict.fromkeys(unit for node in new for unit in (*node.lead, *node.support))
    unknown = tuple(unit for unit in units if wording.role(unit) is None)
    return Learned(id, plan.meta, len(matched) + len(missing), matched, drafts, unknown)


def plan_id(name: str, title: str, catalog: Catalog) -> str:
    """An id for a plan: that of the catalog's own source of this title, else the words of `name`, free of other plans."""
    bare = _PUNCTUATION.sub("", title)
    known = {plan.id: _PUNCTUATION.sub("", plan.title) for plan in catalog.sources.values()}
    same = next((id for id, other in known.items() if bare and other == bare), None)
    if same:
        return same
    words = _OTHER_THAN_WORDS.sub("-", name.lower()).strip("-")
    id = words if words[:1].isalpha() else f"plan-{words}".strip("-")
    ordinal, free = 2, id
    while free in known:
        free, ordinal = f"{id}-{ordinal}", ordinal + 1
    return free


def as_outline(catalog: Catalog) -> Outline:
    """The catalog as if it were a plan of some county: a part for each group, its entries as measures."""
    nodes = []
    for place, group in enumerate(catalog.family.groups, 1):
        nodes.append(Node(str(place), 1, None, "part", group.title, ""))
        held = [measure for measure in catalog.measures.values() if catalog.group_of[measure.id] == group.id]
        nodes += [_entry(measure, f"{place}.{ordinal}", catalog) for ordinal, measure in enumerate(held, 1)]
    facts = Facts(title=catalog.family.title, locality="某县", level="county")
    return Outline(facts, (), tuple(nodes), ())


def _entry(measure: Measure, id: str, catalog: Catalog) -> Node:
    return Node(
        id, 2, None, "measure", plain(measure.title, catalog), plain(measure.text, catalog), origin=measure.id
    )


_STATEMENT = re.compile(r"\{%.*?%\}")
_INSERTED = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_LOOKED_UP = re.compile(r"(\w+)\(\s*['\"]([\w-]+)['\"]\s*\)")
_PLACE = {"place.word": "县", "place.name": "某县", "place.towns": "乡镇", "place.villages": "村"}


def plain(text: str, catalog: Catalog) -> str:
    """A text of the catalog in the words of a plan, for comparison only; what a county fills in is left out."""

    def said(found: re.Match[str]) -> str:
        call = _LOOKED_UP.fullmatch(found[1])
        if call is None:
            return _PLACE.get(found[1], "")
        function, name = call.groups()
        if function == "organ" and name in catalog.organs:
            return catalog.organs[name].title
        if function in ("title", "cite") and name in catalog.policies:
            return f"《{catalog.policies[name].title}》"
        return catalog.programmes[name].name if name in catalog.programmes else ""

    return _INSERTED.sub(said, _STATEMENT.sub("", text)).replace("\\", "")


# ------------------------------------------------------------------ entries


def _keys(node: Node, plan: str, ordinal: int, wording: Wording) -> dict[str, Any]:
    """The keys of the entry that a node gives."""
    text = wording.text(node.text.replace("\n", "") or node.title, node.title)
    lead = [role for unit in node.lead if (role := wording.role(unit))]
    support = [role for unit in node.support if (role := wording.role(unit)) and role not in lead]
    return {
        "id": f"learned-{plan}-{ordinal}",
        "title": wording.title(node.title),
        "text": text.code,
        "parameters": [dict(each) for each in text.parameters],
        "lead": list(dict.fromkeys(lead)),
        "support": list(dict.fromkeys(support)),
        "sources": [{"plan": plan, "item": node.id}],
        "figures": "；".join(text.figures),
        "tags": [TAG],
    }


class _Groups:
    """Item → the group that most of its neighbours' entries are in: those of its section, else of its part, else of the plan."""

    def __init__(self, made: Alignment, matched: Mapping[str, tuple[str, ...]], catalog: Catalog) -> None:
        self._counts: dict[str, Counter[str]] = {}
        for item, entries in matched.items():
            found = Counter(catalog.group_of[entry] for entry in entries)
            for above in self._above(item):
                self._counts.setdefault(above, Counter()).update(found)
        self._first = catalog.family.groups[0].id

    def __call__(self, item: str) -> str:
        near = (self._counts[above] for above in self._above(item) if above in self._counts)
        return next((counts.most_common(1)[0][0] for counts in near), self._first)

    @staticmethod
    def _above(item: str) -> list[str]:
        path = item.split(".")
        return [".".join(path[:end]) for end in range(len(path) - 1, -1, -1)]
