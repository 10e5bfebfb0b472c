"""Attendance over a year, unit by unit (A4.1): what the viewer may see of it, counted from the records of meetings."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import at
from app.core.enforces import enforces
from app.models.matters import Attendance, Meeting
from app.models.people import Unit
from app.queries.visibility import View, row_filter

# What is counted, in the order in which it is shown.
COUNTED = {
    "called": ("应到", "Called"),
    "present": ("到会", "Present"),
    "late": ("其中迟到", "of these late"),
    "excused": ("请假", "On leave"),
    "unanswered": ("请假未批复", "Leave not answered"),
    "absent": ("缺席", "Absent without leave"),
}


@dataclass(slots=True)
class UnitYear:
    """One unit's year. Leave that nobody decided on is no absence without leave."""

    unit_id: UUID
    name: str
    called: int = 0
    present: int = 0
    late: int = 0
    excused: int = 0
    unanswered: int = 0
    absent: int = 0

    @property
    def percent(self) -> int:
        """How often it was there when it was called."""
        return round(100 * self.present / self.called) if self.called else 0


@enforces("A4.1")
async def attendance_of_year(session: AsyncSession, view: View, group_id: UUID, year: int) -> list[UnitYear]:
    """Meetings of this group that were closed in the year; the unit that was there least often comes first."""
    start, end = at(date(year, 1, 1), 0), at(date(year, 12, 31), 0) + timedelta(days=1)
    query = (
        select(Attendance, col(Unit.id), col(Unit.name))
        .join(Meeting, col(Meeting.id) == col(Attendance.meeting_id))
        .join(Unit, col(Unit.id) == col(Attendance.unit_id))
        .where(
            col(Meeting.group_id) == group_id,
            col(Meeting.state) == "closed",
            col(Meeting.opened_at) >= start,
            col(Meeting.opened_at) < end,
            row_filter(view, Attendance),
        )
    )
    found: dict[UUID, UnitYear] = {}
    for row, key, name in (await session.execute(query)).all():
        unit = found.setdefault(key, UnitYear(key, name))
        unit.called += 1
        unit.late += row.late
        if row.state in ("present", "excused", "unanswered", "absent"):
            setattr(unit, row.state, getattr(unit, row.state) + 1)
    return sorted(found.values(), key=lambda row: (row.percent, -row.absent, row.name))
