"""Whether a person is called to a meeting: himself, through his unit, or through his department (A4.1)."""

from typing import Any

from sqlalchemy import and_, false, or_, select
from sqlmodel import col

from app.models.matters import Attendance, Meeting
from app.rules.roles import HANDLERS, UNIT_ROLES, Actor


def called_by(actor: Actor) -> Any:
    """The condition on an attendance that calls this person."""
    if actor.person_id is None:
        return false()
    ways: list[Any] = [col(Attendance.person_id) == actor.person_id]
    for seat in actor.seats:
        if seat.unit_id and seat.role in UNIT_ROLES | HANDLERS:
            inside = col(Attendance.capacity) == "department"
            here = (col(Attendance.group_id) == seat.group_id) & (col(Attendance.unit_id) == seat.unit_id)
            ways.append(and_(here, inside if seat.role in HANDLERS else ~inside))
    return or_(*ways)


def takes_part(actor: Actor) -> Any:
    """The condition on a meeting to which this person is called, or over which he presides."""
    if actor.person_id is None:
        return false()
    called = select(col(Attendance.meeting_id)).where(called_by(actor), col(Attendance.state) != "excused")
    return or_(col(Meeting.presider_id) == actor.person_id, col(Meeting.id).in_(called))
