"""Faults of layout, and how they become findings: one for each rule and wrong value (PRACTICE 33)."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from drafter.check.layout.paper import Para
from drafter.errors import Finding, Location, Severity

_PLACES = 3
_NAMES = 3
_QUOTE = 20


class Fault(Struct, frozen=True):
    """One fault in one place. `value`: the wrong value, by which faults are grouped.

    `name`: the element in front of `message`; faults of several elements with one wrong value name them all.
    `para`: where it is; None for the whole file, or where `page` and `quote` say it (of printed pages).
    """

    rule: str
    value: str
    message: str
    para: Para | None = None
    count: int = 1
    page: int | None = None
    quote: str = ""
    name: str = ""

    @property
    def words(self) -> str:
        """The beginning of the text, or the wrong value where there is no text."""
        return ((self.para.plain if self.para is not None else self.quote) or self.value)[:_QUOTE]


def findings_of(
    faults: Iterable[Fault],
    own: bool,
    advices: frozenset[str],
    mends: Mapping[str, str],
    path: str | None = None,
) -> tuple[Finding, ...]:
    """Faults as findings, in the order in which they were found.

    `own`: drafter made the file, so that faults are errors; `advices`: rules that only advise; `mends`: rule → what to do;
    `path`: the file, for their places.
    """
    groups: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.rule, fault.value), []).append(fault)
    heavy = Severity.ERROR if own else Severity.WARNING
    return tuple(
        _finding(group, Severity.ADVICE if rule in advices else heavy, mends[rule], path)
        for (rule, _), group in groups.items()
    )


def by_rule(findings: Iterable[Finding]) -> Mapping[str, tuple[Finding, ...]]:
    """Rule → its findings, in their order."""
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        found[finding.rule] = (*found.get(finding.rule, ()), finding)
    return found


def _finding(group: Sequence[Fault], severity: Severity, mend: str, path: str | None) -> Finding:
    first = group[0]
    count = sum(fault.count for fault in group)
    placed = [fault for fault in group if fault.para is not None or fault.page is not None]
    places = tuple(
        Location(path, paragraph=fault.para.number if fault.para else None, page=fault.page)
        for fault in placed[:_PLACES]
    )
    names = list(dict.fromkeys(fault.name for fault in group))
    shown = "、".join(names[:_NAMES]) + ("等" if len(names) > _NAMES else "")
    message = shown + first.message
    at = places[0] if places else Location(path)
    return Finding(first.rule, severity, message, mend, at, first.words, count, places or (at,))
