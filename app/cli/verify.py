"""`python -m app verify`: is the trail whole (C6)?"""

import asyncio

import typer

app = typer.Typer(help="Is the trail whole: no entry changed, none missing between two others?")


@app.command()
def verify() -> None:
    """Reckon every hash of the trail again."""
    asyncio.run(_verify())


async def _verify() -> None:
    from app.cli.opening import opened
    from app.services import trail

    async with opened() as works, works.db.read() as session:
        count, broken = await trail.verify(session)
    if broken is not None:
        typer.echo(f"verify: entry {broken} does not fit the one before it or was changed (C6)", err=True)
        raise typer.Exit(1)
    typer.echo(f"verify: {count} entries, whole")
