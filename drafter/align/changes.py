"""How a child's text differs from the parent's, character by character, in stretches that a person can read."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

from drafter.align.types import Op
from drafter.pairs import runs

_KINDS: Mapping[int, Literal["equal", "delete", "insert"]] = {
    diff_match_patch.DIFF_EQUAL: "equal",
    diff_match_patch.DIFF_DELETE: "delete",
    diff_match_patch.DIFF_INSERT: "insert",
}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FIRST_SIGN, _SIGNS = 0xF0000, 0xFFF0
_COPIED = 10
"""From so many characters in a row on a stretch counts as copied."""


def changes(parent: str, child: str) -> tuple[Op, ...]:
    """The stretches that stay, go and come from the parent's text (levelled) to the child's; deletions before insertions.

    RapidFuzz finds them, in a tenth of the time; diff-match-patch joins those that a reader sees as one. A number
    changes whole.
    """
    signs: dict[str, str] = {}
    old, new = (_NUMBER.sub(lambda found: _sign(found[0], signs), text) for text in (parent, child))
    found: list[tuple[int, str]] = []
    for op in Indel.opcodes(old, new):
        if op.tag == "equal":
            found.append((diff_match_patch.DIFF_EQUAL, old[op.src_start : op.src_end]))
            continue
        found.append((diff_match_patch.DIFF_DELETE, old[op.src_start : op.src_end]))
        found.append((diff_match_patch.DIFF_INSERT, new[op.dest_start : op.dest_end]))
    found = [(kind, text) for kind, text in found if text]
    diff_match_patch().diff_cleanupSemantic(found)
    for place in range(len(found) - 1):
        if (found[place][0], found[place + 1][0]) == (
            diff_match_patch.DIFF_INSERT,
            diff_match_patch.DIFF_DELETE,
        ):
            found[place : place + 2] = found[place + 1], found[place]
    numbers = {sign: number for number, sign in signs.items()}
    return tuple(Op(_KINDS[kind], "".join(numbers.get(each, each) for each in text)) for kind, text in found)


def _sign(number: str, signs: dict[str, str]) -> str:
    """A character of its own for each number, from those that no text holds (private use); a number as it is when they are used up."""
    if number not in signs and len(signs) >= _SIGNS:
        return number
    return signs.setdefault(number, chr(_FIRST_SIGN + len(signs)))


def windows(texts: Iterable[str]) -> frozenset[str]:
    """Every stretch of the copied length in the parent's texts, punctuation aside."""
    flats = ("".join(runs(text)) for text in texts)
    return frozenset(flat[at : at + _COPIED] for flat in flats for at in range(len(flat) - _COPIED + 1))


def copied(texts: Iterable[str], known: frozenset[str]) -> tuple[int, int]:
    """How many characters of `texts` lie in stretches that `known` holds, and how many there are."""
    inside = total = 0
    for text in texts:
        flat = "".join(runs(text))
        total += len(flat)
        until = 0
        for at in range(len(flat) - _COPIED + 1):
            if flat[at : at + _COPIED] in known:
                inside += at + _COPIED - max(at, until)
                until = at + _COPIED
    return inside, total
