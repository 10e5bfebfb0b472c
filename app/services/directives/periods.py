"""Periodic reports: each has a due date and is a task of its own; a missing one stays owed, and late (C1, C3)."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlmodel import col

from app.core.clock import today
from app.core.enforces import enforces
from app.core.periods import next_report
from app.core.refusals import Conflict
from app.models.engine import Database
from app.models.outcome import Directive
from app.models.records import Task
from app.queries.subjects import Subject, load_subject
from app.services import tasks
from app.services.work import Work, Works

KIND = "progress"
BATCH = 200


def changes(work: Work, row: Directive, *, begin: bool = False) -> dict[str, Any]:
    """What entering the work sets: from when periods are counted, and when the next report is due."""
    if not row.period:
        return {}
    begun = work.day if begin or row.periods_from is None else row.periods_from
    due = next_report(work.calendar, begun, row.period, work.day, row.due_on)
    return {"periods_from": begun, "next_report_on": due}


async def _owed(work: Work, subject: Subject) -> list[Task]:
    """The periodic reports that are owed, the oldest first."""
    found = [task for task in await tasks.open_tasks(work, subject) if task.kind == KIND]
    return sorted(found, key=lambda task: (task.due_on, task.id))


@enforces("C1", "C3")
async def answered(work: Work, subject: Subject, person_id: UUID | None) -> date | None:
    """A report answers the oldest that is owed; the day on which that was due. The next one begins to be owed."""
    owed = await _owed(work, subject)
    if not owed:
        return None
    tasks.close(work, owed[0], "report", person_id)
    await work.session.flush()
    if len(owed) == 1:
        await _open_next(work, subject, owed[0].due_on)
    return owed[0].due_on


async def _open_next(work: Work, subject: Subject, after: date) -> None:
    row: Directive = subject.row
    begun = row.periods_from or work.day
    row.next_report_on = next_report(work.calendar, begun, row.period, max(after, work.day), row.due_on)
    for ask in subject.state.awaits:
        if ask.kind == KIND:
            tasks.open_asked(work, subject, ask, "C3")
    await work.session.flush()


async def dates_moved(work: Work, subject: Subject) -> None:
    """More time was granted: reports fall due again where the old date left none."""
    if subject.row.period and not await _owed(work, subject):
        await _open_next(work, subject, work.day)


@enforces("C1", "C3")
async def roll_on(db: Database) -> int:
    """Where the day of a periodic report has passed the next one begins to be owed beside it. How many began."""
    begun = 0
    while batch := await _passed(db):
        for directive_id in batch:
            begun += await _roll(Works(db), directive_id)
        if len(batch) < BATCH:
            break
    return begun


async def _passed(db: Database) -> list[UUID]:
    never_counted = and_(col(Directive.period) != "", col(Directive.periods_from).is_(None))
    query = select(col(Directive.id)).where(
        col(Directive.state) == "in_progress", or_(col(Directive.next_report_on) < today(), never_counted)
    )
    async with db.read() as session:
        return list((await session.scalars(query.order_by(col(Directive.id)).limit(BATCH))).all())


async def _roll(works: Works, directive_id: UUID) -> int:
    """One directive, in a transaction of its own: of two workers at once the second finds it done, or meets a conflict
    and leaves it to the first."""
    try:
        async with works.begin() as work:
            row = await work.session.get(Directive, directive_id)
            if row is None or row.state != "in_progress":
                return 0
            after = row.next_report_on or work.day
            if row.period and row.periods_from is None:  # it was under way before periods were counted
                row.periods_from, after = work.day, work.day
            elif row.next_report_on is None or after >= work.day:
                return 0
            await _open_next(work, await load_subject(work.session, "directive", row), after)
            return 1
    except Conflict:
        return 0
