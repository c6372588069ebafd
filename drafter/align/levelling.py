"""The parent's words put on the child's level, before anything is compared (PRACTICE 14).

我市 becomes 我县, 市教育局 becomes 县教育局, 各县（市、区） becomes 县, the parent's names become the child's, its period the child's.
Where both sides say 市 the words stay.
"""

import re
from collections.abc import Callable

from drafter.five_years import NAMES
from drafter.levels import LOWER, Locality, locality
from drafter.outline import Facts

# What a level word is part of where it stands for no level. Texts that are only compared may lose a word too many, which
# disturbs no one; a text that is printed may not, so `lowering` touches fewer words.
_NO_LEVEL = {
    "市": "场民政容域郊售值面价镇",
    "区": "域别分块间",
    "县": "域城",
    "州": "",
    "省": "略力心",
    "旗": "帜",
    "盟": "友",
}


def place_of(facts: Facts) -> Locality:
    """How a paper speaks of its place."""
    return Locality() if facts.level == "state" else locality(facts.locality or "")


def levelling(parent: Facts, child: Facts) -> Callable[[str], str]:
    """A function that puts a text of the parent on the child's level."""
    above, below = place_of(parent), place_of(child)
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
    old, new = NAMES.get(parent[0]), NAMES.get(child[0])
    if old and new and old != new:
        steps.append((re.compile(old), new))
    return steps
