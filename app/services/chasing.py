"""Chasing (C2): the sweep that fires the rungs whose day has come, each exactly once per task and due date.

A reminder and what tells of it are written in one transaction. The unique key of `Reminder` decides: whoever inserts
the row writes the outbox lines for it, so two sweeps at once, or one after a crash, cannot remind twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import local_day, now
from app.core.enforces import enforces
from app.core.ids import new_id
from app.core.ladder import DEFAULT, Ladder, Recipient, Rung, begins, may_chase, rung_day
from app.core.workdays import WorkingCalendar
from app.models.engine import Database
from app.models.people import Group
from app.models.records import Outbox, Reminder, Task
from app.queries.calendar import load_calendar
from app.queries.reminders import OpenTask, Seats, fired_rungs, parts_of, seats_of, tasks_to_chase
from app.rules.notices import kind_of
from app.services.chains import Owed, owed_by, reached
from app.services.channels import Way, ways
from app.services.customs import Customs, customs_of
from app.services.inserts import insert_new
from app.services.task_kinds import kind_name

BATCH = 500


@dataclass(frozen=True, slots=True)
class Firing:
    """One rung of one task, and one whom it reaches."""

    task: OpenTask
    rung: Rung
    recipient: Recipient[UUID]
    sees: bool

    @property
    def key(self) -> tuple[UUID, int, int, UUID]:
        return self.task.id, self.task.due_version, self.rung.offset_working_days, self.recipient.id


class _Days:
    """The day of each rung, reckoned once for each due date: thousands of tasks share few of them."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        self._known: dict[tuple[date, Rung], date] = {}

    def of(self, due: date, rung: Rung) -> date:
        key = (due, rung)
        if key not in self._known:
            self._known[key] = rung_day(self.calendar, due, rung)
        return self._known[key]

    def due(self, task: OpenTask, ladder: Ladder, fired: set[int], today: date) -> list[Rung]:
        """As `app.core.ladder.due_rungs`, where may_chase has been asked: rungs of today and those missed."""
        opened = local_day(task.opened_at)
        waiting = (rung for rung in ladder if rung.offset_working_days not in fired)
        return [rung for rung in waiting if begins(rung, opened) <= self.of(task.due_on, rung) <= today]


@enforces("C2")
async def sweep(db: Database) -> int:
    """Fire what is due now; the number of reminders that this sweep fired."""
    instant = now()
    async with db.read() as session:
        calendar = await load_calendar(session)
        if not calendar.is_working(local_day(instant)):
            return 0
        firings = await _find(session, calendar, instant)
    fired = 0
    for batch in _batches(firings):
        async with db.write() as session:
            fired += await _fire(session, batch, instant)
    return fired


def _batches(firings: Iterable[Firing]) -> Iterator[list[Firing]]:
    """Some hundreds at a time; all of one task together: a rung that fired for one recipient counts as fired."""
    batch: list[Firing] = []
    for _, of_task in groupby(firings, key=lambda each: each.task.id):
        batch += of_task
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


async def _find(session: AsyncSession, calendar: WorkingCalendar, instant: datetime) -> list[Firing]:
    today = local_day(instant)
    ahead, last = await _reach(session)
    until = calendar.add(today, ahead + 1).date
    tasks = await tasks_to_chase(session, until, last)
    if not tasks:
        return []
    fired = await fired_rungs(session, until)
    seats = await seats_of(session, {task.group_id for task in tasks}, today)
    customs = {group_id: customs_of(each.group.settings) for group_id, each in seats.items()}
    open_groups = {group_id for group_id, each in customs.items() if may_chase(calendar, instant, each.hours)}
    days = _Days(calendar)
    found = [
        each
        for task in tasks
        if task.group_id in open_groups
        for each in _of_task(task, seats[task.group_id], customs[task.group_id], days, fired.get(task.id, set()), today)
    ]
    return await _what_each_sees(session, found, seats)


async def _reach(session: AsyncSession) -> tuple[int, int]:
    """How many working days before its due date a task is first looked at, and the last rung that any ladder has."""
    settings = (await session.scalars(select(col(Group.settings)))).all()
    offsets = [rung.offset_working_days for each in settings for ladder in customs_of(each).all for rung in ladder]
    offsets += [rung.offset_working_days for rung in DEFAULT]
    return max(0, -min(offsets)), max(offsets)


def _of_task(
    task: OpenTask, seats: Seats, customs: Customs, days: _Days, fired: set[int], today: date
) -> Iterator[Firing]:
    if not any(days.due(task, ladder, fired, today) for ladder in customs.all):
        return
    owed: Owed = owed_by(task, seats)
    for rung in days.due(task, customs.ladder(task.kind, owed.leads), fired, today):
        for recipient in reached(rung, owed):
            yield Firing(task, rung, recipient, sees=True)


