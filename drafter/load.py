"""Files of catalog, packs and profile → model: every problem of every file at once, each with file and line."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from drafter.errors import Finding, InputError, Location, error
from drafter.model import catalog as entries
from drafter.model.catalog import Catalog, Where
from drafter.model.pack import Pack
from drafter.model.profile import Profile
from drafter.model.words import Word
from drafter.nearest import nearest
from drafter.references import references
from drafter.yaml_tree import Tree, decode, parse

CATALOG_FILES: Mapping[str, type[BaseModel]] = {
    "family": entries.Family,
    "measures": entries.MeasuresFile,
    "narrative": entries.NarrativeFile,
    "glossary": entries.GlossaryFile,
    "sources": entries.SourcesFile,
    "organs": entries.OrgansFile,
    "policies": entries.PoliciesFile,
    "issuers": entries.IssuersFile,
}
_VERSION = 1
M = TypeVar("M", bound=BaseModel)


# ------------------------------------------------------------------ layers


@dataclass(frozen=True, slots=True)
class Layer:
    """A folder of catalogs or packs; a later layer wins by id."""

    name: str
    folder: Path


def shipped(kind: str) -> Path:
    """The folder of `catalog` or `templates` that comes with drafter: package data first, checkout second."""
    packaged = Path(__file__).parent / "data" / kind
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / kind


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


# ------------------------------------------------------------------ one file


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; InputError says why it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(error("file.missing", f"没有文件“{path}”", "检查路径和文件名")) from None
    except IsADirectoryError:
        raise InputError(error("file.folder", f"“{path}”是文件夹", "给出文件名")) from None
    except OSError as bad:
        raise InputError(
            error("file.unreadable", f"不能读取“{path}”：{reason(bad)}", "检查权限，或关闭占用它的程序")
        ) from None


def reason(bad: OSError) -> str:
    """The cause of a file error in Chinese."""
    words = {
        "FileNotFoundError": "文件夹不存在",
        "PermissionError": "没有权限，或文件正被其他程序打开",
        "NotADirectoryError": "路径中有一段不是文件夹",
        "IsADirectoryError": "这是一个文件夹",
    }
    codes = {28: "磁盘已满", 30: "磁盘只读", 36: "文件名太长"}
    return codes.get(bad.errno or 0) or words.get(type(bad).__name__) or os.strerror(bad.errno or 0)


def read_tree(path: Path) -> Tree:
    """A YAML file as data with lines."""
    return parse(decode(read_bytes(path), str(path)), str(path))


def _format(tree: Tree) -> tuple[str, list[Finding]]:
    """The kind of file that a tree says it is, or what is wrong with what it says."""
    given = tree.data.get("format") if isinstance(tree.data, dict) else None
    found = re.fullmatch(r"([a-z]+)/([0-9]+)", given) if isinstance(given, str) else None
    if not found:
        hint = "文件第一项写 format，例如 format: profile/1"
        return "", [error("format.missing", "没有写明文件格式", hint, tree.at("format"))]
    if int(found[2]) > _VERSION:
        hint = "请升级 drafter，或改用旧格式"
        message = f"格式“{given}”比本版本支持的 {found[1]}/{_VERSION} 新"
        return "", [error("format.newer", message, hint, tree.at("format"))]
    return found[1], []


def validate(model: type[M], tree: Tree) -> tuple[M | None, list[Finding]]:
    """The entry that a tree describes, or every problem in it."""
    try:
        return model.model_validate(tree.data), []
    except ValidationError as bad:
        return None, [_finding(model, problem, tree) for problem in bad.errors(include_url=False)]


def _finding(model: type[BaseModel], problem: Any, tree: Tree) -> Finding:
    keys = tuple(key for key in problem["loc"] if key != "[key]")
    name = str(keys[-1]) if keys else ""
    message, hint = _told(model, problem, keys, name)
    shown = "" if problem["type"] in ("missing", "extra_forbidden") or not keys else f"“{_path(keys)}”"
    return error(f"file.{problem['type'].replace('_', '-')}", shown + message, hint, tree.at(*keys))


def _path(keys: Sequence[str | int]) -> str:
    return ".".join(f"第{key + 1}项" if isinstance(key, int) else key for key in keys)


def _told(model: type[BaseModel], problem: Any, keys: tuple[Any, ...], name: str) -> tuple[str, str]:
    """Message and hint for one of pydantic's problems."""
    kind, context, given = problem["type"], problem.get("ctx", {}), problem["input"]
    known = _known_keys(model, keys[:-1])
    if kind == "missing":
        return f"缺少“{name}”", f"在{f'“{_path(keys[:-1])}”' if len(keys) > 1 else '文件'}中补上“{name}: …”"
    if kind == "extra_forbidden":
        return f"没有“{name}”这一项", nearest(name, known)
    if kind in ("enum", "literal_error"):
        return f"不能是“{given}”", "可用：" + _choices(context.get("expected", ""))
    if kind == "value_error":
        return "：" + str(context["error"]), ""
    simple = {
        "string_type": "应当是一行文字",
        "string_too_short": "不能为空",
        "bool_parsing": "应当是 true 或 false",
        "bool_type": "应当是 true 或 false",
        "tuple_type": "应当是一列，每项以“- ”开头",
        "list_type": "应当是一列，每项以“- ”开头",
        "dict_type": "应当是“键: 值”的形式",
        "model_type": "应当是“键: 值”的形式",
        "model_attributes_type": "应当是“键: 值”的形式",
        "int_parsing": f"应当是整数，现为“{given}”",
        "int_type": "应当是整数",
        "float_parsing": f"应当是数字，现为“{given}”",
        "float_type": "应当是数字",
        "greater_than_equal": f"不能小于 {context.get('ge')}，现为 {given}",
        "less_than_equal": f"不能大于 {context.get('le')}，现为 {given}",
        "too_short": "至少要有一项",
        "too_long": f"最多 {context.get('max_length')} 项",
    }
    return simple.get(kind, "不合要求"), ""


