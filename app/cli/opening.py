"""The installation's database, brought up to date, for the time of one command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.core import clock
from app.core.settings import get_settings
from app.models.engine import Database
from app.models.migrate import upgrade
from app.services.work import Works


@asynccontextmanager
async def opened() -> AsyncIterator[Works]:
    settings = get_settings()
    settings.var.mkdir(parents=True, exist_ok=True)
    clock.use_file(settings.clock_file)
    db = Database(settings.url)
    try:
        await upgrade(db)
        yield Works(db)
    finally:
        await db.close()
