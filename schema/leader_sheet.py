"""The leader's sheet (领导阅签单) as one field (A3.4)."""

from datetime import date
from typing import Annotated, Any

import strawberry

from app.core.labels import STANDINGS
from app.queries import leader_sheet as sheets
from app.rules.positions import POSITIONS
from schema.context import Info
from schema.declare import optional, ref
from schema.enums import Position, Standing
from schema.ids import uuid_of


@strawberry.type(description="How many units said the same, or stand alike.")
class LeaderSheetCount:
    label: str = strawberry.field(description="The position, or the standing where nothing was said.")
    count: int = strawberry.field(description="How many.")


@strawberry.type(description="One unit's line.")
class LeaderSheetPosition:
    unit: str = strawberry.field(description="The unit.")
    standing: Standing = strawberry.field(description="The standing of its request.")
    position: Position | None = strawberry.field(description="What it said; null where it said nothing.")
    label: str = strawberry.field(description="Position and standing in words.")
    text: str = strawberry.field(description="Its words.")
    response: str = strawberry.field(description="The office's answer.")
    due_on: date = strawberry.field(description="Until when it was asked.")
    stale: bool = strawberry.field(description="Whether it judged an earlier text (C16).")


@strawberry.type(description="What the leader is asked, on one page (A3.4).")
class LeaderSheet:
    motion: ref("Motion") = strawberry.field(description="The motion: what is asked, the money, the time.")  # type: ignore[valid-type]
    proposing_unit: str = strawberry.field(description="The unit whose proposal it is.")
    day: date = strawberry.field(description="The day on which the sheet was read.")
    counts: list[LeaderSheetCount] = strawberry.field(description="The positions, counted.")
    positions: list[LeaderSheetPosition] = strawberry.field(description="The positions by unit.")
    unresolved: list[str] = strawberry.field(description="Points that are open.")
    experts: list[str] = strawberry.field(description="What the expert panels concluded (A3.7).")


def _label(info: Info, name: str) -> str:
    return info.context.say(*(POSITIONS.get(name) or STANDINGS[name]))


def _line(info: Info, line: sheets.Position) -> LeaderSheetPosition:
    said = _label(info, line.position) if line.position else ""
    return LeaderSheetPosition(
        unit=line.unit, standing=line.standing, position=line.position or None,
        label=" · ".join(filter(None, (said, _label(info, line.standing)))), text=line.text, response=line.response,
        due_on=line.due_on, stale=line.stale,
    )  # fmt: skip


async def leader_sheet(
    info: Info, motion_id: Annotated[strawberry.ID, strawberry.argument(description="The motion.")]
) -> Any:
    key = uuid_of("Motion", motion_id)
    if key is None:
        return None
    view = await info.context.view()
    async with info.context.db.read() as session:
        made = await sheets.leader_sheet(session, view, key)
    if made is None:
        return None
    info.context.saw([made.motion])
    return LeaderSheet(
        motion=made.motion, proposing_unit=made.unit, day=made.day,
        counts=[LeaderSheetCount(label=_label(info, name), count=count) for name, count in made.counts],
        positions=[_line(info, line) for line in made.positions],
        unresolved=[info.context.say(*each) for each in made.unresolved],
        experts=[info.context.say(*each) for each in made.experts],
    )  # fmt: skip


leader_sheet.__annotations__["return"] = optional(LeaderSheet)
