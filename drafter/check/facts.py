"""What is known beside the paper: citable papers, programmes, units, changed terms, phrases. All of it is catalog data."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from drafter.check.phrases import Phrase, Phrases, load_phrases
from drafter.errors import Finding, InputError
from drafter.load import Layer
from drafter.load.catalog import open_file
from drafter.model.catalog import (
    Catalog,
    Family,
    FormerOrgan,
    Organ,
    OrgansFile,
    PoliciesFile,
    Policy,
    Programme,
    TermChange,
    TermsFile,
)

_KINDS = ("family", "organs", "policies", "terms")


class Facts(Struct, frozen=True):
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
        terms=tuple(catalog.changes.values()),
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
    terms: dict[str, TermChange] = {}
    names: dict[str, None] = {}
    for value in _files(layers):
        if isinstance(value, PoliciesFile):
            policies |= {each.id: each for each in value.policies}
            programmes |= {each.id: each for each in value.programmes}
        elif isinstance(value, OrgansFile):
            organs |= {each.id: each for each in value.organs}
            former += value.former
        elif isinstance(value, TermsFile):
            terms |= {each.id: each for each in value.changes}
        elif isinstance(value, Family):
            names |= dict.fromkeys(group.title for group in value.groups if "{" not in group.title)
    names |= dict.fromkeys(each.name for each in programmes.values())
    table = load_phrases(layers)
    return Facts(
        policies=tuple(policies.values()),
        programmes=tuple(programmes.values()),
        organs=tuple(organs.values()),
        former=tuple(former),
        terms=tuple(terms.values()),
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
                opened = open_file(path)
            except InputError as bad:
                findings += bad.findings
                continue
            findings += opened.findings
            if opened.value is not None:
                yield opened.value
    if findings:
        raise InputError(findings)
