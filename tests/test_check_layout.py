"""Layout rules: nothing on files that follow GB/T 9704, however they were made; each planted fault told once."""

import io
import re
import sys
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor, Twips
from drafts import EXAMPLE, composed, write
from test_write import SMALL
from typed import (
    BIAOSONG,
    FANGSONG,
    HEITI,
    KAITI,
    LONG,
    Change,
    Paper,
    Paragraph,
    add,
    child,
    part,
    saved,
    set_font,
    typed,
)

from drafter.check.layout.fonts import face_of
from drafter.check.layout.judging import findings_by_rule, layout_findings
from drafter.check.layout.pages import page_findings
from drafter.check.layout.rules import RULES
from drafter.errors import Finding, InputError, Severity
from drafter.model.words import Face
from drafter.write.body import Parity
from drafter.write.package import docx_bytes

ADVICES = {rule.id for rule in RULES if rule.advises}


def ids(findings: Sequence[Finding], advices: bool = False) -> list[str]:
    """The rules that found something, without those that only advise."""
    return [finding.rule for finding in findings if advices or finding.rule not in ADVICES]


# ------------------------------------------------------------------ ways to plant a fault


def font(start: str, name: str, size: float | None = None, first: int = 0, last: int | None = None) -> Change:
    """Another font, and size, for runs of the paragraph that begins with `start`."""

    def change(paper: Paper) -> None:
        for run in part(paper, start).runs[first:last]:
            set_font(run, name, size or run.font.size.pt)

    return change


def size(start: str, points: float) -> Change:
    """Another size for a paragraph."""
    return lambda paper: each_run(lambda run: setattr(run.font, "size", Pt(points)))(part(paper, start))


def align(start: str, how: str) -> Change:
    """Another alignment for a paragraph."""
    return lambda paper: child(part(paper, start)._p.pPr, "jc", val=how)


def indent(start: str, **attributes: int) -> Change:
    """Other indents for a paragraph."""

    def change(paper: Paper) -> None:
        found = part(paper, start)._p.pPr
        old = found.find(qn("w:ind"))
        if old is not None:
            found.remove(old)
        child(found, "ind", **attributes)

    return change


def spacing(start: str, **attributes: object) -> Change:
    """Another line height or space for a paragraph."""
    return lambda paper: child(part(paper, start)._p.pPr, "spacing", **attributes)


def every_line(line: int, rule: str = "exact") -> Change:
    """Another line pitch for body and headings."""

    def change(paper: Paper) -> None:
        for paragraph in paper.paragraphs:
            if paragraph._p.pPr.find(qn("w:ind")) is not None and len(paragraph.text) > 30:
                child(paragraph._p.pPr, "spacing", line=line, lineRule=rule)

    return change


def section(name: str, twips: int) -> Change:
    """Another measure of the section."""
    return lambda paper: setattr(paper.sections[0], name, Twips(twips))


def drop_above(start: str, count: int = 1) -> Change:
    """Without the empty paragraphs above one."""

    def change(paper: Paper) -> None:
        for _ in range(count):
            above = part(paper, start)._p.getprevious()
            assert not "".join(above.itertext()).strip()
            above.getparent().remove(above)

    return change


def foot(change: Callable[[Paragraph], object], even: bool = False) -> Change:
    """A change of a footer's paragraph."""

    def apply(paper: Paper) -> None:
        footer = paper.sections[0].even_page_footer if even else paper.sections[0].footer
        change(footer.paragraphs[0])

    return apply


def words(old: str, new: str) -> Callable[[Paragraph], None]:
    """Other words in the runs of a paragraph."""

    def change(paragraph: Paragraph) -> None:
        for run in paragraph.runs:
            if old in run.text:
                run.text = run.text.replace(old, new)

    return change


def each_run(change: Callable[[Any], object]) -> Callable[[Paragraph], None]:
    """The same change for every run."""

    def apply(paragraph: Paragraph) -> None:
        for run in paragraph.runs:
            change(run)

    return apply


def border(start: str, **attributes: object) -> Change:
    """Another border below a paragraph."""
    return lambda paper: child(part(paper, start)._p.pPr.find(qn("w:pBdr")), "bottom", **attributes)


def imprint_border(side: str, **attributes: object) -> Change:
    """Another border of the imprint."""
    return lambda paper: child(paper.tables[-1]._tbl.tblPr.find(qn("w:tblBorders")), side, **attributes)


def remove_border(paper: Paper) -> None:
    found = part(paper, "青政办发")._p.pPr
    found.remove(found.find(qn("w:pBdr")))


def no_even_footer(paper: Paper) -> None:
    paper.settings.odd_and_even_pages_header_footer = False


def empty_footers(paper: Paper) -> None:
    for footer in (paper.sections[0].footer, paper.sections[0].even_page_footer):
        each_run(lambda run: run._r.getparent().remove(run._r))(footer.paragraphs[0])


def first_page_differs(paper: Paper) -> None:
    paper.sections[0].different_first_page_header_footer = True


def starts_at(number: int) -> Change:
    return lambda paper: child(paper.sections[0]._sectPr, "pgNumType", start=number)


