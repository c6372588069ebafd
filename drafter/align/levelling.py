"""The parent's words put on the child's level, before anything is compared (PRACTICE 14).

我市 becomes 我县, 市教育局 becomes 县教育局, 各县（市、区） becomes 县, the parent's names become the child's, its period the child's.
Where both sides say 市 the words stay.
"""

import re
from collections.abc import Callable

from msgspec import Struct

from drafter import divisions
from drafter.outline import Facts

_SUFFIX = re.compile(r"(自治州|自治县|自治旗|自治区|地区|州|盟|市|县|区|旗|省)$")
_LAST = re.compile(
    r"(?:[一-龥]{2,}?(?:省|自治区|市|自治州|州|地区|盟))?([一-龥]{2,}?(?:自治县|自治旗|县|区|市|旗|州|盟))$"
)
# What a level word is part of where it stands for no level.
_NO_LEVEL = {
    "市": "场民政容域郊售值面价镇",
    "区": "域别分块间",
    "县": "域城",
    "州": "",
    "省": "略力心",
    "旗": "帜",
    "盟": "友",
}
LOWER = re.compile(
    r"各?(?:县(?:[、（(]?(?:市|区)[、）)]?)(?:[、（(]?区[）)]?)?|县区|市区县|市州|市（州）|地市|县市区|旗县市?区?)"
    r"(?:（[^）]{1,6}）|\([^)]{1,6}\))?"
)
_PLAN_YEARS = {2016: "十三五", 2021: "十四五", 2026: "十五五", 2031: "十六五"}


class Locality(Struct, frozen=True):
    """How a paper speaks of its place: its names, longest first, and its level word ("" where unknown)."""

    names: tuple[str, ...]
    word: str


def locality(facts: Facts) -> Locality:
    """The names and the level word of a paper's place."""
    name = facts.locality or ""
    if not name or facts.level == "state":
        return Locality((), "")
    chain, places = divisions.chain_at(name)
    if places and chain == name:
        last = places[-1].name
    else:
        found = _LAST.match(name)
        last = found[1] if found else name
    suffix = _SUFFIX.search(last)
    word = (
        {"自治州": "州", "自治县": "县", "自治旗": "旗", "自治区": "区"}.get(suffix[1], suffix[1])
        if suffix
        else ""
    )
    forms = {name, last}
    if suffix and suffix[1].startswith("自治"):
        stem = last.removesuffix(suffix[1])
        bare = divisions.without_peoples(stem)
        forms |= {bare + suffix[1], bare + word}
    return Locality(tuple(sorted(forms, key=lambda form: (-len(form), form))), word)


def levelling(parent: Facts, child: Facts) -> Callable[[str], str]:
    """A function that puts a text of the parent on the child's level."""
    above, below = locality(parent), locality(child)
    steps: list[tuple[re.Pattern[str], str]] = []
    if above.names and below.names and above.names != below.names:
        own = min(below.names, key=len)
        steps.append((re.compile("|".join(map(re.escape, above.names))), own))
    if above.word and below.word and above.word != below.word:
        if parent.level in ("province", "prefecture") and child.level in ("county", "zone"):
            steps.append((LOWER, below.word))
        word = re.escape(above.word)
        start = r"(?:(?<![一-龥])|(?<=[全我本团各由经向报在与和及将对]))"
        no = _NO_LEVEL.get(above.word, "")
        steps.append((re.compile(f"{start}{word}" + (f"(?![{no}])" if no else "")), below.word))
    steps += _periods(parent.period, child.period)

    def level(text: str) -> str:
        for pattern, said in steps:
            text = pattern.sub(said, text)
        return text

    return level


def _periods(
    parent: tuple[int, int] | None, child: tuple[int, int] | None
) -> list[tuple[re.Pattern[str], str]]:
    if not parent or not child or parent == child:
        return []
    steps = [
        (re.compile(rf"{parent[0]}(\s*年?\s*[—－\-~～至–]+\s*){parent[1]}"), rf"{child[0]}\g<1>{child[1]}")
    ]
    old, new = _PLAN_YEARS.get(parent[0]), _PLAN_YEARS.get(child[0])
    if old and new and old != new:
        steps.append((re.compile(old), new))
    return steps
