"""What a request asks: its headers, its parameters from body or address, each of its type or refused with a code."""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson

from schema.errors import NotExecuted, malformed
from schema.http.media import is_json

MAX_BODY = 1_000_000
MAX_ADDRESS = 32_000
READ_WAIT = 30.0
Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Headers = dict[bytes, bytes]


class Gone(Exception):
    """The client has hung up."""


@dataclass(slots=True)
class Asked:
    """The parameters of one GraphQL request."""

    query: str | None = None
    operation: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    extensions: dict[str, Any] = field(default_factory=dict)
    document: str | None = None
    """The id of a document that the server knows."""


def headers_of(scope: Scope) -> Headers:
    found: Headers = {}
    for name, value in scope["headers"]:
        found[name] = found[name] + b", " + value if name in found else value
    return found


async def body_of(headers: Headers, receive: Receive) -> bytes:
    """The body of a request, if it is of a kind that is read."""
    said = headers.get(b"content-length", b"0")
    if said.isdigit() and int(said[:12]) > MAX_BODY:
        raise _too_large()
    if not is_json(headers.get(b"content-type", b"")):
        raise malformed("Send the request as application/json in UTF-8.", "UNSUPPORTED_MEDIA_TYPE", 415)
    if headers.get(b"content-encoding", b"identity") != b"identity":
        raise malformed("Send the body without compression.", "UNSUPPORTED_MEDIA_TYPE", 415)
    first = Begun(receive())
    if first.done and not first.value.get("more_body", False):
        return await _body(first, receive)  # as a rule it is all there, and no clock need be set
    try:
        async with asyncio.timeout(READ_WAIT):
            return await _body(first, receive)
    except TimeoutError:
        raise malformed("The body did not come in time.", "REQUEST_TIMEOUT", 408) from None


class Begun:
    """Something awaited that was begun at once: it may be done before anybody has to wait for it."""

    __slots__ = ("_steps", "_waits_for", "done", "value")

    def __init__(self, awaitable: Awaitable[Any]) -> None:
        self._steps: Any = awaitable.__await__()
        self.done = False
        self.value: Any = None
        try:
            self._waits_for = next(self._steps)
        except StopIteration as end:
            self.done, self.value = True, end.value

    def __await__(self) -> Generator[Any, Any, Any]:
        while not self.done:
            try:
                sent = yield self._waits_for
            except BaseException as error:
                self._step(self._steps.throw, error)
            else:
                self._step(self._steps.send, sent)
        return self.value

    def _step(self, step: Callable[[Any], Any], given: Any) -> None:
        try:
            self._waits_for = step(given)
        except StopIteration as end:
            self.done, self.value = True, end.value


async def _body(first: Begun, receive: Receive) -> bytes:
    """The body as it comes, counted; nothing larger is ever held in memory."""
    parts: list[bytes] = []
    seen = 0
    message = await first
    while True:
        if message["type"] == "http.disconnect":
            raise Gone
        part = message.get("body", b"")
        seen += len(part)
        if seen > MAX_BODY:
            raise _too_large()
        if not message.get("more_body", False):
            return b"".join((*parts, part)) if parts else part
        parts.append(part)
        message = await receive()


def _too_large() -> NotExecuted:
    return malformed(f"A body has at most {MAX_BODY} bytes.", "BODY_TOO_LARGE", 413)


def from_json(body: bytes | str) -> Asked:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise malformed("The body is not JSON.", "BAD_JSON") from None
    return from_object(found)


def from_object(found: Any) -> Asked:
    if not isinstance(found, dict):
        raise malformed("The request must be one JSON object; several are sent one by one.")
    return Asked(
        _text(found, "query"),
        _text(found, "operationName"),
        _object(found, "variables"),
        _object(found, "extensions"),
        _text(found, "documentId"),
    )


def from_address(query_string: bytes) -> Asked:
    if len(query_string) > MAX_ADDRESS:
        raise malformed("The address is too long; send it by POST.", "ADDRESS_TOO_LONG", 414)
    try:
        pairs = parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=50)
    except ValueError:
        raise malformed("The address is not encoded as UTF-8.") from None
    given: dict[str, Any] = {}
    for name, value in pairs:
        if name in given:
            raise malformed(f"“{name[:30]}” is given twice.")
        given[name] = value or None
    for name in ("variables", "extensions"):
        if given.get(name):
            try:
                given[name] = orjson.loads(given[name])
            except orjson.JSONDecodeError:
                raise malformed(f"“{name}” is not JSON.", "BAD_JSON") from None
    return from_object(given)


def _text(found: dict[str, Any], name: str) -> str | None:
    value = found.get(name)
    if value is not None and not isinstance(value, str):
        raise malformed(f"“{name}” must be a string.")
    return value


def _object(found: dict[str, Any], name: str) -> dict[str, Any]:
    value = found.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise malformed(f"“{name}” must be an object.")
    return value
