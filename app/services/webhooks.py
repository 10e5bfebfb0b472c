"""A group's webhooks, kept by the system administrator (C9, C13). A secret is told once, when it is made."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, update
from sqlmodel import col

from app.adapters.webhook import NotAllowed, check_url, new_secret
from app.core.enforces import enforces
from app.core.refusals import Invalid, NotFound, Problem
from app.models.channels import Webhook, WebhookSecret
from app.rules.notices import KINDS
from app.rules.roles import Actor
from app.services import trail
from app.services.permits import require, require_group
from app.services.work import Work

OVERLAP = timedelta(hours=24)
MOST_OVERLAP_HOURS = 24 * 30


@dataclass(frozen=True, slots=True)
class WebhookDraft:
    """`kinds`: the kinds of notice that go there; none: all. `internal`: the hosts that the operator has listed."""

    name: str
    url: str
    kinds: Sequence[str] = ()
    phones: bool = False
    internal: Collection[str] = ()


@enforces("C9")
def _check(draft: WebhookDraft) -> None:
    problems = []
    if not 0 < len(draft.name.strip()) <= 60:
        problems.append(Problem("name", "名称为1至60字。", "The name has 1 to 60 characters."))
    if len(draft.url) > 500:
        problems.append(Problem("url", "地址过长。", "The address is too long."))
    try:
        check_url(draft.url, draft.internal)
    except NotAllowed as error:
        problems.append(Problem("url", error.zh, error.en))
    problems += [
        Problem("kinds", f"没有“{kind}”这类通知。", f"There is no kind of notice {kind!r}.")
        for kind in draft.kinds
        if kind not in KINDS
    ]
    if problems:
        raise Invalid(problems, "C9")


@enforces("C9", "C13")
async def add_webhook(work: Work, actor: Actor, group_id: UUID, draft: WebhookDraft) -> tuple[Webhook, str]:
    """The webhook, and its secret: whoever asks later is not told it."""
    require(work, actor, "webhook", "edit", None, "C13")
    await require_group(work, group_id)
    _check(draft)
    row = Webhook(
        group_id=group_id, name=draft.name.strip(), url=draft.url, kinds=list(draft.kinds), phones=draft.phones,
        created_at=work.now, secret_since=work.now,
    )  # fmt: skip
    work.session.add(row)
    await work.session.flush()
    secret = await _new_secret(work, row)
    await _record(work, actor, row, "add")
    return row, secret


async def edit_webhook(work: Work, actor: Actor, webhook_id: UUID, draft: WebhookDraft) -> Webhook:
    """Another name, address or choice of kinds; the secret stays."""
    row = await _one(work, actor, webhook_id)
    _check(draft)
    row.name, row.url, row.kinds, row.phones = draft.name.strip(), draft.url, list(draft.kinds), draft.phones
    await _record(work, actor, row, "edit")
    return row


@enforces("C9")
async def rotate_secret(
    work: Work, actor: Actor, webhook_id: UUID, overlap: timedelta = OVERLAP
) -> tuple[Webhook, str]:
    """A new secret. The old one goes on signing beside it for a while, so that the receiver can change over."""
    row = await _one(work, actor, webhook_id)
    if not timedelta(0) <= overlap <= timedelta(hours=MOST_OVERLAP_HOURS):
        raise Invalid([Problem("overlap", "重叠时间为0至30天。", "The overlap is 0 to 30 days.")], "C9")
    until = work.now + overlap
    running = or_(col(WebhookSecret.ends_at).is_(None), col(WebhookSecret.ends_at) > until)
    old = update(WebhookSecret).where(col(WebhookSecret.webhook_id) == row.id, running)
    await work.session.execute(old.values(ends_at=until))
    secret = await _new_secret(work, row)
    row.secret_since = work.now
    await _record(work, actor, row, "rotate")
    return row, secret


@enforces("C9")
async def end_webhook(work: Work, actor: Actor, webhook_id: UUID) -> Webhook:
    """Nothing more goes there; what still waits becomes a dead letter. Its secrets are taken out."""
    row = await _one(work, actor, webhook_id)
    row.ended_at = work.now
    gone = update(WebhookSecret).where(col(WebhookSecret.webhook_id) == row.id)
    await work.session.execute(gone.values(secret="", ends_at=work.now))
    await _record(work, actor, row, "end")
    return row


async def _one(work: Work, actor: Actor, webhook_id: UUID) -> Webhook:
    require(work, actor, "webhook", "edit", None, "C13")
    row: Webhook = await work.must_see(Webhook, webhook_id, actor)
    if row.ended_at is not None:
        raise NotFound()
    return row


async def _new_secret(work: Work, row: Webhook) -> str:
    secret = new_secret()
    work.session.add(WebhookSecret(webhook_id=row.id, secret=secret, created_at=work.now))
    await work.session.flush()
    return secret


async def _record(work: Work, actor: Actor, row: Webhook, action: str) -> None:
    await work.session.flush()
    await trail.append(
        work.session,
        trail.entry(
            work.now, "webhook", action, "C9", object_id=row.id, group_id=row.group_id, actor_id=actor.person_id,
            origin=actor.origin,
        ),
    )  # fmt: skip
