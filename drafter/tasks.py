"""Each unit's own extract of a plan: what it leads, what it supports, until when (PRACTICE 31)."""

import re
from collections.abc import Iterator

from msgspec import Struct

from drafter.document import Table
from drafter.errors import InputError, error
from drafter.outline import Node, Outline
from drafter.outline.nodes import bare_title
from drafter.write.xlsx import Column, Row, Sheet

_COLUMNS = (
    Column("序号", 6),
    Column("所在部分", 22),
    Column("任务", 28),
    Column("具体内容", 56),
    Column("牵头单位", 20),
    Column("配合单位", 26),
    Column("完成时限", 14),
    Column("成果形式", 18),
)


class Task(Struct, frozen=True):
    """A task of a plan with its units, by the names that the plan prints. `part`: the heading it stands under."""

    node: str
    number: str
    part: str
    title: str
    text: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    due: str = ""
    result: str = ""


class Extract(Struct, frozen=True):
    """What one unit has to do."""

    unit: str
    leads: tuple[Task, ...]
    supports: tuple[Task, ...]


def tasks(made: Outline) -> tuple[Task, ...]:
    """The tasks of a plan in its order.

    A task without units of its own has those of the heading above it. Deadlines and results come from tables (任务分工表)
    whose rows name the task.
    """
    above = {node.id: node for node in made.nodes}
    named = dict(_table_rows(made))
    return tuple(
        _task(node, above, named.get(bare_title(node.title), ("", "")))
        for node in made.nodes
        if node.kind in ("measure", "task")
    )


def _task(node: Node, above: dict[str, Node], row: tuple[str, str]) -> Task:
    owner = next((each for each in _upwards(node, above) if each.lead or each.support), node)
    part = next((each.title for each in _upwards(node, above) if each is not node), "")
    return Task(
        node.id, node.number or "", part, node.title, node.text, owner.lead, owner.support, row[0], row[1]
    )


def _upwards(node: Node, above: dict[str, Node]) -> Iterator[Node]:
    """A node and those that hold it, as its id says."""
    path = node.id.split(".")
    for length in range(len(path), 0, -1):
        found = above.get(".".join(path[:length]))
        if found is not None:
            yield found


def _table_rows(made: Outline) -> Iterator[tuple[str, tuple[str, str]]]:
    """Folded title → (deadline, result), from every table that has a column for one of them."""
    for node in made.nodes:
        for table in node.tables:
            task = _column(table, "任务|措施|事项|内容|项目|工作")
            due = _column(table, "时限|期限|完成时间|时间|进度")
            result = _column(table, "成果|年度目标|标志")
            if task is None or (due is None and result is None):
                continue
            for row in table.rows[1:]:
                # A row whose cells are all alike is a heading that runs over the table.
                if len(set(row)) > 1:
                    cells = tuple("" if place is None else row[place] for place in (due, result))
                    yield bare_title(row[task]), (cells[0], cells[1])


def _column(table: Table, words: str) -> int | None:
    return next((place for place, cell in enumerate(table.rows[0]) if re.search(words, cell)), None)


def by_organ(found: tuple[Task, ...]) -> tuple[Extract, ...]:
    """One extract for each unit, in the order in which the plan first names them."""
    units = dict.fromkeys(unit for task in found for unit in (*task.lead, *task.support))
    return tuple(
        Extract(
            unit,
            tuple(task for task in found if unit in task.lead),
            tuple(task for task in found if unit in task.support and unit not in task.lead),
        )
        for unit in units
    )


def sheets(made: Outline) -> tuple[Sheet, ...]:
    """A sheet that counts, one for each unit, and one for tasks without a unit.

    Raises InputError where the plan names no task, or no unit for any.
    """
    found = tasks(made)
    title = made.meta.title or ""
    extracts = by_organ(found)
    if not extracts:
        what = "没有写明任何责任单位" if found else "没有读出任务"
        hint = "确认是否选对了文件；责任单位应写在条目之后、章节之后或任务分工表中"
        raise InputError(error("tasks.none", f"《{title}》{what}，不能按单位分解", hint))
    without = tuple(task for task in found if not task.lead and not task.support)
    rows = tuple(
        Row((ordinal, each.unit, len(each.leads), len(each.supports)))
        for ordinal, each in enumerate(extracts, 1)
    )
    notes = (f"共 {len(found)} 项任务，{len(extracts)} 个单位；点单位名称可到该单位的清单。",)
    overview = Sheet(
        "总表",
        f"{title}任务分解总表",
        (Column("序号", 8), Column("单位", 36), Column("牵头（项）", 14), Column("配合（项）", 14)),
        rows,
        notes=notes,
        links=tuple((index, each.unit) for index, each in enumerate(extracts)),
    )
    return (overview, *(_sheet(each, title) for each in extracts), *_unassigned(without, title))


def _sheet(extract: Extract, title: str) -> Sheet:
    rows: list[Row] = []
    for word, each in (("牵头", extract.leads), ("配合", extract.supports)):
        if each:
            rows.append(Row((f"{word}任务（{len(each)} 项）",), "band"))
            rows += [_row(ordinal, task) for ordinal, task in enumerate(each, 1)]
    return Sheet(extract.unit, f"{extract.unit}任务清单", _COLUMNS, tuple(rows), notes=(f"摘自《{title}》",))


def _row(ordinal: int, task: Task) -> Row:
    number = f"{task.number}{task.title}"
    units = ("、".join(task.lead), "、".join(task.support))
    return Row((ordinal, task.part, number, task.text, *units, task.due, task.result))


def _unassigned(found: tuple[Task, ...], title: str) -> tuple[Sheet, ...]:
    if not found:
        return ()
    rows = tuple(_row(ordinal, task) for ordinal, task in enumerate(found, 1))
    notes = (f"《{title}》没有为下列任务写明责任单位。",)
    return (Sheet("未写明单位", "未写明责任单位的任务", _COLUMNS, rows, notes=notes),)
