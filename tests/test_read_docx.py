"""What Word can hide in a .docx, one small case each: the expected lines are what Word prints."""

import io
import zipfile
from pathlib import Path

import pytest
from files import NAMES, level, numbering, p, run, styled_numbers_docx, xml_docx, zipped

from drafter.read.docx import read_docx
from drafter.read.found import Found
from drafter.read.numerals import printed_number

_HERE = Path("plan.docx")
_BY = 'w:id="1" w:author="甲" w:date="2026-01-01T00:00:00Z"'


def found(body: str, numbers: str = "", styles: str = "", **extra: tuple[str, str]) -> Found:
    parts = {f"{name}.xml": value for name, value in extra.items()}
    return read_docx(xml_docx(body, numbers, styles, parts), _HERE)


def texts(body: str, numbers: str = "", styles: str = "") -> list[str]:
    return [line.text for line in found(body, numbers, styles).lines]


def listed(text: str, depth: int = 0, num: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>')


# ------------------------------------------------------------------ automatic numbering

_PARTS = (
    level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
)


def test_levels_count_on_and_begin_anew_below_a_higher_one() -> None:
    body = (
        listed("甲")
        + listed("乙", 1)
        + listed("丙", 2)
        + listed("丁", 2)
        + listed("戊", 1)
        + listed("己", 2)
        + listed("庚")
        + listed("辛", 1)
    )
    assert texts(body, numbering(_PARTS)) == [
        "一、甲",
        "（一）乙",
        "1.丙",
        "2.丁",
        "（二）戊",
        "1.己",
        "二、庚",
        "（一）辛",
    ]


def test_a_level_that_never_restarts_runs_on() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%2.", inside='<w:lvlRestart w:val="0"/>')
    body = listed("甲") + listed("乙", 1) + listed("丙") + listed("丁", 1)
    assert texts(body, numbering(levels)) == ["1.甲", "1.乙", "2.丙", "2.丁"]


def test_a_start_override_begins_a_list_anew_and_lists_of_one_kind_count_on() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = listed("甲") + listed("乙", num=2) + listed("丙", num=3) + listed("丁", num=3)
    numbers = numbering(level(0, "decimal", "%1."), ((1, ""), (2, ""), (3, override)))
    assert texts(body, numbers) == ["1.甲", "2.乙", "5.丙", "6.丁"]


def test_a_level_may_print_those_above_it_in_figures() -> None:
    levels = level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", inside="<w:isLgl/>")
    assert texts(listed("甲") + listed("乙", 1) + listed("丙", 1), numbering(levels)) == [
        "第一章甲",
        "1.1 乙",
        "1.2 丙",
    ]


def test_numbers_come_through_styles_too() -> None:
    lines = read_docx(styled_numbers_docx(["甲", "乙"]), _HERE).lines
    assert [line.text for line in lines] == ["1.甲", "2.乙"]


def test_a_paragraph_may_leave_the_list_of_its_style() -> None:
    styles = f'<w:styles {NAMES}><w:style w:type="paragraph" w:styleId="L"><w:name w:val="列表"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    body = p("甲", '<w:pStyle w:val="L"/>') + p(
        "乙", '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    assert texts(body, numbering(level(0, "decimal", "%1.")), styles) == ["1.甲", "乙"]


def test_a_bullet_of_a_symbol_font_prints_some_sign() -> None:
    assert texts(listed("甲"), numbering(level(0, "bullet", "\uf06c"))) == ["●甲"]
    assert texts(listed("甲"), numbering(level(0, "bullet", "——"))) == ["——甲"]


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [
        ("chineseCounting", 10, "十"), ("chineseCounting", 19, "十九"), ("chineseCounting", 20, "二十"),
        ("chineseCountingThousand", 105, "一百零五"), ("japaneseCounting", 31, "三十一"), ("ideographTraditional", 3, "丙"),
        ("ideographDigital", 20, "二〇"), ("chineseLegalSimplified", 21, "贰拾壹"), ("lowerLetter", 28, "bb"),
        ("upperRoman", 14, "XIV"), ("decimalEnclosedCircle", 3, "③"), ("decimalFullWidth", 12, "１２"), ("decimalZero", 3, "03"),
        ("upperRoman", 2_000_000, "2000000"), ("unheardOf", 4, "4"), ("decimal", 0, "0"),
    ],
)  # fmt: skip
def test_number_formats(form: str, number: int, expected: str) -> None:
    assert printed_number(number, form) == expected


# ------------------------------------------------------------------ tracked changes


