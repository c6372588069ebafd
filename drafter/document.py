"""A paper as it stands on the page, whoever wrote it: the tree that is composed, read, stored and written.

Every string is one line without edge white space or control characters. Readers and compose normalise with
`one_line`; the constructors refuse.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]+")

Level = Literal[1, 2, 3, 4]
Role = Literal["body", "principle", "item", "attachment-note", "status", "basis"]
ROLES: tuple[Role, ...] = ("body", "principle", "item", "attachment-note", "status", "basis")


def one_line(text: str) -> str:
    """`text` as the constructors want it: control characters and runs of white space become one space."""
    return _SPACE.sub(" ", text).strip(" ")


def _refuse(value: object, where: str) -> None:
    """Raise ValueError if a string anywhere in `value` is not one clean line."""
    if isinstance(value, str):
        if value != one_line(value):
            raise ValueError(f"{where}: not one clean line: {value!r}")
    elif isinstance(value, tuple):
        for entry in value:
            _refuse(entry, where)


class _Clean(Struct, frozen=True):
    """Refuses unclean strings in every field."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            _refuse(getattr(self, name), f"{type(self).__name__}.{name}")


class Form(_Clean, frozen=True):
    """The shapes of numbering, one entry a level (1 to 4), as packs declare them.

    `markers` show the first number of a level as printed: "一、", "（一）", "1.", "（1）", or a literal "——"; "" where
    the form has no such level.
    `restart`: False where numbers run on over the headings above (GB/T 9704 7.3.3 says nothing; both occur).
    `run_in`: True where compose emits the title in the paragraph of its text.
    `lead`: "marked" prints 牵头; "first" means that the first-listed unit leads.
    `responsibility`: where units are printed: after each item, once for a section, in the annex only, nowhere.
    `label`: what stands before the units, such as "责任分工：由"; `support_word`: 配合 or 参加.
    """

    markers: tuple[str, str, str, str] = ("一、", "（一）", "1.", "（1）")
    restart: tuple[bool, bool, bool, bool] = (True, True, True, True)
    run_in: tuple[bool, bool, bool, bool] = (False, False, True, True)
    lead: Literal["marked", "first"] = "marked"
    responsibility: Literal["item", "section", "annex", "none"] = "item"
    support_word: str = "配合"
    label: str = ""
    annex_markers: tuple[str, str, str, str] = ("一、", "（一）", "1.", "（1）")

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("markers", "restart", "run_in", "annex_markers"):
            if len(getattr(self, name)) != 4:
                raise ValueError(f"Form.{name}: one entry for each of the four levels")

    def number(self, level: Level, ordinal: int, annex: bool = False) -> str:
        """The marker of the `ordinal`-th (from 1) entry of a level, as printed."""
        shape = (self.annex_markers if annex else self.markers)[level - 1]
        if "一" in shape:
            return shape.replace("一", chinese_numeral(ordinal))
        return shape.replace("1", str(ordinal))

    def numbers(self, blocks: Sequence["Block"], annex: bool = False) -> list[str | None]:
        """The printed marker of each block; None for what carries none. A block's own `number` wins."""
        counts = [0, 0, 0, 0]
        printed: list[str | None] = []
        for block in blocks:
            if not isinstance(block, Heading | Item):
                printed.append(None)
                continue
            depth = block.level - 1
            counts[depth] += 1
            for deeper in range(depth + 1, 4):
                if self.restart[deeper]:
                    counts[deeper] = 0
            printed.append(
                block.number if block.number is not None else self.number(block.level, counts[depth], annex)
            )
        return printed

    def units(self, responsibility: "Responsibility") -> str:
        """The units of an item as printed between the brackets."""
        if responsibility.raw is not None:
            return responsibility.raw
        lead, support = "、".join(responsibility.lead), "、".join(responsibility.support)
        if self.lead == "first":
            return self.label + "、".join(filter(None, (lead, support)))
        parts = [lead + "牵头" if lead else "", support + self.support_word if support else ""]
        return self.label + "，".join(filter(None, parts))


