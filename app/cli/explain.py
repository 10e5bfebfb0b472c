"""`python -m app explain`: how a query is answered: its SQL, the parameters, and the database's own plan (DESIGN 4)."""

import asyncio
import json
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.opening import opened
from app.queries.people import people_called

app = typer.Typer(help="How a query is answered: SQL, parameters, and the database's plan.")

File = Annotated[Path, typer.Argument(help="A file with one GraphQL query.", exists=True, dir_okay=False)]
As = Annotated[str, typer.Option("--as", help="As whom: a name, phone or mail; without it as the public.")]
Variables = Annotated[str, typer.Option("--variables", help="The query's variables, as JSON.")]
Language = Annotated[str, typer.Option("--language", help="zh or en.")]


@app.command()
def explain(file: File, who: As = "", variables: Variables = "{}", language: Language = "zh") -> None:
    """Print the one statement that answers the query, what fills its parameters, and how the database goes about it."""
    given = _object(variables)
    told = asyncio.run(_explained(file.read_text("utf-8"), who, given, language))
    if told is None:
        typer.echo(f"Nobody, or more than one, is called {who!r}.", err=True)
        raise typer.Exit(2)
    typer.echo(told)


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise typer.BadParameter("must be a JSON object", param_hint="--variables")
    return found


async def _explained(text: str, who: str, variables: dict[str, Any], language: str) -> str | None:
    async with opened() as works:
        person_id = None
        if who:
            async with works.db.read() as session:
                found = await people_called(session, who)
            if len(found) != 1:
                return None
            person_id = found[0].id
        told: str = await import_module("app.main").schema.explained(works, text, variables, person_id, language)
        return told
