"""A task breakdown (任务分解表), as it is, to rows that say what they mean, and every fault with its place (C12, C19).

Columns are found by their names, whatever titles stand above; the title gives the year to dates that name none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.adapters import breakdown_columns as words
from app.adapters.breakdown_rows import BreakdownRow, RowReader
from app.adapters.cells import header_faults, the_sheet
from app.adapters.spreadsheet import Cell, Header, Row, Sheet, Unreadable
from app.core.enforces import enforces
from app.core.faults import Fault, Note, file_fault, in_order
from app.core.text import clean, compact

_YEAR = re.compile(r"(20\d{2})\s*年")

__all__ = ["BreakdownReading", "BreakdownRow", "read_breakdown"]


@dataclass(slots=True)
class BreakdownReading:
    """`rows` are the good ones, `count` is the number of all rows of data, `year` the one that the title names."""

    rows: list[BreakdownRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    count: int = 0
    year: int | None = None


@enforces("C12")
def read_breakdown(path: Path) -> BreakdownReading:
    """Never raises: what is no workbook at all comes back as a fault, too."""
    try:
        sheet, header, notes = the_sheet(path, words.COLUMNS, words.HEADER_AT_LEAST)
    except Unreadable as problem:
        return BreakdownReading(faults=[problem.fault])
    reading = _read_sheet(sheet, header)
    reading.notes += notes
    return reading


def _read_sheet(sheet: Sheet, header: Header) -> BreakdownReading:
    reading = BreakdownReading(
        faults=header_faults(header, words.COLUMNS, words.COLUMN_NAMES_EN), year=_year(sheet, header)
    )
    if reading.faults:
        return reading
    for row in sheet.rows[header.row :]:
        if _is_data(row, header):
            reading.count += 1
            reader = RowReader(header, row, year=reading.year)
            if good := reader.read():
                reading.rows.append(good)
            reading.faults += reader.faults
        elif said := _footnote(row):
            reading.notes.append(Note(row.number, f"附注,未导入:{said}", f"A footnote, not imported: {said}"))
    if not reading.count:
        reading.faults.append(_no_rows())
    reading.faults = in_order(reading.faults)
    return reading


def _year(sheet: Sheet, header: Header) -> int | None:
    """The one year that the titles above the header name."""
    titles = (cell.text for row in sheet.rows[: header.row - 1] for cell in row.filled)
    years = {int(year) for title in titles for year in _YEAR.findall(title)}
    return years.pop() if len(years) == 1 else None


def _is_data(row: Row, header: Header) -> bool:
    """Neither blank nor a footnote; a running number alone, or the header repeated on a new page, is no data."""
    named = [header.cell(row, name) for name in header.columns if not header.cell(row, name).blank]
    if not named or _is_header(named):
        return False
    return not (len(row.filled) == 1 and clean(named[0].text).startswith(words.FOOTNOTES))


def _footnote(row: Row) -> str:
    said = " ".join(cell.text for cell in row.filled)
    return "" if said.isdecimal() or _is_header(row.filled) else said


def _is_header(cells: Sequence[Cell]) -> bool:
    """The header once more, as it stands at the top of each printed page."""
    return bool(cells) and all(compact(cell.text) in (*words.COLUMNS, "序号") for cell in cells)


def _no_rows() -> Fault:
    return file_fault(
        "表头下面没有任务。", "There are no tasks below the header.",
        "请在表头下面逐行填写。", "fill in rows below the header.",
    )  # fmt: skip
