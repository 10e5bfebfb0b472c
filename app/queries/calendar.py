"""The working calendar of this installation (C14)."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.calendar_file import CalendarDay as Day
from app.core.calendar_file import complete_years
from app.core.workdays import WorkingCalendar, shipped
from app.models.records import CalendarDay


async def load_calendar(session: AsyncSession) -> WorkingCalendar:
    """The shipped calendar with the days that were imported since."""
    rows = (await session.scalars(select(CalendarDay))).all()
    days = [Day(row.day, row.working, row.name) for row in rows]
    return shipped().with_days(days, complete_years(days)) if days else shipped()
