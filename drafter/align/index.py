"""Items found by the pairs of characters that they and their clauses hold, so that only what shares something is compared."""

from collections.abc import Sequence

from msgspec import Struct, field

from drafter.align.entries import Entry
from drafter.pairs import Bag

SCRAP = 18.0
"""The weight below which a clause is a scrap: it must not count as carried for two shared words."""
_LEAST = 4.0
"""What two clauses share must weigh so much: about one pair of characters that few items hold."""
_COMMON = 8
"""A pair that more than one clause in so many holds finds nothing: it stands everywhere."""


class Index(Struct):
    """Many items. An owner is an item's place in the sequence that was indexed."""

    size: int
    items: dict[str, list[int]] = field(default_factory=dict)
    clauses: dict[str, list[int]] = field(default_factory=dict)
    owners: list[int] = field(default_factory=list)
    masses: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "Index":
        """The index of `entries`."""
        made = cls(len(entries))
        for owner, each in enumerate(entries):
            for pair in each.whole.pairs:
                made.items.setdefault(pair, []).append(owner)
            for _, clause in each.clauses:
                place = len(made.owners)
                for pair in clause.pairs:
                    made.clauses.setdefault(pair, []).append(place)
                made.owners.append(owner)
                made.masses.append(max(clause.mass, SCRAP))
        most = max(24, len(made.owners) // _COMMON)
        made.clauses = {pair: places for pair, places in made.clauses.items() if len(places) <= most}
        return made

    def held(self, text: Bag) -> list[float]:
        """For every owner: the weight of `text` that it holds."""
        found = [0.0] * self.size
        for pair, value in text.pairs.items():
            for owner in self.items.get(pair, ()):
                found[owner] += value
        return found

    def products(self, text: Bag) -> list[float]:
        """For every owner: its product with `text` as vectors."""
        found = [0.0] * self.size
        for pair, value in text.pairs.items():
            square = value * value
            for owner in self.items.get(pair, ()):
                found[owner] += square
        return found

    def meet(self, clause: Bag) -> tuple[list[float], list[float]]:
        """For every owner: the strength of its clause nearest to `clause`, and the heaviest weight that one shares.

        Strength, 0 to 1: how far two clauses say the same; the shorter decides more than the longer.
        """
        met: dict[int, float] = {}
        for pair, value in clause.pairs.items():
            for place in self.clauses.get(pair, ()):
                met[place] = met.get(place, 0.0) + value
        nearest, heaviest = [0.0] * self.size, [0.0] * self.size
        own, owners, masses = max(clause.mass, SCRAP), self.owners, self.masses
        for place, both in met.items():
            if both < _LEAST:
                continue
            owner, other = owners[place], masses[place]
            value = both * (0.6 / (own if own < other else other) + 0.4 / own)
            nearest[owner] = max(nearest[owner], value)
            heaviest[owner] = max(heaviest[owner], both)
        return nearest, heaviest
