"""Insert what is not there yet, or change what is: the unique key decides, on both kinds of database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel


async def insert_new(
    session: AsyncSession, model: type[SQLModel], rows: Sequence[dict[str, Any]], key: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Insert rows; one whose unique `key` exists is left out. Returns the keys of those that went in.

    On PostgreSQL an insert waits for another transaction that is just inserting the same key, so exactly one gets it.
    """
    if not rows:
        return []
    insert, columns = _insert(session, model), [_table(model).c[name] for name in key]
    statement = insert.on_conflict_do_nothing(index_elements=columns).returning(*columns)
    return [tuple(row) for row in (await session.execute(statement, list(rows))).all()]


async def insert_or_update(
    session: AsyncSession, model: type[SQLModel], row: dict[str, Any], key: Sequence[str]
) -> None:
    """Insert the row; where one with this `key` exists, give it these values."""
    columns = [_table(model).c[name] for name in key]
    rest = {name: value for name, value in row.items() if name not in key}
    statement = _insert(session, model).values(row).on_conflict_do_update(index_elements=columns, set_=rest)
    await session.execute(statement)


def _table(model: type[SQLModel]) -> Any:
    return model.__table__  # type: ignore[attr-defined]


def _insert(session: AsyncSession, model: type[SQLModel]) -> Any:
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(_table(model)) if on_postgresql else sqlite.insert(_table(model))
