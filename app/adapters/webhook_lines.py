"""Kept connections to receivers of webhooks: each belongs to one name and one address, and to no other.

A connection was made for a name (its certificate was looked at for it) and to an address (which may be reached). So it
is kept under both, and a delivery to another name on the same machine, or to the same name on another, makes its own.
"""

import ssl
import time
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import httpx

SECONDS = 10.0
KEPT_SECONDS = 30.0
KEPT_EACH = 8
MOST_READ = 65_536
# What a receiver does to a kept connection just as it is used again: it hangs up.
HUNG_UP = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


class Line(NamedTuple):
    """What a connection is kept under."""

    scheme: str
    name: str
    address: str
    port: int | None


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


def _transport(trusted: ssl.SSLContext) -> httpx.AsyncHTTPTransport:
    """Bare: it keeps no cookie, follows no redirect and asks no proxy."""
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=KEPT_EACH, keepalive_expiry=KEPT_SECONDS)
    return httpx.AsyncHTTPTransport(verify=trusted, trust_env=False, limits=limits)


@dataclass(slots=True)
class _Kept:
    transport: httpx.AsyncHTTPTransport
    busy: int = 0
    answered: bool = False
    last: float = field(default_factory=time.monotonic)


class Lines:
    def __init__(self, trusted: ssl.SSLContext | None = None) -> None:
        self._trusted = trusted
        self._kept: dict[Line, _Kept] = {}

    async def post(self, line: Line, url: httpx.URL, headers: dict[str, str], body: bytes) -> int:
        """The status that was answered. Where a kept connection was hung up meanwhile, it goes out once more: the
        receiver knows a delivery that comes twice by its id."""
        kept = self._kept_for(line)
        kept.busy += 1
        try:
            try:
                status = await _exchange(kept.transport, line.name, url, headers, body)
            except HUNG_UP:
                if not kept.answered:
                    raise
                status = await _exchange(kept.transport, line.name, url, headers, body)
            kept.answered = True
            return status
        finally:
            kept.busy -= 1
            kept.last = time.monotonic()

    def _kept_for(self, line: Line) -> _Kept:
        if line not in self._kept:
            self._kept[line] = _Kept(_transport(self._trusted or _trusted()))
        return self._kept[line]

    async def hang_up_idle(self) -> None:
        """Connections over which nothing was said for a while."""
        before = time.monotonic() - KEPT_SECONDS
        idle = [line for line, kept in self._kept.items() if not kept.busy and kept.last < before]
        for kept in [self._kept.pop(line) for line in idle]:
            await kept.transport.aclose()

    async def aclose(self) -> None:
        while self._kept:
            await self._kept.popitem()[1].transport.aclose()


async def _exchange(
    transport: httpx.AsyncHTTPTransport, name: str, url: httpx.URL, headers: dict[str, str], body: bytes
) -> int:
    wait = dict.fromkeys(("connect", "read", "write", "pool"), SECONDS)
    request = httpx.Request(
        "POST", url, headers=headers, content=body, extensions={"timeout": wait, "sni_hostname": name}
    )
    response = await transport.handle_async_request(request)
    try:
        await _drain(response)
    finally:
        await response.aclose()
    return response.status_code


async def _drain(response: httpx.Response) -> None:
    """Read what a receiver says to its end, if it is short; what it says is not kept."""
    read = 0
    async for chunk in response.aiter_raw():
        read += len(chunk)
        if read > MOST_READ:
            return
