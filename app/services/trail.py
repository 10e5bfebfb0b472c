"""The trail (C6): append-only, chained by hashes; a gap or a change is found by `verify`."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.enforces import enforces
from app.models.records import Trail

GENESIS = "0" * 64
_LOCK = 721_500_001


def entry_hash(row: Trail) -> str:
    """SHA-256 over the entry's fields and the hash before it."""
    at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
    cells = (
        row.previous,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        row.group_id,
        row.actor_id,
        row.for_id,
        row.entered_by,
        row.noun,
        row.object_id,
        row.action,
        row.version,
        row.from_state,
        row.to_state,
        row.clause,
        row.origin,
        row.content_hash,
    )
    return hashlib.sha256("\x1f".join("" if cell is None else str(cell) for cell in cells).encode()).hexdigest()


@enforces("C6")
async def append(session: AsyncSession, row: Trail) -> Trail:
    """Append under a lock, so that two writers cannot continue the same entry (SQLite writes hold one anyway)."""
    await append_all(session, [row])
    return row


@enforces("C6")
async def append_all(session: AsyncSession, rows: Sequence[Trail]) -> None:
    """Several entries of one act, one behind the other: the end of the chain is asked for once."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    last = await session.scalar(select(col(Trail.hash)).order_by(col(Trail.seq).desc()).limit(1))
    for row in rows:
        row.previous = last or GENESIS
        row.hash = last = entry_hash(row)
        session.add(row)
        await session.flush()  # one by one: the running number follows the chain


def entry(
    at: datetime,
    noun: str,
    action: str,
    clause: str,
    *,
    object_id: UUID | None = None,
    group_id: UUID | None = None,
    actor_id: UUID | None = None,
    for_id: UUID | None = None,
    entered_by: UUID | None = None,
    version: int = 0,
    from_state: str = "",
    to_state: str = "",
    origin: str = "",
    content_hash: str = "",
) -> Trail:
    return Trail(
        at=at,
        noun=noun,
        action=action,
        clause=clause,
        object_id=object_id,
        group_id=group_id,
        actor_id=actor_id,
        for_id=for_id,
        entered_by=entered_by,
        version=version,
        from_state=from_state,
        to_state=to_state,
        origin=origin,
        content_hash=content_hash,
        previous="",
        hash="",
    )


@enforces("C6")
async def verify(session: AsyncSession) -> tuple[int, int | None]:
    """(entries read, seq of the first entry that does not fit its predecessor or its own hash, or None)."""
    previous, count = GENESIS, 0
    async for row in await session.stream_scalars(select(Trail).order_by(col(Trail.seq))):
        count += 1
        if row.previous != previous or row.hash != entry_hash(row):
            return count, row.seq
        previous = row.hash
    return count, None
