"""A paper as a careful hand types it in a word processor: every paragraph "Normal", everything set directly.

Its layout follows GB/T 9704 and is measured to do so; tests plant faults in it.
"""

import io
from collections.abc import Callable, Sequence
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, Twips

Paper = Any
"""A python-docx document."""
Paragraph = Any

FANGSONG, KAITI, HEITI, BIAOSONG, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
LONG = (
    "各单位要结合实际制定年度计划，明确时间表和路线图，把任务分解到岗位、落实到人头，定期对账、逐项销号，"
    "做到事事有人管、件件有着落，以扎实的作风推动各项工作见行见效，让城乡居民看得见变化、得得到方便。"
)
Piece = tuple[str, str]


def child(parent: Any, name: str, **attributes: object) -> Any:
    """The child `w:name`, made where it is missing, with `w:` attributes."""
    found = parent.find(qn(f"w:{name}"))
    if found is None:
        found = OxmlElement(f"w:{name}")
        parent.append(found)
    for key, said in attributes.items():
        found.set(qn(f"w:{key}"), str(said))
    return found


def set_font(run: Any, name: str, size: float, latin: str | None = None) -> None:
    """Font and size of a run, in the order of the schema."""
    run.font.name = latin or name
    fonts = run.element.get_or_add_rPr().find(qn("w:rFonts"))
    fonts.set(qn("w:eastAsia"), name)
    run.font.size = Pt(size)


def add(
    target: Any, pieces: Sequence[Piece], size: float = 16, align: str = "both", line: int = 579, before: int = 0,
    **indents: int,
) -> Paragraph:  # fmt: skip
    """A paragraph of runs, each (text, font). `indents`: attributes of w:ind."""
    made = target.add_paragraph()
    properties = made._p.get_or_add_pPr()
    child(properties, "widowControl", val=0)
    child(properties, "snapToGrid", val=0)
    child(properties, "spacing", before=before, after=0, line=line, lineRule="exact")
    if indents:
        child(properties, "ind", **indents)
    child(properties, "jc", val=align)
    for text, name in pieces or [("", FANGSONG)]:
        for index, part in enumerate(text.split("\n")):
            run = made.add_run(part)
            if index:
                run._r.insert(0, OxmlElement("w:br"))
            set_font(run, name, size)
            child(run._r.get_or_add_rPr(), "spacing", val=-5 if size == 16 else 0)
            # w:spacing stands before w:sz in the schema.
            run._r.rPr.find(qn("w:sz")).addprevious(run._r.rPr.find(qn("w:spacing")))
    if not pieces:
        mark = child(properties, "rPr")
        child(mark, "sz", val=32)
    return made


def typed() -> Paper:
    """A notice with all its elements, an annex and an imprint."""
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Twips(11906), Twips(16838)
    section.top_margin, section.bottom_margin = Twips(2098), Twips(1984)
    section.left_margin, section.right_margin = Twips(1588), Twips(1474)
    section.footer_distance = Twips(1423)
    section.header_distance = Twips(851)
    child(section._sectPr, "docGrid", type="lines", linePitch=579)
    _head(paper)
    _text(paper)
    _close(paper)
    _annex(paper)
    _imprint(paper)
    paper.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, "right", right=280)
    _number(section.even_page_footer, "left", left=280)
    return paper


def _head(paper: Paper) -> None:
    for _ in range(3):
        add(paper, [])
    mark = add(paper, [("青屏县人民政府办公室文件", BIAOSONG)], 35, "center", 700, 247)
    for run in mark.runs:
        run.font.color.rgb = docx.shared.RGBColor(255, 0, 0)
    add(paper, [])
    add(paper, [])
    number = add(paper, [("青政办发〔2026〕12号", FANGSONG)], align="center")
    border = OxmlElement("w:pBdr")
    child(border, "bottom", val="single", sz=12, space=8, color="FF0000")
    number._p.pPr.find(qn("w:snapToGrid")).addprevious(border)
    add(paper, [])
    add(paper, [])
    add(paper, [("青屏县人民政府办公室关于\n做好全县图书流动服务工作的通知", BIAOSONG)], 22, "center")
    add(paper, [])
    add(paper, [("各乡镇人民政府，县直各单位：", FANGSONG)])


