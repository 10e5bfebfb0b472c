"""By which ways a person is told (C9): the inbox always, mail and the group's webhooks unless he muted the kind."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.enforces import enforces
from app.models.channels import MutedNotice, Webhook
from app.models.records import Outbox
from app.rules.notices import KINDS, Kind, kind_of


@dataclass(frozen=True, slots=True)
class Way:
    channel: str
    webhook_id: UUID | None = None

    @property
    def key(self) -> str:
        """What tells two lines of one event to one person apart."""
        return f"{self.channel}:{self.webhook_id}" if self.webhook_id else self.channel


INBOX, MAIL = Way("inapp"), Way("mail")


@enforces("C9")
async def ways(
    session: AsyncSession, group_id: UUID | None, kind: Kind, people: Collection[UUID]
) -> dict[UUID, list[Way]]:
    """For each of these people, by which ways he hears of what is of this kind."""
    outside = [MAIL, *await _webhooks(session, group_id, kind)]
    muted = await _muted(session, kind, people)
    return {person: [INBOX, *(way for way in outside if way.channel not in muted[person])] for person in people}


async def open_ways(session: AsyncSession, group_id: UUID, kind: Kind) -> list[Way]:
    """The ways of a kind of notice that nobody can mute."""
    return [INBOX, MAIL, *await _webhooks(session, group_id, kind)]


async def _webhooks(session: AsyncSession, group_id: UUID | None, kind: Kind) -> list[Way]:
    if group_id is None:
        return []
    query = select(Webhook).where(col(Webhook.group_id) == group_id, col(Webhook.ended_at).is_(None))
    rows = (await session.scalars(query.order_by(col(Webhook.id)))).all()
    return [Way("webhook", row.id) for row in rows if not row.kinds or kind.code in row.kinds]


async def _muted(session: AsyncSession, kind: Kind, people: Collection[UUID]) -> dict[UUID, set[str]]:
    """What cannot be muted is looked up for nobody."""
    found: dict[UUID, set[str]] = defaultdict(set)
    if not kind.mandatory and people:
        query = select(col(MutedNotice.person_id), col(MutedNotice.channel))
        query = query.where(col(MutedNotice.kind) == kind.code, col(MutedNotice.person_id).in_(list(people)))
        for person_id, channel in (await session.execute(query)).all():
            found[person_id].add(channel)
    return found


def kind_of_line(row: Outbox) -> Kind:
    """The kind of a line of the outbox: as it was when it was written."""
    return KINDS.get(str(row.payload.get("notice", "")), kind_of(row.event))
