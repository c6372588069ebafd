"""A parent's items → the catalog measures that answer them, ranked; several where an item bundles several things.

Texts are compared by weighted pairs of characters within clauses (rare pairs weigh more). What an item's clauses hold of a
measure's title, text, main actions and tags is what the measure carries of the item.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from drafter.clauses import split
from drafter.model.catalog import Catalog, Measure, SourcePlan
from drafter.model.words import ParameterKind
from drafter.pairs import Bag, Weights, bag, contained, pairs, shared, weights

if TYPE_CHECKING:
    from drafter.outline import Node, Outline

CARRIED = 0.3
"""A clause counts as carried by a measure that holds this share of its weight."""
FITTING = 0.1
"""A measure whose score is lower carries only the theme of an item, no action of it."""
_KNOWN = 0.35
_GAIN = 0.2
_MOST = 3
_SHARED = 3
_BELOW = re.compile(r"各县|各区|县（市|县\(市|各乡镇")
_BELOW_BONUS = 4
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_WIDTH = str.maketrans("（）－–—-", "()〜〜〜〜")


class Candidate(Struct, frozen=True):
    """A measure for an item. `score`: 0 to 1 and more, what it carries; `carries`: indices of the item's clauses."""

    measure: str
    score: float
    carries: tuple[int, ...]


class Proposal(Struct, frozen=True):
    """What is proposed for one item of a parent.

    `take`: measures that together carry it, best first; empty where the catalog has none. `candidates`: all that could be
    swapped in, ranked. `caution`: why the item is never taken silently (PRACTICE 24). `left`: clauses that nothing carries.
    """

    item: str
    clauses: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    take: tuple[str, ...]
    caution: str = ""
    left: tuple[str, ...] = ()


def actions(parent: "Outline") -> tuple["Node", ...]:
    """The items of a parent that want an answer, in its order."""
    return tuple(node for node in parent.nodes if node.kind == "measure")


def propose(parent: "Outline", catalog: Catalog, features: Iterable[str] = ()) -> tuple[Proposal, ...]:
    """A proposal for every item of `parent`, in its order.

    `features`: what the county has; a measure that needs more is not proposed. A catalog that names the parent among
    the plans that it was made from knows some answers; they weigh more than likeness.
    """
    nodes = actions(parent)
    wholes = {name: _whole(measure) for name, measure in catalog.measures.items()}
    # Short entries are known by their verbs too: with formulas light, one proposal in twenty changes, as often for the worse.
    weight = weights((*(f"{node.title}。{node.text}" for node in nodes), *wholes.values()), formulas=())
    having = set(features)
    bags = {
        name: bag(wholes[name], weight)
        for name, measure in catalog.measures.items()
        if set(measure.applies) <= having
    }
    named = {name: bag(_plain(catalog.measures[name].title), weight) for name in bags}
    known = _known(parent, catalog)
    above = {node.id: node.title for node in parent.nodes}
    sections = {group.id: bag(_plain(f"{group.title}{group.aim}"), weight) for group in catalog.family.groups}
    made = []
    for node in nodes:
        texts = tuple(split(f"{node.title}。{node.text}"))
        bagged = tuple(bag(each, weight) for each in texts)
        item = _Item(bagged, sum(each.mass for each in bagged) or 1.0, bag(node.title, weight))
        heading = _heading(node.id, above, weight)
        near = {group: _alike(heading, section) for group, section in sections.items()}
        ranked = [
            _candidate(
                name,
                item,
                bags[name],
                named[name],
                near[catalog.group_of[name]],
                name in known.get(node.id, ()),
            )
            for name in bags
        ]
        ranked.sort(key=lambda each: -each.score)
        made.append(_proposal(node.id, texts, item, ranked[:8], catalog))
    return tuple(made)


# ------------------------------------------------------------------ weighing


def _alike(one: Bag, other: Bag) -> float:
    """How much two titles share, 0 to 1 and more. The cosine would let their rarest words outweigh their theme."""
    both = shared(one, other)
    return both / math.sqrt(one.mass * other.mass) if both else 0.0


def _plain(text: str) -> str:
    return _JINJA.sub("，", text)


