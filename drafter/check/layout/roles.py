"""What each paragraph is: by drafter's styles where it made the file, else by words, place and look.

Programs and hands that leave every paragraph "Normal" are read like the others: nothing here needs a style.
"""

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct, field

from drafter.check.layout.formats import color_of, is_red
from drafter.check.layout.paper import Para
from drafter.structure.markers import marker_at


class Role(StrEnum):
    """Elements of an official paper (GB/T 9704 7) and what is not judged as one of them."""

    EMPTY = "空行"
    SLOT = "份号、密级"
    MARK = "发文机关标志"
    NUMBER = "发文字号"
    TITLE = "标题"
    STATUS = "稿别"
    ADDRESSEE = "主送机关"
    HEADING = "层次标题"
    BODY = "正文"
    ANNEX_NOTE = "附件说明"
    SIGNATURE = "发文机关署名"
    DATE = "成文日期"
    NOTE = "附注"
    ANNEX_LABEL = "附件标识"
    ANNEX_TITLE = "附件标题"
    IMPRINT = "版记"
    CELL = "表格"
    OTHER = "其他"


class Piece(Struct):
    """A paragraph in its role. `level`: of its marker, 0 for none; `title`: how many characters are a heading's title."""

    para: Para
    role: Role
    level: int = 0
    title: int = 0

    @property
    def is_run_in(self) -> bool:
        """Whether text goes on after the title in the same paragraph (PRACTICE 1)."""
        return self.role is Role.HEADING and bool(self.para.text[self.title :].strip())


NUMBER = re.compile(r"^.{1,20}?[〔\[（(【［]\d{2,4}[〕\]）)】］]第?\d+号(签发人[:：].*)?$")
DATE = re.compile(
    r"^(\d{4}年\d{1,2}月\d{1,2}日|[二〇○零一九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)$"
)
_STATUS = re.compile(r"^[（(][^（()）]{0,14}稿[^（()）]{0,6}[）)]$")
_SLOT = re.compile(r"^(\d{6}|(绝密|机密|秘密)(★.*)?|特急|加急|特提|平急)$")
LABEL = re.compile(r"^附件\d{0,2}[一二三四五六七八九十]{0,2}[:：]?$")
_NOTE_FIRST = re.compile(r"^附件(\d{0,2}[:：.．]|[:：]).")
_NOTE_NEXT = re.compile(r"^\d{1,2}[.．、]")
COPIES = re.compile(r"^(抄送|抄报|分送)[:：]")
PRINTED = re.compile(r"\d{1,2}日印[发制送]$")
_REMARK = re.compile(r"^[（(].+[）)]$")
_STOP = tuple("。；：，:;,.！？")
_PREAMBLE = re.compile(r"^(为|根据|按照|依据|现|经|结合|自|对|关于)")
_NAMED = re.compile(
    r"(通知|方案|规划|纲要|计划|意见|办法|规定|决定|报告|请示|函|公告|通告|通报|纪要)([（(].*[）)])?》?$"
)
_LONGEST_TITLE = 45
_LONGEST_NAME = 40
_HEAD = 15
_OURS = {
    "版头空行": Role.SLOT, "发文机关标志": Role.MARK, "发文字号": Role.NUMBER, "标题": Role.TITLE, "方案标题": Role.TITLE,
    "方案标题（首页）": Role.TITLE, "稿别": Role.STATUS, "主送机关": Role.ADDRESSEE, "发文机关署名": Role.SIGNATURE,
    "成文日期": Role.DATE, "成文日期（有附注）": Role.DATE, "附注": Role.NOTE, "附件说明": Role.ANNEX_NOTE,
    "附件说明（首行）": Role.ANNEX_NOTE, "附件说明（续）": Role.ANNEX_NOTE, "附件": Role.ANNEX_LABEL,
    "附件标题": Role.ANNEX_TITLE, "表题": Role.OTHER, "正文": Role.BODY, "末段": Role.BODY, "条目续段": Role.BODY,
    "原则": Role.BODY, "依据": Role.BODY, "责任分工": Role.BODY,
}  # fmt: skip


def body_size(paragraphs: Sequence[Para]) -> float:
    """The size in which most Chinese characters outside of tables are set, in points."""
    sizes: Counter[float] = Counter()
    for para in paragraphs:
        if para.table is None:
            sizes[para.size] += sum(run.hanzi for run in para.runs)
    return sizes.most_common(1)[0][0] if sizes else 16.0


def pieces_of(paragraphs: Sequence[Para]) -> tuple[Piece, ...]:
    """Every paragraph in its role."""
    pieces = [Piece(para, Role.EMPTY if para.is_empty else Role.OTHER) for para in paragraphs]
    _find_imprint(pieces)
    _Order(pieces, body_size(paragraphs), _number_at(pieces)).find()
    return tuple(pieces)


