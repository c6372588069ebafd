"""Checks that look at entries together: doubles, sources, coverage, what replaces what."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from drafter.catalog.checks.texts import finding, plain
from drafter.errors import Finding, Severity
from drafter.model.catalog import Catalog, Source, Where
from drafter.nearest import nearest

_TITLES, _TEXTS = 80, 70
"""Likeness from which two titles, two texts are taken for one."""
_KINDS = {
    "measures": "举措",
    "narrative": "文字",
    "terms": "名词",
    "organs": "职能",
    "policies": "文件",
    "changes": "说法",
    "programmes": "计划项目",
    "issuers": "发文机关",
    "divisions": "区划",
    "plans": "来源方案",
}


def twice(catalog: Catalog) -> Iterator[Finding]:
    """Ids that the family's own file uses twice; loading refuses those of all other files."""
    family = catalog.family
    for what, ids in (
        ("groups", [group.id for group in family.groups]),
        ("features", [feature.id for feature in family.features]),
        ("parameters", [parameter.name for parameter in family.parameters]),
    ):
        for name, count in Counter(ids).items():
            if count > 1:
                at = catalog.where["family", family.id].of(what)
                message = f"family.yaml 的 {what} 里“{name}”用了 {count} 次"
                yield finding("duplicate", Severity.ERROR, message, "编号不能重复，改掉其中一处", at, name)


def alike(catalog: Catalog) -> Iterator[Finding]:
    """Pairs of measures whose titles or texts are nearly the same."""
    rows = [(each, plain(each.title), plain(each.text)) for each in catalog.measures.values()]
    for (one, title, text), (two, other_title, other_text) in combinations(rows, 2):
        titles = fuzz.ratio(title, other_title, score_cutoff=_TITLES)
        bodies = fuzz.ratio(text, other_text, score_cutoff=_TEXTS)
        if titles or bodies:
            first, second = catalog.where["measures", one.id].at, catalog.where["measures", two.id]
            what = f"正文有 {bodies:.0f}% 相同" if bodies else f"标题有 {titles:.0f}% 相同"
            message = f"“{two.id}”与“{one.id}”{what}"
            hint = f"另一条在 {first}；合并成一条，或写出区别"
            at = second.of("text" if bodies else "title")
            yield finding("alike", Severity.WARNING, message, hint, at, two.id)


# ------------------------------------------------------------------ sources


def dead_sources(catalog: Catalog) -> Iterator[Finding]:
    """Sources that name an item which the plan does not have; plans without a list of items are not judged."""
    for name, sources, where in _sourced(catalog):
        for source in sources:
            plan = catalog.sources.get(source.plan)
            if plan is None:
                message = f"“{name}”的来源写了没有的方案“{source.plan}”"
                hint = nearest(source.plan, catalog.sources)
            elif plan.items and source.item not in plan.all_items():
                message = f"“{name}”的来源 {source.plan} {source.item} 不存在"
                hint = nearest(source.item, plan.all_items())
                hint = hint if hint.startswith("是不是") else "核对 drafter read 给出的编号"
            else:
                continue
            yield finding("source", Severity.ERROR, message, hint, where.of("sources"), source.item)


def _sourced(catalog: Catalog) -> Iterator[tuple[str, tuple[Source, ...], Where]]:
    for measure in catalog.measures.values():
        yield measure.id, measure.sources, catalog.where["measures", measure.id]
    for entry in catalog.narrative.values():
        yield entry.id, entry.sources, catalog.where["narrative", entry.id]
    for group in catalog.family.groups:
        yield group.id, group.sources, catalog.where["groups", group.id]


def coverage(catalog: Catalog) -> Iterator[Finding]:
    """Measures of the source plans that no entry was taken from, one finding a plan."""
    named = {(each.plan, each.item) for entry in catalog.measures.values() for each in entry.sources}
    for plan in catalog.sources.values():
        open_items = [item for item in plan.measures if (plan.id, item) not in named]
        if open_items:
            message = f"{plan.title}有 {len(open_items)} 条举措没有条目收入：{'、'.join(open_items)}"
            hint = "补写条目，或在相近条目的 sources 里记上"
            at = catalog.where["plans", plan.id].of("items")
            yield finding("coverage", Severity.WARNING, message, hint, at, open_items[0])


# ------------------------------------------------------------------ what replaces what


def cycles(catalog: Catalog) -> Iterator[Finding]:
    """Measures that replace one another in a circle, each circle once."""
    told: set[str] = set()
    for start in catalog.measures:
        trail = _circle(catalog, start)
        if trail and not told & set(trail):
            told |= set(trail)
            message = f"replaces 成了一个圈：{' → '.join([*trail, trail[0]])}"
            at = catalog.where["measures", start].of("replaces")
            yield finding(
                "cycle", Severity.ERROR, message, "新条目取代旧条目，旧条目不再写 replaces", at, start
            )


def _circle(catalog: Catalog, start: str) -> list[str]:
    """The way from `start` back to itself; [] where there is none."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop()
        entry = catalog.measures.get(way[-1])
        for following in entry.replaces if entry else ():
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def shadows(catalog: Catalog) -> Iterator[Finding]:
    """Entries of a later layer that take the place of an earlier one."""
    for (kind, name), where in catalog.where.items():
        if where.before and kind in _KINDS:
            message = f"{_KINDS[kind]}“{name}”（{where.layer}）取代了{where.before.layer}的一条"
            hint = f"原来的在 {where.before.at}；有意修改就不用管，否则换一个编号"
            yield finding("shadow", Severity.ADVICE, message, hint, where.at, name)
