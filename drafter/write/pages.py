"""How many pages a rendered paper has."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pages:
    """`total`: all pages. `body`: those of the plan from its title to its last paragraph, None where not found."""

    total: int
    body: int | None
