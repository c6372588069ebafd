"""GB/T 9704-2012 as data: for each element its clause and its measures.

Lengths are twips (1/20 pt; 56.693 to the millimetre), sizes are points, indents are characters (字) of the style's own
size. The settings were measured in LibreOffice; `docs/typography.md` says what each of them gives.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from drafter.model.words import Element, Face

LINE = 579
"""22 lines in 225 mm (5.2.3): 12756 / 22 = 579.8; 580 would give 21."""
CHARACTER = 315
"""28 characters in 156 mm (5.2.3): 8844 / 28 = 315.9 twips a character."""
TRACKING = -5
"""What each 3号 character gives up so that 28 of them fill the line."""
_MARK_BEFORE = 247
"""What puts the upper edge of the red head 35 mm below the box's (7.2.4), under three rows."""
_MARK_LEAD = 1.15
_IMPRINT_LINE = 500
"""Lines of the imprint, centred in rows of whole lines of the page so that none touches a rule."""
CHARACTERS = 28
"""Characters of a line (5.2.3)."""
TEXT_WIDTH = 8844
TEXT_HEIGHT = 12756
RED = "FF0000"

Changes = dict[str, Any]
"""Fields of a style that differ in one paper."""

FONTS: Mapping[Face, str] = {
    Face.FANGSONG: "仿宋_GB2312",
    Face.KAITI: "楷体_GB2312",
    Face.HEITI: "黑体",
    Face.XIAOBIAOSONG: "方正小标宋简体",
    Face.SONGTI: "宋体",
}


class Page(Struct, frozen=True):
    """Paper and text box (5.1, 5.2.1): A4; white 37 mm above, 28 mm left; box 156 × 225 mm; footer so that 7.5 holds."""

    width: int = 11906
    height: int = 16838
    top: int = 2098
    bottom: int = 1984
    left: int = 1588
    right: int = 1474
    header: int = 851
    footer: int = 1423


PAGE = Page()
TURNED = Page(
    width=PAGE.height,
    height=PAGE.width,
    top=PAGE.left,
    bottom=PAGE.right,
    left=PAGE.bottom,
    right=PAGE.top,
)
"""A sheet turned with its binding edge up (8): the same box."""


class Style(Struct, frozen=True):
    """A named style. `line`: exact line height, 0 for the base style's; `first`, `left`, `right`: indents in 字."""

    id: str
    name: str
    clause: str
    kind: Literal["paragraph", "character"] = "paragraph"
    face: Face | None = None
    size: float | None = None
    color: str | None = None
    tracking: int | None = None
    align: Literal["left", "center", "right", "both"] | None = None
    line: int = 0
    before: int = 0
    first: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    keep_next: bool = False
    new_page: bool = False
    outline: int | None = None
    red_rule: bool = False
    double_rule: bool = False
    base: str | None = "Normal"

    @property
    def character(self) -> int:
        """Width of one 字 of this style, in twips: 3号 gives up its tracking, other sizes do not."""
        return CHARACTER if self.size in (None, 16) else round(float(self.size or 16) * 20)


NORMAL = Style(
    "Normal", "Normal", "5.2.2", face=Face.FANGSONG, size=16, color="000000", tracking=TRACKING,
    align="both", line=LINE, base=None,
)  # fmt: skip

LEVEL_FACES = (Face.HEITI, Face.KAITI, Face.FANGSONG, Face.FANGSONG)
"""Faces of 一、（一）1.（1） (7.3.3)."""

BODY = "gwBody"
HEADINGS = tuple(
    Style(
        f"Heading{n}",
        f"heading {n}",
        "7.3.3",
        face=face,
        size=16,
        align="both",
        first=2,
        keep_next=True,
        outline=n - 1,
    )
    for n, face in enumerate(LEVEL_FACES, 1)
)
ITEMS = tuple(Style(f"gwItem{n}", f"公文 条目{n}", "7.3.3", first=2) for n in range(1, 5))
RUN_INS = tuple(
    Style(f"gwRunIn{n}", f"公文 条目标题{n}", "7.3.3", kind="character", face=face, base=None)
    for n, face in enumerate(LEVEL_FACES, 1)
)

