"""The .docx, opened again: everything printed is there, in named styles only, and the same each time."""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import lxml.html
import pytest
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from drafter import markup
from drafter.compose import compose
from drafter.document import (
    Annex,
    Block,
    Document,
    Form,
    Heading,
    Imprint,
    Item,
    Letterhead,
    Notice,
    Paragraph,
    Responsibility,
    Table,
    one_line,
    printed,
)
from drafter.load import load
from drafter.model.words import Face
from drafter.resolve import resolve
from drafter.typography import PAGE, TEXT_WIDTH
from drafter.write import write
from drafter.write.html import html_bytes
from drafter.write.imprint import _wrapped
from drafter.write.package import docx_bytes
from drafter.write.tables import column_widths
from drafter.write.trace import Trace

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TRACE = Trace("0" * 64)
PARTS = [
    "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "customXml/_rels/item1.xml.rels",
    "word/document.xml", "word/footer1.xml", "word/footer2.xml", "word/styles.xml", "word/settings.xml",
    "word/fontTable.xml", "word/theme/theme1.xml", "docProps/core.xml", "customXml/item1.xml", "customXml/itemProps1.xml",
]  # fmt: skip
Shown = str | list[list[str]]

SMALL = Document(
    letterhead=Letterhead("某县人民政府办公室文件", "某政办发〔2026〕1号"),
    notice=Notice(
        ("关于印发", "方案的通知"), "各单位", ("现印发。", "请执行。"), "某县人民政府办公室", "2026年1月2日", "此件公开发布", False
    ),
    title=("某县", "实施方案"),
    blocks=(
        Paragraph("（征求意见稿）", "status"),
        Heading(1, "章", origin="one"),
        Heading(2, "节", responsibility=Responsibility(("甲",))),
        Item(3, "条", "文。", responsibility=Responsibility(("甲",), ("乙",)), origin="two"),
        Item(4, "款", responsibility=Responsibility(("丙",))),
        Paragraph("续。", "item"),
        Paragraph("附件：1.表", "attachment-note"),
        Paragraph("2.释", "attachment-note"),
    ),
    annexes=(
        Annex("表", (Table((("甲", "乙", "丙"), ("并", "并", "并"), ("1", "", "长" * 30)), "题"),), origin="three"),
        Annex("释", (Item(3, "词", "义。"),)),
    ),
    imprint=Imprint((("甲", "乙"), ("丙",)), "某县人民政府办公室", "2026年1月3日"),
)  # fmt: skip


@pytest.fixture(scope="module")
def paper(example: Path) -> Document:
    """The example as a Document."""
    inputs = load(example)
    return compose(resolve(inputs), inputs)


@pytest.fixture(scope="module", params=["example", "small"])
def document(request: pytest.FixtureRequest, paper: Document) -> Document:
    """The example, and a small paper with everything that it has not."""
    return paper if request.param == "example" else SMALL


@pytest.fixture(scope="module")
def content(document: Document) -> bytes:
    """The document's .docx."""
    return docx_bytes(document, {}, TRACE)


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a .docx by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def tree(content: bytes, part: str = "word/document.xml") -> etree._Element:
    """One part as XML."""
    return etree.fromstring(parts(content)[part])


def shown(content: bytes) -> Iterator[Shown]:
    """Every paragraph that holds words, and every table, as python-docx reads them."""
    body = docx.Document(io.BytesIO(content))
    for each in body.iter_inner_content():
        if isinstance(each, WordTable):
            yield [[cell.text for cell in row.cells] for row in each.rows]
        elif isinstance(each, WordParagraph) and each.text.strip():
            yield each.text


def expected(document: Document) -> Iterator[Shown]:
    """What the page says, from the Document alone."""
    if document.letterhead:
        yield from (document.letterhead.issuer_mark, document.letterhead.number or "")
    notice, imprint = document.notice, document.imprint
    if notice:
        yield "\n".join(notice.title)
        if document.status_mark:
            yield document.status_mark
        yield f"{notice.addressees}："
        yield from notice.paragraphs
        yield from (notice.signature or "", notice.date or "", f"（{notice.note}）")
    yield "\n".join(document.title)
    yield from expected_blocks(document.blocks, document.form)
    for label, annex in zip(document.annex_labels, document.annexes, strict=True):
        yield from (label, annex.title)
        yield from expected_blocks(annex.blocks, document.form, annex=True)
    if imprint:
        # A long group goes on in a line of its own, between two names.
        first, *others = ["\n".join(_wrapped(group)) for group in imprint.copy_to]
        copies = "\n".join([f"抄送：{first}", *others])
        yield [[copies, copies], [imprint.printer or "", f"{imprint.date}印发"]]


