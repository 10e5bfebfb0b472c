"""How a meeting stands at this moment, for whoever takes part in it (A4.1, A4.4, C9)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.enforces import enforces
from app.models.matters import Attendance, Item, Meeting, Observer
from app.queries.called import takes_part
from app.queries.visibility import View, row_filter, visible_to
from app.rules.roles import HANDLERS


@dataclass(frozen=True, slots=True)
class Standing:
    """Keys of what this viewer may see of it; two that are equal are no news to him."""

    meeting_id: UUID
    state: str
    current_item: UUID | None
    present: tuple[UUID, ...]
    called_observers: tuple[UUID, ...]


@enforces("A4.4", "C9")
async def standing_of(session: AsyncSession, view: View, meeting_id: UUID) -> Standing | None:
    """None for a meeting that he does not see, or in which he has no place: called, presiding, or of its office."""
    query = visible_to(view, Meeting).where(col(Meeting.id) == meeting_id)
    meeting: Meeting | None = await session.scalar(query)
    if meeting is None:
        return None
    place = select(col(Meeting.id)).where(col(Meeting.id) == meeting_id, takes_part(view.actor))
    if not view.actor.roles_in(meeting.group_id) & HANDLERS and await session.scalar(place) is None:
        return None
    seen = select(col(Attendance.id)).where(col(Attendance.meeting_id) == meeting_id, row_filter(view, Attendance))
    present = await session.scalars(seen.where(col(Attendance.state) == "present").order_by(col(Attendance.id)))
    item = await _current(session, meeting)
    if item is None or not await _sees(session, view, item):
        return Standing(meeting_id, meeting.state, None, tuple(present.all()), ())
    observers = await _observers(session, view, meeting_id, item)
    return Standing(meeting_id, meeting.state, item, tuple(present.all()), observers)


async def _current(session: AsyncSession, meeting: Meeting) -> UUID | None:
    """The item that was taken up; until one was, or once it is settled, the first that is still open. The state of
    directives is heard along the way (C18)."""
    if meeting.state != "in_session":
        return None
    query = select(col(Item.id)).where(col(Item.meeting_id) == meeting.id, col(Item.state) == "listed")
    taken_up: UUID | None = await session.scalar(query.where(col(Item.id) == meeting.current_item_id))
    first = query.where(col(Item.kind) != "directives").order_by(col(Item.position), col(Item.id)).limit(1)
    found: UUID | None = taken_up or await session.scalar(first)
    return found


async def _sees(session: AsyncSession, view: View, item_id: UUID) -> bool:
    query = visible_to(view, Item).where(col(Item.id) == item_id)
    return await session.scalar(query) is not None


async def _observers(session: AsyncSession, view: View, meeting_id: UUID, item_id: UUID) -> tuple[UUID, ...]:
    """The attendances of those who were invited for this item alone: it is their turn to come in."""
    people = select(col(Observer.person_id)).where(
        col(Observer.meeting_id) == meeting_id, col(Observer.item_id) == item_id
    )
    query = select(col(Attendance.id)).where(
        col(Attendance.meeting_id) == meeting_id, col(Attendance.person_id).in_(people), row_filter(view, Attendance)
    )
    return tuple((await session.scalars(query.order_by(col(Attendance.id)))).all())
