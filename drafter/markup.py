"""Drafting markup ⇄ Document: what templates yield, and what `build --to md` and `read --format md` print.

`parse(print(document)) == document` holds for every Document. The block structure is read by markdown-it with nothing
of Markdown on but headings, tables, backslash escapes and containers; the group `{@origin .role =number}` at the end of
a line and the lines `@责任`, `@表`, `@附件` are ours.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any, get_args, get_type_hints

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from drafter import yaml_tree
from drafter.document import (
    ROLES,
    Annex,
    Block,
    Citation,
    Document,
    Form,
    Heading,
    Imprint,
    Item,
    Letterhead,
    Meta,
    Notice,
    Paragraph,
    Responsibility,
    Table,
    Unread,
    one_line,
)
from drafter.errors import Finding, InputError, Location, error

_MEANING = re.compile(r"([\\{}#@|:])")
_GROUP = re.compile(
    r"\{(?:@(?P<origin>[\w.:-]+))?\s*(?:\.(?P<role>[a-z-]+))?\s*(?:=(?P<number>(?:[^{}\\]|\\.)*))?\}$"
)
_SLIPS = ("#", "|", ":::", "@")
_FENCE = re.compile(r"^---\s*$", re.M)


def escape(text: str) -> str:
    """`text` so that markup reads it back as typed, wherever it stands."""
    return _MEANING.sub(r"\\\1", one_line(text))


def unescape(text: str) -> str:
    """The characters that escaped text stands for."""
    return re.sub(r"\\(.)", r"\1", text)


# ------------------------------------------------------------------ reading


@dataclass(frozen=True, slots=True)
class Body:
    """What a template yields: everything of a Document but its front matter."""

    title: tuple[str, ...] = ()
    notice_title: tuple[str, ...] = ()
    notice_paragraphs: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    annexes: tuple[Annex, ...] = ()
    has_notice: bool = False


def parse(text: str, path: str | None = None) -> Document:
    """The Document that markup describes. Raises InputError with every fault and its line."""
    front, body, offset = _split(text)
    tree = yaml_tree.parse(front, path, first_line=2) if front else yaml_tree.Tree({}, None, path)
    content = parse_body(body, path, offset)
    try:
        return _assemble(tree.data or {}, content)
    except (TypeError, ValueError, KeyError, AttributeError) as bad:
        hint = "对照 build --to md 的输出检查文件开头两条 --- 之间的内容"
        raise InputError(error("markup.front", f"文件开头的说明部分有误（{bad}）", hint, tree.at())) from None


def parse_body(text: str, path: str | None = None, first_line: int = 1) -> Body:
    """The body that markup without front matter describes; `first_line` is its place within the file."""
    reader = _Reader(path, first_line)
    reader.run(_markdown().parse(text))
    if reader.findings:
        raise InputError(reader.findings)
    return Body(
        title=tuple(reader.title),
        notice_title=tuple(reader.notice_title),
        notice_paragraphs=tuple(reader.notice_paragraphs),
        blocks=tuple(reader.blocks),
        annexes=tuple(reader.annexes),
        has_notice=reader.has_notice,
    )


def _split(text: str) -> tuple[str, str, int]:
    """Front matter, body, and the number of the body's first line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith("---\n"):
        return "", text, 1
    end = _FENCE.search(text, 4)
    if not end:
        raise InputError(error("markup.front", "开头的 --- 没有对应的结束行 ---", "在说明部分后面补一行 ---"))
    return text[4 : end.start()], text[end.end() + 1 :], text.count("\n", 0, end.end()) + 2


@cache
def _markdown() -> MarkdownIt:
    md = MarkdownIt("zero").enable(["heading", "table", "escape"])
    md.block.ruler.before("heading", "at_line", _at_line, {"alt": ["paragraph"]})
    md.inline.ruler.after("escape", "group", _group)
    return md.use(container_plugin, "notice").use(container_plugin, "annex", validate=_is_annex)


def _is_annex(info: str, _markup: str) -> bool:
    return info.split(" ", 1)[0] == "annex" or info.strip().startswith("annex ")


