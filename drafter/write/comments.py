"""Word comments, set into a finished .docx: ours or anyone's."""

import copy
import io
import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lxml import etree
from msgspec import Struct

from drafter.write.trace import read_trace, resigned
from drafter.write.xml import SPACE, Element, W, add, root, serialize

AUTHOR = "drafter"
"""Who sets comments of ours; they are about the text and no part of it."""
_PART = "word/comments.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_FEW_LINES = 20
"""Lines of one comment; more would not be read in the margin."""


class Comment(Struct, frozen=True):
    """A comment. `paragraph`: its place among all paragraphs of the text, from 0.

    `quote`: the words that it is about; where they do not stand there, it is about the whole paragraph.
    """

    paragraph: int
    lines: tuple[str, ...]
    quote: str = ""


def with_comments(
    package: bytes, comments: Sequence[Comment], author: str = AUTHOR, day: date | None = None
) -> bytes:
    """The .docx with comments added to those that it has; `day`: their date, none where unknown.

    A trace of ours is signed anew, so that comments of ours do not pass for a person's edit.
    """
    if not comments:
        return package
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        entries = [(entry, source.read(entry)) for entry in source.infolist()]
    parts = {entry.filename: content for entry, content in entries}
    main = _main_part(parts)
    body = _parsed(parts[main])
    relations_name = posixpath.join(posixpath.dirname(main), "_rels", posixpath.basename(main) + ".rels")
    part_name = _linked(parts, relations_name, main)
    held = _parsed(parts[part_name]) if part_name in parts else root("comments")
    _insert(body, held, comments, author, day)
    changed = {main: serialize(body), part_name: serialize(held)}
    if part_name not in parts:
        changed["[Content_Types].xml"] = _typed(parts["[Content_Types].xml"], part_name)
        changed[relations_name] = _related(parts.get(relations_name), part_name)
    changed |= resigned(parts, changed[main])
    return _zipped(entries, changed)


