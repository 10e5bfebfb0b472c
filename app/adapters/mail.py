"""Mail by SMTP: a letter in plain text and HTML, made from templates, sent under an id that its caller chooses."""

from dataclasses import dataclass
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
    to: str
    subject: str
    text: str
    html: str
    message_id: str


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
        message = EmailMessage(policy=SMTP_POLICY)
        message["From"], message["To"], message["Subject"] = self.sender, letter.to, letter.subject
        message["Message-ID"] = letter.message_id
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        return message


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
