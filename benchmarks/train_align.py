"""Find the weights of drafter/align/trained.py, and say what they are worth on pairs of plans that they were not found on.

    DRAFTER_PLANS=folder [DRAFTER_ALIGNMENTS=folder] python benchmarks/train_align.py [--write]

The first folder holds plans/*.txt, facts/canonical-measures.yaml (which items of the plans speak of the same action: rough links
between all ordered pairs of plans) and gold/align/*.json (links and statuses made by hand); the second, more pairs made by hand, in
the same form, whose links count half beside the rough ones: alone they judged the other pairs no better. For each pair made by hand,
weights are found on all pairs but this one, either way round, and judged on it. Needs numpy beside drafter.
"""

import importlib
import itertools
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from drafter.align import align, as_json, carrying, judging
from drafter.align.carrying import PARTIAL_FIGURES, carried
from drafter.align.entries import Entry, entry, sources, weighed
from drafter.align.evidence import FIGURES, Table, evidence
from drafter.align.judging import SECOND_FIGURES, logistic, second_look
from drafter.align.levelling import levelling
from drafter.align.linking import link
from drafter.outline import Outline, outline
from drafter.read import read

np = importlib.import_module("numpy")

_RIDGE = 10.0
"""The weight of small weights (1/C): figures are few beside the pairs, but many say nearly the same."""
Key = tuple[str, str]
Weights = dict[str, float]


@dataclass(frozen=True)
class Pair:
    """An ordered pair of plans with its figures, its links and how much each counts (0 to 1)."""

    parents: list[Entry]
    children: list[Entry]
    table: Table
    links: Any
    counts: Any


def main() -> None:
    """Find, judge, and write the weights where asked."""
    folder = Path(os.environ["DRAFTER_PLANS"])
    plans = {path.stem: outline(read(path)) for path in sorted((folder / "plans").glob("*.txt"))}
    groups = yaml.safe_load((folder / "facts" / "canonical-measures.yaml").read_text(encoding="utf-8"))
    gold = _made_by_hand(folder / "gold" / "align")
    more = Path(os.environ["DRAFTER_ALIGNMENTS"]) if "DRAFTER_ALIGNMENTS" in os.environ else None
    every = gold | (_made_by_hand(more) if more else {})
    pairs = {
        key: _pair(key, plans, groups, every, frozenset(gold)) for key in itertools.permutations(plans, 2)
    }
    sys.path.insert(0, str(folder / "tools"))
    score = importlib.import_module("score_align").score
    trained = _Trained(pairs, every)
    for key, made in every.items():
        _use(*trained.without(key))
        told = score(json.loads(json.dumps(as_json(align(plans[key[1]], plans[key[0]])))), made)
        print(key, {name: told[name] for name in ("links", "missing", "status", "sure")}, flush=True)
    first, second, partial = trained.without()
    if "--write" in sys.argv:
        _write(first, second, partial)


def _made_by_hand(folder: Path) -> dict[Key, Any]:
    made = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return {(each["parent"], each["child"]): each for each in made}


def _pair(
    key: Key, plans: Mapping[str, Outline], groups: Any, hand: Mapping[Key, Any], firm: frozenset[Key]
) -> Pair:
    """`hand`: pairs made by hand; of `firm` ones nothing else is learnt, of the others as much as of the rough links."""
    above, below = plans[key[0]], plans[key[1]]
    every, offering = sources(above, levelling(above.meta, below.meta)), sources(below)
    weight = weighed(every, offering)
    asked = [each for each in every if each.kind == "measure"]
    offered = [each for each in offering if each.kind not in ("task", "aim")]
    parents, children = [entry(each, weight) for each in asked], [entry(each, weight) for each in offered]
    links, counts = _rough(key, groups, parents, children)
    for other, turned in ((key, False), (key[::-1], True)):
        if other in hand:
            by_hand, sure = _by_hand(hand[other], turned, parents, children)
            share = 0.0 if other in firm else 0.5
            both = share * counts + (1 - share) * sure
            links = (share * counts * links + (1 - share) * sure * by_hand) / np.maximum(both, 1e-9)
            counts = both
    return Pair(parents, children, evidence(parents, children, weight), links, counts)


def _by_hand(made: Any, turned: bool, parents: Sequence[Entry], children: Sequence[Entry]) -> tuple[Any, Any]:
    """Links, and whether each counts: optional ones do not. `turned`: the parent of the pair is the child here."""
    rows, columns = {e.id: n for n, e in enumerate(parents)}, {e.id: n for n, e in enumerate(children)}
    links, counts = np.zeros((len(rows), len(columns))), np.ones((len(rows), len(columns)))
    for record in made["records"]:
        for name, value in (("children", 1), ("optional", 0)):
            for each in record[name]:
                p, c = (each, record["parent"]) if turned else (record["parent"], each)
                if p in rows and c in columns:
                    links[rows[p], columns[c]] = value
                    counts[rows[p], columns[c]] *= value
    return links, counts


