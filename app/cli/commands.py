"""Which command lies where, composed on demand."""

from collections.abc import Sequence
from importlib import import_module

import typer

COMMANDS: dict[str, str] = {
    "serve": "app.cli.serve",
    "worker": "app.cli.worker",
    "migrate": "app.cli.migrate",
    "init": "app.cli.init",
    "invite": "app.cli.invite",
    "import": "app.cli.importing",
    "rules": "app.cli.rules",
    "schema": "app.cli.schema",
    "documents": "app.cli.documents",
    "explain": "app.cli.explain",
    "tour": "app.cli.tour",
    "backup": "app.cli.backup",
    "verify": "app.cli.verify",
}


def build(names: Sequence[str]) -> typer.Typer:
    """One typer app with these commands."""
    root = typer.Typer(name="python -m app", no_args_is_help=True, add_completion=False, help="Yishi 议事")

    @root.callback()
    def _root() -> None:
        """Keeps typer from folding a single command into the root."""

    for name in names:
        _add(root, name, import_module(COMMANDS[name]).app)
    return root


def _add(root: typer.Typer, name: str, app: typer.Typer) -> None:
    """A module with one command becomes that command; one with several, or with a callback, a group of them."""
    only = app.registered_commands[0] if len(app.registered_commands) == 1 else None
    if only is None or only.callback is None or app.registered_callback:
        root.add_typer(app, name=name)
    else:
        root.command(name=name)(only.callback)
