"""`python -m app COMMAND`. Only the module of the command that was asked for is imported: starting stays quick."""

import sys

import typer

from app.cli.commands import COMMANDS, build


def main() -> None:
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    root: typer.Typer = build([asked] if asked in COMMANDS else list(COMMANDS))
    root()


if __name__ == "__main__":
    main()