def annex_on_the_same_page(paper: Paper) -> None:
    next(each for each in paper.paragraphs if each.text == "附件").paragraph_format.page_break_before = False


def label_aside(paper: Paper) -> None:
    child(next(each for each in paper.paragraphs if each.text == "附件")._p.pPr, "jc", val="center")


def label_font(paper: Paper) -> None:
    each_run(lambda run: set_font(run, FANGSONG, 16))(
        next(each for each in paper.paragraphs if each.text == "附件")
    )


def swap_imprint(paper: Paper) -> None:
    first, second = paper.tables[-1]._tbl.tr_lst
    second.addnext(first)


def after_the_imprint(paper: Paper) -> None:
    add(paper, [("联系人及电话另行通知到各单位。", FANGSONG)], firstLineChars=200, firstLine=640)


def long_mark(paper: Paper) -> None:
    words("青屏县人民政府办公室", "青屏县人民政府文化事业管理委员会办公室")(
        part(paper, "青屏县人民政府办公室文件")
    )


def black_mark(paper: Paper) -> None:
    for run in part(paper, "青屏县人民政府办公室文件").runs:
        run.font.color.rgb = RGBColor(0, 0, 0)


def blue_heading(paper: Paper) -> None:
    part(paper, "一、").runs[0].font.color.rgb = RGBColor(0x2E, 0x74, 0xB5)


def right_to_left(paper: Paper) -> None:
    found = part(paper, "为方便")._p.pPr
    found.find(qn("w:spacing")).addprevious(OxmlElement("w:bidi"))


def cell_font(paper: Paper) -> None:
    set_font(paper.tables[0].cell(1, 1).paragraphs[0].runs[0], "等线", 12)


def caption_font(paper: Paper) -> None:
    made = add(paper, [("乡镇服务点分布", "微软雅黑")], align="center")
    paper.tables[0]._tbl.addprevious(made._p)


def turned(paper: Paper) -> None:
    """The annex on a turned sheet, whose margins stay those of the upright one."""
    label = next(each for each in paper.paragraphs if each.text == "附件")
    label.paragraph_format.page_break_before = False
    upright = deepcopy(paper.sections[0]._sectPr)
    label._p.getprevious().get_or_add_pPr().append(upright)
    table = paper.tables[0]._tbl
    holder: Any = OxmlElement("w:p")
    table.addnext(holder)
    made = deepcopy(upright)
    child(made, "pgSz", w=16838, h=11906, orient="landscape")
    holder.get_or_add_pPr().append(made)


def urgent(paper: Paper) -> None:
    paper.paragraphs[1].runs[0].text = "特急"
    set_font(paper.paragraphs[1].runs[0], FANGSONG, 16)


def two_columns(paper: Paper) -> None:
    child(paper.sections[0]._sectPr, "cols", num=2)


def tracked(paper: Paper) -> None:
    for run in part(paper, "为方便").runs:
        child(run._r.rPr, "spacing", val=40)


def one_and_a_half_lines(paper: Paper) -> None:
    child(paper.sections[0]._sectPr, "docGrid", type="default")
    every_line(360, "auto")(paper)


def bold_heading(paper: Paper) -> None:
    for run in part(paper, "1.").runs[:2]:
        run.font.bold = True


def calibri(paper: Paper) -> None:
    part(paper, "到2028").runs[0].font.name = "Calibri"


def imprint_of_paragraphs(paper: Paper) -> None:
    """No table: borders of the paragraphs themselves, which are indented by spaces lest the borders be."""
    copies, printed = (cell.paragraphs[0] for cell in paper.tables[-1]._cells)
    body = paper.tables[-1]._tbl
    for paragraph, sides in ((copies, (("top", 8), ("bottom", 6))), (printed, (("bottom", 8),))):
        body.addprevious(paragraph._p)
        paragraph._p.pPr.remove(paragraph._p.pPr.find(qn("w:ind")))
        paragraph.runs[0].text = "\u3000" + paragraph.text
        borders = OxmlElement("w:pBdr")
        for side, eighths in sides:
            child(borders, side, val="single", sz=eighths, space=1, color="000000")
        paragraph._p.pPr.find(qn("w:snapToGrid")).addprevious(borders)
    body.getparent().remove(body)


def narrow_imprint(paper: Paper) -> None:
    imprint_of_paragraphs(paper)
    found = part(paper, "\u3000抄送")
    found.runs[0].text = found.text.strip()
    child(found._p.pPr, "ind", left=280, right=280)


def numbered_by_word(paper: Paper) -> None:
    """一、 as the automatic number of a list whose own indents the paragraph overrides."""
    numbering = paper.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/><w:pPr><w:ind w:left="720" w:hanging="720"/></w:pPr>'
        "</w:lvl></w:abstractNum>"
    )
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for start in ("一、工作目标", "二、主要任务", "三、有关要求"):
        found = part(paper, start)
        found.runs[0].text = start[2:]
        found._p.pPr.find(qn("w:snapToGrid")).addprevious(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>')
        )
        child(found._p.pPr, "ind", left=0)
        mark = child(found._p.pPr, "rPr")
        child(mark, "rFonts", eastAsia=HEITI)
        child(mark, "sz", val=32)


