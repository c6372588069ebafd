"""GB/T 9704 as data: every style has its clause and stands in styles.xml, sizes and indents follow the words."""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree

from drafter.document import Document, Heading, Imprint, Item, Letterhead, Notice, Paragraph, Table
from drafter.model.words import Face
from drafter.titles import break_title, ems, name_lines
from drafter.typography import (
    CHARACTER,
    CHARACTERS,
    FONTS,
    LINE,
    PAGE,
    STYLES,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    Style,
    mark_size,
    signature_places,
    signature_room,
    styles_for,
)
from drafter.write.body import Parity, document_part
from drafter.write.first_page import first_page, signature_lines
from drafter.write.package import docx_bytes
from drafter.write.sections import Running, footer_part, header_part
from drafter.write.styles import font_table, styles_part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# ECMA-376, CT_PPrBase and EG_RPrBase: the order in which Word wants the children.
PARAGRAPH_ORDER = """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd
tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc
textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"""
RUN_ORDER = """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof
snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText
vertAlign rtl cs em lang eastAsianLayout specVanish oMath"""
STYLE_ORDER = """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat
locked personal rsid pPr rPr tblPr"""
TABLE_ORDER = """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
tblInd tblBorders shd tblLayout tblCellMar tblLook"""
CELL_ORDER = (
    """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign"""
)
ORDERS = {
    "pPr": PARAGRAPH_ORDER,
    "rPr": RUN_ORDER,
    "style": STYLE_ORDER,
    "tblPr": TABLE_ORDER,
    "tcPr": CELL_ORDER,
}

PAPER = Document(
    letterhead=Letterhead("某县人民政府办公室文件", "某政办发〔2026〕1号"),
    notice=Notice(("通知",), "各单位", ("现印发。",), "某县人民政府办公室", "2026年1月2日", "此件公开发布"),
    title=("某县", "方案"),
    blocks=(
        Paragraph("（征求意见稿）", "status"), Heading(1, "章", origin="one"), Heading(2, "节"), Item(3, "条", "文。"),
        Item(4, "款", "文。"), Table((("甲", "乙"), ("并", "并"), ("丙", "丁")), caption="表"),
        Paragraph("附件：1.甲", "attachment-note"), Paragraph("2.乙", "attachment-note"),
    ),
    imprint=Imprint((("甲",), ("乙",)), "某县人民政府办公室", "2026年1月2日"),
)  # fmt: skip


def styles(fonts: dict[Face, str] | None = None) -> dict[str, etree._Element]:
    """The styles of styles.xml by id."""
    part = styles_part(STYLES, {**FONTS, **(fonts or {})})
    return {str(each.get(f"{W}styleId")): each for each in part.iter(f"{W}style")}


def value(style: etree._Element, path: str, attribute: str = "val") -> str | None:
    """An attribute of a style's property, by the path of the element."""
    found = style.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{attribute}")


# ------------------------------------------------------------------ styles


def test_every_style_names_its_clause() -> None:
    for style in STYLES:
        assert re.fullmatch(r"(?:[57]|10)\.\d(\.\d)*|PRACTICE \d+", style.clause), style.id


def test_no_two_styles_share_an_id_or_a_name() -> None:
    assert len({style.id for style in STYLES}) == len(STYLES)
    assert len({style.name for style in STYLES}) == len(STYLES)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.id)
def test_styles_xml_carries_every_measure_of_a_style(style: Style) -> None:
    made = styles()[style.id]
    assert value(made, "name") == style.name
    assert made.get(f"{W}type") == style.kind
    assert value(made, "basedOn") == style.base
    assert value(made, "rPr/rFonts", "eastAsia") == (FONTS[style.face] if style.face else None)
    assert value(made, "rPr/sz") == (f"{style.size * 2:g}" if style.size else None)
    assert value(made, "rPr/color") == (style.color or ("000000" if style.outline is not None else None))
    assert value(made, "rPr/spacing") == (None if style.tracking is None else str(style.tracking))
    assert value(made, "pPr/jc") == style.align
    assert value(made, "pPr/outlineLvl") == (None if style.outline is None else str(style.outline))
    assert (made.find(f"{W}pPr/{W}keepNext") is not None) == style.keep_next
    assert (made.find(f"{W}pPr/{W}pageBreakBefore") is not None) == style.new_page
    if style.line:
        assert value(made, "pPr/spacing", "line") == str(style.line)
        assert value(made, "pPr/spacing", "lineRule") == "exact"
    if style.first:
        assert value(made, "pPr/ind", "firstLineChars") == f"{style.first * 100:g}"
        assert value(made, "pPr/ind", "firstLine") == f"{style.first * style.character:g}"


