"""Relay connections: pages by keyset over the key, which grows with time, so that a page costs the same at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

import strawberry
from sqlalchemy import func, select

from app.queries.visibility import row_filter, visible_to
from schema.context import Context, Info
from schema.declare import Noun, listed, ref
from schema.errors import coded
from schema.ids import pack, unpack

PAGE = 20
MAX_PAGE = 100
MAX_COUNT = 10_000


@strawberry.enum(description="In which order a list comes.")
class Order(Enum):
    """By time of creation; the key itself grows with time."""

    NEWEST_FIRST = strawberry.enum_value("newest_first", description="What was created last comes first.")
    OLDEST_FIRST = strawberry.enum_value("oldest_first", description="What was created first comes first.")


First = Annotated[
    int | None,
    strawberry.argument(description=f"How many from the beginning, at most {MAX_PAGE}; {PAGE} where nothing is said."),
]
Last = Annotated[int | None, strawberry.argument(description=f"How many from the end instead, at most {MAX_PAGE}.")]
After = Annotated[str | None, strawberry.argument(description="The cursor after which the page begins.")]
Before = Annotated[str | None, strawberry.argument(description="The cursor before which the page ends.")]
OrderBy = Annotated[Order, strawberry.argument(description="The order of the list.")]
AtMost = Annotated[
    int | None, strawberry.argument(description=f"Only so many from its beginning, at most {MAX_PAGE}; without it all.")
]
Latest = Annotated[
    int | None, strawberry.argument(description=f"Only so many from its end, at most {MAX_PAGE}; order is kept.")
]


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follows this page.")
    has_previous_page: bool = strawberry.field(description="Whether something comes before this page.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first entry.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last entry; the next page is after it.")


@dataclass(slots=True)
class Page:
    """The root object of a connection. The count is asked of the database only where it was selected."""

    noun: Noun
    rows: Sequence[Any]
    more: bool
    before: bool
    where: tuple[Any, ...]

    def cursor(self, row: Any) -> str:
        return pack("c", getattr(row, self.noun.key))


@dataclass(slots=True)
class Entry:
    cursor: str
    node: Any


def _page_info(root: Page) -> Any:
    ends: list[Any] = [root.cursor(row) for row in (*root.rows[:1], *root.rows[-1:])] or [None, None]
    return PageInfo(has_next_page=root.more, has_previous_page=root.before, start_cursor=ends[0], end_cursor=ends[1])


async def _count(root: Page, info: Info) -> int:
    context = info.context
    model: Any = root.noun.model
    key = getattr(model, root.noun.key)
    seen = select(key).where(row_filter(await context.view(), model), *root.where).limit(MAX_COUNT)
    async with context.db.read() as session:
        return await session.scalar(select(func.count()).select_from(seen.subquery())) or 0


def key_of_cursor(noun: Noun, cursor: str) -> Any:
    """The key that a cursor of ours stands for."""
    parts = unpack(cursor)
    try:
        if parts is None or parts[0] != "c":
            raise ValueError(cursor)
        return int(parts[1][:18]) if noun.key == "seq" else UUID(parts[1])
    except ValueError:
        raise coded("The cursor is malformed; use one that a page has given.", "BAD_CURSOR") from None


def check_page(size: int) -> int:
    """The size asked for, if it is one that a list gives."""
    if not 0 <= size <= MAX_PAGE:
        raise coded(f"`first` and `last` lie between 0 and {MAX_PAGE}.", "BAD_PAGE_SIZE")
    return size


def ends(rows: list[Any], first: int | None, last: int | None) -> list[Any]:
    """The first so many, and of these the last so many."""
    rows = rows if first is None else rows[:first]
    return rows if last is None else rows[max(len(rows) - last, 0) :]


@dataclass(frozen=True, slots=True)
class Span:
    """Which page of a list: so many from one end of what lies between two cursors."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None
    order: Order = Order.NEWEST_FIRST

    @property
    def size(self) -> int:
        if self.first is not None and self.last is not None:
            raise coded("Give `first` or `last`, not both.", "BAD_PAGE_SIZE")
        return check_page(next((size for size in (self.first, self.last) if size is not None), PAGE))

    @property
    def backward(self) -> bool:
        return self.last is not None

    @property
    def down(self) -> bool:
        return self.order is Order.NEWEST_FIRST

    def beyond(self, noun: Noun, key: Any) -> Iterator[Any]:
        """Only what lies after the one cursor, and before the other."""
        for cursor, forward in ((self.after, True), (self.before, False)):
            if cursor:
                value = key_of_cursor(noun, cursor)
                yield key < value if self.down is forward else key > value


async def page(context: Context, noun: Noun, *where: Any, span: Span) -> Page:
    """One page of what the asker may see."""
    model: Any = noun.model
    size, key = span.size, getattr(model, noun.key)
    query = visible_to(await context.view(), model).where(*where, *span.beyond(noun, key))
    order = key.desc() if span.down is not span.backward else key.asc()
    async with context.db.read() as session:
        rows = (await session.scalars(query.order_by(order).limit(size + 1))).all()
    shown = rows[:size][::-1] if span.backward else rows[:size]
    context.saw(shown)
    more, beyond = len(rows) > size, bool(span.before if span.backward else span.after)
    return Page(noun, shown, beyond if span.backward else more, more if span.backward else beyond, where)


def _field(kind: Any, says: str, make: Any) -> Any:
    make.__annotations__["return"] = kind
    return strawberry.field(resolver=make, description=says)


def connection_types(noun: Noun) -> dict[str, type]:
    """The connection and the edge of a noun."""
    node = ref(noun.name)
    edge_name, connection_name = f"{noun.name}Edge", f"{noun.name}Connection"

    def edges(root: Page) -> Any:
        return [Entry(root.cursor(row), row) for row in root.rows]

    def nodes(root: Page) -> Any:
        return root.rows

    def page_info(root: Page) -> Any:
        return _page_info(root)

    async def total_count(root: Page, info: Info) -> int:
        return await _count(root, info)

    edge = type(
        edge_name,
        (),
        {
            "__annotations__": {"cursor": str, "node": node},
            "cursor": strawberry.field(description="The place of this entry in the list."),
            "node": strawberry.field(description="The entry itself."),
        },
    )
    connection = type(
        connection_name,
        (),
        {
            "edges": _field(listed(ref(edge_name)), "The entries with their cursors.", edges),
            "nodes": _field(listed(node), "The entries.", nodes),
            "page_info": _field(PageInfo, "Where this page stands.", page_info),
            "total_count": _field(
                int, f"How many one may see, at most {MAX_COUNT}; counted when selected.", total_count
            ),
        },
    )
    named = {edge_name: edge, connection_name: connection}
    says = {edge_name: f"One entry of a list of {noun.name}.", connection_name: f"A page of a list of {noun.name}."}
    return {name: strawberry.type(cls, description=says[name]) for name, cls in named.items()}


def connection(noun_name: str) -> Any:
    return ref(f"{noun_name}Connection")
