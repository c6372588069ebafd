"""Roles → the names of the units that serve them here."""

from collections.abc import Iterable, Mapping
from datetime import date

from drafter.errors import Finding, Location, error
from drafter.model.catalog import FormerOrgan, Organ, OrganNames, OrganVariant
from drafter.model.plan import PlaceWords
from drafter.model.profile import Profile
from drafter.model.words import NameStyle, Tier
from drafter.nearest import nearest
from drafter.places import fill, placeholder
from drafter.yaml_tree import Tree

NONE = "无"
"""In the county's list: nobody here serves these roles."""


def unit_names(
    organs: Mapping[str, Organ], profile: Profile, words: PlaceWords, tree: Tree
) -> tuple[dict[str, str], list[Finding]]:
    """Role → name for every known role: the county's own list first, else the usual name in the paper's style."""
    style, level = profile.layout.names, profile.place.level
    names = {role: _usual(organ, style, words, level) for role, organ in organs.items()}
    findings: list[Finding] = []
    served: dict[str, str] = {}
    for index, local in enumerate(profile.organs):
        at = tree.at("organs", index)
        for role in local.serves:
            if role not in organs:
                findings.append(error("organ.unknown", f"没有“{role}”这一职能", nearest(role, organs), at))
            elif role in served:
                hint = "一项职能只能归一个单位；删去其中一处"
                message = f"“{role}”同时归“{served[role]}”和“{local.name}”"
                findings.append(error("organ.ambiguous", message, hint, at))
            else:
                served[role] = local.name
    for role in profile.none:
        at = tree.at("none")
        if role not in organs:
            findings.append(error("organ.unknown", f"没有“{role}”这一职能", nearest(role, organs), at))
        elif role in served:
            message = f"“{role}”列为没有单位承担，又归“{served[role]}”"
            findings.append(error("organ.ambiguous", message, "删去其中一处", at))
    given = {role: name for role, name in served.items() if name != NONE}
    return names | given, findings


def unserved(profile: Profile) -> frozenset[str]:
    """The roles for which this place has no unit."""
    listed = (role for local in profile.organs if local.name == NONE for role in local.serves)
    return frozenset((*profile.none, *listed))


def obsolete(
    former: Iterable[FormerOrgan],
    profile: Profile,
    words: PlaceWords,
    names: Mapping[str, str],
    tree: Tree,
    today: date,
) -> list[Finding]:
    """Units of the county's list that no longer exist at the draft's date, or never bore that name."""
    day = profile.dates.issued or today
    gone: dict[str, FormerOrgan] = {}
    for each in former:
        if each.until is None or each.until < day:
            tail = each.name.removeprefix("{word}")
            gone |= {start + tail: each for start in ("", words.word, words.name, words.short)}
    findings = []
    for index, local in enumerate(profile.organs):
        if local.name in gone:
            old = gone[local.name]
            when = f"至迟 {old.until.year} 年起已不再使用" if old.until else "是误写"
            # The list itself may hold the old name for the role; then the successor is the usual one.
            successor = names.get(old.successor, "")
            hint = f"改为承接其职能的单位（{old.successor}）" + (
                f"，如“{successor}”" if successor not in ("", local.name) else ""
            )
            at = tree.at("organs", index)
            findings.append(error("organ.obsolete", f"“{local.name}”{when}", hint, at, local.name))
    return findings


# ------------------------------------------------------------------ usual names


def _usual(organ: Organ, style: NameStyle, words: PlaceWords, level: Tier) -> str:
    """The usual name; open where a part of it is the county's own, as the name of its industrial park."""
    return _filled(_chosen(organ, words, level), style, words, level) or placeholder(f"{organ.title}名称")


def _chosen(organ: Organ, words: PlaceWords, level: Tier) -> OrganNames:
    fitting = (each.names for each in organ.variants if _fits(each, words, level))
    return next(fitting, organ.names)


def _fits(variant: OrganVariant, words: PlaceWords, level: Tier) -> bool:
    return (
        (not variant.provinces or words.province in variant.provinces)
        and (not variant.levels or level in variant.levels)
        and (not variant.places or words.name in variant.places or words.city in variant.places)
        and variant.city in (None, bool(words.city))
    )


def _filled(names: OrganNames, style: NameStyle, words: PlaceWords, level: Tier) -> str:
    """A name, or nothing where a part of it is unknown.

    Offices of zones and townships follow no pattern: nothing is proposed that takes their level word or name.
    """
    pattern = getattr(names, style.value)
    if level in (Tier.ZONE, Tier.TOWNSHIP) and "{towns}" not in pattern:
        return ""
    name = fill(pattern, words)
    return "" if "{" in name or ("{city" in pattern and not words.city) else name


def unverified(
    organs: Mapping[str, Organ], profile: Profile, words: PlaceWords, names: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Names that were proposed and must be verified → what else the unit may be called elsewhere."""
    own = {role for local in profile.organs for role in local.serves}
    style, level = profile.layout.names, profile.place.level
    found: dict[str, tuple[str, ...]] = {}
    for role, organ in organs.items():
        chosen = next((each for each in organ.variants if _fits(each, words, level)), None)
        if role in own or names[role].startswith("〔") or not (chosen.verify if chosen else organ.verify):
            continue
        patterns = (organ.names, *(each.names for each in organ.variants))
        others = dict.fromkeys(_filled(each, style, words, level) for each in patterns)
        found[names[role]] = tuple(each for each in others if each and each != names[role])
    return found


# ------------------------------------------------------------------ lists


def units(roles: Iterable[str], names: Mapping[str, str], without: Iterable[str] = ()) -> tuple[str, ...]:
    """The units that serve `roles`, each once (a merged bureau serves several), but those in `without`."""
    return tuple(dict.fromkeys(names[role] for role in roles if names[role] not in set(without)))


def in_both(
    lead: Iterable[str], support: Iterable[str], names: Mapping[str, str], at: Location
) -> list[Finding]:
    """Roles that lead what they support. Two roles of one merged unit are another matter: it is printed once."""
    supporting = set(support)
    return [
        error(
            "organ.both",
            f"“{names[role]}”（{role}）既牵头又配合",
            "牵头单位不再列入配合单位，删去其中一处",
            at,
        )
        for role in lead
        if role in supporting and role in names
    ]


def in_order(roles: Iterable[str], organs: Mapping[str, Organ]) -> list[str]:
    """`roles` in the customary order of units: Party, government, institutions, mass organisations."""
    return sorted(roles, key=lambda role: organs[role].order)
