"""Begin lent powers whose time has come (C4), and let signatures owed side by side follow the seats (C5)."""

from typing import Any

from app.jobs.context import Surroundings
from app.services.following import sweep
from app.services.job_runs import recorded
from app.services.work import Works


async def run(around: Surroundings) -> int:
    return await recorded(around.db, "follow", lambda: sweep(Works(around.db)))


async def follow(ctx: dict[str, Any]) -> int:
    return await run(ctx["around"])
