"""Files of catalog, packs and profile → model: every problem of every file at once, each with file and line."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from pydantic import TypeAdapter

from drafter.errors import Finding, InputError, Location, error
from drafter.load.catalog import (
    CATALOG_FILES,
    Layer,
    families,
    family_for,
    family_titles,
    layers,
    left_out,
    load_catalog,
    shipped,
    usable_catalog,
)
from drafter.load.files import VERSION, file_format, is_profile, read_bytes, read_tree, reason, validate
from drafter.model.catalog import Catalog
from drafter.model.pack import Pack
from drafter.model.profile import Profile
from drafter.nearest import nearest
from drafter.yaml_tree import Tree

__all__ = [
    "Inputs",
    "Layer",
    "families",
    "family_for",
    "family_titles",
    "is_profile",
    "json_schema",
    "layers",
    "left_out",
    "load",
    "load_catalog",
    "load_pack",
    "load_profile",
    "pack_titles",
    "packs",
    "read_bytes",
    "read_tree",
    "reason",
    "shipped",
    "usable_catalog",
]


class Inputs(Struct, frozen=True):
    """What a build reads: the profile with its lines, the catalog, the pack and the folders of its templates.

    `left_out`: warnings about own catalog files that were left out, because something in them is at fault.
    """

    profile: Profile
    tree: Tree
    catalog: Catalog
    pack: Pack
    pack_tree: Tree
    folders: tuple[Path, ...]
    left_out: tuple[Finding, ...] = ()


def load(
    profile: Path, catalog: Path | None = None, templates: Path | None = None, strict: bool = True
) -> Inputs:
    """Everything that `profile` needs.

    `catalog`, `templates`: the last layers, from the options. Raises InputError with every problem of every file; not
    `strict`: own catalog files that are at fault are left out, where nothing else is wrong.
    """
    findings: list[Finding] = []
    tree = read_tree(profile)
    value, wrong = load_profile(tree)
    findings += wrong
    data = tree.data if isinstance(tree.data, dict) else {}
    family, pack = data.get("family"), data.get("pack")
    beside = profile.resolve().parent
    loaded = loaded_pack = None
    faults: list[Finding] = []
    if isinstance(family, str):
        step = load_catalog if strict else usable_catalog
        loaded, faults = step(family, layers("catalog", beside, catalog), tree.at("family"))
    pack_tree, folders = Tree({}), tuple[Path, ...]()
    if isinstance(pack, str):
        found = layers("templates", beside, templates)
        loaded_pack, pack_tree, folders, wrong = load_pack(pack, found, tree.at("pack"))
        findings += wrong
    if findings or value is None or loaded is None or loaded_pack is None:
        raise InputError([*findings, *faults])
    return Inputs(value, tree, loaded, loaded_pack, pack_tree, folders, left_out(faults))


def load_profile(tree: Tree) -> tuple[Profile | None, list[Finding]]:
    """The profile in a tree, or what is wrong with it."""
    kind, findings = file_format(tree)
    if not findings and kind != "profile":
        findings = [
            error("format.kind", f"这是 {kind} 文件，不是县情档案", "给出 profile.yaml", tree.at("format"))
        ]
    return (None, findings) if findings else validate(Profile, tree)


def packs(found: Sequence[Layer]) -> tuple[str, ...]:
    """The packs that the layers hold, in order of their ids."""
    return tuple(sorted({path.parent.name for layer in found for path in layer.folder.glob("*/pack.yaml")}))


def pack_titles(found: Sequence[Layer]) -> dict[str, tuple[str, str | None]]:
    """The packs that the layers hold: id → title and the family that it is for, as far as its declaration can be read.

    None: for any family. What else may be wrong with a pack is told by who opens it.
    """
    made = {}
    for name in packs(found):
        data = _stacked(name, found, None)[0].data
        declared = data if isinstance(data, dict) else {}
        made[name] = (str(declared.get("title") or name), declared.get("family"))
    return made


def load_pack(
    name: str, found: Sequence[Layer], at: Location | None = None
) -> tuple[Pack | None, Tree, tuple[Path, ...], list[Finding]]:
    """The pack `name`: its declaration from the last layer that has one, its template folders, last layer first.

    A pack that extends another is laid over it (`Tree.over`), its id and title its own; its folders come first.
    """
    tree, folders, findings = _stacked(name, found, at)
    if findings:
        return None, tree, folders, findings
    pack, findings = validate(Pack, tree)
    return pack, tree, folders, findings


def _stacked(
    name: str, found: Sequence[Layer], at: Location | None
) -> tuple[Tree, tuple[Path, ...], list[Finding]]:
    """The declaration of a pack over those that it extends, the folders of their templates, and what is wrong."""
    merged, folders, seen, wanted = Tree({}), tuple[Path, ...](), list[str](), name
    while wanted:
        tree, own, findings = _declared(wanted, found, at)
        merged, folders = (merged.over(tree) if seen else tree), folders + own
        if findings:
            return merged, folders, findings
        seen.append(wanted)
        wanted, at = tree.data.get("extends"), tree.at("extends")
        if wanted in seen:
            hint = "删去 extends，或写另一个模板包的编号"
            return merged, folders, [error("pack.cycle", f"模板包“{wanted}”依据的是它自己", hint, at)]
    return merged, folders, []


def _declared(
    name: str, found: Sequence[Layer], at: Location | None
) -> tuple[Tree, tuple[Path, ...], list[Finding]]:
    """pack.yaml of a pack as it stands, the folders of its templates, and what is wrong."""
    folders = tuple(layer.folder / name for layer in reversed(found) if (layer.folder / name).is_dir())
    declared = next((folder / "pack.yaml" for folder in folders if (folder / "pack.yaml").is_file()), None)
    if declared is None:
        hint = nearest(str(name), packs(found))
        return Tree({}), (), [error("pack.unknown", f"没有模板包“{name}”", hint, at)]
    try:
        tree = read_tree(declared)
    except InputError as bad:
        return Tree({}), folders, list(bad.findings)
    kind, findings = file_format(tree)
    if not findings and kind != "pack":
        findings = [error("format.kind", f"这是 {kind} 文件，应为 pack/{VERSION}", "", tree.at("format"))]
    return tree, folders, findings


def json_schema(kind: str) -> dict[str, Any]:
    """JSON Schema of `catalog`, `profile` or `pack` files, for editors."""
    if kind == "profile":
        return Profile.model_json_schema()
    if kind == "pack":
        return Pack.model_json_schema()
    _, schema = TypeAdapter.json_schemas(
        [(name, "validation", TypeAdapter(model)) for name, model in CATALOG_FILES.items()]
    )
    references = [{"$ref": f"#/$defs/{model.__name__}"} for model in CATALOG_FILES.values()]
    return {"oneOf": references, **schema}