def expected_blocks(blocks: tuple[Block, ...], form: Form, annex: bool = False) -> Iterator[Shown]:
    """What the blocks say."""
    for entry in printed(blocks, form, annex):
        block, units = entry.block, f"（{entry.units}）" if entry.units else ""
        if isinstance(block, Table):
            yield from [block.caption] if block.caption else []
            yield [list(row) for row in block.rows]
        elif isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Item):
            yield f"{entry.number}{block.title}。{block.text}{units}"
        elif isinstance(block, Heading):
            yield f"{entry.number}{block.title}"
        else:
            yield units


# ------------------------------------------------------------------ words


def test_paragraphs_and_tables_are_those_of_the_document_in_order(document: Document, content: bytes) -> None:
    assert list(shown(content)) == list(expected(document))


def test_every_string_of_the_document_is_in_the_file(document: Document, content: bytes) -> None:
    text = "\n".join(
        re.sub(r"\n", "", each) if isinstance(each, str) else "\n".join("\n".join(row) for row in each)
        for each in shown(content)
    )
    assert [words for words in document.texts() if words not in text] == []


@given(st.text(min_size=1, max_size=40))
def test_any_answer_reads_back_from_the_file_as_typed(text: str) -> None:
    line = f"甲{one_line(text)}乙"
    paper = Document(blocks=(Paragraph(line), Table(((line,),))))
    assert list(shown(docx_bytes(paper, {}, None))) == [line, [[line]]]


@pytest.mark.parametrize("paper", [Document(title=("题",)), Document(title=("题",), annexes=(Annex("空"),))])
def test_a_paper_with_nothing_in_it_yet_is_written(paper: Document) -> None:
    assert "题" in list(shown(docx_bytes(paper, {}, None)))


# ------------------------------------------------------------------ styles


def test_there_is_no_direct_formatting(content: bytes) -> None:
    for part in ("word/document.xml", "word/footer1.xml", "word/footer2.xml"):
        root = tree(content, part)
        for paragraph in root.iter(f"{W}p"):
            properties = paragraph.find(f"{W}pPr")
            assert properties is not None
            assert [child.tag for child in properties] == [f"{W}pStyle"]
        for run in root.iter(f"{W}rPr"):
            assert [child.tag for child in run] == [f"{W}rStyle"]


def test_every_style_that_is_used_is_defined(content: bytes) -> None:
    used = {
        (etree.QName(each).localname, each.get(f"{W}val"))
        for part in ("word/document.xml", "word/footer1.xml", "word/footer2.xml")
        for each in tree(content, part).iter(f"{W}pStyle", f"{W}rStyle")
    }
    kinds = {"paragraph": "pStyle", "character": "rStyle"}
    defined = {
        (kinds.get(str(each.get(f"{W}type"))), each.get(f"{W}styleId"))
        for each in tree(content, "word/styles.xml").iter(f"{W}style")
    }
    assert used <= defined


def test_no_style_refers_to_the_theme(content: bytes) -> None:
    for name, data in parts(content).items():
        if name.startswith("word/") and name.endswith(".xml") and "theme" not in name:
            assert not re.search(
                rb"w:(ascii|hAnsi|eastAsia|cs)Theme=|w:theme(Color|Fill|Shade|Tint)=", data
            ), name


def test_headings_stand_in_the_outline_and_items_do_not(document: Document, content: bytes) -> None:
    levels = {
        str(each.get(f"{W}styleId")): each.find(f"{W}pPr/{W}outlineLvl")
        for each in tree(content, "word/styles.xml")
    }
    found = []
    for each in docx.Document(io.BytesIO(content)).paragraphs:
        level = levels[str(each.style.style_id)]  # type: ignore[union-attr]
        if level is not None:
            found.append((int(str(level.get(f"{W}val"))) + 1, each.text))
    blocks = list(printed(document.blocks, document.form))
    for annex in document.annexes:
        blocks += printed(annex.blocks, document.form, annex=True)
    assert found == [
        (each.block.level, f"{each.number}{each.block.title}")
        for each in blocks
        if isinstance(each.block, Heading)
    ]


