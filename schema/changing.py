"""`changes(since:)`: what a client that was away has missed, in pages (C9, A4.4)."""

from asyncio import gather
from typing import Annotated, Any

import strawberry

from app.queries.changes import told
from app.services.changes import BadCursor, told_since
from schema.connections import check_page
from schema.context import Info
from schema.errors import coded
from schema.ids import pack
from schema.nodes import BY_MODEL, BY_NAME, Node
from schema.reading import one

PAGE = 50
MODELS = told(noun.model for noun in BY_NAME.values() if noun.key == "id")
Since = Annotated[
    str | None, strawberry.argument(description="The cursor of the last page; without it from the beginning.")
]
Most = Annotated[
    int,
    strawberry.argument(description="About how many changes, at most 100; what one brings at once stays together."),
]


@strawberry.type(description="One page of what changed.")
class Changes:
    reset: bool = strawberry.field(
        description="Whether to discard first what one holds: this page begins anew, for one's rights have changed, or "
        "no cursor was given."
    )
    nodes: list[Node] = strawberry.field(description="What changed or came into sight, as it is now.")
    gone: list[strawberry.ID] = strawberry.field(description="Ids of what one held and may not see any more.")
    cursor: str = strawberry.field(description="Where to go on: for the next page, or next time.")
    more: bool = strawberry.field(description="Whether there is another page already.")


async def changes(info: Info, since: Since = None, first: Most = PAGE) -> Changes:
    context, size = info.context, max(check_page(first), 1)
    view = await context.view()
    try:
        async with context.db.read() as session:
            found = await told_since(session, view, MODELS, since or "", size)
    except BadCursor as error:
        raise coded("The cursor is malformed; use one that a page has given.", "BAD_CURSOR") from error
    rows: list[Any] = list(await gather(*(one(context, model, key) for model, key in found.since.seen)))
    gone = [strawberry.ID(pack(BY_MODEL[model].name, key)) for model, key in found.since.gone]
    nodes = [row for row in rows if row is not None]
    return Changes(reset=found.reset, nodes=nodes, gone=gone, cursor=found.cursor, more=found.since.more)
