"""The text moves on in preliminary review, and those who judged an earlier one are asked again, one by one (C16)."""

from datetime import date
from typing import Any
from uuid import UUID

from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused, invalid
from app.models.matters import EarlierOpinion, Motion, Opinion
from app.models.records import Signature
from app.queries.subjects import Subject, load_subject
from app.rules.roles import Actor
from app.rules.workflow import Ask
from app.services import amendments, consolidating, tasks, transitions
from app.services.secrets import refuse_secrets
from app.services.tells import tell
from app.services.work import Work

REAFFIRMATION = "reaffirmation"


async def amend_motion(work: Work, actor: Actor, motion_id: UUID, title: str, body: str, reason: str) -> Motion:
    """Mend the text after admission, as opinions ask for it. Category and money stay: they want a return (A3.2)."""
    subject = await work.subject("motion", motion_id, actor)
    if not title.strip() or not body.strip():
        raise invalid("body", "请填写修改后的标题和正文。", "Write the amended title and text.", "C16")
    if len(title.strip()) > 200:
        raise invalid("title", "标题不得超过200字。", "A title has at most 200 characters.", "C16")
    if (title.strip(), body.strip()) == (subject.row.title, subject.row.body):
        raise invalid("body", "修改后的文字与原文相同。", "The amended text is the same.", "C16")
    refuse_secrets(title, body)
    changes = {"title": title.strip(), "body": body.strip()}
    await transitions.perform(work, subject, "amend", actor, reason=reason, changes=changes)
    await consolidating.follow(work, actor, motion_id)
    motion: Motion = subject.row
    return motion


def _given(opinion: Opinion, work: Work) -> EarlierOpinion:
    assert opinion.answered_at is not None  # only an answered opinion can be asked again
    return EarlierOpinion(
        opinion_id=opinion.id,
        position=opinion.position,
        text=opinion.text,
        text_hash=opinion.text_hash,
        text_version_id=opinion.text_version_id,
        response=opinion.response,
        due_on=opinion.due_on,
        late=opinion.state == "answered_late",
        answered_at=opinion.answered_at,
        asked_again_at=work.now,
    )


async def ask_opinion_again(work: Work, actor: Actor, opinion_id: UUID, due_on: date | None = None) -> Opinion:
    """Ask one unit again, whose opinion was given on an earlier text. What it had said stays on record."""
    subject = await work.subject("opinion", opinion_id, actor)
    due = due_on or work.calendar.add(work.day, subject.days("opinion_days")).date
    if due < work.day:
        raise invalid("dueOn", "期限不能早于今天。", "The due date cannot lie in the past.", "C16")
    earlier = _given(subject.row, work) if subject.row.answered_at else None
    await transitions.perform(work, subject, "ask_again", actor, changes=_unanswered(due))
    await _archive(work, earlier)
    await consolidating.follow(work, actor, subject.row.motion_id)
    opinion: Opinion = subject.row
    return opinion


def _unanswered(due: date) -> dict[str, Any]:
    """The columns of a request that nobody has answered yet."""
    return {
        "position": "", "text": "", "text_hash": "", "text_version_id": None, "stale": False, "answered_at": None,
        "response": "", "due_on": due, "first_due_on": due, "extended": False, "extension_to": None,
        "extension_reason": "", "extension_outcome": "",
    }  # fmt: skip


async def _archive(work: Work, earlier: EarlierOpinion | None) -> None:
    if earlier is not None:
        earlier.amendments = await amendments.archive(work, earlier.opinion_id)
        work.session.add(earlier)
    await work.session.flush()


@enforces("C20")
async def undo_answer(work: Work, actor: Actor, subject: Subject) -> None:
    """An answer entered from paper is void: the unit owes it anew, and a consolidated opinion that rests on it is open
    again. What was entered stays on record."""
    earlier = _given(subject.row, work)
    due = max(subject.row.due_on, work.calendar.add(work.day, subject.days("opinion_days")).date)
    for name, value in _unanswered(due).items():
        setattr(subject.row, name, value)
    await transitions.advance(work, subject, "undo_entry", actor)
    await _archive(work, earlier)
    motion = await load_subject(work.session, "motion", subject.one("motion"))
    if motion.row.state != "under_review":
        await undo_consolidation(work, actor, motion)
    await consolidating.follow(work, actor, motion.row.id)


@enforces("C20")
async def undo_consolidation(work: Work, actor: Actor, motion: Subject) -> None:
    """Preliminary review goes on; refused when the motion has gone on already."""
    await transitions.advance(work, motion, "undo_entry", actor)
    motion.row.consolidated = ""
    await consolidating.follow(work, actor, motion.row.id)


def _signature(subject: Subject, signature_id: UUID) -> Signature:
    """A signature in force on an earlier text; only those concerned are asked again."""
    for row in subject.signatures:
        if row.id == signature_id and row.signs and row.stale:
            return row
    zh, en = "该签署所依据的文稿没有改动,或者已经失效。", "That signature was given on the present text, or is void."
    raise Refused(Refusal("signature_is_fresh", zh, en, "C16", "拟稿人修改文稿", "the drafter, by amending the text"))


async def ask_signer_again(work: Work, actor: Actor, motion_id: UUID, signature_id: UUID) -> Motion:
    """Ask one signer to reaffirm on the changed text: a task of the office in which he signed (C5)."""
    subject = await work.subject("motion", motion_id, actor)
    signature = _signature(subject, signature_id)
    role = signature.for_role or signature.role
    if role not in work.policy.allowed_roles("motion", "reaffirm"):
        zh, en = "拟稿人修改了文稿,无须另行确认。", "The drafter amended the text himself and is not asked."
        raise Refused(Refusal("signature_is_fresh", zh, en, "C16"))
    ask = Ask(REAFFIRMATION, role, "signature_days")
    for task in await tasks.open_tasks(work, subject):
        if (task.kind, task.audience) == (ask.kind, ask.audience):
            raise invalid("signatureId", "已经请其重新确认。", "He has been asked already.", "C16")
    await transitions.perform(work, subject, "ask_signer_again", actor)
    tasks.open_asked(work, subject, ask, "C16")
    await tell(work, subject, "motion.ask_signer_again", (role,), actor.person_id)
    motion: Motion = subject.row
    return motion


async def reaffirm(work: Work, actor: Actor, motion_id: UUID, opinion: str = "") -> Motion:
    """The signer confirms on the present text; his earlier signature stays as it was, bound to the earlier one."""
    subject = await work.subject("motion", motion_id, actor)
    await transitions.perform(work, subject, "reaffirm", actor, opinion=opinion)
    signed = subject.signatures[-1]
    for task in await tasks.open_tasks(work, subject):
        if task.kind == REAFFIRMATION and task.audience == (signed.for_role or signed.role):
            tasks.close(work, task, "reaffirm", actor.person_id)
    await work.session.flush()
    motion: Motion = subject.row
    return motion
