"""`python -m app init`: the first administrators of a new installation, three different people."""

import asyncio
import re
from typing import Annotated

import typer

from app.core.settings import get_settings

app = typer.Typer(help="Make the first administrators (three different people) and print their sign-in links.")

_HELP = "Name, then phone or mail or both, such as '张三 13900000000'."
System = Annotated[str, typer.Option("--system", help=f"System administrator: people, units, settings. {_HELP}")]
Security = Annotated[str, typer.Option("--security", help=f"Security administrator: roles, policy. {_HELP}")]
Auditor = Annotated[str, typer.Option("--auditor", help=f"Auditor: reads the trail. {_HELP}")]
Demo = Annotated[bool, typer.Option("--demo", help="Mark an empty database as a demonstration, with nobody in it.")]


@app.command()
def init(system: System = "", security: Security = "", auditor: Auditor = "", demo: Demo = False) -> None:
    """Prepare the database and make the administrators; asks for those not given."""
    if demo:
        asyncio.run(_demo())
        return
    given = {"system_admin": system, "security_admin": security, "auditor": auditor}
    asyncio.run(_administrators({role: text or _ask(role) for role, text in given.items()}))


def _ask(role: str) -> str:
    from app.rules.roles import ROLE_NAMES, Role

    zh, en = ROLE_NAMES[Role(role)]
    return str(typer.prompt(f"{zh} / {en} (姓名 手机 / name phone)"))


async def _demo() -> None:
    from app.cli.opening import opened
    from app.services import installation

    async with opened() as works, works.db.write() as session:
        if not (await installation.make(session, demo=True)).demo:
            typer.echo("init: this database was not made as a demonstration and cannot become one", err=True)
            raise typer.Exit(2)
    typer.echo("init: an empty demonstration")


async def _administrators(texts: dict[str, str]) -> None:
    from app.cli.opening import opened
    from app.core.refusals import Refused
    from app.rules.roles import ROLE_NAMES, Role
    from app.services import installation

    base = get_settings().base_url
    candidates = {Role(role): installation.Candidate(*_parts(text)) for role, text in texts.items()}
    async with opened() as works:
        async with works.db.write() as session:
            await installation.make(session, demo=False)
        try:
            async with works.begin() as work:
                made = await installation.first_administrators(work, candidates)
        except Refused as refused:
            typer.echo(f"{refused.refusal.zh}\n{refused.refusal.en}", err=True)
            raise typer.Exit(2) from None
    for role, (person, token) in made.items():
        zh, en = ROLE_NAMES[role]
        typer.echo(f"{zh} / {en}: {person.name}\t{base}/admin/invite/{token}")
    typer.echo("init: three administrators; each link works once, within 7 days")


def _parts(text: str) -> tuple[str, str, str]:
    """Name, phone, mail out of one line, in any order after the name."""
    words = [word for word in re.split(r"[\s,，;；]+", text.strip()) if word]
    mail = next((word for word in words if "@" in word), "")
    phone = next((word for word in words if re.fullmatch(r"\+?\d[\d-]{4,}", word)), "")
    return " ".join(word for word in words if word not in (mail, phone)), phone, mail
