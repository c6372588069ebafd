"""Rules on the head and what follows it: red head, number, red rule, title, addressees (GB/T 9704 7.2, 7.3.1–2)."""

from collections.abc import Iterator, Sequence

from drafter.check.layout.distances import height, off_centre, rows_between
from drafter.check.layout.fault import Fault
from drafter.check.layout.fonts import face_of
from drafter.check.layout.formats import color_of, is_red, line_height, number, space
from drafter.check.layout.paper import Paper, Para
from drafter.check.layout.roles import Piece, Role
from drafter.model.words import Face
from drafter.titles import ems
from drafter.typography import TEXT_WIDTH

_MM = 56.693
_TOP = 35.0
_GLYPH = 62.0
"""A red head is smaller than 22 × 15 mm (7.2.4)."""


def head_faults(paper: Paper, pieces: Sequence[Piece]) -> Iterator[Fault]:
    """Faults of the head; nothing is said of a paper that has none (PRACTICE 34)."""
    marks = [index for index, piece in enumerate(pieces) if piece.role is Role.MARK]
    numbers = [index for index, piece in enumerate(pieces) if piece.role is Role.NUMBER]
    titles = [index for index, piece in enumerate(pieces) if piece.role is Role.TITLE]
    if marks:
        yield from _mark(paper, pieces, marks)
    if numbers:
        yield from _number(paper, pieces, marks, numbers[0])
    if marks:
        yield from _rule(paper, pieces, marks[-1], numbers, titles)
    yield from _titles(paper, pieces, titles)


def _mark(paper: Paper, pieces: Sequence[Piece], marks: Sequence[int]) -> Iterator[Fault]:
    for index in marks:
        para = pieces[index].para
        for run in para.runs:
            if run.hanzi and face_of(run.chinese) is not Face.XIAOBIAOSONG:
                said = run.chinese or "未设置"
                yield Fault(
                    "layout.mark-font",
                    said,
                    f"发文机关标志字体为“{said}”，应为小标宋（GB/T 9704 7.2.4）",
                    para,
                )
            if run.text.strip() and not is_red(color_of(run.properties)):
                yield Fault(
                    "layout.mark-color", "非红色", "发文机关标志不是红色，应为红色（GB/T 9704 7.2.4）", para
                )
        yield from _mark_size(para)
        off = off_centre(para) if para.table is None and para.align is None else ""
        if off:
            yield Fault("layout.mark-align", off, f"发文机关标志{off}，应居中排布（GB/T 9704 7.2.4）", para)
    if not any(True for index in marks for _ in _mark_size(pieces[index].para)):
        yield from _mark_top(paper, pieces, marks[0])


def _mark_size(para: Para) -> Iterator[Fault]:
    size = para.size
    if size > _GLYPH or size <= 22:
        said = f"{size:g}磅"
        yield Fault(
            "layout.mark-size",
            said,
            f"发文机关标志字号为{said}，应大于标题（22磅）、小于22×15毫米（GB/T 9704 7.2.4）",
            para,
        )
        return
    scale = (number(para.runs[0].properties.get("w")) or 100) / 100
    tracking = (number(para.runs[0].properties.get("spacing")) or 0) / 20
    width = max(ems(line.strip()) * (size * scale + tracking) for line in para.text.split("\n"))
    if width > TEXT_WIDTH / 20 * 1.01:
        said = f"宽{width / 72 * 25.4:.0f}毫米"
        yield Fault(
            "layout.mark-size",
            said,
            f"发文机关标志一行{said}，超出版心（156毫米），应缩小字号或分两行（GB/T 9704 7.2.4）",
            para,
        )


def _mark_top(paper: Paper, pieces: Sequence[Piece], first: int) -> Iterator[Fault]:
    above, para = [piece.para for piece in pieces[:first]], pieces[first].para
    if any(each.table is not None or each.align is not None for each in (*above, para)):
        return
    grid = paper.grid(para)
    line, em = line_height(para.properties, para.size, grid), para.size * 20
    exact = para.properties.get("spacing.lineRule") == "exact"
    lead = (line - em) * (0.8 if exact else 0.5)
    top = sum(height(paper, each) for each in above) + space(para.properties, "before", grid) + lead
    if abs(top / _MM - _TOP) > (2.5 if exact else 4):
        said = f"{top / _MM:.0f}毫米"
        yield Fault(
            "layout.mark-top",
            said,
            f"发文机关标志上边缘距版心上边缘约{said}，应为35毫米（GB/T 9704 7.2.4）",
            para,
        )


def _number(paper: Paper, pieces: Sequence[Piece], marks: Sequence[int], index: int) -> Iterator[Fault]:
    para = pieces[index].para
    if para.table is not None or para.align is not None:
        return
    off = off_centre(para)
    indents = para.indents
    upward = "签发人" in para.plain or any(
        "签发人" in piece.para.plain for piece in pieces[index : index + 2]
    )
    if off and not (upward and abs(indents.left + indents.first - 1) <= 0.3):
        yield Fault(
            "layout.number-align",
            off,
            f"发文字号{off}，应居中；有签发人的居左空一字（GB/T 9704 7.2.5）",
            para,
        )
    rows = rows_between(paper, pieces, marks[-1], index) if marks and marks[-1] < index else None
    if rows is not None and not 1.5 <= rows <= 3:
        said = f"空{rows:.1f}行"
        yield Fault(
            "layout.number-gap", said, f"发文机关标志与发文字号之间{said}，应空二行（GB/T 9704 7.2.5）", para
        )


