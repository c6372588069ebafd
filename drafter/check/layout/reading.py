"""Reads document.xml, headers and footers into a Paper, in one walk each."""

import re
from collections.abc import Iterator

from msgspec import Struct, field

from drafter.check.layout.drawing import drawn_lines, has_picture, place_of
from drafter.check.layout.formats import (
    Properties,
    Resolver,
    flat,
    laid_over,
    number,
    read_resolver,
    style_of,
)
from drafter.check.layout.paper import PAGE_SIGN, Drawn, Paper, Para, Run, Section, Table
from drafter.read.numbering import Numbering, read_numbering
from drafter.read.package import Element, R
from drafter.read.runs import BLOCK_HOLDERS, INLINE_HOLDERS, MC, is_gallery, text_boxes
from drafter.read.styles import Styles, W, read_styles, value

_INSIDE = frozenset(W + name for name in INLINE_HOLDERS)
_HOLDERS = frozenset(W + name for name in BLOCK_HOLDERS)
_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "pgNum": PAGE_SIGN}
_PAGE = re.compile(r"\bPAGE\b", re.IGNORECASE)
_NO_FORMAT = frozenset(
    ("pStyle", "numPr", "rPr", "sectPr", "rStyle", "lang", "lang.eastAsia", "lang.bidi", "rFonts.hint")
)


def read_paper(document: Element, parts: dict[str, Element | None], furniture: dict[str, Element]) -> Paper:
    """The layout of a document, whose root is given.

    `parts`: roots of styles, numbering, theme, settings, None where missing or damaged; `furniture`: roots of headers and
    footers by relationship id.
    """
    styles = read_styles(parts["styles"])
    resolver = read_resolver(parts["styles"], parts["theme"], styles)
    body = document.find(W + "body")
    walk = _Walk(styles, resolver, read_numbering(parts["numbering"], styles))
    walk.blocks(body)
    walk.sections.append(body.find(W + "sectPr"))
    return Paper(
        tuple(walk.made),
        tuple(_sections(walk.sections, furniture, styles, resolver)),
        flat(parts["settings"]),
        bool(styles.by_id),
    )


def _sections(
    found: list[Element | None], furniture: dict[str, Element], styles: Styles, resolver: Resolver
) -> Iterator[Section]:
    """Sections with their headers and footers; one that names none has those of the section before."""
    known: dict[str, tuple[Para, ...]] = {}
    running: dict[str, dict[str, tuple[Para, ...]]] = {"footerReference": {}, "headerReference": {}}
    for element in found:
        for kind, current in running.items():
            for each in () if element is None else element.iterfind(W + kind):
                name = each.get(f"{{{R}}}id") or ""
                if name not in known and name in furniture:
                    walk = _Walk(styles, resolver, Numbering(styles))
                    walk.blocks(furniture[name])
                    known[name] = tuple(walk.made)
                current[each.get(W + "type") or "default"] = known.get(name, ())
        yield Section(
            _section_properties(element), dict(running["footerReference"]), dict(running["headerReference"])
        )


def _section_properties(element: Element | None) -> Properties:
    made: dict[str, str] = {}
    for each in () if element is None else element:
        if isinstance(each.tag, str) and not each.tag.endswith("Reference"):
            name = each.tag.removeprefix(W)
            made[name] = each.get(W + "val") or "1"
            made |= {f"{name}.{key.rpartition('}')[2]}": said for key, said in each.attrib.items()}
    return made


class _Field(Struct):
    instruction: str = ""
    result: bool = False
    shown: bool = False

    @property
    def is_page(self) -> bool:
        return bool(_PAGE.search(self.instruction))