def test_a_style_stands_on_one_that_is_there() -> None:
    known = styles().keys()
    assert {style.base for style in STYLES if style.base} <= known


def test_headings_are_not_bold_and_black() -> None:
    """Word's own heading styles are blue and bold."""
    for level in range(1, 5):
        made = styles()[f"Heading{level}"]
        assert value(made, "rPr/b") == "0"
        assert value(made, "rPr/color") == "000000"
        assert value(made, "pPr/outlineLvl") == str(level - 1)
        assert made.find(f"{W}pPr/{W}keepNext") is not None


@pytest.mark.parametrize(
    ("level", "font"), [(1, "黑体"), (2, "楷体_GB2312"), (3, "仿宋_GB2312"), (4, "仿宋_GB2312")]
)
def test_each_level_has_the_face_of_the_standard(level: int, font: str) -> None:
    for style in (f"Heading{level}", f"gwRunIn{level}"):
        assert value(styles()[style], "rPr/rFonts", "eastAsia") == font


def test_every_script_has_the_same_font() -> None:
    """Else quotation marks and dashes come out half width (facts, 1)."""
    for part in (styles_part(STYLES, FONTS), font_table(FONTS)):
        for each in part.iter(f"{W}rFonts"):
            assert len({each.get(f"{W}{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs")}) == 1
            assert not [name for name in each.attrib if "heme" in str(name)]


def test_the_fonts_of_the_profile_stand_in_styles_and_font_table() -> None:
    fonts = {Face.FANGSONG: "方正仿宋_GBK"}
    named = {each.get(f"{W}eastAsia") for each in styles_part(STYLES, {**FONTS, **fonts}).iter(f"{W}rFonts")}
    assert "方正仿宋_GBK" in named
    assert "仿宋_GB2312" not in named
    table = {each.get(f"{W}name") for each in font_table({**FONTS, **fonts})}
    assert table == named | {FONTS[Face.SONGTI]}


def elements() -> Iterator[etree._Element]:
    """All elements of the parts that are WordprocessingML."""
    parts = [
        styles_part(STYLES, FONTS),
        footer_part("gwPageOdd"),
        footer_part("gwPageEven"),
        footer_part(None),
        header_part("gwPageOdd"),
        header_part(None),
    ]
    places: tuple[Parity, ...] = ("as-is", "next-page", "after-blank")
    parts += [
        document_part(PAPER, place, Running("rId1", "rId2", "rId3"), bookmarks=True)[0] for place in places
    ]
    for part in parts:
        yield from part.iter()


@pytest.mark.parametrize("name", ORDERS)
def test_children_stand_in_the_order_of_the_schema(name: str) -> None:
    found, order = 0, ORDERS[name].split()
    for element in elements():
        if element.tag != f"{W}{name}":
            continue
        found += 1
        places = [order.index(etree.QName(child).localname) for child in element]
        assert all(a < b for a, b in pairwise(places)), etree.tostring(element)
    assert found


# ------------------------------------------------------------------ the text box


def test_the_text_box_is_that_of_the_standard() -> None:
    """5.2.1 and 5.2.3: 156 × 225 mm, 37 mm above and 28 mm left, 22 lines of 28 characters."""
    twips = 1440 / 25.4
    assert (PAGE.width - PAGE.left - PAGE.right, PAGE.height - PAGE.top - PAGE.bottom) == (
        TEXT_WIDTH,
        TEXT_HEIGHT,
    )
    assert abs(TEXT_WIDTH - 156 * twips) < 2
    assert abs(TEXT_HEIGHT - 225 * twips) < 2
    assert PAGE.top == pytest.approx(37 * twips, abs=twips)
    assert PAGE.left == pytest.approx(28 * twips, abs=twips)
    assert TEXT_HEIGHT // LINE == 22
    assert TEXT_WIDTH // CHARACTER == CHARACTERS