def _at_line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Block rule: one line `@责任 …`, `@表 …` or `@附件 …`."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not re.match(r"@(责任|表|附件)(\s|$)", line):
        return False
    if not silent:
        state.line = start + 1
        token = state.push("at_line", "", 0)
        token.content, token.map = line.rstrip(), [start, start + 1]
    return True


def _group(state: StateInline, silent: bool) -> bool:
    """Inline rule: the group that closes a line."""
    if state.src[state.pos] != "{":
        return False
    found = _GROUP.match(state.src, state.pos)
    if not found or found.group() == "{}":
        return False
    if not silent:
        token = state.push("group", "", 0)
        token.meta = found.groupdict()
    state.pos = state.posMax
    return True


@dataclass(slots=True)
class _Reader:
    """Walks markdown-it's tokens; gathers blocks where it stands (body, notice or annex) and every fault."""

    path: str | None
    first_line: int
    title: list[str] = field(default_factory=list)
    notice_title: list[str] = field(default_factory=list)
    notice_paragraphs: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    has_notice: bool = False
    in_notice: bool = False
    outer: list[Block] | None = None
    caption: Token | None = None

    def run(self, tokens: Sequence[Token]) -> None:
        for index, token in enumerate(tokens):
            kind = token.type
            if kind == "heading_open":
                self.heading(int(token.tag[1:]), tokens[index + 1])
            elif kind == "paragraph_open":
                self.paragraph(tokens[index + 1])
            elif kind == "at_line":
                self.at_line(token)
            elif kind == "table_open":
                self.table(tokens[index:])
            elif kind.startswith("container_"):
                self.container(token)

    def fault(self, token: Token, message: str, hint: str, quote: str = "") -> None:
        line = token.map[0] + self.first_line if token.map else None
        self.findings.append(error("markup.syntax", message, hint, Location(self.path, line), quote))

    def container(self, token: Token) -> None:
        if token.type == "container_notice_open":
            self.in_notice = self.has_notice = True
        elif token.type == "container_notice_close":
            self.in_notice = False
        elif token.type == "container_annex_open":
            title = one_line(token.info.strip()[len("annex") :])
            if not title:
                self.fault(token, "附件没有标题", "写作“::: annex 标题”")
            self.outer, self.blocks = self.blocks, []
            self.annexes.append(Annex(title))
        elif token.type == "container_annex_close" and self.outer is not None:
            last = self.annexes[-1]
            self.annexes[-1] = Annex(last.title, tuple(self.blocks), last.number, last.landscape, last.origin)
            self.blocks, self.outer = self.outer, None

    def heading(self, depth: int, inline: Token) -> None:
        text, group = _inline(inline)
        if not text:
            self.fault(inline, "标题是空的", "在 # 之后写标题，或删去这一行")
        elif depth == 1:
            (self.notice_title if self.in_notice else self.title).append(text)
        elif depth > 5 or self.in_notice:
            self.fault(inline, "这里不能用这一级标题", "## 至 ##### 对应一至四级；通知里只有 # 标题", text)
        else:
            self.numbered(depth - 1, inline, text, group)

    def numbered(self, level: Any, inline: Token, text: str, group: dict[str, str | None]) -> None:
        title, stop, rest = text.partition("。")
        number, origin = group.get("number"), group.get("origin")
        if not title:
            self.fault(inline, "标题是空的", "“。”之前应当有标题", text)
        elif stop:
            self.blocks.append(Item(level, title.strip(), rest.strip(), number, None, origin))
        else:
            self.blocks.append(Heading(level, title, number, None, origin))

    def paragraph(self, inline: Token) -> None:
        text, group = _inline(inline)
        role: Any = group.get("role") or "body"
        if inline.content.startswith(_SLIPS):
            self.fault(
                inline, "看起来是标记，但写法不对", "标记后要有空格；要原样印出，在前面加反斜杠 \\", text
            )
        elif self.in_notice:
            self.notice_paragraphs.append(text)
        elif role not in ROLES:
            self.fault(inline, f"没有名为“{role}”的段落角色", "可用：" + "、".join(ROLES), text)
        elif text:
            self.blocks.append(Paragraph(text, role))

    def at_line(self, token: Token) -> None:
        word, _, rest = token.content.partition(" ")
        if word == "@表":
            self.caption = token
        elif word == "@附件":
            self.annex_line(token, _pairs(rest))
        else:
            self.responsibility(token, rest)

    def annex_line(self, token: Token, pairs: dict[str, str]) -> None:
        if self.outer is None:
            self.fault(token, "@附件 只能写在 ::: annex 里面", "移到 ::: annex 的下一行")
            return
        last = self.annexes[-1]
        landscape = pairs.get("版式") == "横"
        self.annexes[-1] = Annex(last.title, (), pairs.get("编号"), landscape, pairs.get("出处"))

    def responsibility(self, token: Token, rest: str) -> None:
        if not self.blocks or not isinstance(self.blocks[-1], Heading | Item):
            self.fault(token, "@责任 前面没有标题或条目", "写在它所属的标题或条目的下一行", token.content)
            return
        pairs, block = _pairs(rest), self.blocks[-1]
        units = Responsibility(_names(pairs.get("牵头")), _names(pairs.get("配合")), _raw(pairs))
        if isinstance(block, Item):
            self.blocks[-1] = Item(block.level, block.title, block.text, block.number, units, block.origin)
        else:
            self.blocks[-1] = Heading(block.level, block.title, block.number, units, block.origin)

    def table(self, tokens: Sequence[Token]) -> None:
        rows: list[list[str]] = []
        for index, token in enumerate(tokens):
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                rows[-1].append(_inline(tokens[index + 1])[0])
            elif token.type == "table_close":
                break
        caption, origin = None, None
        if self.caption is not None:
            text = self.caption.content[len("@表") :].strip()
            found = _GROUP.search(text)
            if found:
                text, origin = text[: found.start()], found["origin"]
            caption, self.caption = unescape(text.strip()) or None, None
        self.blocks.append(Table(tuple(tuple(row) for row in rows), caption, origin))


