"""One entry with all that a drafter may want to know of it."""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from drafter.catalog.columns import table, width, wrapped
from drafter.catalog.readable import readable
from drafter.errors import DrafterError, InputError, error
from drafter.model.catalog import Catalog, Group, Measure, Narrative, Parameter, Source, Term
from drafter.nearest import nearest

_COLUMNS = 80
_INDENT = "    "
_LABEL = 28
PLANS = "DRAFTER_PLANS"
"""Names a folder of the source plans as files, `<plan id>.txt` or another ending, or the folder around `plans/`."""
Shown = Measure | Narrative | Group | Term


def entry(catalog: Catalog, name: str) -> Shown:
    """The measure, passage, group or term of this id (a term's is its name). InputError names the nearest ids."""
    groups = {group.id: group for group in catalog.family.groups}
    held: tuple[Mapping[str, Shown], ...] = (catalog.measures, catalog.narrative, groups, catalog.terms)
    for entries in held:
        if name in entries:
            return entries[name]
    hint = nearest(name, [each for entries in held for each in entries])
    hint = (
        hint
        if hint.startswith("是不是")
        else "用 drafter catalog list 看全部编号，或用 drafter catalog search 按词查找"
    )
    raise InputError(error("show.unknown", f"目录里没有“{name}”", hint))


# ------------------------------------------------------------------ text


def as_text(catalog: Catalog, shown: Shown, plans: Path | None = None) -> str:
    """The entry as plain text of at most 80 columns. `plans`: the folder of the source plans, for the titles of items."""
    parts = {Measure: _measure, Narrative: _narrative, Group: _group, Term: _term}
    lines = parts[type(shown)](catalog, shown, plans)  # type: ignore[operator]
    return "\n".join(lines).rstrip()


def _measure(catalog: Catalog, measure: Measure, plans: Path | None) -> Iterator[str]:
    where = catalog.where["measures", measure.id]
    groups = {group.id: group for group in catalog.family.groups}
    group = groups[catalog.group_of[measure.id]]

    def shown(text: str) -> str:
        return readable(text, catalog, measure.parameters)

    yield shown(measure.title)
    yield f"{measure.id}　{group.title}　{where.layer}　{where.at}"
    if measure.caution:
        yield from _field("慎用", measure.caution)
    yield from _field("正文", shown(measure.text))
    yield from _field("简本", shown(measure.brief))
    yield from _parameters(measure.parameters)
    units = catalog.organs
    yield from _field("牵头", "、".join(units[role].title for role in measure.lead))
    yield from _field("配合", "、".join(units[role].title for role in measure.support))
    yield from _field("事权", measure.power.shown)
    features = {feature.id: feature.label for feature in catalog.family.features}
    yield from _field("适用", "、".join(features[each] for each in measure.applies))
    yield from _field("主要动作", "；".join(measure.must))
    yield from _field("成果", shown(measure.deliverable))
    yield from _field("时限", shown(measure.due))
    yield from _field("数量", measure.figures)
    yield from _field("标签", "、".join(measure.tags))
    yield from _field("取代", "、".join(measure.replaces))
    yield from _several("依据", [_policy(catalog, name) for name in measure.policies])
    yield from _several("来源", [_source(catalog, each, plans) for each in measure.sources])


def _narrative(catalog: Catalog, passage: Narrative, plans: Path | None) -> Iterator[str]:
    where = catalog.where["narrative", passage.id]
    yield passage.title or passage.id
    yield f"{passage.id}　用在 {passage.slot}　{where.layer}　{where.at}"
    for length, paragraphs in passage.variants.items():
        for paragraph in paragraphs:
            yield from _field(f"{length.shown}本", readable(paragraph, catalog, passage.parameters))
    yield from _parameters(passage.parameters)
    yield from _several("来源", [_source(catalog, each, plans) for each in passage.sources])


def _group(catalog: Catalog, group: Group, plans: Path | None) -> Iterator[str]:
    where = catalog.where["groups", group.id]
    yield group.title
    yield f"{group.id}　{group.kind.shown}　{where.layer}　{where.at}"
    yield from _field("引语", readable(group.intro, catalog))
    yield from _field("目的", readable(group.aim, catalog))
    members = [
        f"{each.id}　{readable(each.title, catalog)}"
        for each in catalog.measures.values()
        if catalog.group_of[each.id] == group.id
    ]
    yield from _several("举措", members)
    yield from _several("来源", [_source(catalog, each, plans) for each in group.sources])


