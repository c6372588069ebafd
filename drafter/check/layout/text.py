"""Rules on the text: title, headings, body, tables (GB/T 9704 5.2, 7.3.1, 7.3.3)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from drafter.check.layout.fault import Fault
from drafter.check.layout.fonts import face_of
from drafter.check.layout.formats import line_height, number
from drafter.check.layout.paper import Paper, Para, is_hanzi
from drafter.check.layout.roles import Piece, Role
from drafter.model.words import Face
from drafter.typography import LEVEL_FACES, LINE, TEXT_HEIGHT, TEXT_WIDTH

_SIZE = 0.3
_LEAST = TEXT_HEIGHT / 23
_MOST = LINE + 1.6
"""22 lines fit in the text box and 23 do not; 29 pt is what offices write for 28.95."""
_FEWEST, _MOST_CHARACTERS = 26.9, 28.6
_INDENT = 0.25
_UNITS = re.compile(r"^[（(]?(责任|牵头|配合|主责|负责|落实)[^。]*[）)]?$")
"""Units that answer for an item: offices commonly set them in 楷体, and the standard says nothing of them."""
_SIZES = {22: "2号", 16: "3号", 14: "4号"}
_TABLE_FACES = (Face.FANGSONG, Face.SONGTI, Face.HEITI, Face.KAITI)
_TABLE_SIZES = (10.2, 16.3)


class Wanted(Struct, frozen=True):
    """What an element must look like: its name in messages, faces, size in points, clause, rules of face and size."""

    name: str
    faces: tuple[Face, ...]
    size: float
    clause: str
    rule: str


BODY = Wanted("正文", (Face.FANGSONG,), 16, "5.2.2", "layout.body")
LEVELS = tuple(
    Wanted(f"第{shown}层标题", (face,), 16, "7.3.3", "layout.heading")
    for shown, face in zip("一二三四", LEVEL_FACES, strict=True)
)
ELEMENTS = {
    Role.SLOT: Wanted("密级、紧急程度", (Face.HEITI,), 16, "7.2.2、7.2.3", "layout.slot"),
    Role.TITLE: Wanted("标题", (Face.XIAOBIAOSONG,), 22, "7.3.1", "layout.title"),
    Role.ADDRESSEE: Wanted("主送机关", (Face.FANGSONG,), 16, "7.3.2", "layout.body"),
    Role.NUMBER: Wanted("发文字号", (Face.FANGSONG, Face.KAITI), 16, "7.2.5", "layout.number"),
    Role.ANNEX_NOTE: Wanted("附件说明", (Face.FANGSONG,), 16, "7.3.4", "layout.body"),
    Role.SIGNATURE: Wanted("发文机关署名", (Face.FANGSONG,), 16, "7.3.5", "layout.body"),
    Role.DATE: Wanted("成文日期", (Face.FANGSONG,), 16, "7.3.5", "layout.body"),
    Role.NOTE: Wanted("附注", (Face.FANGSONG,), 16, "7.3.6", "layout.body"),
    Role.ANNEX_LABEL: Wanted("“附件”二字", (Face.HEITI,), 16, "7.3.7", "layout.annex"),
    Role.ANNEX_TITLE: Wanted("附件标题", (Face.XIAOBIAOSONG,), 22, "7.3.7", "layout.annex"),
    Role.IMPRINT: Wanted("版记", (Face.FANGSONG,), 14, "7.4", "layout.imprint"),
}


def text_faults(paper: Paper, pieces: Sequence[Piece]) -> Iterator[Fault]:
    """Faults of faces, sizes, indents, alignment and line pitch."""
    for piece in pieces:
        wanted = ELEMENTS.get(piece.role)
        if wanted:
            yield from _faces(piece.para, wanted, 0, len(piece.para.text))
        elif piece.role is Role.HEADING:
            yield from _heading(piece)
        elif piece.role is Role.BODY:
            yield from _body(piece)
        elif piece.role is Role.CELL:
            yield from _cell(piece.para)
    yield from _pitch(paper, pieces)


def _heading(piece: Piece) -> Iterator[Fault]:
    para, level = piece.para, LEVELS[piece.level - 1]
    yield from _faces(para, level, 0, piece.title)
    if piece.is_run_in:
        rest = Wanted("标题后的正文", BODY.faces, 16, "7.3.3", "layout.run-in")
        yield from _faces(para, rest, piece.title, len(para.text))
    if para.alignment in ("center", "right"):
        yield _aligned("layout.heading-indent", para, level.name, "7.3.3")
    else:
        yield from _indented("layout.heading-indent", para, level.name, "7.3.3")


def _body(piece: Piece) -> Iterator[Fault]:
    para = piece.para
    faces = [face for face in (LEVEL_FACES[piece.level - 1],) if piece.level and face is not Face.FANGSONG]
    if faces and not list(_faces(para, Wanted("", tuple(faces), 16, "", ""), 0, len(para.text))):
        return  # an item of one sentence may be set like the heading that it stands for
    yield from _faces(para, BODY, 0, len(para.text))
    yield from _tracked(para)
    if para.alignment in ("center", "right"):
        yield _aligned("layout.body-indent", para, "正文", "7.3.3")
    else:
        yield from _indented("layout.body-indent", para, "正文", "7.3.3")


def _tracked(para: Para) -> Iterator[Fault]:
    """Characters set so far apart or so narrow that a line does not hold about 28 of them (5.2.3)."""
    for run in para.runs:
        spacing, scale = (
            number(run.properties.get("spacing")) or 0.0,
            number(run.properties.get("w")) or 100.0,
        )
        count = TEXT_WIDTH / max(run.size * 20 * scale / 100 + spacing, 1)
        if run.hanzi > 1 and abs(run.size - 16) <= _SIZE and not _FEWEST <= count <= _MOST_CHARACTERS:
            said = f"每行约{count:.0f}字"
            message = f"字间距或字符缩放使{said}，应为28字（GB/T 9704 5.2.3）"
            yield Fault("layout.tracking", said, message, para)
            return


def _aligned(rule: str, para: Para, name: str, clause: str) -> Fault:
    have = {"center": "居中", "right": "居右"}[para.alignment]
    return Fault(rule, have, f"{have}，应左空二字、回行顶格（GB/T 9704 {clause}）", para, name=name)


def _indented(rule: str, para: Para, name: str, clause: str) -> Iterator[Fault]:
    indents = para.indents
    first, left, right = indents.left + indents.first, indents.left, indents.right
    if abs(first - 2) > _INDENT:
        said = f"首行空{first:.1f}字".replace(".0字", "字")
    elif abs(left) > _INDENT and len(para.plain) > 26:
        said = f"回行空{left:.1f}字".replace(".0字", "字")
    elif abs(right) > _INDENT and len(para.plain) > 26:
        said = f"右边空{right:.1f}字".replace(".0字", "字")
    else:
        return
    yield Fault(rule, said, f"{said}，应左空二字、回行顶格（GB/T 9704 {clause}）", para, name=name)


def _faces(para: Para, wanted: Wanted, start: int, end: int) -> Iterator[Fault]:
    """Wrong faces and sizes of the Chinese characters between two places of a paragraph."""
    fonts: Counter[str] = Counter()
    sizes: Counter[float] = Counter()
    all_hanzi = 0
    place = 0
    for run in para.runs:
        text = run.text[max(start - place, 0) : max(end - place, 0)]
        place += len(run.text)
        hanzi = sum(map(is_hanzi, text)) * (2 if run.automatic else 1)
        all_hanzi += hanzi
        if not hanzi:
            continue
        face = face_of(run.chinese)
        if face not in wanted.faces and not (face is Face.KAITI and _UNITS.search(text)):
            fonts[run.chinese or "未设置"] += hanzi
        if abs(run.size - wanted.size) > _SIZE:
            sizes[run.size] += hanzi
    # One character in another font is a rare one that the usual font lacks.
    enough = min(2, all_hanzi)
    shown = "、".join(face.shown for face in wanted.faces[:1])
    for font, count in fonts.items():
        if count >= enough:
            message = f"字体为“{font}”，应为{shown}（GB/T 9704 {wanted.clause}）"
            yield Fault(f"{wanted.rule}-font", shown + font, message, para, name=wanted.name)
    for size, count in sizes.items():
        if count >= enough:
            message = f"字号为{size:g}磅，应为{_SIZES[round(wanted.size)]}（{wanted.size:g}磅）（GB/T 9704 {wanted.clause}）"
            yield Fault(f"{wanted.rule}-size", f"{size:g}磅", message, para, name=wanted.name)


def _cell(para: Para) -> Iterator[Fault]:
    for run in para.runs:
        if run.hanzi and face_of(run.chinese) not in _TABLE_FACES:
            font = run.chinese or "未设置"
            yield Fault(
                "layout.table-text",
                font,
                f"表格文字字体为“{font}”，应为仿宋、宋体或黑体（GB/T 9704 5.2.2、7.3.7）",
                para,
            )
        elif run.hanzi and not _TABLE_SIZES[0] <= run.size <= _TABLE_SIZES[1]:
            yield Fault(
                "layout.table-text",
                f"{run.size:g}",
                f"表格文字为{run.size:g}磅，以小四号或五号（10.5—12磅）为宜，不大于正文",
                para,
            )


def _pitch(paper: Paper, pieces: Sequence[Piece]) -> Iterator[Fault]:
    """Line pitch of the text: such that 22 lines fill the text box (5.2.3); and no space between paragraphs."""
    for piece in pieces:
        if piece.role not in (Role.BODY, Role.HEADING):
            continue
        para, grid = piece.para, paper.grid(piece.para)
        pitch = line_height(para.properties, para.size, grid)
        # Where the size is wrong the pitch follows from it: one fault, not two.
        sized = abs(para.size - 16) <= _SIZE or para.properties.get("spacing.lineRule") == "exact"
        if sized and not _LEAST < pitch <= _MOST:
            said = f"{pitch / 20:.1f}磅"
            message = f"行距约{said}，每页22行应为固定值28.95磅左右（27.8—29磅）（GB/T 9704 5.2.3）"
            yield Fault("layout.line-pitch", said, message, para)
        for side, shown in (("before", "段前"), ("after", "段后")):
            spaces = _space(para, side)
            if spaces:
                yield Fault(
                    "layout.paragraph-space",
                    shown + spaces,
                    f"{shown}有{spaces}间距，正文和层次标题段前、段后应为0（GB/T 9704 5.2.3）",
                    para,
                )


def _space(para: Para, side: str) -> str:
    properties = para.properties
    if properties.get(f"spacing.{side}Autospacing", "0") not in ("0", "false", "off"):
        return "自动"
    rows = (
        float(properties.get(f"spacing.{side}Lines") or 0)
        if (properties.get(f"spacing.{side}Lines") or "0").lstrip("-").isdigit()
        else 0.0
    )
    twips = properties.get(f"spacing.{side}") or "0"
    points = int(twips) / 20 if twips.lstrip("-").isdigit() else 0.0
    if rows:
        return f"{rows / 100:g}行"
    return f"{points:g}磅" if abs(points) > 1 else ""
