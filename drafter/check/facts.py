"""What is known beside the paper: citable papers, programmes, units, changed terms, phrases. All of it is catalog data."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drafter.check.phrases import Phrase, Phrases, load_phrases
from drafter.errors import Finding, InputError
from drafter.load import CATALOG_FILES, Layer, read_tree, validate
from drafter.model.catalog import (
    Catalog,
    Family,
    FormerOrgan,
    Organ,
    OrgansFile,
    PoliciesFile,
    Policy,
    Programme,
)

_KINDS = ("family", "organs", "policies")


@dataclass(frozen=True, slots=True)
class TermChange:
    """A word of official language and what took its place on the day `since`."""

    old: str
    new: str
    since: date | None = None
    note: str = ""
    verify: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that rules look things up in. `names`: titles of programmes and groups, as they are written;
    `doubles`: words that may stand twice in a row.
    """

    policies: tuple[Policy, ...] = ()
    programmes: tuple[Programme, ...] = ()
    organs: tuple[Organ, ...] = ()
    former: tuple[FormerOrgan, ...] = ()
    terms: tuple[TermChange, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    names: tuple[str, ...] = ()
    doubles: frozenset[str] = frozenset()


def facts_of(catalog: Catalog, layers: Sequence[Layer], phrases: bool = True) -> Facts:
    """The facts of a catalog that is loaded already. `phrases`: read the table of phrases too."""
    table = load_phrases(layers) if phrases else Phrases()
    groups = (group.title for group in catalog.family.groups if "{" not in group.title)
    return Facts(
        policies=tuple(catalog.policies.values()),
        programmes=tuple(catalog.programmes.values()),
        organs=tuple(catalog.organs.values()),
        former=catalog.former,
        terms=tuple(_terms(layers)),
        phrases=table.phrases,
        names=(*table.names, *groups, *(each.name for each in catalog.programmes.values())),
        doubles=table.doubles,
    )


def load_facts(layers: Sequence[Layer]) -> Facts:
    """The facts of all layers; later entries win by id. Raises InputError with every problem of every file."""
    policies: dict[str, Policy] = {}
    programmes: dict[str, Programme] = {}
    organs: dict[str, Organ] = {}
    former: list[FormerOrgan] = []
    names: dict[str, None] = {}
    for value in _files(layers):
        if isinstance(value, PoliciesFile):
            policies |= {each.id: each for each in value.policies}
            programmes |= {each.id: each for each in value.programmes}
        elif isinstance(value, OrgansFile):
            organs |= {each.id: each for each in value.organs}
            former += value.former
        elif isinstance(value, Family):
            names |= dict.fromkeys(group.title for group in value.groups if "{" not in group.title)
    names |= dict.fromkeys(each.name for each in programmes.values())
    table = load_phrases(layers)
    return Facts(
        policies=tuple(policies.values()),
        programmes=tuple(programmes.values()),
        organs=tuple(organs.values()),
        former=tuple(former),
        terms=tuple(_terms(layers)),
        phrases=table.phrases,
        names=(*table.names, *names),
        doubles=table.doubles,
    )


def _files(layers: Sequence[Layer]) -> Iterator[object]:
    """The files that hold facts: in `common`, and in every family's folder."""
    findings: list[Finding] = []
    for layer in layers:
        for path in sorted(path for kind in _KINDS for path in layer.folder.glob(f"*/{kind}.yaml")):
            try:
                tree = read_tree(path)
            except InputError as bad:
                findings += bad.findings
                continue
            value, wrong = validate(CATALOG_FILES[path.stem], tree)
            findings += wrong
            if value is not None:
                yield value
    if findings:
        raise InputError(findings)


def _terms(layers: Iterable[Layer]) -> Iterator[TermChange]:
    """Changed terms, where a layer lists them."""
    for layer in layers:
        path: Path = layer.folder / "common" / "terms.yaml"
        if not path.is_file():
            continue
        data = read_tree(path).data
        rows = next((value for key, value in data.items() if isinstance(value, list)), [])
        for row in rows:
            since = str(row.get("since") or "")
            yield TermChange(
                str(row["old"]),
                str(row["new"]),
                date.fromisoformat(since) if re.fullmatch(r"\d{4}-\d\d-\d\d", since) else None,
                str(row.get("note") or ""),
                row.get("verify") in (True, "true"),
            )
