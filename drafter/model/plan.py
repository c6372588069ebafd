"""The Plan: what a county will do, resolved from catalog and profile."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from drafter.errors import Finding, Location
from drafter.model.catalog import Policy, Programme, Source
from drafter.model.profile import Answer, Profile
from drafter.model.words import GroupKind


class Code(Struct, frozen=True, eq=False):
    """Catalog text, which is code: a template, where it stands, and the values it may use.

    `literal` text is the county's own and is printed as typed.
    """

    text: str
    at: Location
    values: Mapping[str, Any] = field(default_factory=dict)
    literal: bool = False


class PlanEntry(Struct, frozen=True):
    """A measure as this county takes it up: texts still to be rendered, units by their local names."""

    id: str
    title: Code
    text: Code
    due: Code
    deliverable: Code
    lead: tuple[str, ...]
    support: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    answers: tuple[Answer, ...] = ()
    policies: tuple[str, ...] = ()


class PlanSection(Struct, frozen=True):
    """A group with what the county does in it."""

    id: str
    kind: GroupKind
    title: Code
    intro: Code
    aim: Code
    entries: tuple[PlanEntry, ...]
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()


class PlanPart(Struct, frozen=True):
    """A part under its parent's title, with the sections that hang in it."""

    title: Code
    kind: GroupKind
    sections: tuple[PlanSection, ...]


class Passage(Struct, frozen=True):
    """A narrative entry in the chosen length."""

    id: str
    slot: str
    title: Code
    paragraphs: tuple[Code, ...]


class PlaceWords(Struct, frozen=True):
    """How a paper speaks of its place: 青屏县, 青屏, 县, 乡镇（街道）, 村（社区）; `city` is the prefecture.

    `city_short`: 湘西州 where `city` is an autonomous prefecture. `party`, `league`, `government`: 县委, 团县委,
    县人民政府. `full_government`, `office`: with the name of the place. `direct`: the units at this level.
    `stationed`: units of higher levels that sit here: 驻县单位, 驻区市管单位.
    """

    name: str
    short: str
    word: str
    city: str
    towns: str
    villages: str
    town_governments: str
    city_short: str = ""
    province: str = ""
    party: str = ""
    league: str = ""
    government: str = ""
    full_government: str = ""
    office: str = ""
    direct: str = ""
    stationed: str = ""


class Issuer(Struct, frozen=True):
    """The issuing body, every name in place."""

    name: str
    head: str
    wording: str
    approval: str
    printer: str
    addressees: str
    copy_to: tuple[tuple[str, ...], ...]


class Plan(Struct, frozen=True):
    """What a county will do, in data: sections with their entries. Never printed, never compared.

    `parts`: the parts that a parent's outline gives, whose sections stand in `sections` too; empty where the pack
    orders them. `advice`: what the drafter should know of how it came about.
    """

    profile: Profile
    place: PlaceWords
    issuer: Issuer
    sections: tuple[PlanSection, ...]
    passages: tuple[Passage, ...]
    slots: frozenset[str]
    terms: tuple[tuple[str, Code], ...]
    values: Mapping[str, Any]
    organs: Mapping[str, str]
    unverified: Mapping[str, tuple[str, ...]]
    policies: Mapping[str, Policy]
    programmes: Mapping[str, Programme]
    parts: tuple[PlanPart, ...] = ()
    advice: tuple[Finding, ...] = ()