def test_the_title_of_a_run_in_item_has_the_face_of_its_level(content: bytes) -> None:
    seen = 0
    for paragraph in tree(content).iter(f"{W}p"):
        style = str(paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"))  # type: ignore[union-attr]
        if not style.startswith("gwItem"):
            continue
        seen += 1
        first, *others = paragraph.findall(f"{W}r")
        assert first.find(f"{W}rPr/{W}rStyle").get(f"{W}val") == style.replace("Item", "RunIn")  # type: ignore[union-attr]
        assert "".join(str(text) for text in first.itertext()).endswith("。")
        assert all(run.find(f"{W}rPr") is None for run in others)
    assert seen


def test_fonts_of_the_profile_are_used_throughout() -> None:
    made = parts(
        docx_bytes(SMALL, {Face.FANGSONG: "方正仿宋_GBK", Face.XIAOBIAOSONG: "方正小标宋_GBK"}, None)
    )
    for part in ("word/styles.xml", "word/fontTable.xml"):
        text = made[part].decode()
        assert "方正仿宋_GBK" in text
        assert "方正小标宋_GBK" in text
        assert "仿宋_GB2312" not in text
        assert "方正小标宋简体" not in text


# ------------------------------------------------------------------ page


def test_page_margins_and_grid_are_those_of_the_standard(content: bytes) -> None:
    (section,) = docx.Document(io.BytesIO(content)).sections
    twips = {name: getattr(section, f"{name}_margin").twips for name in ("top", "bottom", "left", "right")}
    assert twips == {"top": 2098, "bottom": 1984, "left": 1588, "right": 1474}
    assert (section.page_width.twips, section.page_height.twips) == (11906, 16838)  # type: ignore[union-attr]
    assert section.footer_distance.twips == PAGE.footer  # type: ignore[union-attr]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid is not None
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_page_numbers_stand_outside_on_odd_and_even_pages(content: bytes) -> None:
    opened = docx.Document(io.BytesIO(content))
    assert opened.settings.odd_and_even_pages_header_footer
    (section,) = opened.sections
    assert not section.different_first_page_header_footer
    for footer, style in ((section.footer, "gwPageOdd"), (section.even_page_footer, "gwPageEven")):
        (paragraph,) = footer.paragraphs
        assert paragraph.style.style_id == style
        assert paragraph.text == "— 1 —"
        assert [each.text for each in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]
        assert [each.get(qn("w:fldCharType")) for each in paragraph._p.iter(qn("w:fldChar"))] == [
            "begin", "separate", "end",
        ]  # fmt: skip


def test_the_imprint_begins_a_page_only_where_asked() -> None:
    plain, moved = docx_bytes(SMALL, {}, None), docx_bytes(SMALL, {}, None, "next-page")
    assert b'"gwAnchorPage"' not in parts(plain)["word/document.xml"]
    assert parts(moved)["word/document.xml"].count(b'"gwAnchorPage"') == 1


def test_the_imprint_floats_at_the_foot_between_its_rules(content: bytes) -> None:
    imprint = list(tree(content).iter(f"{W}tbl"))[-1]
    position = imprint.find(f"{W}tblPr/{W}tblpPr")
    assert position is not None
    assert (position.get(f"{W}vertAnchor"), position.get(f"{W}tblpYSpec")) == ("margin", "bottom")
    borders = imprint.find(f"{W}tblPr/{W}tblBorders")
    assert borders is not None
    sizes = {etree.QName(each).localname: each.get(f"{W}sz") for each in borders}
    assert sizes == {"top": "8", "bottom": "8", "insideH": "6"}


@pytest.mark.render
@pytest.mark.slow
def test_the_imprint_falls_on_an_even_page_where_the_last_one_is_full(tmp_path: Path) -> None:
    """The text ends near the foot of page 2: a blank page 3 belongs before the imprint (7.5)."""
    blocks = tuple(Paragraph("文字。") for _ in range(32))
    paper = Document(
        letterhead=SMALL.letterhead, title=("某县实施方案",), blocks=blocks, imprint=SMALL.imprint
    )
    pages = write(paper, tmp_path / "plan.docx", paginate=True).pages
    assert pages is not None
    assert pages.total % 2 == 0


# ------------------------------------------------------------------ tables


def test_tables_repeat_their_head_and_break_no_row(content: bytes) -> None:
    *tables, imprint = tree(content).iter(f"{W}tbl")
    assert tables
    for table in tables:
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
        assert heads == [True] + [False] * (len(heads) - 1)
    for row in [row for table in (*tables, imprint) for row in table.iter(f"{W}tr")]:
        assert row.find(f"{W}trPr/{W}cantSplit") is not None


def test_cells_fill_the_grid_and_the_grid_fills_the_text(content: bytes) -> None:
    for table in tree(content).iter(f"{W}tbl"):
        grid = [int(str(each.get(f"{W}w"))) for each in table.iter(f"{W}gridCol")]
        assert sum(grid) == TEXT_WIDTH
        for row in table.iter(f"{W}tr"):
            spans = [each.find(f"{W}tcPr/{W}gridSpan") for each in row.iter(f"{W}tc")]
            assert sum(1 if span is None else int(str(span.get(f"{W}val"))) for span in spans) == len(grid)
            widths = [int(str(each.get(f"{W}w"))) for each in row.iter(f"{W}tcW")]
            assert sum(widths) == TEXT_WIDTH


def test_a_row_of_one_merged_cell_is_a_band() -> None:
    table = next(tree(docx_bytes(SMALL, {}, None)).iter(f"{W}tbl"))
    head, band, row = table.iter(f"{W}tr")
    styles = [[str(each.get(f"{W}val")) for each in part.iter(f"{W}pStyle")] for part in (head, band, row)]
    assert styles[0] == ["gwTableHead"] * 3
    assert styles[1] == ["gwTableBand"]
    assert len(styles[2]) == 3
    assert [each.get(f"{W}val") for each in band.iter(f"{W}gridSpan")] == ["3"]


CELLS = st.text(alphabet="汉字a1、（", max_size=60)
TABLES = st.integers(1, 8).flatmap(
    lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=6).map(
        lambda rows: Table(tuple(rows))
    )
)


