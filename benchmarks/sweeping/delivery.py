"""Lines of the outbox, delivered by one worker's functions to inboxes, to a mail server and to a receiver of webhooks.

Every line is about a directive, to somebody of its lead unit; what arrived is counted where it arrives.
"""

import time
from collections.abc import Awaitable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import func, select
from sqlmodel import col

from app.adapters.mail import Mailer
from app.adapters.webhook import Sender, new_secret
from app.models.engine import Database
from app.models.records import Notification, Outbox
from app.services.hooks import deliver_webhooks
from app.services.letters import deliver_mail
from app.services.outbox import deliver_in_app
from benchmarks.servers import UVICORN, Server
from benchmarks.sweeping import sink, world
from benchmarks.sweeping.world import World

LINK = "http://127.0.0.1/"


async def _a_second(deliver: Awaitable[int]) -> tuple[int, float]:
    begin = time.monotonic()
    count = await deliver
    return count, count / (time.monotonic() - begin)


def _must(found: Any, wanted: Any, what: str) -> None:
    if found != wanted:
        raise SystemExit(f"{what}: {found} instead of {wanted}")


async def _all_done(db: Database, channel: str, lines: int) -> None:
    query = select(func.count()).where(col(Outbox.channel) == channel, col(Outbox.done_at).is_not(None))
    async with db.read() as session:
        _must(await session.scalar(query), lines, f"lines done by {channel}")


async def in_app(db: Database, known: World, lines: int) -> float:
    await world.pile(db, known.told(lines), "inapp")
    count, speed = await _a_second(deliver_in_app(db))
    async with db.read() as session:
        inboxes = await session.scalar(select(func.count(col(Notification.dedupe).distinct())))
    _must((count, inboxes), (lines, lines), "delivered, and lines of inboxes")
    await _all_done(db, "inapp", lines)
    return speed


async def mail(db: Database, folder: Path, known: World, lines: int) -> float:
    server = Server("sink", ("-m", "benchmarks.sweeping.sink"), {}, "", folder / "sink.log")
    server.start()
    try:
        server.wait()
        await world.pile(db, known.told(lines), "mail")
        count, speed = await _a_second(
            deliver_mail(db, Mailer(f"smtp://127.0.0.1:{server.port}", "y@example.cn"), LINK)
        )
        _must(await sink.counts(server.port), (count, count), "letters taken, and different ones")
        await _all_done(db, "mail", lines)
        return speed
    finally:
        server.stop()


async def webhook(db: Database, folder: Path, known: World, lines: int) -> float:
    secret = new_secret()
    command = (*UVICORN, "benchmarks.sweeping.hooks:app")
    server = Server("hooks", command, {"HOOK_SECRET": secret}, "", folder / "hooks.log")
    server.start()
    try:
        server.wait()
        host = f"127.0.0.1:{server.port}"
        to = await world.webhook(db, known.groups[0], f"http://{host}/hook", secret)
        await world.pile(db, known.told(lines), "webhook", to)
        async with aclosing(Sender([host])) as sender:
            count, speed = await _a_second(deliver_webhooks(db, sender, LINK))
        async with httpx.AsyncClient(trust_env=False) as client:
            got = (await client.get(f"http://{host}/")).json()
        _must((got["deliveries"], got["signed"]), (count, count), "deliveries, and those signed")
        _must((got["entries"], got["distinct"]), (lines, lines), "lines that arrived, and different ones")
        await _all_done(db, "webhook", lines)
        print(
            f"webhook {speed:.0f} deliveries/s, {got['signed']} of {count} signatures good, each of {lines} lines "
            f"once, over {got['connections']} connections"
        )
        return speed
    finally:
        server.stop()
