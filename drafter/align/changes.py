"""How a child's text differs from the parent's, character by character, in stretches that a person can read."""

from collections.abc import Iterable

from rapidfuzz.distance import Indel

from drafter.align.types import Op
from drafter.align.words import runs

_SHORTEST = 3
"""An equal stretch shorter than this between two changes is chance, not text that stayed."""
_COPIED = 10
"""From so many characters in a row on a stretch counts as copied."""


def changes(parent: str, child: str) -> tuple[Op, ...]:
    """The stretches that stay, go and come from the parent's text (levelled) to the child's; deletions before insertions."""
    found = [
        (op.tag == "equal", parent[op.src_start : op.src_end], child[op.dest_start : op.dest_end])
        for op in Indel.opcodes(parent, child)
    ]
    return tuple(_ops(_readable(found)))


def _readable(found: Iterable[tuple[bool, str, str]]) -> list[tuple[bool, str, str]]:
    """Neighbouring changes joined, with the scraps that stayed between them (as semantic clean-up does)."""
    made: list[tuple[bool, str, str]] = []
    for equal, old, new in found:
        if made and made[-1][0] == equal:
            made[-1] = equal, made[-1][1] + old, made[-1][2] + new
        else:
            made.append((equal, old, new))
    joined: list[tuple[bool, str, str]] = []
    for place, (equal, old, new) in enumerate(made):
        inside = 0 < place < len(made) - 1
        around = min(_size(made[place - 1]), _size(made[place + 1])) if inside else 0
        scrap = equal and inside and (len(old) < _SHORTEST or len(old) * 2 <= around)
        if joined and not joined[-1][0] and (scrap or not equal):
            joined[-1] = False, joined[-1][1] + old, joined[-1][2] + new
        else:
            joined.append((equal and not scrap, old, new))
    return joined


def _size(change: tuple[bool, str, str]) -> int:
    return max(len(change[1]), len(change[2]))


def _ops(stretches: Iterable[tuple[bool, str, str]]) -> Iterable[Op]:
    for equal, old, new in stretches:
        if equal:
            yield Op("equal", old)
            continue
        if old:
            yield Op("delete", old)
        if new:
            yield Op("insert", new)


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
