"""Which lines of the outbox become a calendar invitation: those about one meeting, to somebody who is called (C9)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.enforces import enforces
from app.models.matters import Meeting
from app.models.records import Outbox
from app.queries.actors import load_actor
from app.queries.called import takes_part
from app.rules.notices import MEETING_NOTICES


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes in one mail. `meeting`: the one it invites to."""

    rows: tuple[Outbox, ...]
    meeting: Meeting | None = None


@enforces("C9", "C2")
async def bundles(session: AsyncSession, person_id: UUID, rows: Sequence[Outbox]) -> list[Bundle]:
    """An invitation is a mail of its own, for a mail program takes one meeting from a mail; all the rest is one digest.
    Several changes of one meeting that wait together are one invitation: it says how things stand now."""
    about: dict[UUID, list[Outbox]] = defaultdict(list)
    for row in rows:
        if row.event in MEETING_NOTICES and row.object_id:
            about[row.object_id].append(row)
    meetings = await _meetings(session, person_id, list(about)) if about else {}
    found = [Bundle(tuple(about[key]), meeting) for key, meeting in meetings.items()]
    rest = tuple(row for row in rows if row.object_id not in meetings or row.event not in MEETING_NOTICES)
    return [*found, Bundle(rest)] if rest else found


async def _meetings(session: AsyncSession, person_id: UUID, keys: list[UUID]) -> dict[UUID, Meeting]:
    actor = await load_actor(session, person_id)
    query = select(Meeting).where(
        col(Meeting.id).in_(keys),
        takes_part(actor),
        col(Meeting.disclosure) != "restricted",
        col(Meeting.noticed_starts_at).is_not(None),
    )
    return {row.id: row for row in (await session.scalars(query.order_by(col(Meeting.id)))).all()}
