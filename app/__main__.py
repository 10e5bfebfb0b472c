"""`python -m app COMMAND`. Only the module of the command that was asked for is imported: starting stays quick."""

import sys

import typer
from pydantic import ValidationError

from app.cli.commands import COMMANDS, build


def main() -> None:
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    root: typer.Typer = build([asked] if asked in COMMANDS else list(COMMANDS))
    try:
        root()
    except ValidationError as error:
        if error.title != "Settings":
            raise
        raise SystemExit(_misset(error)) from None


def _misset(error: ValidationError) -> str:
    """Which variable is wrong and how to write it; its value, which may hold a password, is not repeated."""
    faults = (f"YISHI_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors() if fault["loc"])
    return "\n".join(("A setting cannot be read:", *faults))


if __name__ == "__main__":
    main()
