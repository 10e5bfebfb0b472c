"""The State Council's notice for a year against the stored calendar (C14)."""

from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.adapters.spreadsheet import Unreadable, read_bytes, read_sheets
from app.core.calendar_file import CalendarDay as Day
from app.core.calendar_file import CalendarFile, complete_years, parse_calendar_csv, parse_calendar_rows
from app.core.calendar_notice import parse_calendar_notice
from app.core.enforces import enforces
from app.core.workdays import shipped
from app.models.records import CalendarDay
from app.queries.calendar import load_calendar
from app.services.importing.due_dates import moved
from app.services.importing.plan import Change, Edit, ImportPlan


def read_calendar(path: Path) -> CalendarFile:
    """A CSV file (UTF-8, or GB 18030 as Excel writes it), a workbook, or the text of the notice; never raises."""
    try:
        if path.suffix.lower() == ".txt":
            return parse_calendar_notice(_decoded(path))
        if path.suffix.lower() == ".csv":
            return parse_calendar_csv(_decoded(path))
        rows = read_sheets(path)[0].rows
        return parse_calendar_rows([cell.value for cell in row.cells] for row in rows)
    except Unreadable as problem:
        return CalendarFile(0, (), (problem.fault,))


@enforces("C14")
async def plan(session: AsyncSession, read: CalendarFile) -> ImportPlan:
    """The days that would change. A year that the file holds in full is stored in full once a day of it differs."""
    made = ImportPlan(faults=list(read.faults))
    if made.faults:
        return made
    stored = {row.day: row for row in await session.scalars(select(CalendarDay))}
    known = (await load_calendar(session)).exceptions
    wanted = {day.date: CalendarDay(day=day.date, working=day.is_working, name=day.name) for day in read.days}
    differing = [row for day, row in wanted.items() if known.get(day) != row.working]
    gone = [day for day in known if day.year in read.years and day not in wanted]
    made.changes = [_changed(row, stored) for row in differing] + [_gone(day, stored) for day in gone]
    touched = {row.day.year for row in differing} | {day.year for day in gone}
    beside = tuple(
        row
        for day, row in wanted.items()
        if day.year in touched & read.years and day not in stored and known.get(day) == row.working
    )
    if beside:
        zh = f"同一年其余{len(beside)}天一并存入。"
        en = f"The other {len(beside)} days of the year are stored with them."
        made.changes.append(Change(None, "calendar", "store", zh, en, new=beside, clause="C14"))
    if made.changes:
        before = await load_calendar(session)
        days = [Day(day.day, day.working, day.name) for day in _stored_after(stored, made)]
        after = shipped().with_days(days, complete_years(days)) if days else shipped()
        made.changes += await moved(session, before, after)
    return made


def _stored_after(stored: dict[date, CalendarDay], made: ImportPlan) -> list[CalendarDay]:
    """The stored days as they will be when the plan has been carried out."""
    edited = {edit.row.day: edit.value for each in made.changes for edit in each.edits if edit.column == "working"}
    gone = {row.day for each in made.changes for row in each.gone}
    new = [row for each in made.changes for row in each.new]
    kept = [
        CalendarDay(day=day, working=edited.get(day, row.working), name=row.name)
        for day, row in stored.items()
        if day not in gone
    ]
    return kept + new


def _changed(row: CalendarDay, stored: dict[date, CalendarDay]) -> Change:
    known = stored.get(row.day)
    zh, en = ("上班", "worked") if row.working else ("放假", "off")
    said = f"{row.day}{zh}({row.name})。", f"{row.day} is {en} ({row.name})."
    if known is None:
        return Change(None, "calendar", "add", *said, new=(row,), clause="C14")
    edits = (Edit(known, "working", row.working), Edit(known, "name", row.name))
    return Change(None, "calendar", "change", *said, edits=edits, clause="C14")


def _gone(day: date, stored: dict[date, CalendarDay]) -> Change:
    said = f"{day}不再是例外。", f"{day} is no exception any more."
    return Change(None, "calendar", "remove", *said, gone=(stored[day],) if day in stored else (), clause="C14")


def _decoded(path: Path) -> str:
    raw = read_bytes(path)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")
