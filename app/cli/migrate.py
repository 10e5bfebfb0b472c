"""`python -m app migrate`: bring the database up to date, or hold the migrations against the models."""

import asyncio
import os
import tempfile
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from app.core.settings import get_settings

app = typer.Typer(help="Bring the database up to date; --check holds the migrations against the models.")

CHECK_POSTGRESQL = "YISHI_TEST_PG"


@app.command()
def migrate(
    check: Annotated[bool, typer.Option("--check", help="Are the migrations equal to the models?")] = False,
    revision: Annotated[str, typer.Option(help="Write the next revision under this number, such as 0002.")] = "",
    message: Annotated[str, typer.Option(help="What the new revision does.")] = "",
) -> None:
    """Migrate the database of this installation."""
    if revision:
        asyncio.run(_write(revision, message))
    elif check:
        asyncio.run(_check())
    else:
        asyncio.run(_upgrade())


async def _upgrade() -> None:
    from app.models.engine import Database
    from app.models.migrate import head, upgrade

    settings = get_settings()
    settings.var.mkdir(parents=True, exist_ok=True)
    db = Database(settings.url)
    await upgrade(db)
    await db.close()
    typer.echo(f"migrate: at {head()}")


async def _check() -> None:
    """On a fresh SQLite file, and on a fresh database of the PostgreSQL server that YISHI_TEST_PG names."""
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        faults += await _compare(f"sqlite+aiosqlite:///{Path(folder) / 'check.sqlite3'}", "SQLite")
    server = os.environ.get(CHECK_POSTGRESQL, "")
    if server:
        faults += await _compare_postgresql(server)
    for fault in faults:
        typer.echo(fault)
    where = "SQLite and PostgreSQL" if server else f"SQLite ({CHECK_POSTGRESQL} is not set: not on PostgreSQL)"
    typer.echo(f"migrate: {len(faults)} differences between migrations and models on {where}")
    if faults:
        raise typer.Exit(1)


async def _compare(url: str, name: str) -> list[str]:
    from app.models.engine import Database
    from app.models.migrate import differences, upgrade

    db = Database(url)
    try:
        await upgrade(db)
        return [f"{name}: {each}" for each in await differences(db)]
    finally:
        await db.close()


async def _compare_postgresql(server: str) -> list[str]:
    from sqlalchemy import make_url

    from app.models.engine import Database

    name = f"yishi_check_{uuid4().hex[:12]}"
    keeper = Database(server)
    engine = keeper.engine.execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        url = make_url(keeper.url).set(database=name).render_as_string(hide_password=False)
        return await _compare(url, "PostgreSQL")
    finally:
        async with engine.connect() as connection:
            await connection.exec_driver_sql(f"DROP DATABASE {name}")
        await keeper.close()


async def _write(number: str, message: str) -> None:
    """Autogenerate against a database at the newest revision; a person then reads what was written."""
    from app.models.engine import Database
    from app.models.migrate import upgrade, write_revision

    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite+aiosqlite:///{Path(folder) / 'write.sqlite3'}")
        if number != "0001":
            await upgrade(db)
        await write_revision(db, message or "Change the tables", number)
        await db.close()