@enforces("A4.4")
async def _what_each_sees(session: AsyncSession, found: list[Firing], seats: dict[UUID, Seats]) -> list[Firing]:
    """Who has no part in the matter is told that somebody is late, and not on what."""
    parts = await parts_of(session, (each.task.object_id for each in found)) if found else {}
    return [
        Firing(
            each.task,
            each.rung,
            each.recipient,
            bool(parts.get(each.task.object_id, set()) & seats[each.task.group_id].holders_of(each.recipient.id)),
        )
        for each in found
    ]


@enforces("C2")
async def _fire(session: AsyncSession, firings: list[Firing], instant: datetime) -> int:
    """Write reminders that nobody has written yet, and tell their recipients, in the caller's transaction."""
    firings = await _still_owed(session, firings)
    rows = [
        {
            "id": new_id(),
            "task_id": each.task.id,
            "due_version": each.task.due_version,
            "fired_at": instant,
            "rung": each.rung.offset_working_days,
            "recipient_id": each.recipient.id,
            "in_person": each.rung.kind == "in_person",
        }
        for each in firings
    ]
    columns = ("task_id", "due_version", "rung", "recipient_id")
    new = set(await insert_new(session, Reminder, rows, columns))
    mine = [each for each in firings if each.key in new]
    await insert_new(session, Outbox, await _lines(session, _last_of_each(mine), instant), ("dedupe",))
    return len(mine)


async def _lines(session: AsyncSession, firings: list[Firing], instant: datetime) -> list[dict[str, Any]]:
    """One line for each way by which a recipient is reached."""
    lines: list[dict[str, Any]] = []
    for group_id in {each.task.group_id for each in firings}:
        of_group = [each for each in firings if each.task.group_id == group_id]
        open_to = await ways(session, group_id, kind_of("task.remind"), {each.recipient.id for each in of_group})
        lines += [_line(each, way, instant) for each in of_group for way in open_to[each.recipient.id]]
    return lines


async def _still_owed(session: AsyncSession, firings: list[Firing]) -> list[Firing]:
    """Without those whose reply has come, or whose date has moved, since they were found."""
    ids = {each.task.id for each in firings}
    query = select(col(Task.id), col(Task.due_version)).where(col(Task.id).in_(ids), col(Task.closed_at).is_(None))
    owed = {(task_id, version) for task_id, version in (await session.execute(query)).all()}
    return [each for each in firings if (each.task.id, each.task.due_version) in owed]


def _last_of_each(firings: Iterable[Firing]) -> list[Firing]:
    """After downtime several rungs of one task are due to one person at once: he is told once, by the latest."""
    last: dict[tuple[UUID, UUID], Firing] = {}
    for each in sorted(firings, key=lambda each: each.rung.offset_working_days):
        last[each.task.id, each.recipient.id] = each
    return list(last.values())


def _line(each: Firing, way: Way, instant: datetime) -> dict[str, Any]:
    task, offset, person = each.task, each.rung.offset_working_days, each.recipient.id
    in_person = each.rung.kind == "in_person"
    payload = {
        "task_id": str(task.id),
        "due_version": task.due_version,
        "kind": task.kind,
        "due_on": task.due_on.isoformat(),
        "rung": offset,
        "in_person": in_person,
        "kind_zh": kind_name(task.kind),
        "kind_en": kind_name(task.kind, "en"),
        "reason_zh": each.recipient.reason.zh,
        "reason_en": each.recipient.reason.en,
        "clause": "C2",
        "zh": _zh(offset, in_person),
        "en": _en(offset, in_person),
    }
    return {
        "id": new_id(),
        "dedupe": f"chase:{task.id}:{task.due_version}:{offset}:{person}:{way.key}",
        "person_id": person,
        "event": "task.in_person" if in_person else "task.remind",
        "channel": way.channel,
        "webhook_id": way.webhook_id,
        "group_id": task.group_id,
        "noun": task.noun if each.sees else "",
        "object_id": task.object_id if each.sees else None,
        "payload": payload,
        "created_at": instant,
        "due_at": instant,
        "attempts": 0,
        "error": "",
    }


def _zh(offset: int, in_person: bool) -> str:
    late = f"已逾期{offset}个工作日" if offset > 0 else "今日到期" if offset == 0 else f"还有{-offset}个工作日到期"
    return f"{late},请当面提醒" if in_person else late


def _en(offset: int, in_person: bool) -> str:
    count = f"{abs(offset)} working day{'s' if abs(offset) != 1 else ''}"
    late = f"{count} late" if offset > 0 else "due today" if offset == 0 else f"due in {count}"
    return f"{late}; to be reminded in person" if in_person else late