def number_of_another_font(paper: Paper) -> None:
    numbered_by_word(paper)
    for fonts in paper.element.iter(qn("w:rFonts")):
        if fonts.getparent().getparent().tag == qn("w:pPr"):
            fonts.set(qn("w:eastAsia"), "宋体")


FAULTS: tuple[tuple[str, str, Change], ...] = (
    ("a US Letter sheet", "layout.page-size", section("page_width", 12240)),
    ("Word's left margin", "layout.margins", section("left_margin", 1800)),
    ("Word's top margin", "layout.margins", section("top_margin", 1440)),
    ("a narrow right margin", "layout.margins", section("right_margin", 1300)),
    ("a low bottom margin", "layout.margins", section("bottom_margin", 1700)),
    ("a gutter", "layout.margins", section("gutter", 284)),
    ("a turned sheet with upright margins", "layout.margins-turned", turned),
    ("30 pt pitch", "layout.line-pitch", every_line(600)),
    ("one and a half lines", "layout.line-pitch", one_and_a_half_lines),
    ("26 pt pitch in one paragraph", "layout.line-pitch", spacing("为方便", line=520)),
    ("space after a paragraph", "layout.paragraph-space", spacing("为方便", after=200)),
    ("half a line before a heading", "layout.paragraph-space", spacing("一、", beforeLines=50)),
    ("two columns", "layout.columns", two_columns),
    ("characters 2 pt apart", "layout.tracking", tracked),
    ("特急 in 仿宋", "layout.slot-font", urgent),
    ("no page number", "layout.page-number", empty_footers),
    ("first page without number", "layout.page-number", first_page_differs),
    ("hyphens round the number", "layout.page-number-form", lambda paper: [foot(words("—", "-"), even)(paper) for even in (False, True)]),
    ("no dashes round the number", "layout.page-number-form", lambda paper: [foot(words(mark, ""), even)(paper) for even in (False, True) for mark in ("— ", " —")]),
    ("number in Times", "layout.page-number-font", foot(each_run(lambda run: set_font(run, "Times New Roman", 14)))),
    ("number in 小五", "layout.page-number-size", foot(each_run(lambda run: setattr(run.font, "size", Pt(9))))),
    ("number in the middle", "layout.page-number-side", foot(lambda para: child(para._p.pPr, "jc", val="center"))),
    ("even number on the right", "layout.page-number-side", foot(lambda para: child(para._p.pPr, "jc", val="right"), even=True)),
    ("number flush right", "layout.page-number-side", foot(lambda para: child(para._p.pPr, "ind", right=0))),
    ("one footer for all pages", "layout.page-number-side", no_even_footer),
    ("Word's footer distance", "layout.page-number-place", section("footer_distance", 992)),
    ("numbers from 3", "layout.page-number-start", starts_at(3)),
    ("red head in 宋体", "layout.mark-font", font("青屏县人民政府办公室文件", "宋体")),
    ("black head", "layout.mark-color", black_mark),
    ("head wider than the text", "layout.mark-size", long_mark),
    ("head as small as the title", "layout.mark-size", size("青屏县人民政府办公室文件", 22)),
    ("head on the left", "layout.mark-align", align("青屏县人民政府办公室文件", "left")),
    ("head at the top of the box", "layout.mark-top", drop_above("青屏县人民政府办公室文件", 3)),
    ("number in 宋体", "layout.number-font", font("青政办发", "宋体")),
    ("number in 四号", "layout.number-size", size("青政办发", 14)),
    ("number on the left", "layout.number-align", align("青政办发", "left")),
    ("number right below the head", "layout.number-gap", drop_above("青政办发", 2)),
    ("no red rule", "layout.red-rule", remove_border),
    ("a black rule", "layout.red-rule", border("青政办发", color="000000")),
    ("rule close to the number", "layout.red-rule-gap", border("青政办发", space=1)),
    ("a short rule", "layout.red-rule-width", indent("青政办发", left=1200, right=1200)),
    ("title in 黑体", "layout.title-font", font("青屏县人民政府办公室关于", HEITI)),
    ("title in 小二", "layout.title-size", size("青屏县人民政府办公室关于", 18)),
    ("title in the size of the text", "layout.title-size", size("青屏县人民政府办公室关于", 16)),
    ("title on the left", "layout.title-align", align("青屏县人民政府办公室关于", "left")),
    ("indented centred title", "layout.title-align", indent("青屏县人民政府办公室关于", firstLineChars=200)),
    ("title right below the rule", "layout.title-gap", drop_above("青屏县人民政府办公室关于", 2)),
    ("indented addressees", "layout.addressee", indent("各乡镇", firstLineChars=200, firstLine=640)),
    ("addressees right below the title", "layout.addressee-gap", drop_above("各乡镇")),
    ("level 1 in 宋体", "layout.heading-font", font("一、", "宋体")),
    ("an automatic number in 宋体", "layout.heading-font", number_of_another_font),
    ("level 1 in 四号", "layout.heading-size", size("一、", 14)),
    ("level 1 flush left", "layout.heading-indent", indent("一、")),
    ("level 1 centred", "layout.heading-indent", align("一、", "center")),
    ("own-line level 2 in 仿宋", "layout.heading-font", font("（一）", FANGSONG)),
    ("run-in level 2 in 黑体", "layout.heading-font", font("（二）", HEITI, None, 0, 1)),
    ("text after level 2 in 楷体", "layout.run-in-font", font("（二）", KAITI)),
    ("text after level 2 in 四号", "layout.run-in-size", font("（二）", FANGSONG, 14, 1)),
    ("level 3 in 黑体", "layout.heading-font", font("1.", HEITI, None, 0, 2)),
    ("level 4 in 楷体", "layout.heading-font", font("（1）", KAITI, None, 0, 1)),
    ("body in 宋体", "layout.body-font", font("为方便", "宋体")),
    ("body in 微软雅黑", "layout.body-font", font("各单位要结合", "微软雅黑")),
    ("body in 四号", "layout.body-size", size("为方便", 14)),
    ("body without indent", "layout.body-indent", indent("为方便")),
    ("body indented as a whole", "layout.body-indent", indent("为方便", left=640)),
    ("body one 字 in", "layout.body-indent", indent("为方便", firstLineChars=100)),
    ("body centred", "layout.body-indent", align("为方便", "center")),
    ("annex note flush left", "layout.annex-note", indent("附件：")),
    ("annex note right below the text", "layout.annex-note-gap", drop_above("附件：")),
    ("date at the right edge", "layout.signature", indent("2026年3月12日")),
    ("name left of the date", "layout.signature", indent("青屏县人民政府办公室", rightChars=800)),
    ("annex label in 仿宋", "layout.annex-font", label_font),
    ("annex label centred", "layout.annex-label", label_aside),
    ("annex on the page of the text", "layout.annex-page", annex_on_the_same_page),
    ("annex title on the left", "layout.annex-title", align("图书流动服务点一览表", "left")),
    ("annex title in 三号", "layout.annex-size", size("图书流动服务点一览表", 16)),
    ("annex title in row 2", "layout.annex-title-gap", drop_above("图书流动服务点一览表")),
    ("imprint in 宋体", "layout.imprint-font", font("抄送", "宋体")),
    ("imprint in 三号", "layout.imprint-size", size("抄送", 16)),
    ("copies flush left", "layout.imprint-place", indent("抄送")),
    ("thin outer rule", "layout.imprint-rules", imprint_border("top", sz=4)),
    ("no last rule", "layout.imprint-rules", imprint_border("bottom", val="nil")),
    ("thick inner rule", "layout.imprint-rules", imprint_border("insideH", sz=12)),
    ("upright rules", "layout.imprint-rules", imprint_border("left", val="single", sz=8)),
    ("rules narrower than the text", "layout.imprint-rules", narrow_imprint),
    ("copies after the printer", "layout.imprint-order", swap_imprint),
    ("text after the imprint", "layout.imprint-order", after_the_imprint),
    ("a table in 等线", "layout.table-text", cell_font),
    ("a caption in 微软雅黑", "layout.font", caption_font),
    ("a blue heading", "layout.color", blue_heading),
    ("text from right to left", "layout.direction", right_to_left),
)  # fmt: skip


