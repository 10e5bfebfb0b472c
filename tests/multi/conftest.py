"""An installation of several processes with the made-up city in it, and the hands to move its clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.models.engine import Database
from tests.conftest import Clock
from tests.multi.stage import Stage, furnish
from tests.support.mail import MailSink
from tests.support.processes import Cluster


@asynccontextmanager
async def _staged(url: str, mail: MailSink, clock: Clock, folder: Path, **settings: str) -> AsyncIterator[Stage]:
    """Not started yet; its clock stands where the test's own stands."""
    db = Database(url)
    cluster = Cluster(
        folder, DATABASE_URL=url, SMTP_URL=mail.url, SESSION_HOURS="4000", SWEEP_SECONDS="0.2",
        CLOCK_FILE=str(folder / "clock"), **settings,
    )  # fmt: skip
    several = Stage(await furnish(db), cluster, mail, clock)
    several.set_clock(clock.now)
    yield several
    await asyncio.to_thread(cluster.stop)
    await db.close()


@pytest.fixture
async def stage(
    postgresql_url: str, valkey_url: str, mail: MailSink, clock: Clock, tmp_path: Path
) -> AsyncIterator[Stage]:
    """The production shape: web processes and workers apart, on PostgreSQL and Valkey."""
    async with _staged(postgresql_url, mail, clock, tmp_path, REDIS_URL=valkey_url) as several:
        yield several


@pytest.fixture
async def embedded(sqlite_url: str, mail: MailSink, clock: Clock, tmp_path: Path) -> AsyncIterator[Stage]:
    """The embedded shape: each web process holds a worker, on SQLite with a Valkey of their own."""
    async with _staged(sqlite_url, mail, clock, tmp_path, EMBEDDED_WORKER="1") as several:
        yield several
