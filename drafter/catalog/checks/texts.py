"""The texts of a catalog, each with its entry, its field and its place."""

import re
from collections.abc import Iterator

from msgspec import Struct

from drafter.errors import Finding, Location, Severity
from drafter.model.catalog import Catalog, Measure, Parameter
from drafter.model.words import Length

FIELDS = ("title", "text", "brief", "deliverable", "due")
_EXPRESSION = re.compile(r"\{\{.*?\}\}")
_STATEMENT = re.compile(r"\{%.*?%\}")


class Text(Struct, frozen=True):
    """A text of an entry: `own` are the entry's parameters."""

    entry: str
    kind: str
    text: str
    at: Location
    own: tuple[Parameter, ...] = ()


def of_measure(catalog: Catalog, measure: Measure) -> Iterator[Text]:
    """The texts of a measure that are printed."""
    where = catalog.where["measures", measure.id]
    for name in FIELDS:
        if value := getattr(measure, name):
            yield Text(measure.id, "measures", value, where.of(name), measure.parameters)


def texts(catalog: Catalog) -> Iterator[Text]:
    """Every text of a catalog that is printed."""
    for measure in catalog.measures.values():
        yield from of_measure(catalog, measure)
    for entry in catalog.narrative.values():
        where = catalog.where["narrative", entry.id]
        yield Text(entry.id, "narrative", entry.title, where.of("title"), entry.parameters)
        for length in Length:
            for paragraph in entry.variants.get(length, ()):
                yield Text(entry.id, "narrative", paragraph, where.of("variants"), entry.parameters)
    for group in catalog.family.groups:
        where = catalog.where["groups", group.id]
        for name in ("title", "intro", "aim"):
            yield Text(group.id, "groups", getattr(group, name), where.of(name))
            for variant in group.variants:
                yield Text(group.id, "groups", getattr(variant, name), where.of("variants"))
    for term in catalog.terms.values():
        yield Text(term.id, "terms", term.text, catalog.where["terms", term.id].of("text"))


def plain(text: str) -> str:
    """A text as long as it will be in print: each insertion counts as two characters."""
    return _EXPRESSION.sub("〇〇", _STATEMENT.sub("", text))


def finding(rule: str, severity: Severity, message: str, hint: str, at: Location, quote: str = "") -> Finding:
    """A finding on a catalog."""
    return Finding(f"catalog.{rule}", severity, message, hint, at, quote[:40])