# ------------------------------------------------------------------ other ways to the same page


def everywhere(change: Callable[[Paragraph], object]) -> Change:
    """The same change for every paragraph of the text that has words."""

    def apply(paper: Paper) -> None:
        for each in paper.paragraphs:
            if each.text.strip():
                change(each)

    return apply


def alias(old: str, new: str) -> Change:
    """Another name of the same face, wherever it stands."""

    def change(paper: Paper) -> None:
        for fonts in paper.element.iter(qn("w:rFonts")):
            if fonts.get(qn("w:eastAsia")) == old:
                fonts.set(qn("w:eastAsia"), new)

    return change


def on_the_grid(paragraph: Paragraph) -> None:
    """Single spacing, snapped to the grid of the page, instead of an exact height."""
    properties = paragraph._p.pPr
    if paragraph.runs[0].font.size == Pt(16):
        properties.remove(properties.find(qn("w:snapToGrid")))
        spaces = properties.find(qn("w:spacing"))
        for name in ("line", "lineRule"):
            del spaces.attrib[qn(f"w:{name}")]
        child(properties, "spacing", line=240)


def indented_by_spaces(paragraph: Paragraph) -> None:
    """Two full-width spaces instead of an indent of the first line."""
    properties = paragraph._p.pPr
    found = properties.find(qn("w:ind"))
    if found is not None and found.get(qn("w:firstLine")):
        properties.remove(found)
        paragraph.runs[0].text = "\u3000\u3000" + paragraph.runs[0].text


def only_twips(paragraph: Paragraph) -> None:
    found = paragraph._p.pPr.find(qn("w:ind"))
    for name in ("firstLineChars", "rightChars"):
        if found is not None and found.get(qn(f"w:{name}")):
            del found.attrib[qn(f"w:{name}")]


def title_in_two_paragraphs(paper: Paper) -> None:
    first = part(paper, "青屏县人民政府办公室关于")
    first.runs[1]._r.getparent().remove(first.runs[1]._r)
    made = add(paper, [("做好全县图书流动服务工作的通知", BIAOSONG)], 22, "center")
    first._p.addnext(made._p)


