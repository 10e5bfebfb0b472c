"""Files and register cards on the page of a matter, and what the asker may do with them (A4.4, C8)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import col
from starlette.responses import Response

from app.admin import words
from app.admin.ask import Ask, local_path
from app.admin.door import Page
from app.admin.forms import Form
from app.admin.html import go
from app.admin.titles import person_names
from app.core.clock import now
from app.core.refusals import invalid
from app.core.secrecy import LEVELS
from app.models.papers import Attachment, RegisterCard
from app.queries.subjects import Subject
from app.queries.visibility import visible_to
from app.rules.attachments import CARDED, NAMES, Purpose, purpose_of
from app.services import attachments, secrecy


@dataclass(slots=True)
class Papers:
    """`purpose`: for what the asker may put files in now, if for anything."""

    language: str
    present: list[Attachment] = field(default_factory=list)
    earlier: list[Attachment] = field(default_factory=list)
    cards: list[RegisterCard] = field(default_factory=list)
    names: dict[UUID, str] = field(default_factory=dict)
    purpose: Purpose | None = None
    needs_reason: bool = False
    may_card: bool = False

    def label(self, purpose: str) -> str:
        return NAMES[purpose][0 if self.language == "zh" else 1]

    def level(self, name: str) -> str:
        zh, en, _ = LEVELS[name]
        return zh if self.language == "zh" else en

    def levels(self) -> list[tuple[str, str]]:
        return [(name, self.level(name)) for name in LEVELS]

    @staticmethod
    def weight(size: int) -> str:
        return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(size / 1000, 0.1):.1f} KB"


@dataclass(frozen=True, slots=True)
class Held:
    """What several matters have, as far as the asker may see it."""

    files: Sequence[Attachment]
    cards: Sequence[RegisterCard]
    names: dict[UUID, str]


async def held_by(ask: Ask, object_ids: Sequence[UUID]) -> Held:
    async def seen(model: Any) -> Sequence[Any]:
        query = visible_to(ask.view, model).where(col(model.object_id).in_(object_ids))
        return (await ask.session.scalars(query.order_by(model.id))).all()

    files = await seen(Attachment)
    names = await person_names(ask, {row.put_by for row in files}) if files else {}
    return Held(files, await seen(RegisterCard), names)


def papers_of(ask: Ask, subject: Subject, held: Held) -> Papers:
    mine = [row for row in held.files if row.object_id == subject.row.id]
    found = Papers(
        ask.language,
        [row for row in mine if row.until is None],
        [row for row in mine if row.until is not None],
        [row for row in held.cards if row.object_id == subject.row.id],
        held.names,
    )
    purpose = purpose_of(subject.noun)
    if purpose and attachments.why_not(ask.policy, subject, purpose, ask.actor, now()) is None:
        found.purpose, found.needs_reason = purpose, subject.row.state in purpose.amending
    roles = {role.value for role in ask.actor.roles_in(subject.row.group_id)}
    may = subject.noun in CARDED and ask.policy.allowed_roles("register_card", "enter") & roles
    found.may_card = bool(may and purpose and subject.row.state in purpose.states)
    return found


async def withdraw(ask: Ask) -> Response:
    async with ask.begin() as work:
        row = await attachments.withdraw(work, ask.actor, ask.path_id(), ask.form.text("reason"))
    return go(ask, local_path(ask.form.text("back"), words.link(row.noun, row.object_id)))


def _years(form: Form) -> int:
    try:
        return int(form.needed("years"))
    except ValueError as error:
        raise invalid("years", "请填写年数。", "Give a number of years.", "A4.4") from error


async def card(ask: Ask) -> Response:
    noun, form = str(ask.request.path_params["noun"]), ask.form
    async with ask.begin() as work:
        row = await secrecy.register_card(
            work, ask.actor, noun, ask.path_id(), form.text("number"), form.text("level"), _years(form),
            form.text("keeper"), form.text("place"),
        )  # fmt: skip
    return go(ask, local_path(form.text("back"), words.link(row.noun, row.object_id)))


PAGES = (
    Page("/attachments/{id}/withdraw", withdraw, "POST"),
    Page("/cards/{noun}/{id}", card, "POST"),
)
