"""An alignment as the 任务对照表 that offices send upward."""

from collections.abc import Sequence

from drafter.align.shown import (
    ADDRESSED,
    KIND,
    LEAD,
    VERDICT,
    Row,
    named,
    percent,
    promised,
    reading,
    rows,
    shares,
    verdict,
)
from drafter.align.types import Alignment
from drafter.outline import Outline
from drafter.write.xlsx import Column, Shade, Sheet
from drafter.write.xlsx import Row as Line

_COLUMNS = (
    Column("序号", 6),
    Column("上级任务", 26),
    Column("上级内容", 44),
    Column("性质", 11),
    Column("承接情况", 13),
    Column("本级条目", 24),
    Column("没有承接的要点", 32),
    Column("牵头单位", 22),
    Column("认定依据", 18),
    Column("备注", 10),
)
_SHADES: dict[str, Shade] = {
    "covered": "good",
    "partial": "fair",
    "missing": "bad",
    "excused": "muted",
    "not-applicable": "muted",
    "meets": "good",
    "stricter": "good",
    "below": "fair",
    "other-period": "muted",
}


def workbook(alignment: Alignment, parent: Outline, child: Outline) -> tuple[Sheet, ...]:
    """The sheets: all rows, what is ordered of lower levels, targets, sections, and what the child adds."""
    made = rows(alignment, parent, child)
    title = f"{child.meta.title or '本级方案'}任务对照表"
    above = f"对照上级文件：《{parent.meta.title or '没有读出标题'}》{parent.meta.doc_number or ''}"
    cover = alignment.coverage
    notes = (
        above,
        f"措施承接率 {percent(cover.measures)}，目标达到率 {percent(cover.targets)}，缺漏的必须承接要点 {cover.must_missing} 个，"
        f"与上级文字重合 {percent(alignment.copied)}。",
        *(f"注意：{line}" for line in alignment.warnings),
    )
    ordered = [row for row in made if row.ordered]
    return (
        Sheet("任务对照表", title, _COLUMNS, _lines(made), filters=True, notes=notes),
        Sheet(
            "上级对下要求", "上级对下要求落实情况", _COLUMNS, _lines(ordered), filters=True, notes=(above,)
        ),
        _targets(alignment, above),
        _sections(alignment, made, above),
        _additions(alignment, child, above),
    )


def _lines(made: Sequence[Row]) -> tuple[Line, ...]:
    return tuple(_line(ordinal, row) for ordinal, row in enumerate(made, 1))


def _line(ordinal: int, row: Row) -> Line:
    pair = row.pair
    points = [*row.must, *(f"（可省）{text}" for text in row.may)]
    kind = ADDRESSED[pair.addressed] if pair.kind == "measure" else KIND[pair.kind]
    cells = (
        ordinal,
        f"{named(row.parent)}\n（{row.part}）" if row.part else named(row.parent),
        row.parent.text,
        kind,
        verdict(row),
        "\n".join(map(named, row.children)),
        "\n".join(points),
        _units(row),
        reading(row),
        "",
    )
    return Line(cells, "good" if row.only_may else _SHADES[pair.status])


def _units(row: Row) -> str:
    lead = row.pair.lead
    if lead.verdict == "n/a":
        return ""
    lines = (
        f"上级：{'、'.join(lead.parent)}",
        f"本级：{'、'.join(lead.child) or '未写'}",
        LEAD[lead.verdict],
    )
    return "\n".join(lines)


def _targets(alignment: Alignment, above: str) -> Sheet:
    columns = (
        Column("序号", 6), Column("指标", 30), Column("上级", 22), Column("本级", 22), Column("结论", 14), Column("说明", 40),
    )  # fmt: skip
    lines = tuple(
        Line(
            (
                ordinal,
                each.indicator,
                promised(each.parent),
                promised(each.child),
                VERDICT[each.verdict],
                each.reason,
            ),
            _SHADES[each.verdict],
        )
        for ordinal, each in enumerate(alignment.targets, 1)
    )
    return Sheet("目标对照", "目标对照", columns, lines, filters=True, notes=(above,))


def _sections(alignment: Alignment, made: Sequence[Row], above: str) -> Sheet:
    heads = ("已承接", "只缺可省要点", "部分承接", "未承接", "不承接", "不适用")
    columns = (Column("上级部分", 36), Column("承接率", 12), *(Column(head, 14) for head in heads))
    lines = tuple(
        Line((each.section.title, percent(each.section.share), *each.counts.values()))
        for each in shares(alignment, made)
    )
    return Sheet("各部分承接", "各部分承接情况", columns, lines, notes=(above,))


def _additions(alignment: Alignment, child: Outline, above: str) -> Sheet:
    nodes = {node.id: node for node in child.nodes}
    listed = [nodes[id] for id in alignment.additions if id in nodes]
    columns = (Column("序号", 6), Column("本级条目", 36), Column("内容", 70), Column("牵头单位", 24))
    lines = tuple(
        Line((ordinal, named(node), node.text, "、".join(node.lead)))
        for ordinal, node in enumerate(listed, 1)
    )
    return Sheet("本级自有", "本级自有内容（上级没有）", columns, lines, notes=(above,))
