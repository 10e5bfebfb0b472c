"""Leading groups."""

from typing import Any

import strawberry
from sqlmodel import col

from app.models.people import Appointment, Group, GroupUnit, Unit
from app.queries.visibility import visible_to
from schema.context import Info
from schema.declare import Computed, Noun, Paged, column, listed, optional, ref
from schema.reading import all_of


@strawberry.type(description="A unit's place in a leading group.")
class GroupMember:
    unit: optional(ref("Unit")) = strawberry.field(description="The unit.")  # type: ignore[valid-type]
    kind: str = strawberry.field(description="As what it belongs to the group.")
    standing_observer: bool = strawberry.field(description="Whether it always observes leaders' meetings (A2.4).")


async def _members(root: Any, info: Info) -> list[Any]:
    view = await info.context.view()
    async with info.context.db.read() as session:
        query = visible_to(view, GroupUnit).where(GroupUnit.group_id == root.id)
        rows = (await session.scalars(query.order_by(col(GroupUnit.unit_id)))).all()
    units = await all_of(info.context, Unit, (row.unit_id for row in rows))
    return [
        GroupMember(unit=unit, kind=row.kind, standing_observer=row.standing_observer)
        for unit, row in zip(units, rows, strict=True)
    ]


NOUN = Noun(
    Group,
    "Group",
    "A leading group.",
    fields=(
        column("code", str, "Its short name."),
        column("name", str, "Its name."),
        column("body_code", str, "The code that begins the numbers of its documents (A3.5)."),
        Computed("members", listed(GroupMember), "The units of the group.", _members, ("id",)),
        Paged("appointments", Appointment, "group_id", "Who holds or held which role in it."),
    ),
)
