"""The working calendar of this installation (C14)."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.workdays import WorkingCalendar, shipped
from app.models.records import CalendarDay


async def load_calendar(session: AsyncSession) -> WorkingCalendar:
    """The stored days; the shipped calendar where none has been stored."""
    rows = (await session.execute(select(CalendarDay.day, CalendarDay.working))).all()
    if not rows:
        return shipped()
    days = {day: working for day, working in rows}
    return WorkingCalendar(days, frozenset(day.year for day in days))