def _text(paper: Paper) -> None:
    first: Any = {"firstLineChars": 200, "firstLine": 640}
    add(
        paper,
        [("为方便城乡居民就近借书，经县人民政府同意，现就有关事项通知如下。" + LONG, FANGSONG)],
        **first,
    )
    add(paper, [("一、工作目标", HEITI)], **first)
    add(paper, [("到2028年，每个乡镇建成1个图书流动服务点。" + LONG * 3, FANGSONG)], **first)
    add(paper, [("二、主要任务", HEITI)], **first)
    add(paper, [("（一）完善网点布局", KAITI)], **first)
    add(
        paper,
        [("1.", FANGSONG), ("统筹选址。", FANGSONG), ("优先利用闲置校舍、祠堂。" + LONG * 2, FANGSONG)],
        **first,
    )
    add(paper, [("（1）新建网点。", FANGSONG), ("由乡镇提出，经县文化馆核定。", FANGSONG)], firstLine=640)
    add(paper, [("（二）丰富图书配送。", KAITI), ("每季度更换一次图书。" + LONG * 2, FANGSONG)], **first)
    add(paper, [("三、有关要求", HEITI)], **first)
    add(paper, [(LONG, FANGSONG)], **first)


def _close(paper: Paper) -> None:
    add(paper, [])
    add(paper, [("附件：图书流动服务点一览表", FANGSONG)], firstLineChars=200, firstLine=640)
    add(paper, [])
    add(paper, [("青屏县人民政府办公室", FANGSONG)], align="right", rightChars=275, right=866)
    add(paper, [("2026年3月12日", FANGSONG)], align="right", rightChars=400, right=1260)
    add(paper, [("（此件公开发布）", FANGSONG)], firstLineChars=200, firstLine=640)


def _annex(paper: Paper) -> None:
    label = add(paper, [("附件", HEITI)])
    label.paragraph_format.page_break_before = True
    add(paper, [])
    add(paper, [("图书流动服务点一览表", BIAOSONG)], 22, "center")
    add(paper, [])
    table = paper.add_table(rows=2, cols=3)
    for cell, text in zip(table._cells, ("序号", "乡镇", "地点", "1", "云溪镇", "旧校舍"), strict=True):
        cell._tc.remove(cell.paragraphs[0]._p)
        add(cell, [(text, FANGSONG)], 12, "center", 360)


def _imprint(paper: Paper) -> None:
    add(paper, [], line=20)
    table = paper.add_table(rows=2, cols=1)
    child(table._tbl.tblPr, "tblW", w=8844, type="dxa")
    place = OxmlElement("w:tblpPr")
    for key, said in (
        ("vertAnchor", "margin"),
        ("horzAnchor", "page"),
        ("tblpX", 1588),
        ("tblpYSpec", "bottom"),
    ):
        place.set(qn(f"w:{key}"), str(said))
    table._tbl.tblPr.find(qn("w:tblW")).addprevious(place)
    borders = child(table._tbl.tblPr, "tblBorders")
    for side, size in (("top", 8), ("bottom", 8), ("insideH", 6)):
        child(borders, side, val="single", sz=size, space=0, color="000000")
    margins = child(table._tbl.tblPr, "tblCellMar")
    for side in ("left", "right"):
        child(margins, side, w=0, type="dxa")
    copies, printed = (row.cells[0] for row in table.rows)
    for cell in (copies, printed):
        cell._tc.remove(cell.paragraphs[0]._p)
    text = "抄送：县委办公室，县人大常委会办公室，县政协办公室。"
    add(copies, [(text, FANGSONG)], 14, left=1120, hanging=840, right=280)
    name = "青屏县人民政府办公室" + "\u3000" * 10
    add(printed, [(name + "2026年3月13日印发", FANGSONG)], 14, "left", left=280, right=280)
    add(paper, [], line=20)


def _number(footer: Any, align: str, **indents: int) -> None:
    footer.is_linked_to_previous = False
    for paragraph in list(footer.paragraphs):
        paragraph._p.getparent().remove(paragraph._p)
    made = add(footer, [("— ", SONGTI)], 14, align, 280, **indents)
    for kind in ("begin", "separate", "end"):
        run = made.add_run()
        set_font(run, SONGTI, 14)
        run._r.append(OxmlElement("w:fldChar"))
        run._r[-1].set(qn("w:fldCharType"), kind)
        if kind == "begin":
            instruction = made.add_run()
            instruction._r.append(OxmlElement("w:instrText"))
            instruction._r[-1].text = " PAGE \\* MERGEFORMAT "
        elif kind == "separate":
            set_font(made.add_run("1"), SONGTI, 14)
    set_font(made.add_run(" —"), SONGTI, 14)


def saved(paper: Paper) -> bytes:
    """The bytes of a document."""
    packed = io.BytesIO()
    paper.save(packed)
    return packed.getvalue()


def part(paper: Paper, start: str) -> Paragraph:
    """The paragraph that is `start`, else the first that begins with it, in the text or in a cell."""
    cells = [cell for table in paper.tables for cell in table._cells]
    paragraphs = [*paper.paragraphs, *(each for cell in cells for each in cell.paragraphs)]
    exact = [each for each in paragraphs if each.text == start]
    return (exact or [each for each in paragraphs if each.text.startswith(start)])[0]


Change = Callable[[Paper], object]
