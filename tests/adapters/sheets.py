"""Contact lists made for one test: a correct small one, changed in one place."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook

DATA = Path(__file__).parent.parent / "data"
HEADER = ["序号", "单位", "单位类别", "姓名", "单位职务", "领导小组职务", "任职起始", "手机", "邮箱", "备注"]
FIRST = 4
Rows = list[list[Any]]


_GOOD = """
市政府,领导,陆衡,市长,组长,14012340001,a001,
市政府,领导,秦立言,副市长,副组长,14012340002,a002,分管市经信委
领导小组办公室,办公室,顾清和,主任,办公室主任,14012340003,b003,
领导小组办公室,办公室,方宁,副主任,办公室副主任,14012340004,b004,分管综合部
综合部,内设机构,姚文静,部长,部门负责人,14012340005,c005,
市财政局,成员单位,蒋国栋,主要负责人,成员,14012340006,d006,常设列席
市财政局,成员单位,戴敏,科长,联络员,14012340007,d007,
临江区政府,县区,汤伟,分管负责人,责任人,14012340008,e008,
领导小组办公室,办公室,管平,系统管理员,系统管理员,14012340009,b009,
"""


def good_rows() -> Rows:
    """Rows 4 to 12 of a list without a fault."""
    rows: Rows = []
    for number, line in enumerate(_GOOD.split(), start=1):
        *post, phone, mail, remark = line.split(",")
        rows.append([number, *post, "2024-03-01", phone, f"{mail}@example.cn", remark or None])
    return rows


def workbook(rows: Rows, header: list[str] = HEADER) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["江澜市智慧城市领导小组成员名单"])
    sheet.append(["(内部资料)"])
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    return book


def saved(book: Workbook, folder: Path) -> Path:
    path = folder / "list.xlsx"
    book.save(path)
    return path


def with_change(folder: Path, row: int, **cells: Any) -> Path:
    """The good list with some cells of one row (as the spreadsheet program numbers it) changed, by column name."""
    return with_changes(folder, [(row, cells)])


def with_changes(folder: Path, changes: Iterable[tuple[int, dict[str, Any]]]) -> Path:
    rows = good_rows()
    for row, cells in changes:
        for name, value in cells.items():
            rows[row - FIRST][HEADER.index(name)] = value
    return saved(workbook(rows), folder)
