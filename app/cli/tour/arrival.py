"""Before the curtain: an empty demonstration, the roster, and a password for everybody who plays."""

from collections.abc import Callable, Mapping

from app.cli.tour.cast import CAST
from app.cli.tour.client import Client, ClientError
from app.cli.tour.server import ROOT
from app.services.demo.load import PASSWORD

ROSTER = ROOT / "app" / "demo" / "roster.xlsx"
GROUP = "江智组"
_ACCEPT = "mutation Accept($input: AcceptInviteInput!) { acceptInvite(input: $input) { __typename } }"


def invited(command: Callable[..., str]) -> dict[str, str]:
    """Import the roster into a demonstration (only there the clock can be moved); phone number -> one-time token."""
    command("init", "--demo")
    command("import", "roster", str(ROSTER), "--group", GROUP, "--apply")
    lines = [line.split("\t") for line in command("invite", "--all").splitlines()]
    return {line[1]: line[2].rpartition("/")[2] for line in lines if len(line) == 3}


def set_passwords(client: Client, tokens: Mapping[str, str]) -> None:
    """Everybody who plays uses his one-time link."""
    for name, (_, phone) in CAST.items():
        answer = client.ask(_ACCEPT, {"input": {"token": tokens[phone], "password": PASSWORD}})
        if answer["acceptInvite"]["__typename"] != "Done":
            raise ClientError(f"{name} cannot set a password: {answer}")
