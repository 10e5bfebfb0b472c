"""Reading rows: every look-up, list and count starts from what the asker may see (A4.4)."""

from asyncio import gather
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select

from app.queries.planner.given import Sight, Terms, moment_values, viewer_values
from app.queries.planner.rows import in_order, read
from app.queries.planner.shapes import Rows, Source
from app.queries.planner.statement import statement
from app.queries.planner.values import of_column
from app.queries.visibility import row_filter, table_of, visible_to
from schema.context import Context
from schema.declare import Expression, Model


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
        query = visible_to(view, model).where(named.in_(keys)).order_by(*in_order(model, table_of(model), by))
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


async def expressed(context: Context, model: Model, key: str, field: Expression, value: Any) -> Any:
    """What SQL says of the row with this key."""
    loader = context.loader(("expressed", model, field.name), _by_expression(context, model, key, field))
    found: Any = await loader.load(value)
    return found


def _by_expression(context: Context, model: Model, key: str, field: Expression) -> Any:
    async def load(keys: list[Any]) -> Sequence[Any]:
        view = await context.view()
        terms = Terms(Sight(view), context.language, 1)
        table = terms.table(model)
        said = of_column(field.sql(terms, table))
        asked = Rows((("key", of_column(table.c[key])), ("said", said)), Source(table, (table.c[key].in_(keys),)))
        found = statement(asked, context.db.is_sqlite)
        answer = await context.db.reader.value(found.text, found.arguments({**viewer_values(view), **moment_values()}))
        by_key = {str(row["key"]): read(said.kind, row["said"]) for row in orjson.loads(answer)}
        return [by_key.get(str(each)) for each in keys]

    return load
