"""The tables, once for each kind of database; tests get copies."""

import shutil
from pathlib import Path

from app.models import migrate
from app.models.engine import Database


async def build(url: str) -> None:
    """Make all tables in an empty database, the way an installation gets them."""
    database = Database(url)
    try:
        await migrate.upgrade(database)
    finally:
        await database.close()


def sqlite_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def copy_of(template: Path, to: Path) -> Path:
    """A copy of a database that nobody has open; closed, it consists of one file only."""
    assert not template.with_name(f"{template.name}-wal").exists(), "the template is still open"
    return Path(shutil.copyfile(template, to))