def unsealed(paper: Paper) -> None:
    indent("青屏县人民政府办公室", right=630, rightChars=200)(paper)
    indent("2026年3月12日", right=1102, rightChars=350)(paper)


def signature_by_spaces(paper: Paper) -> None:
    for start in ("青屏县人民政府办公室", "2026年3月12日"):
        found = part(paper, start)
        align(start, "left")(paper)
        indent(start)(paper)
        found.runs[0].text = "\u3000" * (15 if start[0] == "青" else 17) + " " + start


def drawn_rule(markup: str) -> Change:
    """A drawn line instead of a border below the number."""

    def change(paper: Paper) -> None:
        remove_border(paper)
        run = part(paper, "青政办发").add_run()
        run._r.append(parse_xml(markup))

    return change


VML_RULE = (
    f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml">'
    '<v:line from="0,20pt" to="442.2pt,20pt" strokecolor="red" strokeweight="1.5pt"/></w:pict>'
)
DRAWN_RULE = (
    f'<w:drawing {nsdecls("w", "wp", "a")}><wp:anchor><wp:extent cx="5616000" cy="0"/><a:graphic><a:graphicData uri="x">'
    '<a:prstGeom prst="line"/><a:ln><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln>'
    "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
)


def simple_field(paper: Paper) -> None:
    """The number by w:fldSimple within a content control, as galleries insert it."""
    for footer in (paper.sections[0].footer, paper.sections[0].even_page_footer):
        found = footer.paragraphs[0]._p
        for run in list(found.iter(qn("w:r")))[1:-1]:
            found.remove(run)
        markup = (
            f'<w:sdt {nsdecls("w")}><w:sdtContent><w:fldSimple w:instr=" PAGE "><w:r><w:rPr>'
            '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr><w:t>1</w:t></w:r>'
            "</w:fldSimple></w:sdtContent></w:sdt>"
        )
        found.findall(qn("w:r"))[-1].addprevious(parse_xml(markup))


def number_in_a_frame(paper: Paper) -> None:
    """One footer for all pages; its frame changes sides with them."""
    paper.settings.odd_and_even_pages_header_footer = False
    found = paper.sections[0].footer.paragraphs[0]._p.pPr
    frame = parse_xml(
        f'<w:framePr {nsdecls("w")} w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="outside"/>'
    )
    found.insert(0, frame)


def number_in_a_box(paper: Paper) -> None:
    """One footer for all pages; its text box stands outside, as WPS inserts it."""
    paper.settings.odd_and_even_pages_header_footer = False
    footer = paper.sections[0].footer
    inner = footer.paragraphs[0]._p
    holder = add(footer, [], 14)
    drawing = parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a")}><wp:anchor><wp:positionH relativeFrom="margin"><wp:align>outside</wp:align>'
        '</wp:positionH><wp:extent cx="1828800" cy="1828800"/><a:graphic><a:graphicData uri="x"><w:txbxContent/>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    next(drawing.iter(qn("w:txbxContent"))).append(inner)
    holder.runs[0]._r.append(drawing)


def head_in_a_table(paper: Paper) -> None:
    """Mark and number in the cell of a table, whose lower border is the red rule."""
    table = paper.add_table(rows=1, cols=1)
    child(child(table._tbl.tblPr, "tblBorders"), "bottom", val="single", sz=12, color="FF0000")
    mark, number = part(paper, "青屏县人民政府办公室文件")._p, part(paper, "青政办发")._p
    remove_border(paper)
    mark.addprevious(table._tbl)
    cell = table.cell(0, 0)._tc
    cell.remove(cell.p_lst[0])
    for each in (mark, mark.getnext(), mark.getnext().getnext(), number):
        cell.append(each)


def contents_typed_by_hand(paper: Paper) -> None:
    for text in ("一、工作目标\t1", "二、主要任务……………………2"):
        part(paper, "各乡镇")._p.addprevious(add(paper, [(text, FANGSONG)])._p)
    drop_above("一、工作目标\t1")(paper)
    part(paper, "各乡镇")._p.addprevious(add(paper, [])._p)


def byline(paper: Paper) -> None:
    part(paper, "各乡镇")._p.getprevious().addprevious(
        add(paper, [("（2026年3月12日）", KAITI)], align="center")._p
    )


def units_in_brackets(paper: Paper) -> None:
    run = part(paper, "（1）").add_run("（责任单位：县文化馆、各乡镇）")
    set_font(run, KAITI, 16)


