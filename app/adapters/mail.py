"""Mail by SMTP: a letter in plain text and HTML, made from templates, sent under an id that its caller chooses."""

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
        import aiosmtplib

        try:
            await aiosmtplib.send(self._message(letter), **self._server)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailNotSent(f"{type(error).__name__}: {_short(error)}") from error

    def _message(self, letter: Letter) -> EmailMessage:
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


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
