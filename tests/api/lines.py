"""Open lines to the endpoint, as the server hands them to it: sockets and streams."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

from schema import graphql_app
from tests.api.conftest import Api

SCOPE: dict[str, Any] = {
    "path": "/", "raw_path": b"/", "query_string": b"", "server": ("testserver", 80), "client": ("127.0.0.1", 1),
    "http_version": "1.1", "root_path": "",
}  # fmt: skip


class Line:
    """One open connection to the endpoint: what was sent to it, and what came."""

    def __init__(self, api: Api, scope: dict[str, Any], first: Iterable[Any], *, only_trusted: bool = False) -> None:
        self.came: asyncio.Queue[Any] = asyncio.Queue()
        self.asked: asyncio.Queue[Any] = asyncio.Queue()
        for message in first:
            self.asked.put_nowait(message)
        app = graphql_app(api.city.works, only_trusted=only_trusted)
        self.task = asyncio.create_task(app({**SCOPE, **scope}, self.asked.get, self.came.put))

    def say(self, **message: Any) -> None:
        self.asked.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})

    async def next(self) -> Any:
        return await asyncio.wait_for(self.came.get(), 10)

    async def heard(self) -> Any:
        message = await self.next()
        return json.loads(message.get("text") or message.get("bytes") or b"null") or message

    async def hang_up(self) -> None:
        self.task.cancel()
        await asyncio.wait([self.task])


def streaming(api: Api, body: Any, **headers: str) -> Line:
    """A request for server-sent events."""
    headers = {"accept": "text/event-stream", "content-type": "application/json", **headers}
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    content = json.dumps(body).encode()
    scope = {"type": "http", "method": "POST", "scheme": "http", "headers": raw}
    return Line(api, scope, [{"type": "http.request", "body": content, "more_body": False}])


async def opened(api: Api, *, only_trusted: bool = False) -> Line:
    """A socket before its first message."""
    scope = {"type": "websocket", "scheme": "ws", "headers": [], "subprotocols": ["graphql-transport-ws"]}
    line = Line(api, scope, [{"type": "websocket.connect"}], only_trusted=only_trusted)
    assert (await line.next())["subprotocol"] == "graphql-transport-ws"
    return line


async def socket(api: Api, *, only_trusted: bool = False, **first: Any) -> Line:
    """A socket after its first message."""
    line = await opened(api, only_trusted=only_trusted)
    line.say(type="connection_init", payload=first)
    assert (await line.heard())["type"] == "connection_ack"
    return line
