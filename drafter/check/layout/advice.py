"""What is worth a word but no fault of a printed page: other fonts, colors, empty paragraphs, formatting by hand."""

import re
from collections.abc import Iterator, Sequence

from drafter.check.layout.fault import Fault
from drafter.check.layout.fonts import face_of, is_times
from drafter.check.layout.formats import color_of, is_on
from drafter.check.layout.paper import Paper
from drafter.check.layout.roles import ELEMENT_ROLES, Piece, Role

_DARK = 64
_LATIN = re.compile(r"[0-9A-Za-z]")
_MANY = 0.3
_FLOW = (Role.BODY, Role.HEADING)


def look_faults(pieces: Sequence[Piece]) -> Iterator[Fault]:
    """Fonts outside the standard, colors, bold and slanted text, text from right to left."""
    for piece in pieces:
        para = piece.para
        judged = piece.role in ELEMENT_ROLES
        for run in para.runs:
            if not run.text.strip():
                continue
            if run.hanzi and not judged and face_of(run.chinese) is None:
                said = run.chinese or "未设置"
                yield Fault(
                    "layout.font",
                    said,
                    f"用了标准以外的字体“{said}”，公文用仿宋、楷体、黑体、小标宋、宋体（GB/T 9704 5.2.2）",
                    para,
                )
            if _LATIN.search(run.text) and face_of(run.latin) is None and not is_times(run.latin):
                said = run.latin or "未设置"
                yield Fault(
                    "layout.latin-font",
                    said,
                    f"数字、字母用了“{said}”，宜用与正文相同的字体或 Times New Roman",
                    para,
                )
            color = color_of(run.properties)
            if piece.role is not Role.MARK and max(color) > _DARK:
                said = "#{:02X}{:02X}{:02X}".format(*color)
                yield Fault(
                    "layout.color",
                    said,
                    f"文字颜色为{said}，除发文机关标志外均应为黑色（GB/T 9704 5.2.4）",
                    para,
                )
            bold, slanted = is_on(run.properties.get("b")), is_on(run.properties.get("i"))
            if (bold or slanted) and run.hanzi and piece.role is not Role.CELL:
                said = "加粗" if bold else "倾斜"
                yield Fault(
                    "layout.bold",
                    said,
                    f"文字{said}，标准各级标题和正文只以字体区分，不加粗、不倾斜（GB/T 9704 7.3.3）",
                    para,
                )
        turned = is_on(para.properties.get("bidi")) or any(
            is_on(run.properties.get("rtl")) for run in para.runs
        )
        if turned and para.plain:
            yield Fault(
                "layout.direction",
                "从右向左",
                "段落或文字设成了从右向左，应从左至右横排（GB/T 9704 5.2.3）",
                para,
            )


def habit_faults(paper: Paper, pieces: Sequence[Piece]) -> Iterator[Fault]:
    """Empty paragraphs within the text, and formatting by hand instead of by styles: one advice each."""
    between = [
        piece
        for index, piece in enumerate(pieces)
        if piece.role is Role.EMPTY
        and piece.para.is_empty
        and not piece.para.is_hidden
        and piece.para.table is None
        and _in_text(pieces, index)
    ]
    if between:
        yield Fault(
            "layout.empty-paragraphs",
            "空段",
            "正文中有空段，各段之间不空行；分页用分页符（GB/T 9704 7.3.3）",
            between[0].para,
            len(between),
        )
    shown = [piece for piece in pieces if piece.para.plain]
    by_hand = [piece for piece in shown if piece.para.own or any(run.own for run in piece.para.runs)]
    if shown and len(by_hand) > _MANY * len(shown):
        message = f"{len(by_hand)}段（共{len(shown)}段）的字体、缩进等是逐段手工设置的，改版式时容易遗漏"
        yield Fault("layout.direct-formatting", "手工格式", message, by_hand[0].para)
    typed = [piece for piece in pieces if piece.role in _FLOW and piece.para.text.startswith((" ", "\u3000"))]
    if typed:
        yield Fault(
            "layout.spaces", "空格", "段首用空格代替缩进，回行和改字号时会错位", typed[0].para, len(typed)
        )
    if not paper.has_styles:
        yield Fault("layout.no-styles", "没有样式", "文件里没有样式，版式全靠手工设置")


def _in_text(pieces: Sequence[Piece], index: int) -> bool:
    """Whether an empty paragraph parts two paragraphs of the text."""
    before = next((piece for piece in reversed(pieces[max(index - 3, 0) : index]) if piece.para.plain), None)
    after = next((piece for piece in pieces[index + 1 : index + 4] if piece.para.plain), None)
    return before is not None and after is not None and before.role in _FLOW and after.role in _FLOW