def test_deleted_words_go_and_inserted_ones_stay() -> None:
    body = f"<w:p>{run('甲')}<w:del {_BY}>{run('乙', tag='delText')}</w:del><w:ins {_BY}>{run('丙')}</w:ins></w:p>"
    read = found(body)
    assert [line.text for line in read.lines] == ["甲丙"]
    assert "全部接受" in read.unread[0].what


def test_a_deleted_paragraph_mark_joins_paragraphs() -> None:
    mark = f"<w:rPr><w:del {_BY}/></w:rPr>"
    assert texts(p("甲", mark) + p("乙", mark) + p("丙")) == ["甲乙丙"]
    assert texts(p("甲") + p("乙", mark)) == ["甲", "乙"]


def test_a_joined_paragraph_keeps_its_number_and_counts_once() -> None:
    mark = f"<w:rPr><w:del {_BY}/></w:rPr>"
    first = p("甲", f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>{mark}')
    assert texts(first + p("乙") + listed("丙"), numbering(level(0, "decimal", "%1."))) == ["1.甲乙", "2.丙"]


def test_moved_words_stand_where_they_were_moved_to() -> None:
    gone = f"<w:p><w:pPr><w:rPr><w:moveFrom {_BY}/></w:rPr></w:pPr><w:moveFrom {_BY}>{run('甲')}</w:moveFrom></w:p>"
    assert texts(gone + p("乙") + f"<w:p><w:moveTo {_BY}>{run('甲')}</w:moveTo></w:p>") == ["乙", "甲"]


def test_old_formatting_is_not_read() -> None:
    old = f'<w:pPrChange {_BY}><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    assert texts(p("甲", old), numbering(level(0, "decimal", "%1."))) == ["甲"]


def test_a_deleted_row_goes() -> None:
    def row(text: str, properties: str = "") -> str:
        return f"<w:tr><w:trPr>{properties}</w:trPr><w:tc>{p(text)}</w:tc><w:tc>{p('值')}</w:tc></w:tr>"

    body = f"<w:tbl>{row('甲')}{row('乙', f'<w:del {_BY}/>')}{row('丙')}</w:tbl>"
    assert found(body).lines[0].rows == (("甲", "值"), ("丙", "值"))


# ------------------------------------------------------------------ tables, text boxes, controls


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def test_merged_cells_repeat() -> None:
    wide, first, further = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = f"<w:tbl><w:tr>{cell('头', wide)}{cell('尾')}</w:tr><w:tr>{cell('甲', first)}{cell('1')}{cell('x')}</w:tr><w:tr>{cell('', further)}{cell('2')}{cell('y')}</w:tr></w:tbl>"
    assert found(body).lines[0].rows == (("头", "头", "尾"), ("甲", "1", "x"), ("甲", "2", "y"))


def test_a_table_of_one_column_is_read_as_its_paragraphs() -> None:
    assert texts(f"<w:tbl><w:tr><w:tc>{p('甲')}{p('乙')}</w:tc></w:tr></w:tbl>{p('丙')}") == [
        "甲",
        "乙",
        "丙",
    ]


def test_a_table_within_a_cell_and_rows_in_a_control_are_read() -> None:
    inner = f"<w:tbl><w:tr>{cell('内1')}{cell('内2')}</w:tr></w:tbl>"
    body = f"<w:tbl><w:tr>{cell('甲')}<w:tc>{inner}{p('乙')}</w:tc></w:tr><w:sdt><w:sdtContent><w:tr>{cell('丙')}{cell('丁')}</w:tr></w:sdtContent></w:sdt></w:tbl>"
    assert found(body).lines[0].rows == (("甲", "内1 内2 乙"), ("丙", "丁"))


def test_a_text_box_is_read_once_though_it_stands_there_twice() -> None:
    box = f"<w:txbxContent>{p('框内一')}{p('框内二')}</w:txbxContent>"
    both = f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>'
    assert texts(f"<w:p><w:r>{both}</w:r>{run('正文')}</w:p>") == ["框内一", "框内二", "正文"]
    assert texts(f"<w:p>{run('正文')}<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r></w:p>") == [
        "正文",
        "框内一",
        "框内二",
    ]


def test_content_controls_are_looked_into_but_not_tables_of_contents() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    )
    body = f"<w:sdt><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>{contents}<w:sdtContent>{p('目录 1')}</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtContent>{run('乙')}</w:sdtContent></w:sdt></w:p>"
    assert texts(body) == ["甲", "乙"]


# ------------------------------------------------------------------ characters, breaks, fields


