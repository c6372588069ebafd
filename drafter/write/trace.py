"""The custom XML part of a .docx: where each paragraph came from, and a fingerprint that shows edits by hand.

Known links hold only where a paragraph's hash does; `build --clean` writes none of this (DESIGN, rule 5).
"""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from lxml import etree
from msgspec import Struct, field

from drafter.model.profile import Answer, Decision
from drafter.write.body import Mark
from drafter.write.xml import W, serialize

NAMESPACE = "urn:drafter:trace:1"
_TAG = f"{{{NAMESPACE}}}"
_NSMAP: Any = {None: NAMESPACE}
_DAMAGED = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, NotImplementedError, EOFError)
_COUNTED = ("commentReference", "ins", "del")


class Trace(Struct, frozen=True):
    """What a .docx remembers: digests of profile and parents, the items that each origin answers, decisions."""

    profile: str
    parents: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()


class State(Enum):
    """What a file is to us: absent, another's, as we wrote it, saved again by a program, edited by hand."""

    ABSENT = "absent"
    FOREIGN = "foreign"
    OURS = "ours"
    RESAVED = "resaved"
    EDITED = "edited"


def digest(data: bytes | str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def fingerprint(document_xml: bytes) -> str:
    """A digest of every w:t and w:delText and of the number of comments, insertions and deletions."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    tree = etree.fromstring(document_xml, parser)
    # By paragraph: programs that save a file again may cut its runs anew.
    words = "\x00".join(
        "".join(each.text or "" for each in made.iter(f"{{{W}}}t", f"{{{W}}}delText"))
        for made in tree.iter(f"{{{W}}}p")
    )
    counts = [sum(1 for _ in tree.iter(f"{{{W}}}{name}")) for name in _COUNTED]
    return digest(f"{counts}{words}")


def trace_part(trace: Trace, marks: Iterable[Mark], document_xml: bytes) -> bytes:
    """The part's bytes."""
    part = etree.Element(f"{_TAG}trace", nsmap=_NSMAP)
    part.set("profile", trace.profile)
    part.set("fingerprint", fingerprint(document_xml))
    part.set("document", digest(document_xml))
    for name, value in trace.parents.items():
        etree.SubElement(part, f"{_TAG}parent", id=name, digest=value)
    for mark in marks:
        made = etree.SubElement(
            part, f"{_TAG}paragraph", bookmark=mark.name, origin=mark.origin, hash=digest(mark.text)
        )
        for answer in trace.answers.get(mark.origin, ()):
            etree.SubElement(made, f"{_TAG}answers", parent=answer.parent, item=answer.item)
    for decision in trace.decisions:
        made = etree.SubElement(
            part, f"{_TAG}decision", parent=decision.parent, item=decision.item, kind=decision.kind
        )
        made.set("reason", decision.reason)
        for child in decision.children:
            etree.SubElement(made, f"{_TAG}child", id=child)
    return serialize(part)


def read_trace(package: bytes) -> etree._Element | None:
    """The trace element of a .docx, found by its namespace; None where there is none or the package is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as source:
            for name in source.namelist():
                if name.startswith("customXml/") and name.endswith(".xml") and "/_rels/" not in name:
                    content = source.read(name)
                    if NAMESPACE.encode() in content:
                        return etree.fromstring(
                            content, etree.XMLParser(resolve_entities=False, no_network=True)
                        )
    except _DAMAGED:
        return None
    return None


def resigned(parts: Mapping[str, bytes], document_xml: bytes) -> dict[str, bytes]:
    """The trace part of a package signed anew for a text that we changed ourselves; nothing where it has none.

    A package whose text a person changed before keeps its old signature: it stays edited.
    """
    for name, content in parts.items():
        if name.startswith("customXml/") and NAMESPACE.encode() in content:
            part = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
            if part.get("document") != digest(parts["word/document.xml"]):
                return {}
            part.set("fingerprint", fingerprint(document_xml))
            part.set("document", digest(document_xml))
            return {name: serialize(part)}
    return {}


def state(path: Path) -> State:
    """What the file at `path` is, if any."""
    if not path.exists():
        return State.ABSENT
    package = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(package)) or _SIGNATURE.search(package, len(package) - _SIGNED):
        return _signed_state(package)
    trace = read_trace(package)
    if trace is None:
        return State.FOREIGN
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as source:
            document_xml = source.read("word/document.xml")
        if trace.get("document") == digest(document_xml):
            return State.OURS
        same = trace.get("fingerprint") == fingerprint(document_xml)
    except _DAMAGED:
        return State.FOREIGN
    return State.RESAVED if same else State.EDITED


_SIGNATURE = re.compile(rb"drafter:sha256=([0-9a-f]{64})")
_BLANK = b"0" * 64
_SIGNED = len(b"drafter:sha256=") + 64
"""Bytes at the end of a package of ours that is signed as a whole, in the archive's comment."""


def sign(content: bytes, before: bytes, after: bytes, at_start_of: bytes | None = None) -> bytes:
    """`content` with a comment that holds its own digest, so that a later edit shows.

    `before` and `after` make the comment of the format; it stands at the end, or after the first `at_start_of`.
    """
    comment = before + b"drafter:sha256=" + _BLANK + after
    if at_start_of is None:
        text = content + comment
    else:
        head, mark, rest = content.partition(at_start_of)
        text = head + mark + comment + rest
    return text.replace(b"drafter:sha256=" + _BLANK, b"drafter:sha256=" + digest(text).encode())


def _signed_state(content: bytes) -> State:
    found = _SIGNATURE.search(content)
    if not found:
        return State.FOREIGN
    blank = content[: found.start(1)] + _BLANK + content[found.end(1) :]
    return State.OURS if digest(blank) == found[1].decode() else State.EDITED
