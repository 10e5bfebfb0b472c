"""Tell the administrators that a year's calendar is missing (C14)."""

from app.jobs.context import Surroundings
from app.services.job_runs import recorded
from app.services.missing_calendar import tell_missing_calendar


async def run(around: Surroundings) -> int:
    return await recorded(around.db, "calendar", lambda: tell_missing_calendar(around.db))
