"""Rules on what closes a paper: 附件说明, signature, annexes, imprint (GB/T 9704 7.3.4–7.3.7, 7.4)."""

from collections.abc import Iterator, Mapping, Sequence

from drafter.check.layout.distances import off_centre, rows_between
from drafter.check.layout.fault import Fault
from drafter.check.layout.paper import Paper, Para, is_hanzi
from drafter.check.layout.roles import COPIES, PRINTED, Piece, Role
from drafter.titles import ems

_ROW = 28.0
"""Characters of a line (5.2.3)."""
_PLACE = 0.6
_OUTER = (7.7, 12.3)
_INNER = (5.3, 8.9)
"""Borders in eighths of a point: 0.35 mm ± 0.08 and 0.25 mm ± 0.06 (7.4.1)."""


def tail_faults(paper: Paper, pieces: Sequence[Piece]) -> Iterator[Fault]:
    """Faults of annexes, signature and imprint."""
    previous = Role.EMPTY
    for index, piece in enumerate(pieces):
        if piece.role is Role.ANNEX_NOTE and previous is not Role.ANNEX_NOTE:
            yield from _note(paper, pieces, index)
        elif piece.role is Role.ANNEX_LABEL:
            yield from _label(paper, pieces, index)
        elif piece.role is Role.ANNEX_TITLE and (off := off_centre(piece.para)):
            yield Fault(
                "layout.annex-title", off, f"附件标题{off}，应居中排布（GB/T 9704 7.3.7）", piece.para
            )
        elif piece.role is Role.DATE:
            yield from _signature(pieces, index)
        previous = piece.role
    yield from _imprint(pieces)


def _note(paper: Paper, pieces: Sequence[Piece], index: int) -> Iterator[Fault]:
    para = pieces[index].para
    first = para.indents.left + para.indents.first
    if para.alignment in ("center", "right") or abs(first - 2) > 0.3:
        said = off_centre(para) if para.alignment in ("center", "right") else f"空{first:.1f}字"
        yield Fault("layout.annex-note", said, f"附件说明{said}，应居左空二字（GB/T 9704 7.3.4）", para)
    before = next((at for at in range(index - 1, -1, -1) if pieces[at].para.plain), None)
    rows = None if before is None else rows_between(paper, pieces, before, index)
    if rows is not None and abs(rows - 1) > 0.45:
        said = f"空{rows:.1f}行"
        yield Fault(
            "layout.annex-note-gap", said, f"正文与附件说明之间{said}，应空一行（GB/T 9704 7.3.4）", para
        )


def _label(paper: Paper, pieces: Sequence[Piece], index: int) -> Iterator[Fault]:
    para = pieces[index].para
    first = para.indents.left + para.indents.first
    if para.alignment in ("center", "right") or abs(first) > 0.2:
        said = {"center": "居中", "right": "居右"}.get(para.alignment, f"空{first:.1f}字")
        yield Fault(
            "layout.annex-label",
            said,
            f"“附件”二字{said}，应顶格编排在版心左上角第一行（GB/T 9704 7.3.7）",
            para,
        )
    if not para.new_page:
        yield Fault("layout.annex-page", "没有另页", "附件没有另页编排，应另起一页（GB/T 9704 7.3.7）", para)
    title = next((at for at in range(index + 1, len(pieces)) if pieces[at].para.plain), None)
    rows = (
        rows_between(paper, pieces, index, title)
        if title is not None and pieces[title].role is Role.ANNEX_TITLE
        else None
    )
    if rows is not None and abs(rows - 1) > 0.45:
        said = f"空{rows:.1f}行"
        yield Fault(
            "layout.annex-title-gap",
            said,
            f"“附件”与附件标题之间{said}，附件标题应在版心第三行（GB/T 9704 7.3.7）",
            para,
        )


# ------------------------------------------------------------------ signature


def _right(para: Para) -> float:
    """How far a line ends from the right edge of the text box, in 字."""
    indents = para.indents
    words = ems(para.text.strip())
    if para.alignment == "right":
        return indents.right + para.typed_right
    if para.alignment == "center":
        return (_ROW + indents.right - indents.left - indents.first - words) / 2
    return _ROW - indents.left - indents.first - words


def _signature(pieces: Sequence[Piece], index: int) -> Iterator[Fault]:
    date = pieces[index].para
    names = [at for at in range(max(index - 6, 0), index) if pieces[at].role is Role.SIGNATURE]
    if "\t" in date.text or len(names) > 1:
        return  # tabs end where the program says; several issuers stand side by side
    right, width = _right(date), ems(date.text.strip())
    if not names:
        if abs(right - 4) > _PLACE and abs(right - 2) > _PLACE:
            yield Fault(
                "layout.signature",
                f"{right:.1f}",
                f"成文日期距右{right:.1f}字，应右空四字（不加盖印章的见7.3.5.2）（GB/T 9704 7.3.5）",
                date,
            )
        return
    name = pieces[names[0]].para
    if "\t" in name.text:
        return
    name_right, name_width = _right(name), ems(name.text.strip())
    centred = abs((name_right + name_width / 2) - (right + width / 2)) <= _PLACE
    sealed = centred and (abs(right - 4) <= _PLACE or abs(name_right) <= _PLACE)
    shift = (name_right + name_width) - (right + width)
    unsealed = (abs(name_right - 2) <= _PLACE and abs(shift - 2) <= _PLACE) or (
        abs(right - 2) <= _PLACE and shift <= 2.5
    )
    if not sealed and not unsealed:
        said = f"署名距右{name_right:.1f}字、日期距右{right:.1f}字"
        message = f"{said}；加盖印章的日期右空四字、署名以日期居中，不加盖的署名右空二字、日期首字比署名首字右移二字（GB/T 9704 7.3.5）"
        yield Fault("layout.signature", said, message, date)


