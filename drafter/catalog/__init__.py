"""The catalog as a drafter looks at it: listed, shown, checked, counted."""

from pathlib import Path

from msgspec import Struct

from drafter.errors import Finding, InputError, error
from drafter.load import Layer, families, family_for, layers, left_out, usable_catalog
from drafter.model.catalog import Catalog
from drafter.nearest import nearest


class Opened(Struct, frozen=True):
    """A catalog with its layers. `left_out`: warnings about own files that could not be used; `others`: other families."""

    catalog: Catalog
    left_out: tuple[Finding, ...]
    others: tuple[str, ...]


def catalog_layers(given: Path | None = None, beside: Path | None = None) -> tuple[Layer, ...]:
    """The layers of the catalog: shipped, the folder `catalog` in `beside` (default: where we are), then `given`."""
    return layers("catalog", beside or Path.cwd(), given)


def family_of(found: tuple[Layer, ...], asked: str | None) -> str:
    """The family that was asked for; else the only one or the usual one. InputError where that is not one."""
    known = families(found)
    if asked is not None:
        if asked not in known:
            raise InputError(error("family.unknown", f"没有目录“{asked}”", nearest(asked, known)))
        return asked
    chosen = family_for(found)
    if chosen is None:
        raise InputError(
            error("family.several", "有几类方案的目录", f"用 --family 选定一类：{'、'.join(known)}")
        )
    return chosen


def open_catalog(family: str | None = None, given: Path | None = None, beside: Path | None = None) -> Opened:
    """The catalog of a family over all layers; own files that are at fault are left out. InputError if nothing is left."""
    found = catalog_layers(given, beside)
    chosen = family_of(found, family)
    catalog, faults = usable_catalog(chosen, found)
    if catalog is None:
        raise InputError(faults)
    return Opened(catalog, left_out(faults), tuple(each for each in families(found) if each != chosen))
