"""The secret address of a person's calendar (C9): told once, kept as a hash, renewed or revoked by him."""

import hashlib
import secrets
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.enforces import enforces
from app.models.channels import CalendarFeed
from app.rules.roles import Actor
from app.services import trail
from app.services.work import Work


def address_of(base_url: str, secret: str) -> str:
    return f"{base_url}/calendar/{secret}.ics"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@enforces("C9")
async def renew_feed(work: Work, actor: Actor) -> str:
    """A new address, and its secret. The one before it finds nothing from now on."""
    secret = secrets.token_urlsafe(32)
    await work.session.execute(delete(CalendarFeed).where(col(CalendarFeed.person_id) == actor.me))
    work.session.add(CalendarFeed(person_id=actor.me, secret_hash=_hash(secret), since=work.now))
    await _record(work, actor, "renew")
    return secret


@enforces("C9")
async def revoke_feed(work: Work, actor: Actor) -> UUID:
    await work.session.execute(delete(CalendarFeed).where(col(CalendarFeed.person_id) == actor.me))
    await _record(work, actor, "revoke")
    return actor.me


async def feed_of(session: AsyncSession, person_id: UUID) -> CalendarFeed | None:
    found: CalendarFeed | None = await session.scalar(
        select(CalendarFeed).where(col(CalendarFeed.person_id) == person_id)
    )
    return found


@enforces("C9")
async def person_of_feed(session: AsyncSession, secret: str) -> UUID | None:
    """Whose calendar it is; None for an address that is none, or no more."""
    query = select(col(CalendarFeed.person_id)).where(col(CalendarFeed.secret_hash) == _hash(secret))
    found: UUID | None = await session.scalar(query)
    return found


async def _record(work: Work, actor: Actor, action: str) -> None:
    await work.session.flush()
    entry = trail.entry(
        work.now, "calendar_feed", action, "C9", object_id=actor.me, actor_id=actor.me, origin=actor.origin
    )
    await trail.append(work.session, entry)