# ------------------------------------------------------------------ imprint


def _imprint(pieces: Sequence[Piece]) -> Iterator[Fault]:
    found = [index for index, piece in enumerate(pieces) if piece.role is Role.IMPRINT]
    if not found:
        return
    paras = [pieces[index].para for index in found]
    copies = [at for at, para in enumerate(paras) if COPIES.match(para.plain)]
    printed = [at for at, para in enumerate(paras) if PRINTED.search(para.plain)]
    if copies and printed and copies[-1] > printed[0]:
        yield Fault(
            "layout.imprint-order",
            "抄送在后",
            "抄送机关排在印发机关之后，应先抄送、后印发机关和印发日期（GB/T 9704 7.4.2、7.4.3）",
            paras[copies[-1]],
        )
    after = next((piece for piece in pieces[found[-1] + 1 :] if _says_something(piece.para)), None)
    if after:
        yield Fault(
            "layout.imprint-order",
            "不在最后",
            "版记之后还有内容，版记应在公文最后（附件在版记之前）（GB/T 9704 7.3.7、7.4）",
            after.para,
        )
    yield from _imprint_rules(pieces, found)
    for para in paras:
        yield from _imprint_place(para)


def _says_something(para: Para) -> bool:
    """Whether a paragraph has words; what converters leave of lines and marks has none."""
    return sum(map(is_hanzi, para.plain)) > 1


def _imprint_place(para: Para) -> Iterator[Fault]:
    """One 字 free on each side; cells have margins of their own."""
    is_copies, is_printed = COPIES.match(para.plain), PRINTED.search(para.plain)
    room = 0.3 if para.table is None else 0.5
    said = ""
    if (
        (is_copies or is_printed)
        and para.alignment in ("left", "both")
        and not (is_printed and para.table is not None)
    ):
        first = para.indents.left + para.indents.first
        said = f"左空{first:.1f}字" if abs(first - 1) > room else ""
    if is_printed and para.alignment == "right":
        right = para.indents.right + para.typed_right
        said = f"右空{right:.1f}字" if abs(right - 1) > room else ""
    if said:
        name, clause = ("抄送机关", "7.4.2") if is_copies else ("印发机关和印发日期", "7.4.3")
        yield Fault(
            "layout.imprint-place", name + said, f"{name}{said}，应左右各空一字（GB/T 9704 {clause}）", para
        )


def _imprint_rules(pieces: Sequence[Piece], found: Sequence[int]) -> Iterator[Fault]:
    """Rules above and below the imprint 0.35 mm, between its parts 0.25 mm, no upright ones (7.4.1)."""
    around = [piece.para for piece in pieces[max(found[0] - 1, 0) : found[-1] + 2]]
    paras = [pieces[index].para for index in found]
    if any(para.drawn or para.pictures for para in around):
        return
    table = paras[0].table
    outer, inner = _of_table(table.borders) if table is not None else _of_paragraphs(paras)
    if len(outer) < 2:
        yield Fault(
            "layout.imprint-rules",
            "缺分隔线",
            "版记首条或末条分隔线没有，应与版心等宽，首末两条0.35毫米、中间0.25毫米（GB/T 9704 7.4.1）",
            paras[0],
        )
    elif table is None and any(abs(para.indents_of_borders) > 0.2 for para in paras):
        yield Fault(
            "layout.imprint-rules",
            "窄",
            "版记分隔线随段落缩进变窄，应与版心等宽（GB/T 9704 7.4.1）",
            paras[0],
        )
    elif wrong := [size for size in outer if not _OUTER[0] <= size <= _OUTER[1]]:
        yield _thickness("首条和末条", wrong[0], "0.35毫米（1磅）", paras[0])
    elif wrong := [size for size in inner if not _INNER[0] <= size <= _INNER[1]]:
        yield _thickness("中间", wrong[0], "0.25毫米（0.75磅）", paras[0])
    if table is not None and any(name in ("left", "right", "insideV") for name in table.borders):
        yield Fault(
            "layout.imprint-rules", "竖线", "版记有竖线，只应有横的分隔线（GB/T 9704 7.4.1）", paras[0]
        )


def _thickness(which: str, eighths: float, wanted: str, para: Para) -> Fault:
    said = f"{eighths / 8:g}磅"
    return Fault(
        "layout.imprint-rules",
        which + said,
        f"版记{which}分隔线粗{said}，应为{wanted}（GB/T 9704 7.4.1）",
        para,
    )


def _of_table(borders: Mapping[str, tuple[float, str]]) -> tuple[list[float], list[float]]:
    outer = [borders[side][0] for side in ("top", "bottom") if side in borders]
    return outer, [borders["insideH"][0]] if "insideH" in borders else []


def _of_paragraphs(paras: Sequence[Para]) -> tuple[list[float], list[float]]:
    """Borders of paragraphs, from top to bottom; like borders of neighbours are one box with `between`."""
    sizes: list[float] = []
    for para in paras:
        for side in ("top", "between", "bottom"):
            if para.properties.get(f"{side}Border.val", "none") not in ("none", "nil"):
                said = para.properties.get(f"{side}Border.sz", "0")
                sizes.append(float(said) if said.isdigit() else 0.0)
    return ([sizes[0], sizes[-1]], sizes[1:-1]) if len(sizes) > 1 else (sizes, [])
