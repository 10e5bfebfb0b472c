"""`python -m app schema`: the published text of the GraphQL schema, and whether the snapshot says the same."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The GraphQL schema as text: print it, write the snapshot, or hold the snapshot against it.")
SNAPSHOT = Path(__file__).resolve().parents[2] / "schema" / "schema.graphql"

Check = Annotated[bool, typer.Option("--check", help="Is the snapshot what the program serves?")]
Write = Annotated[bool, typer.Option("--write", help="Write the snapshot anew.")]
Print = Annotated[bool, typer.Option("--print", help="Print the schema.")]


def published() -> str:
    """Asked of the composition root, the only module that knows the schema."""
    text: str = import_module("app.main").schema.sdl()
    return text


@app.callback(invoke_without_command=True)
def schema(context: typer.Context, check: Check = False, write: Write = False, show: Print = False) -> None:
    """Print the schema, write its snapshot, or check it."""
    if not (check or write or show):
        typer.echo(context.get_help())
        return
    text = published()
    if show:
        typer.echo(text, nl=False)
    if write:
        SNAPSHOT.write_text(text, "utf-8")
        typer.echo("wrote schema/schema.graphql")
    if check and (not SNAPSHOT.is_file() or SNAPSHOT.read_text("utf-8") != text):
        typer.echo("schema/schema.graphql is not what the program serves; run: python -m app schema --write")
        raise typer.Exit(1)
    if check:
        typer.echo("schema: the snapshot is fresh")
