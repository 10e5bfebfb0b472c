"""The State Council's yearly notice as rows: which days are off, which weekends are worked (C14).

Three columns, `date,kind,name`, kind `off` or `work`. Reading lists every fault by row as a spreadsheet program counts
them, and what to do about it; it never stops at the first one.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.core import text
from app.core.faults import Fault, file_fault, in_order

COLUMNS = {"date": ("date", "日期"), "kind": ("kind", "类别", "类型"), "name": ("name", "名称", "节日")}
KINDS = {"off": False, "休": False, "放假": False, "work": True, "班": True, "上班": True}
# Off in every year by law. A file without them holds no full year: it may correct days, but makes no year known.
ALWAYS_OFF = ((1, 1), (5, 1), (10, 1))

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class CalendarDay:
    date: date
    is_working: bool
    name: str


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What a file says. With faults, nothing of it may be taken over."""

    rows: int
    days: tuple[CalendarDay, ...]
    faults: tuple[Fault, ...]

    @property
    def years(self) -> frozenset[int]:
        """The years that this file makes known in full."""
        return complete_years(self.days)


def complete_years(days: Iterable[CalendarDay]) -> frozenset[int]:
    """The years of which these days hold the whole notice; other years are at most corrected by them."""
    off = {day.date for day in days if not day.is_working}
    return frozenset(
        year for year in {day.year for day in off} if all(date(year, *month_day) in off for month_day in ALWAYS_OFF)
    )


def parse_calendar_csv(content: str) -> CalendarFile:
    return parse_calendar_rows(csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline="")))


def parse_calendar_rows(rows: Iterable[Sequence[object]]) -> CalendarFile:
    """Read the header and the rows under it; a cell may be text or, from a spreadsheet, a date."""
    return _Reader().read(rows)


@dataclass(slots=True)
class _Reader:
    places: dict[str, int] = field(default_factory=dict)
    days: list[CalendarDay] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: dict[date, int] = field(default_factory=dict)

    def read(self, rows: Iterable[Sequence[object]]) -> CalendarFile:
        numbered = ((number, row) for number, row in enumerate(rows, start=1) if any(_text(cell) for cell in row))
        self._header(next(numbered, (1, ()))[1])
        count = 0
        for number, row in numbered if not self.faults else ():
            count += 1
            self._row(number, {name: row[at] if at < len(row) else "" for name, at in self.places.items()})
        days = tuple(sorted(self.days, key=lambda day: day.date))
        if not self.faults and not complete_years(days):
            self.faults.append(
                file_fault(
                    "没有一个年份是完整的:元旦、劳动节、国庆节都应列为放假。",
                    "No year is complete: 1 January, 1 May and 1 October must be listed as off.",
                    "补全整年的放假安排。",
                    "Add all days of the year's notice.",
                )
            )
        return CalendarFile(count, days, tuple(in_order(self.faults)))

    def _header(self, header: Sequence[object]) -> None:
        titles = [_text(cell).lower() for cell in header]
        for name, words in COLUMNS.items():
            place = next((titles.index(word) for word in words if word in titles), None)
            if place is not None:
                self.places[name] = place
                continue
            self.faults.append(
                file_fault(
                    f"缺少“{name}”列。",
                    f"The column '{name}' is missing.",
                    "表头写成 date,kind,name(日期、类别、名称)。",
                    "Make the header date,kind,name.",
                )
            )

    def _row(self, number: int, cells: dict[str, object]) -> None:
        day = self._day(number, cells["date"])
        kind, name = _text(cells["kind"]), _text(cells["name"])
        working = KINDS.get(kind.lower())
        if working is None:
            self._fault(number, "kind", kind, ("没有这个类别。", "There is no such kind."),
                        ("写 off(休)或 work(班)。", "Write off or work."))  # fmt: skip
        if not name:
            self._fault(number, "name", name, ("缺少名称。", "The name is missing."),
                        ("写节日名称,如“春节”。", "Write the name of the holiday."))  # fmt: skip
        if day is None or not self._plausible(number, day, working) or working is None or not name:
            return
        self.days.append(CalendarDay(day, working, name))

    def _day(self, number: int, cell: object) -> date | None:
        if isinstance(cell, date):
            return cell.date() if isinstance(cell, datetime) else cell
        try:
            return text.day(_text(cell))
        except text.BadDay as bad:
            what = (
                ("日历上没有这一天。", "There is no such day.")
                if bad.impossible
                else ("不是日期。", "This is no date.")
            )
            self._fault(number, "date", _text(cell), what, ("写成 2027-01-01。", "Write it as 2027-01-01."))
            return None

    def _plausible(self, number: int, day: date, working: bool | None) -> bool:
        earlier = self.seen.setdefault(day, number)
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            what, mend = ("年份不合理。", "The year is not plausible."), ("核对年份。", "Check the year.")
        elif earlier != number:
            what = f"第{earlier}行已经列出这一天。", f"Row {earlier} already lists this day."
            mend = "删去其中一行。", "Delete one of the two rows."
        elif working and day.weekday() < 5:
            what = "这一天不是周末,本来就上班。", "This is no weekend day; it is worked anyway."
            mend = "核对日期,或删去此行。", "Check the date, or delete the row."
        else:
            return True
        self._fault(number, "date", str(day), what, mend)
        return False

    def _fault(self, row: int, column: str, value: str, what: tuple[str, str], mend: tuple[str, str]) -> None:
        letter = _letter(self.places[column])
        self.faults.append(Fault(row, letter, column, value, what[0], what[1], mend[0], mend[1]))


def _text(cell: object) -> str:
    return "" if cell is None else text.clean(str(cell))


def _letter(place: int) -> str:
    """The column's name in a spreadsheet program: A to Z, then AA."""
    left, last = divmod(place, 26)
    return (_letter(left - 1) if left else "") + chr(ord("A") + last)
