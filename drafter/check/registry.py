"""All rules, in the order in which their findings of one weight are shown."""

from drafter.check import (
    appearance,
    citations,
    consistency,
    dates,
    elements,
    marks,
    numbering,
    numbers,
    organs,
    parents,
    places,
    targets,
    terms,
    units,
    wording,
)
from drafter.check.rule import Rule

RULES: tuple[Rule, ...] = (
    *citations.RULES,
    *organs.RULES,
    *units.RULES,
    *places.RULES,
    *terms.RULES,
    *targets.RULES,
    *dates.RULES,
    *elements.RULES,
    *consistency.RULES,
    *numbering.RULES,
    *wording.RULES,
    *marks.RULES,
    *numbers.RULES,
    *parents.RULES,
    *appearance.RULES,
)
