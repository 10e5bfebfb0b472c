"""Delivery of the outbox: claim by lease, deliver, mark done. A line is delivered once, or a person sees why not.

Whoever claims a line raises `attempts`; that number is his fence: once another has claimed the line after his lease ran
out, nothing he still writes about it counts. Leases are measured by the database's clock, which all workers share.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.adapters.wakeups import Wakeups, of_person
from app.core.clock import now
from app.core.enforces import enforces
from app.models.engine import Database
from app.models.records import Notification, Outbox, Task
from app.services.digests import task_ids, without_answered
from app.services.inserts import insert_new

LEASE = timedelta(seconds=60)
ATTEMPTS = 15  # over about eight hours
BATCH = 200
IN_APP_BATCH = 500
_COPIED = ("dedupe", "person_id", "event", "group_id", "noun", "object_id", "payload")
SUPERSEDED = "已办理,不再提醒 / answered in the meantime, not sent"


async def database_now(session: AsyncSession) -> datetime:
    if session.get_bind().dialect.name == "postgresql":
        instant: datetime = (await session.execute(text("SELECT clock_timestamp()"))).scalar_one()
        return instant
    found = (await session.execute(text("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"))).scalar_one()
    return datetime.fromisoformat(found).replace(tzinfo=UTC)


def pending(channel: str) -> Any:
    """Neither done nor dead."""
    return (col(Outbox.channel) == channel) & col(Outbox.done_at).is_(None) & col(Outbox.dead_at).is_(None)


def _waiting(channel: str) -> Any:
    """Pending, and due by the application's clock (a demonstration moves it)."""
    return pending(channel) & (col(Outbox.due_at) <= now())


async def anything_waiting(db: Database, channel: str) -> bool:
    """Asked before a write is begun: an idle sweep takes no lock."""
    async with db.read() as session:
        return await session.scalar(select(col(Outbox.id)).where(_waiting(channel)).limit(1)) is not None


@enforces("C9")
async def claim(db: Database, channel: str, limit: int = BATCH) -> list[Outbox]:
    """Take lines that are due and that nobody else holds: each goes to exactly one worker at a time."""
    if not await anything_waiting(db, channel):
        return []
    async with db.write() as session:
        instant = await database_now(session)
        free = or_(col(Outbox.leased_until).is_(None), col(Outbox.leased_until) < instant)
        picked = (
            select(col(Outbox.id))
            .where(_waiting(channel), free)
            .order_by(col(Outbox.due_at), col(Outbox.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("picked")
        )
        statement = (
            update(Outbox)
            .where(col(Outbox.id).in_(select(picked.c.id)))
            .values(attempts=col(Outbox.attempts) + 1, leased_until=instant + LEASE)
            .returning(Outbox)
            .execution_options(synchronize_session=False)
        )
        claimed = list((await session.scalars(statement)).all())
    return sorted(claimed, key=lambda row: (row.due_at, row.id))


def _held(rows: Sequence[Outbox]) -> Any:
    """These lines, as far as the claim still holds: not done, not dead, and claimed by nobody since."""
    pairs = [(row.id, row.attempts) for row in rows]
    return (
        tuple_(col(Outbox.id), col(Outbox.attempts)).in_(pairs)
        & col(Outbox.done_at).is_(None)
        & col(Outbox.dead_at).is_(None)
    )


async def mark_done(session: AsyncSession, rows: Sequence[Outbox], error: str = "") -> set[UUID]:
    """Mark as done; the ids for which the claim still held."""
    if not rows:
        return set()
    return await _change(session, rows, done_at=now(), leased_until=None, error=error)


async def renew(db: Database, rows: Sequence[Outbox]) -> list[Outbox]:
    """Lengthen the lease before a slow step; the lines that are still ours."""
    async with db.write() as session:
        ours = await _change(session, rows, leased_until=await database_now(session) + LEASE)
    return [row for row in rows if row.id in ours]


async def _change(session: AsyncSession, rows: Sequence[Outbox], **values: Any) -> set[UUID]:
    statement = update(Outbox).where(_held(rows)).values(values).returning(col(Outbox.id))
    return set((await session.scalars(statement, execution_options={"synchronize_session": False})).all())


async def mark_failed(db: Database, rows: Sequence[Outbox], error: str, final: bool = False) -> None:
    """Try again later, each time after twice as long; after the last attempt a person sees the dead letter."""
    async with db.write() as session:
        await fail(session, rows, error, final)


async def fail(session: AsyncSession, rows: Sequence[Outbox], error: str, final: bool = False) -> None:
    for row in rows:
        dead = final or row.attempts >= ATTEMPTS
        wait = timedelta(seconds=min(5 * 2**row.attempts, 3600))
        values = {
            "error": error[:300],
            "leased_until": None,
            "due_at": now() + wait,
            "dead_at": now() if dead else None,
        }
        await session.execute(update(Outbox).where(_held([row])).values(values))


async def superseded(session: AsyncSession, rows: Sequence[Outbox]) -> list[Outbox]:
    """Reminders of tasks that were answered, or got another date, while the line was waiting (C2). A digest goes
    without them."""
    ids = task_ids(rows)
    if not ids:
        return []
    query = select(col(Task.id), col(Task.due_version)).where(col(Task.id).in_(ids), col(Task.closed_at).is_(None))
    owed = {(str(task_id), version) for task_id, version in (await session.execute(query)).all()}
    return without_answered(rows, owed)


async def still_wanted(db: Database, rows: Sequence[Outbox]) -> list[Outbox]:
    """Without reminders that were overtaken; these are done."""
    async with db.read() as session:
        late = await superseded(session, rows)
    if late:
        async with db.write() as session:
            await mark_done(session, late, SUPERSEDED)
    gone = {row.id for row in late}
    return [row for row in rows if row.id not in gone]


async def _into_inboxes(session: AsyncSession, rows: Sequence[Outbox]) -> int:
    """Done, and in the inbox: both or neither."""
    late = await superseded(session, rows)
    await mark_done(session, late, SUPERSEDED)
    done = await mark_done(session, [row for row in rows if row not in late])
    lines = [
        {name: getattr(row, name) for name in _COPIED} | {"id": row.id, "created_at": now()}
        for row in rows
        if row.id in done
    ]
    return len(await insert_new(session, Notification, lines, ("dedupe",)))


@enforces("C9")
async def deliver_in_app(db: Database, news: Wakeups | None = None) -> int:
    """Deliver to inboxes until nothing is waiting; a line that cannot be delivered does not hold up the others. Who has
    something new is woken."""
    delivered = 0
    while rows := await claim(db, "inapp", IN_APP_BATCH):
        try:
            async with db.write() as session:
                delivered += await _into_inboxes(session, rows)
        except Exception as error:  # whichever line is at fault, the others must arrive
            delivered += await _one_by_one(db, rows, error)
        if news is not None:
            news.tell(of_person(row.person_id) for row in rows)
    return delivered


async def _one_by_one(db: Database, rows: Sequence[Outbox], error: Exception) -> int:
    delivered = 0
    for row in rows:
        try:
            async with db.write() as session:
                delivered += await _into_inboxes(session, [row])
        except Exception as own:
            await mark_failed(db, [row], f"{type(own).__name__}")
    return delivered