@given(TABLES)
def test_columns_fill_the_text_and_none_is_too_narrow(table: Table) -> None:
    widths = column_widths(table)
    assert sum(widths) == TEXT_WIDTH
    assert min(widths) >= 400


def test_columns_of_a_wide_table_keep_a_width() -> None:
    """Two long columns beside twelve of one figure each."""
    row = ("长" * 300, "长" * 300, *"123456789012")
    widths = column_widths(Table((tuple("列" for _ in row), row)))
    assert sum(widths) == TEXT_WIDTH
    assert min(widths) > 0


# ------------------------------------------------------------------ package


def test_the_parts_are_these_and_no_others(content: bytes) -> None:
    assert list(parts(content)) == PARTS


def test_content_types_cover_every_part(content: bytes) -> None:
    made = parts(content)
    types = etree.fromstring(made["[Content_Types].xml"])
    overrides = {str(each.get("PartName")) for each in types if each.tag.endswith("Override")}
    defaults = {str(each.get("Extension")) for each in types if each.tag.endswith("Default")}
    assert overrides <= {f"/{name}" for name in made}
    assert {name.rsplit(".", 1)[1] for name in made if f"/{name}" not in overrides} <= defaults | {"xml"}
    uncovered = [name for name in made if f"/{name}" not in overrides and not name.endswith(".rels")]
    assert uncovered == ["[Content_Types].xml"]


def test_every_relationship_leads_to_a_part(content: bytes) -> None:
    made = parts(content)
    reached = set()
    for name, data in made.items():
        if name.endswith(".rels"):
            relations = list(etree.fromstring(data))
            assert len({each.get("Id") for each in relations}) == len(relations)
            reached |= {str(each.get("Target")).lstrip("/") for each in relations}
    assert reached == {name for name in made if not name.endswith(".rels")} - {"[Content_Types].xml"}


def test_every_part_is_well_formed_and_times_are_fixed(content: bytes) -> None:
    for data in parts(content).values():
        etree.fromstring(data)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in package.infolist()} == {0}
        assert {entry.external_attr >> 16 for entry in package.infolist()} <= {0, 0o600}


