"""Which children a parent item has: by chances, by the child's own memory of where it came from, by a person."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from drafter.align.entries import Entry
from drafter.align.evidence import FIGURES, Table
from drafter.align.judging import Chances, chances

BEST = 0.25
"""The best child of a row is taken from this chance on, further ones from FURTHER; both by expected F1 (docs/alignment.md)."""
FURTHER = 0.4
_WORD_BY_WORD = 0.97
_TAKEN = 0.75
"""By how much the chances of such a child with other parents sink: below BEST, whatever they were."""
_IN_PASSING = 0.5
"""How certain it still is that nothing carries an item of which a schedule or paragraph says the most telling words."""

_CHILD_IN_PARENT, _PARENT_IN_CHILD = FIGURES.index("child_in_parent"), FIGURES.index("parent_in_child")
_RARE, _PLAIN = FIGURES.index("rare"), FIGURES.index("plain")


class Linked(Struct, frozen=True):
    """A row's children as places in the list of children, and the chance of each of all children.

    `in_passing`: whether the rarest words shared with the child stand in no measure of it. Schedules say in five characters
    what a measure says in fifty, so that their chances are low.
    """

    children: tuple[int, ...]
    chances: tuple[float, ...]
    word_by_word: bool = False
    known: frozenset[int] = frozenset()
    in_passing: bool = False

    @property
    def certainty(self) -> float:
        """The chance that every child named is one, or that there is none."""
        made = 1.0
        for place in self.children:
            made *= 1.0 if place in self.known else self.chances[place]
        if not self.children:
            for value in self.chances:
                made *= 1 - value
            if self.in_passing:
                made *= _IN_PASSING
        return made


def link(
    table: Table,
    parents: Sequence[Entry],
    children: Sequence[Entry],
    known: Mapping[str, Sequence[str]],
    elsewhere: frozenset[str] = frozenset(),
) -> list[Linked]:
    """The children of every parent.

    `known`: parent id → child ids that are known to answer it. `elsewhere`: ids of children that are word for word
    something else of the parent plan, no item of `parents`.
    """
    if not children or not parents:
        return [Linked((), ()) for _ in parents]
    made = chances(table, parents, children)
    _spare_copies(table, made, [child.id in elsewhere for child in children])
    places = {child.id: place for place, child in enumerate(children)}
    rows = []
    for parent, figures, row in zip(parents, table, made, strict=True):
        remembered = frozenset(places[each] for each in known.get(parent.id, ()) if each in places)
        whole = [c for c, values in enumerate(figures) if values[_PARENT_IN_CHILD] >= _WORD_BY_WORD]
        if whole and not remembered:
            exact = max(whole, key=lambda c: (figures[c][_CHILD_IN_PARENT], row[c]))
            row[exact] = max(row[exact], 0.999)
            # What one child says word by word needs no second carrier.
            rows.append(Linked((exact,), tuple(row), True))
            continue
        best = max(row)
        taken = [c for c, value in enumerate(row) if value >= (BEST if value == best else FURTHER)]
        rows.append(
            Linked(
                tuple(sorted({*taken, *remembered})),
                tuple(row),
                known=remembered,
                in_passing=_in_passing(figures),
            )
        )
    return rows


def _in_passing(figures: Sequence[Sequence[float]]) -> bool:
    """Whether the rarest stretch that a parent shares with the child stands in a schedule or paragraph; False without measures."""
    measures = [values[_RARE] for values in figures if not values[_PLAIN]]
    plain = [values[_RARE] for values in figures if values[_PLAIN]]
    return bool(measures and plain) and max(plain) > max(measures)


def _spare_copies(table: Table, made: Chances, elsewhere: Sequence[bool]) -> None:
    """A child that is word for word one parent's carries little else: its other chances sink."""
    for c in range(len(made[0])):
        owners = [p for p, row in enumerate(table) if row[c][_CHILD_IN_PARENT] >= _WORD_BY_WORD]
        if not owners and not elsewhere[c]:
            continue
        for p, row in enumerate(made):
            if p not in owners:
                row[c] *= 1 - _TAKEN
