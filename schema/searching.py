"""Search over motions, meetings, documents and directives (C11)."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry

from app.core.bigrams import excerpt
from app.core.refusals import Refused
from app.queries import search as queries
from app.queries.search import KINDS, Wanted
from app.rules.catalogue import TABLES
from schema.connections import PAGE, After, First, PageInfo, check_page
from schema.context import Info
from schema.enums import made
from schema.errors import coded
from schema.ids import need, pack, unpack
from schema.nodes import Node
from schema.reading import one

SearchKind: Any = made(
    "SearchKind",
    "In what is searched (C11).",
    [(noun, f"{TABLES[noun].zh}: {TABLES[noun].en}") for noun in KINDS],
)


@strawberry.input(description="Where is searched (C11).")
class SearchFilter:
    kinds: list[SearchKind] | None = strawberry.field(default=None, description="Only in these; without it in all.")
    group: strawberry.ID | None = strawberry.field(default=None, description="Of this leading group.")
    states: list[str] | None = strawberry.field(default=None, description="In one of these states, such as decided.")
    since: date | None = strawberry.field(default=None, description="Begun on this day or later.")
    until: date | None = strawberry.field(default=None, description="Begun on this day or earlier.")


@strawberry.type(description="A matter that was found.")
class SearchHit:
    cursor: str = strawberry.field(description="Its place among what was found.")
    kind: SearchKind = strawberry.field(description="What it is.")
    excerpt: str = strawberry.field(description="The place where the words stand.")
    node: Node = strawberry.field(description="The matter.")


async def _count(root: "SearchResult", info: Info) -> int:
    view = await info.context.view()
    async with info.context.db.read() as session:
        return await queries.count(session, view, root.wanted)


@strawberry.type(description="What was found, the newest first; never anything that the asker may not see (A4.4).")
class SearchResult:
    wanted: strawberry.Private[Wanted]
    hits: list[SearchHit] = strawberry.field(description="This page.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    total_count: int = strawberry.field(resolver=_count, description="How many are found, at most 10,000 counted.")


def _wanted(text: str, given: SearchFilter | None) -> Wanted:
    given = given or SearchFilter()
    return Wanted(
        text=text,
        kinds=[kind.value for kind in given.kinds or ()],
        group_id=need("Group", given.group) if given.group else None,
        states=given.states or (),
        since=given.since,
        until=given.until,
    )


def _before(after: str | None) -> UUID | None:
    if not after:
        return None
    parts = unpack(after)
    try:
        if parts is None or parts[0] != "c":
            raise ValueError(after)
        return UUID(parts[1])
    except ValueError:
        raise coded("The cursor is malformed; use one that a page has given.", "BAD_CURSOR") from None


async def _hit(info: Info, wanted: Wanted, noun: str, key: UUID) -> SearchHit | None:
    row: Any = await one(info.context, KINDS[noun], key)
    if row is None:  # gone between the two statements
        return None
    said = excerpt(" ".join(queries.texts_of(row)), wanted.text)
    return SearchHit(cursor=pack("c", key), kind=SearchKind(noun), excerpt=said, node=row)


async def search(
    info: Info,
    text: Annotated[str, strawberry.argument(description="Words of at least two signs; all of them must stand there.")],
    filter: Annotated[SearchFilter | None, strawberry.argument(description="Where is searched.")] = None,
    first: First = None,
    after: After = None,
) -> SearchResult:
    size, wanted, view = check_page(PAGE if first is None else first), _wanted(text, filter), await info.context.view()
    try:
        async with info.context.db.read() as session:
            found = await queries.search(session, view, wanted, size + 1, _before(after))
    except Refused as refused:
        raise coded(refused.refusal.sentence(info.context.language), "BAD_SEARCH") from None
    hits = [hit for noun, key in found[:size] if (hit := await _hit(info, wanted, noun, key))]
    ends = [hits[0].cursor, hits[-1].cursor] if hits else [None, None]
    where = PageInfo(
        has_next_page=len(found) > size, has_previous_page=after is not None, start_cursor=ends[0], end_cursor=ends[1]
    )
    return SearchResult(wanted=wanted, hits=hits, page_info=where)
