"""A draft of ours under the rules: its status and waivers are the profile's, its facts the catalog's."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from drafter.check import Checked, check, judged
from drafter.check.facts import facts_of
from drafter.check.subject import Subject
from drafter.check.waiving import waivers_of
from drafter.document import Document
from drafter.load import Inputs, Layer
from drafter.outline import outline

OPEN = "element.open"
"""`build` tells what is open in its own words, with the place in the profile."""


def judge_draft(
    document: Document,
    inputs: Inputs,
    layers: Sequence[Layer],
    *,
    disabled: Iterable[str] = (),
    today: date | None = None,
    thorough: bool = False,
    **more: Any,
) -> tuple[Subject, Checked]:
    """All rules over a composed paper. `more`: further fields of Subject.

    `thorough`: phrases are looked for in words of the catalog too, and targets are compared. Raises InputError where a waiver of the profile names
    no rule.
    """
    profile = inputs.profile
    # Words of the catalog are checked with the catalog; reading the table of phrases for them would slow every build.
    fresh = [f"{local.title}\n{local.text}" for local in profile.local]
    fresh += [pick.override for pick in profile.picks if pick.override]
    subject = judged(
        document,
        facts_of(inputs.catalog, layers, phrases=thorough or bool(fresh)),
        profile.dates.issued or today or date.today(),
        outline(document, promises=thorough),
        own=True,
        fresh=None if thorough else "\n".join(fresh),
        status=profile.status.value,
        **more,
    )
    return subject, check(subject, (*disabled, OPEN), waivers_of(inputs))
