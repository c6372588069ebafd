"""What a rule sees of a paper: its outline, its printed texts with their places, its own date, and the facts."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from drafter.check.facts import Facts
from drafter.document import Citation, Document, Table
from drafter.errors import Location
from drafter.outline import Node, Outline
from drafter.outline.citations import citations

if TYPE_CHECKING:
    from drafter.align import Alignment

Material = Literal["text", "file", "pages", "parent"]
Kind = Literal["head", "notice", "title", "heading", "text", "units", "table", "annex", "imprint"]
_TITLE = r"《[^《》]*(?:《[^《》]*》[^《》]*)*》"


class Text(Struct, frozen=True):
    """A printed string: one paragraph, title or cell. `node`: the outline node that it belongs to."""

    text: str
    kind: Kind
    at: Location
    node: Node | None = None

    @property
    def prose(self) -> bool:
        """Whether it is running text of the plan or its notice."""
        return self.kind in ("text", "notice")

    def clauses(self) -> list[str]:
        """Its clauses, cut at stops."""
        return [part for part in re.split(r"[，。；：！？,;:!?]", self.text) if part]


class RawLine(Struct, frozen=True):
    """A paragraph or line as the file has it, before anything was joined or mended."""

    text: str
    at: Location


class Subject(Struct, frozen=True, dict=True):
    """A paper to be judged. Rules read it and change nothing.

    `own`: drafter made it. `status`: as in the JSON of `read`. `as_template`: judged by `today` instead of its own day.
    `raw`: the lines of its file; empty for a paper that was composed and is not yet written. `data`: its bytes, of a .docx.
    `fresh`: the words that the catalog does not have, where only these are searched for phrases. `rendered`: judge its printed pages too. `alignment`: with the plan above, where one was given.
    """

    document: Document
    outline: Outline
    facts: Facts
    today: date
    path: str | None = None
    raw: tuple[RawLine, ...] = ()
    own: bool = False
    as_template: bool = False
    status: str = "issued"
    data: bytes = b""
    fresh: str | None = None
    rendered: bool = False
    alignment: "Alignment | None" = None

    def has(self, material: Material) -> bool:
        """Whether there is what a rule judges: text there always is."""
        return {
            "text": True,
            "file": bool(self.data),
            "pages": self.rendered,
            "parent": self.alignment is not None,
        }[material]

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every printed string in the order of the page."""
        return tuple(_texts(self.document, self.outline, self.path))

    @cached_property
    def prose(self) -> tuple[Text, ...]:
        """Running text and titles of the plan's own parts and of the notice."""
        return tuple(text for text in self.texts if text.kind in ("text", "heading", "notice"))

    @cached_property
    def whole(self) -> str:
        """All printed strings, one a line."""
        return "\n".join(text.text for text in self.texts)

    @cached_property
    def cited(self) -> tuple[tuple[Text, Citation], ...]:
        """Every paper that is cited, with the text that cites it."""
        return tuple(
            (text, cited) for text in self.texts if "《" in text.text for cited in citations(text.text)
        )

    @cached_property
    def bare(self) -> tuple[str, ...]:
        """The lines of the file without blanks."""
        return tuple(bare(line.text) for line in self.raw)

    @cached_property
    def day(self) -> date | None:
        """The day by which the paper is judged: its own, or today for a template and for a draft of ours."""
        if self.as_template:
            return self.today
        meta = self.outline.meta
        for known in (meta.issued_date, meta.printed_date):
            if known:
                return date.fromisoformat(known)
        if self.own:
            return self.today
        # A paper without a date was written in the first year of its period, or not long before.
        return date(meta.period[0], 12, 31) if meta.period else None

    @cached_property
    def issued(self) -> date | None:
        """The date that the paper bears, if it bears one."""
        given = self.outline.meta.issued_date or self.outline.meta.printed_date
        return date.fromisoformat(given) if given else None

    @cached_property
    def period(self) -> tuple[int, int] | None:
        """The period by which it is judged: its own, or the current five years for a template."""
        if self.as_template:
            start = (self.today.year - 1) // 5 * 5 + 1
            return start, start + 4
        return self.outline.meta.period

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Node id → node."""
        return {node.id: node for node in self.outline.nodes}

    @cached_property
    def body(self) -> tuple[Node, ...]:
        """The nodes of the plan without its annexes, which have numbers of their own."""
        annexes = {node.id for node in self.outline.nodes if node.kind == "annex"}
        return tuple(node for node in self.outline.nodes if node.id.partition(".")[0] not in annexes)

    @cached_property
    def texts_of(self) -> dict[str, list[Text]]:
        """Node id → its printed strings."""
        found: dict[str, list[Text]] = {}
        for text in self.texts:
            if text.node is not None:
                found.setdefault(text.node.id, []).append(text)
        return found

    @cached_property
    def children(self) -> dict[str, list[Node]]:
        """Node id → the nodes directly below."""
        found: dict[str, list[Node]] = {}
        for node in self.outline.nodes:
            found.setdefault(node.id.rpartition(".")[0], []).append(node)
        return found


def bare(text: str) -> str:
    """`text` without any white space."""
    return "".join(text.split())


def without_titles(text: str) -> str:
    """`text` with every 《…》 blanked: what a cited title says is another paper's."""
    if "《" not in text:
        return text
    return re.sub(_TITLE, lambda found: "《" + "＿" * (len(found.group()) - 2) + "》", text)


