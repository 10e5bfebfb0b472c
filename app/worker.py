"""The worker of the production shape, `python -m app worker` (or `arq app.worker.WorkerSettings`): what it works on.

| what               | when                                            |
|--------------------|-------------------------------------------------|
| follow             | every sweep (YISHI_SWEEP_SECONDS), when asked   |
| periods            | every sweep                                     |
| calendar           | every sweep                                     |
| chase              | every sweep (YISHI_SWEEP_SECONDS), when asked   |
| deliver            | every sweep, and right after an act             |
| tidy               | at the start, then once an hour                 |
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

from app.adapters import queue
from app.adapters.wakeups import Wakeups
from app.core import clock
from app.core.settings import Settings, get_settings
from app.jobs import runner
from app.jobs.context import surroundings
from app.models.engine import Database
from app.services import installation as place


async def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT."""
    db = Database(settings.url)
    await place.check(db, settings)
    clock.use_file(settings.clock_file)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    life = asyncio.create_task(
        runner.run(surroundings(db, settings, Wakeups(settings.redis_url)), settings, _address(settings))
    )
    await ended.wait()
    life.cancel()
    await asyncio.wait([life])
    await db.close()


def _address(settings: Settings) -> Callable[[], Awaitable[str]]:
    async def address() -> str:
        return settings.redis_url

    return address


async def _startup(ctx: dict[str, Any]) -> None:
    settings = get_settings()
    ctx["db"] = Database(settings.url)
    await place.check(ctx["db"], settings)
    clock.use_file(settings.clock_file)
    ctx["around"] = surroundings(ctx["db"], settings, Wakeups(settings.redis_url))
    sweep = runner.supervise("the sweep", lambda: runner.sweep_forever(ctx["around"], settings.sweep_seconds))
    ctx["sweep"] = asyncio.create_task(sweep)


async def _shutdown(ctx: dict[str, Any]) -> None:
    ctx["sweep"].cancel()
    await asyncio.wait([ctx["sweep"]])
    await ctx["around"].sender.aclose()
    await ctx["db"].close()


class WorkerSettings:
    """For arq's own command line."""

    functions: ClassVar[list[Any]] = list(runner.FUNCTIONS)
    redis_settings = queue.redis_settings(get_settings().redis_url or "redis://127.0.0.1:6379")
    on_startup = _startup
    on_shutdown = _shutdown
    queue_name = queue.QUEUE
    job_serializer = queue.OPTIONS["job_serializer"]
    job_deserializer = queue.OPTIONS["job_deserializer"]
    poll_delay = queue.OPTIONS["poll_delay"]
    timezone = queue.OPTIONS["timezone"]
    keep_result = queue.OPTIONS["keep_result"]
    job_timeout = queue.OPTIONS["job_timeout"]
    max_tries = queue.OPTIONS["max_tries"]
