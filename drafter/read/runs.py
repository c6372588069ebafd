"""The words of one paragraph of a .docx as Word shows them when every tracked change is accepted.

Deletions and what was moved away are left out; of a field its result is read, never its instruction; a soft hyphen, a
comment mark, a picture have no words. What has words that a line cannot carry (notes, comments, hidden text, pictures)
goes to `unread`.
"""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct, field

from drafter.document import Unread
from drafter.read.found import unread
from drafter.read.package import Element
from drafter.read.styles import Styles, W, is_on, value

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_DATA = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_DRAWN = re.compile(r"/(diagram|chart)$")
_RUN_IN = re.compile("公文 条目标题[1-4]")
INLINE_HOLDERS = (
    "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo",
)  # fmt: skip
"""Elements of a paragraph whose runs are read as its own."""
BLOCK_HOLDERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo")
"""Elements of a body or cell whose paragraphs and tables are read as its own."""
_INSIDE = (*INLINE_HOLDERS, "ruby", "rubyBase")
# A table of contents repeats headings; a page number is not the paper's own.
_NOT_READ = re.compile(r"\s*(TOC|PAGE|NUMPAGES|SECTIONPAGES|INDEX)\b", re.IGNORECASE)
_REFERENCES = ("footnoteReference", "endnoteReference", "commentReference")
_MARK = re.compile(r"_d\d{4,}")


class Segment(Struct):
    """What stands between two line breaks. `run_in`: its first characters that carry a run-in title style."""

    text: str = ""
    run_in: int = 0
    new_page: bool = False


class Words(Struct):
    """A paragraph read: segments between line breaks, text boxes anchored in it, drafter's bookmark."""

    segments: list[Segment] = field(default_factory=lambda: [Segment()])
    boxes_before: list[Element] = field(default_factory=list)
    boxes_after: list[Element] = field(default_factory=list)
    mark: str | None = None
    plain: str = ""
    ends_page: bool = False

    @property
    def is_blank(self) -> bool:
        """No printed character."""
        return not any(segment.text.strip() for segment in self.segments)


class _Field(Struct):
    instruction: str = ""
    has_result: bool = False

    @property
    def is_read(self) -> bool:
        return self.has_result and not _NOT_READ.match(self.instruction)


