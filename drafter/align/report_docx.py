"""An alignment in Word: the parent's levelled text and what the child made of it as tracked changes, the table as annex."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from rapidfuzz.distance import Indel

from drafter.align.changes import changes
from drafter.align.levelling import levelling
from drafter.align.shown import Row, named, percent, reading, rows, verdict
from drafter.align.types import Alignment
from drafter.document import Annex, Block, Document, Paragraph, Table, one_line
from drafter.outline import Outline
from drafter.write.redline import Edit, Line, lines, redline_bytes

_ALIKE = 0.5
"""Two paragraphs that nothing links are one that changed from this likeness on."""
_LINKED = 0.3
"""Two linked ones, from this on: below it a reader sees more in both texts than in the changes."""
_NUMBERED = ("Heading", "gwItem")
_TITLES = ("gwPlanTitle", "gwPlanTitleAlone")
_HEADS = ("上级任务", "承接情况", "本级条目", "没有承接的要点", "认定依据")

Sided = tuple[Line, str]
"""A paragraph and the id of the node that it belongs to."""


def docx_report(
    alignment: Alignment,
    parent: tuple[Document, Outline],
    child: tuple[Document, Outline],
    author: str,
    day: date | None = None,
) -> bytes:
    """The .docx. `parent`, `child`: the papers and their outlines. `author`, `day`: whom and when the changes are from."""
    above, below = parent[1], child[1]
    level = levelling(above.meta, below.meta)
    old = [(_levelled(line, level), node) for line, node in _sided(*parent)]
    linked = {(pair.parent, each) for pair in alignment.pairs for each in pair.children}
    made = _edits(old, list(_sided(*child)), linked)
    shell = Document(
        title=child[0].title,
        annexes=(Annex("任务对照表", tuple(_annex(alignment, above, below)), landscape=True),),
        meta=child[0].meta,
    )
    return redline_bytes(shell, made, author, day)


def _levelled(line: Line, level: Callable[[str], str]) -> Line:
    return Line(
        line.style,
        tuple((one_line(level(text)), style) for text, style in line.pieces if level(text).strip()),
    )


def _sided(document: Document, outline: Outline) -> Iterator[Sided]:
    """The printed paragraphs with their nodes: numbered ones and principles stand in one order in both.

    What stands before the first number is the preamble, node 0, whatever it is.
    """
    ids = iter([node.id for node in outline.nodes if node.id != "0"])
    here = "0"
    for line in lines(document):
        if line.style.startswith(_NUMBERED) or (here != "0" and line.style == "gwPrinciple"):
            here = next(ids)
        yield line, here


# ------------------------------------------------------------------ which paragraph became which


def _edits(old: Sequence[Sided], new: Sequence[Sided], linked: set[tuple[str, str]]) -> list[Edit]:
    """Every paragraph of both sides once, in the order of both: pairs of the greatest likeness in all that do not cross."""
    alike = {
        (i, j): value
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if (value := _alike(one, other, linked))
    }
    best = _best(alike, len(old), len(new))
    made, i, j = list[Edit](), 0, 0
    while i < len(old) or j < len(new):
        value = alike.get((i, j), 0.0)
        if value and best[i][j] == value + best[i + 1][j + 1]:
            ops = tuple((op.op, op.text) for op in changes(old[i][0].text, new[j][0].text))
            made.append(Edit(old[i][0], new[j][0], ops))
            i, j = i + 1, j + 1
        elif i < len(old) and (j == len(new) or best[i + 1][j] >= best[i][j + 1]):
            made.append(Edit(old[i][0], None))
            i += 1
        else:
            made.append(Edit(None, new[j][0]))
            j += 1
    return made


def _alike(one: Sided, other: Sided, linked: set[tuple[str, str]]) -> float:
    """0 where two paragraphs are not one that changed; else how much speaks for it, at most 2."""
    (old, above), (new, below) = one, other
    if (old.style in _TITLES) != (new.style in _TITLES):
        return 0.0
    if old.style in _TITLES:
        return 2.0
    link = (above, below) in linked and old.style.startswith(_NUMBERED) == new.style.startswith(_NUMBERED)
    if not link and old.style.startswith("Heading") != new.style.startswith("Heading"):
        return 0.0
    value = Indel.normalized_similarity(old.text, new.text, score_cutoff=_LINKED if link else _ALIKE)
    return float(value + 1 if link and value else value)


def _best(alike: Mapping[tuple[int, int], float], above: int, below: int) -> list[list[float]]:
    """The greatest likeness that is to be had from each place of both sides on."""
    best = [[0.0] * (below + 1) for _ in range(above + 1)]
    for i in range(above - 1, -1, -1):
        for j in range(below - 1, -1, -1):
            value = alike.get((i, j), 0.0)
            together = value + best[i + 1][j + 1] if value else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    return best


# ------------------------------------------------------------------ annex


def _annex(alignment: Alignment, parent: Outline, child: Outline) -> Iterator[Block]:
    made = rows(alignment, parent, child)
    for warning in alignment.warnings:
        yield Paragraph(one_line(f"注意：{warning}。"))
    number = parent.meta.doc_number or ""
    yield Paragraph(
        one_line(
            f"对照上级文件《{parent.meta.title or ''}》{number}：措施承接率 {percent(alignment.coverage.measures)}，"
            f"缺漏的必须承接要点 {alignment.coverage.must_missing} 个，与上级文字重合 {percent(alignment.copied)}。"
        )
    )
    yield Paragraph(
        "正文的修订以上级文字（地名、层级用语已换成本级）为底稿：全部接受即为本级方案正文，全部拒绝即为上级正文；两份文件的表格、附件不列入。"
    )
    ordered = [row for row in made if row.ordered]
    if ordered:
        yield _table("表1 上级对下要求", ordered)
    yield _table("表2 全部对照" if ordered else "表1 全部对照", made)


def _table(caption: str, made: Sequence[Row]) -> Table:
    lines: list[tuple[str, ...]] = [_HEADS]
    part = ""
    for row in made:
        if row.part and row.part != part:
            part = row.part
            lines.append((part,) * len(_HEADS))
        rest = "另有" if row.must else "只缺" if row.only_may else ""
        points = "；".join((*row.must, f"{rest}可省要点 {len(row.may)} 个") if row.may else row.must)
        children = "；".join(map(named, row.children)) or "—"
        lines.append((named(row.parent), verdict(row), children, points or "—", reading(row)))
    return Table(tuple(tuple(map(one_line, line)) for line in lines), caption)