def _inline(token: Token) -> tuple[str, dict[str, str | None]]:
    """The plain text of an inline token, and the group that closes it."""
    text, group = "", dict[str, str | None]()
    for child in token.children or ():
        if child.type == "group":
            number = child.meta["number"]
            group = {**child.meta, "number": unescape(number) if number is not None else None}
        else:
            text += child.content
    # A line break within a paragraph joins its lines as Chinese is set: without a space.
    text = re.sub(r"(?<=[^\x00-\x7f])\n\s*|\n\s*(?=[^\x00-\x7f])", "", text)
    return one_line(text), group


def _pairs(text: str) -> dict[str, str]:
    """`牵头=a、b；原文=…` as a dict of still escaped values."""
    entries = (entry.partition("=") for entry in re.findall(r"(?:[^；\\]|\\.)+", text))
    return {key.strip(): value.strip() for key, _, value in entries}


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(unescape(name) for name in re.findall(r"(?:[^、\\]|\\.)+", text or ""))


def _raw(pairs: dict[str, str]) -> str | None:
    return unescape(pairs["原文"]) if "原文" in pairs else None


def _assemble(front: dict[str, Any], body: Body) -> Document:
    notice = None
    if body.has_notice:
        given = dict(front.get("notice") or {})
        given["sealed"] = _is_true(given.get("sealed", "true"))
        notice = Notice(title=body.notice_title, paragraphs=body.notice_paragraphs, **given)
    return Document(
        form=_form(front.get("form") or {}),
        letterhead=Letterhead(**front["letterhead"]) if front.get("letterhead") else None,
        notice=notice,
        title=body.title,
        blocks=body.blocks,
        annexes=body.annexes,
        imprint=_imprint(front.get("imprint")),
        meta=_meta(front.get("meta") or {}),
        unread=tuple(Unread(**entry) for entry in front.get("unread") or ()),
    )


def _is_true(value: str | None) -> bool:
    return value != "false"


def _form(given: dict[str, Any]) -> Form:
    values: dict[str, Any] = dict(given)
    for name, hint in get_type_hints(Form).items():
        if name in values and get_args(hint) and get_args(hint)[0] is bool:
            values[name] = tuple(_is_true(value) for value in values[name])
        elif isinstance(values.get(name), list):
            values[name] = tuple(value or "" for value in values[name])
    return Form(**values)