class _Walk(Struct):
    """Goes through paragraphs, tables, content controls and text boxes."""

    styles: Styles
    resolver: Resolver
    numbering: Numbering
    made: list[Para] = field(default_factory=list)
    sections: list[Element | None] = field(default_factory=list)
    breaks: bool = False
    table: Table | None = None
    align: str | None = None
    fields: list[_Field] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def blocks(self, parent: Element) -> None:
        """What stands below `parent`, in order."""
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                self.paragraph(child)
            elif tag == W + "tbl":
                self.rows(child)
            elif tag in _HOLDERS and not (tag == W + "sdt" and is_gallery(child)):
                self.blocks(child)
            elif tag == MC + "AlternateContent":
                branch = next((each for each in child if next(each.iter(W + "t"), None) is not None), None)
                if branch is not None:
                    self.blocks(branch)

    def rows(self, element: Element) -> None:
        """The cells of a table, as paragraphs that know their table."""
        outer = self.table
        self.table = _table(element, self.styles)
        for row in _below(element, "tr"):
            if row.find(f"{W}trPr/{W}del") is None:
                for cell in _below(row, "tc"):
                    self.blocks(cell)
        self.table = outer

    def paragraph(self, element: Element) -> None:
        """One w:p with its runs; text boxes in it follow as paragraphs of their own."""
        holder = element.find(W + "pPr")
        style = style_of(holder, self.styles)
        own = flat(holder)
        mark = None if holder is None else holder.find(W + "rPr")
        level = _list_level(self.numbering, holder, style)
        listed = {} if level is None else flat(level.find(W + "pPr"))
        listed = {key: said for key, said in listed.items() if key.startswith("ind.")}
        para = Para(
            number=len(self.made) + 1,
            style=self.styles.name(style) or "",
            properties=self.resolver.paragraph(style, listed, own),
            own={key: said for key, said in own.items() if key.partition(".")[0] not in _NO_FORMAT},
            mark=self.resolver.run(style, None, flat(mark)),
            section=len(self.sections),
            table=self.table,
            align=self.align,
        )
        self.made.append(para)
        self.breaks = self.breaks or para.properties.get("pageBreakBefore", "0") not in ("0", "false", "off")
        outer, self.boxes = self.boxes, []
        if numbered := self.numbering.number(holder, style):
            # An automatic number looks like the paragraph's mark, unless its level says otherwise.
            look = laid_over(para.mark, {} if level is None else flat(level.find(W + "rPr")))
            fonts = self.resolver.font(look), self.resolver.font(look, "ascii")
            para.runs.append(Run(numbered, look, *fonts, automatic=True))
        self.children(element, para, style)
        para.finish()
        section = None if holder is None else holder.find(W + "sectPr")
        if section is not None:
            self.sections.append(section)
        self.breaks = self.breaks or (section is not None and value(section, "type") != "continuous")
        boxes, self.boxes = self.boxes, outer
        for drawing in boxes:
            kept, self.align = self.align, place_of(drawing)
            for box in text_boxes(drawing):
                self.blocks(box)
            self.align = kept

    # ------------------------------------------------------------------ words

    def children(self, node: Element, para: Para, style: str | None) -> None:
        """Runs below a paragraph, a link or a field."""
        for child in node:
            tag = child.tag
            if tag == W + "r":
                self.run(child, para, style)
            elif tag == W + "fldSimple" and _PAGE.search(child.get(W + "instr") or ""):
                first = next(child.iter(W + "r"), None)
                self.add(PAGE_SIGN, None if first is None else first.find(W + "rPr"), para, style)
            elif tag in _INSIDE:
                self.children(child, para, style)
            elif tag == MC + "AlternateContent":
                self.drawing(child, para)

    def run(self, node: Element, para: Para, style: str | None) -> None:
        """One w:r."""
        look = node.find(W + "rPr")
        text = "".join(self.piece(piece, para) for piece in node)
        if self.fields and not self.fields[-1].result:
            return
        if self.fields and self.fields[-1].is_page and text.strip(PAGE_SIGN):
            # Of a page number its look counts: that of its result, once.
            text = "" if self.fields[-1].shown else PAGE_SIGN
            self.fields[-1].shown = True
        if text:
            self.add(text, look, para, style)

    def piece(self, piece: Element, para: Para) -> str:
        """What one child of a run prints."""
        name = piece.tag.removeprefix(W) if isinstance(piece.tag, str) else ""
        if name in ("br", "cr"):
            self.breaks = self.breaks or piece.get(W + "type") == "page"
            return "\n" if piece.get(W + "type") not in ("page", "column") else ""
        if name == "fldChar":
            return self.field(piece.get(W + "fldCharType"))
        if name == "instrText" and self.fields:
            self.fields[-1].instruction += piece.text or ""
        elif name in ("drawing", "pict", "object") or piece.tag == MC + "AlternateContent":
            self.drawing(piece, para)
        return piece.text or "" if name == "t" else _SIGNS.get(name, "")

    def field(self, kind: str | None) -> str:
        """Follow a field; gives the sign of a page number that has no result to take its place."""
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].result = True
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            return PAGE_SIGN if ended.is_page and not ended.shown else ""
        return ""

    def add(self, text: str, look: Element | None, para: Para, style: str | None) -> None:
        """Add words to a paragraph unless they are hidden."""
        own = flat(look)
        made = self.resolver.run(style, own.get("rStyle"), own)
        if made.get("vanish", "0") not in ("0", "false", "off"):
            return
        if self.breaks and text.strip():
            para.new_page, self.breaks = True, False
        formatted = any(
            key.partition(".")[0] in ("rFonts", "sz", "b", "color", "spacing")
            for key in own
            if key != "rFonts.hint"
        )
        para.runs.append(
            Run(text, made, self.resolver.font(made), self.resolver.font(made, "ascii"), formatted)
        )

    def drawing(self, node: Element, para: Para) -> None:
        """A drawing: its lines belong to the paragraph, its text boxes follow it."""
        para.drawn += [Drawn(red, width) for red, width in drawn_lines(node)]
        para.pictures = para.pictures or has_picture(node)
        self.boxes.append(node)