SAME: tuple[tuple[str, Change], ...] = (
    ("a table of contents typed by hand", contents_typed_by_hand),
    ("units in 楷体", units_in_brackets),
    ("a date below the title", byline),
    ("margins within a millimetre", section("left_margin", 1640)),
    ("28 pt pitch", every_line(560)),
    ("29 pt pitch", every_line(580)),
    ("lines on the grid", everywhere(on_the_grid)),
    ("indents by spaces", everywhere(indented_by_spaces)),
    ("indents in twips alone", everywhere(only_twips)),
    ("仿宋 by its English name", alias(FANGSONG, "FangSong")),
    ("方正仿宋", alias(FANGSONG, "方正仿宋_GBK")),
    ("华文楷体", alias(KAITI, "华文楷体")),
    ("SimHei", alias(HEITI, "SimHei")),
    ("方正小标宋_GBK", alias(BIAOSONG, "方正小标宋_GBK")),
    (
        "Latin letters in Times",
        everywhere(each_run(lambda run: setattr(run.font, "name", "Times New Roman"))),
    ),
    ("a title of two paragraphs", title_in_two_paragraphs),
    ("an unsealed signature", unsealed),
    ("a signature placed by spaces", signature_by_spaces),
    ("an imprint of paragraphs", imprint_of_paragraphs),
    ("a red rule in VML", drawn_rule(VML_RULE)),
    ("a red rule in DrawingML", drawn_rule(DRAWN_RULE)),
    ("a number by a simple field", simple_field),
    ("a number in a frame", number_in_a_frame),
    ("a number in a text box", number_in_a_box),
    ("headings numbered by Word", numbered_by_word),
    ("a head in a table", head_in_a_table),
    ("numbers from 1", starts_at(1)),
)


@pytest.mark.parametrize("change", [each[1] for each in SAME], ids=[each[0] for each in SAME])
def test_the_same_page_made_otherwise_has_no_fault(change: Change) -> None:
    paper = typed()
    change(paper)
    findings = [
        finding for finding in layout_findings(saved(paper), own=False) if finding.rule not in ADVICES
    ]
    assert not findings, "\n".join(map(str, findings))


def test_a_careful_hand_gives_no_fault() -> None:
    findings = layout_findings(saved(typed()), own=False)
    assert ids(findings) == []
    assert ids(findings, advices=True) == ["layout.direct-formatting"]


