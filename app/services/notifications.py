"""The inbox (C9): a line is read when its owner says so."""

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from app.core.enforces import enforces
from app.models.records import Notification
from app.rules.roles import Actor
from app.services.work import Work


@enforces("C9")
async def mark_read(work: Work, actor: Actor, notification_id: UUID, and_earlier: bool = False) -> Notification:
    """Mark one line of one's own inbox as read, or it and all before it. What was read before keeps its time."""
    row: Notification = await work.must_see(Notification, notification_id, actor)
    own = (col(Notification.person_id) == actor.me, col(Notification.read_at).is_(None))
    which = col(Notification.id) <= row.id if and_earlier else col(Notification.id) == row.id
    await work.session.execute(update(Notification).where(*own, which).values(read_at=work.now))
    await work.session.refresh(row)
    return row
