"""Server-sent events: one operation a request (C9)."""

import asyncio
from typing import Any

import pytest

from app.services import accounts
from schema.http import stream as module
from tests.api.conftest import Api
from tests.api.lines import Line, streaming

NEWS = "subscription { notifications { event } }"


async def whole(line: Line) -> tuple[int, dict[bytes, bytes], bytes]:
    """Status, headers and everything until the end."""
    start = await line.next()
    body = b""
    while True:
        message = await line.next()
        body += message["body"]
        if not message.get("more_body"):
            await asyncio.wait_for(line.task, 5)
            return start["status"], dict(start["headers"]), body


async def test_a_query_comes_as_one_event_and_the_end(api: Api) -> None:
    status, headers, body = await whole(streaming(api, {"query": "{ __typename }"}))
    assert (
        status == 200 and headers[b"content-type"] == b"text/event-stream" and headers[b"cache-control"] == b"no-store"
    )
    events = body.removeprefix(b":\n\n")
    assert events == b'event: next\ndata: {"data":{"__typename":"Query"}}\n\nevent: complete\ndata:\n\n'


@pytest.mark.parametrize(("query", "code"), [("{ nothing }", b"GRAPHQL_VALIDATION_FAILED"), (NEWS, b"NOT_SIGNED_IN")])
async def test_what_is_not_executed_is_told_in_the_stream(api: Api, query: str, code: bytes) -> None:
    status, _, body = await whole(streaming(api, {"query": query}))
    assert status == 200 and code in body and b'"data"' not in body
    assert body.count(b"event: next") == 1 and body.endswith(b"event: complete\ndata:\n\n")


@pytest.mark.parametrize("body", [[], {"query": 1}, {}])
async def test_what_is_no_request_is_400_also_for_a_stream(api: Api, body: Any) -> None:
    status, headers, _ = await whole(streaming(api, body))
    assert status == 400 and headers[b"content-type"].startswith(b"application/json")


async def test_a_stream_ends_with_the_sign_in(api: Api) -> None:
    token = await api.token("staff")
    line = streaming(api, {"query": NEWS}, authorization=f"Bearer {token}")
    await asyncio.sleep(0.3)
    async with api.city.works.begin() as work:
        await accounts.sign_out(work, token)
    _, _, body = await whole(line)
    assert b"NOT_SIGNED_IN" in body and body.endswith(b"event: complete\ndata:\n\n")


async def test_a_silent_stream_is_kept_alive_and_ends_with_its_reader(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ALIVE_EVERY", 0.05)
    line = streaming(api, {"query": NEWS}, authorization=f"Bearer {await api.token('staff')}")
    assert (await line.next())["status"] == 200
    for _ in range(3):
        assert (await line.next())["body"] == b":\n\n"
    line.asked.put_nowait({"type": "http.disconnect"})
    await asyncio.wait_for(line.task, 5)
