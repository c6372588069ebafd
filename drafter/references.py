"""What the entries of a catalog say of one another: every id that they name must exist, every name mean one thing."""

from collections.abc import Iterable, Iterator, Mapping

from drafter.errors import Finding, Location, error
from drafter.model.catalog import Catalog, Measure, Parameter
from drafter.nearest import nearest


def references(catalog: Catalog) -> list[Finding]:
    """Every id named in `catalog` that is not there, and every parameter whose name is already taken."""
    return [*_family(catalog), *_measures(catalog), *_narrative(catalog), *_organs(catalog)]


def _missing(names: Iterable[str], known: Iterable[str], what: str, at: Location) -> Iterator[Finding]:
    known = list(known)
    for name in names:
        if name not in known:
            yield error("catalog.reference", f"没有{what}“{name}”", nearest(name, known), at, name)


def _family(catalog: Catalog) -> Iterator[Finding]:
    features = [feature.id for feature in catalog.family.features]
    for group in catalog.family.groups:
        at = catalog.where["groups", group.id].at
        named = dict.fromkeys(name for variant in group.variants for name in variant.applies)
        yield from _missing(named, features, "特征", at)
    always = catalog.family.always_ask
    at = catalog.where["family", catalog.family.id].at
    yield from _missing(always, (parameter.name for parameter in catalog.family.parameters), "参数", at)
    for parameter in catalog.family.parameters:
        if parameter.name in always and parameter.default is not None:
            message = f"“{parameter.name}”必须由起草人填写，不能有默认值"
            yield error("catalog.default", message, "删去 default（见 always_ask）", at, parameter.name)


def _measures(catalog: Catalog) -> Iterator[Finding]:
    features = [feature.id for feature in catalog.family.features]
    asked = {parameter.name: "全篇参数" for parameter in catalog.family.parameters}
    for measure in catalog.measures.values():
        at = catalog.where["measures", measure.id].at
        yield from _missing((*measure.lead, *measure.support), catalog.organs, "职能", at)
        yield from _missing(measure.policies, catalog.policies, "文件", at)
        yield from _missing(measure.applies, features, "特征", at)
        yield from _missing(_plans(measure), catalog.sources, "来源方案", at)
        yield from _taken(measure.parameters, asked, at)


def _plans(measure: Measure) -> list[str]:
    return list(dict.fromkeys(source.plan for source in measure.sources))


def _narrative(catalog: Catalog) -> Iterator[Finding]:
    features = [feature.id for feature in catalog.family.features]
    asked = {parameter.name: "全篇参数" for parameter in catalog.family.parameters}
    for entry in catalog.narrative.values():
        at = catalog.where["narrative", entry.id].at
        yield from _missing(entry.applies, features, "特征", at)
        yield from _taken(entry.parameters, asked, at)
        asked |= {parameter.name: f"“{entry.id}”的参数" for parameter in entry.parameters}


def _taken(parameters: Iterable[Parameter], asked: Mapping[str, str], at: Location) -> Iterator[Finding]:
    seen = dict(asked)
    for parameter in parameters:
        if parameter.name in seen:
            message = f"参数“{parameter.name}”与{seen[parameter.name]}同名"
            yield error("catalog.parameter", message, "换一个名称", at, parameter.name)
        seen[parameter.name] = "本条的另一个参数"


def _organs(catalog: Catalog) -> Iterator[Finding]:
    for former in catalog.former:
        yield from _missing((former.successor,), catalog.organs, "职能", Location("organs.yaml"))