def _choices(expected: str) -> str:
    values = re.findall(r"'([^']*)'", expected)
    for words in Word.__subclasses__():
        if set(words.words()) == set(values):
            return "、".join(f"{value}（{shown}）" for value, shown in words.words().items())
    return "、".join(values)


def _known_keys(model: type[BaseModel], keys: Sequence[str | int]) -> list[str]:
    """The keys that the entry at `keys` may have."""
    for key in keys:
        if isinstance(key, str) and key in model.model_fields:
            inner = next(_models(model.model_fields[key].annotation), None)
            if inner is None:
                return []
            model = inner
    return list(model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models(argument)


# ------------------------------------------------------------------ all files


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build reads: the profile with its lines, the catalog, the pack and the folders of its templates."""

    profile: Profile
    tree: Tree
    catalog: Catalog
    pack: Pack
    pack_tree: Tree
    folders: tuple[Path, ...]


def load(profile: Path, catalog: Path | None = None, templates: Path | None = None) -> Inputs:
    """Everything that `profile` needs.

    `catalog`, `templates`: the last layers, from the options. Raises InputError with every problem of every file.
    """
    findings: list[Finding] = []
    tree = read_tree(profile)
    value, wrong = load_profile(tree)
    findings += wrong
    data = tree.data if isinstance(tree.data, dict) else {}
    family, pack = data.get("family"), data.get("pack")
    beside = profile.resolve().parent
    loaded = loaded_pack = None
    if isinstance(family, str):
        loaded, wrong = load_catalog(family, layers("catalog", beside, catalog), tree.at("family"))
        findings += wrong
    pack_tree, folders = Tree({}), tuple[Path, ...]()
    if isinstance(pack, str):
        found = layers("templates", beside, templates)
        loaded_pack, pack_tree, folders, wrong = load_pack(pack, found, tree.at("pack"))
        findings += wrong
    if findings or value is None or loaded is None or loaded_pack is None:
        raise InputError(findings)
    return Inputs(value, tree, loaded, loaded_pack, pack_tree, folders)


def load_profile(tree: Tree) -> tuple[Profile | None, list[Finding]]:
    """The profile in a tree, or what is wrong with it."""
    kind, findings = _format(tree)
    if not findings and kind != "profile":
        findings = [
            error("format.kind", f"这是 {kind} 文件，不是县情档案", "给出 profile.yaml", tree.at("format"))
        ]
    return (None, findings) if findings else validate(Profile, tree)


def load_pack(
    name: str, found: Sequence[Layer], at: Location | None = None
) -> tuple[Pack | None, Tree, tuple[Path, ...], list[Finding]]:
    """The pack `name`: its declaration from the last layer that has one, its template folders, last layer first.

    A pack that extends another is laid over it (`Tree.over`), its id and title its own; its folders come first.
    """
    merged, folders, seen, wanted = Tree({}), tuple[Path, ...](), list[str](), name
    while wanted:
        tree, own, findings = _declared(wanted, found, at)
        merged, folders = (merged.over(tree) if seen else tree), folders + own
        if findings:
            return None, merged, folders, findings
        seen.append(wanted)
        wanted, at = tree.data.get("extends"), tree.at("extends")
        if wanted in seen:
            hint = "删去 extends，或写另一个模板包的编号"
            return None, merged, folders, [error("pack.cycle", f"模板包“{wanted}”依据的是它自己", hint, at)]
    pack, findings = validate(Pack, merged)
    return pack, merged, folders, findings


def _declared(
    name: str, found: Sequence[Layer], at: Location | None
) -> tuple[Tree, tuple[Path, ...], list[Finding]]:
    """pack.yaml of a pack as it stands, the folders of its templates, and what is wrong."""
    folders = tuple(layer.folder / name for layer in reversed(found) if (layer.folder / name).is_dir())
    declared = next((folder / "pack.yaml" for folder in folders if (folder / "pack.yaml").is_file()), None)
    if declared is None:
        known = sorted({each.parent.name for layer in found for each in layer.folder.glob("*/pack.yaml")})
        return Tree({}), (), [error("pack.unknown", f"没有模板包“{name}”", nearest(str(name), known), at)]
    try:
        tree = read_tree(declared)
    except InputError as bad:
        return Tree({}), folders, list(bad.findings)
    kind, findings = _format(tree)
    if not findings and kind != "pack":
        findings = [error("format.kind", f"这是 {kind} 文件，应为 pack/{_VERSION}", "", tree.at("format"))]
    return tree, folders, findings


@dataclass(slots=True)
class _Gathered:
    """Entries by kind and id, as layer after layer adds to them."""

    family: entries.Family | None = None
    by_kind: dict[str, dict[str, Any]] = field(default_factory=dict)
    group_of: dict[str, str] = field(default_factory=dict)
    former: list[entries.FormerOrgan] = field(default_factory=list)
    where: dict[tuple[str, str], Where] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, kind: str, items: Iterable[Any], tree: Tree, keys: tuple[str, ...], layer: Layer) -> None:
        held = self.by_kind.setdefault(kind, {})
        for index, item in enumerate(items):
            name = item.id
            place = tree.at(*keys, index)
            before = self.where.get((kind, name))
            if before and before.layer == layer.name:
                hint = f"另一处在 {before.at}；编号不能重复"
                self.findings.append(error("catalog.duplicate", f"“{name}”用了两次", hint, place))
            held[name] = item
            self.where[kind, name] = Where(place, layer.name)


def load_catalog(
    family: str, found: Sequence[Layer], at: Location | None = None
) -> tuple[Catalog | None, list[Finding]]:
    """The catalog of `family` over all layers; entries of later layers replace earlier ones by id."""
    gathered = _Gathered()
    for layer in found:
        for folder in (layer.folder / "common", layer.folder / family):
            for path in sorted(folder.rglob("*.yaml")):
                _gather(path, layer, gathered)
    if not any((layer.folder / family).is_dir() for layer in found):
        known = sorted({each.parent.name for layer in found for each in layer.folder.glob("*/family.yaml")})
        gathered.findings.append(error("family.unknown", f"没有目录“{family}”", nearest(family, known), at))
    if gathered.findings or gathered.family is None:
        return None, gathered.findings
    groups = [group.id for group in gathered.family.groups]
    for measure, group in gathered.group_of.items():
        if group not in groups:
            place = gathered.where["measures", measure].at
            gathered.findings.append(
                error(
                    "catalog.group",
                    f"“{measure}”所在的“{group}”不是本目录的分组",
                    nearest(group, groups),
                    place,
                )
            )
    if gathered.findings:
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
        sources=held.get("plans", {}),
        where=gathered.where,
    )
    findings = references(catalog)
    return (None, findings) if findings else (catalog, [])


def _gather(path: Path, layer: Layer, gathered: _Gathered) -> None:
    """Read one catalog file into `gathered`."""
    try:
        tree = read_tree(path)
    except InputError as bad:
        gathered.findings += bad.findings
        return
    kind, findings = _format(tree)
    if not findings and kind not in CATALOG_FILES:
        hint = nearest(kind, CATALOG_FILES)
        findings = [error("format.kind", f"目录里没有“{kind}”这种文件", hint, tree.at("format"))]
    value = None
    if not findings:
        value, findings = validate(CATALOG_FILES[kind], tree)
    gathered.findings += findings
    if value is None:
        return
    if isinstance(value, entries.Family):
        gathered.family = value
        gathered.where["family", value.id] = Where(tree.at(), layer.name)
        for index, group in enumerate(value.groups):
            gathered.where["groups", group.id] = Where(tree.at("groups", index), layer.name)
    elif isinstance(value, entries.MeasuresFile):
        gathered.group_of.update({measure.id: value.group for measure in value.measures})
        gathered.add("measures", value.measures, tree, ("measures",), layer)
    else:
        for name in type(value).model_fields:
            if name == "former" and isinstance(value, entries.OrgansFile):
                gathered.former += value.former
            elif name != "format":
                gathered.add(name, getattr(value, name), tree, (name,), layer)


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
