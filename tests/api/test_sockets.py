"""graphql-transport-ws by its protocol, message by message, and what ends a socket (C9)."""

import asyncio
import json
from typing import Any

import pytest

from app.models.people import Person
from app.services import accounts
from schema.http import socket as module
from tests.api.conftest import Api
from tests.api.lines import Line, opened, socket

NEWS = "subscription { notifications { event } }"


async def closed(line: Line) -> int:
    """The code with which the server closes; what came before it is not looked at."""
    while (message := await line.next())["type"] != "websocket.close":
        pass
    await asyncio.wait_for(line.task, 5)
    return int(message["code"])


async def settled(line: Line, *types: str) -> list[dict[str, Any]]:
    """The next messages, which have these types."""
    found = [await line.heard() for _ in types]
    assert [each["type"] for each in found] == list(types), found
    return found


async def test_a_socket_that_does_not_begin_is_closed(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that keeps busy otherwise."""
    assert module.INIT_WAIT == 5.0
    monkeypatch.setattr(module, "INIT_WAIT", 0.2)
    line = await opened(api)
    line.say(type="ping")
    assert await closed(line) == 4408


async def test_a_socket_that_began_is_not_closed(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "INIT_WAIT", 0.2)
    line = await socket(api)
    await asyncio.sleep(0.4)
    line.say(type="ping", payload={"n": 1})
    [pong] = await settled(line, "pong")
    await line.hang_up()
    assert pong == {"type": "pong", "payload": {"n": 1}}


@pytest.mark.parametrize("protocols", [[], ["graphql-ws"], ["soap"]])
async def test_no_other_protocol_is_spoken(api: Api, protocols: list[str]) -> None:
    scope = {"type": "websocket", "scheme": "ws", "headers": [], "subprotocols": protocols}
    line = Line(api, scope, [{"type": "websocket.connect"}])
    assert (await line.next()) == {"type": "websocket.accept", "subprotocol": None}
    assert await closed(line) == 4406


SUBSCRIBE = {"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}}


NO_MESSAGE = (
    ("{", 4400), ("[]", 4400), ("1", 4400), ("{}", 4400), ('{"type": "hello"}', 4400), ('{"type": ["ping"]}', 4400),
        ('{"type": "connection_init", "payload": []}', 4400), (json.dumps(SUBSCRIBE), 4401), ("\ud800", 4400),
        ('{"type": "complete"}', 4400), ("[" * 5000, 4400), (" " * 1_000_001, 1009), (None, 4400),
)  # fmt: skip


async def test_what_is_no_message_closes_the_socket(api: Api) -> None:
    for message, code in NO_MESSAGE:
        line = await opened(api)
        binary = b"{}" if message is None else None
        line.asked.put_nowait({"type": "websocket.receive", "text": message, "bytes": binary})
        assert await closed(line) == code, message


NOT_FITTING: tuple[tuple[dict[str, Any], int], ...] = (
        ({"type": "connection_init"}, 4429), ({"type": "subscribe", "payload": {"query": "{ a }"}}, 4400),
        ({**SUBSCRIBE, "id": 1}, 4400), ({**SUBSCRIBE, "id": ""}, 4400), ({**SUBSCRIBE, "payload": []}, 4400),
        ({**SUBSCRIBE, "payload": {"query": 1}}, 4400), ({"type": "subscribe", "id": "1"}, 4400),
        ({**SUBSCRIBE, "payload": {"query": "{ a }", "variables": []}}, 4400),
)  # fmt: skip


async def test_what_does_not_fit_an_open_socket_closes_it(api: Api) -> None:
    for message, code in NOT_FITTING:
        line = await socket(api)
        line.say(**message)
        assert await closed(line) == code, message


async def test_a_sign_in_that_is_given_must_be_good(api: Api) -> None:
    line = await opened(api)
    line.say(type="connection_init", payload={"Authorization": "Bearer nonsense"})
    assert await closed(line) == 4403


async def test_queries_and_mutations_are_answered_once(api: Api) -> None:
    line = await socket(api, Authorization=f"Bearer {await api.token('staff')}")
    line.say(type="subscribe", id="q", payload={"query": "{ viewer { name } }", "extensions": {"cost": True}})
    answer, _ = await settled(line, "next", "complete")
    assert answer["payload"]["data"]["viewer"]["name"] and answer["payload"]["extensions"]["cost"]["estimated"] == 2
    line.say(type="subscribe", id="q", payload={"query": "mutation { signOut { __typename } }"})
    answer, done = await settled(line, "next", "complete")
    await line.hang_up()
    assert answer["payload"] == {"data": {"signOut": {"__typename": "Done"}}} and done == {
        "type": "complete",
        "id": "q",
    }


@pytest.mark.parametrize(
    ("query", "code"),
    [("{", "GRAPHQL_PARSE_FAILED"), ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
     ("query($id: ID!) { node(id: $id) { id } }", "BAD_USER_INPUT"), (NEWS, "NOT_SIGNED_IN")],
)  # fmt: skip
async def test_what_is_not_executed_ends_with_an_error_and_the_socket_stays(api: Api, query: str, code: str) -> None:
    line = await socket(api)
    line.say(type="subscribe", id="1", payload={"query": query})
    [error] = await settled(line, "error")
    assert error["id"] == "1" and [each["extensions"]["code"] for each in error["payload"]] == [code]
    line.say(**SUBSCRIBE)
    await settled(line, "next", "complete")
    await line.hang_up()


async def signed_in(api: Api) -> Line:
    return await socket(api, Authorization=f"Bearer {await api.token('staff')}")


async def test_an_id_that_is_in_use_closes_the_socket(api: Api) -> None:
    line = await signed_in(api)
    for _ in range(2):
        line.say(type="subscribe", id="1", payload={"query": NEWS})
    assert await closed(line) == 4409


async def test_a_socket_carries_ten_operations_and_no_more(api: Api) -> None:
    """Refused is the eleventh only; when one ends, another may begin."""
    line = await signed_in(api)
    for n in range(11):
        line.say(type="subscribe", id=str(n), payload={"query": NEWS})
    [error] = await settled(line, "error")
    assert (error["id"], error["payload"][0]["extensions"]["code"]) == ("10", "TOO_MANY_SUBSCRIPTIONS")
    line.say(type="complete", id="3")
    line.say(type="complete", id="unknown")
    line.say(type="subscribe", id="again", payload={"query": "{ __typename }"})
    assert [each["id"] for each in await settled(line, "next", "complete")] == ["again", "again"]
    await line.hang_up()


async def test_nothing_goes_on_when_the_client_leaves(api: Api) -> None:
    line = await signed_in(api)
    line.say(type="subscribe", id="1", payload={"query": NEWS})
    await asyncio.sleep(0.2)
    running = [task for task in asyncio.all_tasks() if "Socket._run" in repr(task)]
    assert len(running) == 1
    line.asked.put_nowait({"type": "websocket.disconnect", "code": 1001})
    await asyncio.wait_for(line.task, 5)
    assert all(task.done() for task in running)


async def test_who_is_no_longer_active_hears_no_more(api: Api) -> None:
    line = await signed_in(api)
    line.say(type="subscribe", id="1", payload={"query": NEWS})
    await asyncio.sleep(0.3)
    async with api.city.db.write() as session:
        person = await session.get(Person, api.city.people["staff"])
        assert person is not None
        person.active = False
    [error] = await settled(line, "error")
    await line.hang_up()
    assert error["payload"][0]["extensions"]["code"] == "NOT_SIGNED_IN"


async def test_only_registered_documents_pass_over_a_socket_too(api: Api) -> None:
    line = await socket(api, only_trusted=True)
    line.say(**SUBSCRIBE)
    [error] = await settled(line, "error")
    await line.hang_up()
    assert error["payload"][0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"


async def test_a_sign_in_that_ends_ends_its_subscriptions(api: Api) -> None:
    """Asked anew at every look, also where nothing new has come."""
    token = await api.token("staff")
    line = await signed_in(api)
    line.say(type="subscribe", id="1", payload={"query": NEWS})
    await asyncio.sleep(0.3)
    async with api.city.works.begin() as work:
        await accounts.sign_out(work, token)
    [error] = await settled(line, "error")
    await line.hang_up()
    assert error["payload"][0]["extensions"]["code"] == "NOT_SIGNED_IN"