def paragraph_texts(package: bytes) -> tuple[str, ...]:
    """The text of each paragraph as quotes are looked for in it; nothing for those in text boxes, which take no comments."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        main = _main_part({"_rels/.rels": source.read("_rels/.rels")})
        body = _parsed(source.read(main)) if main in source.namelist() else root("document")
    return tuple("" if _boxed(each) else "".join(map(_text, _runs(each))) for each in body.iter(f"{{{W}}}p"))


def origin_paragraphs(package: bytes) -> Mapping[str, int]:
    """Origin → place of its paragraph, as the trace of a .docx of ours knows it."""
    trace = read_trace(package)
    if trace is None:
        return {}
    names = {each.get("bookmark"): each.get("origin") for each in trace if each.get("bookmark")}
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        body = _parsed(source.read("word/document.xml"))
    found: dict[str, int] = {}
    for place, paragraph in enumerate(body.iter(f"{{{W}}}p")):
        for mark in paragraph.iter(f"{{{W}}}bookmarkStart"):
            origin = names.get(mark.get(f"{{{W}}}name"))
            if origin:
                found.setdefault(origin, place)
    return found


# ------------------------------------------------------------------ the text


def _insert(body: Element, held: Element, comments: Sequence[Comment], author: str, day: date | None) -> None:
    paragraphs = list(body.iter(f"{{{W}}}p"))
    taken = [int(each.get(f"{{{W}}}id", "0")) for each in held]
    for number, comment in enumerate(comments, max(taken, default=0) + 1):
        paragraph = paragraphs[comment.paragraph]
        span = _range(paragraph, comment.quote)
        start, end = root("commentRangeStart"), root("commentRangeEnd")
        for mark in (start, end):
            mark.set(f"{{{W}}}id", str(number))
        if span:
            span[0].addprevious(start)
            span[1].addnext(end)
        else:
            paragraph.append(start)
            paragraph.append(end)
        mark = root("r")
        add(mark, "commentReference", id=number)
        end.addnext(mark)
        made = add(held, "comment", id=number, author=author, initials=author[:2])
        if day:
            made.set(f"{{{W}}}date", f"{day.isoformat()}T00:00:00Z")
        for line in comment.lines[:_FEW_LINES]:
            words = add(add(add(made, "p"), "r"), "t")
            words.text = line
            words.set(SPACE, "preserve")


def _range(paragraph: Element, quote: str) -> tuple[Element, Element] | None:
    """The first and the last run of what a comment is about; runs are cut where the quote begins and ends."""
    runs = _runs(paragraph)
    if not runs:
        return None
    text = "".join(map(_text, runs))
    begin = text.find(quote) if quote else -1
    if begin < 0:
        return runs[0], runs[-1]
    first = _cut(runs, begin)
    last = _cut(runs, begin + len(quote)) - 1
    return runs[first], runs[last]


def _runs(paragraph: Element) -> list[Element]:
    """Its runs of words, without those of text boxes that hang on it."""
    return [
        each
        for each in paragraph.iter(f"{{{W}}}r")
        if _words(each) is not None and next(each.iterancestors(f"{{{W}}}p"), None) is paragraph
    ]


def _boxed(paragraph: Element) -> bool:
    return next(paragraph.iterancestors(f"{{{W}}}txbxContent"), None) is not None


def _text(run: Element) -> str:
    words: Any = _words(run)
    return words.text or ""


def _words(run: Element) -> Element | None:
    """The text of a run that holds nothing but text."""
    inner = [each for each in run if each.tag != f"{{{W}}}rPr"]
    return inner[0] if len(inner) == 1 and inner[0].tag == f"{{{W}}}t" else None


def _cut(runs: list[Element], place: int) -> int:
    """Make a run begin at `place` of the text of `runs`; returns its index, their number at the end of the text."""
    passed = 0
    for index, run in enumerate(runs):
        text = _text(run)
        if place == passed:
            return index
        if place < passed + len(text):
            rest = copy.deepcopy(run)
            _set(run, text[: place - passed])
            _set(rest, text[place - passed :])
            run.addnext(rest)
            runs.insert(index + 1, rest)
            return index + 1
        passed += len(text)
    return len(runs)


def _set(run: Element, text: str) -> None:
    words: Any = _words(run)
    words.text = text
    words.set(SPACE, "preserve")


# ------------------------------------------------------------------ the package


def _parsed(content: bytes) -> Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _main_part(parts: Mapping[str, bytes]) -> str:
    for relation in _parsed(parts["_rels/.rels"]):
        if relation.get("Type") == _MAIN_RELATION:
            return str(relation.get("Target")).lstrip("/")
    return "word/document.xml"


def _linked(parts: Mapping[str, bytes], relations_name: str, main: str) -> str:
    """The name of the part that holds the comments, or of the one to make."""
    if relations_name in parts:
        for relation in _parsed(parts[relations_name]):
            if relation.get("Type") == _RELATION:
                target = str(relation.get("Target"))
                joined = posixpath.normpath(posixpath.join(posixpath.dirname(main), target))
                return target.lstrip("/") if target.startswith("/") else joined
    return _PART


def _typed(content: bytes, name: str) -> bytes:
    types = _parsed(content)
    etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=_TYPE)
    return serialize(types)


def _related(content: bytes | None, name: str) -> bytes:
    relations = _parsed(content) if content else etree.Element(f"{{{_RELATIONS}}}Relationships")
    taken = {each.get("Id") for each in relations}
    number = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", Id=number, Type=_RELATION, Target=f"/{name}")
    return serialize(relations)


def _zipped(entries: Sequence[tuple[zipfile.ZipInfo, bytes]], changed: Mapping[str, bytes]) -> bytes:
    """The package with its parts in their order, changed ones in place, new ones last; all else as it was."""
    packed = io.BytesIO()
    like = entries[0][0]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry, content in entries:
            target.writestr(entry, changed.get(entry.filename, content))
        for name in changed.keys() - {entry.filename for entry, _ in entries}:
            entry = zipfile.ZipInfo(name, like.date_time)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, like.create_system
            target.writestr(entry, changed[name])
    return packed.getvalue()