# ------------------------------------------------------------------ the red head


@pytest.mark.parametrize(
    ("mark", "size"),
    [
        ("", 35), ("青屏县人民政府办公室文件", 35), ("青屏县人民政府文件", 35), ("孟村回族自治县人民政府办公室文件", 27.5),
        ("积石山保安族东乡族撒拉族自治县人民政府办公室文件", 18),
    ],
)  # fmt: skip
def test_the_red_head_is_as_large_as_the_box_allows(mark: str, size: float) -> None:
    assert mark_size(mark) == size


@given(st.integers(1, 40))
def test_the_red_head_stands_in_one_line(count: int) -> None:
    size = mark_size("县" * count)
    assert size * count * 20 <= TEXT_WIDTH
    assert size == 35 or (size + 0.5) * count * 20 > TEXT_WIDTH
    assert size * 2 == int(size * 2), "Word knows half points"


def test_the_line_of_the_red_head_is_as_high_as_its_letters() -> None:
    """So that its upper edge stays 35 mm below that of the box (facts, 2)."""
    for mark in ("青屏县人民政府办公室文件", "孟村回族自治县人民政府办公室文件"):
        made = next(style for style in styles_for(mark, {}) if style.id == "gwMark")
        assert made.line == made.size * 20 if made.size else False
        assert made.before == 247


# ------------------------------------------------------------------ signature

DATE = "2026年12月10日"
NAMES = ("县科协", "青屏县人民政府", "青屏县人民政府办公室", "孟村回族自治县人民政府办公室", "县" * 15)
WIDTHS = st.integers(2, 52).map(lambda half: half / 2)


