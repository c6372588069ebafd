"""Shares: how much of the parent is covered, how much of the child is copied, by section (PRACTICE 27, 30)."""

import re
from collections.abc import Sequence

from drafter.align.changes import copied, windows
from drafter.align.entries import Source
from drafter.align.types import Coverage, Pair, SectionShare, TargetPair
from drafter.outline import Outline

_SETTLED = ("excused", "not-applicable")
_FACT = re.compile(r"“[^”]{2,20}”|\d+(?:\.\d+)?(?:%|[一-龥])")


def coverage(measures: Sequence[Pair], targets: Sequence[TargetPair]) -> Coverage:
    """The figures above a report; rows that are settled count neither for nor against."""
    asked = [pair for pair in measures if pair.status not in _SETTLED]
    compared = [target for target in targets if target.verdict != "other-period"]
    met = [
        each
        for each in compared
        if each.verdict in ("meets", "stricter") or (each.verdict == "below" and each.reason)
    ]
    must = sum(point.weight == "must" for pair in asked for point in pair.missing_points)
    return Coverage(_share(sum(map(is_covered, asked)), len(asked)), _share(len(met), len(compared)), must)


def is_covered(pair: Pair) -> bool:
    """Whether a row counts as covered: all of it, or all that must be carried."""
    return pair.status == "covered" or (
        pair.status == "partial" and all(point.weight == "may" for point in pair.missing_points)
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def covered_sections(measures: Sequence[Pair], parent: Outline) -> tuple[SectionShare, ...]:
    """By section of the parent: the share of its rows that is covered, and how many rows there are."""
    titles = {node.id: node.title for node in parent.nodes}
    groups: dict[str, list[Pair]] = {}
    for pair in measures:
        if pair.status not in _SETTLED:
            groups.setdefault(_section(pair.parent), []).append(pair)
    return tuple(
        SectionShare(
            section, titles.get(section, ""), _share(sum(map(is_covered, group)), len(group)), len(group)
        )
        for section, group in groups.items()
    )


def _section(id: str) -> str:
    """The section that a node is reported under: its ancestor on level 2, or what holds it."""
    parts = id.split(".")
    return ".".join(parts[: min(2, len(parts) - 1)]) or id


def copied_shares(
    above: Sequence[Source], below: Sequence[Source], child: Outline
) -> tuple[float, tuple[SectionShare, ...]]:
    """The share of the child's items that is the parent's, on one level; by section with the facts of the child's own."""
    known = windows(source.full for source in above)
    said = "\n".join(source.full for source in above)
    titles = {node.id: node.title for node in child.nodes}
    groups: dict[str, list[Source]] = {}
    for source in below:
        groups.setdefault(_section(source.node.id), []).append(source)
    inside = total = 0
    made = []
    for section, group in groups.items():
        texts = [source.full for source in group]
        here, all_here = copied(texts, known)
        facts = {fact for text in texts for fact in _FACT.findall(text) if fact not in said}
        made.append(
            SectionShare(section, titles.get(section, ""), here / all_here if all_here else 0.0, len(facts))
        )
        inside, total = inside + here, total + all_here
    return (inside / total if total else 0.0), tuple(made)
