"""The items of both sides, ready for comparison: levelled texts, clauses, bags."""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from drafter.clauses import split
from drafter.outline import Node, Outline
from drafter.pairs import Bag, Weights, bag, runs, weights

Kind = Literal["measure", "task", "schedule", "aim", "other"]
_TIMES = re.compile(r"进度|阶段|步骤|时间安排|时序|日程")
_AIMS = re.compile(
    r"总体要求|总体思路|指导思想|基本原则|工作原则|主要目标|总体目标|工作目标|发展目标|背景|现状|意义|名词解释"
)
_SHORTEST = 12


class Source(Struct, frozen=True):
    """A node and the text that is compared: its own, on the child's level. `above`: titles of what holds it."""

    node: Node
    kind: Kind
    title: str
    text: str
    above: str

    @property
    def full(self) -> str:
        """Title and text, as printed in one paragraph."""
        return f"{self.title}。{self.text}" if self.text else self.title


class Entry(Struct, frozen=True):
    """A source with its bags: `named` of its title, `holder` of the titles above it, one for each clause."""

    source: Source
    whole: Bag
    named: Bag
    holder: Bag
    clauses: tuple[tuple[str, Bag], ...]
    runs: tuple[str, ...]

    @property
    def id(self) -> str:
        """The node's id."""
        return self.source.node.id


def sources(outline: Outline, level: Callable[[str], str] = str) -> list[Source]:
    """The nodes of a paper that order something, and those whose text may carry what another orders."""
    by_id = {node.id: node for node in outline.nodes}
    holding = {above for node in outline.nodes if node.kind == "measure" for above in _above(node.id)}
    made = []
    for node in outline.nodes:
        holders = [by_id[each] for each in _above(node.id) if each in by_id]
        kind = _kind(node, holders)
        if kind == "other" and node.id in holding:
            # What stands above measures states their aim.
            kind = "aim" if node.kind == "section" else None
        if kind is not None:
            titles = " ".join(holder.title for holder in holders if holder.level >= 2)
            made.append(Source(node, kind, level(node.title), level(node.text), level(titles)))
    return made


def _above(id: str) -> list[str]:
    """The ids of what holds a node, the nearest first."""
    parts = id.split(".")
    return [".".join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]


def _kind(node: Node, holders: Sequence[Node]) -> Kind | None:
    if node.kind == "measure":
        return "measure"
    if node.kind == "task":
        return "task"
    titles = [node.title, *(holder.title for holder in holders)]
    inside_annex = node.kind == "annex" or any(holder.kind == "annex" for holder in holders)
    if node.id == "0" or inside_annex or any(_AIMS.search(title) for title in titles):
        return None
    if len(node.title) + len(node.text) < _SHORTEST or (node.kind != "paragraph" and not node.text):
        return None
    return "schedule" if any(_TIMES.search(title) for title in titles) else "other"


def weighed(parents: Sequence[Source], children: Sequence[Source]) -> Weights:
    """The weights of pairs over the items of both sides."""
    return weights(each.full for each in (*parents, *children))


def entry(source: Source, weight: Weights) -> Entry:
    """An item with its bags."""
    made = [(clause, bag(clause, weight)) for clause in split(source.full)]
    return Entry(
        source,
        bag(source.full, weight),
        bag(source.title, weight),
        bag(source.above, weight),
        tuple((clause, each) for clause, each in made if each.mass),
        tuple(runs(source.full)),
    )