def _term(catalog: Catalog, term: Term, _plans: Path | None) -> Iterator[str]:
    where = catalog.where["terms", term.id]
    yield term.name
    yield f"名词解释　{where.layer}　{where.at}"
    yield from _field("解释", readable(term.text, catalog))


def _field(label: str, text: str) -> Iterator[str]:
    """A labelled text, on its label's line if it is short; nothing where there is none."""
    if not text:
        return
    if width(label) + width(text) + 4 <= _COLUMNS:
        yield f"【{label}】{text}"
    else:
        yield f"【{label}】"
        yield wrapped(text, _COLUMNS, _INDENT)


def _several(label: str, texts: Iterable[str]) -> Iterator[str]:
    found = list(texts)
    if found:
        yield f"【{label}】"
        yield from (wrapped(text, _COLUMNS, _INDENT) for text in found)


def _parameters(parameters: Iterable[Parameter]) -> Iterator[str]:
    found = list(parameters)
    if not found:
        return
    yield "【参数】"
    rows = [("名称", "含义", "类型", "默认", "范围")]
    rows += [
        (
            each.name,
            each.label + ("（必填）" if each.required else "（可不填）" if each.optional else ""),
            each.kind.shown,
            "、".join(each.default or ()) + (each.unit if each.default else "") or "待填",
            _range(each),
        )
        for each in found
    ]
    yield from table(rows, (18, _LABEL, 4, 8, 10), _INDENT)
    for each in found:
        if each.choices:
            yield wrapped(f"{each.name} 可选：{'、'.join(each.choices)}", _COLUMNS, _INDENT)
        notes = [each.label if width(each.label) > _LABEL else "", each.help]
        if any(notes):
            yield wrapped(f"{each.name}：{'；'.join(filter(None, notes))}", _COLUMNS, _INDENT)


def _range(parameter: Parameter) -> str:
    low, high = (None if each is None else f"{each:g}" for each in (parameter.low, parameter.high))
    if low is None and high is None:
        return "不限"
    return f"{low or '不限'}—{high or '不限'}{parameter.unit}"


def _policy(catalog: Catalog, name: str) -> str:
    policy = catalog.policies[name]
    number = f"（{policy.number}）" if policy.number else ""
    to = f"，{policy.valid_to} 到期" if policy.valid_to else ""
    return f"《{policy.title}》{number}　{policy.issuer or ''}{to}{'（引用前核对原件）' if policy.verify else ''}"


# ------------------------------------------------------------------ places in the source plans


def plans_folder() -> Path | None:
    """The folder that DRAFTER_PLANS names; None where it names none."""
    named = os.environ.get(PLANS)
    if not named:
        return None
    inner = Path(named) / "plans"
    return inner if inner.is_dir() else Path(named)


def _source(catalog: Catalog, source: Source, plans: Path | None) -> str:
    plan = catalog.sources.get(source.plan)
    title = _item_titles(plans, source.plan).get(source.item, "") if plans else ""
    return f"{plan.title if plan else source.plan}　{source.item}" + (f"　{title}" if title else "")


@cache
def _item_titles(folder: Path, plan: str) -> Mapping[str, str]:
    """Item id → its title in the plan's own paper; empty where the paper is not there or cannot be read."""
    path = next((each for each in sorted(folder.glob(f"{plan}.*")) if each.is_file()), None)
    if path is None:
        return {}
    # Imported here: the readers load large libraries, and most entries are shown without the papers.
    from drafter.outline import outline  # noqa: PLC0415
    from drafter.read import read  # noqa: PLC0415

    try:
        nodes = outline(read(path)).nodes
    except DrafterError:
        return {}
    return {node.id: node.title for node in nodes if node.title}


# ------------------------------------------------------------------ JSON


def as_json(catalog: Catalog, shown: Shown) -> dict[str, Any]:
    """The JSON of `drafter catalog show`: the entry's own fields, its kind, group, layer and place."""
    kinds = {Measure: "measures", Narrative: "narrative", Group: "groups", Term: "terms"}
    where = catalog.where[kinds[type(shown)], shown.id]
    return {
        "format": "drafter.catalog-show/1",
        "kind": kinds[type(shown)],
        "family": catalog.family.id,
        "layer": where.layer,
        "file": where.at.path,
        "line": where.at.line,
        "group": catalog.group_of.get(shown.id) if isinstance(shown, Measure) else None,
        "entry": shown.model_dump(mode="json"),
    }
