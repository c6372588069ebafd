"""The layers of a catalog → one Catalog; a file that is at fault is told, and may be left out for the rest."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from pydantic import BaseModel

from drafter.errors import Finding, InputError, Location, Severity, error
from drafter.load.files import file_format, read_bytes, validate
from drafter.model import catalog as entries
from drafter.model.catalog import Catalog, Where
from drafter.model.issuers import IssuersFile
from drafter.nearest import nearest
from drafter.references import references
from drafter.yaml_tree import Map, Tree, decode, parse

CATALOG_FILES: Mapping[str, type[BaseModel]] = {
    "family": entries.Family,
    "measures": entries.MeasuresFile,
    "narrative": entries.NarrativeFile,
    "glossary": entries.GlossaryFile,
    "sources": entries.SourcesFile,
    "organs": entries.OrgansFile,
    "policies": entries.PoliciesFile,
    "issuers": IssuersFile,
    "terms": entries.TermsFile,
}


# ------------------------------------------------------------------ layers


class Layer(Struct, frozen=True):
    """A folder of catalogs or packs; a later layer wins by id."""

    name: str
    folder: Path


def shipped(kind: str) -> Path:
    """The folder of `catalog` or `templates` that comes with drafter: package data first, checkout second."""
    packaged = Path(__file__).parents[1] / "data" / kind
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / kind


def layers(kind: str, beside: Path | None = None, given: Path | None = None) -> tuple[Layer, ...]:
    """Shipped, then the folder beside the profile, then the one that an option names (InputError if it is none)."""
    found = [Layer("自带", shipped(kind))]
    if beside and (beside / kind).is_dir() and (beside / kind).resolve() != shipped(kind).resolve():
        found.append(Layer("本地", beside / kind))
    if given is not None:
        if not given.is_dir():
            raise InputError(error("layer.folder", f"没有文件夹“{given}”", f"检查 --{kind} 之后的路径"))
        found.append(Layer("指定", given))
    return tuple(found)


def families(found: Sequence[Layer]) -> tuple[str, ...]:
    """The families of plans that the layers hold, those of earlier layers first."""
    return tuple(
        dict.fromkeys(
            path.parent.name for layer in found for path in sorted(layer.folder.glob("*/family.yaml"))
        )
    )


def family_for(found: Sequence[Layer], title: str = "") -> str | None:
    """The family that a plan called `title` belongs to; else the only one, the one that is usual, or None.

    A file that cannot be used is passed over: who opens that family is told.
    """
    known = {name: entry for name in families(found) if (entry := _declared(found, name)) is not None}
    named = [name for name, entry in known.items() if _bare(entry.title) in title]
    if named:
        return max(named, key=lambda name: len(known[name].title))
    usual = [name for name, entry in known.items() if entry.usual]
    return usual[-1] if usual else next(iter(known)) if len(known) == 1 else None


def family_titles(found: Sequence[Layer]) -> dict[str, str]:
    """The families of plans that the layers hold: id → title, or the id again where the declaration cannot be used."""
    known = {name: _declared(found, name) for name in families(found)}
    return {name: entry.title if entry else name for name, entry in known.items()}


def _declared(found: Sequence[Layer], name: str) -> entries.Family | None:
    for layer in reversed(found):
        path = layer.folder / name / "family.yaml"
        if path.is_file():
            try:
                value = open_file(path).value
            except InputError:
                continue
            if isinstance(value, entries.Family):
                return value
    return None


def _bare(title: str) -> str:
    """What plans of a family have in common: its title without the word for the kind of paper, which differs from place to place."""
    return re.sub(r"(实施)?(方案|计划|意见)$", "", title)


# ------------------------------------------------------------------ one catalog


def load_catalog(
    family: str, found: Sequence[Layer], at: Location | None = None
) -> tuple[Catalog | None, list[Finding]]:
    """The catalog of `family` over all layers, or everything that is wrong with it.

    Entries of later layers replace earlier ones by id. `at`: where the family is named.
    """
    return _layered(family, found, at, _Gathered())


def usable_catalog(
    family: str, found: Sequence[Layer], at: Location | None = None, shipped_too: bool = False
) -> tuple[Catalog | None, list[Finding]]:
    """What is good of the catalog of `family`, and every fault of the files that had to be left out for it.

    Whole files are left out: those of an office's own layers, and the shipped ones with `shipped_too`. None where
    nothing good is left.
    """
    told: list[Finding] = []
    without: set[str] = set()
    incomplete = False
    mine = {str(path) for layer in found[0 if shipped_too else 1 :] for path in layer.folder.rglob("*.yaml")}
    while True:
        gathered = _Gathered(without=without)
        catalog, wrong = _layered(family, found, at, gathered)
        # Once a file of units or papers is out, what names them cannot be judged.
        told += [each for each in wrong if not (incomplete and each.rule == "catalog.reference")]
        if catalog is not None:
            return catalog, told
        faulty = {each.at.path for each in wrong if each.at and each.at.path} & mine
        if not faulty:
            if len(found) > 1 and not shipped_too:
                # An own file spoils shipped ones, as a family.yaml without their groups does.
                catalog, wrong = load_catalog(family, found[:1], at)
            return catalog, told
        without |= faulty
        incomplete = incomplete or any(gathered.kinds.get(path) != "measures" for path in faulty)


def left_out(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Faults of files that were left out, as warnings."""
    return tuple(
        replace(each, severity=Severity.WARNING, message=f"{each.message}（这个文件没有采用）")
        for each in findings
    )


