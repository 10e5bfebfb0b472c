"""What the administrator sees of the workers: when each job last ran and how it ended, never on whose matters."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from app.core.clock import now
from app.models.engine import Database
from app.models.records import JobRun
from app.services.inserts import insert_or_update

# An idle sweep runs every few seconds; that it still does so is written down this often.
SIGN_OF_LIFE = timedelta(seconds=60)


async def recorded(db: Database, name: str, job: Callable[[], Awaitable[int]]) -> int:
    """Run a job and record the run; an error is recorded without its text, which may quote a matter, and goes on."""
    started = now()
    try:
        count = await job()
    except Exception as error:
        await _write(db, name, started, type(error).__name__, failed=True)
        raise
    if count or await _is_stale(db, name):
        await _write(db, name, started, str(count), failed=False)
    return count


async def _is_stale(db: Database, name: str) -> bool:
    """No record, an old one, one from a clock that has been moved back, or one of a failure that is over."""
    async with db.read() as session:
        last = await session.scalar(select(JobRun).where(col(JobRun.name) == name))
    if last is None or last.failed or last.finished_at is None:
        return True
    return not timedelta(0) <= now() - last.finished_at < SIGN_OF_LIFE


async def _write(db: Database, name: str, started: datetime, result: str, failed: bool) -> None:
    row = {"name": name, "started_at": started, "finished_at": now(), "result": result[:300], "failed": failed}
    async with db.write() as session:
        await insert_or_update(session, JobRun, row, ("name",))
