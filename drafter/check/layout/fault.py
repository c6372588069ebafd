"""Faults of layout, and how they become findings: one for each rule and wrong value (PRACTICE 33)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from drafter.check.layout.paper import Para
from drafter.errors import Finding, Location, Severity

_PLACES = 3
_QUOTE = 20
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in one place. `value`: the wrong value, by which faults are grouped; `para`: None for the whole file."""

    rule: str
    value: str
    message: str
    para: Para | None = None
    count: int = 1


def findings_of(
    faults: Iterable[Fault], own: bool, advices: frozenset[str], mends: dict[str, str]
) -> tuple[Finding, ...]:
    """Faults as findings, in the order in which they were found.

    `own`: drafter made the file, so that faults are errors; `advices`: rules that only advise; `mends`: rule → what to do.
    """
    groups: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.rule, fault.value), []).append(fault)
    heavy = Severity.ERROR if own else Severity.WARNING
    return tuple(
        _finding(group, Severity.ADVICE if rule in advices else heavy, mends[rule])
        for (rule, _), group in groups.items()
    )


def _finding(group: list[Fault], severity: Severity, mend: str) -> Finding:
    first = group[0]
    count = sum(fault.count for fault in group)
    places = tuple(_places(group))
    message = first.message if count == 1 else f"{first.message}（共{count}处）"
    quote = (
        first.para.plain[:_QUOTE] if first.para is not None and first.para.plain else first.value[:_LONGEST]
    )
    return Finding(first.rule, severity, message, mend, places[0] if places else None, quote, count, places)


def _places(group: list[Fault]) -> Iterator[Location]:
    found = [fault.para.number for fault in group if fault.para is not None]
    return (Location(paragraph=number) for number in found[:_PLACES])
