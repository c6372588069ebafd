"""Figures that a plan sets itself: one indicator, one year, one value."""

from collections.abc import Iterator

from drafter.check.rule import Rule, fault, rule
from drafter.check.subject import Subject
from drafter.errors import Finding, Location
from drafter.outline import Target


@rule(
    "target.conflict",
    title="同一指标同一年只有一个目标值",
    why="前后两个数，考核时以哪个为准说不清",
    example="前文“达到14.5%”，后文“达到15%” → 统一",
    mend="核对后统一；“力争”等另一口径的写明口径",
)
def conflict(subject: Subject) -> Iterator[Finding]:
    held: dict[tuple[object, ...], Target] = {}
    for target in subject.outline.targets:
        if target.year is None or target.qualifier:
            continue
        key = (target.indicator, target.year, target.unit, target.scope)
        first = held.setdefault(key, target)
        if first.value != target.value:
            message = f"“{target.indicator}”{target.year}年前文是 {first.value:g}{first.unit or ''}，这里是 {target.value:g}{target.unit or ''}"
            yield fault(Location(subject.path, node=target.node), target.text[:40], message, "核对后统一")


RULES: tuple[Rule, ...] = (conflict,)
