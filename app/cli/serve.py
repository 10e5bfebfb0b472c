"""`python -m app serve`: the web server, and in the embedded shape the worker and its queue within it."""

import asyncio
import gc
import os
from importlib import import_module
from socket import socket
from typing import Annotated

import typer

from app.core.settings import Settings, get_settings

# Objects, before the collector of garbage looks at the youngest: what starting, plans and documents are made of comes
# by the ten thousand and stays, and looking through it would make starting a third of a second longer.
YOUNG = 10_000
app = typer.Typer(help="The web server, and in the embedded shape the worker and its queue within it.")

Host = Annotated[str, typer.Option(help="Address to listen on, instead of YISHI_HOST.")]
Port = Annotated[int, typer.Option(help="Port to listen on, instead of YISHI_PORT.")]


@app.command()
def serve(host: Host = "", port: Port = 0) -> None:
    """Bring the database up to date, load the demonstration where that is wanted, and serve."""
    for name, value in (("YISHI_HOST", host), ("YISHI_PORT", str(port or ""))):
        if value:
            os.environ[name] = value
    gc.set_threshold(YOUNG, 20, 20)
    get_settings.cache_clear()
    settings = get_settings()
    from app.core.clock import ClockFileError
    from app.services.installation import NotHere

    try:
        demo = asyncio.run(_prepare(settings))
    except (NotHere, ClockFileError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    _run(settings, demo)


async def _prepare(settings: Settings) -> bool:
    """Migrate, say what a fresh database is, load the demonstration. Is it a demonstration?"""
    from app.adapters.files import FolderStore
    from app.core import clock
    from app.models.engine import Database
    from app.models.migrate import upgrade
    from app.services import installation

    installation.check_place(settings, settings.demo or settings.clock_file is not None)
    settings.var.mkdir(parents=True, exist_ok=True)
    db = Database(settings.url)
    try:
        await upgrade(db)
        async with db.write() as session:
            row = await installation.make(session, settings.demo)
            fresh = row.demo and await installation.is_empty(session)
        installation.check_place(settings, row.demo)
        clock.use_file(settings.clock_file)
        if fresh and settings.demo:
            typer.echo("正在建立演示数据 … / making the demonstration ...")
            await import_module("app.services.demo").load(db, FolderStore(settings.files_folder))
        return row.demo
    finally:
        await db.close()


def _run(settings: Settings, demo: bool) -> None:
    import uvicorn

    from app.adapters.web import MAX_BODY

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                _settle()
                typer.echo(_welcome(settings, demo))

    config = uvicorn.Config(
        import_module("app.main").create_app(settings), host=settings.host, port=settings.port,
        log_level="warning", server_header=False, timeout_graceful_shutdown=5, access_log=False,
        ws_max_size=MAX_BODY,
    )  # fmt: skip
    Server(config).run()


def _settle() -> None:
    """What is there by now stays for ever, so the collector of garbage need not walk through it again."""
    gc.collect()
    gc.freeze()


def _welcome(settings: Settings, demo: bool) -> str:
    base = f"http://{settings.host}:{settings.port}"
    lines = [
        "", "议事 Yishi",
        f"  页面 pages     {base}/admin",
        f"  GraphQL        {base}/graphql",
        f"  健康 health    {base}/healthz  {base}/readyz",
    ]  # fmt: skip
    if demo and settings.demo:
        lines += ["", *import_module("app.services.demo").accounts()]
    elif not demo:
        lines += ["", "  首次使用 first time: python -m app init"]
    return "\n".join([*lines, "", "  Ctrl-C 结束 ends it"])
