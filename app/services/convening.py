"""Calling people to a meeting, telling what changed, asking again, postponing, opening (A3.1, A4.1)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.clock import local
from app.core.enforces import enforces
from app.models.matters import Meeting
from app.models.people import Person
from app.queries.subjects import Subject, load_subjects
from app.rules.roles import Actor
from app.services import arranging, joint, observers, papers, tasks, transitions
from app.services.agenda_times import retime
from app.services.calling import answer_by, call
from app.services.calls import whom_to_call
from app.services.work import Work

# What a change is told by, in the order in which it is told.
TOLD = (
    ("title", "名称", "title"),
    ("starts_at", "开始时间", "beginning"),
    ("ends_at", "结束时间", "end"),
    ("place", "地点", "place"),
    ("presider_id", "主持人", "presider"),
)


async def _attendances(work: Work, meeting: Subject) -> Sequence[Subject]:
    return await load_subjects(work.session, "attendance", meeting.related["attendance"])


async def _said(work: Work, value: Any) -> str:
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, UUID):
        person = await work.session.get(Person, value)
        return person.name if person else ""
    return str(value)


@enforces("A3.1")
async def changes_told(work: Work, meeting: Meeting, columns: dict[str, Any]) -> dict[str, str]:
    """What everybody called is told of a change: before and after, in both languages."""
    zh, en = [], []
    for name, said_zh, said_en in TOLD:
        before, after = await _said(work, getattr(meeting, name)), await _said(work, columns[name])
        if before != after:
            zh.append(f"{said_zh}由“{before}”改为“{after}”")
            en.append(f"{said_en} from “{before}” to “{after}”")
    return {"zh": "变更:" + (";".join(zh) or "议程"), "en": "Changed: " + ("; ".join(en) or "the agenda")}


@enforces("A3.1")
async def _ask_again(work: Work, meeting: Subject) -> None:
    """An answer given before is asked again when date or place changed; one that was still owed, in any case."""
    row = meeting.row
    moved = (row.noticed_starts_at, row.noticed_place) != (row.starts_at, row.place)
    for attendance in await _attendances(work, meeting):
        if moved or attendance.row.state in ("called", "leave_asked"):
            attendance.row.answer_by = answer_by(work, meeting)
            await transitions.advance(work, attendance, "ask_again")


@enforces("A3.1")
async def convene_meeting(work: Work, actor: Actor, meeting_id: UUID) -> Meeting:
    """Send the notice: only after the leader has agreed. Everybody called owes an answer."""
    subject = await work.subject("meeting", meeting_id, actor)
    transitions.require(work, subject, "convene", actor)
    await _ask_again(work, subject)
    await call(work, actor, subject, await whom_to_call(work, subject))
    await call(work, actor, subject, await observers.observer_calls(work, meeting_id))
    await joint.show_experts(work, subject)
    await arranging.put_directives_first(work, actor, subject)
    await retime(work, subject.row)
    noticed = {"noticed_starts_at": subject.row.starts_at, "noticed_place": subject.row.place}
    await transitions.perform(work, subject, "convene", actor, changes=noticed)
    await papers.ask_to_read(work, subject)
    meeting: Meeting = subject.row
    return meeting


@enforces("A3.1", "C2")
async def quiet(work: Work, meeting: Subject) -> None:
    """While a meeting is changed or postponed nobody owes it an answer; the next notice asks again."""
    for attendance in await _attendances(work, meeting):
        await tasks.close_all(work, attendance, "change", None)


async def postpone_meeting(work: Work, actor: Actor, meeting_id: UUID, reason: str) -> Meeting:
    """Put off without a new date; the change that names one asks the leader again."""
    subject = await work.subject("meeting", meeting_id, actor)
    told = {"zh": f"推迟:{reason.strip()}", "en": f"Postponed: {reason.strip()}"}
    await transitions.perform(work, subject, "postpone", actor, reason=reason, told=told)
    await quiet(work, subject)
    meeting: Meeting = subject.row
    return meeting


@enforces("A4.1")
async def settle_answers(work: Work, meeting: Subject) -> None:
    """When the meeting opens: an invitation that nobody answered is owed no more, and leave that the presider has not
    decided on stands as 未批复 until he does."""
    for attendance in await _attendances(work, meeting):
        if attendance.row.state == "leave_asked":
            await transitions.advance(work, attendance, "lapse")
        elif attendance.row.state == "called":
            await tasks.close_all(work, attendance, "open", None)


@enforces("A4.1")
async def settle_refused_leave(work: Work, attendance: Subject) -> None:
    """Leave refused after the meeting: then it was an absence without leave."""
    if attendance.one("meeting").state == "closed":
        await transitions.advance(work, attendance, "mark_absent")
