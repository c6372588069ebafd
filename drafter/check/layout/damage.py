"""What is wrong with a package: parts that no program may open, or that are not there."""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from drafter.check.layout.fault import Fault
from drafter.errors import DrafterError
from drafter.read.package import Element, Package

_TYPES = "[Content_Types].xml"
_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def damage_faults(package: Package) -> Iterator[Fault]:
    """Parts without a content type, twice in the package, or named by a relationship and missing."""
    twice = [name for name, count in Counter(package.zip.namelist()).items() if count > 1]
    if twice:
        yield _damage("重复部件", f"文件包中“{twice[0]}”有两份", len(twice))
    if _TYPES not in package.names:
        yield _damage(_TYPES, f"文件包中没有“{_TYPES}”，Word不能打开", 1)
    elif (types := _parsed(package, _TYPES)) is None:
        yield _damage(_TYPES, f"“{_TYPES}”不是完整的XML，Word不能打开", 1)
    else:
        yield from _untyped(package, types)
    yield from _dangling(package)
    for name in sorted(package.names):
        if name.startswith("word/") and name.endswith(".xml") and _parsed(package, name) is None:
            yield _damage(name, f"部件“{name}”不是完整的XML，Word会报文件损坏", 1)


def _damage(value: str, message: str, count: int) -> Fault:
    return Fault("layout.package", value, message, None, count)


def _parsed(package: Package, name: str) -> Element | None:
    """The root of a part, None where it is not well-formed."""
    try:
        return package.part(name)
    except (DrafterError, etree.LxmlError):
        return None


def _untyped(package: Package, types: Element) -> Iterator[Fault]:
    extensions = {(each.get("Extension") or "").lower() for each in types.iter(_NS + "Default")}
    parts = {(each.get("PartName") or "").lstrip("/").lower() for each in types.iter(_NS + "Override")}
    bare = [
        name
        for name in sorted(package.names)
        if not name.endswith("/")
        and name != _TYPES
        and name.lower() not in parts
        and name.rpartition(".")[2].lower() not in extensions
    ]
    if bare:
        yield _damage(bare[0], f"部件“{bare[0]}”没有内容类型，Word会报文件损坏", len(bare))
    if (
        "word/document.xml" in package.names
        and "word/document.xml" not in parts
        and "officeDocument" in package.related("")
    ):
        yield _damage("word/document.xml", "正文部件没有声明内容类型，Word不能打开", 1)


def _dangling(package: Package) -> Iterator[Fault]:
    missing: list[str] = []
    for name in sorted(package.names):
        if not name.endswith(".rels"):
            continue
        root = _parsed(package, name)
        folder = PurePosixPath(name).parent.parent
        for each in () if root is None else root.iter(_REL):
            target = each.get("Target") or ""
            if each.get("TargetMode") == "External" or not target or target.startswith("#"):
                continue
            full = _normal(target.lstrip("/") if target.startswith("/") else str(folder / target))
            if full not in package.names and target.upper() != "NULL":
                missing.append(full)
    if missing:
        yield _damage(missing[0], f"部件“{missing[0]}”不见了，但文件里有指向它的关系", len(missing))


def _normal(path: str) -> str:
    parts: list[str] = []
    for piece in PurePosixPath(path).parts:
        if piece == "..":
            del parts[-1:]
        elif piece not in (".", "/"):
            parts.append(piece)
    return "/".join(parts)


def open_parts(package: Package, main: str) -> tuple[dict[str, Element | None], dict[str, Element]]:
    """Roots of styles, numbering, theme and settings, and of headers and footers by relationship id; None where damaged."""
    related = package.related(main)
    parts = {
        kind: _parsed(package, related.get(kind, "")) for kind in ("styles", "numbering", "theme", "settings")
    }
    whole = PurePosixPath(main)
    rels = _parsed(package, str(whole.parent / "_rels" / f"{whole.name}.rels"))
    furniture: dict[str, Element] = {}
    for each in () if rels is None else rels.iter(_REL):
        target = each.get("Target") or ""
        if (each.get("Type") or "").rsplit("/", 1)[-1] not in ("header", "footer") or each.get(
            "TargetMode"
        ) == "External":
            continue
        full = _normal(target.lstrip("/") if target.startswith("/") else str(whole.parent / target))
        root = _parsed(package, full)
        if root is not None:
            furniture[each.get("Id") or ""] = root
    return parts, furniture
