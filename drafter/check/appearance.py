"""The rules on layout among the others: they read the file itself, or its pages, and never the text."""

from collections.abc import Iterable

from drafter.check.layout.rules import ON_PAGES, LayoutRule
from drafter.check.layout.rules import RULES as LAYOUT_RULES
from drafter.check.rule import Judge, Rule
from drafter.check.subject import Subject
from drafter.errors import Finding


def _in_file(name: str) -> Judge:
    def judge(subject: Subject) -> Iterable[Finding]:
        # Imported here, as below: only a .docx needs what reads its layout.
        from drafter.check.layout.judging import findings_by_rule  # noqa: PLC0415

        return findings_by_rule(subject.data, subject.own, subject.path).get(name, ())

    return judge


def _on_pages(name: str) -> Judge:
    def judge(subject: Subject) -> Iterable[Finding]:
        from drafter.check.layout.pages import page_findings_by_rule  # noqa: PLC0415

        return page_findings_by_rule(subject.data, subject.own, subject.path).get(name, ())

    return judge


def _rule(made: LayoutRule) -> Rule:
    on_pages = made.id in ON_PAGES
    judge = _on_pages(made.id) if on_pages else _in_file(made.id)
    return Rule(
        made.id, made.title, made.why, made.example, made.mend, judge, of="pages" if on_pages else "file"
    )


RULES: tuple[Rule, ...] = tuple(map(_rule, LAYOUT_RULES))
