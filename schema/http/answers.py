"""How answers leave: status, headers made beforehand, and the bytes as they are."""

from collections.abc import Awaitable, Callable
from hashlib import blake2b
from typing import Any

from app.adapters.web import HEADERS
from schema.errors import NotExecuted, formatted
from schema.http.media import NEW, OLD, STREAM, Media
from schema.http.pipeline import as_json

Send = Callable[[Any], Awaitable[None]]
Raw = list[tuple[bytes, bytes]]

# Of the house's headers those that mean something for an answer that is no page.
_PAGES_ONLY = ("referrer-policy", "cross-origin-opener-policy", "permissions-policy")
_MANNERS: Raw = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name not in _PAGES_ONLY]
_VARY = (b"vary", b"accept, accept-language, authorization")
# What was read while signed in stays nowhere; what the public may read is kept, and asked for again each time.
_NEVER = (b"cache-control", b"no-store")
_ASK_AGAIN = (b"cache-control", b"private, no-cache")


def _prepared(media: Media, cache: tuple[bytes, bytes]) -> Raw:
    return [*_MANNERS, _VARY, cache, (b"content-type", f"{media}; charset=utf-8".encode())]


_KEPT: dict[Media, Raw] = {media: _prepared(media, _ASK_AGAIN) for media in (OLD, NEW)}
_FRESH: dict[Media, Raw] = {media: _prepared(media, _NEVER) for media in (OLD, NEW)}
STREAMED: Raw = [*_MANNERS, _VARY, _NEVER, (b"content-type", STREAM.encode()), (b"x-accel-buffering", b"no")]


async def send(to: Send, status: int, headers: Raw, body: bytes, *, head: bool = False) -> None:
    length = (b"content-length", str(len(body)).encode())
    await to({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await to({"type": "http.response.body", "body": b"" if head else body})


async def executed(to: Send, media: Media, body: bytes) -> None:
    await send(to, 200, _FRESH[media], body)


async def read(to: Send, media: Media, body: bytes, token: str, known: bytes, *, head: bool) -> None:
    """The answer to a GET, with its tag; 304 where the client has the very same bytes from the same viewer."""
    headers = _FRESH[media] if token else _KEPT[media]
    if body.startswith(b'{"errors"'):
        await send(to, 200, headers, body, head=head)
        return
    tag = tag_of(body, media, token)
    headers = [*headers, (b"etag", tag)]
    if _knows(known, tag):
        await to({"type": "http.response.start", "status": 304, "headers": headers})
        await to({"type": "http.response.body", "body": b""})
        return
    await send(to, 200, headers, body, head=head)


def tag_of(body: bytes, media: Media, token: str) -> bytes:
    """A strong tag: of these bytes, in this media type, for this sign-in."""
    digest = blake2b(body, digest_size=16, key=blake2b(f"{media} {token}".encode(), digest_size=32).digest())
    return b'"' + digest.hexdigest().encode() + b'"'


def _knows(header: bytes, tag: bytes) -> bool:
    if not header:
        return False
    return header.strip() == b"*" or tag in (each.strip().removeprefix(b"W/") for each in header.split(b","))


async def refused(to: Send, media: Media | None, error: NotExecuted, *, head: bool = False) -> None:
    """Nothing was executed, so there is no `data`; the status says so where the media type allows it to."""
    status = error.status if error.malformed or media == NEW else 200
    headers = [*_FRESH[NEW if media == NEW else OLD], *error.headers]
    await send(to, status, headers, refusal_bytes(error), head=head)


def refusal_bytes(error: NotExecuted) -> bytes:
    return as_json({"errors": formatted(error.errors)})
