"""`python -m app worker`: chase and deliver, beside any number of web processes and other workers."""

import asyncio
from importlib import import_module

import typer

from app.core.settings import get_settings

app = typer.Typer(help="Chase and deliver, beside any number of web processes and other workers.")


@app.command()
def worker() -> None:
    """Work until SIGTERM or Ctrl-C. The database must have been migrated; YISHI_REDIS_URL only makes it quicker."""
    from app.services.installation import NotHere

    try:
        asyncio.run(import_module("app.worker").run(get_settings()))
    except NotHere as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
