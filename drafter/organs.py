"""Roles → the names of the units that serve them here."""

from collections.abc import Iterable, Mapping

from drafter.errors import Finding, error
from drafter.model.catalog import Organ
from drafter.model.plan import PlaceWords
from drafter.model.profile import Profile
from drafter.model.words import NameStyle
from drafter.nearest import nearest
from drafter.places import fill, placeholder
from drafter.yaml_tree import Tree


def unit_names(
    organs: Mapping[str, Organ], profile: Profile, words: PlaceWords, tree: Tree
) -> tuple[dict[str, str], list[Finding]]:
    """Role → name for every known role: the county's own list first, else the usual name in the paper's style."""
    style = profile.layout.names
    names = {role: _usual(organ, style, words) for role, organ in organs.items()}
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
    return names | served, findings


def _usual(organ: Organ, style: NameStyle, words: PlaceWords) -> str:
    """The usual name; open where a part of it is the county's own, as the name of its industrial park."""
    pattern = getattr(organ.names, style.value)
    name = fill(pattern, words)
    unknown = "{" in name or ("{city}" in pattern and not words.city)
    return placeholder(f"{organ.title}名称") if unknown else name


def units(roles: Iterable[str], names: Mapping[str, str], without: Iterable[str] = ()) -> tuple[str, ...]:
    """The units that serve `roles`, each once (a merged bureau serves several), but those in `without`."""
    return tuple(dict.fromkeys(names[role] for role in roles if names[role] not in set(without)))


def in_order(roles: Iterable[str], organs: Mapping[str, Organ]) -> list[str]:
    """`roles` in the customary order of units: Party, government, institutions, mass organisations."""
    return sorted(roles, key=lambda role: organs[role].order)
