"""What speaks for a child item carrying an action of a parent item: a row of figures for every pair.

Clauses are compared through an index of the pairs of characters that they hold, so that only clauses that share something meet.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from drafter.align.entries import Entry
from drafter.align.index import SCRAP, Index
from drafter.pairs import Weights, likeness, runs

FIGURES = (
    "likeness", "parent_in_child", "child_in_parent", "parent_title_in_child", "child_title_in_parent", "clause_mass", "rare", "won",
    "clause_in_child", "clause_back", "sections", "names", "longest", "gain", "row", "column", "plain", "characters",
)  # fmt: skip
Table = list[list[list[float]]]

_QUOTED = re.compile(r"[“《]([^”》]{2,40})[”》]")
_RUN = 3


def evidence(parents: Sequence[Entry], children: Sequence[Entry], weight: Weights) -> Table:
    """The figures for every pair, by parent and child, in the order of FIGURES."""
    if not parents or not children:
        return [[] for _ in parents]
    below, above = Index.of(children), Index.of(parents)
    back = _back(parents, children, above)
    characters = _Characters(parents, children)
    texts = ["\n".join(child.runs) for child in children]
    stretches = _Stretches(parents, children, weight)
    held = [below.held(parent.whole) for parent in parents]
    titles, children_titles = (
        [below.held(parent.named) for parent in parents],
        [above.held(child.named) for child in children],
    )
    likes = [
        [
            _ratio(product, parent.whole.norm * child.whole.norm)
            for product, child in zip(below.products(parent.whole), children, strict=True)
        ]
        for parent in parents
    ]
    insides = [
        [_ratio(value, parent.whole.mass) for value in row] for row, parent in zip(held, parents, strict=True)
    ]
    holders = _Holders()
    first = [
        [like + 0.5 * inside for like, inside in zip(*rows, strict=True)]
        for rows in zip(likes, insides, strict=True)
    ]
    tops = [max(row) or 1.0 for row in first]
    columns = [max(row[k] for row in first) or 1.0 for k in range(len(children))]
    table: Table = []
    for p, parent in enumerate(parents):
        clauses = _clauses(parent, children, below, first[p])
        names = _names(parent, texts)
        longest, rare = stretches.of(parent)
        alike = characters.likenesses(p)
        table.append(
            [
                [
                    math.log(likes[p][c] + 0.01),
                    insides[p][c],
                    _ratio(held[p][c], child.whole.mass),
                    _ratio(titles[p][c], parent.named.mass),
                    _ratio(children_titles[c][p], child.named.mass),
                    min(clauses.heaviest[c] / 50, 1.5),
                    math.log1p(rare[c]),
                    clauses.won[c],
                    clauses.inside[c],
                    back[c][p],
                    holders.likeness(parent, child),
                    math.log1p(names[c]),
                    longest[c] / 30,
                    clauses.gain[c],
                    first[p][c] / tops[p],
                    first[p][c] / columns[c],
                    float(child.source.kind != "measure"),
                    math.log(alike[c] + 0.02),
                ]
                for c, child in enumerate(children)
            ]
        )
    return table


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


class _Holders:
    """Likeness of the titles that hold items, each pair of titles once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], float] = {}

    def likeness(self, parent: Entry, child: Entry) -> float:
        """The cosine of what holds a parent and what holds a child, 0 to 1."""
        key = parent.source.above, child.source.above
        if key not in self._known:
            self._known[key] = likeness(parent.holder, child.holder)
        return self._known[key]


class _Clauses(Struct):
    """What a parent's clauses say for each child; `heaviest` is a weight, the rest are shares."""

    heaviest: list[float]
    inside: list[float]
    won: list[float]
    gain: list[float]


def _clauses(parent: Entry, children: Sequence[Entry], index: Index, first: Sequence[float]) -> _Clauses:
    """`won`: clauses for which this child is the nearest; `gain`: what it carries beyond the child that looks best."""
    count = len(children)
    made = _Clauses([0.0] * count, [0.0] * count, [0.0] * count, [0.0] * count)
    order = sorted(range(count), key=lambda k: -first[k])
    best, second = order[0], order[min(1, count - 1)]
    for _, clause in parent.clauses:
        (nearest, heaviest), inside = index.meet(clause), index.held(clause)
        winner = max(range(count), key=nearest.__getitem__)
        made.won[winner] += nearest[winner] * clause.mass / parent.whole.mass
        whole = max(clause.mass, SCRAP)
        for c in range(count):
            if not nearest[c]:
                continue
            made.heaviest[c] = max(made.heaviest[c], heaviest[c])
            made.inside[c] = max(made.inside[c], inside[c] / whole)
            beyond = nearest[c] - nearest[second if c == best else best]
            if beyond > 0:
                made.gain[c] += beyond * clause.mass / parent.whole.mass
    return made


