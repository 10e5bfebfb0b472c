"""What chasing reads: open tasks whose ladder may have a rung today, the rungs that fired, who holds which seat."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.models.people import Appointment, Group
from app.models.records import Part, Reminder, Task
from app.queries.actors import in_force
from app.rules.roles import RANKS, Role, Seat


@dataclass(frozen=True, slots=True)
class OpenTask:
    id: UUID
    group_id: UUID
    noun: str
    object_id: UUID
    kind: str
    audience: str
    holder: str
    due_on: date
    due_version: int
    opened_at: datetime


async def tasks_to_chase(session: AsyncSession, due_until: date, last_rung: int) -> list[OpenTask]:
    """Open tasks due by this day whose last rung has not fired for their present due date."""
    columns = [getattr(Task, name) for name in OpenTask.__dataclass_fields__]
    at_its_end = exists().where(
        col(Reminder.task_id) == col(Task.id),
        col(Reminder.due_version) == col(Task.due_version),
        col(Reminder.rung) >= last_rung,
    )
    query = select(*columns).where(col(Task.closed_at).is_(None), col(Task.due_on) <= due_until, ~at_its_end)
    return [OpenTask(*row) for row in (await session.execute(query.order_by(col(Task.due_on), col(Task.id)))).all()]


async def fired_rungs(session: AsyncSession, due_until: date) -> dict[UUID, set[int]]:
    """Task -> the rungs that fired for its present due date."""
    task: Any = aliased(Task)
    query = (
        select(col(Reminder.task_id), col(Reminder.rung))
        .join(task, (task.id == col(Reminder.task_id)) & (task.due_version == col(Reminder.due_version)))
        .where(task.closed_at.is_(None), task.due_on <= due_until)
        .distinct()
    )
    found: dict[UUID, set[int]] = defaultdict(set)
    for task_id, rung in (await session.execute(query)).all():
        found[task_id].add(rung)
    return found


@dataclass(slots=True)
class Seats:
    """Who stands behind each holder of one group today, highest rank first."""

    group: Group
    rows: list[Appointment]
    _behind: dict[str, list[Appointment]] = field(init=False, default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.rows.sort(key=lambda row: (RANKS[Role(row.role)], row.starts_on, row.id))
        for row in self.rows:
            for holder in Seat(Role(row.role), row.group_id, row.unit_id).holders:
                self._behind[holder].append(row)

    def behind(self, holder: str) -> list[Appointment]:
        return self._behind.get(holder, [])

    def holding(self, *roles: Role) -> list[Appointment]:
        return [row for row in self.rows if row.role in roles]

    def rank(self, person_id: UUID | None) -> int | None:
        """The person's highest rank in this group."""
        return next((RANKS[Role(row.role)] for row in self.rows if row.person_id == person_id), None)

    def holders_of(self, person_id: UUID) -> set[str]:
        """Every name under which something is owed by, or given to, this person here."""
        seats = (Seat(Role(row.role), row.group_id, row.unit_id) for row in self.rows if row.person_id == person_id)
        return {f"person/{person_id}"} | {holder for seat in seats for holder in seat.holders}


async def seats_of(session: AsyncSession, group_ids: Collection[UUID], day: date) -> dict[UUID, Seats]:
    groups = (await session.scalars(select(Group).where(col(Group.id).in_(group_ids)))).all()
    query = select(Appointment).where(col(Appointment.group_id).in_(group_ids), in_force(day))
    rows = (await session.scalars(query)).all()
    return {group.id: Seats(group, [row for row in rows if row.group_id == group.id]) for group in groups}


async def parts_of(session: AsyncSession, object_ids: Iterable[UUID]) -> Mapping[UUID, set[str]]:
    """Matter -> the holders who have part in it (A4.4)."""
    query = select(col(Part.object_id), col(Part.holder)).where(
        col(Part.object_id).in_(set(object_ids)), col(Part.in_force)
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for object_id, holder in (await session.execute(query)).all():
        found[object_id].add(holder)
    return found