def heading(para: Para) -> tuple[int, int]:
    """Level and length of the title with which a paragraph begins: length 0 for an item without one; (0, 0) for text."""
    start = len(para.text) - len(para.text.lstrip())
    marker = marker_at(para.text, start)
    if marker is None:
        return _styled(para)
    text = marker.text
    shapes = (
        text.endswith("、") and not text[0].isdigit(),
        text[0] in "（(",
        text[0].isdigit(),
        text[0] in "（(",
    )
    if marker.ordinal is None or not shapes[marker.level - 1]:
        return 0, 0
    rest = para.text[marker.end :].rstrip()
    stop = rest.find("。")
    title = rest if stop < 0 else rest[:stop]
    is_item = len(title) > _LONGEST_TITLE or "；" in title or title.endswith(("，", "：", ";"))
    if stop == len(rest) - 1 and ("，" in title or "、" in title):
        is_item = is_item or stop > 0  # one sentence and no more: an item without a title
    if not title:
        return 0, 0
    if is_item and marker.level <= 2:
        return marker.level, 0
    return marker.level, marker.end + (len(title) if stop < 0 else stop + 1)


def _styled(para: Para) -> tuple[int, int]:
    """A heading that has no marker but a style of headings."""
    found = re.fullmatch(r"(?:heading|标题) ?([1-4])", para.style.lower())
    if not found or len(para.plain) > _LONGEST_TITLE or para.plain.endswith("。"):
        return 0, 0
    return int(found[1]), len(para.text.rstrip())


def _number_at(pieces: Sequence[Piece]) -> int | None:
    """Where the document number stands, among the first paragraphs."""
    filled = [index for index, piece in enumerate(pieces) if piece.para.plain][:_HEAD]
    return next((index for index in filled if NUMBER.match(pieces[index].para.plain)), None)


def _find_imprint(pieces: Sequence[Piece]) -> None:
    """版记: 抄送 and 印发, with all cells of the table in which they stand."""
    tables = set()
    for piece in pieces:
        plain = piece.para.plain
        if COPIES.match(plain) or (len(plain) <= _LONGEST_NAME + 15 and PRINTED.search(plain)):
            piece.role = Role.IMPRINT
            tables.add(id(piece.para.table))
    tables.discard(id(None))
    for piece in pieces:
        if id(piece.para.table) in tables:
            piece.role = Role.IMPRINT if piece.para.plain else Role.EMPTY


