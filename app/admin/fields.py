"""The fields of a form on a matter's page, declared once and drawn by one template."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.admin.forms import Form
from app.rules.roles import Actor
from app.services.transitions import Availability
from app.services.work import Work

Run = Callable[[Work, Actor, UUID, Form], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Field:
    """`kind`: line, text, day, instant, amount, choice, choices or check. `choices` names a list of the page."""

    name: str
    zh: str
    en: str
    kind: str = "line"
    needed: bool = True
    choices: str = ""
    prefilled: bool = False


@dataclass(frozen=True, slots=True)
class Payload:
    """The service that an act's form is for, and what the form asks."""

    run: Run
    fields: tuple[Field, ...] = ()


DUE = Field("due_on", "新期限", "New date", "day")
WORDS = Field("text", "内容", "Text", "text")
REASON = Field("reason", "理由", "Reason", "text")
OPINION = Field("opinion", "意见(可不填)", "Opinion (optional)", "line", needed=False)
PAPER = (
    Field("principal_id", "签署人", "Signer", "choice", choices="signers"),
    Field("signed_on", "纸面签署日期", "Date on the paper", "day"),
    Field("note", "纸质件存放处或扫描件编号", "Where the paper lies, or the scan", "line"),
    Field("scan", "扫描件编号(专家未授权您代录的,必填)", "Scan's number (of an expert needed without his authority)",
          needed=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Button:
    """An act that the asker can take now, with the fields it asks for."""

    noun: str
    action: str
    zh: str
    en: str
    clause: str
    fields: tuple[Field, ...]
    quiet: bool = False
    given: Any = None  # what stands in the fields, where it is not the matter's own row


def asked_for(fields: tuple[Field, ...] | None, reason: bool, signs: bool) -> tuple[Field, ...]:
    """`fields` are those of an act with a payload; any other act asks for a reason, or for a few words."""
    if fields is None:
        return (REASON,) if reason else (OPINION,) if signs else ()
    return fields


def button(noun: str, act: Availability, fields: tuple[Field, ...]) -> Button:
    return Button(noun, act.action, act.zh, act.en, act.clause, fields, quiet=act.reason)