_HALF = ",;:()"
_FULL = str.maketrans(_HALF, "，；：（）")


@lru_cache(maxsize=4096)
def full_width(text: str) -> str:
    """`text` with full-width stops and brackets, every character in its place: of a converted paper all are half-width."""
    return text.translate(_FULL) if any(mark in text for mark in _HALF) else text


def around(text: str, start: int, end: int, room: int = 12) -> str:
    """At most 40 characters of `text` that hold what stands from `start` to `end`, cut at stops."""
    if end - start >= 40:
        return text[start : start + 40]
    before = re.search(rf"[^，。；：,;:]{{0,{room}}}$", text[max(0, start - room) : start])
    after = re.match(rf"[^，。；：,;:]{{0,{room}}}", text[end : end + room])
    left = len(before.group()) if before else 0
    right = len(after.group()) if after else 0
    return text[start - left : end + right][:40]


# ------------------------------------------------------------------ texts


def _texts(document: Document, outline: Outline, path: str | None) -> Iterator[Text]:
    def at(node: str) -> Location:
        return Location(path, node=node)

    if document.letterhead:
        for part in (document.letterhead.issuer_mark, document.letterhead.number):
            if part:
                yield Text(part, "head", at("版头"))
    if document.notice:
        notice = document.notice
        parts = ("".join(notice.title), notice.addressees, *notice.paragraphs, notice.signature, notice.note)
        for part in parts:
            if part:
                yield Text(part, "notice", at("印发通知"))
    if document.title:
        yield Text("".join(document.title), "title", at("标题"))
    for node in outline.nodes:
        here = at(node.id)
        yield from _node(node, here)
    if document.imprint:
        for group in document.imprint.copy_to:
            yield Text("、".join(group), "imprint", at("版记"))
        if document.imprint.printer:
            yield Text(document.imprint.printer, "imprint", at("版记"))


def _node(node: Node, here: Location) -> Iterator[Text]:
    if node.title:
        yield Text(node.title, "annex" if node.kind == "annex" else "heading", here, node)
    for part in node.text.split("\n"):
        if part:
            yield Text(part, "text", here, node)
    if node.resp_raw:
        yield Text(node.resp_raw, "units", here, node)
    for table in node.tables:
        for cell in _cells(table):
            yield Text(cell, "table", here, node)


def _cells(table: Table) -> Sequence[str]:
    return list(dict.fromkeys(cell for row in table.rows for cell in row if cell))