def test_characters_that_are_elements() -> None:
    inside = '<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:softHyphen/><w:t>丙1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:sym w:font="宋体" w:char="2460"/></w:r>'
    assert texts(f"<w:p>{inside}</w:p>") == ["甲 乙丙1-2①"]


def test_a_sign_of_a_symbol_font_is_told() -> None:
    read = found('<w:p><w:r><w:t>甲</w:t><w:sym w:font="Wingdings" w:char="F0A8"/></w:r></w:p>')
    assert [line.text for line in read.lines] == ["甲"]
    assert "Wingdings" in read.unread[0].what


def test_a_line_break_parts_lines_and_a_page_break_is_known() -> None:
    read = found(
        f'<w:p><w:r><w:t>标题上行</w:t><w:br/><w:t>标题下行</w:t></w:r></w:p><w:p><w:r><w:br w:type="page"/></w:r></w:p>{p("甲")}'
    )
    assert [(line.text, line.new_page) for line in read.lines] == [
        ("标题上行", False),
        ("标题下行", False),
        ("甲", True),
    ]


SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'


def field(instruction: str, result: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{char('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{char('separate')}{run(result)}{char('end')}"


def test_of_a_field_the_result_is_read() -> None:
    assert texts(f"<w:p>{run('见')}{field('REF _x', '附件')}{run('第')}{field('PAGE', '3')}</w:p>") == [
        "见附件第"
    ]
    assert texts(f'<w:p><w:fldSimple w:instr="DATE">{run("2026年")}</w:fldSimple></w:p>') == ["2026年"]
    inner = field("PAGEREF x", "1")
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    contents = f"{begin}<w:r><w:instrText>TOC</w:instrText></w:r>{SEPARATE}{run('目录')}{inner}{end}"
    assert texts(f"<w:p>{contents}{run('甲')}</w:p>") == ["甲"]


SHOWN = '<w:vanish w:val="0"/>'


def test_hidden_words_are_told() -> None:
    read = found(f"<w:p>{run('甲')}{run('暗', '<w:vanish/>')}{run('乙', SHOWN)}</w:p>")
    assert [line.text for line in read.lines] == ["甲乙"]
    assert read.unread[0].what == "隐藏文字：暗"


def test_notes_and_comments_are_told() -> None:
    notes = f'<w:footnotes {NAMES}><w:footnote w:id="2">{p("注文")}</w:footnote></w:footnotes>'
    comments = f'<w:comments {NAMES}><w:comment w:id="0" w:author="乙">{p("批文")}</w:comment></w:comments>'
    body = f'<w:p>{run("甲")}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    read = found(body, footnotes=("footnotes", notes), comments=("comments", comments))
    assert [line.text for line in read.lines] == ["甲"]
    assert [(entry.what, entry.where) for entry in read.unread] == [
        ("脚注：注文", "第1段"),
        ("批注（乙）：批文", "第1段"),
    ]


def test_formulas_phonetic_guides_and_links_keep_their_words() -> None:
    body = f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink><m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath><w:r><w:ruby><w:rt>{run('pin')}</w:rt><w:rubyBase>{run('拼')}</w:rubyBase></w:ruby></w:r></w:p>"
    assert texts(body) == ["链接x+1拼"]


def test_strict_files_are_read() -> None:
    usual, strict = (
        "schemas.openxmlformats.org/wordprocessingml/2006/main",
        "purl.oclc.org/ooxml/wordprocessingml/main",
    )
    with zipfile.ZipFile(io.BytesIO(xml_docx(p("甲")))) as package:
        parts = {
            name: package.read(name).replace(usual.encode(), strict.encode()) for name in package.namelist()
        }
    assert [line.text for line in read_docx(zipped(parts), _HERE).lines] == ["甲"]


def test_charts_are_told() -> None:
    data = '<a:graphicData xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
    read = found(f"<w:p>{run('甲')}<w:r><w:drawing>{data}</w:drawing></w:r></w:p>")
    assert "图表" in read.unread[0].what


# ------------------------------------------------------------------ sections


def test_a_section_says_at_its_end_how_its_pages_lie() -> None:
    def section(turned: bool) -> str:
        orient = ' w:orient="landscape"' if turned else ""
        return f'<w:sectPr><w:pgSz w:w="1" w:h="2"{orient}/></w:sectPr>'

    body = p("甲") + p("乙", section(False)) + p("丙") + p("丁", section(True)) + p("戊") + section(False)
    lines = found(body).lines
    assert [line.text for line in lines if line.landscape] == ["丙", "丁"]
