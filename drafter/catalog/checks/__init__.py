"""What is wrong with a catalog, or might be better: every fault with file and line and what to do."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from drafter.catalog.checks.entries import (
    cautions,
    lengths,
    missing,
    musts,
    out_of_term,
    parameters,
)
from drafter.catalog.checks.relations import (
    alike,
    coverage,
    cycles,
    dead_sources,
    shadows,
    twice,
)
from drafter.catalog.checks.wording import leftover_places, old_terms, old_units, typed_programmes
from drafter.errors import Finding, InputError, Location, Severity
from drafter.load import Layer, layers, load_pack, usable_catalog
from drafter.model.catalog import Catalog
from drafter.model.pack import Pack

_ORDER = tuple(Severity)


class Checked(Struct, frozen=True):
    """The findings, and the catalog that they were made on (without the files that could not be used)."""

    catalog: Catalog
    findings: tuple[Finding, ...]


def check(family: str, found: Sequence[Layer], packs: Sequence[Pack], today: date) -> Checked:
    """Every finding on the catalog of `family` over the layers `found`.

    `packs`: those that print this family, for the parameters that they declare. `today`: the date at which papers,
    programmes and units must be in force. Raises InputError where nothing of the catalog can be used.
    """
    catalog, faults = usable_catalog(family, found, shipped_too=True)
    if catalog is None:
        raise InputError(faults)
    findings = [
        *faults,
        *parameters(catalog, packs),
        *musts(catalog),
        *lengths(catalog),
        *cautions(catalog),
        *missing(catalog),
        *out_of_term(catalog, today),
        *leftover_places(catalog),
        *old_units(catalog, today),
        *old_terms(catalog, today),
        *typed_programmes(catalog),
        *twice(catalog),
        *alike(catalog),
        *dead_sources(catalog),
        *cycles(catalog),
        *shadows(catalog),
    ]
    if not faults:
        # Of a catalog with files left out nothing can be said to be lacking.
        findings += coverage(catalog)
    return Checked(catalog, tuple(sorted(findings, key=_place)))


def packs_of(family: str, given: Path | None = None) -> tuple[Pack, ...]:
    """The packs that print `family`, over the shipped templates, those beside and `given`; faulty packs are not judged here."""
    found = layers("templates", Path.cwd(), given)
    names = sorted({path.parent.name for layer in found for path in layer.folder.glob("*/pack.yaml")})
    packs = (load_pack(name, found)[0] for name in names)
    return tuple(pack for pack in packs if pack is not None and pack.family in (None, family))


def _place(finding: Finding) -> tuple[int, str, int]:
    at = finding.at or Location()
    return _ORDER.index(finding.severity), at.path or "", at.line or 0


def as_json(checked: Checked) -> dict[str, Any]:
    """The JSON of `drafter catalog check`; findings as `drafter check` gives them."""
    return {
        "format": "drafter.catalog-check/1",
        "family": checked.catalog.family.id,
        "findings": [
            {
                "rule": each.rule,
                "severity": each.severity.value,
                "message": each.message,
                "hint": each.hint,
                "quote": each.quote,
                "count": each.count,
                "places": [{"file": each.at.path, "line": each.at.line}] if each.at else [],
            }
            for each in checked.findings
        ],
    }
