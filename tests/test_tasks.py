"""Each unit's own extract, and the workbook that it is sent in."""

import io
from pathlib import Path

import openpyxl
import pytest

from drafter.document import Annex, Document, Form, Heading, Item, Responsibility, Table
from drafter.errors import InputError
from drafter.tasks import by_organ, sheets, tasks
from drafter.write.trace import State, state
from drafter.write.xlsx import Column, Row, Sheet, sheet_names, xlsx_bytes

TITLE = ("某县防汛工作", "实施方案")
TABLE = Table(
    (
        ("序号", "重点任务", "完成时限", "成果形式"),
        ("排查工程", "排查工程", "排查工程", "排查工程"),
        ("1", "排查水库", "2026年底", "隐患清单"),
        ("2", "转移演练", "每年", "演练记录"),
    )
)


def plan(*blocks: Heading | Item, form: Form | None = None) -> Document:
    """A small plan with a table of tasks."""
    return Document(form=form or Form(), title=TITLE, blocks=blocks, annexes=(Annex("任务分工表", (TABLE,)),))


WATER, EMERGENCY, TOWNS = "县水利局", "县应急管理局", "各乡镇"
PLAN = plan(
    Heading(1, "重点任务"),
    Heading(2, "排查工程", responsibility=Responsibility((WATER,), (TOWNS,))),
    Item(3, "排查水库", "汛前查清隐患。"),
    Item(3, "转移演练", "每年组织一次。", responsibility=Responsibility((EMERGENCY,), (WATER, TOWNS))),
)


def workbook(document: Document) -> openpyxl.Workbook:
    """The workbook of a plan, as a spreadsheet program reads it."""
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(sheets(document))))


def test_a_task_has_the_units_of_its_heading_where_it_names_none() -> None:
    first, second = tasks(PLAN)
    assert (first.lead, first.support) == ((WATER,), (TOWNS,))
    assert (second.lead, second.support) == ((EMERGENCY,), (WATER, TOWNS))
    assert first.part == "排查工程"


def test_deadline_and_result_come_from_the_table_that_names_the_task() -> None:
    first, second = tasks(PLAN)
    assert (first.due, first.result) == ("2026年底", "隐患清单")
    assert (second.due, second.result) == ("每年", "演练记录")


def test_each_unit_has_what_it_leads_apart_from_what_it_supports() -> None:
    water, towns, emergency = by_organ(tasks(PLAN))
    assert (water.unit, towns.unit, emergency.unit) == (WATER, TOWNS, EMERGENCY)
    assert [task.title for task in water.leads] == ["排查水库"]
    assert [task.title for task in water.supports] == ["转移演练"]
    assert not towns.leads


def test_the_workbook_has_a_sheet_for_each_unit_after_one_that_counts() -> None:
    book = workbook(PLAN)
    assert book.sheetnames == ["总表", WATER, TOWNS, EMERGENCY]
    overview = [[cell.value for cell in row] for row in book["总表"].iter_rows(min_row=4)]
    assert overview == [[1, WATER, 1, 1], [2, TOWNS, 0, 2], [3, EMERGENCY, 1, 0]]
    own = [[cell.value for cell in row] for row in book[WATER].iter_rows(min_row=3)]
    assert own[0][:3] == ["序号", "所在部分", "任务"]
    assert own[1][0] == "牵头任务（1 项）"
    assert own[2] == [1, "排查工程", "1.排查水库", "汛前查清隐患。", WATER, TOWNS, "2026年底", "隐患清单"]
    assert own[3][0] == "配合任务（1 项）"


def test_tasks_without_a_unit_are_listed_too() -> None:
    book = workbook(plan(*PLAN.blocks[:1], Item(2, "群测群防", "发动群众。"), *PLAN.blocks[1:]))  # type: ignore[arg-type]
    assert book.sheetnames[-1] == "未写明单位"
    assert book["未写明单位"]["C4"].value == "（一）群测群防"


@pytest.mark.parametrize(("blocks", "said"), [((), "没有读出任务"), ((Item(2, "排查", "查清。"),), "没有写明任何责任单位")])  # fmt: skip
def test_a_plan_that_cannot_be_divided_is_refused(blocks: tuple[Item, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        sheets(Document(title=TITLE, blocks=(Heading(1, "任务"), *blocks)))


def test_text_is_never_a_formula() -> None:
    sheet = Sheet("表", "=1+1", (Column("=A1", 9),), (Row(("=HYPERLINK(1)",)), Row(("=1+2",), "band")))
    page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([sheet])))["表"]
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s"}


def test_names_of_sheets_are_what_a_spreadsheet_allows() -> None:
    names = sheet_names(["县[水]利:局/处", "县水利局处", "长" * 40, "长" * 41, "", "HISTORY'"])
    assert names == ["县水利局处", "县水利局处（2）", "长" * 31, "长" * 28 + "（2）", "表", "HISTORY"]


def test_a_workbook_knows_whether_it_was_changed(tmp_path: Path) -> None:
    path = tmp_path / "tasks.xlsx"
    path.write_bytes(xlsx_bytes(sheets(PLAN)))
    assert state(path) is State.OURS
    assert xlsx_bytes(sheets(PLAN)) == path.read_bytes()
    book = openpyxl.load_workbook(path)
    book["总表"]["B4"] = "手改"
    book.save(path)
    assert state(path) is State.FOREIGN


def test_real_plans_divide_by_their_units(plans: Path) -> None:
    from drafter.read import read

    for name in ("xiangxi", "zezhou", "yanfeng", "loudi"):
        found = tasks(read(plans / f"{name}.txt"))
        led = [task for task in found if task.lead or task.support]
        assert len(led) > len(found) / 2, name
        assert all(set(each.leads) | set(each.supports) <= set(found) for each in by_organ(found))
