"""Documents: drafting, changing the substance, registering (A3.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlmodel import col

from app.core.clock import local_day
from app.core.enforces import enforces
from app.core.refusals import Invalid, Problem, invalid
from app.models.matters import Attendance, Decision, Meeting
from app.models.outcome import Document, DocumentDecision, RegisterEntry
from app.models.people import GroupUnit
from app.queries.subjects import Subject
from app.rules.minutes import CIRCUITS, KIND
from app.rules.roles import HANDLERS, Actor, of_unit
from app.services import extracts, minutes, parts, publications, text_hash, transitions
from app.services.audiences import called_one
from app.services.permits import require, require_group
from app.services.secrets import refuse_secrets
from app.services.work import Work

ADOPTED_BY_MEETING = frozenset({KIND, "决议"})
_LOCK = 721_500_003


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    kind: str
    title: str
    body: str
    decision_ids: Sequence[UUID]
    addressee: str = ""
    department_id: UUID | None = None


def _check(draft: DocumentDraft, carries_none: bool = False, minutes_too: bool = False) -> None:
    """`carries_none`: a report of results, or minutes, puts no decision into force."""
    problems = []
    if draft.kind.strip() == KIND and not minutes_too:
        problems.append(
            Problem("kind", "会议纪要从会议页面起草。", "Minutes are drafted from their meeting's record (B2.6).")
        )
    if not draft.title.strip():
        problems.append(Problem("title", "请填写文件标题。", "Give the document a title."))
    if not draft.body.strip():
        problems.append(Problem("body", "请填写正文。", "Write the text."))
    if not draft.decision_ids and not carries_none:
        problems.append(
            Problem("decisionIds", "请选择文件所依据的议定事项。", "Name the decisions it puts into force.")
        )
    if problems:
        raise Invalid(problems, "A3.5")
    refuse_secrets(draft.title, draft.body, draft.addressee)


async def _decisions(work: Work, actor: Actor, ids: Sequence[UUID]) -> list[Decision]:
    return [await work.must_see(Decision, decision_id, actor) for decision_id in dict.fromkeys(ids)]


@enforces("A3.5")
async def _department(work: Work, actor: Actor, group_id: UUID, given: UUID | None) -> UUID | None:
    """The drafter's own department: he does not choose by another whose deputy director signs off first."""
    handler = [seat for seat in actor.seats if seat.group_id == group_id and seat.role in HANDLERS]
    own = [seat.unit_id for seat in handler if seat.unit_id]
    if given is None:
        return next(iter(own), None)
    place = await work.session.get(GroupUnit, (group_id, given))
    if (own and given not in own) or place is None or place.kind != "department":
        raise invalid("department", "只能以本人所在部门的名义拟稿。", "One drafts for one's own department.", "A3.5")
    return given


async def draft_document(
    work: Work, actor: Actor, group_id: UUID, draft: DocumentDraft, *, reports_results: bool = False
) -> Document:
    """Draft a document for decisions of one meeting. The drafter's department decides who signs off first."""
    await require_group(work, group_id)
    require(work, actor, "document", "draft", group_id, "A3.5")
    _check(draft, reports_results)
    decisions = await _decisions(work, actor, draft.decision_ids)
    if any(row.group_id != group_id for row in decisions):
        raise invalid("decisionIds", "议定事项不属于本领导小组。", "A decision belongs to another group.", "A3.5")
    restricted = any(row.disclosure == "restricted" for row in decisions)
    row = Document(
        group_id=group_id,
        state="draft",
        kind=draft.kind.strip(),
        title=draft.title.strip(),
        addressee=draft.addressee.strip(),
        body=draft.body.strip(),
        content_hash="",
        meeting_id=decisions[0].meeting_id if decisions else None,
        reports_results=reports_results,
        department_id=await _department(work, actor, group_id, draft.department_id),
        disclosure="restricted" if restricted else "internal",
        drafter_id=actor.person_id,
    )
    row.content_hash = text_hash.of(row)
    work.session.add(row)
    await work.session.flush()
    work.session.add_all(DocumentDecision(document_id=row.id, decision_id=decision.id) for decision in decisions)
    await work.session.flush()
    await transitions.begin(work, "document", row, actor, "A3.5", ("drafter", "office", "leader", "deputies"))
    return row


