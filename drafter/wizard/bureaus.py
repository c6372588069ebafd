"""Merged bureaus: which roles a name like 县教科局 speaks of."""

import re
from collections.abc import Iterable, Iterator, Mapping

from drafter.model.catalog import Organ

_PATTERN = re.compile(r"(?:\{word\}|\{name\})(.+)局")
_NAME = re.compile(r"[县市区旗州盟](.+)局")


def joint_roles(names: Iterable[str], place: str, organs: Mapping[str, Organ]) -> dict[str, tuple[str, ...]]:
    """The merged bureaus among the `names` of units of a plan of `place`, each with its roles as it names them.

    A name is read as the names of bureaus, in full or in short, or their first characters where no other bureau begins
    so: 县科工信局 is 科技 and 工信. Left out where that is impossible or possible in two ways, or where it is one bureau.
    """
    pieces = _pieces(organs)
    made = {}
    for name in names:
        found = _NAME.fullmatch(name.removeprefix(place[:-1]))
        ways = set(_read(found[1].replace("和", ""), pieces)) if found else set()
        if len(ways) == 1:
            made[name] = ways.pop()
    return made


def _pieces(organs: Mapping[str, Organ]) -> dict[str, str]:
    """What names of bureaus are made of → role."""
    stems: dict[str, str] = {}
    first: dict[str, set[str]] = {}
    for role, organ in organs.items():
        for names in (organ.names, *(variant.names for variant in organ.variants)):
            for pattern in (names.standard, names.full, names.colloquial):
                if made := _PATTERN.fullmatch(pattern):
                    stems.setdefault(made[1].replace("和", ""), role)
                    first.setdefault(made[1][0], set()).add(role)
    return {sign: min(roles) for sign, roles in first.items() if len(roles) == 1} | stems


def _read(text: str, pieces: Mapping[str, str], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every way to read `text` as pieces of several roles, no role twice."""
    if not text and len(before) > 1:
        yield before
    for piece, role in pieces.items():
        if text.startswith(piece) and role not in before:
            yield from _read(text.removeprefix(piece), pieces, (*before, role))
