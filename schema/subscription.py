"""Live news: the viewer's new notifications, over graphql-transport-ws and SSE."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import strawberry

from app.models.records import Notification
from app.queries.visibility import visible_to
from schema.context import Info
from schema.declare import ref
from schema.errors import coded
from schema.planned.payloads import payload

EVERY_SECONDS = 1.0
BATCH = 200


async def _newest(info: Info) -> list[Notification]:
    """The newest lines of the inbox, oldest first; session and policy are checked anew each time."""
    await info.context.record_readings()
    info.context.forget()
    view = await info.context.view()
    if view.actor.person_id is None:
        raise coded("Sign in first, or again.", "NOT_SIGNED_IN")
    table: Any = Notification
    query = visible_to(view, Notification).order_by(table.id.desc()).limit(BATCH)
    async with info.context.db.read() as session:
        return list(reversed((await session.scalars(query)).all()))


async def _news(info: Info) -> Any:
    """Asked of the database: truth is there, not in a queue. What has been told is remembered by its key, for the
    clocks of several workers do not agree well enough to ask for what came after a moment."""
    told = {row.id for row in await _newest(info)}
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        rows = await _newest(info)
        for row in rows:
            if row.id not in told:
                yield await payload(info, Notification, row.id) or row
        told = {row.id for row in rows}


_news.__annotations__["return"] = AsyncGenerator[ref("Notification"), None]  # type: ignore[misc]


@strawberry.type(description="Live news.")
class Subscription:
    notifications = strawberry.subscription(resolver=_news, description="New notifications as they arrive (C9).")