async def revise_document(work: Work, actor: Actor, document_id: UUID, draft: DocumentDraft, reason: str) -> Document:
    """A change of substance voids all signatures and starts again at the first; the voided ones stay on record."""
    subject = await work.subject("document", document_id, actor)
    of_meeting = bool(subject.row.circuit)
    _check(draft, subject.row.reports_results or of_meeting, of_meeting)
    changes: dict[str, Any] = {
        "kind": KIND if of_meeting else draft.kind.strip(),
        "title": draft.title.strip(),
        "addressee": draft.addressee.strip(),
        "body": draft.body.strip(),
        **minutes.drafted_again_by(work, subject),
    }
    await transitions.perform(work, subject, "revise", actor, reason=reason, changes=changes)
    subject.row.content_hash = text_hash.of(subject.row)
    document: Document = subject.row
    return document


def series_of(subject: Subject) -> str:
    """The series in which it is numbered: the body's own, for minutes one for each circuit."""
    own: str = subject.group.body_code or subject.group.code
    circuit = CIRCUITS.get(subject.row.circuit)
    return own + (circuit.series if circuit else "")


async def _next_serial(work: Work, group_id: UUID, series: str, year: int) -> int:
    """The next number of a series, without gaps: taken under a lock, in the transaction that uses it."""
    if work.session.get_bind().dialect.name == "postgresql":
        await work.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    query = select(func.max(col(RegisterEntry.serial))).where(
        col(RegisterEntry.group_id) == group_id, col(RegisterEntry.series) == series, col(RegisterEntry.year) == year
    )
    return (await work.session.scalar(query) or 0) + 1


async def _dated_on(work: Work, subject: Subject) -> date:
    """The day of issue; for what a meeting adopts itself, and for minutes, the day of the meeting."""
    if subject.row.kind in ADOPTED_BY_MEETING and subject.row.meeting_id:
        meeting = await work.session.get(Meeting, subject.row.meeting_id)
        assert meeting is not None  # a foreign key
        return local_day(meeting.starts_at)
    issued = next(row for row in reversed(subject.signatures) if row.action in ("issue", "approve"))
    return local_day(issued.signed_at)


async def _recipients(work: Work, document: Document) -> list[str]:
    """Who was called to the meeting; a report of results goes to every member unit."""
    if document.reports_results:
        members = select(col(GroupUnit.unit_id)).where(
            col(GroupUnit.group_id) == document.group_id, col(GroupUnit.kind) == "member_unit"
        )
        return [of_unit(document.group_id, key) for key in (await work.session.scalars(members)).all()]
    query = select(Attendance).where(col(Attendance.meeting_id) == document.meeting_id)
    return [called_one(row) for row in (await work.session.scalars(query)).all()]


@enforces("A3.5")
async def register_document(work: Work, actor: Actor, document_id: UUID) -> Document:
    """Give the issued document its number 〔year〕 and its date; from now on it cannot be changed."""
    subject = await work.subject("document", document_id, actor)
    await transitions.perform(work, subject, "register", actor)
    row: Document = subject.row
    dated, series = await _dated_on(work, subject), series_of(subject)
    serial = await _next_serial(work, row.group_id, series, dated.year)
    work.session.add(
        RegisterEntry(
            group_id=row.group_id,
            series=series,
            year=dated.year,
            serial=serial,
            document_id=row.id,
            registered_at=work.now,
        )
    )
    row.number, row.dated_on, row.issued_at = f"{series}〔{dated.year}〕{serial}号", dated, work.now
    await work.session.flush()
    if row.circuit:
        await extracts.send(work, actor, subject)
        await minutes.follow(work, subject)
        return row
    lists, recipients = await parts.lists_of(work, subject), await _recipients(work, row)
    await parts.grant(work, "document", row.id, recipients, "A3.5", lists)
    seen = recipients if lists is None else sorted(set(recipients) & await parts.on_lists(work, lists))
    await extracts.send_whole(work, actor, subject, seen)
    await publications.fall_due(work, subject)
    await work.session.flush()
    return row


@enforces("A3.5")
async def void_number(work: Work, actor: Actor, document_id: UUID, reason: str) -> Document:
    """Void a number that was given: document and number stay in the register with the reason, and the number is not
    given again."""
    subject = await work.subject("document", document_id, actor)
    await transitions.perform(work, subject, "void", actor, reason=reason)
    entry = (
        await work.session.scalars(select(RegisterEntry).where(col(RegisterEntry.document_id) == document_id))
    ).one()
    entry.void_reason, entry.voided_at = reason.strip()[:200], work.now
    await work.session.flush()
    await extracts.take_back(work, actor, subject)
    if subject.row.circuit:
        await minutes.follow(work, subject)
    row: Document = subject.row
    return row
