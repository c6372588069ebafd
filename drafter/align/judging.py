"""From figures to chances: how likely each child carries an action of each parent.

Two logistic regressions, one after the other. The first judges every pair by itself; the second also knows what the first said of all
other pairs: how the rival children of this parent and the rival parents of this child stand, and into which section of the child the
neighbours of this parent went.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import mul

from drafter.align.entries import Entry
from drafter.align.evidence import FIGURES, Table
from drafter.align.trained import FIRST, SECOND

SECOND_FIGURES = (*FIGURES, "standing", "neighbours", "rival_child", "rival_parent", "standing_by_neighbours")
Chances = list[list[float]]


def chances(table: Table, parents: Sequence[Entry], children: Sequence[Entry]) -> Chances:
    """By parent and child, 0 to 1."""
    first = logistic(table, FIRST, FIGURES)
    return logistic(second_look(table, first, parents, children), SECOND, SECOND_FIGURES)


def logistic(table: Table, weights: Mapping[str, float], figures: Sequence[str]) -> Chances:
    """The chances that `weights` give."""
    factors, base = [weights[name] for name in figures], weights["base"]
    return [[chance(base + sum(map(mul, factors, values))) for values in row] for row in table]


def chance(odds: float) -> float:
    """The chance of a logarithm of odds, 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def odds(chance: float) -> float:
    """The logarithm of the odds, bounded at about ±7."""
    return math.log((chance + 1e-3) / (1 - chance + 1e-3))


def second_look(table: Table, first: Chances, parents: Sequence[Entry], children: Sequence[Entry]) -> Table:
    """The figures of the second regression, in the order of SECOND_FIGURES."""
    neighbours = _neighbours(first, [_holder(each) for each in parents], [_holder(each) for each in children])
    columns = [_two_best(column) for column in zip(*first, strict=True)]
    made: Table = []
    for values, chance, near in zip(table, first, neighbours, strict=True):
        best = _two_best(chance)
        made.append(
            [
                [
                    *values[c],
                    odds(chance[c]),
                    near[c],
                    odds(_rival(chance[c], best)),
                    odds(_rival(chance[c], columns[c])),
                    near[c] * odds(chance[c]),
                ]
                for c in range(len(chance))
            ]
        )
    return made


def _holder(entry: Entry) -> str:
    return entry.id.rpartition(".")[0]


def _two_best(values: Sequence[float]) -> tuple[float, float]:
    order = sorted(values, reverse=True)
    return order[0], order[1] if len(order) > 1 else 0.0


def _rival(value: float, best: tuple[float, float]) -> float:
    """The best of the others."""
    return best[1] if value >= best[0] else best[0]


def _neighbours(first: Chances, above: Sequence[str], below: Sequence[str]) -> Chances:
    """By parent and child: of the chances of the parent's siblings, the share that lies in the child's section."""
    whole: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    rows: list[dict[str, float]] = []
    for row, section in zip(first, above, strict=True):
        sums: dict[str, float] = defaultdict(float)
        for value, other in zip(row, below, strict=True):
            sums[other] += value
            whole[section][other] += value
        rows.append(sums)
    alone = {section for section in above if above.count(section) == 1}
    made = []
    for own, section in zip(rows, above, strict=True):
        left = {other: max(0.0, value - own[other]) for other, value in whole[section].items()}
        total = sum(left.values()) + 1e-6
        made.append([0.0 if section in alone else left[other] / total for other in below])
    return made
