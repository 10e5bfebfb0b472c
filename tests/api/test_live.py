"""Live news over server-sent events and graphql-transport-ws (C9)."""

import asyncio
import json

import pytest

from app.models.records import Notification
from app.services import accounts
from tests.api.conftest import Api
from tests.api.lines import socket, streaming

pytestmark = pytest.mark.clause("C9")
NEWS = "subscription { notifications { event text } }"


async def notify(api: Api, *people: str) -> None:
    async with api.city.db.write() as session:
        for who in people:
            person = api.city.people[who]
            session.add(Notification(dedupe=who, person_id=person, event=f"for.{who}", payload={"zh": "新消息"}))


async def test_news_arrive_over_server_sent_events(api: Api) -> None:
    """A new line of the viewer's inbox comes, another person's does not."""
    line = streaming(api, {"query": NEWS}, authorization=f"Bearer {await api.token('staff')}")
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
