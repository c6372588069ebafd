"""How many pages a rendered paper has."""

from msgspec import Struct


class Pages(Struct, frozen=True):
    """`total`: all pages. `body`: those of the plan from its title to its last paragraph, None where not found."""

    total: int
    body: int | None
