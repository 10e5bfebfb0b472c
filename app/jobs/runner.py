"""The worker's life: sweep every few seconds, and work off what arq is asked for, until told to end.

Truth is in the database; the sweep finds all that is due there. arq only wakes it earlier. So without a queue, or while
it is away, nothing is lost and nothing doubled: it is only late by one sweep.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from app.adapters import queue
from app.adapters.valkey import EmbeddedValkey
from app.core.settings import Settings
from app.jobs import calendar, chase, deliver, follow, periods
from app.jobs.context import Surroundings
from app.jobs.tidy import Tidying

log = logging.getLogger("yishi.worker")
FUNCTIONS = (deliver.tell, deliver.deliver, chase.chase, follow.follow)
LONGEST_PAUSE = 30.0


async def sweep_once(around: Surroundings) -> None:
    """First what time has changed by itself, then who is late, then deliver what both found."""
    await follow.run(around)
    await periods.run(around)
    await calendar.run(around)
    await chase.run(around)
    await deliver.run(around)


async def sweep_forever(around: Surroundings, seconds: float) -> None:
    tidying = Tidying()
    while True:
        await sweep_once(around)
        await tidying.run(around)
        await asyncio.sleep(seconds)


async def supervise(name: str, life: Callable[[], Awaitable[None]]) -> None:
    """Begin again after any error, each time after a longer pause while it keeps failing."""
    pause = 0.5
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        try:
            await life()
        except Exception as error:  # whatever it is, the worker must not stay away
            log.warning("%s ended by %s; it begins again in %.1f s", name, type(error).__name__, pause)
        pause = 0.5 if loop.time() - began > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        await asyncio.sleep(pause)


async def _work_off(around: Surroundings, address: Callable[[], Awaitable[str]]) -> None:
    url = await address()
    if not url:
        await asyncio.Event().wait()  # no queue here: the sweep does it all
    await queue.work_off(url, FUNCTIONS, {"around": around})


async def run(around: Surroundings, settings: Settings, address: Callable[[], Awaitable[str]]) -> None:
    """Sweep, and work off the queue that `address` names; ends by cancellation."""
    lives = [
        supervise("the sweep", lambda: sweep_forever(around, settings.sweep_seconds)),
        supervise("the queue", lambda: _work_off(around, address)),
    ]
    tasks = [asyncio.create_task(each) for each in lives]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            if not task.cancelling():  # a second cancellation would interrupt its tidying up
                task.cancel()
        await asyncio.wait(tasks)
        await around.sender.aclose()


async def run_embedded(around: Surroundings, settings: Settings) -> None:
    """The worker inside the web process: with the queue that is set, or with a Valkey of its own."""
    valkey = EmbeddedValkey(settings.var)

    async def address() -> str:
        return settings.redis_url or await asyncio.to_thread(valkey.start)

    try:
        await run(around, settings, address)
    finally:
        valkey.stop()
