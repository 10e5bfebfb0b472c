"""A spreadsheet as rows of typed cells that still know their place; what cannot be read becomes a fault (C12).

Nothing here knows what the sheet is about. Values are those that the spreadsheet program shows: of a formula its last
result, of cells merged downwards the one value for each of their rows.
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.core.faults import Fault, file_fault
from app.core.text import clean, compact

Value = str | int | float | bool | date | None

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED = 80 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
HEADER_WITHIN = 30
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Unreadable(Exception):
    """The file is no workbook that can be read; the fault says why and what to do."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.en)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Cell:
    row: int
    column: int
    value: Value
    error: str = ""

    @property
    def letter(self) -> str:
        return get_column_letter(self.column)

    @property
    def reference(self) -> str:
        return f"{self.letter}{self.row}"

    @property
    def text(self) -> str:
        """The value as a person would have typed it, cleaned."""
        if self.value is None:
            return ""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return clean(str(self.value))

    @property
    def blank(self) -> bool:
        return not self.text and not self.error


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.blank]

    def at(self, column: int) -> Cell:
        if column <= len(self.cells):
            return self.cells[column - 1]
        return Cell(self.number, column, None)


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns of a table stand: found by their names, whatever their order or the titles above."""

    row: int
    columns: Mapping[str, int]
    twice: tuple[Cell, ...] = ()

    def cell(self, row: Row, name: str) -> Cell:
        return row.at(self.columns[name])


def read_sheets(path: Path) -> list[Sheet]:
    """The visible sheets of a workbook. Raises Unreadable."""
    _refuse_what_is_no_workbook(path)
    try:
        shown = load_workbook(path, data_only=True)
        written = load_workbook(path)
    except Exception as problem:  # openpyxl raises whatever its XML and ZIP readers meet: all mean the same here
        raise Unreadable(_fault_damaged(path)) from problem
    visible = [_sheet(written, sheet) for sheet in shown.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise Unreadable(_fault_damaged(path))
    return visible


def read_bytes(path: Path) -> bytes:
    """A whole file that is no workbook. Raises Unreadable."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(_fault_too_large(f"{path.stat().st_size}字节", f"{path.stat().st_size} bytes"))
        return path.read_bytes()
    except OSError as problem:
        raise Unreadable(_fault_missing(path)) from problem


def find_header(sheet: Sheet, names: Mapping[str, Sequence[str]], at_least: int) -> Header | None:
    """The first row among the top ones in which at least so many of the columns are named."""
    known = {clean(alias): name for name, aliases in names.items() for alias in (name, *aliases)}
    for row in sheet.rows[:HEADER_WITHIN]:
        columns: dict[str, int] = {}
        twice: list[Cell] = []
        for cell in row.filled:
            name = known.get(compact(cell.text).rstrip("*:"))
            if name in columns:
                twice.append(cell)
            elif name:
                columns[name] = cell.column
        if len(columns) >= at_least:
            return Header(row.number, columns, tuple(twice))
    return None


def _sheet(written: Workbook, sheet: Worksheet) -> Sheet:
    columns = min(sheet.max_column, MOST_COLUMNS)
    if sheet.max_row > MOST_ROWS:
        raise Unreadable(_fault_too_large(f"{sheet.max_row}行", f"{sheet.max_row} rows"))
    merged = _merged_downwards(sheet)
    source = written[sheet.title]
    rows = []
    for number in range(1, sheet.max_row + 1):
        cells = (_cell(sheet, source, number, column, merged) for column in range(1, columns + 1))
        rows.append(Row(number, tuple(cells)))
    return Sheet(sheet.title, tuple(rows))


def _cell(sheet: Worksheet, source: Worksheet, row: int, column: int, merged: Mapping[tuple[int, int], int]) -> Cell:
    from_row = merged.get((row, column), row)
    found = sheet.cell(from_row, column)
    if found.data_type == "e":
        return Cell(row, column, None, str(found.value))
    if found.value is None and source.cell(from_row, column).data_type == "f":
        return Cell(row, column, None, "公式")
    return Cell(row, column, _value(found.value))


def _value(value: object) -> Value:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, str | int | float | bool | date):
        return value
    return value.isoformat() if isinstance(value, time) else str(value)


def _merged_downwards(sheet: Worksheet) -> dict[tuple[int, int], int]:
    """Cell -> row of the cell that holds its value, for blocks merged over several rows of one column."""
    return {
        (row, block.min_col): block.min_row
        for block in sheet.merged_cells.ranges
        if block.min_col == block.max_col and block.max_row - block.min_row < MOST_ROWS
        for row in range(block.min_row + 1, block.max_row + 1)
    }


def _refuse_what_is_no_workbook(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(min(size, LARGEST_FILE))
    except OSError as problem:
        raise Unreadable(_fault_missing(path)) from problem
    if not size:
        raise Unreadable(_fault_empty(path))
    if size > LARGEST_FILE:
        raise Unreadable(_fault_too_large(f"{size}字节", f"{size} bytes"))
    if head.startswith(_OLE):
        raise Unreadable(_fault_encrypted(path) if _ENCRYPTED in head else _fault_no_workbook(path))
    if not zipfile.is_zipfile(path):
        raise Unreadable(_fault_no_workbook(path))
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
            is_workbook = "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile as problem:
        raise Unreadable(_fault_damaged(path)) from problem
    if unpacked > LARGEST_UNPACKED:
        raise Unreadable(_fault_too_large(f"解压后{unpacked}字节", f"{unpacked} bytes unpacked"))
    if not is_workbook:
        raise Unreadable(_fault_no_workbook(path))


def _fault_missing(path: Path) -> Fault:
    return file_fault(
        f"读不到文件{path.name}。", f"The file {path.name} cannot be read.",
        "请核对文件名和读取权限。", "check its name and the permission to read it.",
    )  # fmt: skip


def _fault_empty(path: Path) -> Fault:
    return file_fault(
        f"文件{path.name}是空的。", f"The file {path.name} is empty.",
        "请重新保存或重新发送。", "save it or send it again.",
    )  # fmt: skip


def _fault_encrypted(path: Path) -> Fault:
    return file_fault(
        f"文件{path.name}设有打开密码。", f"The file {path.name} is protected by a password.",
        "请去掉密码后另存为 .xlsx。", "save it as .xlsx without the password.",
    )  # fmt: skip


def _fault_no_workbook(path: Path) -> Fault:
    return file_fault(
        f"文件{path.name}不是 .xlsx 工作簿。", f"The file {path.name} is no .xlsx workbook.",
        "请在表格软件中另存为“Excel 工作簿(.xlsx)”。", "save it as .xlsx in the spreadsheet program.",
    )  # fmt: skip


def _fault_damaged(path: Path) -> Fault:
    return file_fault(
        f"文件{path.name}已损坏,读不出工作表。", f"The file {path.name} is damaged; no sheet can be read.",
        "请在表格软件中打开并重新保存。", "open it in the spreadsheet program and save it again.",
    )  # fmt: skip


def _fault_too_large(zh: str, en: str) -> Fault:
    return file_fault(
        f"文件太大({zh})。", f"The file is too large ({en}).",
        "请删去多余的行、图片和工作表后再导入。", "remove superfluous rows, pictures and sheets, then import again.",
    )  # fmt: skip
