"""The course of an issued directive: what an act sets, what it brings about in the parts, another year, reopening."""

from datetime import date
from typing import Any
from uuid import UUID

from app.core.enforces import enforces
from app.core.periods import a_year_later
from app.core.refusals import invalid
from app.models.outcome import Directive
from app.queries.subjects import Subject, load_subject
from app.rules.roles import Actor
from app.services import tasks, transitions
from app.services.directives import periods
from app.services.work import Work

# Acts on the whole that its parts follow.
_FOLLOWED = frozenset({"suspend", "resume", "withdraw"})
_GOES_ON = frozenset({"resume", "return_report"})


def changes_for(work: Work, row: Directive, action: str) -> dict[str, Any]:
    """The columns that an act without a payload sets."""
    if action == "acknowledge":
        return periods.changes(work, row, begin=True)
    if action in ("resume", "return_report"):
        return periods.changes(work, row)
    return {"closed_at": work.now} if action == "close" else {}


@enforces("C3", "C19")
async def follow(work: Work, subject: Subject, action: str, actor: Actor, reason: str) -> None:
    """The parts of a directive that is suspended, resumed or withdrawn go the same way, with the same reason. Whoever
    was asked for more time is asked again when the work goes on."""
    if action in _GOES_ON and subject.row.extension_to:
        asked = subject.table.rows("ask_extension")[0]
        for ask in asked.asks:
            tasks.open_asked(work, subject, ask, asked.clause)
        await work.session.flush()
    if action not in _FOLLOWED:
        return
    for part in subject.related["part"]:
        if subject.table.step(action, part.state) is None:
            continue
        below = await load_subject(work.session, "directive", part)
        for name, value in changes_for(work, part, action).items():
            setattr(part, name, value)
        await transitions.advance(work, below, action, actor, reason)
        await follow(work, below, action, actor, reason)


@enforces("C19")
async def renew_directive(work: Work, actor: Actor, directive_id: UUID, due_on: date | None = None) -> Directive:
    """Standing work goes on after its review, until the next one: a year later unless a day is given."""
    subject = await work.subject("directive", directive_id, actor)
    row: Directive = subject.row
    due = due_on or a_year_later(row.due_on or work.day)
    while due_on is None and due <= work.day:
        due = a_year_later(due)
    if due <= work.day:
        raise invalid("dueOn", "下一次检查日须晚于今天。", "The next review lies after today.", "C19")
    await _again(work, subject, "renew", actor, due)
    return row


@enforces("C3")
async def reopen_directive(work: Work, actor: Actor, directive_id: UUID, due_on: date, reason: str) -> Directive:
    """What was closed is taken up again, with a reason and a new date."""
    subject = await work.subject("directive", directive_id, actor)
    row: Directive = subject.row
    if due_on < work.day:
        raise invalid("dueOn", "新期限不能早于今天。", "The new date cannot lie in the past.", "C3")
    await _again(work, subject, "reopen", actor, due_on, reason)
    return row


async def _again(work: Work, subject: Subject, action: str, actor: Actor, due: date, reason: str = "") -> None:
    row: Directive = subject.row
    refusal = transitions.why_not(work.policy, subject, action, actor, work.now)
    changes: dict[str, Any] = {"due_on": due, "closed_at": None}
    if refusal is None and row.period:
        ahead = row.model_copy(update={"due_on": due})
        changes |= periods.changes(work, ahead, begin=True)
    await transitions.perform(work, subject, action, actor, reason=reason, changes=changes)
