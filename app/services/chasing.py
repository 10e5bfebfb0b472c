"""Chasing (C2): the sweep that fires the rungs whose day has come, each exactly once per task and due date.

What the rules say is worked out here, once for each holder and not once for each task: on which days rungs fall, whom a
rung reaches, what he is told. The tasks themselves stay in the database (`app.services.firing`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import day_end, local_day, now
from app.core.enforces import enforces
from app.core.ladder import Recipient, Rung, may_chase, rung_day
from app.core.workdays import WorkingCalendar
from app.models.engine import Database
from app.models.handed import Rows, handed
from app.queries.calendar import load_calendar
from app.queries.reminders import CLIMBS, DAYS, Candidate, Seats, candidates, due_days, group_settings, seats_of
from app.rules.notices import kind_of
from app.services.chains import owed_by, reached
from app.services.channels import open_ways
from app.services.customs import Customs, customs_of
from app.services.firing import Share, fire
from app.services.task_kinds import kind_name

SHARE = 2000  # holders and kinds of task in one transaction


@enforces("C2")
async def sweep(db: Database) -> int:
    """Fire what is due now; the number of reminders that this sweep fired."""
    instant = now()
    async with db.read() as session:
        shares = await _plan(session, await load_calendar(session), instant)
    fired = 0
    for share in shares:
        async with db.write() as session:
            fired += await fire(session, share, instant)
    return fired


async def _plan(session: AsyncSession, calendar: WorkingCalendar, instant: datetime) -> list[Share]:
    today = local_day(instant)
    customs = {key: customs_of(settings) for key, settings in (await group_settings(session)).items()}
    awake = {key: each for key, each in customs.items() if may_chase(calendar, instant, each.hours)}
    due = await due_days(session, calendar.add(today, _ahead(awake.values()) + 1).date) if awake else []
    climbs = _climbs(awake, {(group_id, kind) for group_id, kind, _ in due})
    days = _days(calendar, {day for *_, day in due}, {row["rung"] for row in climbs}, today)
    if not days or not climbs:
        return []
    given = (("days", days, DAYS), ("climbs", climbs, CLIMBS))
    found = await candidates(session, *(_handed(session, *each) for each in given))
    seats = await seats_of(session, {group_id for group_id, *_ in found}, today) if found else {}
    parts = sorted(found.items(), key=_in_order)
    ways = await _ways(session, seats)
    firsts = range(0, len(parts), SHARE)
    return [_share(days, dict(parts[first : first + SHARE]), seats, awake, ways) for first in firsts]


def _ahead(customs: Iterable[Customs]) -> int:
    """How many working days before its due date a task is first looked at."""
    return max((-rung.offset_working_days for each in customs for ladder in each.all for rung in ladder), default=0)


def _in_order(found: tuple[Candidate, set[int]]) -> tuple[str, ...]:
    return tuple(str(each) for each in found[0])


def _handed(session: AsyncSession, name: str, rows: Rows, types: Mapping[str, Any]) -> Any:
    return handed(name, rows, types, session.get_bind().dialect.name == "postgresql")


def _climbs(customs: Mapping[UUID, Customs], kinds: Collection[tuple[UUID, str]]) -> list[dict[str, Any]]:
    """The rungs of each kind of task that is owed in each group, also those that only leaders have."""
    found: dict[tuple[UUID, str, int], date] = {}
    for group_id, kind in kinds:
        for leads in (False, True) if group_id in customs else ():
            for rung in customs[group_id].ladder(kind, leads):
                key = group_id, kind, rung.offset_working_days
                found[key] = min(found.get(key, date.max), rung.since or date.min)
    return [
        {"group_id": group_id, "kind": kind, "rung": rung, "since": since.toordinal()}
        for (group_id, kind, rung), since in found.items()
    ]


def _days(
    calendar: WorkingCalendar, due: Collection[date], offsets: Collection[int], today: date
) -> list[dict[str, Any]]:
    """The day of each rung for each due date, as far as it has come: today's, and those missed while the system was
    down. A task opened after that day does not have it any more."""
    rungs = [(offset, Rung(offset, ("assignee",))) for offset in offsets]
    found = ((day, offset, rung_day(calendar, day, rung)) for day in due for offset, rung in rungs)
    return [
        {"due_on": due_on, "rung": offset, "day": day.toordinal(), "opened_before": day_end(day)}
        for due_on, offset, day in found
        if day <= today
    ]


async def _ways(session: AsyncSession, groups: Collection[UUID]) -> list[dict[str, Any]]:
    """By which ways reminders go out in each group: they cannot be muted."""
    kind = kind_of("task.remind")
    return [
        {"group_id": group_id, "channel": way.channel, "key": way.key, "webhook_id": way.webhook_id}
        for group_id in sorted(groups)
        for way in await open_ways(session, group_id, kind)
    ]


def _share(
    days: Rows,
    found: Mapping[Candidate, set[int]],
    seats: Mapping[UUID, Seats],
    customs: Mapping[UUID, Customs],
    ways: Rows,
) -> Share:
    reaches = [
        row
        for (group_id, holder, kind), rungs in found.items()
        for row in _reaches(seats[group_id], customs[group_id], holder, kind, rungs)
    ]
    people = {(row["group_id"], row["recipient_id"]) for row in reaches}
    holders = [
        {"group_id": group_id, "person_id": person, "holder": holder}
        for group_id, person in people
        for holder in sorted(seats[group_id].holders_of(person))
    ]
    return Share(days, reaches, holders, ways)


def _reaches(seats: Seats, customs: Customs, holder: str, kind: str, rungs: set[int]) -> Iterator[dict[str, Any]]:
    """Whom these rungs reach for what this holder owes."""
    owed = owed_by(holder, seats)
    for rung in customs.ladder(kind, owed.leads):
        for recipient in reached(rung, owed) if rung.offset_working_days in rungs else ():
            yield {
                "group_id": seats.group.id,
                "kind": kind,
                "rung": rung.offset_working_days,
                "since": (rung.since or date.min).toordinal(),
                "holder": holder,
                "recipient_id": recipient.id,
                "in_person": rung.kind == "in_person",
                "told": told(kind, rung, recipient),
                "most": customs.daily,
            }


def told(kind: str, rung: Rung, recipient: Recipient[UUID]) -> str:
    """What a reminder says, but for task and date: JSON without its closing brace."""
    offset, in_person = rung.offset_working_days, rung.kind == "in_person"
    message = {
        "kind": kind,
        "kind_zh": kind_name(kind),
        "kind_en": kind_name(kind, "en"),
        "rung": offset,
        "in_person": in_person,
        "reason_zh": recipient.reason.zh,
        "reason_en": recipient.reason.en,
        "clause": "C2",
        "zh": _zh(offset, in_person),
        "en": _en(offset, in_person),
    }
    return orjson.dumps(message).decode().removesuffix("}")


def _zh(offset: int, in_person: bool) -> str:
    late = f"已逾期{offset}个工作日" if offset > 0 else "今日到期" if offset == 0 else f"还有{-offset}个工作日到期"
    return f"{late},请当面提醒" if in_person else late


def _en(offset: int, in_person: bool) -> str:
    count = f"{abs(offset)} working day{'s' if abs(offset) != 1 else ''}"
    late = f"{count} late" if offset > 0 else "due today" if offset == 0 else f"due in {count}"
    return f"{late}; to be reminded in person" if in_person else late
