"""The waivers of a profile, each for a rule that exists."""

from drafter.check import known
from drafter.errors import Finding, InputError
from drafter.load import Inputs
from drafter.model.profile import Waiver


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
