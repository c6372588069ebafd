"""Two texts as one .docx with tracked changes: accepted it is the new text, rejected the old one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Literal

from msgspec import Struct, field

from drafter.document import Document
from drafter.model.words import Face
from drafter.write.body import document_part
from drafter.write.package import docx_bytes
from drafter.write.sections import Running
from drafter.write.trace import sign
from drafter.write.xml import PROPERTIES, SPACE, Element, W, add, root

Op = tuple[Literal["equal", "delete", "insert"], str]
"""A stretch of a paragraph that stays, goes or comes."""


class Line(Struct, frozen=True):
    """A paragraph: the name of its style, and its text piece by piece, each with its character style."""

    style: str
    pieces: tuple[tuple[str, str | None], ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(text for text, _ in self.pieces)


class Edit(Struct, frozen=True):
    """A paragraph that goes (no `new`), comes (no `old`) or changes; `ops` lead from the old text to the new one."""

    old: Line | None
    new: Line | None
    ops: tuple[Op, ...] = ()


def lines(document: Document) -> tuple[Line, ...]:
    """The paragraphs of a paper's title and body as they are printed. Head, notice, tables, annexes and imprint are none."""
    bare = Document(form=document.form, title=document.title, blocks=document.blocks)
    part, _ = document_part(bare, "as-is", Running("", ""), bookmarks=False)
    body = part[0]
    found = (_line(each) for each in body.iterchildren(f"{{{W}}}p"))
    return tuple(line for line in found if line.text.strip())


def _line(made: Element) -> Line:
    style = made.find(PROPERTIES)[0].get(f"{{{W}}}val")
    pieces = []
    for run in made.iterchildren(f"{{{W}}}r"):
        text = "".join(each.text or "" for each in run.iterchildren(f"{{{W}}}t"))
        named = run.find(f"{{{W}}}rPr/{{{W}}}rStyle")
        if text:
            pieces.append((text, None if named is None else named.get(f"{{{W}}}val")))
    return Line(style, tuple(pieces))


def redline_bytes(
    shell: Document,
    edits: Sequence[Edit],
    author: str,
    day: date | None = None,
    fonts: Mapping[Face, str] | None = None,
) -> bytes:
    """The .docx, signed so that later edits show.

    `shell`: its annexes follow the tracked text; its title is the file's. `author`, `day`: who changed the text and when; a change
    without a day says none. The same input gives the same bytes.
    """
    tracker = _Tracker(author, day)
    made = tuple(tracker.paragraph(edit) for edit in _parted(edits))
    package = docx_bytes(shell, fonts or {}, None, instead=made)
    size = len(sign(b"", b"", b""))
    return sign(package[:-2] + size.to_bytes(2, "little"), b"", b"")


def _parted(edits: Sequence[Edit]) -> list[Edit]:
    """The edits, so that no paragraph ends with an insertion where the next begins with one.

    LibreOffice takes the two for one, and rejecting it joins the paragraphs. What was deleted last comes after the insertion then;
    where nothing was, the last character goes and comes.
    """
    made: list[Edit] = []
    for edit in reversed(edits):
        after = made[-1] if made else None
        begins = after is not None and (after.old is None or (after.ops[:1] and after.ops[0][0] == "insert"))
        made.append(
            _ending_with_deletion(edit) if begins and edit.ops and edit.ops[-1][0] == "insert" else edit
        )
    return made[::-1]


def _ending_with_deletion(edit: Edit) -> Edit:
    *ops, inserted = edit.ops
    if ops and ops[-1][0] == "delete":
        ops[-1:] = [inserted, ops[-1]]
    elif ops:
        kept = ops.pop()[1]
        ops += [("equal", kept[:-1])] if kept[:-1] else []
        ops += [("insert", kept[-1] + inserted[1]), ("delete", kept[-1])]
    return Edit(edit.old, edit.new, (*ops,) if ops else edit.ops)


class _Tracker(Struct):
    """Writes paragraphs with numbered changes."""

    author: str
    day: date | None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def paragraph(self, edit: Edit) -> Element:
        """A paragraph of the tracked text. Its properties in the order of the schema: style, mark, change of style."""
        line = edit.new or edit.old
        if line is None:
            raise ValueError("an edit without an old and a new paragraph")
        made = root("p")
        properties = add(made, "pPr")
        add(properties, "pStyle", val=line.style)
        if edit.old is None or edit.new is None:
            mark = "ins" if edit.old is None else "del"
            self._change(add(properties, "rPr"), mark)
            self._runs(made, mark, line.pieces)
            return made
        if edit.old.style != edit.new.style:
            add(add(self._change(properties, "pPrChange"), "pPr"), "pStyle", val=edit.old.style)
        old, new = _Reader(edit.old.pieces), _Reader(edit.new.pieces)
        for op, text in edit.ops:
            if op == "delete":
                self._runs(made, "del", old.take(len(text)))
            elif op == "insert":
                self._runs(made, "ins", new.take(len(text)))
            else:
                old.take(len(text))
                self._runs(made, "", new.take(len(text)))
        return made

    def _change(self, parent: Element, name: str) -> Element:
        made = add(parent, name, id=next(self.numbers), author=self.author)
        if self.day:
            made.set(f"{{{W}}}date", f"{self.day.isoformat()}T00:00:00Z")
        return made

    def _runs(self, parent: Element, mark: str, pieces: Iterable[tuple[str, str | None]]) -> None:
        holder = self._change(parent, mark) if mark else parent
        for text, style in pieces:
            run = add(holder, "r")
            if style:
                add(add(run, "rPr"), "rStyle", val=style)
            words = add(run, "delText" if mark == "del" else "t")
            words.text = text
            words.set(SPACE, "preserve")


class _Reader(Struct):
    """Takes a paragraph's text from its beginning, so many characters at a time, with the styles that they have."""

    pieces: Sequence[tuple[str, str | None]]
    at: int = 0

    def take(self, size: int) -> list[tuple[str, str | None]]:
        start, end, passed = self.at, self.at + size, 0
        taken = []
        for text, style in self.pieces:
            part = text[max(0, start - passed) : max(0, end - passed)]
            if part:
                taken.append((part, style))
            passed += len(text)
        self.at = end
        return taken
