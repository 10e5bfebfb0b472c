"""What was entered from paper and is contested by its signer is voided (C20): it stays on record, its effect ends."""

from typing import Any
from uuid import UUID

from app.core.enforces import enforces
from app.core.refusals import NotFound, Refusal, Refused, invalid
from app.models.records import Signature
from app.queries.subjects import Subject
from app.rules.paper import VOIDING
from app.rules.roles import Actor, Role
from app.services import freshness, tells, trail, transitions
from app.services.hands import Hand
from app.services.objections import REFUSES
from app.services.permits import require
from app.services.signatures import sign
from app.services.work import Work

# What an act has set, and what is so again.
_SET_BACK: dict[tuple[str, str], dict[str, Any]] = {
    ("item", "waive_papers"): {"papers_waived": False},
    ("extract", "receive"): {"received_at": None},
}


async def _contested(work: Work, actor: Actor, signature_id: UUID) -> tuple[Signature, Subject]:
    row = await work.session.get(Signature, signature_id)
    if row is None:
        raise NotFound()
    subject = await work.subject(row.noun, row.object_id, actor)
    require(work, actor, "paper", "void", row.group_id, "C20")
    if row.entered_by is None or row.objected_at is None or row.voided_at is not None:
        zh, en = "签署人对此没有提出异议。", "Its signer does not object to it."
        raise Refused(Refusal("not_contested", zh, en, "C20", "签署人提出异议", "the signer, by objecting"))
    return row, subject


def _gone_on() -> Refused:
    zh = "事项已按代录的签署办理,请按该事项的程序退回、变更、撤回,或者不予同意。"
    en = "What was entered has had its effect; take it back by its own procedure: return, change, withdraw or refuse."
    return Refused(Refusal("taken_back_otherwise", zh, en, "C20"))


@enforces("C20")
async def _undo(work: Work, actor: Actor, subject: Subject, action: str) -> None:
    """An act that moved the matter is undone where the table says how, and only from where it led; what was asked for
    is refused by whoever decides on it."""
    if action in REFUSES.values():
        raise _gone_on()
    led_to = {step.to for step in subject.table.rows(action) if step.to}
    for name, value in _SET_BACK.get((subject.noun, action), {}).items():
        setattr(subject.row, name, value)
    if not led_to:
        return
    if subject.row.state not in led_to or subject.table.step("undo_entry", subject.row.state) is None:
        raise _gone_on()
    if subject.noun == "opinion":
        await freshness.undo_answer(work, actor, subject)
    elif subject.noun == "motion":
        await freshness.undo_consolidation(work, actor, subject)
    else:
        await transitions.advance(work, subject, "undo_entry", actor)


@enforces("C20")
async def void_entry(work: Work, actor: Actor, signature_id: UUID, reason: str) -> Signature:
    """The office director voids an entry to which its signer objects; the signer and the clerk are told."""
    row, subject = await _contested(work, actor, signature_id)
    if not reason.strip():
        raise invalid("reason", "请写明理由。", "Give the reason.", "C20")
    await _undo(work, actor, subject, row.action)
    row.voided_at = work.now
    sign(work, subject, VOIDING, Hand(actor.me, Role.OFFICE_DIRECTOR), actor, reason.strip())
    await work.session.flush()
    entry = trail.entry(
        work.now, subject.noun, VOIDING.action, VOIDING.clause, object_id=subject.row.id, group_id=row.group_id,
        actor_id=actor.person_id, for_id=row.person_id, version=subject.row.version, from_state=subject.row.state,
        to_state=subject.row.state, origin=actor.origin,
    )  # fmt: skip
    await trail.append(work.session, entry)
    people = [key for key in (row.person_id, row.entered_by) if key]
    await tells.tell_people(work, subject, "signature.void", people, f"void:{row.id}", {"action": row.action})
    return row
