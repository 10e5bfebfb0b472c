"""The demonstration, loaded once for all tests of a module."""

from datetime import datetime
from pathlib import Path

from app.adapters.files import FolderStore
from app.core import clock as app_clock
from app.models.engine import Database
from app.services import installation
from app.services.demo import load
from tests.support.databases import copy_of, sqlite_url
from tests.support.postgres import apart


def demonstration(template: Path, folder: Path, day: datetime) -> Path:
    """An SQLite file with the demonstration group as it is loaded on this day."""
    file = copy_of(template, folder / "demo.sqlite3")

    async def build() -> None:
        db = Database(sqlite_url(file))
        async with db.write() as session:
            await installation.make(session, demo=True)
        await load(db, FolderStore(folder / "files"))
        await db.close()

    with app_clock.frozen(day):
        apart(build())
    return file
