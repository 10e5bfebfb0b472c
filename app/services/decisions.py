"""In session: what units say and what the meeting decides (A4.3, C17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import invalid
from app.models.matters import Attendance, Decision, Meeting, Statement
from app.queries.subjects import Subject
from app.rules.forms import FORMS
from app.rules.roles import Actor, of_office
from app.services import parts, transitions
from app.services.agenda import GROUP_READERS, OFFICE_READERS, matter_of
from app.services.audiences import called_one
from app.services.guards.meetings import GUESTS
from app.services.motions import is_amount
from app.services.opinions import check_position
from app.services.presence import require_not_aside
from app.services.secrets import refuse_secrets
from app.services.work import Work

KINDS = {
    "passed": ("通过", "Passed"),
    "passed_with_amendments": ("修改后通过", "Passed with amendments"),
    "deferred": ("暂缓", "Deferred"),
    "not_passed": ("未通过", "Not passed"),
    "referred": ("提请上级决定", "Referred"),
    "noted": ("听取汇报", "Noted"),
}


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    kind: str
    text: str
    presider_reason: str = ""
    amount_approved: Decimal | None = None
    conditions: str = ""


async def require_called(work: Work, meeting_id: UUID, unit_id: UUID) -> None:
    if unit_id not in [row.unit_id for row in await _called(work, meeting_id)]:
        raise invalid("unit", "该单位没有被通知参会。", "This unit was not called to the meeting.", "A4.1")


async def _called(work: Work, meeting_id: UUID) -> Sequence[Attendance]:
    return (await work.session.scalars(select(Attendance).where(col(Attendance.meeting_id) == meeting_id))).all()


async def record_statement(
    work: Work, actor: Actor, item_id: UUID, unit_id: UUID, position: str, text: str
) -> Statement:
    """A unit's words on an item, kept as said; dissent too."""
    check_position(position)
    if not text.strip():
        raise invalid("text", "请记录发言内容。", "Record what was said.", "A4.3")
    refuse_secrets(text)
    subject = await work.subject("item", item_id, actor)
    await require_called(work, subject.row.meeting_id, unit_id)
    await require_not_aside(work, subject, unit_id)
    await transitions.perform(work, subject, "record_statement", actor)
    statement = Statement(item_id=item_id, unit_id=unit_id, position=position, text=text.strip(), recorded_by=actor.me)
    work.session.add(statement)
    await work.session.flush()
    return statement


async def _settle(work: Work, actor: Actor, item: Subject, draft: DecisionDraft) -> None:
    matter = await matter_of(work, item)
    if matter is None:
        return
    if draft.amount_approved is not None and matter.noun == "motion":
        matter.row.amount_approved = draft.amount_approved
    await transitions.advance(work, matter, "defer" if draft.kind == "deferred" else "decide", actor)


@enforces("A4.3", "C17")
async def record_decision(work: Work, actor: Actor, item_id: UUID, draft: DecisionDraft) -> Decision:
    """Record what was decided. Only such a record can give rise to documents and directives."""
    if draft.kind not in KINDS:
        raise invalid("kind", "请选择议定结果。", f"One of: {', '.join(KINDS)}.", "C17")
    if not draft.text.strip():
        raise invalid("text", "请写明议定内容。", "Write what was decided.", "A4.3")
    if draft.amount_approved is not None and not is_amount(draft.amount_approved):
        raise invalid("amountApproved", "批准金额须是正数。", "The amount must be positive.", "A1.3")
    refuse_secrets(draft.text, draft.presider_reason, draft.conditions)
    subject = await work.subject("item", item_id, actor)
    decision = Decision(
        group_id=subject.row.group_id,
        item_id=item_id,
        meeting_id=subject.row.meeting_id,
        motion_id=subject.row.motion_id,
        kind=draft.kind,
        text=draft.text.strip(),
        conditions=draft.conditions.strip(),
        presider_reason=draft.presider_reason.strip(),
        amount_approved=draft.amount_approved,
        disclosure=subject.row.disclosure,
        decided_at=actor.moment(work.now),
    )
    subject.related["decision_draft"].append(decision)
    await transitions.perform(work, subject, "decide", actor)
    work.session.add(decision)
    await work.session.flush()
    await _share_decision(work, decision)
    await _settle(work, actor, subject, draft)
    return decision


async def _share_decision(work: Work, decision: Decision) -> None:
    """The decision is known to the leadership, the office and, unless restricted, to those who were called; one of an
    office meeting is the office's own."""
    group_id = decision.group_id
    meeting = await work.session.get(Meeting, decision.meeting_id)
    of_group = meeting is not None and meeting.form in FORMS and not FORMS[meeting.form].of_office
    readers = GROUP_READERS if of_group else OFFICE_READERS
    core = [of_office(group_id, name) for name in readers]
    await parts.grant(work, "decision", decision.id, core, "A4.4")
    called = [called_one(row) for row in await _called(work, decision.meeting_id) if row.capacity not in GUESTS]
    lists = [decision.motion_id] if decision.disclosure == "restricted" and decision.motion_id else None
    await parts.grant(work, "decision", decision.id, called, "A4.4", lists)
