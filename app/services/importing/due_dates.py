"""Provisional due dates, reckoned again when the calendar of their year comes in (C14).

How many working days a period had is read off the calendar under which it was reckoned, so that a group's settings may
have changed since. What a person has set is not provisional, and not moved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import local_day
from app.core.enforces import enforces
from app.core.periods import nominal_end
from app.core.workdays import Due, WorkingCalendar
from app.models.matters import Meeting
from app.models.outcome import Document
from app.models.records import Task
from app.queries.subjects import MODELS
from app.rules.catalogue import TABLES
from app.services.importing.plan import Change, Edit
from app.services.task_kinds import kind_name
from app.services.tasks import row_column

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Owed:
    """An open task with a provisional date. `row` is the matter where the date stands on it, too."""

    task: Task
    row: Any
    column: str
    base: date
    backwards: bool
    days: int | None = None
    """Of a period in days: how many. Otherwise working days are counted."""


@enforces("C14")
async def moved(session: AsyncSession, before: WorkingCalendar, after: WorkingCalendar) -> list[Change]:
    """One change for each date that moves, and one for those that stay and are certain now."""
    found = [(each, again(before, after, each)) for each in await _provisional(session, before)]
    moving = [(each, due) for each, due in found if due.date != each.task.due_on]
    certain = [(each, due) for each, due in found if due.date == each.task.due_on and not due.provisional]
    changes = [_moved(each, due) for each, due in moving]
    if certain:
        zh, en = (
            f"{len(certain)}个暂定期限不变,已经确定。",
            f"{len(certain)} provisional dates stay and are certain now.",
        )
        edits = tuple(edit for each, due in certain for edit in _said(each, due))
        changes.append(Change(None, "task", "confirm", zh, en, edits=edits, clause="C14"))
    return changes


def again(before: WorkingCalendar, after: WorkingCalendar, owed: Owed) -> Due:
    """The same number of working days under the new calendar."""
    due = owed.task.due_on
    if owed.days is not None:
        return after.add_calendar_days(owed.base, owed.days)
    if owed.backwards:
        return after.due_before(owed.base, before.working_days_between(due - DAY, owed.base - DAY))
    return after.add(owed.base, before.working_days_between(owed.base, due))


async def _provisional(session: AsyncSession, before: WorkingCalendar) -> list[Owed]:
    query = select(Task).where(col(Task.closed_at).is_(None), col(Task.provisional)).order_by(col(Task.id))
    tasks = (await session.scalars(query)).all()
    rows = await _rows(session, tasks)
    return [await _owed(session, before, task, rows.get(task.object_id)) for task in tasks]


async def _rows(session: AsyncSession, tasks: Sequence[Task]) -> dict[UUID, Any]:
    """The matters whose tasks are due on a date that stands on the matter itself."""
    found: dict[UUID, Any] = {}
    for noun in {task.noun for task in tasks}:
        model: Any = MODELS[noun]
        ids = [task.object_id for task in tasks if task.noun == noun and row_column(task.noun, task.state, task.kind)]
        for row in (await session.scalars(select(model).where(model.id.in_(ids)))).all():
            found[row.id] = row
    return found


async def _owed(session: AsyncSession, before: WorkingCalendar, task: Task, row: Any) -> Owed:
    column = row_column(task.noun, task.state, task.kind)
    if row is None:
        return Owed(task, None, "", local_day(task.opened_at), False)
    if task.noun == "attendance":
        meeting = await session.get_one(Meeting, row.meeting_id)
        return Owed(task, row, column, local_day(meeting.starts_at), True)
    if task.noun == "publication":
        document = await session.get_one(Document, row.document_id)
        return Owed(task, row, column, document.dated_on or local_day(row.created_at), False)
    if task.noun == "directive":
        return _report(before, task, row, column)
    return Owed(task, row, column, local_day(row.created_at), False)


def _report(before: WorkingCalendar, task: Task, row: Any, column: str) -> Owed:
    """A periodic report is counted from the day on which the work began; a missed one no more stands on the matter."""
    end = nominal_end(before, row.periods_from, row.period, task.due_on) or task.due_on
    matter = row if row.next_report_on == task.due_on else None
    return Owed(task, matter, column, row.periods_from, False, (end - row.periods_from).days)


def _moved(owed: Owed, due: Due) -> Change:
    task = owed.task
    table, kind = TABLES[task.noun], (kind_name(task.kind), kind_name(task.kind, "en"))
    zh = f"{table.zh}待办“{kind[0]}”的期限由{task.due_on}改为{due.date}。"
    en = f"The {table.en.lower()}'s task “{kind[1]}” is due on {due.date} instead of {task.due_on}."
    edits = [Edit(task, "due_on", due.date), Edit(task, "due_version", task.due_version + 1), *_said(owed, due)]
    if owed.row is not None:
        edits.append(Edit(owed.row, owed.column, due.date))
    return Change(None, "task", "move", zh, en, task.id, edits=tuple(edits), clause="C14")


def _said(owed: Owed, due: Due) -> Iterator[Edit]:
    yield from (
        Edit(owed.task, "due_zh", due.zh),
        Edit(owed.task, "due_en", due.en),
        Edit(owed.task, "provisional", due.provisional),
    )