def _rule(
    paper: Paper, pieces: Sequence[Piece], mark: int, numbers: Sequence[int], titles: Sequence[int]
) -> Iterator[Fault]:
    """The red rule below the number: a border, a drawn line or the border of a table."""
    end = next((index for index in titles if index > mark), min(mark + 8, len(pieces)))
    colors: list[tuple[Para, bool]] = []
    unknown = False
    for piece in pieces[mark : end + 1]:
        para = piece.para
        for side in ("bottom", "top"):
            if para.properties.get(f"{side}Border.val", "none") not in ("none", "nil") and (
                side == "bottom" or para is not pieces[mark].para
            ):
                colors.append((para, _red(para.properties.get(f"{side}Border.color", ""))))
        colors += [(para, line.red) for line in para.drawn]
        if para.table is not None:
            colors += [
                (para, _red(color))
                for name, (_, color) in para.table.borders.items()
                if "bottom" in name or "insideH" in name
            ]
        unknown = unknown or para.pictures
        yield from _rule_width(para)
    if not colors and not unknown:
        yield Fault(
            "layout.red-rule",
            "没有",
            "版头没有红色分隔线，应在发文字号之下4毫米处，与版心等宽（GB/T 9704 7.2.7）",
            pieces[mark].para,
        )
    elif colors and not any(red for _, red in colors) and not unknown:
        yield Fault(
            "layout.red-rule", "非红色", "版头分隔线不是红色，应为红色（GB/T 9704 7.2.7）", colors[0][0]
        )
    if numbers:
        para = pieces[numbers[0]].para
        room = number(para.properties.get("bottomBorder.space"))
        if (
            para.properties.get("bottomBorder.val", "none") not in ("none", "nil")
            and room is not None
            and not 4 <= room <= 13
        ):
            said = f"{room:g}磅"
            yield Fault(
                "layout.red-rule-gap",
                said,
                f"发文字号与红色分隔线的间距设为{said}，应为8磅左右，使线在文号之下4毫米（GB/T 9704 7.2.7）",
                para,
            )


def _red(color: str) -> bool:
    return len(color) == 6 and is_red(color_of({"color": color}))


def _rule_width(para: Para) -> Iterator[Fault]:
    wanted = TEXT_WIDTH / _MM
    widths = [line.width for line in para.drawn if line.red and line.width is not None]
    indents = para.indents
    if _red(para.properties.get("bottomBorder.color", "")) and (
        abs(indents.left) > 0.2 or abs(indents.right) > 0.2
    ):
        widths.append(wanted - (indents.left + indents.right) * para.size * 25.4 / 72)
    for width in widths:
        if abs(width - wanted) > 2:
            said = f"{width:.0f}毫米"
            yield Fault(
                "layout.red-rule-width",
                said,
                f"红色分隔线宽{said}，应与版心等宽（156毫米）（GB/T 9704 7.2.7）",
                para,
            )


def _titles(paper: Paper, pieces: Sequence[Piece], titles: Sequence[int]) -> Iterator[Fault]:
    for index in titles:
        para = pieces[index].para
        off = off_centre(para)
        if off:
            yield Fault("layout.title-align", off, f"标题{off}，应居中排布（GB/T 9704 7.3.1）", para)
    for index, piece in enumerate(pieces):
        off = off_centre(piece.para) if piece.role is Role.STATUS else ""
        if off:
            yield Fault(
                "layout.title-align", off, f"稿别{off}，应在标题之下居中（GB/T 9704 7.3.1）", piece.para
            )
        if piece.role is Role.ADDRESSEE:
            yield from _addressee(paper, pieces, index)
    above = [
        index
        for index, piece in enumerate(pieces)
        if piece.role in (Role.NUMBER, Role.MARK) and index < (titles or [0])[0]
    ]
    if above and titles:
        yield from _title_gap(paper, pieces, above[-1], titles[0])


def _title_gap(paper: Paper, pieces: Sequence[Piece], above: int, title: int) -> Iterator[Fault]:
    """Two rows below the red rule; where the rule is drawn, its own paragraph may be one of them."""
    rows = rows_between(paper, pieces, above, title)
    ruled = next(
        (index for index in range(above + 1, title) if "bottomBorder.val" in pieces[index].para.properties),
        None,
    )
    if ruled is not None:
        rows = rows_between(paper, pieces, ruled, title)
    drawn = any(piece.para.drawn or piece.para.pictures for piece in pieces[above : title + 1])
    least, most = (0.9, 4.2) if drawn else (1.5, 2.8)
    if rows is not None and not least <= rows <= most:
        said = f"空{rows:.1f}行"
        yield Fault(
            "layout.title-gap",
            said,
            f"红色分隔线与标题之间{said}，应空二行（GB/T 9704 7.3.1）",
            pieces[title].para,
        )


def _addressee(paper: Paper, pieces: Sequence[Piece], index: int) -> Iterator[Fault]:
    para = pieces[index].para
    indents = para.indents
    first = indents.left + indents.first
    if para.alignment in ("center", "right") or abs(first) > 0.25:
        said = (
            off_centre(para)
            if para.alignment == "right"
            else "居中"
            if para.alignment == "center"
            else f"空{first:.1f}字"
        )
        yield Fault("layout.addressee", said, f"主送机关{said}，应居左顶格（GB/T 9704 7.3.2）", para)
    before = next((at for at in range(index - 1, -1, -1) if pieces[at].para.plain), None)
    if before is not None and pieces[before].role in (Role.TITLE, Role.STATUS):
        rows = rows_between(paper, pieces, before, index)
        if rows is not None and abs(rows - 1) > 0.45:
            said = f"空{rows:.1f}行"
            yield Fault(
                "layout.addressee-gap", said, f"标题与主送机关之间{said}，应空一行（GB/T 9704 7.3.2）", para
            )
