"""When each item of an agenda is expected to come up: it follows from the meeting's begin, order and minutes."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.models.matters import Item, Meeting
from app.services.work import Work


async def agenda_items(work: Work, meeting_id: UUID) -> list[Item]:
    """The items of a meeting in their order, without those taken off."""
    query = select(Item).where(col(Item.meeting_id) == meeting_id, col(Item.state) != "removed")
    return list((await work.session.scalars(query.order_by(col(Item.position), col(Item.id)))).all())


@enforces("A2.1")
async def retime(work: Work, meeting: Meeting) -> None:
    """Each item comes up after the minutes of those before it."""
    instant = meeting.starts_at
    for item in await agenda_items(work, meeting.id):
        item.expected_at = instant
        instant += timedelta(minutes=item.minutes)
    await work.session.flush()