STYLES: tuple[Style, ...] = (
    NORMAL,
    *HEADINGS,
    *ITEMS,
    *RUN_INS,
    Style(BODY, "公文 正文", "7.3.3", first=2),
    # The signature never stands on a page without text (7.3.5), so the last paragraph goes with it.
    Style("gwLast", "公文 末段", "7.3.5", first=2, keep_next=True),
    Style("gwFurther", "公文 条目续段", "7.3.3", first=2),
    Style("gwPrinciple", "公文 原则", "7.3.3", first=2),
    Style("gwBasis", "公文 依据", "7.3.3", first=2),
    Style("gwUnits", "公文 责任分工", "7.3.3", first=2),
    Style("gwSlot", "公文 版头空行", "7.2.1"),
    Style("gwMark", "公文 发文机关标志", "7.2.4", face=Face.XIAOBIAOSONG, size=35, color=RED, tracking=0,
          align="center", line=700, before=_MARK_BEFORE),
    Style("gwNumber", "公文 发文字号", "7.2.5", align="center", before=2 * LINE, red_rule=True),
    Style("gwLetterMark", "公文 信函机关标志", "10.1", face=Face.XIAOBIAOSONG, size=35, color=RED, tracking=0,
          align="center", line=700, left=-0.567, right=-0.567, double_rule=True),
    Style("gwLetterNumber", "公文 信函发文字号", "10.1", align="right", before=200),
    Style("gwTitle", "公文 标题", "7.3.1", face=Face.XIAOBIAOSONG, size=22, tracking=0, align="center", before=2 * LINE,
          keep_next=True),
    Style("gwPlanTitle", "公文 方案标题", "7.3.1", face=Face.XIAOBIAOSONG, size=22, tracking=0, align="center",
          keep_next=True, new_page=True),
    Style("gwPlanTitleAlone", "公文 方案标题（首页）", "7.3.1", face=Face.XIAOBIAOSONG, size=22, tracking=0,
          align="center", keep_next=True),
    Style("gwStatus", "公文 稿别", "PRACTICE 10", face=Face.KAITI, align="center", keep_next=True),
    Style("gwAddressees", "公文 主送机关", "7.3.2", before=LINE, keep_next=True),
    Style("gwGap", "公文 空行", "7.3.2", keep_next=True),
    Style("gwNotice", "公文 通知正文", "7.3.3", first=2),
    Style("gwNoticeGap", "公文 署名前空行", "7.3.5", keep_next=True),
    Style("gwSignature", "公文 发文机关署名", "7.3.5", align="right", keep_next=True),
    Style("gwDate", "公文 成文日期", "7.3.5", align="right"),
    Style("gwDateAndNote", "公文 成文日期（有附注）", "7.3.5", align="right", keep_next=True),
    Style("gwNote", "公文 附注", "7.3.6", first=2),
    Style("gwAnnexNote", "公文 附件说明", "7.3.4", left=5, hanging=3, align="left"),
    Style("gwAnnexNoteFirst", "公文 附件说明（首行）", "7.3.4", left=6, hanging=4, align="left"),
    Style("gwAnnexNoteNext", "公文 附件说明（续）", "7.3.4", left=6, hanging=1, align="left"),
    # In a letter the signature follows the list of annexes, and never stands on a page without text.
    Style("gwAnnexNoteKept", "公文 附件说明（信函）", "10.1", left=5, hanging=3, align="left", keep_next=True),
    Style("gwAnnexNoteFirstKept", "公文 附件说明（信函首行）", "10.1", left=6, hanging=4, align="left", keep_next=True),
    Style("gwAnnexNoteNextKept", "公文 附件说明（信函续）", "10.1", left=6, hanging=1, align="left", keep_next=True),
    Style("gwAnnexLabel", "公文 附件", "7.3.7", face=Face.HEITI, new_page=True, keep_next=True),
    Style("gwAnnexTitle", "公文 附件标题", "7.3.7", face=Face.XIAOBIAOSONG, size=22, tracking=0, align="center",
          before=LINE, keep_next=True),
    Style("gwCaption", "公文 表题", "7.3.7", face=Face.HEITI, align="center", keep_next=True),
    Style("gwTableHead", "公文 表头", "PRACTICE 5", face=Face.HEITI, size=12, tracking=0, align="center", line=360,
          keep_next=True),
    Style("gwTableBand", "公文 表内分组", "PRACTICE 5", face=Face.HEITI, size=12, tracking=0, align="left", line=360,
          keep_next=True),
    Style("gwTableCell", "公文 表格", "PRACTICE 5", size=12, tracking=0, align="left", line=340),
    Style("gwTableMid", "公文 表格居中", "PRACTICE 5", size=12, tracking=0, align="center", line=340),
    Style("gwCopyTo", "公文 抄送", "7.4.2", size=14, line=_IMPRINT_LINE, tracking=0, left=4, hanging=3, right=1),
    Style("gwCopyToNext", "公文 抄送（续）", "7.4.2", size=14, line=_IMPRINT_LINE, tracking=0, left=4, right=1),
    Style("gwPrinter", "公文 印发机关", "7.4.3", size=14, line=_IMPRINT_LINE, tracking=0, left=1, align="left"),
    Style("gwPrinted", "公文 印发日期", "7.4.3", size=14, line=_IMPRINT_LINE, tracking=0, right=1, align="right"),
    Style("gwAnchor", "公文 版记锚点", "7.4.1", size=1, line=20),
    Style("gwAnchorPage", "公文 版记另页", "7.4.1", size=1, line=20, new_page=True),
    Style("gwPageOdd", "公文 页码（单页）", "7.5", face=Face.SONGTI, size=14, tracking=0, align="right", right=1, line=280),
    Style("gwPageEven", "公文 页码（双页）", "7.5", face=Face.SONGTI, size=14, tracking=0, align="left", left=1, line=280),
)  # fmt: skip
_BY_ID = {style.id: style for style in STYLES}
NOTICE_STYLES = (
    "gwNumber", "gwTitle", "gwAddressees", "gwNotice", "gwLast", "gwNoticeGap", "gwSignature", "gwDate",
    "gwDateAndNote", "gwNote",
)  # fmt: skip
"""The styles of a page that begins with a red head, below it: all have the same height of line."""


