"""Remind and escalate what is overdue (C2), then deliver the reminders."""

from typing import Any

from app.jobs.context import Surroundings
from app.services.chasing import sweep
from app.services.job_runs import recorded


async def run(around: Surroundings) -> int:
    return await recorded(around.db, "chase", lambda: sweep(around.db))


async def chase(ctx: dict[str, Any]) -> int:
    return await run(ctx["around"])
