"""Who is there: sign-in by code, leaving, and standing aside from an item (A4.1, A4.4)."""

import hmac
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused, invalid
from app.models.matters import Attendance, Item, Meeting, Recusal
from app.queries.subjects import Subject, load_subject
from app.rules.roles import Actor
from app.services import papers, parts, transitions
from app.services.audiences import called_one
from app.services.secrets import refuse_secrets
from app.services.work import Work


@enforces("A4.1")
async def check_in(work: Work, actor: Actor, attendance_id: UUID, code: str) -> Attendance:
    """Whoever was called signs himself in with the number that is shown in the hall."""
    subject = await work.subject("attendance", attendance_id, actor)
    meeting: Meeting = subject.one("meeting")
    if meeting.state == "in_session" and not hmac.compare_digest(code.strip().encode(), meeting.sign_in_code.encode()):
        raise Refused(
            Refusal(
                "wrong_code",
                "签到码不对,请核对会场公布的签到码。",
                "The code is not the one shown in the hall.",
                "A4.1",
                "会务人员可以代为签到",
                "the office can sign you in",
            )
        )
    changes = {"signed_in_at": work.now, "late": work.now > meeting.starts_at}
    await transitions.perform(work, subject, "check_in", actor, changes=changes)
    row: Attendance = subject.row
    return row


async def leave_meeting(work: Work, actor: Actor, attendance_id: UUID) -> Attendance:
    """Whoever goes before the end: the moment is recorded."""
    subject = await work.subject("attendance", attendance_id, actor)
    await transitions.perform(work, subject, "leave", actor, changes={"left_at": work.now})
    row: Attendance = subject.row
    return row


@enforces("A4.4")
async def recuse(work: Work, actor: Actor, item_id: UUID, attendance_id: UUID, reason: str) -> Item:
    """Whoever stands aside from an item: its papers close for him from then on, and he says nothing on it."""
    refuse_secrets(reason)
    subject = await work.subject("item", item_id, actor)
    item: Item = subject.row
    seat = await work.session.get(Attendance, attendance_id)
    if seat is None or seat.meeting_id != item.meeting_id:
        raise invalid("attendance", "该单位或人员没有被通知参加本次会议。", "Not called to this meeting.", "A4.1")
    if await has_stood_aside(work, item_id, seat):
        raise invalid("attendance", "已经记录过回避。", "The recusal is on record already.", "A4.4")
    await transitions.perform(work, subject, "recuse", actor, reason=reason)
    work.session.add(
        Recusal(item_id=item_id, attendance_id=attendance_id, reason=reason.strip()[:500], recorded_by=actor.me)
    )
    await work.session.flush()
    await parts.end(work, [key for key in (item.id, item.motion_id, item.topic_id) if key], [called_one(seat)])
    await papers.close_for(
        work, await load_subject(work.session, "meeting", subject.one("meeting")), item.id, called_one(seat)
    )
    return item


async def has_stood_aside(work: Work, item_id: UUID, seat: Attendance) -> bool:
    query = select(col(Recusal.id)).where(col(Recusal.item_id) == item_id, col(Recusal.attendance_id) == seat.id)
    return await work.session.scalar(query.limit(1)) is not None


@enforces("A4.4")
async def require_not_aside(work: Work, item: Subject, unit_id: UUID) -> None:
    """A unit that stood aside from an item has no say on it."""
    seat = select(Attendance).where(
        col(Attendance.meeting_id) == item.row.meeting_id, col(Attendance.unit_id) == unit_id
    )
    row = await work.session.scalar(seat)
    if row is not None and await has_stood_aside(work, item.row.id, row):
        raise Refused(
            Refusal(
                "stood_aside",
                "该单位已就本议程回避,不再发表意见。",
                "This unit stood aside from the item and has no say on it.",
                "A4.4",
            )
        )
