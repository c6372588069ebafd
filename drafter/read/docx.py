"""A .docx → Lines: paragraphs and tables in order, as Word prints them (`runs` reads the words of one paragraph).

Not read, and named in `unread`: comments, foot- and endnotes, hidden text, pictures, embedded files. Not read because it
is page furniture: headers, footers, tables of contents. Tracked changes are taken as accepted.
"""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from drafter.document import Unread, one_line
from drafter.read import refuse
from drafter.read.found import Found, bounded, unread
from drafter.read.limits import MAX_CELLS, MAX_COLUMNS
from drafter.read.numbering import Numbering, read_numbering
from drafter.read.package import Element, Package, open_package, parse_xml
from drafter.read.runs import BLOCK_HOLDERS, MC, Reader, Segment, Words, is_gallery
from drafter.read.styles import Styles, W, is_on, read_styles, value
from drafter.structure.lines import Line
from drafter.write.comments import AUTHOR
from drafter.write.trace import NAMESPACE, digest

_OURS = "公文 "
_IMPRINT = ("公文 抄送", "公文 抄送（续）", "公文 印发机关", "公文 印发日期")
_CONTENTS = ("toc ", "TOC ", "table of figures")
_NOTE_PARTS = (
    ("footnote", "footnotes", "脚注"),
    ("endnote", "endnotes", "尾注"),
    ("comment", "comments", "批注"),
)


def read_docx(data: bytes, path: Path) -> Found:
    """The lines of a .docx. InputError for a package that cannot be read."""
    package = open_package(data, path)
    main = package.related("").get("officeDocument") or "word/document.xml"
    document = package.part(main)
    body = None if document is None else document.find(W + "body")
    if body is None:
        raise refuse.damaged(path, " .docx ", "没有正文部分")
    related = package.related(main)
    styles = read_styles(package.part(related.get("styles", "")))
    numbering = read_numbering(package.part(related.get("numbering", "")), styles)
    words = Reader(styles, dict(_notes(package, related)))
    # Only drafter is trusted to end a paragraph where it ends: typed and pasted ones are broken anywhere.
    ours = any((styles.name(each) or "").startswith(_OURS) for each in styles.by_id)
    walk = _Walk(path, styles, numbering, words, _trace(package), ours)
    walk.blocks(body)
    walk.flush()
    walk.end_section(body.find(W + "sectPr"))
    lines = tuple(walk.lines)
    return Found(lines, bounded([*_revisions(document), *words.unread]), walk.origins)


