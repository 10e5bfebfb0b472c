"""Tasks (C1): opened when a state that awaits a reply is entered, closed when it is left or the reply has come."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core import periods
from app.core.clock import local_day
from app.core.enforces import enforces
from app.core.workdays import Due, WorkingCalendar
from app.models.records import Task
from app.queries.subjects import Subject
from app.rules.catalogue import TABLES
from app.rules.workflow import Ask
from app.services.audiences import resolve
from app.services.work import Work


def row_column(noun: str, state: str, kind: str) -> str:
    """The column of the matter that holds the date of this kind of task; empty where the task alone holds it."""
    asks = TABLES[noun].states[state].awaits
    return next((ask.days[4:] for ask in asks if ask.kind == kind and ask.days.startswith("row.")), "")


@enforces("C14")
def due_of(work: Work, subject: Subject, ask: Ask) -> Due | None:
    """When the reply is due: a date set by a person is not moved; a period counts working days (C14)."""
    if not ask.days.startswith("row."):
        return work.calendar.add(work.day, subject.days(ask.days))
    day: date | None = getattr(subject.row, ask.days[4:])
    if day is None:
        return None
    reckoned = _reckoned(work.calendar, subject, ask)
    return reckoned if reckoned and reckoned.date == day else work.calendar.fixed(day)


def _reckoned(calendar: WorkingCalendar, subject: Subject, ask: Ask) -> Due | None:
    """How the date on a matter comes about where nobody sets another."""
    if subject.noun == "attendance":
        return calendar.due_before(local_day(subject.one("meeting").starts_at), subject.days("answer_days"))
    if (subject.noun, ask.kind) == ("directive", "progress"):
        row = subject.row
        return periods.reckoned(calendar, row.periods_from, row.period, row.next_report_on)
    if subject.noun == "publication":
        return calendar.add(subject.one("document").dated_on, subject.days("publication_days"))
    if subject.noun == "opinion" and not subject.row.extended:
        return calendar.add(local_day(subject.row.created_at), subject.days("opinion_days"))
    return None


async def open_tasks(work: Work, subject: Subject, only: Sequence[str] | None = None) -> list[Task]:
    """The open tasks on this matter."""
    query = select(Task).where(col(Task.object_id) == subject.row.id, col(Task.closed_at).is_(None))
    if only is not None:
        query = query.where(col(Task.holder).in_(only))
    return list((await work.session.scalars(query)).all())


@enforces("C1")
async def open_for_state(work: Work, subject: Subject, clause: str, only: Collection[str] | None = None) -> list[Task]:
    """One task for each holder whose reply the present state awaits; or for these holders only."""
    return [task for ask in subject.state.awaits for task in open_asked(work, subject, ask, clause, only)]


def open_asked(work: Work, subject: Subject, ask: Ask, clause: str, only: Collection[str] | None = None) -> list[Task]:
    """One task for each holder of the audience that is asked; also of what the state itself does not await. None where
    the matter sets no date for it."""
    due = due_of(work, subject, ask)
    if due is None:
        return []
    opened = [
        Task(
            group_id=subject.row.group_id,
            noun=subject.noun,
            object_id=subject.row.id,
            kind=ask.kind,
            state=subject.row.state,
            audience=ask.audience,
            holder=holder,
            clause=clause,
            due_on=due.date,
            due_zh=due.zh,
            due_en=due.en,
            provisional=due.provisional,
            opened_at=work.now,
        )
        for holder in resolve(subject, ask.audience)
        if only is None or holder in only
    ]
    work.session.add_all(opened)
    return opened


def open_for(work: Work, subject: Subject, kind: str, audience: str, holder: str, due: Due, clause: str) -> Task:
    """One task that no state of the table awaits, such as papers to read before a meeting."""
    task = Task(
        group_id=subject.row.group_id, noun=subject.noun, object_id=subject.row.id, kind=kind, state=subject.row.state,
        audience=audience, holder=holder, clause=clause, due_on=due.date, due_zh=due.zh, due_en=due.en,
        provisional=due.provisional, opened_at=work.now,
    )  # fmt: skip
    work.session.add(task)
    return task


async def close_all(work: Work, subject: Subject, outcome: str, by: UUID | None) -> None:
    for task in await open_tasks(work, subject):
        close(work, task, outcome, by)


def close(work: Work, task: Task, outcome: str, by: UUID | None) -> None:
    """A finished or withdrawn task is not chased any more (C2)."""
    task.closed_at, task.outcome, task.closed_by = work.now, outcome, by


async def move_due(work: Work, subject: Subject, day: date, kind: str = "") -> None:
    """An extension: the new date starts the ladder anew (C2). With `kind` only tasks of this kind move."""
    for task in await open_tasks(work, subject):
        if kind not in ("", task.kind):
            continue
        task.due_on, task.due_version = day, task.due_version + 1
        task.due_zh, task.due_en, task.provisional = f"延期至 {day}", f"extended to {day}", False
