"""`python -m app verify`: is the trail whole (C6), and is every file as it was put in (C8)?"""

import asyncio

import typer

app = typer.Typer(help="Is the trail whole, and is every file as it was put in?")


@app.command()
def verify() -> None:
    """Reckon every hash of the trail and of the files again."""
    asyncio.run(_verify())


async def _verify() -> None:
    from app.adapters.files import FolderStore
    from app.cli.opening import opened
    from app.core.settings import get_settings
    from app.services import filing, trail

    async with opened() as works, works.db.read() as session:
        count, broken = await trail.verify(session)
        files, faulty = await filing.verify(session, FolderStore(get_settings().files_folder))
    if broken is not None:
        typer.echo(f"verify: entry {broken} does not fit the one before it or was changed (C6)", err=True)
        raise typer.Exit(1)
    for name, fault in faulty:
        typer.echo(f"verify: file {name} {fault} (C8)", err=True)
    if faulty:
        raise typer.Exit(1)
    typer.echo(f"verify: {count} entries, whole; {files} files, as they were put in")