@pytest.mark.parametrize("to", ["docx", "md", "html"])
def test_two_processes_at_two_times_write_the_same_bytes(example: Path, tmp_path: Path, to: str) -> None:
    made = []
    for seed, zone in (("1", "UTC"), ("4711", "Asia/Shanghai")):
        out = tmp_path / f"{seed}.{to}"
        script = (
            "import sys, time; later = time.time() + 5e7 * int(sys.argv[3]); time.time = lambda: later\n"
            "from pathlib import Path; from drafter.build import build\n"
            "build(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[4])"
        )
        command = [sys.executable, "-c", script, str(example), str(out), seed, to]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone})
        made.append(out.read_bytes())
    assert made[0] == made[1]


# ------------------------------------------------------------------ a clean copy


def test_a_clean_copy_remembers_nothing() -> None:
    made = parts(docx_bytes(SMALL, {}, None))
    assert not [name for name in made if "customXml" in name]
    assert not [name for name, data in made.items() if b"drafter" in data.lower()]
    assert list(shown(docx_bytes(SMALL, {}, None))) == list(shown(docx_bytes(SMALL, {}, TRACE)))


def test_a_clean_copy_has_no_bookmarks() -> None:
    assert b"w:bookmark" not in parts(docx_bytes(SMALL, {}, None))["word/document.xml"]


# ------------------------------------------------------------------ html, markup


def text_of(element: etree._Element) -> str:
    """All words in an element of a page."""
    return "".join(str(text) for text in element.itertext())


NASTY = '<script>alert("1")</script> & \'"><img src=x onerror=y>'


def nasty() -> Document:
    """A paper with markup in every answer."""
    return Document(
        letterhead=Letterhead(NASTY, NASTY),
        notice=Notice((NASTY,), NASTY, (NASTY,), NASTY, NASTY, NASTY),
        title=(NASTY, NASTY),
        blocks=(
            Heading(1, NASTY, number=NASTY), Item(3, NASTY, NASTY, responsibility=Responsibility((NASTY,))),
            Paragraph(NASTY), Table(((NASTY, NASTY), (NASTY, "x"), (NASTY, NASTY)), NASTY),
        ),
        annexes=(Annex(NASTY, (Paragraph(NASTY),), number=NASTY),),
        imprint=Imprint(((NASTY,),), NASTY, NASTY),
    )  # fmt: skip


def test_html_is_one_chinese_page_without_outside_resources(paper: Document) -> None:
    page = lxml.html.document_fromstring(html_bytes(paper))
    assert page.get("lang") == "zh-CN"
    assert page.findtext("head/title") == "".join(paper.title)
    assert not list(page.iter("script", "link", "img", "iframe", "object", "base"))
    assert not [each for each in page.iter() for name in each.attrib if name in ("src", "href", "style")]
    assert b"url(" not in html_bytes(paper)
    assert b"@import" not in html_bytes(paper)
    text = re.sub(r"\s", "", text_of(page))
    assert [words for words in paper.texts() if re.sub(r"\s", "", words) not in text] == []


def test_html_is_well_formed(paper: Document) -> None:
    """Every tag that is opened is closed: it reads as XML once its two void elements are closed."""
    for made in (html_bytes(paper), html_bytes(SMALL), html_bytes(nasty())):
        text = re.sub(r"<(meta[^>]*|br)>", r"<\1/>", made.decode()).replace("<!DOCTYPE html>", "")
        root = etree.fromstring(text)
        assert root.tag == "html"


def test_markup_in_an_answer_is_text_in_html() -> None:
    page = lxml.html.document_fromstring(html_bytes(nasty()))
    assert not list(page.iter("script", "img"))
    body = page.find("body")
    assert body is not None
    # Head 2, notice 6, title 2, heading 2, item 3, paragraph 1, table 5, annex 3, imprint 3.
    assert text_of(body).count(NASTY) == 27


def test_html_has_the_headings_of_the_paper(paper: Document) -> None:
    page = lxml.html.document_fromstring(html_bytes(paper))
    for level in range(1, 5):
        wanted = [
            block.title for block in paper.blocks if isinstance(block, Heading) and block.level == level
        ]
        found = [text_of(each) for each in page.iter(f"h{level + 1}")]
        assert len(found) == len(wanted)
        assert all(text.endswith(title) for text, title in zip(found, wanted, strict=True))


def test_markup_written_to_a_file_reads_back_to_the_same_document(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    write(document, path, "md")
    assert markup.parse(path.read_text(encoding="utf-8")) == document
