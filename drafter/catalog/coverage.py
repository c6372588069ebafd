"""Measures × source plans: who contributes what, how much of each plan is taken in, what each plan lacks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from drafter.catalog.columns import fitted, table, width
from drafter.catalog.readable import readable
from drafter.model.catalog import Catalog, Group, Measure, SourcePlan


class Counted(Struct, frozen=True):
    """A plan and what the catalog took from it: covered and open items, entries that the plan has nothing for."""

    plan: SourcePlan
    covered: tuple[str, ...]
    open: tuple[str, ...]
    lacks: tuple[str, ...]

    @property
    def share(self) -> float:
        """The part of the plan's measures that an entry was taken from, 0 to 1."""
        return len(self.covered) / len(self.plan.measures) if self.plan.measures else 0.0


class Coverage(Struct, frozen=True):
    """The whole grid: groups with their measures, plans with their counts, and the items of each cell."""

    title: str
    family: str
    groups: tuple[tuple[Group, tuple[Measure, ...]], ...]
    plans: tuple[Counted, ...]
    cells: Mapping[tuple[str, str], tuple[str, ...]]
    titles: Mapping[str, str]

    @property
    def measures(self) -> int:
        """How many measures there are."""
        return sum(len(members) for _, members in self.groups)


def coverage(catalog: Catalog) -> Coverage:
    """The grid of a catalog."""
    cells: dict[tuple[str, str], tuple[str, ...]] = {}
    for measure in catalog.measures.values():
        for source in measure.sources:
            key = (measure.id, source.plan)
            cells[key] = (*cells.get(key, ()), source.item)
    named = {(plan, item) for (_, plan), items in cells.items() for item in items}
    groups = tuple(
        (group, tuple(each for each in catalog.measures.values() if catalog.group_of[each.id] == group.id))
        for group in catalog.family.groups
    )
    plans = tuple(
        Counted(
            plan,
            tuple(item for item in plan.measures if (plan.id, item) in named),
            tuple(item for item in plan.measures if (plan.id, item) not in named),
            tuple(each.id for _, members in groups for each in members if (each.id, plan.id) not in cells),
        )
        for plan in catalog.sources.values()
    )
    titles = {each.id: readable(each.title, catalog, each.parameters) for each in catalog.measures.values()}
    return Coverage(catalog.family.title, catalog.family.id, groups, plans, cells, titles)


def as_text(counted: Coverage) -> str:
    """Two tables of at most 80 columns for up to five plans: the plans, and the groups × plans."""
    lines = [f"{counted.title}：{counted.measures} 条举措，{len(counted.plans)} 份来源方案", ""]
    if not counted.plans:
        return "\n".join([*lines, "本目录没有来源方案。"])
    lines += ["来源方案（条目：方案里的举措；收入：目录里有条目写明出自它）"]
    rows = [
        ("方案", "条目", "收入", "占比", "未收入", "本方案没有的举措"),
        *(
            (
                each.plan.place,
                str(len(each.plan.measures)),
                str(len(each.covered)),
                f"{each.share:.0%}" if each.plan.measures else "—",
                str(len(each.open)),
                str(len(each.lacks)),
            )
            for each in counted.plans
        ),
    ]
    lines += [*table(rows, (24, 4, 4, 5, 6, 16)), ""]
    lines += ["各组举措有几条出自各方案（其余的，该方案没有）", *_group_rows(counted), ""]
    open_items = [each for each in counted.plans if each.open]
    lines += [f"{each.plan.place}未收入：{'、'.join(each.open)}" for each in open_items]
    return "\n".join(lines).rstrip()


def _group_rows(counted: Coverage) -> Sequence[str]:
    names = [each.plan.place for each in counted.plans]
    columns = max(6, min(12, (80 - 30) // len(names) - 2))
    short = [name if width(name) <= columns else fitted(name, columns).strip() for name in names]
    rows = [("分组", "举措", *short), *_count_rows(counted)]
    return table(rows, (22, 4, *(columns for _ in names)))


def _count_rows(counted: Coverage) -> Iterator[tuple[str, ...]]:
    for group, members in counted.groups:
        taken = (
            str(sum((each.id, plan.plan.id) in counted.cells for each in members)) for plan in counted.plans
        )
        yield group.title, str(len(members)), *taken


def as_json(counted: Coverage) -> dict[str, Any]:
    """The JSON of `drafter catalog stats`."""
    return {
        "format": "drafter.catalog-stats/1",
        "family": counted.family,
        "measures": [
            {
                "id": each.id,
                "title": counted.titles[each.id],
                "group": group.id,
                "sources": {
                    plan.plan.id: list(counted.cells.get((each.id, plan.plan.id), ()))
                    for plan in counted.plans
                },
            }
            for group, members in counted.groups
            for each in members
        ],
        "plans": [
            {
                "id": each.plan.id,
                "title": each.plan.title,
                "place": each.plan.place,
                "items": len(each.plan.measures),
                "covered": len(each.covered),
                "share": round(each.share, 4),
                "open": list(each.open),
                "lacks": list(each.lacks),
            }
            for each in counted.plans
        ],
    }
