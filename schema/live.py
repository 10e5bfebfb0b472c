"""How a meeting stands at this moment (A4.1, C9): the same as a query and as a subscription."""

from typing import Annotated, Any
from uuid import UUID

import strawberry

from app.models.matters import Attendance, Item, Meeting
from app.queries.live import Standing, standing_of
from schema.context import Info
from schema.declare import listed, optional, ref
from schema.enums import STATES
from schema.ids import uuid_of
from schema.reading import all_of, one

MeetingState: Any = STATES["meeting"]


async def _meeting(root: Any, info: Info) -> Any:
    return await one(info.context, Meeting, root.standing.meeting_id)


async def _item(root: Any, info: Info) -> Any:
    return await one(info.context, Item, root.standing.current_item)


async def _present(root: Any, info: Info) -> Any:
    return [row for row in await all_of(info.context, Attendance, root.standing.present) if row is not None]


async def _observers(root: Any, info: Info) -> Any:
    return [row for row in await all_of(info.context, Attendance, root.standing.called_observers) if row is not None]


def _field(resolve: Any, kind: Any, says: str) -> Any:
    resolve.__annotations__["return"] = kind
    return strawberry.field(resolver=resolve, description=says)


@strawberry.type(description="How a meeting stands at this moment, as far as the viewer may see it.")
class MeetingProgress:
    standing: strawberry.Private[Any]
    state: MeetingState = strawberry.field(description="The meeting's state.")
    meeting = _field(_meeting, optional(ref("Meeting")), "The meeting.")
    current_item = _field(
        _item, optional(ref("AgendaItem")), "The item that is being dealt with; null where the viewer may not see it."
    )
    present = _field(_present, listed(ref("Attendance")), "Who has signed in.")
    called_observers = _field(
        _observers, listed(ref("Attendance")), "Observers of the present item alone: it is their turn to come in."
    )


def progress(found: Standing) -> MeetingProgress:
    return MeetingProgress(standing=found, state=MeetingState(found.state))


async def standing(info: Info, meeting_id: UUID | None) -> Standing | None:
    if meeting_id is None:
        return None
    async with info.context.db.read() as session:
        return await standing_of(session, await info.context.view(), meeting_id)


async def meeting_progress(
    info: Info, meeting: Annotated[strawberry.ID, strawberry.argument(description="The meeting.")]
) -> MeetingProgress | None:
    found = await standing(info, uuid_of("Meeting", meeting))
    return progress(found) if found else None