_DIGITS = "零一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """A whole number from 1 to 99999 as 一, 十二, 一百零五."""
    if not 1 <= number <= 99_999:
        raise ValueError(f"no marker for number {number}")
    digits = str(number)
    text = "".join(
        _DIGITS[int(digit)] + ("万千百十"[-place] if place and digit != "0" else "")
        for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True)
    )
    text = re.sub("零+", "零", text).rstrip("零")
    return text.removeprefix("一") if text.startswith("一十") else text


class Responsibility(_Clean, frozen=True):
    """Units of an item or a section. `raw` is the printed string where a reader took it from a page."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    raw: str | None = None


class Letterhead(_Clean, frozen=True):
    """版头 (GB/T 9704 7.2): the red issuer mark (发文机关标志) and the document number (发文字号).

    `letter`: in the form of a letter (信函, 10.1), whose text stands between addressees and signature.
    """

    issuer_mark: str
    number: str | None = None
    letter: bool = False


class Notice(_Clean, frozen=True):
    """印发通知: what stands before the plan. `sealed` chooses the layout of 7.3.5.1 or 7.3.5.2."""

    title: tuple[str, ...]
    addressees: str | None = None
    paragraphs: tuple[str, ...] = ()
    signature: str | None = None
    date: str | None = None
    note: str | None = None
    sealed: bool = True


class Imprint(_Clean, frozen=True):
    """版记 (7.4): 抄送 in groups of names, one line a group; printing office and printing date."""

    copy_to: tuple[tuple[str, ...], ...] = ()
    printer: str | None = None
    date: str | None = None


class _Titled(_Clean, frozen=True):
    level: Level
    title: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"level {self.level!r} is not one of 1 to 4")
        if not self.title or "。" in self.title:
            raise ValueError(f"a title is one phrase without 。: {self.title!r}")


class Heading(_Titled, frozen=True):
    """A numbered title on a line of its own. `number` is None where the Form computes it."""

    number: str | None = None
    responsibility: Responsibility | None = None
    origin: str | None = None


class Item(_Titled, frozen=True):
    """A numbered paragraph whose title runs into its text: `1.标题。正文`."""

    text: str = ""
    number: str | None = None
    responsibility: Responsibility | None = None
    origin: str | None = None


class Paragraph(_Clean, frozen=True):
    """A paragraph. Role `item`: a further paragraph of the item above; `basis`: the preamble."""

    text: str
    role: Role = "body"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.text:
            raise ValueError("a paragraph without text")
        if self.role not in ROLES:
            raise ValueError(f"unknown role {self.role!r}")


class Table(_Clean, frozen=True):
    """A table; the first row is the head. A merged cell repeats its text in each place that it covers."""

    rows: tuple[tuple[str, ...], ...]
    caption: str | None = None
    origin: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.rows or not self.rows[0] or len({len(row) for row in self.rows}) != 1:
            raise ValueError("a table has rows, all of one length")


Block = Heading | Item | Paragraph | Table


class Annex(_Clean, frozen=True):
    """附件 (7.3.7), on its own page. `number` is None where it follows from the order."""

    title: str
    blocks: tuple[Block, ...] = ()
    number: str | None = None
    landscape: bool = False
    origin: str | None = None


class Citation(_Clean, frozen=True):
    """A paper that this one rests on."""

    title: str
    number: str | None = None


class Meta(_Clean, frozen=True):
    """What is known of a paper beside its words. `level`: state, province, prefecture, county, township, zone."""

    locality: str | None = None
    level: str | None = None
    issuer: str | None = None
    period: tuple[int, int] | None = None
    status: str | None = None
    parents: tuple[Citation, ...] = ()


REPEATED = "换行处重复的"
"""How an entry of `unread` begins that tells of a fragment printed twice."""


class Unread(_Clean, frozen=True):
    """Something in a file that could not be understood, and where it stands."""

    what: str
    where: str

    @property
    def lost(self) -> bool:
        """Whether text is lost with it; what a line break printed twice and the reader took once is none."""
        return not self.what.startswith(REPEATED)


