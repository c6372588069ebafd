"""The workbook that offices send upward, as a spreadsheet program reads it."""

import io

import openpyxl
import pytest
from compared import ABOVE, BELOW, FORMULA, MADE
from openpyxl.worksheet.worksheet import Worksheet

from drafter.align.report_xlsx import workbook
from drafter.write.xlsx import xlsx_bytes


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    """The workbook."""
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(workbook(MADE, ABOVE, BELOW))))


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of a sheet by the heads of its columns."""
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(place for place, row in enumerate(cells) if row.count(None) == 0)
    return [dict(zip(map(str, cells[head]), row, strict=True)) for row in cells[head + 1 :]]


def test_every_item_of_the_parent_has_a_row(book: openpyxl.Workbook) -> None:
    rows = table(book["任务对照表"])
    assert [row["承接情况"] for row in rows] == [
        "已承接",
        "未承接（错误）",
        "部分承接（可省）",
        "未承接",
        "不适用",
    ]
    assert str(rows[0]["上级任务"]).endswith("登记河湖台账\n（主要任务 › 清理河道）")
    assert rows[1]["没有承接的要点"] == "每人每月巡河4次"
    assert rows[4]["认定依据"] == "人工认定；属市级事项"


def test_the_head_is_frozen_and_filters_stand_over_wrapped_text(book: openpyxl.Workbook) -> None:
    sheet = book["任务对照表"]
    head = int(str(sheet.freeze_panes).lstrip("A")) - 1
    assert sheet.cell(head, 1).value == "序号"
    assert sheet.auto_filter.ref == f"A{head}:J{head + 5}"
    assert sheet.cell(head + 1, 3).alignment.wrap_text


def test_status_has_a_colour_beside_its_word(book: openpyxl.Workbook) -> None:
    sheet = book["上级对下要求"]
    row = next(row for row in sheet.iter_rows() if row[0].value == 1)
    assert row[4].value == "未承接（错误）"
    assert row[4].fill.fgColor.rgb == "FFFBE0DD"


def test_warnings_stand_over_the_table(book: openpyxl.Workbook) -> None:
    above = [str(row[0].value) for row in book["任务对照表"].iter_rows(max_row=6)]
    assert "注意：本方案有没有读懂的部分：一张图片" in above


def test_text_that_begins_with_an_equals_sign_is_text(book: openpyxl.Workbook) -> None:
    cells = [cell for row in book["本级自有"].iter_rows() for cell in row if FORMULA in str(cell.value)]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)


def test_targets_and_sections_have_sheets_of_their_own(book: openpyxl.Workbook) -> None:
    (goal,) = table(book["目标对照"])
    assert (goal["上级"], goal["本级"], goal["结论"]) == ("2030年 ≥95%", "2030年 ≥90%", "低于上级")
    first, second = table(book["各部分承接"])
    assert (first["承接率"], first["已承接"], first["未承接"]) == ("67%", 1, 1)
    assert (second["承接率"], second["不适用"]) == ("0%", 1)
