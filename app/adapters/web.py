"""What every answer and every request goes through: hosts, headers, the size of a body, the wake-up after an act."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.settings import Settings

MAX_BODY = 1_000_000
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
# A page or the explorer says more precisely what it needs; what says nothing needs nothing.
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}


def allowed_hosts(settings: Settings) -> list[str]:
    """The hosts that are named, the one of the public address, and on loopback those of this machine."""
    named = [host.strip() for host in settings.allowed_hosts.split(",") if host.strip()]
    public = urlsplit(settings.public_url).hostname
    hosts = [*named, *([public] if public else [])]
    return hosts if hosts and not settings.on_loopback else [*hosts, *LOOPBACK]


class Hosts:
    """Whether a request names a host that is served here: an exact name, `*.example.cn`, or `*`."""

    def __init__(self, allowed: Sequence[str]) -> None:
        self.exact = {host.lower().encode() for host in allowed if not host.startswith("*")}
        self.ends = tuple(host[1:].lower().encode() for host in allowed if host.startswith("*"))
        self._seen: set[bytes] = set()

    def __contains__(self, header: bytes) -> bool:
        if header in self._seen:
            return True
        name, mark, port = header.lower().rpartition(b":")
        host = name if mark and port.isdigit() else header.lower()
        allowed = host in self.exact or any(host.endswith(end) for end in self.ends)
        if allowed and len(self._seen) < 100:
            self._seen.add(header)
        return allowed


class SecurityHeaders:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class BodyLimit:
    """Refuses a body that says or turns out to be too large; no more than the limit is ever read."""

    def __init__(self, app: ASGIApp, limit: int, larger: Mapping[str, int] | None = None) -> None:
        """`larger`: beginnings of paths that have a limit of their own."""
        self.app, self.limit, self.larger = app, limit, larger or {}

    def _limit(self, path: str) -> int:
        return next((limit for begin, limit in self.larger.items() if path.startswith(begin)), self.limit)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        seen, limit = 0, self._limit(scope["path"])
        said = dict(scope["headers"]).get(b"content-length", b"0")

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise HTTPException(413)
            return message

        if said.isdigit() and int(said) > limit:
            await PlainTextResponse("Content Too Large", 413)(scope, receive, send)
            return
        await self.app(scope, counted, send)


class WakeAfterWrites:
    """Asks for a delivery once a request that may have written has been answered."""

    def __init__(self, app: ASGIApp, wake: Callable[[], None]) -> None:
        self.app, self.wake = app, wake

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> Any:
        await self.app(scope, receive, send)
        if scope["type"] == "http" and scope["method"] == "POST":
            self.wake()