def mark_size(text: str) -> float:
    """Size of the red head in points: 35, or what lets its widest line stand in the text box (PRACTICE 4)."""
    widest = max(map(len, text.split("\n")))
    return min(35.0, int(TEXT_WIDTH / 20 / max(widest, 1) * 2) / 2)


def mark_style(mark: str) -> Style:
    """The style of a red head, its lines parted by line breaks."""
    size = mark_size(mark)
    line = round(size * 20 * (_MARK_LEAD if "\n" in mark else 1))
    # What two lines stand apart is added above each: taken from the space before, the upper edge stays at 35 mm.
    before = _MARK_BEFORE - (line - round(size * 20))
    return replace(_BY_ID["gwMark"], size=size, line=line, before=before)


def styles_for(mark: str, signature: Mapping[str, Changes], pitch: int = LINE) -> tuple[Style, ...]:
    """All styles of one paper; what hangs on its words is set.

    `mark`: the red head, its lines parted by line breaks. `signature`: from `signature_places`. `pitch`: height of a
    line of the notice, in twips (7.3.5.5: lines stand closer or wider where the seal's page needs it).
    """
    changes: dict[str, Changes] = {name: dict(change) for name, change in signature.items()}
    for name in NOTICE_STYLES if pitch != LINE else ():
        before = round(_BY_ID[name].before / LINE * pitch)
        changes[name] = {**changes.get(name, {}), "line": pitch, "before": before}
    head = mark_style(mark)
    # A letter's rule is 170 mm wide whatever the size of its mark (10.1).
    out = -397 / (float(head.size or 35) * 20)
    letter = replace(_BY_ID["gwLetterMark"], size=head.size, line=head.line, left=out, right=out)
    known = {**_BY_ID, "gwMark": head, "gwLetterMark": letter}
    return tuple(replace(style, **changes.get(style.id, {})) for style in known.values())


_ELEMENTS: Mapping[Element, tuple[str, ...]] = {
    Element.TITLE: ("gwTitle", "gwPlanTitle", "gwPlanTitleAlone"),
    Element.ANNEX_TITLE: ("gwAnnexTitle",),
    Element.TABLE: ("gwTableCell", "gwTableMid"),
    Element.TABLE_HEAD: ("gwTableHead", "gwTableBand"),
    Element.CAPTION: ("gwCaption",),
    Element.IMPRINT: ("gwCopyTo", "gwCopyToNext", "gwPrinter", "gwPrinted"),
    Element.PAGE_NUMBER: ("gwPageOdd", "gwPageEven"),
}


def sized(styles: Sequence[Style], sizes: Mapping[Element, float]) -> tuple[Style, ...]:
    """Styles with the sizes (points) that a pack sets; lines of tables grow and shrink with their type."""
    wanted = {name: size for element, size in sizes.items() for name in _ELEMENTS[element]}
    tables = {*_ELEMENTS[Element.TABLE], *_ELEMENTS[Element.TABLE_HEAD]}
    return tuple(
        replace(
            style,
            size=wanted[style.id],
            line=round(style.line * wanted[style.id] / (style.size or 12))
            if style.id in tables
            else style.line,
        )
        if style.id in wanted
        else style
        for style in styles
    )


def signature_room(date: float, sealed: bool) -> float:
    """The longest line of an issuer's name that its place holds, in 字; `date`: the width of the date."""
    return 8 + date if sealed else CHARACTERS - 2


def signature_places(name: float, date: float, sealed: bool) -> dict[str, Changes]:
    """Where name and date stand, as changes of their styles, from their widths in 字; `name`: of the name's last line.

    Sealed (7.3.5.1): date 4 字 from the right, the name centred on it. Unsealed (7.3.5.2): the name 2 字 from the
    right, the date beginning 2 字 further in than the name; where the date is the longer, it stands 2 字 from the right
    and the name moves inwards.
    """
    if sealed:
        # Half a character more on each side, so that rounding does not break a line that just fits.
        left = CHARACTERS - signature_room(date, sealed) - 0.5
        named: Changes = {"align": "center", "left": left, "right": -0.5}
        dated: Changes = {"right": 4.0}
    elif date + 2 <= name:
        # Placed from its beginning: programs do not agree how wide digits beside Chinese are.
        named, dated = {"right": 2.0}, {"align": "left", "left": CHARACTERS - name}
    else:
        named, dated = {"right": 2 + (date + 2 - name)}, {"right": 2.0}
    return {"gwSignature": named, "gwDate": dated, "gwDateAndNote": dated}
