"""A draft of ours under the rules: its status and waivers are the profile's, its facts the catalog's."""

from collections.abc import Iterable, Sequence
from datetime import date

from drafter.check import Checked, check, judged, known
from drafter.check.facts import facts_of
from drafter.document import Document
from drafter.errors import Finding, InputError
from drafter.load import Inputs, Layer
from drafter.model.profile import Waiver

OPEN = "element.open"
"""`build` tells what is open in its own words, with the place in the profile."""


def judge_draft(
    document: Document,
    inputs: Inputs,
    layers: Sequence[Layer],
    *,
    disabled: Iterable[str] = (),
    as_template: bool = False,
    today: date | None = None,
) -> Checked:
    """All rules over a composed paper. Raises InputError where a waiver of the profile names no rule."""
    profile = inputs.profile
    subject = judged(
        document,
        facts_of(inputs.catalog, layers),
        profile.dates.issued or today or date.today(),
        own=True,
        as_template=as_template,
        status=profile.status.value,
    )
    return check(subject, (*disabled, OPEN), waivers_of(inputs))


def waivers_of(inputs: Inputs) -> tuple[Waiver, ...]:
    """The waivers of a profile. Raises InputError, with lines, for those that name no rule."""
    findings: list[Finding] = []
    for index, waiver in enumerate(inputs.profile.waivers):
        try:
            known([waiver.rule], inputs.tree.at("waivers", index, "rule"))
        except InputError as bad:
            findings += bad.findings
    if findings:
        raise InputError(findings)
    return inputs.profile.waivers
