"""The five-year plans and their years."""

import pytest

from drafter.five_years import NAMES, YEARS
from drafter.model.values import PeriodEntry


@pytest.mark.parametrize(
    ("name", "first"),
    [("十一五", 2006), ("十二五", 2011), ("十四五", 2021), ("十五五", 2026), ("十九五", 2046)],
)
def test_names_and_years(name: str, first: int) -> None:
    assert NAMES[first] == name
    assert YEARS[name] == (first, first + 4)


@pytest.mark.parametrize(
    ("start", "end", "name"), [(2026, 2030, "十五五"), (2026, 2035, ""), (2027, 2031, ""), (2001, 2005, "")]
)
def test_a_period_bears_the_name_of_the_plan_that_it_is(start: int, end: int, name: str) -> None:
    assert PeriodEntry(start=start, end=end).name == name
