"""What a clerk can enter from paper on the page of a matter (C20): the steps of those who authorised him."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.admin.ask import Ask
from app.admin.fields import PAPER, Button, asked_for
from app.admin.forms import Form
from app.admin.payloads import PAYLOADS
from app.admin.titles import person_names
from app.core.clock import now
from app.models.people import PaperAuthority
from app.queries.actors import load_actor
from app.queries.subjects import Subject
from app.rules.paper import takes_paper
from app.rules.roles import Actor, Role, Seat
from app.services.paper import PaperEntry
from app.services.transitions import available

Choices = dict[str, list[tuple[str, str]]]


def paper_of(form: Form) -> PaperEntry | None:
    """What the clerk says of the paper, if there is one."""
    if not form.text("principal_id"):
        return None
    return PaperEntry(form.uuid("principal_id"), form.day("signed_on"), form.text("note"), form.text("scan"))


def _is_clerk(ask: Ask, group_id: UUID) -> bool:
    roles = {role.value for role in ask.actor.roles_in(group_id)}
    return bool(ask.policy.allowed_roles("paper", "enter") & roles)


async def signers_for(ask: Ask, group_id: UUID) -> list[Actor]:
    """Who has authorised the asker to enter what he signs on paper."""
    if group_id not in ask.signers:
        ask.signers[group_id] = await _load_signers(ask, group_id) if _is_clerk(ask, group_id) else []
    return ask.signers[group_id]


async def _load_signers(ask: Ask, group_id: UUID) -> list[Actor]:
    query = select(col(PaperAuthority.principal_id)).where(
        col(PaperAuthority.clerk_id) == ask.person_id, col(PaperAuthority.group_id) == group_id,
        col(PaperAuthority.withdrawn_at).is_(None),
    )  # fmt: skip
    return [await load_actor(ask.session, key) for key in (await ask.session.scalars(query)).all()]


async def experts_for(ask: Ask, rows: Sequence[Any]) -> dict[UUID, Actor]:
    """By place on a panel: its expert. Of him a scan does instead of an authority."""
    mine = [row for row in rows if _is_clerk(ask, row.group_id)]
    names = await person_names(ask, {row.person_id for row in mine})
    return {
        row.id: Actor(row.person_id, names.get(row.person_id, ""), (Seat(Role.EXPERT, row.group_id),)) for row in mine
    }


def paper_buttons(ask: Ask, subject: Subject, signers: Iterable[Actor], own: set[str]) -> tuple[list[Button], Choices]:
    """A button for each step that one of these signers can take now and that is not the asker's own anyhow; and, by
    step, who they are."""
    buttons: dict[str, Button] = {}
    choices: Choices = {}
    for signer in signers:
        for act in available(ask.policy, subject, signer, now()):
            if act.allowed and act.action not in own and takes_paper(subject.noun, act.action):
                buttons.setdefault(act.action, _button(subject, act.action))
                choices.setdefault(f"signers_{act.action}", []).append((str(signer.person_id), signer.name))
    return list(buttons.values()), choices


def _button(subject: Subject, action: str) -> Button:
    step = subject.table.step(action, subject.row.state)
    assert step is not None  # it is available
    payload = PAYLOADS.get((subject.noun, action))
    asked = asked_for(payload.fields if payload else None, step.reason, step.signs)
    signer = replace(PAPER[0], choices=f"signers_{action}")
    says = f"代录:{step.zh}", f"From paper: {step.en}"
    return Button(subject.noun, action, *says, "C20", (*asked, signer, *PAPER[1:]), quiet=True)