def spans(name: float, date: float, sealed: bool) -> tuple[tuple[float, float], tuple[float, float]]:
    """From where to where name and date stand, in 字 from the left edge of the text box."""
    found = []
    changes = signature_places(name, date, sealed)
    for style, width in (("gwSignature", name), ("gwDate", date)):
        at = changes[style]
        left, right = at.get("left", 0.0), CHARACTERS - at.get("right", 0.0)
        match at.get("align", "right"):
            case "center":
                start = (left + right - width) / 2
            case "left":
                start = left
            case _:
                start = right - width
        found.append((start, start + width))
    return found[0], found[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_sealed_name_is_centred_over_its_date(name: str) -> None:
    named, dated = spans(ems(name), ems(DATE), sealed=True)
    assert sum(named) == sum(dated)
    assert dated[1] == CHARACTERS - 4
    assert named[1] <= CHARACTERS


@pytest.mark.parametrize(
    ("name", "date", "right", "shift"),
    [(14, 8.5, 2, 2), (10.5, 8.5, 2, 2), (10, 8.5, 2.5, 2), (7, 8.5, 5.5, 2), (3, 8.5, 9.5, 2)],
)
def test_an_unsealed_date_begins_two_characters_further_in(
    name: float, date: float, right: float, shift: float
) -> None:
    named, dated = spans(name, date, sealed=False)
    assert CHARACTERS - named[1] == right
    assert dated[0] - named[0] == shift


@given(WIDTHS, st.sampled_from([7, 7.5, 8, 8.5]), st.booleans())
def test_name_and_date_keep_their_places_at_any_length(name: float, date: float, sealed: bool) -> None:
    assume(name <= signature_room(date, sealed))
    named, dated = spans(name, date, sealed)
    assert min(*named, *dated) >= 0
    assert max(*named, *dated) <= CHARACTERS
    if sealed:
        assert sum(named) == sum(dated)
    else:
        assert max(named[1], dated[1]) == CHARACTERS - 2
        assert dated[0] - named[0] == 2


@pytest.mark.parametrize(
    ("name", "sealed", "expected"),
    [
        ("孟村回族自治县人民政府办公室", True, ("孟村回族自治县人民政府办公室",)),
        ("莫力达瓦达斡尔族自治旗人民政府办公室", False, ("莫力达瓦达斡尔族自治旗人民政府办公室",)),
        ("莫力达瓦达斡尔族自治旗人民政府办公室", True, ("莫力达瓦达斡尔族自治旗", "人民政府办公室")),
        ("积石山保安族东乡族撒拉族自治县人民政府", True, ("积石山保安族东乡族撒拉族自治县", "人民政府")),
        ("娄底经济技术开发区管理委员会办公室", True, ("娄底经济技术开发区", "管理委员会办公室")),
        ("青屏县全民科学素质工作领导小组办公室", True, ("青屏县全民科学素质工作", "领导小组办公室")),
    ],
)
def test_a_long_name_is_broken_before_an_office_and_stays_in_the_box(
    name: str, sealed: bool, expected: tuple[str, ...]
) -> None:
    """PRACTICE 8; the date keeps its four characters from the edge (7.3.5.1)."""
    assert signature_lines(Notice(("通知",), signature=name, date=DATE, sealed=sealed)) == expected


def test_name_lines_hold_any_name() -> None:
    assert name_lines("临夏回族自治州积石山保安族东乡族撒拉族自治县人民政府办公室", 15) == (
        "临夏回族自治州",
        "积石山保安族东乡族撒拉族自治县",
        "人民政府办公室",
    )
    assert [ems(line) for line in name_lines("县" * 40, 15)] == [13, 13, 13, 1]


# ------------------------------------------------------------------ the page of the red head


def notice_of(place: str, note: str | None = "此件公开发布") -> Document:
    """The head and the notice of a county's government office."""
    office, plan = f"{place}人民政府办公室", f"{place}全民科学素质行动规划纲要实施方案（2026—2030年）"
    return Document(
        letterhead=Letterhead(f"{office}文件", "某政办发〔2026〕1号"),
        notice=Notice(
            break_title((office, "关于印发", f"《{plan}》的通知"), words=(place,)),
            "各乡镇人民政府，县直各单位，驻县单位",
            (f"《{plan}》已经{place}人民政府同意，现印发给你们，请认真贯彻执行。",),
            office,
            DATE,
            note,
        ),
    )


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("青屏县", (LINE, True)),
        ("孟村回族自治县", (LINE, True)),
        ("莫力达瓦达斡尔族自治旗", (523, True)),
        ("积石山保安族东乡族撒拉族自治县", (636, False)),
    ],
)
def test_lines_stand_closer_or_wider_where_the_signature_would_be_alone(
    place: str, expected: tuple[int, bool]
) -> None:
    """7.3.5.5: all on one page, or the text goes on to the next; whichever changes the lines less."""
    paper = notice_of(place)
    assert paper.notice
    made = first_page(paper.notice, paper.letterhead)
    assert (made.pitch, made.whole) == expected


def test_every_line_below_the_head_has_that_height() -> None:
    with zipfile.ZipFile(
        io.BytesIO(docx_bytes(notice_of("积石山保安族东乡族撒拉族自治县"), {}, None))
    ) as package:
        part = etree.fromstring(package.read("word/styles.xml"))
        body = etree.fromstring(package.read("word/document.xml"))
    made = {str(each.get(f"{W}styleId")): each for each in part.iter(f"{W}style")}
    used = [str(each.get(f"{W}val")) for each in body.iter(f"{W}pStyle")]
    below = used[used.index("gwMark") + 1 :]
    assert {value(made[style], "pPr/spacing", "line") for style in below} == {"636"}
    assert value(made["gwTitle"], "pPr/spacing", "before") == str(2 * 636)
    assert value(made["gwBody"], "pPr/spacing", "line") is None
    # Kept whole, the paragraph would take the title with it to the second page.
    assert "gwLast" not in used


def test_a_name_without_a_date_yet_does_not_stand_at_the_edge() -> None:
    """A draft for approval has a signature and no date (PRACTICE 10)."""
    paper = Document(notice=Notice(("通知",), signature="青屏县人民政府办公室"), blocks=(Paragraph("文。"),))
    with zipfile.ZipFile(io.BytesIO(docx_bytes(paper, {}, None))) as package:
        part = etree.fromstring(package.read("word/styles.xml"))
    style = next(each for each in part.iter(f"{W}style") if each.get(f"{W}styleId") == "gwSignature")
    assert value(style, "pPr/jc") == "center"
    assert int(value(style, "pPr/ind", "leftChars") or 0) >= 1000
