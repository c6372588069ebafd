"""Profiles that a pack is tried with: every status, level, form and layout; with and without each optional part."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from drafter.load import Inputs
from drafter.load.files import validate
from drafter.model.catalog import Catalog, Parameter
from drafter.model.pack import Pack
from drafter.model.profile import Profile
from drafter.model.words import Length, ParameterKind, ParentState, Tier
from drafter.yaml_tree import Tree

_PLACES: tuple[dict[str, Any], ...] = (
    {"name": "甲乙县", "level": "county", "word": "县", "short": "甲乙", "divisions": ["乡镇", "街道"]},
    {"name": "丙丁区", "level": "county", "word": "区", "short": "丙丁", "divisions": ["街道"]},
    {"name": "甲州市", "level": "prefecture", "word": "市", "short": "甲州", "divisions": ["乡镇", "街道"]},
    {"name": "甲乙开发区", "level": "zone", "word": "区", "short": "甲乙", "divisions": ["街道"]},
)
_ABOVE = (
    {"name": "甲省", "level": "province", "word": "省"},
    {"name": "甲州市", "level": "prefecture", "word": "市"},
)


class Trial(Struct, frozen=True):
    """A profile, and in words what is particular about it. `by_parent`: the outline of a parent orders its sections."""

    name: str
    profile: Profile
    by_parent: bool = False


def trials(pack: Pack, catalog: Catalog) -> Iterator[Trial]:
    """All profiles; the first is the fullest."""
    full = _full(pack, catalog)
    for form in pack.forms:
        for status in pack.statuses:
            yield _trial(f"{form}、{status.shown}", full, {"status": status.value, "layout": {"form": form}})
        brief = {"form": form, "length": Length.BRIEF.value, "landscape_table": True}
        yield _trial(f"{form}、简本、表格横排", full, {"layout": brief})
    for place in _PLACES[1:]:
        tier = Tier(place["level"])
        above = [each for each in _ABOVE if tier is not Tier.PREFECTURE or each["level"] == "province"]
        yield _trial(f"{tier.shown}{place['word']}", full, {"place": {**place, "parents": above}})
    yield _trial("没有县情特征", full, {"features": [], "picks": _picks(catalog, frozenset())})
    for group in catalog.family.groups:
        rest = [pick for pick in full["picks"] if catalog.group_of[pick["measure"]] != group.id]
        yield _trial(f"不选“{group.title}”的举措", full, {"picks": rest})
    yield _trial("一条举措也不选", full, {"picks": []})
    yield _trial("能不填的都不填", full, {"values": _values(pack, catalog, required=True), "dates": {}})
    yield _trial("没有上级方案", full, {"parents": []})
    for state in ParentState:
        parents = [{**each, "state": state.value} for each in full["parents"]]
        yield _trial(f"上级方案{state.shown}", full, {"parents": parents})
    parents = [{**each, "file": "parent.txt"} for each in full["parents"][-1:]]
    yield Trial(
        "章节取自上级方案",
        _profile({**full, "parents": parents, "layout": {"outline": "parent"}}),
        by_parent=True,
    )


def inputs_of(trial: Trial, pack: Pack, tree: Tree, catalog: Catalog, folders: tuple[Any, ...]) -> Inputs:
    """What a build of a trial reads."""
    return Inputs(trial.profile, Tree({}), catalog, pack, tree, folders)


def _trial(name: str, full: dict[str, Any], changes: dict[str, Any]) -> Trial:
    return Trial(name, _profile({**full, **changes}))


def _profile(data: dict[str, Any]) -> Profile:
    made, findings = validate(Profile, Tree(data))
    assert made is not None, findings
    return made


def _full(pack: Pack, catalog: Catalog) -> dict[str, Any]:
    features = frozenset(each.id for each in catalog.family.features)
    issuer = next((each.id for each in catalog.issuers.values() if each.name and not each.refused), None)
    parents = [
        {
            "id": each["level"],
            "level": each["level"],
            "title": f"{each['name']}方案（2026—2030年）",
            "number": "甲发〔2026〕1号",
            "period": "2026—2030",
        }
        for each in _ABOVE
    ]
    return {
        "format": "profile/1",
        "family": catalog.family.id,
        "pack": pack.id,
        "place": {**_PLACES[0], "parents": list(_ABOVE)},
        "period": "2026—2030",
        "status": next(iter(pack.statuses), "draft"),
        "features": sorted(features),
        "letterhead": {"issuer": issuer, "number": "甲发〔2026〕2号", "disclosure": "public"},
        "dates": {"issued": "2026-12-01", "printed": "2026-12-02"},
        "values": _values(pack, catalog, required=False),
        "parents": parents,
        "picks": _picks(catalog, features),
    }


def _values(pack: Pack, catalog: Catalog, required: bool) -> dict[str, Any]:
    asked = [*catalog.family.parameters, *pack.asked]
    asked += [each for entry in catalog.narrative.values() for each in entry.parameters]
    return {each.name: _answer(each, catalog) for each in asked if each.required or not required}


def _picks(catalog: Catalog, features: frozenset[str]) -> list[dict[str, Any]]:
    return [
        {
            "measure": measure.id,
            "values": {each.name: _answer(each, catalog) for each in measure.parameters if each.required},
        }
        for measure in catalog.measures.values()
        if set(measure.applies) <= features
    ]


def _answer(parameter: Parameter, catalog: Catalog) -> Any:
    """An answer that fits a parameter's kind and range."""
    low = parameter.low if parameter.low is not None else parameter.high if parameter.high is not None else 1
    answers: dict[ParameterKind, Any] = {
        ParameterKind.NUMBER: f"{low:g}",
        ParameterKind.YEAR: f"{parameter.low or 2026:g}",
        ParameterKind.CHOICE: parameter.choices[0] if parameter.choices else "",
        ParameterKind.LIST: ["甲", "乙"],
        ParameterKind.ORGAN: next(iter(catalog.organs), ""),
        ParameterKind.POLICY: next(iter(catalog.policies), ""),
    }
    return answers.get(parameter.kind, parameter.label)
