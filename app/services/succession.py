"""What is owed or drafted in a person's own name passes to his successor when he has left his office (C5)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import today
from app.core.enforces import enforces
from app.models.matters import Motion
from app.models.outcome import Document
from app.models.people import Appointment, Group
from app.models.records import Task
from app.queries.actors import in_force
from app.rules.catalogue import TABLES
from app.rules.roles import HANDLERS, Role, of_department, of_office, of_person
from app.services.work import Work

PASSED_ON = ("signature", "revision", "drafting", "more_time")
# Audiences that mean one person; where nobody follows him, who answers in his place.
IN_HIS_NAME = ("drafter", "issuer")
_DRAFTS = ((Motion, "motion"), (Document, "document"))


async def left_behind(session: AsyncSession) -> list[tuple[UUID, UUID]]:
    """Group and person, wherever something is owed in the name of somebody who has no office in the group any more."""
    query = select(col(Task.group_id), col(Task.holder)).where(
        col(Task.closed_at).is_(None), col(Task.audience).in_(IN_HIS_NAME), col(Task.holder).startswith("person/")
    )
    found = (await session.execute(query.distinct())).all()
    owed = {(group_id, UUID(holder.removeprefix("person/"))) for group_id, holder in found}
    if not owed:
        return []
    seats = select(col(Appointment.group_id), col(Appointment.person_id)).where(
        col(Appointment.person_id).in_([person for _, person in owed]), in_force(today())
    )
    return sorted(owed - {(group_id, person) for group_id, person in (await session.execute(seats)).all()})


@enforces("C5")
async def follow(work: Work, group_id: UUID, person_id: UUID) -> None:
    """Pass on what he left behind to whoever came after him; to General Affairs or the director where nobody did."""
    query = select(Appointment).where(
        col(Appointment.group_id) == group_id, col(Appointment.person_id) == person_id,
        col(Appointment.ends_on) < work.day,
    )  # fmt: skip
    rows = (await work.session.scalars(query.order_by(col(Appointment.ends_on).desc()))).all()
    if not rows:
        await _hand_over(work, group_id, person_id, None)
    else:
        await pass_on(work, rows[0], await _successor(work, rows[0]))


async def _successor(work: Work, row: Appointment) -> UUID | None:
    assert row.ends_on  # it has ended
    query = select(col(Appointment.person_id)).where(
        col(Appointment.group_id) == row.group_id, col(Appointment.role) == row.role,
        col(Appointment.unit_id).is_not_distinct_from(row.unit_id),
        col(Appointment.starts_on) == row.ends_on + timedelta(days=1), in_force(work.day),
    )  # fmt: skip
    found: UUID | None = await work.session.scalar(query.limit(1))
    return found


@enforces("C5")
async def pass_on(work: Work, row: Appointment, successor_id: UUID | None) -> None:
    """An office's debts are its holder's of the day; what is owed or drafted in a person's name is passed on."""
    await _hand_over(work, row.group_id, row.person_id, successor_id)
    if successor_id is None or Role(row.role) not in HANDLERS:
        return
    for model, noun in _DRAFTS:
        final = [name for name, state in TABLES[noun].states.items() if state.final or name == "registered"]
        drafts: Any = select(model).where(
            col(model.group_id) == row.group_id, col(model.drafter_id) == row.person_id, col(model.state).not_in(final)
        )
        for draft in (await work.session.scalars(drafts)).all():
            draft.drafter_id = successor_id


async def _hand_over(work: Work, group_id: UUID, person_id: UUID, successor_id: UUID | None) -> None:
    """A reassignment starts the ladder of reminders anew (C2)."""
    owed = select(Task).where(
        col(Task.group_id) == group_id, col(Task.holder) == of_person(person_id), col(Task.closed_at).is_(None)
    )
    group = await work.session.get(Group, group_id)
    for task in (await work.session.scalars(owed)).all():
        if successor_id and (task.kind in PASSED_ON or task.audience in IN_HIS_NAME):
            holder = of_person(successor_id)
        elif successor_id is None and task.audience in IN_HIS_NAME:
            holder = _in_his_place(task, group)
        else:
            continue
        task.holder, task.due_version = holder, task.due_version + 1
    await work.session.flush()


def _in_his_place(task: Task, group: Group | None) -> str:
    if task.audience == "issuer":
        return of_office(task.group_id, Role.OFFICE_DIRECTOR.value)
    unit_id = group.settings.get("general_affairs") if group else None
    return of_department(task.group_id, UUID(unit_id)) if unit_id else of_office(task.group_id, "office")
