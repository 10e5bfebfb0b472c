"""graphql-transport-ws: many operations over one socket, each with a life of its own."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import orjson

from schema.context import Context
from schema.errors import NotExecuted, as_error, coded, formatted
from schema.http.answers import Send
from schema.http.asked import MAX_BODY, Asked, Receive, Scope, from_object
from schema.http.pipeline import Pipeline, as_json

PROTOCOL = "graphql-transport-ws"
INIT_WAIT = 5.0
MAX_OPERATIONS = 10
logger = logging.getLogger("yishi.graphql")


class Closed(Exception):
    """The socket is to be closed with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


class Left(Exception):
    """The client closed the socket."""


class Socket:
    """One socket. `context` is the asker's; each operation gets a fresh one."""

    def __init__(self, pipeline: Pipeline, context: Context, receive: Receive, send: Send) -> None:
        self.pipeline, self.context = pipeline, context
        self._receive, self._send = receive, send
        self.acknowledged = False
        self.running: dict[str, asyncio.Task[None]] = {}
        self.handlers: dict[str, Callable[[dict[str, Any]], Any]] = {
            "connection_init": self._init,
            "ping": self._ping,
            "pong": self._pong,
            "subscribe": self._subscribe,
            "complete": self._complete,
        }

    async def serve(self, scope: Scope) -> None:
        await self._receive()  # websocket.connect
        spoken = PROTOCOL in scope.get("subprotocols", ())
        await self._send({"type": "websocket.accept", "subprotocol": PROTOCOL if spoken else None})
        try:
            if not spoken:
                raise Closed(4406, "Subprotocol not acceptable")
            await self._talk()
        except Closed as closed:
            await self._send({"type": "websocket.close", "code": closed.code, "reason": closed.reason})
        except Left:
            pass
        finally:
            await self._end()

    async def _talk(self) -> None:
        try:
            async with asyncio.timeout(INIT_WAIT) as waiting:
                while not self.acknowledged:
                    await self._hear()
                waiting.reschedule(None)
        except TimeoutError:
            raise Closed(4408, "Connection initialisation timeout") from None
        while True:
            await self._hear()

    async def _hear(self) -> None:
        message = _message(await self._receive())
        handler = self.handlers.get(message.get("type", "")) if isinstance(message.get("type"), str) else None
        if handler is None:
            raise Closed(4400, "Unknown type of message")
        await handler(message)

    async def _end(self) -> None:
        tasks = list(self.running.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _say(self, **message: Any) -> None:
        await self._send({"type": "websocket.send", "text": as_json(message).decode()})

    async def _init(self, message: dict[str, Any]) -> None:
        if self.acknowledged:
            raise Closed(4429, "Too many initialisation requests")
        given = message.get("payload")
        if given is not None and not isinstance(given, dict):
            raise Closed(4400, "The payload of connection_init is an object")
        self.context.connection_params = given or {}
        if self.context.token and (await self.context.view()).actor.person_id is None:
            raise Closed(4403, "Forbidden")
        self.acknowledged = True
        await self._say(type="connection_ack")

    async def _ping(self, message: dict[str, Any]) -> None:
        payload = message.get("payload")
        await self._say(type="pong", **({"payload": payload} if payload is not None else {}))

    async def _pong(self, message: dict[str, Any]) -> None:
        """Nothing to say to an answer."""

    async def _complete(self, message: dict[str, Any]) -> None:
        task = self.running.pop(_id(message), None)
        if task is not None:
            task.cancel()

    async def _subscribe(self, message: dict[str, Any]) -> None:
        key = _id(message)
        if not self.acknowledged:
            raise Closed(4401, "Unauthorized")
        if key in self.running:
            raise Closed(4409, f"Subscriber for {key[:60]} already exists")
        try:
            asked = from_object(message.get("payload"))
        except NotExecuted as refused:
            raise Closed(4400, refused.errors[0].message[:100]) from None
        if len(self.running) >= MAX_OPERATIONS:
            many = coded(f"At most {MAX_OPERATIONS} operations at once on a socket.", "TOO_MANY_SUBSCRIPTIONS")
            await self._say(type="error", id=key, payload=formatted([many]))
            return
        self.running[key] = asyncio.create_task(self._run(key, asked))

    async def _run(self, key: str, asked: Asked) -> None:
        """One operation. Its id is free again before its last message is sent."""
        last: dict[str, Any] = {"type": "complete", "id": key}
        try:
            context = self.context.fresh()
            prepared = await self.pipeline.prepare(asked)
            async with aclosing(self.pipeline.events(prepared, asked, context)) as events:
                async for body in events:
                    await self._next(key, body)
        except NotExecuted as refused:
            self.pipeline.tally.refused(refused)
            last = {"type": "error", "id": key, "payload": formatted(refused.errors)}
        except Exception as error:
            last = {"type": "error", "id": key, "payload": formatted([as_error(error)])}
        self.running.pop(key, None)
        await self._say(**last)

    async def _next(self, key: str, body: bytes) -> None:
        text = b'{"type":"next","id":' + orjson.dumps(key) + b',"payload":' + body + b"}"
        await self._send({"type": "websocket.send", "text": text.decode()})


def _id(message: dict[str, Any]) -> str:
    key = message.get("id")
    if not isinstance(key, str) or not key:
        raise Closed(4400, "The message has no id")
    return key


def _message(received: dict[str, Any]) -> dict[str, Any]:
    if received["type"] == "websocket.disconnect":
        raise Left
    text = received.get("text")
    if text is None:
        raise Closed(4400, "Messages are text")
    if len(text) > MAX_BODY:
        raise Closed(1009, f"A message has at most {MAX_BODY} characters")
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Closed(4400, "The message is not JSON") from None
    if not isinstance(found, dict):
        raise Closed(4400, "The message is not an object")
    return found