def _notes(package: Package, related: dict[str, str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Texts of notes and comments, by kind and id; not those that drafter itself set beside the text."""
    for kind, relation, shown in _NOTE_PARTS:
        part = package.part(related.get(relation, ""))
        for note in () if part is None else part.iterfind(W + kind):
            if note.get(W + "type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            text = one_line("".join(each.text or "" for each in note.iter(W + "t")))
            author = note.get(W + "author")
            if author == AUTHOR:
                continue
            yield (kind, note.get(W + "id") or ""), f"{shown}{f'（{author}）' if author else ''}：{text}"


def _trace(package: Package) -> dict[str, tuple[str, str]]:
    """Bookmark → origin and hash of the paragraph, from the part that drafter leaves in its own files."""
    for content in package.custom_parts():
        if NAMESPACE.encode() in content:
            root = parse_xml(content, package.path, "customXml")
            return {
                each.get("bookmark") or "": (each.get("origin") or "", each.get("hash") or "")
                for each in root.iter(f"{{{NAMESPACE}}}paragraph")
            }
    return {}


def _revisions(document: Element) -> Iterator[Unread]:
    """One entry where tracked changes were taken as accepted: the reader of the outline should know."""
    counts = [sum(1 for _ in document.iter(W + name)) for name in ("ins", "del", "moveFrom")]
    if any(counts):
        what = f"修订标记按“全部接受”读取（插入 {counts[0]} 处，删除 {counts[1]} 处，移动 {counts[2]} 处）"
        yield unread(what, "全文")


class _Waiting(Struct):
    """A paragraph whose mark is deleted or hidden: its words go on in the next."""

    properties: Element | None
    words: Words


class _Walk(Struct):
    """Goes through body, content controls, tables and text boxes; gathers lines."""

    path: Path
    styles: Styles
    numbering: Numbering
    reader: Reader
    trace: dict[str, tuple[str, str]]
    ours: bool
    lines: list[Line] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)
    count: int = 0
    new_page: bool = False
    waiting: _Waiting | None = None
    section: int = 0

    # ------------------------------------------------------------------ blocks

    def blocks(self, parent: Element) -> None:
        """Paragraphs and tables below `parent`, in order."""
        for child in parent:
            if not isinstance(child.tag, str):
                continue
            name = child.tag.removeprefix(W)
            if name == "p":
                self.paragraph(child)
            elif name == "tbl":
                self.table(child)
            elif name == "altChunk":
                self.reader.unread.append(unread("嵌入的其他文件（altChunk），其中文字没有读", self.where))
            elif name in BLOCK_HOLDERS and not (name == "sdt" and is_gallery(child)):
                self.blocks(child)
            elif child.tag == MC + "AlternateContent":
                branch = next((each for each in child if next(each.iter(W + "t"), None) is not None), None)
                if branch is not None:
                    self.blocks(branch)

    @property
    def where(self) -> str:
        return f"第{self.count}段"

    # ------------------------------------------------------------------ paragraphs

    def paragraph(self, element: Element) -> None:
        """One w:p: its words join those of a paragraph before it whose mark is gone."""
        self.count += 1
        where = self.where
        words = self.reader.read(element, where)
        properties = element.find(W + "pPr")
        if self.waiting is not None:
            properties, words = _joined(self.waiting, properties, words)
            self.waiting = None
        if _mark_is_gone(element.find(W + "pPr")):
            self.waiting = _Waiting(properties, words)
            return
        self.emit(properties, words, where)

    def flush(self) -> None:
        """A last paragraph whose mark is gone has no next one to join."""
        if self.waiting is not None:
            waiting, self.waiting = self.waiting, None
            self.emit(waiting.properties, waiting.words, self.where)

    def emit(self, properties: Element | None, words: Words, where: str) -> None:
        """Lines of a paragraph: text boxes around it, then one line for each segment between line breaks."""
        style = value(properties, "pStyle") or self.styles.default
        name = self.styles.name(style)
        for box in words.boxes_before:
            self.inner(box)
        if is_on(properties, "pageBreakBefore") or self.styles.switch(style, "pageBreakBefore", "pPr"):
            self.new_page = True
        number = "" if (name or "").startswith(_CONTENTS) else self.numbering.number(properties, style)
        if not (name or "").startswith(_CONTENTS):
            self._segments(properties, style, words, number, where)
        for box in words.boxes_after:
            self.inner(box)
        section = None if properties is None else properties.find(W + "sectPr")
        if section is not None:
            self.new_page = self.new_page or value(section, "type") != "continuous"
            self.end_section(section)

    def end_section(self, section: Element | None) -> None:
        """A section's properties stand at its end: they say how its pages lie."""
        size = None if section is None else section.find(W + "pgSz")
        if size is not None and size.get(W + "orient") == "landscape":
            self.lines[self.section :] = [
                replace(line, landscape=True) for line in self.lines[self.section :]
            ]
        self.section = len(self.lines)

    def _segments(
        self, properties: Element | None, style: str | None, words: Words, number: str, where: str
    ) -> None:
        centred = (value(properties, "jc") or self.styles.setting(style, "jc")) == "center"
        segments = [each for each in words.segments if each.text.strip() or each.new_page]
        broken = sum(1 for each in segments if each.text.strip()) > 1
        mark = self._known(words)
        for segment in segments:
            self.new_page = self.new_page or segment.new_page
            text = _numbered(number, segment.text)
            if not segment.text.strip() or not text:
                continue
            self.lines.append(
                Line(
                    text=text,
                    style=self.styles.name(style) if self.ours else None,
                    run_in=_run_in(number, segment),
                    mark=mark,
                    where=where,
                    whole=self.ours and not broken,
                    centred=centred,
                    new_page=self.new_page,
                )
            )
            self.new_page, number, mark = False, "", None

    def _known(self, words: Words) -> str | None:
        """drafter's bookmark, where the paragraph still says what drafter wrote."""
        origin, known = self.trace.get(words.mark or "", ("", ""))
        if not words.mark or digest(words.plain) != known:
            return None
        self.origins[words.mark] = origin
        return words.mark

    def inner(self, box: Element) -> None:
        """The paragraphs of a text box, after which the text around it goes on."""
        outer, self.waiting = self.waiting, None
        self.blocks(box)
        self.flush()
        self.waiting = outer

    # ------------------------------------------------------------------ tables

    def table(self, element: Element) -> None:
        """A table as rows; one that only lays out the page (a single column, the imprint) as its paragraphs."""
        self.flush()
        where = f"第{self.count}段后的表格"
        rows = list(_rows(element))
        cells = [cell for row in rows for cell, _, _ in row]
        if all(len(row) <= 1 for row in rows) or self._is_imprint(cells):
            for cell in cells:
                self.blocks(cell)
                self.flush()
            return
        table = self._grid(rows)
        if any(any(row) for row in table):
            self.lines.append(Line("", where=where, rows=table, new_page=self.new_page))
            self.new_page = False

    def _is_imprint(self, cells: list[Element]) -> bool:
        return any(
            self.styles.name(value(each.find(W + "pPr"), "pStyle")) in _IMPRINT
            for cell in cells
            for each in cell.iterfind(W + "p")
        )

    def _grid(self, rows: "list[list[_Cell]]") -> tuple[tuple[str, ...], ...]:
        """The cells of a table; a merged one stands in each place that it covers."""
        table: list[list[str]] = []
        size = 0
        for row in rows:
            made: list[str] = []
            for cell, span, continues in row:
                above = table[-1] if table else []
                text = self._cell(cell)
                if continues and not text and len(made) < len(above):
                    text = above[len(made)]
                made += [text] * span
            made = made[:MAX_COLUMNS]
            size += len(made)
            if size > MAX_CELLS:
                raise refuse.too_large(self.path, "表格单元格", f"{MAX_CELLS} 个")
            table.append(made)
        width = max((len(row) for row in table), default=0)
        return tuple((*row, *[""] * (width - len(row))) for row in table if any(row))

    def _cell(self, cell: Element) -> str:
        """The words of a cell: its paragraphs, those of tables in it too, with a space between."""
        kept, self.lines = self.lines, []
        page, self.new_page = self.new_page, False
        self.blocks(cell)
        self.flush()
        inside, self.lines, self.new_page = self.lines, kept, page
        return one_line(
            " ".join(line.text or " ".join(" ".join(row) for row in line.rows) for line in inside)
        )


_Cell = tuple[Element, int, bool]
"""A cell, how many columns it covers, whether it goes on a cell above."""


def _rows(table: Element) -> Iterator[list[_Cell]]:
    """The rows that are left when tracked changes are accepted; cells missing before the first count as empty ones."""
    for row in _below(table, "tr"):
        properties = row.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            continue
        cells: list[_Cell] = []
        before = _span(value(properties, "gridBefore"), 0)
        if before:
            cells.append((row.makeelement(W + "tc"), before, False))
        for cell in _below(row, "tc"):
            inside = cell.find(W + "tcPr")
            if inside is not None and inside.find(W + "cellDel") is not None:
                continue
            merged = None if inside is None else inside.find(W + "vMerge")
            goes_on = merged is not None and (merged.get(W + "val") or "continue") == "continue"
            cells.append((cell, _span(value(inside, "gridSpan"), 1), goes_on))
        yield cells


def _below(parent: Element, name: str) -> Iterator[Element]:
    """Rows or cells, also those within content controls."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif isinstance(child.tag, str) and child.tag.removeprefix(W) in BLOCK_HOLDERS:
            yield from _below(child, name)


def _span(said: str | None, default: int) -> int:
    return (
        min(int(said), MAX_COLUMNS)
        if said and said.isascii() and said.isdigit() and len(said) < 6
        else default
    )


def _mark_is_gone(properties: Element | None) -> bool:
    """Whether a paragraph's mark is deleted, moved away or hidden, so that the next paragraph goes on from it."""
    mark = None if properties is None else properties.find(W + "rPr")
    if mark is None:
        return False
    if any(mark.find(W + name) is not None for name in ("del", "moveFrom")):
        return True
    return bool(is_on(mark, "specVanish"))


def _joined(waiting: _Waiting, properties: Element | None, words: Words) -> tuple[Element | None, Words]:
    """Two paragraphs as one; the one that has words first gives its style and number."""
    if waiting.words.is_blank:
        words.boxes_before[:0] = waiting.words.boxes_before + waiting.words.boxes_after
        return properties, words
    first = waiting.words
    last, following = first.segments[-1], words.segments[0]
    if last.run_in == len(last.text):
        last.run_in += following.run_in
    last.text += following.text
    first.segments += words.segments[1:]
    first.boxes_after += words.boxes_before + words.boxes_after
    first.plain += words.plain
    first.mark = first.mark or words.mark
    return waiting.properties, first


def _numbered(number: str, text: str) -> str:
    """The automatic number before the words, apart from them only where both would run together."""
    gap = " " if number and number[-1].isalnum() and number[-1].isascii() else ""
    return one_line(number + gap + text.lstrip() if number else text)


def _run_in(number: str, segment: Segment) -> int:
    """How many characters of the finished line stand in a run-in title style."""
    if not segment.run_in:
        return 0
    return len(_numbered(number, segment.text[: segment.run_in]))
