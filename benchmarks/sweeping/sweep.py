"""The product's chase sweep against set-based SQL written by hand. Both must write the same rows."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import day_end, frozen
from app.models.engine import Database
from app.models.records import Outbox, Reminder
from app.services.chasing import sweep
from benchmarks.sweeping.world import INSTANT, RUNGS, TODAY, World

_HERE = Path(__file__).parent
BY_HAND = {kind: (_HERE / f"late_{kind}.sql").read_text("utf-8") for kind in ("postgresql", "sqlite")}
Rows = tuple[frozenset[Any], frozenset[Any]]


class Undone(Database):
    """Writes, and takes everything back; what was written is looked at before."""

    rows: Rows = (frozenset(), frozenset())
    look = False

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self.engine) as session:
            yield session
            if self.look:
                found = await _written(session)
                self.rows = (self.rows[0] | found[0], self.rows[1] | found[1])
            await session.rollback()


async def _written(session: AsyncSession) -> Rows:
    key = (col(Reminder.task_id), col(Reminder.due_version), col(Reminder.rung), col(Reminder.recipient_id))
    reminders = (await session.execute(select(*key))).all()
    line = (col(Outbox.dedupe), col(Outbox.event), col(Outbox.person_id), col(Outbox.noun), col(Outbox.object_id))
    said = (await session.execute(select(*line, col(Outbox.payload)))).all()
    lines = [(*rest, frozenset(payload.items())) for *rest, payload in said]
    return frozenset(map(tuple, reminders)), frozenset(lines)


async def _by_hand(db: Undone, known: World) -> None:
    async with db.write() as session:
        await session.execute(text("SELECT 1"))  # what goes past SQLAlchemy is within its transaction from here on
        connection = await session.connection()
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await (_on_sqlite if db.is_sqlite else _on_postgresql)(raw, known)


async def _on_postgresql(raw: Any, known: World) -> None:
    days = [known.due[rung] for rung in RUNGS]
    await raw.execute(BY_HAND["postgresql"], *days, TODAY, day_end(TODAY), INSTANT)


async def _on_sqlite(raw: Any, known: World) -> None:
    """Some statements: SQLite knows none that inserts twice."""
    values = {f"due_{rung}": known.due[rung].isoformat() for rung in RUNGS}
    values |= {"today": TODAY.isoformat(), "end": _kept(day_end(TODAY)), "instant": _kept(INSTANT)}
    for statement in BY_HAND["sqlite"].split(";\n"):
        await raw.execute(statement, values)


def _kept(instant: datetime) -> str:
    """As SQLite's rows keep it."""
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


async def compare(url: str, known: World, rounds: int) -> float:
    """How many times the hand-written statement's time the product's sweep takes, at the median of the rounds."""
    product, hand = Undone(url), Undone(url)
    try:
        with frozen(INSTANT):
            return await _rounds(product, hand, lambda: _by_hand(hand, known), rounds)
    finally:
        await product.close()
        await hand.close()


async def _rounds(product: Undone, hand: Undone, by_hand: Callable[[], Awaitable[None]], rounds: int) -> float:
    product.look = hand.look = True
    await by_hand()
    await sweep(product)
    _same(product.rows, hand.rows)
    product.look = hand.look = False
    ratios = []
    for _ in range(rounds):
        await _tidy(product)
        took = [await _seconds(by_hand), await _seconds(lambda: sweep(product))]
        ratios.append(took[1] / took[0])
        where = "SQLite" if product.is_sqlite else "PostgreSQL"
        print(f"sweep on {where}: by hand {took[0] * 1000:.0f} ms, product {took[1] * 1000:.0f} ms", flush=True)
    return median(ratios)


async def _tidy(db: Database) -> None:
    """What was rolled back leaves dead rows, which would make every round dearer than the one before."""
    if db.is_sqlite:
        return
    async with db.engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(text("VACUUM reminder, outbox"))


async def _seconds(work: Callable[[], Awaitable[Any]]) -> float:
    begin = time.monotonic()
    await work()
    return time.monotonic() - begin


def _same(product: Rows, hand: Rows) -> None:
    for what, ours, theirs in (("reminders", product[0], hand[0]), ("lines", product[1], hand[1])):
        if ours != theirs or not ours:
            raise SystemExit(f"{what} differ: {len(ours)} and {len(theirs)}, such as {list(ours ^ theirs)[:2]}")
    print(f"both write the same {len(product[0])} reminders and {len(product[1])} lines", flush=True)
