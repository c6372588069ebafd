"""Which clauses of a parent item its children carry, and what that makes of the row."""

from collections.abc import Sequence
from dataclasses import dataclass

from drafter.align.clauses import is_purpose, weigh
from drafter.align.entries import Entry
from drafter.align.index import SCRAP, Index
from drafter.align.judging import chance
from drafter.align.trained import PARTIAL
from drafter.align.types import Point
from drafter.align.words import Bag

_LOST = 0.4
"""A clause of which less than this share of its weight stands in the children is lost."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the parent: its weight, the share of it that the children hold, the strength of the nearest of theirs.

    `main`: what the item orders; titles and purposes are not.
    """

    text: str
    mass: float
    held: float
    near: float
    main: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """What the children carry: the share of the whole item, and its clauses."""

    whole: float
    clauses: tuple[Clause, ...]

    @property
    def main(self) -> tuple[Clause, ...]:
        """The clauses that order something; all of them where none does."""
        return tuple(clause for clause in self.clauses if clause.main) or self.clauses

    @property
    def lost(self) -> tuple[Clause, ...]:
        """The main clauses that no child carries."""
        return tuple(clause for clause in self.main if clause.held < _LOST)

    def figures(self) -> tuple[float, float]:
        """The figures of PARTIAL: the share of the item that is held, the mean strength of main clauses by weight."""
        mass = sum(clause.mass for clause in self.main) or 1.0
        return self.whole, sum(clause.near * clause.mass for clause in self.main) / mass


USUAL = (0.45, 0.45)
"""What the figures of a row usually are, between the plans on which the weights were found."""
_BY_PLAN = 0.8


def partial(made: Carried, middle: tuple[float, float]) -> float:
    """The chance, 0 to 1, that a main action is not carried. `middle`: the figures of the middle row of this pair of plans."""
    whole, near = by_plan(made.figures(), middle)
    return chance(PARTIAL["base"] + PARTIAL["whole"] * whole + PARTIAL["near"] * near)


def by_plan(figures: tuple[float, float], middle: tuple[float, float]) -> tuple[float, float]:
    """A row's figures measured by its plan, for the most part.

    A child that words everything anew carries as much with fewer of the parent's words as one that copies.
    """
    whole, near = (
        value - _BY_PLAN * (here - usual) for value, here, usual in zip(figures, middle, USUAL, strict=True)
    )
    return whole, near


def carried(parent: Entry, children: Sequence[Entry]) -> Carried:
    """What `children` together carry of `parent`."""
    index = Index.of(children)
    union = {pair for child in children for pair in child.whole.pairs}
    several = len(parent.clauses) > 1
    made = []
    for place, (text, bag) in enumerate(parent.clauses):
        near, _ = index.meet(bag)
        main = not is_purpose(text) and not (several and place == 0 and bool(parent.source.text))
        made.append(Clause(text, bag.mass, _held(bag, union), max(near, default=0.0), main))
    return Carried(_held(parent.whole, union), tuple(made))


def _held(bag: Bag, union: set[str]) -> float:
    return sum(value for pair, value in bag.pairs.items() if pair in union) / bag.mass if bag.mass else 0.0


def lost_points(made: Carried) -> tuple[Point, ...]:
    """The clauses that nothing carries, weighed; where each is carried in part, the least carried."""
    lost = made.lost or tuple(sorted(made.main, key=lambda clause: clause.held)[:1])
    return tuple(
        Point(clause.text, weigh(clause.text)) for clause in lost if clause.mass >= SCRAP / 3
    ) or tuple(Point(clause.text, weigh(clause.text)) for clause in lost)
