"""Checks on words that do not belong in a catalog for every county: names of places, old units, typed programmes."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from drafter import divisions
from drafter.catalog.checks.texts import finding, plain, texts
from drafter.errors import Finding, Severity
from drafter.model.catalog import Catalog, OrganNames

# Ends of the names of divisions, and what makes another word of one: 南昌市场, 友好区域.
_END = re.compile(r"[省市区县旗州盟](?![场域])")
_LONGEST = 15
_SUFFIX = re.compile(r"(?:自治区|自治州|自治县|自治旗|特别行政区|地区|林区|特区|[省市区县旗州盟])$")
# Short names of provinces and prefectures that are words as well.
_WORDS = frozenset([
    "三明", "中山", "保山", "兴安", "南通", "和田", "大同", "大庆", "大理", "安康", "安顺", "山南", "开封", "承德", "文山", "新乡",
    "日照", "朝阳", "来宾", "白山", "百色", "通化", "长治", "阿里",
])  # fmt: skip
_PLACEHOLDER = re.compile(r"\{\w+\}")


# ------------------------------------------------------------------ places


def leftover_places(catalog: Catalog) -> Iterator[Finding]:
    """Names of real places that stand in a text: it is printed in every county.

    Full names of at least three characters; short names of provinces, of prefectures, and of the places that the
    source plans come from, with all that lies above them.
    """
    shorts = _shorts() | _of_sources(catalog)
    pattern = re.compile("|".join(sorted(shorts, key=len, reverse=True))) if shorts else None
    for text in texts(catalog):
        body = plain(text.text)
        # The titles of papers are theirs.
        body = re.sub(r"《[^》]*》", "", body)
        named = dict.fromkeys(_full_names(body))
        if pattern:
            named |= {
                found[0]: None
                for found in pattern.finditer(body)
                if not any(found[0] in each for each in named)
            }
        for name in named:
            message = f"“{text.entry}”的文字里有地名“{name}”"
            hint = "换成 {{ place.name }} 等，或做成参数；不是地名就不用管"
            yield finding("place", Severity.WARNING, message, hint, text.at, name)


@cache
def _names() -> frozenset[str]:
    return frozenset(name for name in divisions.by_name() if len(name) >= 3)


def _full_names(text: str) -> Iterator[str]:
    """The longest name that ends at each end of a division's name."""
    for end in _END.finditer(text):
        for start in range(max(0, end.end() - _LONGEST), end.end() - 2):
            if text[start : end.end()] in _names():
                yield text[start : end.end()]
                break


@cache
def _shorts() -> frozenset[str]:
    names = {_short(place.name) for place in divisions.places() if place.level != "county"}
    return frozenset(name for name in names - _WORDS if len(name) >= 2)


def _short(name: str) -> str:
    return divisions.without_peoples(_SUFFIX.sub("", name))


def _of_sources(catalog: Catalog) -> frozenset[str]:
    """Short names of the places of the source plans and of what lies above them."""
    found = [
        place
        for plan in catalog.sources.values()
        for name, places in divisions.by_name().items()
        if plan.place.endswith(name) and len(name) >= 3
        for place in places
    ]
    names = {_short(each.name) for place in found for each in (place, *divisions.above(place))}
    return frozenset(name for name in names if len(name) >= 2)


# ------------------------------------------------------------------ units and programmes


def old_units(catalog: Catalog, today: date) -> Iterator[Finding]:
    """Names of units that are no longer in use at `today`."""
    gone = {
        _PLACEHOLDER.sub("", each.name): each
        for each in catalog.former
        if each.until is None or each.until < today
    }
    current = _current(catalog)
    for text in texts(catalog):
        body = plain(text.text)
        # 文化和旅游局 holds 旅游局: names that are in use are taken out first.
        for name in current:
            body = body.replace(name, "")
        for name, former in gone.items():
            if name in body:
                message = f"“{text.entry}”的文字里有已不再使用的单位名称“{name}”"
                hint = f"写成 {{{{ organ('{former.successor}') }}}}，由档案给出本地的单位名称"
                yield finding("former", Severity.WARNING, message, hint, text.at, name)


def _current(catalog: Catalog) -> list[str]:
    """Names of units in use without what stands for the place, longest first."""
    names: Mapping[str, None] = {
        _PLACEHOLDER.sub("", getattr(each, style)): None
        for organ in catalog.organs.values()
        for each in (organ.names, *(variant.names for variant in organ.variants))
        for style in OrganNames.model_fields
    }
    return sorted((name for name in names if len(name) >= 3), key=len, reverse=True)


def old_terms(catalog: Catalog, today: date) -> Iterator[Finding]:
    """Words that official papers have given up by `today` (PRACTICE 32)."""
    gone = [each for each in catalog.changes.values() if each.since is None or each.since <= today]
    for text in texts(catalog):
        body = re.sub(r"《[^》]*》", "", plain(text.text))
        for each in gone:
            if each.old in body:
                message = f"“{text.entry}”的文字里有已更换的说法“{each.old}”"
                hint = f"现写作“{each.new}”" + (f"（{each.note}）" if each.note else "")
                yield finding("old-term", Severity.WARNING, message, hint, text.at, each.old)


def typed_programmes(catalog: Catalog) -> Iterator[Finding]:
    """Names of programmes that stand in a text as typed: their terms could not be watched (PRACTICE 25)."""
    for text in texts(catalog):
        for programme in catalog.programmes.values():
            if programme.name in text.text:
                message = f"“{text.entry}”的文字里直接写了计划项目“{programme.name}”"
                hint = f"写成 {{{{ programme('{programme.id}') }}}}，到期时才查得出"
                yield finding("programme", Severity.WARNING, message, hint, text.at, programme.name)