class _Gathered(Struct):
    """Entries by kind and id, as layer after layer adds to them; files `without` which they are gathered."""

    without: Collection[str] = ()
    kinds: dict[str, str] = field(default_factory=dict)
    family: entries.Family | None = None
    by_kind: dict[str, dict[str, Any]] = field(default_factory=dict)
    group_of: dict[str, str] = field(default_factory=dict)
    former: list[entries.FormerOrgan] = field(default_factory=list)
    where: dict[tuple[str, str], Where] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, kind: str, items: Iterable[Any], tree: Tree, layer: Layer) -> None:
        held = self.by_kind.setdefault(kind, {})
        for index, item in enumerate(items):
            place = tree.at(kind, index)
            before = self.where.get((kind, item.id))
            if before and before.layer == layer.name:
                hint = f"另一处在 {before.at}；编号不能重复"
                self.findings.append(error("catalog.duplicate", f"“{item.id}”用了两次", hint, place))
            held[item.id] = item
            self.where[kind, item.id] = Where(place, layer.name, _lines(tree, kind, index), before)

    def read(self, path: Path, layer: Layer) -> None:
        """Take in one catalog file."""
        try:
            opened = open_file(path)
        except InputError as bad:
            self.findings += bad.findings
            return
        tree, value = opened.tree, opened.value
        self.kinds[str(path)] = opened.kind
        self.findings += opened.findings
        if value is None:
            return
        if isinstance(value, entries.Family):
            self.family = value
            self.where["family", value.id] = Where(tree.at(), layer.name, _lines(tree))
            for index, group in enumerate(value.groups):
                lines = _lines(tree, "groups", index)
                self.where["groups", group.id] = Where(tree.at("groups", index), layer.name, lines)
        elif isinstance(value, entries.MeasuresFile):
            self.group_of.update({measure.id: value.group for measure in value.measures})
            self.add("measures", value.measures, tree, layer)
        else:
            for name in type(value).model_fields:
                if name == "former" and isinstance(value, entries.OrgansFile):
                    self.former += value.former
                elif name != "format":
                    self.add(name, getattr(value, name), tree, layer)

    def misplaced(self, groups: Sequence[str]) -> Iterator[Finding]:
        """Measures in files of a group that the family does not have."""
        for measure, group in self.group_of.items():
            if group not in groups:
                place = self.where["measures", measure].at
                message = f"“{measure}”所在的“{group}”不是本目录的分组"
                yield error("catalog.group", message, nearest(group, groups), place)


class OpenedFile(Struct, frozen=True):
    """A catalog file: its data with lines, the kind that it says it is, and its entries or what is wrong with them."""

    tree: Tree
    kind: str
    value: BaseModel | None
    findings: tuple[Finding, ...]


def open_file(path: Path) -> OpenedFile:
    """A file of a catalog. Raises InputError where it cannot be read or is no YAML."""
    return _read(str(path), read_bytes(path))


@lru_cache(maxsize=256)
def _read(path: str, content: bytes) -> OpenedFile:
    """The catalog file at `path` that holds `content`.

    Kept while the process runs: one that builds or checks many papers reads the same catalog each time.
    """
    tree = parse(decode(content, path), path)
    kind, findings = file_format(tree)
    if not findings and kind not in CATALOG_FILES:
        hint = nearest(kind, CATALOG_FILES)
        findings = [error("format.kind", f"目录里没有“{kind}”这种文件", hint, tree.at("format"))]
    value = None
    if not findings:
        value, findings = validate(CATALOG_FILES[kind], tree)
    return OpenedFile(tree, kind, value, tuple(findings))


def _lines(tree: Tree, *keys: str | int) -> Mapping[str, int]:
    """The lines of the keys of an entry."""
    here = tree.data
    for key in keys:
        here = here[key]
    return here.lines if isinstance(here, Map) else {}


def _layered(
    family: str, found: Sequence[Layer], at: Location | None, gathered: _Gathered
) -> tuple[Catalog | None, list[Finding]]:
    for layer in found:
        for folder in (layer.folder / "common", layer.folder / family):
            for path in sorted(folder.rglob("*.yaml")):
                if str(path) not in gathered.without:
                    gathered.read(path, layer)
    if not any((layer.folder / family).is_dir() for layer in found):
        hint = nearest(family, families(found))
        gathered.findings.append(error("family.unknown", f"没有目录“{family}”", hint, at))
    elif gathered.family is None and not gathered.findings and not gathered.without:
        gathered.findings.append(
            error("family.missing", f"目录“{family}”没有 family.yaml", "补上这个文件", at)
        )
    if gathered.findings or gathered.family is None:
        return None, gathered.findings
    held = gathered.by_kind
    catalog = Catalog(
        family=gathered.family,
        measures=held.get("measures", {}),
        group_of=gathered.group_of,
        narrative=held.get("narrative", {}),
        terms=held.get("terms", {}),
        organs=held.get("organs", {}),
        former=tuple(gathered.former),
        policies=held.get("policies", {}),
        programmes=held.get("programmes", {}),
        issuers=held.get("issuers", {}),
        divisions=held.get("divisions", {}),
        changes=held.get("changes", {}),
        sources=held.get("plans", {}),
        where=gathered.where,
    )
    findings = [*gathered.misplaced([group.id for group in gathered.family.groups]), *references(catalog)]
    return (None, findings) if findings else (catalog, [])
