"""Migrations, run by the program itself: to the end, or only asked how far a database has come."""

from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, String
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

import app.models  # noqa: F401  (makes all tables known to the metadata)
from app.models import changes
from app.models.engine import Database
from app.models.search import FTS, GIN

FOLDER = Path(__file__).resolve().parent / "migrations"
_LOCK = 721_500_002


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def render_item(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Write SQLModel's own types as the plain ones, so that a revision does not depend on SQLModel."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.{String(length=item.length)!r}"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Whether something in the database is to be compared with the models: the tables and the index that the databases
    keep for searching are not."""
    return not (name or "").startswith(FTS) and name != GIN


def head() -> str:
    """The revision at which the models are."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    assert found is not None  # there is at least the first revision
    return found


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


async def at_head(db: Database) -> bool:
    async with db.engine.connect() as connection:
        return await connection.run_sync(_current) == head()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # two processes starting at once must not migrate together
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    if _current(connection) != head():
        changes.leave(connection)
        command.upgrade(_config(connection), "head")
    changes.ensure(connection)


async def upgrade(db: Database) -> None:
    """Bring the database to the newest revision; does nothing where it is there already."""
    async with db.engine.execution_options(yishi_writes=True).connect() as connection:
        await _hold_references(connection, db.is_sqlite, False)
        try:
            async with connection.begin():
                await connection.run_sync(_upgrade)
        finally:
            await _hold_references(connection, db.is_sqlite, True)


async def _hold_references(connection: AsyncConnection, is_sqlite: bool, hold: bool) -> None:
    """SQLite changes a column by making the table anew, and would take its rows out of the tables that refer to it.
    The switch works only outside a transaction, so it is turned on the driver's own connection."""
    if is_sqlite:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.execute(f"PRAGMA foreign_keys={'ON' if hold else 'OFF'}")


def _differences(connection: Connection) -> list[str]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": include_name})
    return [str(each) for each in compare_metadata(context, SQLModel.metadata)]


async def differences(db: Database) -> list[str]:
    """What the models have and a migrated database lacks, or the other way round."""
    async with db.engine.connect() as connection:
        return await connection.run_sync(_differences)


def _write(connection: Connection, message: str, number: str) -> None:
    command.revision(_config(connection), message=message, rev_id=number, autogenerate=True)


async def write_revision(db: Database, message: str, number: str) -> None:
    """Write the next revision from the difference between this database and the models."""
    async with db.engine.connect() as connection:
        await connection.run_sync(_write, message, number)