def _imprint(given: dict[str, Any] | None) -> Imprint | None:
    if given is None:
        return None
    groups = tuple(tuple(group) for group in given.get("copy_to") or ())
    return Imprint(groups, given.get("printer"), given.get("date"))


def _meta(given: dict[str, Any]) -> Meta:
    values = dict(given)
    if values.get("period"):
        first, last = values["period"]
        values["period"] = (int(first), int(last))
    values["parents"] = tuple(Citation(**entry) for entry in values.get("parents") or ())
    return Meta(**values)


# ------------------------------------------------------------------ printing


def print_document(document: Document) -> str:
    """Markup that reads back to the same Document."""
    front = yaml_tree.dump(_front(document))
    return f"---\n{front}---\n\n" + "\n\n".join(_paragraphs(document)) + "\n"


def _front(document: Document) -> dict[str, Any]:
    front: dict[str, Any] = {"meta": _plain(document.meta)}
    if document.letterhead:
        front["letterhead"] = _plain(document.letterhead)
    if document.notice:
        kept = ("addressees", "signature", "date", "note", "sealed")
        front["notice"] = {key: value for key, value in _plain(document.notice).items() if key in kept}
    if document.imprint:
        front["imprint"] = _plain(document.imprint)
    front["form"] = _plain(document.form)
    if document.unread:
        front["unread"] = [_plain(entry) for entry in document.unread]
    return front


def _plain(value: Any) -> Any:
    """A dataclass as dicts and lists, without what is unknown."""
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items() if entry is not None}
    if hasattr(value, "__dataclass_fields__"):
        return _plain(asdict(value))
    return value


def _paragraphs(document: Document) -> Iterator[str]:
    if document.notice:
        yield "::: notice"
        yield from (f"# {escape(text)}" for text in document.notice.title)
        yield from (escape(text) for text in document.notice.paragraphs)
        yield ":::"
    yield from (f"# {escape(text)}" for text in document.title)
    yield from _print_blocks(document.blocks)
    for annex in document.annexes:
        yield f"::: annex {annex.title}"
        if annex.number is not None or annex.landscape or annex.origin:
            yield "@附件 " + _annex_line(annex)
        yield from _print_blocks(annex.blocks)
        yield ":::"


def _annex_line(annex: Annex) -> str:
    entries = [f"编号={annex.number}" if annex.number is not None else ""]
    entries += ["版式=横" if annex.landscape else "", f"出处={annex.origin}" if annex.origin else ""]
    return "；".join(filter(None, entries))


def _print_blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield escape(block.text) + _print_group(role=block.role if block.role != "body" else None)
        elif isinstance(block, Table):
            yield _print_table(block)
        else:
            text = escape(block.title)
            if isinstance(block, Item):
                text += "。" + escape(block.text)
            yield (
                "#" * (block.level + 1) + f" {text}" + _print_group(origin=block.origin, number=block.number)
            )
            if block.responsibility:
                yield print_responsibility(block.responsibility)


def _print_group(origin: str | None = None, role: str | None = None, number: str | None = None) -> str:
    parts = [f"@{origin}" if origin else "", f".{role}" if role else ""]
    parts.append(f"={escape(number)}" if number is not None else "")
    inside = " ".join(filter(None, parts))
    return f" {{{inside}}}" if inside else ""


def print_responsibility(units: Responsibility) -> str:
    """The `@责任` line of units."""

    def names(each: tuple[str, ...]) -> str:
        return "、".join(re.sub(r"([\\、；])", r"\\\1", name) for name in each)

    entries = [f"牵头={names(units.lead)}" if units.lead else ""]
    entries.append(f"配合={names(units.support)}" if units.support else "")
    if units.raw is not None:
        entries.append("原文=" + re.sub(r"([\\；])", r"\\\1", units.raw))
    return ("@责任 " + "；".join(filter(None, entries))).rstrip()


def _print_table(table: Table) -> str:
    head = [f"@表 {escape(table.caption or '')}".rstrip() + _print_group(origin=table.origin)]
    rows = ["| " + " | ".join(escape(cell) for cell in row) + " |" for row in table.rows]
    rows.insert(1, "|" + " --- |" * len(table.rows[0]))
    return "\n".join([*(head if table.caption or table.origin else []), "", *rows]).lstrip("\n")