class Reader(Struct):
    """Reads paragraphs in order; fields may run over several of them.

    `notes`: texts of footnotes, endnotes and comments, by kind and id.
    """

    styles: Styles
    notes: Mapping[tuple[str, str], str]
    unread: list[Unread] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)
    _words: Words = field(default_factory=Words)
    _where: str = ""
    _hidden: list[str] = field(default_factory=list)
    _paragraph_hidden: bool = False

    def read(self, paragraph: Element, where: str) -> Words:
        """The words of a w:p; `where` names it in `unread`."""
        self._words, self._where, self._hidden = Words(), where, []
        style = value(paragraph.find(W + "pPr"), "pStyle") or self.styles.default
        self._paragraph_hidden = self.styles.switch(style, "vanish")
        self._children(paragraph)
        if hidden := "".join(self._hidden).strip():
            self.unread.append(unread(f"隐藏文字：{hidden}", where))
        return self._words

    def _children(self, node: Element) -> None:
        for child in node:
            self._node(child)

    def _node(self, node: Element) -> None:
        tag = node.tag
        if not isinstance(tag, str):
            return
        name = tag.removeprefix(W)
        if tag == W + "r":
            self._run(node)
        elif tag == MC + "AlternateContent":
            self._alternate(node)
        elif tag == W + "bookmarkStart":
            bookmark = node.get(W + "name") or ""
            if _MARK.fullmatch(bookmark):
                self._words.mark = bookmark
        elif name == "fldSimple":
            if not _NOT_READ.match(node.get(W + "instr") or ""):
                self._children(node)
        elif name in _INSIDE and not (name == "sdt" and is_gallery(node)):
            self._children(node)
        elif tag.startswith(_M):
            self._add("".join(each.text or "" for each in node.iter(_M + "t")), None)

    def _alternate(self, node: Element) -> None:
        """One branch only: the first choice that has words, else the fallback, which repeats them."""
        branches = [child for child in node if child.tag in (MC + "Choice", MC + "Fallback")]
        chosen = next((each for each in branches if has_words(each)), branches[0] if branches else None)
        if chosen is not None:
            for child in chosen:
                self._piece(child, None, False)
                self._node(child)

    def _run(self, run: Element) -> None:
        properties = run.find(W + "rPr")
        style = value(properties, "rStyle")
        said = is_on(properties, "vanish")
        hidden = said if said is not None else self._paragraph_hidden or self.styles.switch(style, "vanish")
        for piece in run:
            if piece.tag == MC + "AlternateContent":
                self._alternate(piece)
            elif isinstance(piece.tag, str):
                self._piece(piece, style, hidden)

    def _piece(self, piece: Element, style: str | None, hidden: bool) -> None:
        """One child of a run."""
        name = piece.tag.removeprefix(W) if isinstance(piece.tag, str) else ""
        if name == "fldChar":
            self._field(piece.get(W + "fldCharType"))
        elif name == "instrText":
            if self._fields:
                self._fields[-1].instruction += piece.text or ""
        elif name in ("br", "cr"):
            self._break(piece.get(W + "type"))
        elif name in ("drawing", "pict", "object"):
            self._drawing(piece)
        elif name in _REFERENCES:
            text = self.notes.get((name.removesuffix("Reference"), piece.get(W + "id") or ""))
            self.unread += [unread(text, self._where)] if text else []
        elif name == "ruby":
            for base in piece.iter(W + "rubyBase"):
                self._children(base)
        else:
            self._character(piece, name, style, hidden)

    def _character(self, piece: Element, name: str, style: str | None, hidden: bool) -> None:
        """Words and signs of a run."""
        text = _CHARACTERS.get(name, lambda _: "")(piece)
        if name == "sym" and not text:
            said = f"符号字体“{piece.get(W + 'font') or ''}”的字符 {piece.get(W + 'char') or ''}"
            self.unread.append(unread(said, self._where))
        if text and hidden and self._is_shown():
            self._hidden.append(text)
        elif text:
            self._add(text, style, plain=name == "t")

    def _is_shown(self) -> bool:
        return all(each.is_read for each in self._fields)

    def _add(self, text: str, style: str | None, plain: bool = False) -> None:
        if not self._is_shown():
            return
        segment = self._words.segments[-1]
        run_in = bool(style and _RUN_IN.fullmatch(self.styles.name(style) or ""))
        if run_in and segment.run_in == len(segment.text):
            segment.run_in += len(text)
        segment.text += text
        if plain:
            self._words.plain += text

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _break(self, kind: str | None) -> None:
        if not self._is_shown():
            return
        words = self._words
        if kind in ("page", "column") and words.is_blank:
            words.segments[-1].new_page = True
            return
        words.segments.append(Segment(new_page=kind in ("page", "column")))

    def _drawing(self, node: Element) -> None:
        """Text boxes are paragraphs of their own; a picture is named in `unread`."""
        boxes = list(text_boxes(node))
        target = self._words.boxes_before if self._words.is_blank else self._words.boxes_after
        target += boxes
        if any(_DRAWN.search(each.get("uri") or "") for each in node.iter(_DATA)):
            self.unread.append(unread("图表或 SmartArt 图形，其中文字没有读", self._where))
        elif not boxes and (next(node.iter(_PICTURE, _V + "imagedata"), None) is not None):
            self.unread.append(unread("图片，其中若有文字没有读", self._where))


def _sym(piece: Element) -> str:
    """A character named by its code; those of the private area mean nothing without their font."""
    code = piece.get(W + "char") or ""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,5}", code):
        return ""
    number = int(code, 16)
    return "" if number < 32 or 0xD800 <= number <= 0xF8FF else chr(number)


_CHARACTERS: Mapping[str, Callable[[Element], str]] = {
    "t": lambda piece: piece.text or "",
    "tab": lambda piece: "\t",
    "ptab": lambda piece: "\t",
    "noBreakHyphen": lambda piece: "-",
    "sym": _sym,
}


def text_boxes(node: Element) -> list[Element]:
    """The outermost w:txbxContent below `node`; of alternatives one, for they repeat the same words."""
    if node.tag == W + "txbxContent":
        return [node]
    if node.tag == MC + "AlternateContent":
        branches = (text_boxes(child) for child in node)
        return next((found for found in branches if found), [])
    return [box for child in node for box in text_boxes(child)]


def has_words(node: Element) -> bool:
    """Whether any w:t stands below `node`."""
    return next(node.iter(W + "t"), None) is not None


def is_gallery(sdt: Element) -> bool:
    """Whether a content control holds a table of contents."""
    return any("Table of Contents" in (each.get(W + "val") or "") for each in sdt.iter(W + "docPartGallery"))