@pytest.mark.parametrize(
    ("rule", "change"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_a_planted_fault_is_told_once(rule: str, change: Change) -> None:
    paper = typed()
    change(paper)
    findings = [
        finding for finding in layout_findings(saved(paper), own=False) if finding.rule not in ADVICES
    ]
    assert ids(findings) == [rule], "\n".join(map(str, findings))
    assert findings[0].severity is Severity.WARNING
    assert "9704" in findings[0].message or "5号" in findings[0].message
    assert findings[0].hint
    assert findings[0].quote


# ------------------------------------------------------------------ our own papers, and those of programs


@pytest.mark.parametrize("parity", ["as-is", "next-page", "after-blank"])
def test_our_own_small_paper_has_no_fault(parity: Parity) -> None:
    assert layout_findings(docx_bytes(SMALL, {}, None, parity), own=True) == ()


@pytest.mark.parametrize(
    "change",
    [
        *[("form: items", f"form: {form}") for form in ("dashes", "sections", "tasks", "continuous-table")],
        *[("status: 印发", f"status: {status}") for status in ("初稿", "征求意见稿", "送审稿", "审议稿")],
    ],
    ids=lambda change: change[1],
)
def test_our_own_papers_have_no_fault_by_whatever_names_their_styles_go(
    tmp_path: Path, change: tuple[str, str]
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace(", file: parent.txt", "").replace(*change)
    made = docx_bytes(composed(write(tmp_path, "profile.yaml", text)), {}, None)
    findings = (*layout_findings(made, own=True), *layout_findings(renamed(made), own=False))
    assert not findings, "\n".join(map(str, findings))


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A package with other parts; None leaves one out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return packed.getvalue()


def renamed(data: bytes) -> bytes:
    """Our styles under names that say nothing."""

    def change(name: str, content: bytes) -> bytes:
        if name != "word/styles.xml":
            return content
        numbers = iter(range(1000))
        text = content.decode()
        return re.sub(
            r'<w:name w:val="(?:公文 |heading )[^"]*"', lambda _: f'<w:name w:val="S{next(numbers)}"', text
        ).encode()

    return repacked(data, change)


def styled() -> Paper:
    """A plan as a converter from Markdown makes it, whose reference file has the standard's styles: no head, no imprint."""
    paper = typed()
    looks = {
        "Title": (BIAOSONG, 22.0, "center", 0), "Heading 1": (HEITI, 16.0, "both", 200),
        "Heading 2": (KAITI, 16.0, "both", 200), "First Paragraph": (FANGSONG, 16.0, "both", 200),
        "Body Text": (FANGSONG, 16.0, "both", 200), "Compact": (FANGSONG, 16.0, "both", 200),
    }  # fmt: skip
    for name, (face, points, how, first) in looks.items():
        known = name in [style.name for style in paper.styles]
        style = paper.styles[name] if known else paper.styles.add_style(name, 1)
        for holder in ("w:pPr", "w:rPr"):
            if (old := style.element.find(qn(holder))) is not None:
                style.element.remove(old)
        properties = style.element.get_or_add_pPr()
        child(properties, "snapToGrid", val=0)
        child(properties, "spacing", before=0, after=0, line=579, lineRule="exact")
        child(properties, "ind", firstLineChars=first)
        child(properties, "jc", val=how)
        set_font(style, face, points)
    body = paper.element.body
    for element in list(body)[:-1]:
        body.remove(element)
    paper.add_paragraph("青屏县图书流动服务实施方案", "Title")
    paper.add_paragraph("为方便城乡居民就近借书，制定本方案。" + LONG, "First Paragraph")
    paper.add_paragraph("一、总体要求", "Heading 1")
    paper.add_paragraph(LONG, "First Paragraph")
    paper.add_paragraph("（一）服务对象", "Heading 2")
    paper.add_paragraph(LONG, "First Paragraph")
    paper.add_paragraph(LONG, "Body Text")
    paper.add_paragraph("1．网点。方便到达。", "Compact")
    return paper


def test_a_plan_made_by_styles_has_no_fault_and_is_not_blamed_for_having_no_head() -> None:
    assert layout_findings(saved(styled()), own=False) == ()


def test_a_fault_of_a_style_is_one_finding_with_its_places() -> None:
    paper = styled()
    set_font(paper.styles["Body Text"], "宋体", 16)
    set_font(paper.styles["First Paragraph"], "宋体", 16)
    (found,) = layout_findings(saved(paper), own=False, path="plan.docx")
    assert (found.rule, found.count) == ("layout.body-font", 4)
    assert str(found.at) == "plan.docx 第2段"
    assert [place.paragraph for place in found.places] == [2, 4, 6]
    assert found.quote == "为方便城乡居民就近借书，制定本方案。各单"


def test_a_converter_s_own_look_is_told_by_rule_not_by_paragraph() -> None:
    """Theme fonts, blue headings, spaces between paragraphs, one and a half lines: as programs come."""
    paper = docx.Document()
    paper.add_heading("青屏县图书流动服务实施方案", 0)
    for number in ("一", "二", "三"):
        paper.add_heading(f"{number}、总体要求", 1)
        for _ in range(10):
            paper.add_paragraph(LONG)
    found = [each for each in layout_findings(saved(paper), own=False) if each.rule not in ADVICES]
    names = ids(found)
    expected = {
        "page-size",
        "margins",
        "page-number",
        "title-font",
        "heading-font",
        "body-font",
        "body-size",
        "body-indent",
        "color",
    }
    assert {f"layout.{name}" for name in expected} <= set(names)
    assert len(found) < 25, names


# ------------------------------------------------------------------ advice


def test_an_empty_paragraph_between_two_of_the_text_is_advice() -> None:
    paper = typed()
    part(paper, "二、")._p.addprevious(add(paper, [])._p)
    (found,) = [
        each for each in layout_findings(saved(paper), own=False) if each.rule == "layout.empty-paragraphs"
    ]
    assert found.severity is Severity.ADVICE


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("layout.bold", bold_heading),
        ("layout.spaces", everywhere(indented_by_spaces)),
        ("layout.latin-font", calibri),
    ],
)  # fmt: skip
def test_habits_are_advice(rule: str, change: Change) -> None:
    paper = typed()
    change(paper)
    found = {each.rule: each for each in layout_findings(saved(paper), own=False)}
    assert set(found) == {rule, "layout.direct-formatting"}
    assert found[rule].severity is Severity.ADVICE


def test_elements_with_one_wrong_value_are_one_finding_that_names_them() -> None:
    paper = typed()
    for start in ("各乡镇", "为方便", "附件：", "2026年3月12日"):
        font(start, "宋体")(paper)
    (found,) = [each for each in layout_findings(saved(paper), own=False) if each.rule not in ADVICES]
    assert found.message.startswith("主送机关、正文、附件说明等字体为“宋体”，应为仿宋")
    assert found.count == 4


def test_findings_by_rule_are_the_findings() -> None:
    paper = typed()
    section("left_margin", 1800)(paper)
    section("right_margin", 1800)(paper)
    data = saved(paper)
    found = findings_by_rule(data, own=False)
    assert list(found) == ["layout.margins", "layout.direct-formatting"]
    assert [*found["layout.margins"], *found["layout.direct-formatting"]] == [
        *layout_findings(data, own=False)
    ]


def test_every_rule_is_explained_and_found_by_its_id(root: Path) -> None:
    paper = (root / "docs" / "checking-layout.md").read_text(encoding="utf-8")
    assert [rule.id for rule in RULES if f"| `{rule.id}`" not in paper] == []
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert all((rule.title, rule.why, rule.example, rule.mend)), rule.id
    planted = {rule for _, rule, _ in FAULTS}
    untold = {rule.id for rule in RULES} - planted - ADVICES
    told_elsewhere = {"package", "slot-size", "rows", "characters", "heading-at-foot", "imprint-page"}
    assert untold == {f"layout.{name}" for name in told_elsewhere}


# ------------------------------------------------------------------ bad input


def without(*names: str) -> Callable[[str, bytes], bytes | None]:
    return lambda name, content: None if name in names else content


def test_a_part_without_content_type_is_told() -> None:
    def change(name: str, content: bytes) -> bytes:
        return (
            content.replace(b'PartName="/word/footer1.xml"', b'PartName="/word/other.bin"')
            if "Types" in name
            else content
        )

    data = repacked(docx_bytes(SMALL, {}, None), change)
    data = repacked(
        data,
        lambda name, content: (
            content.replace(b'Extension="xml"', b'Extension="xyz"') if "Types" in name else content
        ),
    )
    (found,) = layout_findings(data, own=True)
    assert (found.rule, found.severity) == ("layout.package", Severity.ERROR)
    assert "word/footer1.xml" in found.message


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("[Content_Types].xml", "[Content_Types].xml"),
        ("word/footer2.xml", "不见了"),
        ("word/document.xml", "没有完整的正文部件"),
    ],
)
def test_a_missing_part_is_told(name: str, said: str) -> None:
    found = layout_findings(repacked(docx_bytes(SMALL, {}, None), without(name)), own=True)
    assert any(each.rule == "layout.package" and said in each.message for each in found)


