"""Targets of the parent and what the child promises: meets, stricter, below, missing, other-period (PRACTICE 18, 21)."""

from collections.abc import Callable, Mapping, Sequence

from drafter.align.types import TargetPair, TargetVerdict
from drafter.outline import Target
from drafter.pairs import pairs

_ALIKE = 0.5
_SHARES = ("%", "‰", "个百分点", "百分点")
_OTHER_PERIOD = "上级方案属于另一规划期，指标不作对照"
_DIVIDED = "上级为全域总量，本级为分解数，请注明分解依据"


def compare(
    parent: Sequence[Target],
    child: Sequence[Target],
    level: Callable[[str], str],
    other_period: bool,
    reasons: Mapping[str, str],
) -> tuple[TargetPair, ...]:
    """One row for each target of the parent, in its order. `reasons`: node id of the parent → what closes a lower figure."""
    free = list(child)
    made = []
    for target in parent:
        found = _nearest(target, free, level)
        if found is not None:
            free.remove(found)
        verdict = _verdict(target, found, other_period)
        made.append(
            TargetPair(
                target.indicator, target.year, target, found, verdict, _reason(target, verdict, reasons)
            )
        )
    return tuple(made)


def _nearest(target: Target, free: Sequence[Target], level: Callable[[str], str]) -> Target | None:
    """The target of the child with the same unit and nearly the same indicator; one of the same year first."""
    best, score = None, 0.0
    for other in free:
        if other.unit != target.unit:
            continue
        alike = _alike(level(target.indicator), other.indicator)
        alike += 0.2 if other.year == target.year else -0.1 if other.year and target.year else 0.0
        if alike > score:
            best, score = other, alike
    return best if score >= _ALIKE else None


def _alike(one: str, other: str) -> float:
    """The share of common pairs of characters, 0 to 1; names of places and years aside."""
    first, second = set(pairs(one)), set(pairs(other))
    if not first or not second:
        return 1.0 if one == other else 0.0
    return len(first & second) / min(len(first), len(second))


def _verdict(parent: Target, child: Target | None, other_period: bool) -> TargetVerdict:
    if other_period:
        return "other-period"
    if child is None:
        return "missing"
    if parent.year and child.year and child.year > parent.year:
        # The same figure, promised for later.
        return "below"
    if child.value < parent.value or (child.value == parent.value and parent.op == ">" and child.op != ">"):
        return "below"
    return "stricter" if child.value > parent.value else "meets"


def _reason(target: Target, verdict: TargetVerdict, reasons: Mapping[str, str]) -> str:
    if verdict == "other-period":
        return _OTHER_PERIOD
    if verdict not in ("below", "missing"):
        return ""
    given = reasons.get(target.node, "")
    if given or verdict == "missing":
        return given
    total = target.unit not in _SHARES and "/" not in target.unit
    return _DIVIDED if total and (target.scope or "").startswith("全") else ""
