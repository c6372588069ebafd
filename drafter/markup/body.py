"""The lines of drafting markup → title, notice, blocks, annexes; every fault with its line.

The grammar is one line a construct, so a loop over lines reads it. (A Markdown parser with all but headings, tables and
escapes switched off was tried first: it needed as many rules of ours and took longer to import than a build takes.)
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from drafter.document import ROLES, Annex, Block, Heading, Item, Paragraph, Responsibility, Table, one_line
from drafter.errors import Finding, InputError, Location, error
from drafter.markup.escape import unescape

_HEADING = re.compile(r"(#+)(?:\s+(.*))?$")
_AT = re.compile(r"@(责任|表|附件)(?:\s+(.*))?$")
_FENCE = re.compile(r":::+\s*(.*)$")
_RULE = re.compile(r"\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?$")
# Always finds something, so that a long row without a bar is read once and not from each of its signs.
_CELL = re.compile(r"((?:[^|\\]|\\.)*+)(\||\\?$)", re.S)
_PIECE = re.compile(r"\\.|[^\\{]+|\{|\\$", re.S)
_GROUP = re.compile(
    r"\{(?=[@.=\s])\s*+(?:@(?P<origin>[\w.:-]+))?\s*+(?:\.(?P<role>[a-z-]+))?\s*+(?:=(?P<number>(?:[^{}\\]|\\.)*+))?\}$"
)
_CJK_BREAK = re.compile(r"(?<=[^\x00-\x7f])\n|\n(?=[^\x00-\x7f])")


class Body(Struct, frozen=True):
    """What a template yields: everything of a Document but its front matter."""

    title: tuple[str, ...] = ()
    notice_title: tuple[str, ...] = ()
    notice_paragraphs: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    annexes: tuple[Annex, ...] = ()
    has_notice: bool = False


class Group(Struct, frozen=True):
    """What closes a line: `{@origin .role =number}`."""

    origin: str | None = None
    role: str | None = None
    number: str | None = None


def parse_body(text: str, path: str | None = None, first_line: int = 1) -> Body:
    """The body that markup without front matter describes; `first_line` is its place within the file."""
    reader = _Reader(path)
    for number, line in enumerate(text.split("\n"), first_line):
        reader.take(line.strip(), number)
    reader.end()
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


class _Reader(Struct):
    """Takes line after line; gathers blocks where it stands (body, notice or annex) and every fault."""

    path: str | None
    title: list[str] = field(default_factory=list)
    notice_title: list[str] = field(default_factory=list)
    notice_paragraphs: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    has_notice: bool = False
    inside: str = ""
    opened: int = 0
    outer: list[Block] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    since: int = 0
    caption: str | None = None

    def fault(self, number: int, message: str, hint: str, quote: str = "") -> None:
        self.findings.append(error("markup.syntax", message, hint, Location(self.path, number), quote))

    def take(self, line: str, number: int) -> None:
        if line.startswith("|"):
            self.flush_paragraph()
            self.since = self.since if self.rows else number
            self.rows.append(line)
            return
        self.flush_table()
        for pattern, handle in self.special():
            found = pattern.match(line)
            if found:
                self.flush_paragraph()
                handle(found, number)
                return
        if not line:
            self.flush_paragraph()
        else:
            self.since = self.since if self.waiting else number
            self.waiting.append(line)

    def special(self) -> Sequence[tuple[re.Pattern[str], Callable[[re.Match[str], int], None]]]:
        return ((_HEADING, self.heading), (_AT, self.at_line), (_FENCE, self.fence))

    def end(self) -> None:
        self.flush_table()
        self.flush_paragraph()
        if self.inside:
            self.fault(self.opened, f"“::: {self.inside}”没有结束", "在它的内容之后另起一行写 :::")

    # -------------------------------------------------------------- containers

    def fence(self, found: re.Match[str], number: int) -> None:
        word, _, rest = found[1].partition(" ")
        if not word:
            self.close(number)
        elif self.inside:
            self.fault(number, f"“::: {self.inside}”之内不能再有“:::”", "先写一行 ::: 结束它", found[0])
        elif word == "notice":
            self.inside, self.opened, self.has_notice = word, number, True
        elif word == "annex" and one_line(rest):
            self.inside, self.opened = word, number
            self.outer, self.blocks = self.blocks, []
            self.annexes.append(Annex(one_line(rest)))
        else:
            self.fault(number, f"不认识“{found[0]}”", "可用：::: notice；::: annex 标题", found[0])

    def close(self, number: int) -> None:
        if not self.inside:
            self.fault(number, "多了一行 :::", "删去它，或补上开头的 ::: notice 或 ::: annex 标题")
        elif self.inside == "annex":
            self.annexes[-1] = replace(self.annexes[-1], blocks=tuple(self.blocks))
            self.blocks = self.outer
        self.inside = ""

    # -------------------------------------------------------------- lines

    def heading(self, found: re.Match[str], number: int) -> None:
        depth, (text, group) = len(found[1]), inline(found[2] or "")
        if not text:
            self.fault(number, "标题是空的", "在 # 之后写标题，或删去这一行")
        elif depth == 1 and self.inside != "annex":
            (self.notice_title if self.inside == "notice" else self.title).append(text)
        elif depth == 1 or depth > 5 or self.inside == "notice":
            hint = "## 至 ##### 对应一至四级；# 只用于方案和通知的标题"
            self.fault(number, "这里不能用这一级标题", hint, text)
        else:
            self.numbered(depth - 1, number, text, group)

    def numbered(self, level: Any, line: int, text: str, group: Group) -> None:
        title, stop, rest = (part.strip() for part in text.partition("。"))
        if not title:
            self.fault(line, "标题是空的", "“。”之前应当有标题", text)
        elif stop:
            self.blocks.append(Item(level, title, rest, group.number, None, group.origin))
        else:
            self.blocks.append(Heading(level, title, group.number, None, group.origin))

    def flush_paragraph(self) -> None:
        lines, self.waiting = self.waiting, []
        if not lines:
            return
        # A line break within a paragraph joins its lines as Chinese is set: without a space.
        source = _CJK_BREAK.sub("", "\n".join(lines))
        text, group = inline(source)
        role: Any = group.role or "body"
        if source.startswith(("#", "|", ":::", "@")):
            hint = "标记后要有空格；要原样印出，在前面加反斜杠 \\"
            self.fault(self.since, "看起来是标记，但写法不对", hint, text)
        elif self.inside == "notice":
            self.notice_paragraphs.append(text)
        elif role not in ROLES:
            self.fault(self.since, f"没有名为“{role}”的段落角色", "可用：" + "、".join(ROLES), text)
        elif text:
            self.blocks.append(Paragraph(text, role))

    def at_line(self, found: re.Match[str], number: int) -> None:
        word, rest = found[1], found[2] or ""
        if word == "表":
            self.caption = rest
        elif word == "附件":
            self.annex_line(number, pairs(rest))
        elif not self.blocks or not isinstance(self.blocks[-1], Heading | Item):
            self.fault(number, "@责任 前面没有标题或条目", "写在它所属的标题或条目的下一行", found[0])
        else:
            given = pairs(rest)
            raw = _keep(given["原文"]) if "原文" in given else None
            units = Responsibility(_names(given.get("牵头", "")), _names(given.get("配合", "")), raw)
            self.blocks[-1] = replace(self.blocks[-1], responsibility=units)

    def annex_line(self, number: int, given: dict[str, str]) -> None:
        if self.inside != "annex":
            self.fault(number, "@附件 只能写在 ::: annex 里面", "移到 ::: annex 的下一行")
            return
        marker = _keep(given["编号"]) if "编号" in given else None
        landscape = given.get("版式") == "横"
        self.annexes[-1] = replace(
            self.annexes[-1],
            number=marker,
            landscape=landscape,
            origin=_keep(given["出处"]) if "出处" in given else None,
        )

    # -------------------------------------------------------------- tables

    def flush_table(self) -> None:
        lines, self.rows = self.rows, []
        if not lines:
            return
        if len(lines) < 2 or not _RULE.match(lines[1]):
            hint = "表头之下要有一行 |---|---|；正文以 | 开头时在前面加反斜杠 \\"
            self.fault(self.since, "表格没有分隔行", hint, lines[0])
            return
        rows = [_cells(line) for n, line in enumerate(lines) if n != 1]
        for offset, row in enumerate(rows):
            if len(row) != len(rows[0]):
                line = self.since + offset + (offset > 0)
                self.fault(line, f"这一行有 {len(row)} 格，表头有 {len(rows[0])} 格", "各行的格数要相同")
                return
        text, group = inline(self.caption or "")
        self.caption = None
        self.blocks.append(Table(tuple(rows), text or None, group.origin))


def inline(source: str) -> tuple[str, Group]:
    """The plain text of a line, and the group that closes it."""
    for piece in _PIECE.finditer(source):
        found = _GROUP.match(source, piece.start()) if piece[0] == "{" else None
        if found:
            number = found["number"]
            group = Group(found["origin"], found["role"], None if number is None else unescape(number))
            return one_line(unescape(source[: piece.start()])), group
    return one_line(unescape(source)), Group()


def pairs(text: str) -> dict[str, str]:
    """`牵头=a、b；原文=…` as a dict of still escaped values."""
    entries = (entry.partition("=") for entry in re.findall(r"(?:[^；\\]|\\.)+", text))
    return {key.strip(): value.strip() for key, _, value in entries}


def _names(text: str) -> tuple[str, ...]:
    names = (_keep(name.strip()) for name in re.findall(r"(?:[^、\\]|\\.)+", text))
    return tuple(filter(None, names))


def _keep(text: str) -> str:
    """A value of an @ line: a backslash keeps whatever follows it."""
    return re.sub(r"\\(.)", r"\1", text)


def _cells(line: str) -> tuple[str, ...]:
    """The cells between the bars of a row; a bar after a backslash is text."""
    found = [(each[1] + each[2].removesuffix("|"), each[2]) for each in _CELL.finditer(line[1:])]
    # What stands behind the last bar is a cell only where there is something.
    return tuple(inline(text)[0] for text, end in found if end == "|" or text.strip())
