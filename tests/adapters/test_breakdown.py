"""C12: a task breakdown as offices write it, and every fault with its place and what mends it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.adapters.breakdown import read_breakdown
from app.core.deadlines import Deadline
from tests.adapters.breakdowns import FIRST, breakdown, changed, good_rows, reading, saved
from tests.adapters.sheets import DATA

pytestmark = pytest.mark.clause("C12", "C19")


def test_the_real_table() -> None:
    found = read_breakdown(DATA / "task-breakdown.xlsx")
    assert (found.count, found.faults, found.notes, found.year) == (20, [], [], 2027)
    by_row = {row.row: row for row in found.rows}
    assert sorted(by_row) == list(range(3, 23))
    assert by_row[3].cooperating == ("市直有关部门", "各县区")
    assert by_row[16].cooperating[-1] == "铜陵供电公司" and len(by_row[16].cooperating) == 4
    assert by_row[11].cooperating == ()
    assert [by_row[row].deadline.day for row in (3, 4, 5, 7, 8, 9)] == [
        date(2027, 9, 30), date(2027, 12, 31), date(2027, 11, 30), date(2027, 12, 31), date(2027, 12, 31),
        date(2027, 6, 30),
    ]  # fmt: skip
    assert [row for row in by_row if by_row[row].deadline == Deadline(standing=True)] == [6, 13, 20]
    assert {row.period for row in found.rows} == {"monthly", "quarterly", "fortnightly"}


def test_cells_as_people_fill_them(tmp_path: Path) -> None:
    """Real dates, full-width digits, lines within a cell, aligned names, cells merged downwards."""
    rows = good_rows()
    rows[0][4], rows[0][5] = "市经信委\n市民政局;市公安局", date(2027, 9, 30)
    rows[1][5] = "2027年9月30日"
    rows[2][3] = "市 民 政 局"
    book = breakdown(rows)
    sheet = book.active
    assert sheet is not None
    sheet.merge_cells("B3:B4")
    found = read_breakdown(saved(book, tmp_path))
    assert found.faults == []
    assert [row.title for row in found.rows] == ["编制资金计划", "编制资金计划", "热线接通"]
    assert found.rows[0].cooperating == ("市经信委", "市民政局", "市公安局")
    assert [row.deadline.day for row in found.rows[:2]] == [date(2027, 9, 30)] * 2
    assert found.rows[2].lead == "市民政局"


@pytest.mark.parametrize(
    ("column", "value", "letter"),
    [
        ("工作任务", None, "B"), ("工作任务", "长" * 201, "B"), ("具体要求", "长" * 501, "C"), ("牵头单位", None, "D"),
        ("牵头单位", "市财政局、市经信委", "D"), ("完成时限", "2027-02-30", "F"), ("完成时限", "下周", "F"),
        ("完成时限", 46661, "F"), ("反馈周期", "随时", "G"), ("配合单位", "=1/0", "E"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_meant(tmp_path: Path, column: str, value: Any, letter: str) -> None:
    path = changed(tmp_path, 4, **{column: value})
    if value == "=1/0":
        book = load_workbook(path)
        sheet = book.active
        assert sheet is not None
        sheet["E4"].value, sheet["E4"].data_type = "#DIV/0!", "e"
        book.save(path)
    found = read_breakdown(path)
    (fault,) = found.faults
    assert (fault.row, fault.column_letter, fault.column_name) == (4, letter, column)
    assert fault.zh and fault.en and fault.mend_zh and fault.mend_en
    assert [row.row for row in found.rows] == [3, 5] and found.count == 3


def test_without_a_year_in_the_title(tmp_path: Path) -> None:
    assert reading(tmp_path, title="任务分解表", 完成时限="12月31日").rows[0].deadline == Deadline(lacks_year=True)
    assert reading(tmp_path, title="2026年至2027年任务分解表").year is None


def test_footnotes_blank_rows_and_a_repeated_header(tmp_path: Path) -> None:
    rows = good_rows()
    rows += [[None] * 7, ["序号", "工作任务", "具体要求", "牵头单位", "配合单位", "完成时限", "反馈周期"], [4],
             [None, "注:由综合部汇总"]]  # fmt: skip
    found = read_breakdown(saved(breakdown(rows), tmp_path))
    assert (found.count, found.faults, [note.row for note in found.notes]) == (3, [], [FIRST + 6])


def test_what_is_no_breakdown(tmp_path: Path) -> None:
    (fault,) = read_breakdown(tmp_path / "nowhere.xlsx").faults
    assert fault.row is None
    (fault,) = read_breakdown(DATA / "roster.xlsx").faults
    assert "表头" in fault.zh
    (fault,) = read_breakdown(saved(breakdown([]), tmp_path)).faults
    assert "没有任务" in fault.zh
    book = breakdown(good_rows())
    sheet = book.active
    assert sheet is not None
    sheet["F2"], sheet["G2"] = "周期", "牵头单位"
    faults = read_breakdown(saved(book, tmp_path)).faults
    assert {fault.column_name for fault in faults} == {"牵头单位", "完成时限", "反馈周期"}