class Document(_Clean, frozen=True):
    """The whole paper: head, notice, title (one string a line), blocks, annexes, imprint."""

    form: Form = Form()
    letterhead: Letterhead | None = None
    notice: Notice | None = None
    title: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    annexes: tuple[Annex, ...] = ()
    imprint: Imprint | None = None
    meta: Meta = Meta()
    unread: tuple[Unread, ...] = ()

    @property
    def status_mark(self) -> str | None:
        """稿别 (PRACTICE 10), such as （送审稿）: it stands under the plan's title and under the notice's."""
        first = self.blocks[0] if self.blocks else None
        return first.text if isinstance(first, Paragraph) and first.role == "status" else None

    def texts(self) -> Iterator[str]:
        """Every printed string, in the order of the page."""
        if self.letterhead:
            yield from _strings(self.letterhead.issuer_mark, self.letterhead.number)
        if self.notice:
            notice = self.notice
            yield from _strings("".join(notice.title), notice.addressees, *notice.paragraphs)
            yield from _strings(notice.signature, notice.date, notice.note)
        yield from _strings("".join(self.title))
        yield from block_texts(self.blocks, self.form)
        for annex in self.annexes:
            yield annex.title
            yield from block_texts(annex.blocks, self.form)
        if self.imprint:
            for group in self.imprint.copy_to:
                yield from group
            yield from _strings(self.imprint.printer, self.imprint.date)

    @property
    def annex_labels(self) -> tuple[str, ...]:
        """附件 for a single annex, 附件1, 附件2 … for several (7.3.7)."""
        alone = len(self.annexes) == 1
        return tuple(
            "附件" + (annex.number if annex.number is not None else "" if alone else str(ordinal))
            for ordinal, annex in enumerate(self.annexes, 1)
        )


def _strings(*parts: str | None) -> Iterator[str]:
    return (part for part in parts if part)


def block_texts(blocks: Sequence[Block], form: Form) -> Iterator[str]:
    """Every printed string of `blocks` but the computed numbers."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from _strings(block.caption)
            for row in block.rows:
                yield from _strings(*row)
        else:
            yield block.title
            if isinstance(block, Item):
                yield from _strings(block.text)
            if block.responsibility:
                yield from _strings(form.units(block.responsibility))


class Printed(Struct, frozen=True):
    """A block in the order of the page: its marker, and the units that close its paragraph.

    `block` is None for units that stand in a paragraph of their own, such as those of a whole section.
    """

    block: Block | None
    number: str | None = None
    units: str | None = None


def printed(blocks: Sequence[Block], form: Form, annex: bool = False) -> Iterator[Printed]:
    """Blocks with their markers, and units where the page has them: after an item, at the end of a section."""
    waiting: list[tuple[int, str]] = []
    own = False
    following = [*blocks, None][1:]
    for block, number, after in zip(blocks, form.numbers(blocks, annex), following, strict=True):
        if isinstance(block, Heading | Item) or is_role(block, "attachment-note"):
            level = block.level if isinstance(block, Heading | Item) else 0
            while waiting and waiting[-1][0] >= level:
                yield Printed(None, units=waiting.pop()[1])
        units = (
            form.units(block.responsibility)
            if isinstance(block, Heading | Item) and block.responsibility
            else None
        )
        holds = form.responsibility == "section" and _opens(block, after)
        if units and isinstance(block, Item) and not holds and not is_role(after, "item"):
            yield Printed(block, number, units)
            continue
        yield Printed(block, number)
        if isinstance(block, Heading | Item):
            own = isinstance(block, Item) and units is not None and not holds
            if units:
                waiting.append((block.level, units))
        elif own and is_role(block, "item") and not is_role(after, "item"):
            yield Printed(None, units=waiting.pop()[1])
            own = False
    while waiting:
        yield Printed(None, units=waiting.pop()[1])


def _opens(block: Block | None, after: Block | None) -> bool:
    """Whether a block whose title runs into its text is a section all the same: deeper ones follow it."""
    numbered = isinstance(block, Item) and isinstance(after, Heading | Item)
    return numbered and after.level > block.level  # type: ignore[union-attr]


def is_role(block: Block | None, role: Role) -> bool:
    """Whether a block is a paragraph of that role."""
    return isinstance(block, Paragraph) and block.role == role
