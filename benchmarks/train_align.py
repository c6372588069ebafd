"""Find the weights of drafter/align/trained.py, and say what they are worth on pairs of plans that they were not found on.

    DRAFTER_PLANS=folder python benchmarks/train_align.py [--write]

The folder holds plans/*.txt, facts/canonical-measures.yaml (which items of the plans speak of the same action: rough links between
all ordered pairs of plans) and gold/align/*.json (links and statuses made by hand). For each pair made by hand, weights are found on
all pairs but this one, either way round, and judged on it. Needs numpy beside drafter.
"""

import importlib
import itertools
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from drafter.align import align, as_json, judging
from drafter.align import carrying as status
from drafter.align.entries import Entry, entry, sources, weighed
from drafter.align.evidence import FIGURES, Table, evidence
from drafter.align.judging import SECOND_FIGURES, logistic, second_look
from drafter.align.levelling import levelling
from drafter.outline import Outline, outline
from drafter.read import read

np = importlib.import_module("numpy")

_RIDGE = 10.0
"""The weight of small weights (1/C): figures are few beside the pairs, but many say nearly the same."""
Key = tuple[str, str]
Weights = dict[str, float]


@dataclass(frozen=True)
class Pair:
    """An ordered pair of plans with its figures, its links (1 or 0) and whether each counts (1 or 0)."""

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
    gold = {
        (made["parent"], made["child"]): made
        for path in sorted((folder / "gold" / "align").glob("*.json"))
        if (made := json.loads(path.read_text(encoding="utf-8")))
    }
    pairs = {key: _pair(key, plans, groups, gold) for key in itertools.permutations(plans, 2)}
    sys.path.insert(0, str(folder / "tools"))
    score = importlib.import_module("score_align").score
    for key, made in gold.items():
        _use(
            *_found({k: v for k, v in pairs.items() if set(k) != set(key)}),
            _partial(pairs, {k: v for k, v in gold.items() if k != key}),
        )
        told = score(json.loads(json.dumps(as_json(align(plans[key[1]], plans[key[0]])))), made)
        print(key, {name: told[name] for name in ("links", "missing", "status", "sure")})
    first, second, partial = (*_found(pairs), _partial(pairs, gold))
    if "--write" in sys.argv:
        _write(first, second, partial)


def _pair(key: Key, plans: Mapping[str, Outline], groups: Any, gold: Mapping[Key, Any]) -> Pair:
    above, below = plans[key[0]], plans[key[1]]
    asked = [each for each in sources(above, levelling(above.meta, below.meta)) if each.kind == "measure"]
    offered = [each for each in sources(below) if each.kind not in ("task", "aim")]
    weight = weighed(asked, offered)
    parents, children = [entry(each, weight) for each in asked], [entry(each, weight) for each in offered]
    rows, columns = {e.id: n for n, e in enumerate(parents)}, {e.id: n for n, e in enumerate(children)}
    links, counts = np.zeros((len(rows), len(columns))), np.ones((len(rows), len(columns)))
    for other, turned in ((key, False), (key[::-1], True)):
        if other in gold:
            for record in gold[other]["records"]:
                for name, value in (("children", 1), ("optional", 0)):
                    for each in record[name]:
                        p, c = (each, record["parent"]) if turned else (record["parent"], each)
                        if p in rows and c in columns:
                            links[rows[p], columns[c]] = value
                            counts[rows[p], columns[c]] *= value
            return Pair(parents, children, evidence(parents, children, weight), links, counts)
    for group in groups:
        named = [covered.split(":") for covered in group["covers"]]
        for (one, p), (two, c) in itertools.product(named, named):
            if (one, two) == key:
                links[rows[p], columns[c]] = 1
    return Pair(parents, children, evidence(parents, children, weight), links, counts)


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


def _partial(pairs: Mapping[Key, Pair], gold: Mapping[Key, Any]) -> Weights:
    """The weights that tell a partial row from a covered one, from the rows on which the labellers agree."""
    figures, labels = [], []
    for key, made in gold.items():
        parents = {each.id: each for each in pairs[key].parents}
        children = {each.id: each for each in pairs[key].children}
        rows, said = [], []
        for record in made["records"]:
            kept = [children[each] for each in record["children"] if each in children]
            if kept and record["status"] != "missing" and not record.get("doubtful"):
                rows.append(status.carried(parents[record["parent"]], kept).figures())
                said.append(record["status"] == "partial")
        middle = median(whole for whole, _ in rows), median(near for _, near in rows)
        figures += [[list(status.by_plan(row, middle)) for row in rows]]
        labels += said
    counts = np.ones(len(labels))
    return _regress([figures], np.array(labels, float), counts, ("whole", "near"), 1.0)


def _use(first: Weights, second: Weights, partial: Weights) -> None:
    """Let the engine judge by these weights."""
    for module, name, weights in (
        (judging, "FIRST", first),
        (judging, "SECOND", second),
        (status, "PARTIAL", partial),
    ):
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
