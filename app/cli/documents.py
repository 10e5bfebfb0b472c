"""`python -m app documents register | list | withdraw`: the documents of the API that clients were built with."""

import asyncio
import getpass
from collections.abc import Coroutine, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="Trusted documents: what clients were built to ask.", no_args_is_help=True)

Source = Annotated[Path, typer.Argument(help="A GraphQL file, a folder of them, or a JSON manifest of ids and texts.")]
Client = Annotated[str, typer.Option("--client", help="Name and version of the client, such as 'ios 1.4.2'.")]
Ids = Annotated[list[str] | None, typer.Argument(help="Ids; without any, all of the client.")]
By = Annotated[str, typer.Option("--by", help="Who does it; the account's name if left out.")]


@app.command()
def register(source: Source, client: Client, by: By = "") -> None:
    """Register every document in it, or none: each must be one that this server would execute."""
    from app.adapters.manifests import BadManifest, read_documents
    from app.services.trusted import Offered

    try:
        offered = [Offered(*entry) for entry in read_documents(source)]
    except BadManifest as error:
        _fail(str(error))
    check = import_module("app.main").schema.faults_of
    faults = [f"{each.label}: {fault}" for each in offered for fault in check(each.text)]
    if faults:
        _fail(*faults)
    _run(_register(client, offered, by or getpass.getuser()))


@app.command("list")
def show(client: Annotated[str, typer.Option("--client", help="Only of this client.")] = "") -> None:
    """Which are registered, since when and by whom, the withdrawn too."""
    _run(_show(client))


@app.command()
def withdraw(client: Client, ids: Ids = None, by: By = "") -> None:
    """Let a client's documents in no longer. Every process obeys within seconds."""
    _run(_withdraw(client, ids or [], by or getpass.getuser()))


def _fail(*lines: str) -> None:
    for line in lines:
        typer.echo(f"documents: {line}", err=True)
    raise typer.Exit(2)


def _run(doing: Coroutine[Any, Any, None]) -> None:
    from app.core.refusals import Refused

    try:
        asyncio.run(doing)
    except Refused as refused:
        _fail(refused.refusal.en)


async def _register(client: str, offered: Sequence[Any], by: str) -> None:
    from app.cli.opening import opened
    from app.services import trusted

    async with opened() as works, works.begin() as work:
        new = await trusted.register(work, client, offered, by)
        typer.echo(f"documents: {len(new)} registered, {len(offered) - len(new)} were already")


async def _show(client: str) -> None:
    from app.cli.opening import opened
    from app.queries.trusted import registered

    async with opened() as works, works.db.read() as session:
        rows = await registered(session, client)
    for row in rows:
        ended = f"withdrawn {row.withdrawn_at:%Y-%m-%d} by {row.withdrawn_by}" if row.withdrawn_at else ""
        since = f"{row.registered_at:%Y-%m-%d} by {row.registered_by}"
        typer.echo("\t".join((row.client, row.document_id, row.label, since, ended)).rstrip())
    typer.echo(f"documents: {sum(row.withdrawn_at is None for row in rows)} trusted, {len(rows)} in all")


async def _withdraw(client: str, ids: Sequence[str], by: str) -> None:
    from app.cli.opening import opened
    from app.services import trusted

    async with opened() as works, works.begin() as work:
        rows = await trusted.withdraw(work, client, ids, by)
        typer.echo(f"documents: {len(rows)} withdrawn")
