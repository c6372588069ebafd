"""A zip package of Office: its parts, unpacked only on demand and only within bounds."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import etree
from msgspec import Struct

from drafter.read import refuse
from drafter.read.limits import MAX_PACKAGE, MAX_PART, MAX_PARTS

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# ISO "strict" files differ from what Word writes by default only in the addresses of their namespaces.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_FAULTS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)

Element = Any
"""An lxml element."""


class Package(Struct, frozen=True):
    """An opened package. `part` gives the parsed XML of a part, None where there is none."""

    path: Path
    zip: zipfile.ZipFile
    names: frozenset[str]

    def part(self, name: str) -> Element | None:
        """The root of a part."""
        content = self.content(name)
        return None if content is None else parse_xml(content, self.path, name)

    def content(self, name: str) -> bytes | None:
        """The bytes of a part, at most `MAX_PART` of them."""
        if name not in self.names:
            return None
        try:
            with self.zip.open(name) as source:
                content = source.read(MAX_PART + 1)
        except _FAULTS as bad:
            raise refuse.damaged(self.path, " .docx ", f"“{name}”解不开（{type(bad).__name__}）") from None
        if len(content) > MAX_PART:
            raise refuse.bomb(self.path, f"“{name}”解压后超过 {refuse.megabytes(MAX_PART)}")
        return content

    def related(self, name: str) -> dict[str, str]:
        """Kind of relationship → the part of that kind, for the part `name` ("" for the package)."""
        whole = PurePosixPath(name)
        rels = self.part(str(whole.parent / "_rels" / f"{whole.name}.rels") if name else "_rels/.rels")
        found: dict[str, str] = {}
        for each in () if rels is None else rels.iter(f"{_PACKAGE}Relationship"):
            if each.get("TargetMode") == "External":
                continue
            target = each.get("Target") or ""
            full = target.lstrip("/") if target.startswith("/") else _join(str(whole.parent), target)
            found.setdefault((each.get("Type") or "").rsplit("/", 1)[-1], full)
        return found

    def custom_parts(self) -> Iterator[bytes]:
        """The custom XML parts, in which drafter leaves its trace."""
        for name in sorted(self.names):
            if re.fullmatch(r"customXml/[^/]+\.xml", name):
                yield self.content(name) or b""


def _join(folder: str, target: str) -> str:
    """`target` as seen from `folder`, `..` taken out."""
    parts: list[str] = []
    for piece in (PurePosixPath(folder) / target).parts:
        if piece == "..":
            del parts[-1:]
        elif piece != ".":
            parts.append(piece)
    return "/".join(parts)


def open_package(data: bytes, path: Path) -> Package:
    """The package in `data`; InputError for what is damaged, locked or swollen."""
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
        entries = opened.infolist()
    except _FAULTS as bad:
        raise refuse.damaged(path, "压缩包", str(bad)[:80]) from None
    if len(entries) > MAX_PARTS:
        raise refuse.bomb(path, f"内含 {len(entries)} 个文件")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refuse.encrypted(path, "压缩包")
    declared = sum(entry.file_size for entry in entries)
    if declared > MAX_PACKAGE:
        raise refuse.bomb(path, f"声称解压后有 {declared >> 20} MB")
    return Package(path, opened, frozenset(entry.filename for entry in entries))


def parse_xml(content: bytes, path: Path, name: str) -> Element:
    """The root of an XML part. Entities are refused, not only left unresolved: their text would be missing."""
    if any(mark in content for mark in _DOCTYPE):
        raise refuse.entities(path)
    for strict, usual in _STRICT.items():
        content = content.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as bad:
        raise refuse.damaged(path, " .docx ", f"“{name}”不是完整的 XML（{str(bad)[:60]}）") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise refuse.entities(path)
    return root
