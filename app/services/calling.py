"""Calling people to a meeting: each owes an answer (A4.1)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.core.clock import local_day
from app.core.enforces import enforces
from app.models.matters import Attendance
from app.queries.subjects import Subject
from app.rules.meeting import NOTICED
from app.rules.roles import Actor
from app.services import parts, transitions
from app.services.agenda import GROUP_READERS
from app.services.audiences import called_one
from app.services.calls import Call
from app.services.work import Work


def answer_by(work: Work, meeting: Subject) -> date:
    day = work.calendar.before(local_day(meeting.row.starts_at), meeting.days(meeting.form.answer_days))
    return max(day, work.day)


@enforces("A4.1")
async def call(work: Work, actor: Actor, meeting: Subject, calls: Sequence[Call]) -> list[Attendance]:
    """Call those who are not called yet; each owes an answer."""
    known = {row.unit_id or row.person_id for row in meeting.related["attendance"]}
    new: dict[UUID | None, Call] = {}
    for each in calls:
        if each.whom not in known:
            new.setdefault(each.whom, each)
    rows = [_seat(work, actor, meeting, each) for each in new.values()]
    readers = ("office", "called_unit") if meeting.form.of_office else (*GROUP_READERS, "called_unit")
    await transitions.begin_all(work, "attendance", rows, actor, "A4.1", readers)
    if meeting.row.state in NOTICED:  # the notice went out already
        await parts.grant(work, "meeting", meeting.row.id, [called_one(row) for row in rows], "A4.1")
    meeting.related["attendance"].extend(rows)
    return rows


def _seat(work: Work, actor: Actor, meeting: Subject, each: Call) -> Attendance:
    return Attendance(
        group_id=meeting.row.group_id,
        state="called",
        meeting_id=meeting.row.id,
        unit_id=each.unit_id,
        person_id=each.person_id,
        capacity=each.capacity,
        answer_by=answer_by(work, meeting),
        drafter_id=actor.person_id,
    )
