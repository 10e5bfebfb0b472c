"""Drafting the minutes of a closed meeting out of its record (B2.6)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.core.enforces import enforces
from app.models.matters import Meeting
from app.models.minutes import MinutesSection
from app.models.outcome import Document
from app.queries.meeting_record import Recorded, record_of
from app.queries.subjects import Subject, load_subject
from app.rules import minutes
from app.rules.roles import HANDLERS, Actor
from app.services import tasks, text_hash, transitions
from app.services.guards.minutes import ENDED
from app.services.work import Work


@enforces("B2.6", "C17")
async def draft_minutes(work: Work, actor: Actor, meeting_id: UUID) -> Document:
    """A draft of what the record holds, for its drafter to go over; nothing makes it final but its circuit."""
    meeting = await work.subject("meeting", meeting_id, actor)
    await transitions.perform(work, meeting, "draft_minutes", actor)
    record, rows = await record_of(work.session, meeting.row)
    row = _document(meeting, actor, minutes.compose(record), rows)
    row.draft_by = await _draft_by(work, meeting)
    row.content_hash = text_hash.of(row)
    work.session.add(row)
    await work.session.flush()
    work.session.add_all(
        MinutesSection(document_id=row.id, item_id=each.item.id, position=number, title=each.heard.title)
        for number, each in enumerate(rows, 1)
    )
    await work.session.flush()
    await _close(work, meeting, "minutes", actor.person_id)
    await transitions.begin(work, "document", row, actor, "B2.6", minutes.CIRCUITS[row.circuit].readers)
    return row


def _document(meeting: Subject, actor: Actor, body: str, rows: Sequence[Recorded]) -> Document:
    own = [seat.unit_id for seat in actor.seats if seat.group_id == meeting.row.group_id and seat.role in HANDLERS]
    return Document(
        group_id=meeting.row.group_id,
        state="draft",
        kind=minutes.KIND,
        title=f"{meeting.row.title}{minutes.KIND}",
        body=body,
        content_hash="",
        meeting_id=meeting.row.id,
        department_id=meeting.row.organizer_id or next((key for key in own if key), None),
        circuit=meeting.form.minutes_circuit,
        disclosure="restricted" if any(each.item.disclosure == "restricted" for each in rows) else "internal",
        drafter_id=actor.person_id,
    )


async def _draft_by(work: Work, meeting: Subject) -> date:
    """The date by which the task says that the minutes are drafted."""
    open_now = [task.due_on for task in await tasks.open_tasks(work, meeting) if task.kind == "minutes"]
    return open_now[0] if open_now else work.calendar.add(work.day, meeting.days("minutes_days")).date


def drafted_again_by(work: Work, document: Subject) -> dict[str, date]:
    """Minutes that come back to their drafter are due anew within their own time, other documents as motions are."""
    days = document.days("minutes_days" if document.row.circuit else "revision_days")
    return {"draft_by": work.calendar.add(work.day, days).date}


async def _close(work: Work, meeting: Subject, kind: str, by: UUID | None) -> None:
    for task in await tasks.open_tasks(work, meeting):
        if task.kind == kind:
            tasks.close(work, task, "draft_minutes" if kind == "minutes" else "register", by)


@enforces("B2.6", "C1")
async def follow(work: Work, document: Subject) -> None:
    """What the meeting still owes: its minutes are issued, or fell away and are owed again."""
    row = document.row
    if not row.circuit or row.state not in (*ENDED, "registered"):
        return
    meeting = await load_subject(work.session, "meeting", await work.session.get(Meeting, row.meeting_id))
    if row.state == "registered":
        await _close(work, meeting, "minutes_issue", None)
        return
    owed = {task.kind for task in await tasks.open_tasks(work, meeting)}
    for ask in meeting.state.awaits:
        if ask.kind not in owed:
            tasks.open_asked(work, meeting, ask, "B2.6")
    await work.session.flush()
