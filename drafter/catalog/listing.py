"""The measures of a catalog, group by group: which there are, from which layer, which are for caution."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct

from drafter.catalog.columns import table, width
from drafter.catalog.readable import readable
from drafter.errors import Finding, InputError, error
from drafter.model.catalog import Catalog, Group, Measure
from drafter.model.words import Power
from drafter.nearest import nearest

CAUTION = "慎"
"""Marks an entry that is never picked by default."""


class Wanted(Struct, frozen=True):
    """Which entries to list; None means any. `group` is an id or a title, `applies` a feature's id or label."""

    group: str | None = None
    tag: str | None = None
    power: Power | None = None
    layer: str | None = None
    applies: str | None = None


class Row(Struct, frozen=True):
    """A listed measure with its group and layer."""

    measure: Measure
    group: Group
    layer: str


def rows(catalog: Catalog, wanted: Wanted) -> tuple[Row, ...]:
    """The measures that `wanted` asks for, in the order of groups and files. InputError names what is near to a filter that fits nothing."""
    groups = {group.id: group for group in catalog.family.groups}
    listed = [
        Row(each, groups[catalog.group_of[each.id]], catalog.where["measures", each.id].layer)
        for each in catalog.measures.values()
    ]
    listed.sort(key=lambda row: list(groups).index(row.group.id))
    problems = list(_unknown(catalog, listed, wanted))
    if problems:
        raise InputError(problems)
    return tuple(row for row in listed if _fits(row, wanted, catalog))


def _unknown(catalog: Catalog, listed: Sequence[Row], wanted: Wanted) -> Iterator[Finding]:
    groups = [name for group in catalog.family.groups for name in (group.id, group.title)]
    features = [name for each in catalog.family.features for name in (each.id, each.label)]
    tags = list(dict.fromkeys(tag for row in listed for tag in row.measure.tags))
    layers = list(dict.fromkeys(row.layer for row in listed))
    for option, what, value, known in (
        ("group", "分组", wanted.group, groups),
        ("tag", "标签", wanted.tag, tags),
        ("layer", "层", wanted.layer, layers),
        ("applies", "特征", wanted.applies, features),
    ):
        if value is not None and value not in known:
            hint = nearest(value, known) or "用 drafter catalog search 按词查找"
            yield error(f"list.{option}", f"没有{what}“{value}”", hint)


def _fits(row: Row, wanted: Wanted, catalog: Catalog) -> bool:
    labels = {feature.label: feature.id for feature in catalog.family.features}
    applies = labels.get(wanted.applies or "", wanted.applies)
    return (
        wanted.group in (None, row.group.id, row.group.title)
        and (wanted.tag is None or wanted.tag in row.measure.tags)
        and wanted.power in (None, row.measure.power)
        and wanted.layer in (None, row.layer)
        and (applies is None or applies in row.measure.applies)
    )


def as_text(catalog: Catalog, listed: Sequence[Row]) -> str:
    """A table of at most 80 columns."""
    lines = [f"{catalog.family.title}（{catalog.family.id}）：{len(listed)} 条", ""]
    longest = min(30, max((width(row.measure.id) for row in listed), default=10))
    widths = (2, longest, 80 - longest - 2 - 4 - 8 - 8, 4, 8)
    for group, members in groupby(listed, key=lambda row: row.group):
        lines.append(f"{group.title}（{group.kind.shown}，{group.id}）")
        cells = [
            (
                CAUTION if row.measure.caution else "",
                row.measure.id,
                readable(row.measure.title, catalog),
                row.layer,
                row.measure.power.shown,
            )
            for row in members
        ]
        lines += [*table(cells, widths), ""]
    if not listed:
        return "没有符合条件的条目。"
    if any(row.measure.caution for row in listed):
        lines += [f"“{CAUTION}”：慎用，不会默认选用，理由见 drafter catalog show 编号。"]
    return "\n".join(lines).rstrip()


def as_json(catalog: Catalog, listed: Sequence[Row]) -> dict[str, Any]:
    """The JSON of `drafter catalog list`."""
    return {
        "format": "drafter.catalog-list/1",
        "family": catalog.family.id,
        "measures": [
            {
                "id": row.measure.id,
                "title": readable(row.measure.title, catalog),
                "group": row.group.id,
                "group_title": row.group.title,
                "layer": row.layer,
                "power": row.measure.power.value,
                "applies": list(row.measure.applies),
                "tags": list(row.measure.tags),
                "caution": row.measure.caution or None,
            }
            for row in listed
        ],
    }