class _Order(Struct):
    """Goes through the paper from its head to its end."""

    pieces: Sequence[Piece]
    size: float
    number: int | None
    titled: bool = False
    open_title: Piece | None = None
    has_body: bool = False
    closed: bool = False
    noted: bool = False
    labelled: bool = False
    offset: int = 0
    is_flat: bool = False
    filled: list[Piece] = field(default_factory=list)

    def find(self) -> None:
        """Give each piece its role."""
        for index, piece in enumerate(self.pieces):
            if piece.role is Role.IMPRINT or (
                piece.role is Role.EMPTY and not piece.para.style.startswith("公文 版头")
            ):
                continue
            if not piece.para.plain:
                piece.role = Role.EMPTY
                continue
            ours = (
                _OURS.get(piece.para.style.removeprefix("公文 "))
                if piece.para.style.startswith("公文 ")
                else None
            )
            if ours:
                piece.role = ours
                self.titled = self.titled or ours is Role.TITLE
            elif not self.titled:
                self.head(index, piece)
            else:
                self.text(piece)
            if piece.role in (Role.BODY, Role.HEADING):
                self.has_body = True
            if piece.para.table is None:
                self.filled.append(piece)

    # ------------------------------------------------------------------ head and title

    def head(self, index: int, piece: Piece) -> None:
        """Before the title."""
        para = piece.para
        if _SLOT.match(para.plain):
            piece.role = Role.SLOT
        elif index == self.number:
            piece.role = Role.NUMBER
        elif self.is_mark(index, para):
            piece.role = Role.MARK
        elif para.plain.startswith(("签发人", "会签人")) or is_contents(para):
            piece.role = Role.OTHER
        elif para.table is not None:
            piece.role = Role.CELL
        else:
            self.begin_title(piece)

    def is_mark(self, index: int, para: Para) -> bool:
        """The red head; one that is printed black is known by 文件 and by the number below."""
        red = any(is_red(color_of(run.properties)) for run in para.runs if run.text.strip())
        before_number = self.number is not None and index < self.number
        named = para.plain.endswith("文件") and len(para.plain) <= _LONGEST_NAME
        return (
            (red and para.size >= 20)
            or (named and index < _HEAD)
            or (before_number and (red or para.size >= 30))
        )

    def begin_title(self, piece: Piece) -> None:
        """The first words that are no part of the head are the title, unless they are a sentence or a heading."""
        para = piece.para
        level, _ = heading(para)
        if level and not re.match(r"(heading|标题)", para.style.lower()):
            self.titled = True
            self.text(piece)
        elif self.stands_out(para) or (len(para.plain) <= 60 and not para.plain.endswith(_STOP)):
            piece.role, self.titled, self.open_title = Role.TITLE, True, piece
            self.is_flat = not self.stands_out(para)
            found = re.search(r"[1-4]$", para.style) if level else None
            self.offset = int(found[0]) if found else 0
        else:
            self.titled = True
            self.text(piece)

    def stands_out(self, para: Para) -> bool:
        """Larger than the text, centred or in a style of titles."""
        return (
            para.size > self.size + 1.2
            or para.alignment == "center"
            or para.style.lower() in ("title", "标题")
        )

    def goes_on(self, piece: Piece) -> bool:
        """Whether a paragraph is a further line of the title above it."""
        first, para = self.open_title, piece.para
        if (
            first is None
            or para.new_page
            or _STATUS.match(para.plain)
            or heading(para)[0]
            or para.plain.endswith(_STOP)
        ):
            return False
        if _REMARK.match(para.plain) or DATE.match(para.plain) or para.number > first.para.number + 4:
            return False
        if self.is_flat and first.role is Role.TITLE:
            # Nothing in the file tells titles from text: the first line of this one is no whole title.
            return not _NAMED.search(first.para.plain) and len(para.plain) <= 60
        return self.stands_out(para) and abs(para.size - first.para.size) < 0.3

    # ------------------------------------------------------------------ text

    def text(self, piece: Piece) -> None:
        """After the title."""
        para = piece.para
        if self.goes_on(piece):
            piece.role = self.open_title.role if self.open_title else Role.TITLE
            return
        self.open_title = None
        if para.table is not None:
            piece.role = Role.CELL
        elif _STATUS.match(para.plain) and not self.has_body:
            piece.role = Role.STATUS
        elif LABEL.match(para.plain):
            piece.role, self.labelled, self.noted, self.closed = Role.ANNEX_LABEL, True, False, False
        elif self.labelled:
            piece.role, self.labelled, self.open_title = Role.ANNEX_TITLE, False, piece
        elif self.is_addressee(para):
            piece.role = Role.ADDRESSEE
        elif DATE.match(para.plain):
            self.date(piece)
        elif self.closed and self.after_date(piece):
            pass
        elif _NOTE_FIRST.match(para.plain) or (self.noted and _NOTE_NEXT.match(para.plain)):
            piece.role, self.noted = Role.ANNEX_NOTE, True
        else:
            self.plain(piece)

    def is_addressee(self, para: Para) -> bool:
        if self.has_body or not para.plain.endswith(("：", ":")) or "。" in para.plain:
            return False
        return len(para.plain) <= 200 and not _PREAMBLE.match(para.plain) and not heading(para)[0]

    def date(self, piece: Piece) -> None:
        """A date that closes the text, and the names above it; one under the title is something else."""
        if not self.has_body:
            piece.role = Role.OTHER
            return
        piece.role, self.closed, self.noted = Role.DATE, True, False
        for before in reversed(self.filled[-3:]):
            para = before.para
            if (
                before.role not in (Role.BODY, Role.OTHER)
                or len(para.plain) > _LONGEST_NAME
                or para.plain.endswith(_STOP)
            ):
                break
            before.role = Role.SIGNATURE

    def after_date(self, piece: Piece) -> bool:
        """附注, or the title of the paper that the notice issues (PRACTICE 2)."""
        para = piece.para
        if _REMARK.match(para.plain) and not self.stands_out(para) and self.filled[-1].role is Role.DATE:
            piece.role = Role.NOTE
            return True
        self.closed = False
        opens = para.new_page or self.stands_out(para) or (self.is_flat and len(para.plain) <= 60)
        if heading(para)[0] or para.plain.endswith(_STOP) or not opens:
            return False
        piece.role, self.open_title = Role.TITLE, piece
        self.has_body = False
        return True

    def plain(self, piece: Piece) -> None:
        """Headings and body."""
        para = piece.para
        level, title = heading(para)
        if (
            level
            and re.match(r"(heading|标题)", para.style.lower())
            and marker_at(para.text.lstrip()) is None
        ):
            level = max(level - self.offset, 0)
        short = len(para.plain) <= _LONGEST_NAME
        if is_contents(para) or (para.align is not None and not level):
            piece.role = Role.OTHER
        elif level:
            # An item without a title is body, whatever stands in front of it.
            piece.role, piece.level, piece.title = Role.HEADING if title else Role.BODY, level, title
        elif para.alignment == "right" and short and not para.plain.endswith(_STOP):
            piece.role, self.closed = Role.SIGNATURE, True  # of a draft, which has no date yet
        elif (para.alignment == "center" and short) or para.style.lower() in ("caption", "题注"):
            piece.role = Role.OTHER
        else:
            piece.role = Role.BODY


def is_contents(para: Para) -> bool:
    """A line of a table of contents."""
    return para.style.lower().startswith(("toc", "目录")) or bool(
        re.search(r"(…{2,}|\.{6,}|·{4,}|\t)\s*\d{1,3}\s*$", para.text)
    )


ELEMENT_ROLES = frozenset(Role) - {Role.EMPTY, Role.STATUS, Role.OTHER}
"""Roles whose fonts are judged by rules of their own."""
