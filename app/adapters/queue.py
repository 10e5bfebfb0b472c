"""arq: asking for a job, and working off what was asked. JSON instead of pickle; the database holds the truth."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import orjson
from arq.connections import ArqRedis, RedisSettings, create_pool
from arq.worker import Worker

from app.core.clock import SHANGHAI

QUEUE = "yishi"
JOBS_MAY_FINISH = 5.0  # seconds, when the worker is told to end
OPTIONS: dict[str, Any] = {
    "queue_name": QUEUE,
    "job_serializer": orjson.dumps,
    "job_deserializer": orjson.loads,
    "poll_delay": timedelta(seconds=0.05),
    "keep_result": 0,
    "timezone": SHANGHAI,
    "max_tries": 1,  # the sweep tries again
    "job_timeout": 60,
    "log_results": False,
}
log = logging.getLogger("yishi.queue")


def redis_settings(url: str) -> RedisSettings:
    """From redis://, rediss:// or unix://. A queue that does not answer at once is done without."""
    settings = RedisSettings.from_dsn(url)
    settings.conn_retries = 0
    return settings


async def _pool(url: str) -> ArqRedis:
    return await create_pool(
        redis_settings(url),
        job_serializer=orjson.dumps,
        job_deserializer=orjson.loads,
        default_queue_name=QUEUE,
    )


async def work_off(url: str, functions: Sequence[Any], context: dict[str, Any]) -> None:
    """Run arq's worker within this process; raises whatever ends it."""
    pool = await _pool(url)
    worker = Worker(functions, redis_pool=pool, ctx=dict(context), handle_signals=False, **OPTIONS)
    try:
        await worker.async_run()
    finally:
        await _end(worker, pool)


async def _end(worker: Worker, pool: ArqRedis) -> None:
    """Take no more jobs and let the running ones finish: arq writes down their end after a cancellation too."""
    if worker.main_task:
        worker.main_task.cancel()
        await asyncio.gather(worker.main_task, return_exceptions=True)
    if worker.tasks:
        await asyncio.wait(worker.tasks.values(), timeout=JOBS_MAY_FINISH)
    with suppress(Exception):
        await pool.aclose()
        await pool.connection_pool.disconnect()


class Waker:
    """Asks for a delivery right after an act. Losing one is harmless, so no error of the queue reaches a person."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool: ArqRedis | None = None
        self._asked: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Ask, unless the last asking is still on its way. Returns at once."""
        if self._url and (self._asked is None or self._asked.done()):
            self._asked = asyncio.create_task(self._ask())

    async def _ask(self) -> None:
        try:
            if self._pool is None:
                self._pool = await _pool(self._url)
            await self._pool.enqueue_job("tell", _expires=timedelta(minutes=1))
            await self._pool.enqueue_job("deliver", _job_id="deliver", _expires=timedelta(minutes=1))
        except Exception as error:
            log.info("the queue did not take a wake-up (%s); the sweep will find it", type(error).__name__)

    async def close(self) -> None:
        if self._asked:
            self._asked.cancel()
            with suppress(asyncio.CancelledError):
                await self._asked
        if self._pool:
            with suppress(Exception):
                await self._pool.aclose()
