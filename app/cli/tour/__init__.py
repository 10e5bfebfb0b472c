"""`python -m app tour`: one matter from its first draft to closing, played over HTTP against a server of its own."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from app.cli.tour.arrival import invited, set_passwords
from app.cli.tour.client import Client, ClientError
from app.cli.tour.page import page
from app.cli.tour.play import OffScript, Player
from app.cli.tour.script import OPENING, SCRIPT
from app.cli.tour.server import ROOT, Server, ServerError

app = typer.Typer(help="Play one whole matter over HTTP against a server of its own, and print each step.")

PAGE = ROOT / "docs" / "tour.md"


@app.callback(invoke_without_command=True)
def tour(
    write: Annotated[bool, typer.Option("--write", help="Write docs/tour.md from the script instead.")] = False,
    kill_after: Annotated[int, typer.Option(hidden=True, help="Kill the server after this step, start it again.")] = 0,
) -> None:
    """Play the tour. Exit 0 when everything was answered as the script says."""
    if write:
        PAGE.write_text(page(), "utf-8")
        typer.echo(f"tour: wrote {PAGE.relative_to(ROOT)}")
        return
    with tempfile.TemporaryDirectory(prefix="yishi-tour-") as folder:
        server = Server(Path(folder))
        try:
            count = play(server, _killing(server, kill_after))
        except (OffScript, ClientError, ServerError) as error:
            typer.echo(f"tour: broken off: {error}", err=True)
            raise typer.Exit(1) from error
        finally:
            server.stop()
    typer.echo(f"\ntour: closed, {count} steps")


def play(server: Server, after: Callable[[int], None], say: Callable[[str], None] = typer.echo) -> int:
    """Play the whole script against this server, which is started here; the number of steps."""
    server.set_clock(OPENING)
    tokens = invited(server.command)
    server.start()
    with Client([server.url]) as client:
        set_passwords(client, tokens)
        return Player(client, server.set_clock, say, after).play(SCRIPT)


def _killing(server: Server, step: int) -> Callable[[int], None]:
    def after(count: int) -> None:
        if count == step:
            typer.echo("      -- kill -9, and the server starts again --")
            server.restart()

    return after
