"""What chasing reads: which rungs may fire today for tasks of whom, and who holds which seat."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Date, Integer, Text, Uuid, and_, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models.people import Appointment, Group
from app.models.records import Reminder, Task
from app.queries.actors import in_force
from app.queries.visibility import table_of
from app.rules.roles import RANKS, Role, Seat

# Columns of what is handed to the statements. `day` and `since` are counted as Python's ordinal of a date.
DAYS: Mapping[str, Any] = {
    "due_on": Date(),
    "rung": Integer(),
    "day": Integer(),
    "opened_before": table_of(Task).c.opened_at.type,
}
CLIMBS: Mapping[str, Any] = {"group_id": Uuid(), "kind": Text(), "rung": Integer(), "since": Integer()}


async def group_settings(session: AsyncSession) -> dict[UUID, dict[str, Any]]:
    query = select(col(Group.id), col(Group.settings)).order_by(col(Group.id))
    return {row.id: row.settings for row in (await session.execute(query)).all()}


async def due_days(session: AsyncSession, due_until: date) -> list[tuple[UUID, str, date]]:
    """Group, kind and due date of the open tasks that are due by this day, each once."""
    columns = (col(Task.group_id), col(Task.kind), col(Task.due_on))
    query = select(*columns).where(col(Task.closed_at).is_(None), col(Task.due_on) <= due_until).distinct()
    return [(group_id, kind, due_on) for group_id, kind, due_on in (await session.execute(query)).all()]


def may_fire(task: Any, days: Any, climb: Any) -> ColumnElement[bool]:
    """An open task whose rung has come, was there when its day came, and has not fired for the present due date."""
    fired = exists().where(
        col(Reminder.task_id) == task.id,
        col(Reminder.due_version) == task.due_version,
        col(Reminder.rung) == climb.rung,
    )
    return and_(
        task.closed_at.is_(None),
        task.group_id == climb.group_id,
        task.kind == climb.kind,
        task.due_on == days.due_on,
        days.rung == climb.rung,
        task.opened_at < days.opened_before,
        days.day >= climb.since,
        ~fired,
    )


Candidate = tuple[UUID, str, str]


async def candidates(session: AsyncSession, days: CTE, climbs: CTE) -> dict[Candidate, set[int]]:
    """Group, holder and kind of tasks with a rung that may fire, and which rungs. Who leads has a shorter ladder than
    `climbs` tells, so some of it never fires."""
    task = table_of(Task).c
    columns = (task.group_id, task.holder, task.kind, climbs.c.rung)
    found: dict[Candidate, set[int]] = defaultdict(set)
    for *of, rung in (await session.execute(select(*columns).where(may_fire(task, days.c, climbs.c)).distinct())).all():
        found[of[0], of[1], of[2]].add(rung)
    return found


@dataclass(slots=True)
class Seats:
    """Who stands behind each holder of one group today, highest rank first."""

    group: Group
    rows: list[Appointment]
    _behind: dict[str, list[Appointment]] = field(init=False, default_factory=lambda: defaultdict(list))
    _of_person: dict[UUID, list[Appointment]] = field(init=False, default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.rows.sort(key=lambda row: (RANKS[Role(row.role)], row.starts_on, row.id))
        for row in self.rows:
            self._of_person[row.person_id].append(row)
            for holder in Seat(Role(row.role), row.group_id, row.unit_id).holders:
                self._behind[holder].append(row)

    def behind(self, holder: str) -> list[Appointment]:
        return self._behind.get(holder, [])

    def holding(self, *roles: Role) -> list[Appointment]:
        return [row for row in self.rows if row.role in roles]

    def rank(self, person_id: UUID | None) -> int | None:
        """The person's highest rank in this group."""
        return next((RANKS[Role(row.role)] for row in self._of(person_id)), None)

    def _of(self, person_id: UUID | None) -> list[Appointment]:
        return self._of_person.get(person_id, []) if person_id else []

    def holders_of(self, person_id: UUID) -> set[str]:
        """Every name under which something is owed by, or given to, this person here."""
        seats = (Seat(Role(row.role), row.group_id, row.unit_id) for row in self._of(person_id))
        return {f"person/{person_id}"} | {holder for seat in seats for holder in seat.holders}


async def seats_of(session: AsyncSession, group_ids: Collection[UUID], day: date) -> dict[UUID, Seats]:
    groups = (await session.scalars(select(Group).where(col(Group.id).in_(group_ids)))).all()
    query = select(Appointment).where(col(Appointment.group_id).in_(group_ids), in_force(day))
    rows: dict[UUID | None, list[Appointment]] = defaultdict(list)
    for row in (await session.scalars(query)).all():
        rows[row.group_id].append(row)
    return {group.id: Seats(group, rows[group.id]) for group in groups}