def _list_level(numbering: Numbering, holder: Element | None, style: str | None) -> Element | None:
    """The w:lvl of the list in which a paragraph stands."""
    own = None if holder is None else holder.find(W + "numPr")
    num, depth = value(own, "numId"), value(own, "ilvl")
    if num is None:
        inherited = (each.find(f"{W}pPr/{W}numPr") for each in numbering.styles.chain(style))
        inner = next((found for found in inherited if found is not None), None)
        num, depth = value(inner, "numId"), value(inner, "ilvl")
    element = numbering.lists.get(num or "")
    abstract = numbering.abstracts.get(value(element, "abstractNumId") or "")
    levels = () if abstract is None else abstract.iterfind(W + "lvl")
    return next((each for each in levels if each.get(W + "ilvl") == (depth or "0")), None)


def _below(parent: Element, name: str) -> Iterator[Element]:
    """Rows or cells, also those within content controls."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in _HOLDERS:
            yield from _below(child, name)


def _table(element: Element, styles: Styles) -> Table:
    """A table's columns and borders: those of its style, its own, and those of its cells, which win."""
    properties = element.find(W + "tblPr")
    own = None if properties is None else properties.find(W + "tblBorders")
    chain = reversed(list(styles.chain(value(properties, "tblStyle"))))
    borders: dict[str, tuple[float, str]] = {}
    for holder in (*(each.find(f"{W}tblPr/{W}tblBorders") for each in chain), own):
        for side in () if holder is None else holder:
            _border(borders, side.tag.removeprefix(W), side)
    rows = [list(_below(row, "tc")) for row in _below(element, "tr")]
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            inner = {
                "top": at > 0, "bottom": at < len(rows) - 1,
                "left": place > 0, "start": place > 0, "right": place < len(row) - 1, "end": place < len(row) - 1,
            }  # fmt: skip
            holder = cell.find(f"{W}tcPr/{W}tcBorders")
            for side in () if holder is None else holder:
                name = side.tag.removeprefix(W)
                level = name in ("top", "bottom")
                _border(borders, ("insideH" if level else "insideV") if inner.get(name) else name, side)
    floats = properties is not None and properties.find(W + "tblpPr") is not None
    return Table(max(map(len, rows), default=0), borders, floats)


def _border(borders: dict[str, tuple[float, str]], name: str, side: Element) -> None:
    """Note a border, or that there is none."""
    name = {"start": "left", "end": "right"}.get(name, name)
    if side.get(W + "val") in ("nil", "none"):
        borders.pop(name, None)
    else:
        borders[name] = (number(side.get(W + "sz")) or 0.0, side.get(W + "color") or "auto")