def _whole(measure: Measure) -> str:
    return _plain("。".join((measure.title, measure.text, measure.brief, *measure.must, *measure.tags)))


# ------------------------------------------------------------------ one item


class _Item(Struct, frozen=True):
    """An item's clauses, the sum of what they weigh, its title."""

    clauses: tuple[Bag, ...]
    mass: float
    title: Bag


def _heading(item: str, above: Mapping[str, str], weight: Weights) -> Bag:
    """The titles of the sections that hold an item."""
    steps = item.split(".")
    return bag("。".join(above.get(".".join(steps[:end]), "") for end in range(1, len(steps))), weight)


def _candidate(name: str, item: _Item, whole: Bag, title: Bag, near: float, known: bool) -> Candidate:
    held = [contained(each, whole) for each in item.clauses]
    carried = (
        sum(share * share * each.mass for share, each in zip(held, item.clauses, strict=True)) / item.mass
    )
    score = carried + 0.35 * _alike(item.title, title) + 0.15 * near
    strong = tuple(index for index, share in enumerate(held) if share >= CARRIED)
    return Candidate(name, round(score + (_KNOWN if known else 0.0), 4), strong)


def _proposal(
    item: str, texts: tuple[str, ...], bags: _Item, ranked: Sequence[Candidate], catalog: Catalog
) -> Proposal:
    """The best measure, and further ones while each carries clauses that none before it does."""
    risky = bool(ranked) and ranked[0].score >= FITTING and catalog.measures[ranked[0].measure].caution
    caution = catalog.measures[ranked[0].measure].caution if risky else ""
    usable = [each for each in ranked if not catalog.measures[each.measure].caution and each.score >= FITTING]
    take: list[str] = []
    done: set[int] = set()
    for each in usable if not caution else ():
        new = [index for index in each.carries if index not in done]
        gain = sum(bags.clauses[index].mass for index in new) / bags.mass
        if not take or (gain >= _GAIN and len(take) < _MOST):
            take.append(each.measure)
            done.update(each.carries)
    left = tuple(text for index, text in enumerate(texts) if index not in done)
    return Proposal(item, texts, tuple(ranked), tuple(take), caution, left)


# ------------------------------------------------------------------ plans that the catalog was made from


def _known(parent: "Outline", catalog: Catalog) -> Mapping[str, set[str]]:
    """Item → measures that the catalog says were made from it; empty where the parent is none of its source plans."""
    title = parent.meta.title or ""
    plan = next((each for each in catalog.sources.values() if _same(each, title)), None)
    found: dict[str, set[str]] = {}
    for measure in catalog.measures.values() if plan else ():
        for source in measure.sources:
            if plan and source.plan == plan.id:
                found.setdefault(source.item, set()).add(measure.id)
    return found


def _same(plan: SourcePlan, title: str) -> bool:
    ours, theirs = (re.sub("[《》\\s]", "", each).translate(_WIDTH) for each in (plan.title, title))
    return ours == theirs


# ------------------------------------------------------------------ the parent's numbers


def figures(text: str, measure: Measure) -> dict[str, str]:
    """The values that an item of the same period gives for a measure's number parameters: parameter → number.

    A number is taken where its unit follows it and its clause speaks of what the parameter counts; out of range, or where two
    numbers would do equally well, none is.
    """
    found: dict[str, str] = {}
    for parameter in measure.parameters:
        if parameter.kind is not ParameterKind.NUMBER or not parameter.unit:
            continue
        wanted = set(pairs(parameter.label))
        fitting: dict[str, int] = {}
        for sentence in text.split("。"):
            # What is asked of the levels below counts before what the parent does itself.
            below = _BELOW_BONUS if _BELOW.search(sentence) else 0
            for clause in split(sentence):
                shared = len(wanted & set(pairs(clause)))
                for number in re.findall(rf"(\d+(?:\.\d+)?)\s*(?={re.escape(parameter.unit)})", clause):
                    if shared >= _SHARED - bool(below) and not parameter.problem((number,)):
                        fitting[number] = max(shared + below, fitting.get(number, 0))
        best = max(fitting.values(), default=0)
        numbers = [number for number, shared in fitting.items() if shared == best]
        if len(numbers) == 1:
            found[parameter.name] = numbers[0]
    return found
