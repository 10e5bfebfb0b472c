"""Wake-ups for live news: a process hears by Redis' publish and subscribe that something of interest was committed.

Truth is in the database; a wake-up only says that it is worth looking. A process has one listener, however many
subscribers wait in it: each waits for its own topics, and looks by itself after a while, so that a wake-up which is
lost is only late. Without Redis those who wait look every second.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any

import orjson
from redis.asyncio import Redis

CHANNEL = "yishi:news"
EVERY_SECONDS = 1.0
QUIET_SECONDS = 15.0
_RETRY_SECONDS = 2.0
log = logging.getLogger("yishi.news")


class Wakeups:
    """`url`: where the news are passed on; without one they stay within the process."""

    def __init__(self, url: str = "") -> None:
        self._url = url
        self._redis: Any = None
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._sent: set[asyncio.Task[None]] = set()
        self.listening = False

    @property
    def seconds(self) -> float:
        """How long one waits before he looks by himself."""
        return QUIET_SECONDS if self.listening else EVERY_SECONDS

    @asynccontextmanager
    async def waiting(self, topics: Collection[str]) -> AsyncIterator["Waiter"]:
        event = asyncio.Event()
        for topic in topics:
            self._waiting[topic].add(event)
        try:
            yield Waiter(self, event)
        finally:
            for topic in topics:
                self._waiting[topic].discard(event)
                if not self._waiting[topic]:
                    del self._waiting[topic]

    def tell(self, topics: Iterable[str]) -> None:
        """Wake those who wait for these, here and elsewhere. Returns at once; losing it is harmless."""
        named = sorted(set(topics))
        self._wake(named)
        if named and self._url:
            task = asyncio.get_running_loop().create_task(self._publish(named))
            self._sent.add(task)
            task.add_done_callback(self._sent.discard)

    def _wake(self, topics: Iterable[str]) -> None:
        for topic in topics:
            for event in self._waiting.get(topic, ()):
                event.set()

    async def _publish(self, topics: list[str]) -> None:
        try:
            if self._redis is None:
                self._redis = Redis.from_url(self._url)
            await self._redis.publish(CHANNEL, orjson.dumps(topics))
        except Exception as error:
            log.info("a wake-up was not passed on (%s); those who wait look by themselves", type(error).__name__)

    async def listen(self) -> None:
        """Hear what other processes tell, for ever; begins again after any error."""
        while self._url:
            try:
                await self._listen()
            except Exception as error:
                log.info("no wake-ups for now (%s)", type(error).__name__)
            finally:
                self.listening = False
            await asyncio.sleep(_RETRY_SECONDS)

    async def _listen(self) -> None:
        async with Redis.from_url(self._url) as redis, redis.pubsub() as heard:
            await heard.subscribe(CHANNEL)
            self.listening = True
            self._wake(list(self._waiting))  # what was told before is found by looking
            async for message in heard.listen():
                if message["type"] == "message":
                    self._wake(orjson.loads(message["data"]))

    async def close(self) -> None:
        for task in list(self._sent):
            task.cancel()
        if self._redis is not None:
            with suppress(Exception):
                await self._redis.aclose()


class Waiter:
    """One who waits. What was told between two waits is not lost."""

    def __init__(self, wakeups: Wakeups, event: asyncio.Event) -> None:
        self._wakeups, self._event = wakeups, event

    async def wait(self) -> None:
        """Until something was told, or it is time to look without that."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), self._wakeups.seconds)
        self._event.clear()


def of_person(person_id: object) -> str:
    return f"person/{person_id}"


def of_meeting(meeting_id: object) -> str:
    return f"meeting/{meeting_id}"
