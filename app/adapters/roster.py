"""An office's contact list, as it is, to rows that say what they mean, and every fault with its place (C12).

The list keeps its titles, remarks, blank rows and footnotes; columns are found by their names. Reading never raises:
what is no workbook at all comes back as a fault, too.
"""

from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import get_column_letter

from app.adapters import roster_columns as words
from app.adapters.cells import header_faults, is_data, no_rows, the_sheet
from app.adapters.roster_checks import across_rows, notes_on
from app.adapters.roster_rows import RosterRow, RowReader
from app.adapters.spreadsheet import Header, Sheet, Unreadable
from app.core.enforces import enforces
from app.core.faults import Fault, Note, in_order
from app.core.text import compact

GROUP = "领导小组"

__all__ = ["RosterReading", "RosterRow", "read_roster"]


@dataclass(slots=True)
class RosterReading:
    """What a contact list says. `rows` are the good ones; `count` is the number of all rows of data.

    `group_name` is the leading group that the title names, if it does; `letters` says which column stands where.
    """

    rows: list[RosterRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    count: int = 0
    group_name: str = ""
    letters: dict[str, str] = field(default_factory=dict)


@enforces("C12")
def read_roster(path: Path) -> RosterReading:
    try:
        sheet, header, notes = the_sheet(path, words.COLUMNS, words.HEADER_AT_LEAST)
    except Unreadable as problem:
        return RosterReading(faults=[problem.fault])
    reading = _read_sheet(sheet, header)
    reading.notes += notes
    return reading


def _read_sheet(sheet: Sheet, header: Header) -> RosterReading:
    reading = RosterReading(
        faults=header_faults(header, words.COLUMNS, words.COLUMN_NAMES_EN), group_name=_group_name(sheet, header)
    )
    if reading.faults:
        return reading
    readers = []
    for row in sheet.rows[header.row :]:
        if is_data(row, header, words.COLUMNS, words.FOOTNOTES):
            reader = RowReader(header, row)
            readers.append(reader)
            if good := reader.read():
                reading.rows.append(good)
            reading.faults += reader.faults
        elif (said := " ".join(cell.text for cell in row.filled)) and not said.isdecimal():
            reading.notes.append(Note(row.number, f"附注,未导入:{said}", f"A footnote, not imported: {said}"))
    reading.count = len(readers)
    reading.letters = {name: get_column_letter(column) for name, column in header.columns.items()}
    if not readers:
        reading.faults.append(no_rows())
    reading.faults += across_rows(readers)
    reading.faults = in_order(reading.faults)
    reading.notes = sorted(reading.notes + notes_on(reading.rows), key=lambda note: note.row or 0)
    if reading.faults:
        spoilt = {fault.row for fault in reading.faults}
        reading.rows = [row for row in reading.rows if row.row not in spoilt]
    return reading


def _group_name(sheet: Sheet, header: Header) -> str:
    for row in sheet.rows[: header.row - 1]:
        for cell in row.filled:
            before, found, _ = compact(cell.text).partition(GROUP)
            if found:
                return before + found
    return ""