def _rough(key: Key, groups: Any, parents: Sequence[Entry], children: Sequence[Entry]) -> tuple[Any, Any]:
    """Links of items that speak of one action. What is no measure does not count: the list knows measures only."""
    rows, columns = {e.id: n for n, e in enumerate(parents)}, {e.id: n for n, e in enumerate(children)}
    links = np.zeros((len(rows), len(columns)))
    for group in groups:
        named = [covered.split(":") for covered in group["covers"]]
        for (one, p), (two, c) in itertools.product(named, named):
            if (one, two) == key:
                links[rows[p], columns[c]] = 1
    measures = np.array([float(each.source.kind == "measure") for each in children])
    return links, np.ones(links.shape) * measures


def _found(pairs: Mapping[Key, Pair]) -> tuple[Weights, Weights]:
    """The weights of both regressions."""
    labels = np.concatenate([pair.links.ravel() for pair in pairs.values()])
    counts = np.concatenate([pair.counts.ravel() for pair in pairs.values()])
    first = _regress([pair.table for pair in pairs.values()], labels, counts, FIGURES, _RIDGE)
    looks = [
        second_look(p.table, logistic(p.table, first, FIGURES), p.parents, p.children) for p in pairs.values()
    ]
    return first, _regress(looks, labels, counts, SECOND_FIGURES, _RIDGE)


def _regress(
    tables: Sequence[Table], labels: Any, counts: Any, names: Sequence[str], ridge: float
) -> Weights:
    """Logistic regression by Newton's method on figures of mean 0 and spread 1; weights for the figures as they are."""
    figures = np.array([values for table in tables for row in table for values in row])
    mean, spread = figures.mean(0), figures.std(0) + 1e-12
    held = np.c_[(figures - mean) / spread, np.ones(len(figures))]
    penalty = np.diag([ridge] * len(names) + [0.0])
    found = np.zeros(len(names) + 1)
    for _ in range(40):
        chance = 1 / (1 + np.exp(-np.clip(held @ found, -30, 30)))
        slope = held.T @ (counts * (chance - labels)) + penalty @ found
        bend = (held * (counts * chance * (1 - chance))[:, None]).T @ held + penalty
        found = found - np.linalg.solve(bend, slope)
    plain = found[:-1] / spread
    base = float(found[-1] - (plain * mean).sum())
    return {"base": base, **{name: float(value) for name, value in zip(names, plain, strict=True)}}


class _Trained:
    """Weights, each set found once. A pair of plans that is left out is left out either way round."""

    def __init__(self, pairs: Mapping[Key, Pair], gold: Mapping[Key, Any]) -> None:
        self._pairs, self._gold = pairs, gold
        self._known: dict[frozenset[frozenset[str]], tuple[Weights, Weights]] = {}

    def without(self, *keys: Key) -> tuple[Weights, Weights, Weights]:
        """The weights of both regressions and of PARTIAL, found on all pairs but `keys`."""
        return *self._links(*keys), self._partial(*keys)

    def _links(self, *keys: Key) -> tuple[Weights, Weights]:
        out = frozenset(frozenset(key) for key in keys)
        if out not in self._known:
            self._known[out] = _found({k: v for k, v in self._pairs.items() if frozenset(k) not in out})
        return self._known[out]

    def _partial(self, *keys: Key) -> Weights:
        """The weights that tell a partial row from a covered one, from the rows on which the labellers agree.

        A row's children are those that weights found without its pair give it, as they will be between new plans.
        """
        out = {frozenset(key) for key in keys}
        rows, said = [], []
        for key, made in self._gold.items():
            if frozenset(key) in out:
                continue
            first, second = self._links(*keys, key)
            _use(first, second)
            records = {record["parent"]: record for record in made["records"]}
            pair = self._pairs[key]
            for parent, row in zip(
                pair.parents, link(pair.table, pair.parents, pair.children, {}), strict=True
            ):
                record = records[parent.id]
                if row.children and record["status"] != "missing" and not record.get("doubtful"):
                    held = carried(parent, [pair.children[c] for c in row.children])
                    rows.append([*held.figures, judging.odds(max(row.chances[c] for c in row.children))])
                    said.append(record["status"] == "partial")
        return _regress([[rows]], np.array(said, float), np.ones(len(said)), PARTIAL_FIGURES, 1.0)


def _use(first: Weights, second: Weights, partial: Weights | None = None) -> None:
    """Let the engine judge by these weights; of PARTIAL by those it has, where none are given."""
    for module, name, weights in (
        (judging, "FIRST", first),
        (judging, "SECOND", second),
        (carrying, "PARTIAL", partial),
    ):
        if weights is not None:
            setattr(module, name, weights)


def _write(first: Weights, second: Weights, partial: Weights) -> None:
    head = '"""The weights of the regressions: one number a figure (docs/alignment.md; benchmarks/train_align.py finds them)."""\n'
    lines = [head, "from collections.abc import Mapping\n"]
    for name, weights in (("FIRST", first), ("SECOND", second), ("PARTIAL", partial)):
        lines += [
            f"{name}: Mapping[str, float] = {{",
            *(f'    "{key}": {value:.3f},' for key, value in weights.items()),
            "}",
        ]
    path = Path(judging.__file__).with_name("trained.py")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
