"""Live news over graphql-transport-ws and SSE: the viewer's notifications, and a meeting's progress."""

from collections.abc import AsyncGenerator
from typing import Annotated, Any
from uuid import UUID

import strawberry

from app.adapters.wakeups import of_meeting, of_person
from app.models.records import Notification
from app.queries.live import Standing
from schema.context import Info
from schema.declare import ref
from schema.errors import coded
from schema.ids import uuid_of
from schema.live import MeetingProgress, progress, standing
from schema.planned.payloads import newest, payload

BATCH = 200


async def _asked_anew(info: Info) -> Any:
    """Who asks: session and policy are checked each time."""
    await info.context.record_readings()
    info.context.forget()
    view = await info.context.view()
    if view.actor.person_id is None:
        raise coded("Sign in first, or again.", "NOT_SIGNED_IN")
    return view


async def _newest(info: Info) -> list[UUID]:
    """The newest lines of the inbox, oldest first."""
    await _asked_anew(info)
    return await newest(info.context, Notification, BATCH)


async def _news(info: Info) -> Any:
    """Asked of the database: truth is there, not in a queue. What has been told is remembered by its key, for the
    clocks of several workers do not agree well enough to ask for what came after a moment."""
    view = await _asked_anew(info)
    async with info.context.works.news.waiting([of_person(view.actor.person_id)]) as waiter:
        told = set(await _newest(info))
        while True:
            await waiter.wait()
            keys = await _newest(info)
            for key in keys:
                found = await payload(info, Notification, key) if key not in told else None
                if found is not None:
                    yield found
            told = set(keys)


MeetingId = Annotated[strawberry.ID, strawberry.argument(description="The meeting.")]


async def _progress(info: Info, meeting: MeetingId) -> Any:
    """How it stands now, and then each change that this viewer may see: whoever was away has missed nothing."""
    key = uuid_of("Meeting", meeting)
    last: Standing | None = None
    async with info.context.works.news.waiting([of_meeting(key)]) as waiter:
        while True:
            await _asked_anew(info)
            found = await standing(info, key)
            if found is None:
                raise coded("It does not exist, or is not yours to see.", "NOT_FOUND")
            if found != last:
                last = found
                yield progress(found)
            if found.state in ("closed", "cancelled"):
                return
            await waiter.wait()


_news.__annotations__["return"] = AsyncGenerator[ref("Notification"), None]  # type: ignore[misc]
_progress.__annotations__["return"] = AsyncGenerator[MeetingProgress, None]


@strawberry.type(description="Live news.")
class Subscription:
    notifications = strawberry.subscription(resolver=_news, description="New notifications as they arrive (C9).")
    meeting_progress = strawberry.subscription(
        resolver=_progress,
        description="How a meeting stands, now and at each change, for whoever is called to it, presides or keeps its "
        "record; ends with the meeting (C9).",
    )
