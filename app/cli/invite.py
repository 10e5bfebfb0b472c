"""`python -m app invite PERSON | --all`: one-time links with which people set their password, printed or mailed."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from app.core.settings import get_settings

if TYPE_CHECKING:
    from app.models.people import Person
    from app.services.work import Works

app = typer.Typer(help="One-time sign-in links, printed or mailed.")

Who = Annotated[str, typer.Argument(help="Name, phone or mail of one person.")]
Everybody = Annotated[bool, typer.Option("--all", help="Everybody who has no password yet.")]
Mail = Annotated[bool, typer.Option("--mail", help="Send the links by mail instead of printing them.")]


@app.command()
def invite(person: Who = "", everybody: Everybody = False, mail: Mail = False) -> None:
    """Make links; each works once, within seven days."""
    if bool(person) == everybody:
        typer.echo("invite: name one person, or give --all", err=True)
        raise typer.Exit(2)
    if mail and not get_settings().smtp_url:
        typer.echo("invite: no mail server is set (YISHI_SMTP_URL); leave out --mail to print the links", err=True)
        raise typer.Exit(2)
    asyncio.run(_invite(person, mail))


async def _invite(who: str, mail: bool) -> None:
    from app.cli.opening import opened
    from app.services.accounts import make_invite

    async with opened() as works:
        people = await _found(works, who)
        async with works.begin() as work:
            links = [
                f"{get_settings().base_url}/admin/invite/{await make_invite(work, person.id)}" for person in people
            ]
        if mail:
            await _send(people, links)
            return
        for person, link in zip(people, links, strict=True):
            typer.echo(f"{person.name}\t{person.phone or person.mail}\t{link}")
    typer.echo(f"invite: {len(people)} links; each works once, within 7 days")


async def _found(works: "Works", who: str) -> Sequence["Person"]:
    """The people to invite; of several that fit one name, none: they are listed instead."""
    from app.queries.people import people_called, people_without_password

    async with works.db.read() as session:
        if not who:
            return await people_without_password(session)
        people = await people_called(session, who)
    if len(people) == 1:
        return people
    typer.echo(f"invite: {'nobody is' if not people else f'{len(people)} people are'} called {who!r}", err=True)
    for person in people:
        typer.echo(f"  {person.name}\t{person.phone}\t{person.mail}", err=True)
    if people:
        typer.echo("name one by phone or mail", err=True)
    raise typer.Exit(2)


async def _send(people: Sequence["Person"], links: Sequence[str]) -> None:
    from app.adapters.mail import Mailer, MailNotSent
    from app.services.letters import invitation

    settings = get_settings()
    mailer = Mailer(settings.smtp_url, settings.mail_from)
    failed = 0
    for person, link in zip(people, links, strict=True):
        try:
            if not person.mail:
                raise MailNotSent("no mail address")
            await mailer.send(invitation(person, link, mailer.domain))
        except MailNotSent as error:
            failed += 1
            typer.echo(f"not sent: {person.name}\t{person.phone}\t{error}", err=True)
    typer.echo(f"invite: {len(people) - failed} mails sent, {failed} not")
    if failed:
        raise typer.Exit(1)
