"""What there is to consider of a meeting's date, told as warnings and never refused (A3.1)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import local_day, today
from app.core.enforces import enforces
from app.core.workdays import WorkingCalendar
from app.models.matters import Attendance, Meeting
from app.models.people import Group, Person, Unit
from app.queries.visibility import View, visible_to
from app.rules.defaults import DEFAULT_DAYS
from app.rules.forms import FORMS

_HELD = ("draft", "requested", "agreed", "convened", "in_session", "adjourned")


@dataclass(frozen=True, slots=True)
class Warning:
    code: str
    zh: str
    en: str
    clause: str


@enforces("A3.1")
async def warnings_of(session: AsyncSession, view: View, meeting: Meeting, calendar: WorkingCalendar) -> list[Warning]:
    """A day off, a notice that comes too short, somebody who is wanted twice at the same time. Of another meeting only
    as far as the asker may see it (A4.4)."""
    if meeting.state not in _HELD:
        return []
    found = await _of_day(session, meeting, calendar)
    for other in await _at_the_same_time(session, view, meeting):
        names = await _wanted_twice(session, meeting, other)
        if names:
            zh = f"{'、'.join(names)}同一时间还有会议“{other.title}”。"
            en = f"{', '.join(names)}: wanted at “{other.title}” at the same time."
            found.append(Warning("twice", zh, en, "A3.1"))
    return found


async def _of_day(session: AsyncSession, meeting: Meeting, calendar: WorkingCalendar) -> list[Warning]:
    day = local_day(meeting.starts_at)
    found = []
    if not calendar.is_working(day):
        found.append(Warning("day_off", f"{day}是休息日。", f"{day} is a day off.", "C14"))
    group = await session.get(Group, meeting.group_id)
    days = int((group.settings if group else {}).get("notice_days", DEFAULT_DAYS["notice_days"]))
    if meeting.state in _HELD[:3] and today() > calendar.before(day, days):
        zh = f"距会议已不足{days}个工作日,通知可能过晚。"
        en = f"Less than {days} working days are left for the notice."
        found.append(Warning("short_notice", zh, en, "A3.1"))
    return found


async def _at_the_same_time(session: AsyncSession, view: View, meeting: Meeting) -> list[Meeting]:
    query = visible_to(view, Meeting).where(
        col(Meeting.id) != meeting.id,
        col(Meeting.state).in_(_HELD),
        col(Meeting.starts_at) < meeting.ends_at,
        col(Meeting.ends_at) > meeting.starts_at,
    )
    return list((await session.scalars(query.order_by(col(Meeting.starts_at)))).all())


def _of_group(meeting: Meeting) -> bool:
    return meeting.form in FORMS and not FORMS[meeting.form].of_office


async def _wanted_twice(session: AsyncSession, meeting: Meeting, other: Meeting) -> list[str]:
    """Who is called to both, or presides over one of them; leader and deputies where both are the group's."""
    here, there = await _called(session, meeting), await _called(session, other)
    both = list(dict.fromkeys(key for key in here if key in there))
    names = []
    for key in both:
        unit = await session.get(Unit, key)
        person = None if unit else await session.get(Person, key)
        names += [row.name for row in (unit, person) if row]
    leads = _of_group(meeting) and _of_group(other) and meeting.group_id == other.group_id
    return names or (["组长、副组长"] if leads else [])


async def _called(session: AsyncSession, meeting: Meeting) -> list[UUID]:
    query = select(col(Attendance.unit_id), col(Attendance.person_id)).where(
        col(Attendance.meeting_id) == meeting.id, col(Attendance.state) != "excused"
    )
    rows = (await session.execute(query.order_by(col(Attendance.id)))).all()
    return [meeting.presider_id, *(key for row in rows for key in row if key)]
