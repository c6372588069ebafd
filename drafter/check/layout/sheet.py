"""Rules on the sheet: paper, margins, grid and what runs along with the pages (GB/T 9704 5, 7.5, 8)."""

import re
from collections.abc import Iterator

from drafter.check.layout.fault import Fault
from drafter.check.layout.fonts import face_of
from drafter.check.layout.formats import indents_of, is_on, line_height, space
from drafter.check.layout.paper import PAGE_SIGN, Paper, Para, Section
from drafter.check.layout.roles import Piece, Role
from drafter.model.words import Face
from drafter.typography import PAGE, TURNED

_MM = 56.693
_MARGIN = 60.0
"""One millimetre (5.2.1) and what programs round."""
_OUTSIDE = 2 * _MM
_SIDES = (("top", "上"), ("bottom", "下"), ("left", "左"), ("right", "右"))
_FOOT = ((PAGE.bottom - PAGE.footer) - 140) / _MM
"""Millimetres from the text box to the middle of the number's line as drafter sets it: the dash stands 7 mm below."""
_FORM = re.compile(rf"^[—―]{PAGE_SIGN}[—―]$")


def mm(twips: float) -> str:
    """Twips as millimetres with one decimal."""
    return f"{twips / _MM:.1f}毫米"


def sheet_faults(paper: Paper, pieces: tuple[Piece, ...]) -> Iterator[Fault]:
    """Faults of all sections that hold anything."""
    held = {piece.para.section for piece in pieces if not piece.para.is_hidden}
    used = [
        section for index, section in enumerate(paper.sections) if index in held or len(paper.sections) == 1
    ]
    all_turned = bool(used) and all(section.is_turned for section in used)
    for section in used:
        if not section.properties:
            yield Fault(
                "layout.page-size",
                "未设置",
                "没有页面设置：应为A4（210×297毫米），版心156×225毫米（GB/T 9704 5.1、5.2.1）",
            )
            continue
        yield from _size(section, all_turned)
        if section.measure("cols.num") > 1:
            said = f"{section.measure('cols.num'):.0f}栏"
            yield Fault("layout.columns", said, f"正文分{said}排版，应通栏排（GB/T 9704 5.2.1、5.2.3）")
        if section.properties.get("textDirection", "lrTb") not in ("lrTb", "lrTbV"):
            yield Fault("layout.direction", "竖排", "页面设成竖排，应从左至右横排（GB/T 9704 5.2.3）")
        yield from _margins(section, turned=section.is_turned and not all_turned)
    yield from _numbers(paper, pieces)


def _size(section: Section, all_turned: bool) -> Iterator[Fault]:
    size = section.measure("pgSz.w"), section.measure("pgSz.h")
    wanted = (PAGE.height, PAGE.width) if section.is_turned and not all_turned else (PAGE.width, PAGE.height)
    if any(abs(have - want) > _MARGIN for have, want in zip(size, wanted, strict=True)):
        said = f"{size[0] / _MM:.0f}×{size[1] / _MM:.0f}毫米"
        yield Fault("layout.page-size", said, f"纸张为{said}，应为A4：210×297毫米（GB/T 9704 5.1）")


def _margins(section: Section, turned: bool) -> Iterator[Fault]:
    have = {side: abs(section.measure(f"pgMar.{side}")) for side, _ in _SIDES}
    have["left"] += section.measure("pgMar.gutter")
    if turned:
        # A sheet may be turned either way; what stands inside the box is right.
        ways = (
            {"top": TURNED.top, "bottom": TURNED.bottom, "left": TURNED.left, "right": TURNED.right},
            {"top": TURNED.bottom, "bottom": TURNED.top, "left": TURNED.right, "right": TURNED.left},
        )
        if all(any(have[side] < way[side] - _OUTSIDE for side, _ in _SIDES) for way in ways):
            said = "、".join(f"{shown}{mm(have[side])}" for side, shown in _SIDES)
            yield Fault(
                "layout.margins-turned",
                said,
                f"横排页边距为{said}，应为上28、下26、左35、右37毫米（GB/T 9704 8）",
            )
        return
    for side, shown in _SIDES:
        want = getattr(PAGE, side)
        if abs(have[side] - want) > _MARGIN:
            said = f"{shown}边距{mm(have[side])}"
            yield Fault(
                "layout.margins", said, f"{said}，应为{round(want / _MM)}毫米±1毫米（GB/T 9704 5.2.1）"
            )


# ------------------------------------------------------------------ page numbers


def _numbers(paper: Paper, pieces: tuple[Piece, ...]) -> Iterator[Fault]:
    both = is_on(paper.settings.get("evenAndOddHeaders"))
    # A page of its own for the imprint may go without number.
    worded = {piece.para.section for piece in pieces if piece.para.plain and piece.role is not Role.IMPRINT}
    counted = [index for index in range(len(paper.sections)) if index in worded]
    for place, index in enumerate(counted):
        section = paper.sections[index]
        feet = {kind: _number_of(paras) for kind, paras in section.feet.items()}
        if section.is_turned:
            heads = [_number_of(paras) for paras in section.heads.values()]
            found = [each for each in (*feet.values(), *heads) if each]
            if not found:
                yield Fault(
                    "layout.page-number",
                    "横排页",
                    "横排页没有页码，页码应与其他页连续编排（GB/T 9704 7.5、8）",
                )
            for para in found:
                yield from _look(para)
            continue
        yield from _upright(section, feet, both)
        start = section.properties.get("pgNumType.start")
        if start is not None and start != "1" and place == 0:
            yield Fault("layout.page-number-start", start, f"页码从{start}起编，应从1起（GB/T 9704 7.5）")
        elif start is not None and place > 0 and feet.get("default"):
            yield Fault(
                "layout.page-number-start",
                "重新起编",
                f"第{index + 1}节页码重新从{start}起编，全文应连续编排页码（GB/T 9704 7.5）",
            )


