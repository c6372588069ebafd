"""A web page as blocks: the text between two breaks of line, with the elements that it stands in.

The tree is walked without recursion: a page may nest as deep as it likes.
"""

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field
from resiliparse.parse.html import HTMLTree, NodeType

from drafter.document import one_line
from drafter.read.limits import MAX_CELLS, MAX_COLUMNS, MAX_DEPTH

Node = Any
"""A node of resiliparse's tree."""

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "o:p",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "st1:chsdate",
    ]
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "map",
        "head",
        "title",
        "select",
        "option",
        "optgroup",
        "button",
        "input",
        "textarea",
        "datalist",
        "progress",
        "meter",
        "rt",
        "rp",
    ]
)
_HIDDEN = re.compile(r"(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
# A break of line in the source of a page is no break between words of Chinese.
_SOURCE_BREAK = re.compile(r"(?<=[^\x00-\x7f])[ \t\r\f]*\n\s*(?=[^\x00-\x7f])")
_LONG_CELL = 600


class Block(Struct):
    """One line of a page. `path`: the numbers of the elements around it, outermost first."""

    path: tuple[int, ...]
    tag: str
    text: str = ""
    linked: int = 0
    centred: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    node: Node = None

    @property
    def own(self) -> int:
        """Characters outside links."""
        return max(len(self.text) - self.linked, 0)


class Page(Struct):
    """All blocks of a page; `names`: for each element its tag, class and id; `depth`: the deepest element."""

    blocks: list[Block]
    names: list[str]
    hidden: list[str]
    depth: int


class _Maker(Struct):
    """Gathers blocks while the tree is walked."""

    blocks: list[Block] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    stack: list[tuple[int, str, bool]] = field(default_factory=list)
    counters: list[tuple[int, int]] = field(default_factory=list)
    text: list[tuple[str, bool]] = field(default_factory=list)
    first: Node = None
    marker: str = ""
    links: int = 0
    preformatted: int = 0

    def end_line(self) -> None:
        """Close the block that is being gathered."""
        raw = "".join(piece for piece, _ in self.text)
        joined = _SOURCE_BREAK.sub("", raw) if not self.preformatted else raw
        text = one_line(self.marker + joined)
        if text and raw.strip():
            linked = sum(len(one_line(piece)) for piece, is_link in self.text if is_link)
            path = tuple(number for number, _, _ in self.stack[:MAX_DEPTH])
            tag = self.stack[-1][1] if self.stack else "body"
            centred = any(middle for _, _, middle in self.stack[:MAX_DEPTH])
            self.blocks.append(Block(path, tag, text, linked, centred, node=self.first))
            self.marker = ""
        self.text, self.first = [], None

    def words(self, node: Node) -> None:
        """A text node; in preformatted text each line is a block."""
        value = node.value or ""
        if not value.strip() and not self.text:
            return
        if self.first is None and value.strip():
            self.first = node
        pieces = value.split("\n") if self.preformatted else [value]
        for index, piece in enumerate(pieces):
            if index:
                self.end_line()
                self.first = node
            self.text.append((piece, self.links > 0))


def read_page(tree: HTMLTree) -> Page:
    """The blocks of a page's body in order."""
    maker = _Maker()
    body = tree.body
    deepest = 0
    if body is not None:
        for node, entering in _walk(body):
            deepest = max(deepest, len(maker.stack))
            _step(maker, node, entering)
        maker.end_line()
    return Page(maker.blocks, maker.names, maker.hidden, deepest)


def _walk(root: Node) -> Iterator[tuple[Node, bool]]:
    """Each node on the way in and each element on the way out; what is silent, hidden or a table of data has no inside."""
    node, inside = root, True
    while True:
        if inside:
            yield node, True
            child = node.first_child if node.type == NodeType.ELEMENT and not _is_closed(node) else None
            if child is not None:
                node = child
                continue
        if node.type == NodeType.ELEMENT:
            yield node, False
        if node == root:
            return
        following = node.next
        inside = following is not None
        node = following if inside else node.parent


def _is_closed(node: Node) -> bool:
    return node.tag in _SILENT or _is_hidden(node) or (node.tag == "table" and is_data(node))


def _is_hidden(node: Node) -> bool:
    return node.hasattr("hidden") or bool(_HIDDEN.search(node.getattr("style") or ""))


def _step(maker: _Maker, node: Node, entering: bool) -> None:
    """One node of the walk."""
    if node.type == NodeType.TEXT:
        maker.words(node)
    elif node.type != NodeType.ELEMENT or node.tag in _SILENT:
        return
    elif entering and _is_hidden(node):
        maker.hidden.append(one_line(node.text)[:200])
    elif node.tag == "br":
        if entering:
            maker.end_line()
    elif node.tag in _INLINE:
        if node.tag == "a":
            maker.links += 1 if entering else -1
    elif not _is_hidden(node):
        _block_element(maker, node, entering)


def _block_element(maker: _Maker, node: Node, entering: bool) -> None:
    """The start or end of an element that breaks the line."""
    maker.end_line()
    if node.tag == "pre":
        maker.preformatted += 1 if entering else -1
    if not entering:
        maker.stack.pop()
        if node.tag in ("ol", "ul"):
            maker.counters.pop()
        return
    number = len(maker.names)
    names = f"{node.tag} {node.getattr('class') or ''} {node.getattr('id') or ''}"
    maker.names.append(names)
    style = node.getattr("style") or ""
    centred = (node.getattr("align") or "").lower() == "center" or bool(_CENTRED.search(style))
    maker.stack.append(
        (number, node.tag, (centred or node.tag == "center") and node.tag not in ("table", "body"))
    )
    if node.tag in ("ol", "ul"):
        start = node.getattr("start") or "1"
        # 0 stands for a list without numbers.
        maker.counters.append((int(start) if re.fullmatch(r"\d{1,4}", start) else 1, node.tag == "ol"))
    elif node.tag == "li" and maker.counters:
        count, numbered = maker.counters[-1]
        maker.counters[-1] = (count + 1, numbered)
        maker.marker = f"{count}." if numbered else ""
    elif node.tag == "table" and is_data(node):
        rows = table_rows(node)
        text = one_line(" ".join(" ".join(row) for row in rows))
        path = tuple(number for number, _, _ in maker.stack[:MAX_DEPTH])
        maker.blocks.append(Block(path, "table", text, rows=rows, node=None))


# ------------------------------------------------------------------ tables


def is_data(table: Node) -> bool:
    """Whether a table holds data: two columns and rows at least, no table within, no cell as long as an article."""
    if table.get_elements_by_tag_name("table"):
        return False
    wide = 0
    for row in _rows(table):
        texts = [cell.text.strip() for cell in _below(row, "td", "th")]
        if any(len(text) > _LONG_CELL for text in texts):
            return False
        wide += sum(1 for text in texts if text) > 1
    return wide > 1


def _below(node: Node, *tags: str) -> Iterator[Node]:
    """The children with one of these tags."""
    child = node.first_child
    while child is not None:
        if child.tag in tags:
            yield child
        child = child.next


def _rows(table: Node) -> Iterator[Node]:
    for part in _below(table, "thead", "tbody", "tfoot", "tr"):
        if part.tag == "tr":
            yield part
        else:
            yield from _below(part, "tr")


def table_rows(table: Node) -> tuple[tuple[str, ...], ...]:
    """The cells of a table; a merged one stands in each place that it covers."""
    made: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    size = 0
    for row in _rows(table):
        line: list[str] = []
        cells = list(_below(row, "td", "th"))
        while cells or len(line) in below:
            column = len(line)
            if column in below:
                left, text = below.pop(column)
                if left > 1:
                    below[column] = (left - 1, text)
                line.append(text)
            else:
                cell = cells.pop(0)
                text = one_line(_SOURCE_BREAK.sub("", cell.text))
                across, down = _span(cell, "colspan"), _span(cell, "rowspan")
                for place in range(column, column + across):
                    if down > 1:
                        below[place] = (down - 1, text)
                line += [text] * across
            if len(line) >= MAX_COLUMNS:
                break
        size += len(line)
        if size > MAX_CELLS:
            break
        made.append(line[:MAX_COLUMNS])
    width = max((len(line) for line in made), default=0)
    return tuple((*line, *[""] * (width - len(line))) for line in made if any(line))


def _span(cell: Node, name: str) -> int:
    said = cell.getattr(name) or "1"
    return max(1, min(int(said), MAX_COLUMNS)) if re.fullmatch(r"[0-9]{1,4}", said) else 1
