"""What reaches the viewer outside the app, and what did not arrive (C9, C13)."""

from typing import Any

import strawberry

from app.models.records import Outbox
from app.services.preferences import preferences
from schema.connections import After, Before, First, Last, Order, OrderBy, Span, page
from schema.context import Info
from schema.enums import NoticeKind
from schema.nodes import BY_MODEL


@strawberry.type(description="One kind of notice, and whether it reaches the viewer outside the app.")
class NoticePreference:
    kind: NoticeKind = strawberry.field(description="The kind.")
    label: str = strawberry.field(description="The kind in words.")
    mandatory: bool = strawberry.field(description="Whether it cannot be muted.")
    mail: bool = strawberry.field(description="Whether it comes by mail.")
    webhook: bool = strawberry.field(description="Whether it goes to the group's webhooks.")


async def notice_preferences(info: Info) -> list[NoticePreference]:
    person_id = (await info.context.view()).actor.person_id
    if person_id is None:
        return []
    async with info.context.db.read() as session:
        rows = await preferences(session, person_id)
    return [
        NoticePreference(
            kind=NoticeKind(row.kind.code), label=info.context.say(row.kind.zh, row.kind.en),
            mandatory=row.kind.mandatory, mail=row.mail, webhook=row.webhook,
        )
        for row in rows
    ]  # fmt: skip


async def undelivered(
    info: Info,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
    order_by: OrderBy = Order.NEWEST_FIRST,
) -> Any:
    """What was given up, or failed and is tried again."""
    table: Any = Outbox
    failed = table.dead_at.is_not(None) | (table.done_at.is_(None) & (table.attempts > 0) & (table.error != ""))
    return await page(info.context, BY_MODEL[Outbox], failed, span=Span(first, after, last, before, order_by))
