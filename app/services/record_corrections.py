"""What a closed meeting has on record changes only by a correction on record, told to all recipients (A4.3)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import invalid
from app.models.matters import Attendance, Decision, Item, Meeting, Statement
from app.models.minutes import RecordCorrection
from app.models.records import Part
from app.queries.subjects import Subject, load_subject
from app.rules.roles import Actor
from app.services import tells, transitions
from app.services.decisions import require_called
from app.services.guards.meetings import GUESTS
from app.services.opinions import check_position
from app.services.presence import require_not_aside
from app.services.secrets import refuse_secrets
from app.services.work import Work

# What can have happened instead, and by which step of the table a seat is set right.
SEATS: Mapping[str, tuple[str, str, str]] = {
    "present": ("set_present", "出席", "Present"),
    "absent": ("set_absent", "缺席", "Absent"),
    "excused": ("set_excused", "准假", "Excused"),
}
KINDS: Mapping[str, tuple[str, str]] = {
    "statement": ("发言", "statement"),
    "decision": ("议定事项", "decision"),
    "attendance": ("出席情况", "attendance"),
}


async def correct_statement(
    work: Work, actor: Actor, statement_id: UUID, position: str, text: str, reason: str
) -> Meeting:
    """What a unit is on record to have said, word for word."""
    row: Statement = await work.must_see(Statement, statement_id, actor)
    item: Item = await work.must_see(Item, row.item_id, actor)
    check_position(position)
    after = {"position": position, "text": text.strip()}
    return await _correct(work, actor, item.meeting_id, item.id, "statement", row, after, reason)


async def add_statement(
    work: Work, actor: Actor, item_id: UUID, unit_id: UUID, position: str, text: str, reason: str
) -> Meeting:
    """What a unit said and nobody wrote down; the correction shows that nothing stood there."""
    item: Item = await work.must_see(Item, item_id, actor)
    if item.state != "decided":
        raise invalid("item", "该议程没有审议,不能补记发言。", "This item was not deliberated.", "A4.3")
    check_position(position)
    await require_called(work, item.meeting_id, unit_id)
    await require_not_aside(work, await load_subject(work.session, "item", item), unit_id)
    row = Statement(item_id=item.id, unit_id=unit_id, position="", text="", recorded_by=actor.me)
    after = {"position": position, "text": text.strip()}
    return await _correct(work, actor, item.meeting_id, item.id, "statement", row, after, reason)


async def correct_decision(
    work: Work,
    actor: Actor,
    decision_id: UUID,
    text: str,
    presider_reason: str,
    reason: str,
    conditions: str | None = None,
) -> Meeting:
    """The words of a decision, and its conditions where they are given. Its kind stays: it has moved the matter, and a
    decided matter is reopened by a new motion only."""
    row: Decision = await work.must_see(Decision, decision_id, actor)
    after = {"text": text.strip(), "presider_reason": presider_reason.strip()[:500]}
    if conditions is not None:
        after["conditions"] = conditions.strip()
    return await _correct(work, actor, row.meeting_id, row.item_id, "decision", row, after, reason)


async def correct_attendance(
    work: Work, actor: Actor, attendance_id: UUID, state: str, substitute: str, reason: str
) -> Meeting:
    """Who was there after all, and who was not. What only a guest of single items concerns, only he reads."""
    row: Attendance = await work.must_see(Attendance, attendance_id, actor)
    if state not in SEATS:
        raise invalid("state", "请选择出席情况。", f"One of: {', '.join(SEATS)}.", "A4.1")
    about = row.id if row.capacity in GUESTS else row.meeting_id
    after = {"state": state, "substitute": substitute.strip()[:100]}
    return await _correct(work, actor, row.meeting_id, about, "attendance", row, after, reason)


@enforces("A4.3")
async def _correct(
    work: Work, actor: Actor, meeting_id: UUID, about_id: UUID, kind: str, row: Any, after: dict[str, str], reason: str
) -> Meeting:
    """Of a closed meeting only, with a reason; what stood there is kept, and everybody concerned is told."""
    before = {name: str(getattr(row, name)) for name in after}
    if before == after:
        raise invalid("text", "更正后的内容与原记录相同。", "The corrected record is the same.", "A4.3")
    if not after.get("text", "-"):
        raise invalid("text", "请填写更正后的内容。", "Write what it should say.", "A4.3")
    refuse_secrets(reason, *after.values())
    meeting = await work.subject("meeting", meeting_id, actor)
    await transitions.perform(work, meeting, "correct_record", actor, reason=reason)
    await _set(work, actor, row, before, after)
    work.session.add(row)
    work.session.add(
        RecordCorrection(
            meeting_id=meeting_id, about_id=about_id, kind=kind, object_id=row.id, before=before, after=after,
            reason=reason.strip()[:500], corrected_by=actor.me, corrected_at=work.now,
        )
    )  # fmt: skip
    await work.session.flush()
    await _tell(work, actor, meeting, about_id, kind)
    return meeting.row  # type: ignore[no-any-return]


async def _set(work: Work, actor: Actor, row: Any, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    for name, value in after.items():
        if name != "state":
            setattr(row, name, value)
    if after.get("state") and after["state"] != before["state"]:
        seat = await load_subject(work.session, "attendance", row)
        await transitions.advance(work, seat, SEATS[after["state"]][0], actor)


@enforces("A4.3", "A4.4")
async def _tell(work: Work, actor: Actor, meeting: Subject, about_id: UUID, kind: str) -> None:
    """Everybody who has part in what was corrected: the leadership, the office, and those who were called."""
    query = select(col(Part.holder)).where(col(Part.object_id) == about_id, col(Part.in_force))
    people = tells.people_behind(meeting, set((await work.session.scalars(query)).all()))
    zh, en = KINDS[kind]
    told = {"zh": f"会议记录更正:{zh}", "en": f"The record was corrected: {en}", "clause": "A4.3"}
    event = "meeting.correct_record"
    key = f"{event}:{meeting.row.id}:{meeting.row.version}"
    await tells.tell_people(work, meeting, event, [each for each in people if each != actor.person_id], key, told)