def _back(parents: Sequence[Entry], children: Sequence[Entry], index: Index) -> list[list[float]]:
    """By child and parent: the strongest clause of the child for which this parent is the nearest."""
    made = []
    for child in children:
        row = [0.0] * len(parents)
        for _, clause in child.clauses:
            nearest, _ = index.meet(clause)
            winner = max(range(len(parents)), key=nearest.__getitem__)
            row[winner] = max(row[winner], nearest[winner])
        made.append(row)
    return made


def _names(parent: Entry, children: Sequence[str]) -> list[float]:
    """What the child names of that which the parent puts in quotation or book-title marks; rarer names count more."""
    names = {
        name for quoted in _QUOTED.findall(parent.source.full) for name in runs(quoted) if len(name) >= _RUN
    }
    made = [0.0] * len(children)
    for name in sorted(names):
        holding = [c for c, child in enumerate(children) if name in child]
        for c in holding:
            made[c] += math.log(len(children) / len(holding))
    return made


class _Stretches:
    """Stretches of at least three characters that stand in a parent and in a child."""

    def __init__(self, parents: Sequence[Entry], children: Sequence[Entry], weight: Weights) -> None:
        self._weight = weight
        self._above, self._below = _holders(parents), _holders(children)
        self._counts = len(parents), len(children)

    def of(self, parent: Entry) -> tuple[list[float], list[float]]:
        """For every child: the weight of the heaviest shared stretch, and how rare the rarest is on both sides."""
        above, below = self._counts
        longest, rare = [0.0] * below, [0.0] * below

        def close(c: int) -> None:
            end = last[c] + _RUN
            longest[c] = max(longest[c], sums[end - 1] - sums[start[c]])
            rare[c] = max(rare[c], min(end - start[c], 8) / 4 * best[c])

        for run in parent.runs:
            sums = self._weight.sums(run)
            # By child: where the stretch that is open begins, its last three characters, its rarest three.
            start, last, best = [0] * below, [-2] * below, [0.0] * below
            for at in range(len(run) - _RUN + 1):
                triple = run[at : at + _RUN]
                holding = self._below.get(triple)
                if holding is None:
                    continue
                value = math.log(above / len(self._above[triple])) * math.log(below / len(holding))
                for c in holding:
                    if last[c] != at - 1:
                        if last[c] >= 0:
                            close(c)
                        start[c], best[c] = at, value
                    elif value > best[c]:
                        best[c] = value
                    last[c] = at
            for c in range(below):
                if last[c] >= 0:
                    close(c)
        return longest, rare


class _Characters:
    """Items as sets of single characters, weighed by rarity: 培养 and 培育, 家长 and 家庭 share one."""

    def __init__(self, parents: Sequence[Entry], children: Sequence[Entry]) -> None:
        # Sorted, so that sums are the same in every run.
        texts = [sorted(set("".join(each.runs))) for each in (*parents, *children)]
        held = Counter(character for each in texts for character in each)
        weight = {each: max(0.0, math.log(len(texts) / (count + 0.5))) ** 2 for each, count in held.items()}
        norms = [math.sqrt(sum([weight[each] for each in characters])) for characters in texts]
        self._weight, self._above = weight, list(zip(texts, norms, strict=True))[: len(parents)]
        self._below = norms[len(parents) :]
        self._holding: dict[str, list[int]] = {}
        for place, characters in enumerate(texts[len(parents) :]):
            for each in characters:
                self._holding.setdefault(each, []).append(place)

    def likenesses(self, parent: int) -> list[float]:
        """The cosines of a parent's characters and every child's, 0 to 1."""
        characters, norm = self._above[parent]
        both = [0.0] * len(self._below)
        for each in characters:
            value = self._weight[each]
            for place in self._holding.get(each, ()):
                both[place] += value
        return [_ratio(product, norm * other) for product, other in zip(both, self._below, strict=True)]


def _holders(entries: Sequence[Entry]) -> dict[str, list[int]]:
    """Three characters → the entries that hold them in a row."""
    made: dict[str, list[int]] = {}
    for place, each in enumerate(entries):
        for triple in {run[at : at + _RUN] for run in each.runs for at in range(len(run) - _RUN + 1)}:
            made.setdefault(triple, []).append(place)
    return made
