"""Task breakdowns made for one test: a correct small one, changed in one place. Rows are numbered from 3."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook

from app.adapters.breakdown import BreakdownReading, read_breakdown

HEADER = ["序号", "工作任务", "具体要求", "牵头单位", "配合单位", "完成时限", "反馈周期"]
FIRST = 3
_GOOD = """
编制资金计划|计划印发到12个单位|市财政局|市经信委、市民政局|2027-09-30|按月
数据归集|完成36个部门数据归集|市经信委|各成员单位|2027年底|双周
热线接通|接通率95%|市民政局|东湖区政府|长期坚持|按季
"""


def good_rows() -> list[list[Any]]:
    lines = [line.split("|") for line in _GOOD.strip().splitlines()]
    return [[number, *cells] for number, cells in enumerate(lines, start=1)]


def breakdown(rows: list[list[Any]], title: str = "2027年重点任务分解表") -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.append(HEADER)
    for row in rows:
        sheet.append(row)
    return book


def changed(folder: Path, row: int, **cells: Any) -> Path:
    """The good sheet with cells of one row (as the spreadsheet program numbers it) changed, by column name."""
    rows = good_rows()
    for name, value in cells.items():
        rows[row - FIRST][HEADER.index(name)] = value
    return saved(breakdown(rows), folder)


def saved(book: Workbook, folder: Path) -> Path:
    path = folder / "tasks.xlsx"
    book.save(path)
    return path


def reading(folder: Path, row: int = FIRST, title: str = "2027年重点任务分解表", **cells: Any) -> BreakdownReading:
    rows = good_rows()
    for name, value in cells.items():
        rows[row - FIRST][HEADER.index(name)] = value
    return read_breakdown(saved(breakdown(rows, title), folder))
