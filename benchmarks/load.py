"""A light load generator: some connections, each sending its next request when the answer is there."""

import asyncio
import time
from collections.abc import Callable, Iterator
from itertools import repeat

Requests = Iterator[bytes]


class Failed(RuntimeError):
    """An answer was not 200, or a connection ended."""


class _Caller(asyncio.Protocol):
    """One connection. Of an answer only the status and the length are read, so that a megabyte costs nothing here."""

    def __init__(self, requests: Requests, more: Callable[[], bool], done: "asyncio.Future[None]") -> None:
        self.requests, self.more, self.done = requests, more, done
        self.head, self.left = b"", 0
        self.answers = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._next(first=True)

    def _next(self, first: bool = False) -> None:
        """The first is sent in any case, however slow the machine."""
        request = next(self.requests, None) if first or self.more() else None
        if request is None:
            self.transport.close()
            if not self.done.done():
                self.done.set_result(None)
        else:
            self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        if self.left == 0:
            self.head += data
            head, end, rest = self.head.partition(b"\r\n\r\n")
            if not end:
                return
            self.left = self._length(head) - len(rest)
            self.head = b""
        else:
            self.left -= len(data)
        if self.left == 0:
            self.answers += 1
            self._next()

    def _length(self, head: bytes) -> int:
        if not head.startswith(b"HTTP/1.1 200"):
            self._fail(head.decode(errors="replace"))
        for line in head.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                return int(value)
        self._fail("an answer without a length")
        return 0

    def _fail(self, why: str) -> None:
        self.transport.abort()
        if not self.done.done():
            self.done.set_exception(Failed(why))

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(Failed(f"the connection was lost: {error}"))


async def run(port: int, requests: Requests, more: Callable[[], bool], connections: int) -> tuple[int, float]:
    """Send until there is no `more`; every request begun is answered. How many, and in how many seconds."""
    loop = asyncio.get_running_loop()
    waiting, callers = [], []
    begin = time.monotonic()
    for _ in range(connections):
        done: asyncio.Future[None] = loop.create_future()
        _, caller = await loop.create_connection(lambda done=done: _Caller(requests, more, done), "127.0.0.1", port)  # type: ignore[misc]
        waiting.append(done)
        callers.append(caller)
    await asyncio.gather(*waiting)
    return sum(caller.answers for caller in callers), time.monotonic() - begin


async def for_seconds(port: int, request: bytes, seconds: float, connections: int) -> tuple[int, float]:
    until = time.monotonic() + seconds
    return await run(port, repeat(request), lambda: time.monotonic() < until, connections)


async def each_once(port: int, requests: list[bytes]) -> tuple[int, float]:
    """One after the other over one connection."""
    return await run(port, iter(requests), lambda: True, 1)