def test_a_broken_part_is_told_and_the_rest_is_judged() -> None:
    data = repacked(
        saved(typed()), lambda name, content: content[:-20] if name == "word/footer1.xml" else content
    )
    assert "layout.package" in ids(layout_findings(data, own=False))


def test_a_file_without_styles_is_judged_by_what_its_paragraphs_say() -> None:
    data = repacked(saved(typed()), without("word/styles.xml"))
    rules = ids(layout_findings(data, own=False), advices=True)
    assert "layout.no-styles" in rules
    assert "layout.body-font" not in rules


def test_no_package_is_refused() -> None:
    with pytest.raises(InputError, match="损坏"):
        layout_findings(b"no package", own=False)


@pytest.mark.parametrize(
    ("name", "face"),
    [
        ("仿宋_GB2312", Face.FANGSONG), ("STFangsong", Face.FANGSONG), ("方正楷体_GBK", Face.KAITI), ("KaiTi_GB2312", Face.KAITI),
        ("方正小标宋简体", Face.XIAOBIAOSONG), ("FZXiaoBiaoSong-B05S", Face.XIAOBIAOSONG), ("华文中宋", Face.XIAOBIAOSONG),
        ("SimSun", Face.SONGTI), ("方正黑体简体", Face.HEITI), ("微软雅黑", None), ("等线", None), ("Calibri", None),
        ("", None), (None, None),
    ],
)  # fmt: skip
def test_fonts_have_many_names(name: str | None, face: Face | None) -> None:
    assert face_of(name) is face


@pytest.mark.parametrize("measure", ["w:w", "w:top", "w:sz", "w:line", "w:firstLineChars"])
@pytest.mark.parametrize("said", ["", "x", "NaN", "1e999", "-5", "99999999999999", "12.7mm"])
def test_no_measure_makes_it_stumble(measure: str, said: str) -> None:
    paper = typed()
    for root in (paper.element, paper.styles.element):
        for element in root.iter():
            for key in [key for key in element.attrib if key == qn(measure)]:
                element.set(key, said)
    assert isinstance(layout_findings(saved(paper), own=False), tuple)


@pytest.mark.slow
def test_time_grows_with_the_length_and_no_faster() -> None:
    """Five hundred pages do not take more than their share: no rule looks at all paragraphs for each of them."""

    def calls(times: int) -> int:
        paper = typed()
        first = part(paper, "为方便")._p
        for _ in range(times):
            first.addnext(deepcopy(first))
        data, count = saved(paper), [0]

        def profile(*_: object) -> None:
            count[0] += 1

        sys.setprofile(profile)
        try:
            layout_findings(data, own=False)
        finally:
            sys.setprofile(None)
        return count[0]

    assert calls(2000) < 2.3 * calls(1000)


# ------------------------------------------------------------------ pages


def body_only(paper: Paper, *paragraphs: tuple[str, str]) -> Paper:
    """A paper of these paragraphs alone, each text and font."""
    body = paper.element.body
    for element in list(body)[:-1]:
        body.remove(element)
    for text, face in paragraphs:
        add(paper, [(text, face)], firstLineChars=200, firstLine=640)
    return paper


@pytest.mark.render
def test_pages_that_are_right_give_no_finding() -> None:
    assert page_findings(saved(typed()), own=False) == ()


@pytest.mark.render
def test_rows_and_characters_are_counted_on_the_pages() -> None:
    paper = body_only(typed(), ("一、工作目标", HEITI), *[(LONG * 3, FANGSONG)] * 12)
    for spaces in paper.element.body.iter(qn("w:spacing")):
        if spaces.get(qn("w:line")):
            spaces.set(qn("w:line"), "600")
        else:
            spaces.set(qn("w:val"), "0")
    found = page_findings(saved(paper), own=False)
    assert {each.rule: each.message[:12] for each in found}.keys() == {"layout.rows", "layout.characters"}
    assert [number for each in found for number in ("21行", "27字") if number in each.message] == [
        "21行",
        "27字",
    ]


@pytest.mark.render
def test_a_heading_alone_at_the_foot_and_a_lifted_imprint_are_told() -> None:
    paper = body_only(
        typed(), *[("各乡镇抓好落实。", FANGSONG)] * 21, ("一、工作目标", HEITI), (LONG, FANGSONG)
    )
    source = typed().tables[-1]._tbl
    source.tblPr.remove(source.tblPr.find(qn("w:tblpPr")))
    paper.element.body.insert(len(paper.element.body) - 1, source)
    add(paper, [], line=20)
    found = page_findings(saved(paper), own=True)
    assert [(each.rule, each.at and each.at.page) for each in found] == [
        ("layout.heading-at-foot", 1),
        ("layout.imprint-page", 2),
    ]
    assert all(each.severity is Severity.ERROR for each in found)
