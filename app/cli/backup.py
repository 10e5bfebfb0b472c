"""`python -m app backup FILE`: a consistent copy of the SQLite database while it is in use."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.core.settings import get_settings

app = typer.Typer(help="A consistent copy of the database, while it is in use.")


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The copy; must not exist yet.")]) -> None:
    """Copy by VACUUM INTO: a plain copy of the file, taken while somebody writes, would be broken."""
    if file.exists():
        typer.echo(f"backup: {file} exists already", err=True)
        raise typer.Exit(2)
    asyncio.run(_backup(file))
    typer.echo(f"backup: {file} ({file.stat().st_size} bytes)")


async def _backup(file: Path) -> None:
    from app.models.engine import Database

    db = Database(get_settings().url)
    try:
        if not db.is_sqlite:
            typer.echo("backup: for PostgreSQL use pg_dump --format=custom, which is consistent by itself", err=True)
            raise typer.Exit(2)
        engine = db.engine.execution_options(isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await (await connection.get_raw_connection()).driver_connection.execute(  # type: ignore[union-attr]
                "VACUUM INTO ?", (str(file),)
            )
    finally:
        await db.close()
