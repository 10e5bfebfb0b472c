"""Who is asking, and what he owes."""

from asyncio import gather
from typing import Annotated, Any

import strawberry

from app.core.clock import today
from app.models.people import Delegation, Group, PaperAuthority, Person, Unit
from app.models.records import Notification, Task
from app.queries.visibility import own_tasks
from app.rules.roles import ROLE_NAMES, Seat
from schema.connections import After, Before, First, Last, Order, OrderBy, Span, connection, page
from schema.context import Info
from schema.declare import listed, optional, ref
from schema.enums import RoleName
from schema.ids import pack
from schema.nodes import BY_MODEL
from schema.reading import one


@strawberry.type(description="One role that the viewer holds today.")
class ViewerRole:
    role: RoleName = strawberry.field(description="The role.")
    label: str = strawberry.field(description="The role in words.")
    group: optional(ref("Group")) = strawberry.field(description="In which group; null for administrators.")  # type: ignore[valid-type]
    unit: optional(ref("Unit")) = strawberry.field(description="Of which unit, where the role is one of a unit.")  # type: ignore[valid-type]


async def _role(info: Info, seat: Seat) -> Any:
    names = ROLE_NAMES[seat.role]
    group, unit = await one(info.context, Group, seat.group_id), await one(info.context, Unit, seat.unit_id)
    return ViewerRole(role=seat.role.value, label=info.context.say(*names), group=group, unit=unit)


async def _person(root: Any, info: Info) -> Any:
    return await one(info.context, Person, (await info.context.view()).actor.person_id)


async def _id(root: Any, info: Info) -> Any:
    person_id = (await info.context.view()).actor.person_id
    return pack("Person", person_id) if person_id else None


async def _name(root: Any, info: Info) -> Any:
    return (await info.context.view()).actor.name or None


async def _roles(root: Any, info: Info) -> list[Any]:
    seats = (await info.context.view()).actor.seats
    return list(await gather(*(_role(info, seat) for seat in seats)))


async def _tasks(
    root: Any,
    info: Info,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
    order_by: OrderBy = Order.OLDEST_FIRST,
    open_only: Annotated[bool, strawberry.argument(description="Leave out what is settled.")] = True,
    overdue_only: Annotated[bool, strawberry.argument(description="Only what is open after its due day.")] = False,
) -> Any:
    view = await info.context.view()
    table: Any = Task
    where = [own_tasks(view)] if view.actor.person_id else [table.id.is_(None)]
    where += _meant(open_only, overdue_only)
    return await page(info.context, BY_MODEL[Task], *where, span=Span(first, after, last, before, order_by))


def _meant(open_only: bool, overdue_only: bool) -> list[Any]:
    table: Any = Task
    still = [table.closed_at.is_(None)] if open_only or overdue_only else []
    return [*still, table.due_on < today()] if overdue_only else still


async def _owed_to_me(
    root: Any,
    info: Info,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
    order_by: OrderBy = Order.OLDEST_FIRST,
    open_only: Annotated[bool, strawberry.argument(description="Leave out what is settled.")] = True,
    overdue_only: Annotated[bool, strawberry.argument(description="Only what is open after its due day.")] = False,
) -> Any:
    where = [~own_tasks(await info.context.view()), *_meant(open_only, overdue_only)]
    return await page(info.context, BY_MODEL[Task], *where, span=Span(first, after, last, before, order_by))


async def _notifications(
    root: Any,
    info: Info,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
    order_by: OrderBy = Order.NEWEST_FIRST,
    unread_only: Annotated[bool, strawberry.argument(description="Leave out what was read.")] = False,
) -> Any:
    table: Any = Notification
    where = [table.read_at.is_(None)] if unread_only else []
    return await page(info.context, BY_MODEL[Notification], *where, span=Span(first, after, last, before, order_by))


async def _delegations(
    root: Any,
    info: Info,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
    order_by: OrderBy = Order.NEWEST_FIRST,
) -> Any:
    return await page(info.context, BY_MODEL[Delegation], span=Span(first, after, last, before, order_by))


async def _authorities(
    root: Any,
    info: Info,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
    order_by: OrderBy = Order.NEWEST_FIRST,
) -> Any:
    return await page(info.context, BY_MODEL[PaperAuthority], span=Span(first, after, last, before, order_by))


def _field(kind: Any, says: str, resolve: Any) -> Any:
    resolve.__annotations__["return"] = kind
    return strawberry.field(resolver=resolve, description=says)


@strawberry.type(description="Who is asking. Without sign-in it is the public.")
class Viewer:
    id = _field(optional(strawberry.ID), "The person's global id; null without sign-in.", _id)
    name = _field(optional(str), "The person's name; null without sign-in.", _name)
    person = _field(optional(ref("Person")), "The person; null without sign-in.", _person)
    roles = _field(listed(ViewerRole), "The roles held today (C5).", _roles)
    tasks = _field(connection("Task"), "What the viewer owes, lent powers included (C1).", _tasks)
    owed_to_me = _field(
        connection("Task"), "What others owe on matters that the viewer follows: for the office all of them (C1).",
        _owed_to_me,
    )  # fmt: skip
    notifications = _field(connection("Notification"), "The viewer's inbox (C9).", _notifications)
    delegations = _field(connection("Delegation"), "Powers the viewer has lent or was lent (C4).", _delegations)
    paper_authorities = _field(
        connection("PaperAuthority"), "Clerks who enter for the viewer, and signers he enters for (C20).", _authorities
    )
