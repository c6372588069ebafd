"""Rules over a paper: what the office that issues it would send back.

    from drafter.check import check, judged
    checked = check(judged(document, facts, today))

A rule judges a paper at its own date and period (PRACTICE 32). Nothing here changes a paper or a file.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from drafter.check.facts import Facts
from drafter.check.placing import placed
from drafter.check.registry import RULES
from drafter.check.rule import Rule
from drafter.check.subject import Subject
from drafter.document import Document
from drafter.errors import Finding, InputError, Location, error
from drafter.model.profile import Waiver
from drafter.nearest import nearest
from drafter.outline import Outline, outline

__all__ = ["RULES", "Checked", "Rule", "Subject", "check", "judged", "known"]

_LONGEST_QUOTE = 40
_PLACES = 3
_WEIGHT = {"error": 0, "warning": 1, "advice": 2}


class Checked(Struct, frozen=True):
    """What the rules say of a paper, the gravest first. `waived`: finding and the reason that a person gave; `rules`: those that ran."""

    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, str], ...]
    rules: tuple[str, ...]


def check(subject: Subject, disabled: Iterable[str] = (), waivers: Sequence[Waiver] = ()) -> Checked:
    """All rules but the disabled ones over one paper.

    Raises InputError where `disabled` or a waiver names a rule that does not exist.
    """
    off = frozenset(disabled)
    known([*off, *(waiver.rule for waiver in waivers)])
    rules = [rule for rule in RULES if rule.id not in off and subject.has(rule.of)]
    findings = [finding for rule in rules for finding in _found(rule, subject)]
    order = {id(finding): place for place, finding in enumerate(findings)}
    findings.sort(key=lambda finding: (_WEIGHT[finding.severity], order[id(finding)]))
    held: list[Finding] = []
    waived: list[tuple[Finding, str]] = []
    for finding in findings:
        reason = next((each.reason for each in waivers if _covers(each, finding)), None)
        if reason is None:
            held.append(finding)
        else:
            waived.append((finding, reason))
    return Checked(tuple(held), tuple(waived), tuple(rule.id for rule in rules))


def judged(
    document: Document, facts: Facts, today: date, made: Outline | None = None, **more: Any
) -> Subject:
    """A document as rules see it. `made`: its outline, where there is one already. `more`: further fields of Subject."""
    made = made or outline(document)
    return Subject(document, made, facts, today, **{"status": made.meta.status, **more})


def known(ids: Iterable[str], at: Location | None = None) -> tuple[Rule, ...]:
    """The rules of these ids. Raises InputError that names every unknown one and what may have been meant."""
    by_id = {rule.id: rule for rule in RULES}
    wrong = [
        error(
            "check.rule",
            f"没有规则“{name}”",
            nearest(name, by_id) or "可用的规则见 docs/checking.md",
            at,
            name,
        )
        for name in dict.fromkeys(ids)
        if name not in by_id
    ]
    if wrong:
        raise InputError(wrong)
    return tuple(by_id[name] for name in ids)


def _covers(waiver: Waiver, finding: Finding) -> bool:
    return waiver.rule == finding.rule and (not waiver.quote or waiver.quote in (finding.quote, ""))


def _found(rule: Rule, subject: Subject) -> list[Finding]:
    """A rule's findings: one for each fault, or one for all of them (PRACTICE 33)."""
    if rule.needs and not any(words in subject.whole for words in rule.needs):
        return []
    merged: dict[str, list[Finding]] = {}
    held = []
    for finding in rule.judge(subject):
        if finding.places:
            # Grouped and placed already.
            held.append(replace(finding, rule=rule.id))
            continue
        key = "" if rule.grouped else finding.quote or finding.message
        merged.setdefault(key, []).append(finding)
    return [*held, *(_one(rule, same, subject) for same in merged.values())]


def _one(rule: Rule, same: Sequence[Finding], subject: Subject) -> Finding:
    first = min(same, key=lambda finding: _WEIGHT[finding.severity])
    places = placed(same[:_PLACES], subject)
    count = sum(finding.count for finding in same)
    return replace(
        first, rule=rule.id, quote=first.quote[:_LONGEST_QUOTE], at=places[0], places=places, count=count
    )
