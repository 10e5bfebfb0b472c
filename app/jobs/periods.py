"""Where the day of a periodic report has passed, the next one begins to be owed (C3)."""

from app.jobs.context import Surroundings
from app.services.directives.periods import roll_on
from app.services.job_runs import recorded


async def run(around: Surroundings) -> int:
    return await recorded(around.db, "periods", lambda: roll_on(around.db))
