"""A promise in numbers, as an outline holds it; `promises` finds them."""

from msgspec import Struct


class Target(Struct, frozen=True):
    """A promise in numbers. `op`: >=, > or =; `year` and `qualifier` only where said of this target."""

    indicator: str
    year: int | None
    op: str
    value: float
    unit: str
    text: str
    node: str
    qualifier: str | None = None
    scope: str | None = None
