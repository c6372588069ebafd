"""A measure's text as a drafter reads it in the wizard: values in place, what is unknown in words."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from drafter.model.catalog import Measure

if TYPE_CHECKING:
    from drafter.wizard.state import State

_TAG = re.compile(r"\{%.*?%\}")
_VALUE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_CALL = re.compile(r"(organ|title|cite|programme)\(\s*[\"']([^\"']+)[\"']\s*\)")
_PERIOD = re.compile(r"period\.(start|end|text|name)(?:\s*([+-])\s*(\d+))?")


def preview(state: "State", measure: Measure, values: Mapping[str, str] | None = None) -> str:
    """The measure's brief text, or its whole text, with the county's words in it; no template is run.

    `values`: of its parameters; the others have their defaults.
    """
    text = measure.brief or measure.text
    defaults = {
        each.name: each.default[0] if each.default else f"〔{each.label}〕" for each in measure.parameters
    } | dict(values or {})
    return _VALUE.sub(lambda found: _shown(state, found[1], defaults), _TAG.sub("", text))


def _shown(state: "State", name: str, defaults: dict[str, str]) -> str:
    if name in defaults:
        return defaults[name]
    words, period = state.words(), state.period()
    if name.startswith("place.") and words is not None:
        return str(getattr(words, name.removeprefix("place."), "……"))
    found = _PERIOD.fullmatch(name)
    if found and period is not None:
        value = getattr(period, found[1])
        return str(value + int(f"{found[2]}{found[3]}")) if found[2] else str(value)
    call = _CALL.fullmatch(name)
    if call:
        return _called(state, call[1], call[2])
    asked = next((each.label for each in state.parameters() if each.name == name), "")
    given = state.get(f"values.{name}")
    return str(given) if given else f"〔{asked}〕" if asked else "……"


def _called(state: "State", what: str, name: str) -> str:
    catalog = state.catalog
    if what == "organ" and name in catalog.organs:
        return catalog.organs[name].title
    if what == "programme" and name in catalog.programmes:
        return catalog.programmes[name].name
    if name in catalog.policies:
        return f"《{catalog.policies[name].title.strip('《》')}》"
    return "……"


def places_of(state: "State", measure: Measure, most: int = 3) -> str:
    """Where a measure was taken from: the places of the plans, with their items."""
    plans = state.catalog.sources
    shown = [f"{plans[each.plan].place} {each.item}" for each in measure.sources if each.plan in plans]
    return "、".join(shown[:most])
