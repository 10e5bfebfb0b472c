"""An installation of several processes with the made-up city in it, and the hands to move its clock."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.models.engine import Database
from tests.conftest import Clock
from tests.multi.stage import Stage, furnish
from tests.support.mail import MailSink
from tests.support.postgres import Postgres
from tests.support.processes import Cluster


@pytest.fixture
async def stage(
    postgres_server: Postgres, postgresql_url: str, valkey_url: str, mail: MailSink, clock: Clock, tmp_path: Path
) -> AsyncIterator[Stage]:
    """Not started yet; its clock stands where the test's own stands."""
    db = Database(postgresql_url)
    city = await furnish(db)
    cluster = Cluster(
        tmp_path, DATABASE_URL=postgresql_url, REDIS_URL=valkey_url, SMTP_URL=mail.url, SESSION_HOURS="4000",
        SWEEP_SECONDS="0.2", CLOCK_FILE=str(tmp_path / "clock"),
    )  # fmt: skip
    several = Stage(city, cluster, mail, clock, postgres_server)
    several.set_clock(clock.now)
    yield several
    await asyncio.to_thread(cluster.stop)
    await db.close()
