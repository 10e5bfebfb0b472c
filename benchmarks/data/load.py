"""Rows into a database, as fast as it takes them: COPY for PostgreSQL, executemany on one transaction for SQLite."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import Column
from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel

from app.models.engine import Database
from app.models.migrate import upgrade
from benchmarks.data import matters, people
from benchmarks.data.world import Model, Rows, Size, World

Tuples = Iterator[tuple[Any, ...]]


def make(size: Size) -> Rows:
    world = World(size)
    city = people.build(world)
    matters.build(world, city)
    return world.rows


def _order(rows: Rows) -> list[Model]:
    """Tables in the order of their foreign keys."""
    by_table = {model.__table__: model for model in rows.tuples}  # type: ignore[attr-defined]
    return [by_table[table] for table in SQLModel.metadata.sorted_tables if table in by_table]


def _defaults(model: Model, named: tuple[str, ...]) -> dict[str, Any]:
    """What the model gives the columns that were not named, as the application would."""
    columns = model.__table__.columns.keys()  # type: ignore[attr-defined]
    fields = {name: model.model_fields[name] for name in columns if name not in named}
    return {name: field.get_default(call_default_factory=True) for name, field in fields.items()}


def _whole(rows: Rows, model: Model) -> tuple[list[str], Tuples]:
    """All columns, and rows with a value for each."""
    named = rows.columns[model]
    rest = _defaults(model, named)
    values = tuple(rest.values())
    return [*named, *rest], (row + values for row in rows.tuples[model])


def _jsonb(model: Model, columns: list[str], rows: Tuples) -> Tuples:
    """asyncpg wants JSON as text."""
    table = model.__table__  # type: ignore[attr-defined]
    places = [number for number, name in enumerate(columns) if str(table.columns[name].type) == "JSON"]
    if not places:
        return rows
    empty = {"{}": "{}", "[]": "[]"}
    return (tuple(empty[str(v)] if n in places else v for n, v in enumerate(row)) for row in rows)


async def into_postgresql(url: str, rows: Rows) -> None:
    database = Database(url)
    await upgrade(database)
    await database.close()
    await copy(url, rows)


async def copy(url: str, rows: Rows) -> None:
    connection = await asyncpg.connect(url)
    try:
        # Foreign keys hold by the way the rows are made; checking them one by one would take most of the time.
        await connection.execute("SET session_replication_role = replica")
        for model in _order(rows):
            columns, tuples = _whole(rows, model)
            name = str(model.__tablename__)
            await connection.copy_records_to_table(name, records=_jsonb(model, columns, tuples), columns=columns)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


def _binder(column: "Column[Any]") -> Callable[[Any], Any] | None:
    """How the application's own dialect would hand this column's values to SQLite."""
    dialect = sqlite.dialect()
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _bound(model: Model, columns: list[str], rows: Tuples) -> Tuples:
    table = model.__table__  # type: ignore[attr-defined]
    binders = [(number, _binder(table.columns[name])) for number, name in enumerate(columns)]
    wanted = [(number, binder) for number, binder in binders if binder is not None]
    for row in rows:
        values = list(row)
        for number, binder in wanted:
            values[number] = binder(values[number])
        yield tuple(values)


async def into_sqlite(file: Path, rows: Rows) -> None:
    database = Database(f"sqlite+aiosqlite:///{file}")
    await upgrade(database)
    await database.close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous=OFF")
    for model in _order(rows):
        columns, tuples = _whole(rows, model)
        marks = ",".join("?" * len(columns))
        statement = f"INSERT INTO {model.__tablename__} ({','.join(columns)}) VALUES ({marks})"  # noqa: S608 - own names
        connection.executemany(statement, _bound(model, columns, tuples))
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
