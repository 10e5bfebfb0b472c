"""Live news over server-sent events and graphql-transport-ws (C9)."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

import pytest

from app.models.records import Notification
from app.services import accounts
from schema import graphql_app
from tests.api.conftest import Api

pytestmark = pytest.mark.clause("C9")
NEWS = "subscription { notifications { event text } }"
SCOPE: dict[str, Any] = {
    "path": "/", "raw_path": b"/", "query_string": b"", "server": ("testserver", 80), "client": ("127.0.0.1", 1),
    "http_version": "1.1", "root_path": "",
}  # fmt: skip


class Line:
    """One open connection to the endpoint: what was sent to it, and what came."""

    def __init__(self, api: Api, scope: dict[str, Any], first: Iterable[Any]) -> None:
        self.came: asyncio.Queue[Any] = asyncio.Queue()
        self.asked: asyncio.Queue[Any] = asyncio.Queue()
        for message in first:
            self.asked.put_nowait(message)
        self.task = asyncio.create_task(graphql_app(api.city.works)({**SCOPE, **scope}, self.asked.get, self.came.put))

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


async def notify(api: Api, *people: str) -> None:
    async with api.city.db.write() as session:
        for who in people:
            person = api.city.people[who]
            session.add(Notification(dedupe=who, person_id=person, event=f"for.{who}", payload={"zh": "新消息"}))


async def socket(api: Api, **first: Any) -> Line:
    """A socket after its first message."""
    scope = {"type": "websocket", "scheme": "ws", "headers": [], "subprotocols": ["graphql-transport-ws"]}
    line = Line(api, scope, [{"type": "websocket.connect"}])
    assert (await line.next())["subprotocol"] == "graphql-transport-ws"
    line.say(type="connection_init", payload=first)
    assert (await line.heard())["type"] == "connection_ack"
    return line


async def test_news_arrive_over_server_sent_events(api: Api) -> None:
    """A new line of the viewer's inbox comes, another person's does not."""
    headers = {
        "authorization": f"Bearer {await api.token('staff')}", "accept": "text/event-stream",
        "content-type": "application/json",
    }  # fmt: skip
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    body = json.dumps({"query": NEWS}).encode()
    line = Line(api, {"type": "http", "method": "POST", "scheme": "http", "headers": raw},
                [{"type": "http.request", "body": body, "more_body": False}])  # fmt: skip
    assert (await line.next())["status"] == 200
    await asyncio.sleep(0.5)
    await notify(api, "finance", "staff")
    seen = b""
    while b"for.staff" not in seen:
        seen += (await line.next()).get("body", b"")
    await line.hang_up()
    assert b"for.finance" not in seen


async def test_news_arrive_over_a_socket_until_the_sign_in_ends(api: Api) -> None:
    """The session is asked anew at every event, not only when the socket was opened."""
    token = await api.token("staff")
    line = await socket(api, Authorization=f"Bearer {token}")
    line.say(type="subscribe", id="1", payload={"query": NEWS})
    await asyncio.sleep(0.5)
    await notify(api, "finance", "staff")
    news = await line.heard()
    assert news["payload"]["data"]["notifications"] == {"event": "for.staff", "text": "新消息"}
    async with api.city.works.begin() as work:
        await accounts.sign_out(work, token)
    ended = await line.heard()
    await line.hang_up()
    assert "NOT_SIGNED_IN" in json.dumps(ended) and "for." not in json.dumps(ended)


async def test_the_public_has_no_news(api: Api) -> None:
    line = await socket(api)
    line.say(type="subscribe", id="1", payload={"query": NEWS})
    refused = await line.heard()
    await line.hang_up()
    assert "NOT_SIGNED_IN" in json.dumps(refused)


async def test_limits_hold_on_a_socket_too(api: Api) -> None:
    line = await socket(api)
    many = " ".join(f"a{n}: __typename" for n in range(30))
    line.say(type="subscribe", id="1", payload={"query": f"{{ {many} }}"})
    refused = await line.heard()
    await line.hang_up()
    assert "TOO_MANY_ROOT_FIELDS" in json.dumps(refused)


async def test_the_older_protocol_is_not_spoken(api: Api) -> None:
    scope = {"type": "websocket", "scheme": "ws", "headers": [], "subprotocols": ["graphql-ws"]}
    line = Line(api, scope, [{"type": "websocket.connect"}])
    while (message := await line.next())["type"] == "websocket.accept":
        assert message.get("subprotocol") is None
    await line.hang_up()
    assert message["type"] == "websocket.close"
