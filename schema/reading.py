"""Reading rows: every look-up, list and count starts from what the asker may see (A4.4)."""

from asyncio import gather
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.queries.visibility import row_filter, visible_to
from schema.context import Context
from schema.declare import Model


async def one(context: Context, model: Model, key: UUID | None) -> Any:
    """The row, or None: not there and not to be seen are the same."""
    if key is None:
        return None
    found: Any = await context.loader(("one", model), _by_key(context, model)).load(key)
    return found


async def all_of(context: Context, model: Model, keys: Iterable[UUID]) -> list[Any]:
    """The rows of these keys, in their order, asked for together; None for each that is not there or not to be seen."""
    return list(await gather(*(one(context, model, key) for key in keys)))


def _by_key(context: Context, model: Model) -> Any:
    async def load(keys: list[UUID]) -> Sequence[Any]:
        view = await context.view()
        table: Any = model
        async with context.db.read() as session:
            rows = (await session.scalars(visible_to(view, model).where(table.id.in_(keys)))).all()
        context.saw(rows)
        found = {row.id: row for row in rows}
        return [found.get(key) for key in keys]

    return load


async def many(context: Context, model: Model, column: str, key: UUID, by: str = "id") -> list[Any]:
    """The visible rows whose `column` is this key."""
    loader = context.loader(("many", model, column, by), _by_column(context, model, column, by))
    found: list[Any] = await loader.load(key)
    return found


def _by_column(context: Context, model: Model, column: str, by: str) -> Any:
    async def load(keys: list[UUID]) -> Sequence[Any]:
        view = await context.view()
        table: Any = model
        named = getattr(table, column)
        query = visible_to(view, model).where(named.in_(keys)).order_by(getattr(table, by), table.id)
        grouped: dict[UUID, list[Any]] = defaultdict(list)
        async with context.db.read() as session:
            rows = (await session.scalars(query)).all()
        context.saw(rows)
        for row in rows:
            grouped[getattr(row, column)].append(row)
        return [grouped[key] for key in keys]

    return load


async def across(context: Context, model: Model, link: Model, here: str, there: str, key: UUID) -> list[Any]:
    """The visible rows that a table of pairs joins to this key."""
    name = ("across", model, link, here)
    found: list[Any] = await context.loader(name, _by_link(context, model, link, here, there)).load(key)
    return found


def _by_link(context: Context, model: Model, link: Model, here: str, there: str) -> Any:
    async def load(keys: list[UUID]) -> Sequence[Any]:
        view = await context.view()
        table: Any = model
        ours, theirs = getattr(link, here), getattr(link, there)
        query = select(ours, table).join(link, theirs == table.id).where(ours.in_(keys), row_filter(view, model))
        grouped: dict[UUID, list[Any]] = defaultdict(list)
        async with context.db.read() as session:
            pairs = (await session.execute(query.order_by(table.id))).all()
        context.saw(row for _, row in pairs)
        for key, row in pairs:
            grouped[key].append(row)
        return [grouped[key] for key in keys]

    return load
