"""Live news wake by Redis, one listener a process; without it they look by themselves (C9)."""

import asyncio
import time
from contextlib import asynccontextmanager, suppress

import pytest

from app.adapters import wakeups
from app.adapters.wakeups import Wakeups, of_person
from app.models.people import Person
from app.models.records import Outbox
from app.services.outbox import deliver_in_app

pytestmark = pytest.mark.clause("C9")


@asynccontextmanager
async def listening(url: str):
    """One process: its listener has begun."""
    here = Wakeups(url)
    task = asyncio.create_task(here.listen())
    for _ in range(200):
        if here.listening:
            break
        await asyncio.sleep(0.02)
    assert here.listening
    yield here
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await here.close()


async def test_what_one_process_delivers_wakes_a_subscriber_of_another_at_once(db, valkey_url: str) -> None:
    """From the delivery to the wake-up in the median well under 300 ms, long before anybody would look by himself."""
    async with db.write() as session:
        person, other = Person(name="甲"), Person(name="乙")
        session.add_all([person, other])
    took = []
    async with listening(valkey_url) as web, listening(valkey_url) as worker:
        async with web.waiting([of_person(person.id)]) as waiter, web.waiting([of_person(other.id)]) as deaf:
            for number in range(9):
                async with db.write() as session:
                    line = Outbox(dedupe=str(number), event="x", channel="inapp", person_id=person.id)
                    session.add(line)
                waiting, began = asyncio.create_task(waiter.wait()), time.monotonic()
                await deliver_in_app(db, worker)
                await asyncio.wait_for(waiting, 5)
                took.append(time.monotonic() - began)
            assert not deaf._event.is_set(), "another's news wake nobody else"
        assert not web._waiting, "nothing is left of those who went"
    assert sorted(took)[4] < 0.3


async def test_without_redis_those_who_wait_look_by_themselves(monkeypatch) -> None:
    monkeypatch.setattr(wakeups, "EVERY_SECONDS", 0.05)
    for url in ("", "redis://127.0.0.1:1"):
        here = Wakeups(url)
        task = asyncio.create_task(here.listen())
        async with here.waiting(["x"]) as waiter:
            began = time.monotonic()
            await waiter.wait()
            assert time.monotonic() - began < 2 and not here.listening
            here.tell(["x"])  # within the process it wakes all the same
            await asyncio.wait_for(waiter.wait(), 1)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await here.close()


async def test_what_was_told_between_two_waits_is_not_lost() -> None:
    here = Wakeups()
    async with here.waiting(["x"]) as waiter:
        here.tell(["x"])
        began = time.monotonic()
        await waiter.wait()
        assert time.monotonic() - began < 0.5