def _number_of(paras: tuple[Para, ...]) -> Para | None:
    """The paragraph of a header or footer in which the page number stands."""
    return next((para for para in paras if PAGE_SIGN in para.text), None)


def _upright(section: Section, feet: dict[str, Para | None], both: bool) -> Iterator[Fault]:
    odd, even = feet.get("default"), feet.get("even") if both else feet.get("default")
    if not odd and not even:
        yield Fault(
            "layout.page-number",
            "没有页码",
            "页脚没有页码（GB/T 9704 7.5：4号半角宋体，数字左右各一条一字线）",
        )
        return
    if not odd or not even:
        missing = "单页" if not odd else "双页"
        yield Fault(
            "layout.page-number", missing, f"{missing}没有页码，单双页的页脚都应设页码（GB/T 9704 7.5）"
        )
    if is_on(section.properties.get("titlePg")) and not feet.get("first"):
        yield Fault(
            "layout.page-number", "首页", "首页没有页码（设了“首页不同”），首页也应编页码（GB/T 9704 7.5）"
        )
    shown = [para for para in (odd, even, feet.get("first")) if para]
    for para in dict.fromkeys(map(id, shown)):
        yield from _look(next(each for each in shown if id(each) == para))
    fmt = section.properties.get("pgNumType.fmt", "decimal")
    if fmt != "decimal":
        yield Fault(
            "layout.page-number-form",
            fmt,
            f"页码的编号格式为“{fmt}”，应为阿拉伯数字，左右各一条一字线：— 1 —（GB/T 9704 7.5）",
        )
    sides = [side for para, name in ((odd, "right"), (even, "left")) if para and (side := _side(para, name))]
    yield from sides[:1]
    yield from _below(section, next(para for para in (odd, even) if para))


def _look(para: Para) -> Iterator[Fault]:
    """Dashes, face and size of a page number."""
    if not _FORM.match(para.plain):
        said = para.plain.replace(PAGE_SIGN, "1")
        yield Fault(
            "layout.page-number-form",
            said,
            f"页码写作“{said}”，应为“— 1 —”：数字左右各一条一字线（GB/T 9704 7.5）",
        )
    run = next(run for run in para.runs if PAGE_SIGN in run.text)
    if face_of(run.latin) is not Face.SONGTI:
        said = run.latin or "未设置"
        yield Fault("layout.page-number-font", said, f"页码字体为“{said}”，应为宋体（GB/T 9704 7.5）")
    if abs(run.size - 14) > 0.3:
        yield Fault(
            "layout.page-number-size",
            f"{run.size:g}",
            f"页码字号为{run.size:g}磅，应为4号（14磅）（GB/T 9704 7.5）",
        )


def _side(para: Para, wanted: str) -> Fault | None:
    """What is wrong with the side on which a number stands: odd pages right, even pages left, one 字 in."""
    page, shown = ("单页", "居右空一字") if wanted == "right" else ("双页", "居左空一字")
    place = para.align if para.align is not None else para.properties.get("framePr.xAlign")
    if place is not None and place != "":
        if place in ("outside", wanted):
            return None
        have = {"left": "居左", "right": "居右", "center": "居中"}.get(place, place)
    elif para.align == "" or "framePr" in para.properties:
        return None  # placed by a distance: where that is hangs on the box
    else:
        side = para.alignment if para.alignment in ("right", "center") else "left"
        have = {"left": "居左", "right": "居右", "center": "居中"}[side]
        if side == wanted:
            gap = _gap(para, wanted)
            if abs(gap - 1) <= 0.3:
                return None
            have += f"空{gap:.1f}字"
    return Fault("layout.page-number-side", have, f"{page}页码{have}，应{shown}（GB/T 9704 7.5）")


def _gap(para: Para, side: str) -> float:
    indents = indents_of(para.properties, 14)
    if side == "right":
        return indents.right + para.typed_right
    return indents.left + indents.first + para.typed_left


def _below(section: Section, para: Para) -> Iterator[Fault]:
    """How far the number stands below the text box: as far as its distance from the sheet's edge says."""
    if para.align is not None or para.table is not None or "framePr.y" in para.properties:
        return
    paras = next(paras for paras in section.feet.values() if any(each is para for each in paras))
    after = [each for each in paras[[each is para for each in paras].index(True) :] if each.align is None]
    places = []
    for grid in {0.0, section.grid}:
        heights = [line_height(each.properties, each.size, grid) for each in after]
        spaces = [space(each.properties, "after", grid) for each in after]
        below = sum(heights) - heights[0] / 2 + sum(spaces)
        places.append((PAGE.bottom - section.measure("pgMar.footer") - below) / _MM)
    if not any(abs(place - _FOOT) <= 1.7 for place in places):
        said = f"页脚距边界{mm(section.measure('pgMar.footer'))}"
        yield Fault(
            "layout.page-number-place", said,
            f"{said}，页码约在版心下边缘之下{places[0]:.1f}毫米，应为7毫米（GB/T 9704 7.5）",
        )  # fmt: skip
