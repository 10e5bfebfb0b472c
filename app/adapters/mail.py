"""Mail by SMTP: a letter in plain text and HTML, made from templates, sent under an id that its caller chooses."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class MailNotSent(Exception):
    """The server could not be reached or did not take the letter. Says why, without the letter's content."""


@dataclass(frozen=True, slots=True)
class Letter:
    """`unsubscribe`: the address that mutes what the letter is about with one click (RFC 8058); empty: it has none.
    `calendar`: an iCalendar object and its method, such as REQUEST."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    unsubscribe: str = ""
    calendar: tuple[str, bytes] | None = None


class _Address(UnstructuredHeader, BaseHeader):
    """A header that holds an address: it is never folded nor encoded, or no mail program would read it."""

    def fold(self, *, policy: Any) -> str:
        return f"{self.name}: {self}{policy.linesep}"


def _policy() -> Any:
    headers = HeaderRegistry()
    headers.map_to_type("list-unsubscribe", _Address)
    return SMTP_POLICY.clone(header_factory=headers)


_POLICY = _policy()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, /, **values: Any) -> tuple[str, str]:
    """The plain and the HTML text of the notice `name`."""
    environment = _environment()
    plain, html = (environment.get_template(f"notices/{name}.{kind}").render(values) for kind in ("txt", "html"))
    return plain, html


class Mailer:
    """Sends over the server that a URL names: smtp://, smtps:// (TLS from the start), with user and password in it."""

    def __init__(self, url: str, sender: str) -> None:
        self.sender = sender
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("YISHI_SMTP_URL must look like smtp://user:password@host:port or smtps://...")
        tls = parts.scheme == "smtps"
        self._server: dict[str, Any] = {
            "hostname": parts.hostname,
            "port": parts.port or (465 if tls else 25),
            "use_tls": tls,
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "timeout": 20,
        }

    @property
    def domain(self) -> str:
        return self.sender.rpartition("@")[2] or "localhost"

    async def send(self, letter: Letter) -> None:
        async with self.open() as post:
            await post.send(letter)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Post"]:
        """One connection for several letters; the server is first called for the first of them."""
        import aiosmtplib

        post = Post(aiosmtplib.SMTP(**self._server), self.message)
        try:
            yield post
        finally:
            await post.hang_up()

    def message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage(policy=_POLICY)
        message["From"], message["To"], message["Subject"] = self.sender, letter.to, letter.subject
        message["Message-ID"] = letter.message_id
        message["Auto-Submitted"] = "auto-generated"
        if letter.unsubscribe:
            message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        if letter.calendar:
            method, content = letter.calendar
            message.add_alternative(content.decode(), subtype="calendar", params={"method": method})
        return message


class Post:
    """A connection to the mail server; one that the server has ended meanwhile is made anew."""

    def __init__(self, client: Any, message: Callable[[Letter], EmailMessage]) -> None:
        self._client, self._message = client, message

    async def send(self, letter: Letter) -> None:
        import aiosmtplib

        try:
            try:
                await self._hand_over(letter)
            except aiosmtplib.SMTPServerDisconnected:
                await self._hand_over(letter)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailNotSent(f"{type(error).__name__}: {_short(error)}") from error

    async def _hand_over(self, letter: Letter) -> None:
        if not self._client.is_connected:
            await self._client.connect()
        await self._client.send_message(self._message(letter))

    async def hang_up(self) -> None:
        import aiosmtplib

        if self._client.is_connected:
            with suppress(aiosmtplib.SMTPException, OSError):
                await self._client.quit()
        self._client.close()


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
