"""More time: asked for before the due date, granted or refused by whoever issued it; every old date stays (C3)."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import invalid
from app.models.outcome import Directive, DirectiveExtension
from app.queries.subjects import Subject
from app.rules.roles import Actor
from app.services import tasks, transitions
from app.services.directives import periods
from app.services.work import Work


async def ask_extension(work: Work, actor: Actor, directive_id: UUID, due_on: date, reason: str) -> Directive:
    subject = await work.subject("directive", directive_id, actor)
    row: Directive = subject.row
    if row.due_on is None or due_on <= row.due_on:
        raise invalid("dueOn", "新期限须晚于原期限。", "The new date lies after the old one.", "C3")
    parent: Directive | None = subject.one("parent")
    if parent and parent.due_on and due_on > parent.due_on:
        raise invalid("dueOn", "不能晚于上级督办事项的期限。", "It cannot lie after the date of the whole.", "C19")
    await transitions.perform(work, subject, "ask_extension", actor, reason=reason, changes={"extension_to": due_on})
    work.session.add(
        DirectiveExtension(
            directive_id=row.id, due_before=row.due_on, due_asked=due_on, reason=reason.strip()[:1000],
            asked_by=actor.me, asked_at=actor.moment(work.now),
        )
    )  # fmt: skip
    await work.session.flush()
    return row


async def _answer(work: Work, actor: Actor, subject: Subject, granted: bool, words: str) -> None:
    query = select(DirectiveExtension).where(
        col(DirectiveExtension.directive_id) == subject.row.id, col(DirectiveExtension.answered_at).is_(None)
    )
    for row in (await work.session.scalars(query)).all():
        row.granted, row.answer = granted, words.strip()[:1000]
        row.answered_by, row.answered_at = actor.person_id, actor.moment(work.now)
    await work.session.flush()


@enforces("C2", "C3")
async def grant_extension(work: Work, actor: Actor, directive_id: UUID) -> Directive:
    """The new date holds, and the ladder of reminders starts anew."""
    subject = await work.subject("directive", directive_id, actor)
    row: Directive = subject.row
    new = row.extension_to
    await transitions.perform(work, subject, "grant_extension", actor)
    assert new is not None  # the guard has seen it
    row.due_on, row.extension_to = new, None
    await tasks.move_due(work, subject, new, "completion")
    await _answer(work, actor, subject, True, "")
    await periods.dates_moved(work, subject)
    return row


async def refuse_extension(work: Work, actor: Actor, directive_id: UUID, reason: str) -> Directive:
    subject = await work.subject("directive", directive_id, actor)
    row: Directive = subject.row
    await transitions.perform(work, subject, "refuse_extension", actor, reason=reason)
    row.extension_to = None
    await _answer(work, actor, subject, False, reason)
    return row
