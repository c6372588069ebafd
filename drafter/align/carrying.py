"""Which clauses of a parent item its children carry, and what that makes of the row."""

import math
import re
from collections.abc import Sequence

from msgspec import Struct

from drafter.align.clauses import is_action, is_purpose, weigh
from drafter.align.entries import Entry
from drafter.align.index import SCRAP
from drafter.align.judging import chance, odds
from drafter.align.trained import PARTIAL
from drafter.align.types import Point
from drafter.clauses import split
from drafter.pairs import Bag

PARTIAL_FIGURES = ("held", "lost_weight", "lost_actions", "lost_sentences", "weakest", "weight", "best")
_LOST = 0.4
"""A clause of which less than this share of its weight stands in the children is lost."""
_NOT_NEW = 0.2
"""What the title has said already counts this much within a clause: the theme of an item is no action of it."""
_BARELY = 0.25
"""An action or a sentence of whose new words less than this share is held is not carried."""
_SCRAP, _SHORT = 6.0, 12.0
"""Clauses and sentences whose new words weigh less say too little to be judged."""
_SENTENCE = re.compile(r"[。；;！？]")


class Clause(Struct, frozen=True):
    """A clause of the parent, its weight, and the share of it that the children hold."""

    text: str
    mass: float
    held: float


class Carried(Struct, frozen=True):
    """What the children carry: the clauses that order something, and the figures of PARTIAL but for the last."""

    main: tuple[Clause, ...]
    figures: tuple[float, ...]

    @property
    def lost(self) -> tuple[Clause, ...]:
        """The main clauses that no child carries."""
        return tuple(clause for clause in self.main if clause.held < _LOST)


def partial(made: Carried, best: float) -> float:
    """The chance, 0 to 1, that a main action is not carried. `best`: the chance of the row's best child."""
    values = (*made.figures, odds(best))
    return chance(
        PARTIAL["base"]
        + sum(PARTIAL[name] * value for name, value in zip(PARTIAL_FIGURES, values, strict=True))
    )


def carried(parent: Entry, children: Sequence[Entry]) -> Carried:
    """What `children` together carry of `parent`."""
    union = {pair for child in children for pair in child.whole.pairs}
    several = len(parent.clauses) > 1 and bool(parent.source.text)
    ordering = [
        (text, bag)
        for place, (text, bag) in enumerate(parent.clauses)
        if not is_purpose(text) and not (several and place == 0)
    ]
    main = tuple(Clause(text, bag.mass, _held(bag, union)) for text, bag in ordering or parent.clauses)
    said = frozenset(parent.named.pairs) if parent.source.text else frozenset[str]()
    mass = sum(clause.mass for clause in main) or 1.0
    sentences = _sentences(parent, union, said) or [_held(parent.whole, union)]
    held, lost = _news(ordering, children, union, said)
    return Carried(
        main,
        (
            _held(parent.whole, union) if held is None else held,
            sum(clause.mass for clause in main if clause.held < _LOST) / mass,
            math.log1p(lost),
            float(sum(share < _BARELY for share in sentences)),
            min(sentences),
            math.log(parent.whole.mass or 1.0),
        ),
    )


def _news(
    ordering: Sequence[tuple[str, Bag]], children: Sequence[Entry], union: set[str], said: frozenset[str]
) -> tuple[float | None, int]:
    """The mean share of the clauses' new words that is held (None where no clause says enough), and how many clauses that
    order something, or must be carried, no clause of a child carries.
    """
    below = [frozenset(bag.pairs) for child in children for _, bag in child.clauses]
    shares, lost = [], 0
    for text, bag in ordering:
        news = _new(bag, said)
        whole = sum(news.values())
        if whole < _SCRAP:
            continue
        shares.append(_share(news, union, whole))
        nearest = max((_share(news, clause, whole) for clause in below), default=0.0)
        # What must be carried (PRACTICE 27) often begins with no verb: 冲锋舟不少于20艘, 到2027年底…
        lost += nearest < _BARELY and (is_action(text) or weigh(text) == "must")
    return (sum(shares) / len(shares) if shares else None), lost


def _sentences(parent: Entry, union: set[str], said: frozenset[str]) -> list[float]:
    """By sentence of the parent: the share of its new words that is held."""
    bags = dict(parent.clauses)
    made = []
    for sentence in _SENTENCE.split(parent.source.text or parent.source.title):
        news: dict[str, float] = {}
        for clause in split(sentence):
            if clause in bags and not is_purpose(clause):
                news |= _new(bags[clause], said)
        whole = sum(news.values())
        if whole > _SHORT:
            made.append(_share(news, union, whole))
    return made


def _new(bag: Bag, said: frozenset[str]) -> dict[str, float]:
    return {pair: value * (_NOT_NEW if pair in said else 1.0) for pair, value in bag.pairs.items()}


def _share(news: dict[str, float], there: set[str] | frozenset[str], whole: float) -> float:
    return sum([value for pair, value in news.items() if pair in there]) / whole


def _held(bag: Bag, union: set[str]) -> float:
    return sum([value for pair, value in bag.pairs.items() if pair in union]) / bag.mass if bag.mass else 0.0


def lost_points(made: Carried) -> tuple[Point, ...]:
    """The clauses that nothing carries, weighed; where each is carried in part, the least carried."""
    lost = made.lost or tuple(sorted(made.main, key=lambda clause: clause.held)[:1])
    return tuple(
        Point(clause.text, weigh(clause.text)) for clause in lost if clause.mass >= SCRAP / 3
    ) or tuple(Point(clause.text, weigh(clause.text)) for clause in lost)
