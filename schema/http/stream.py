"""Server-sent events: one operation a request, its answers as they come (the distinct connections mode)."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from schema.context import Context
from schema.errors import NotExecuted
from schema.http.answers import STREAMED, Send, refusal_bytes
from schema.http.asked import Asked, Receive
from schema.http.pipeline import Pipeline
from schema.prepared import Prepared

ALIVE_EVERY = 12.0
_ALIVE = b":\n\n"
_COMPLETE = b"event: complete\ndata:\n\n"


async def stream(
    pipeline: Pipeline, prepared: Prepared, asked: Asked, context: Context, receive: Receive, send: Send
) -> None:
    """Sends until the operation ends or the client hangs up, whichever comes first."""
    telling = asyncio.create_task(_tell(pipeline, prepared, asked, context, send))
    leaving = asyncio.create_task(_left(receive))
    try:
        await asyncio.wait((telling, leaving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (telling, leaving):
            task.cancel()
        await asyncio.wait((telling, leaving))
    if not telling.cancelled():
        telling.result()


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _tell(pipeline: Pipeline, prepared: Prepared, asked: Asked, context: Context, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": STREAMED})
    await _part(send, _ALIVE)
    alive = asyncio.create_task(_keep_alive(send))
    try:
        async with aclosing(_events(pipeline, prepared, asked, context)) as events:
            async for body in events:
                await _part(send, b"event: next\ndata: " + body + b"\n\n")
    finally:
        alive.cancel()
        await asyncio.wait((alive,))
    await _part(send, _COMPLETE, more=False)


async def refused_stream(send: Send, error: NotExecuted) -> None:
    """Why it was not executed, told in the stream, for a browser's EventSource sees no other body."""
    await send({"type": "http.response.start", "status": 200, "headers": STREAMED})
    await _part(send, b"event: next\ndata: " + refusal_bytes(error) + b"\n\n" + _COMPLETE, more=False)


async def _events(
    pipeline: Pipeline, prepared: Prepared, asked: Asked, context: Context
) -> AsyncGenerator[bytes, None]:
    try:
        async with aclosing(pipeline.events(prepared, asked, context)) as events:
            async for body in events:
                yield body
    except NotExecuted as error:
        pipeline.tally.refused(error)
        yield refusal_bytes(error)


async def _keep_alive(send: Send) -> None:
    """Proxies close a connection on which nothing comes."""
    while True:
        await asyncio.sleep(ALIVE_EVERY)
        await _part(send, _ALIVE)


async def _part(send: Send, body: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})
