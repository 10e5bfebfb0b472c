"""Rows back in Python, for what only Python can work out.

A guard or a light asks a row for its attributes and nothing more. So a row here is a plain object with the columns of
its table, made from the JSON in which the database gave them; no session, no mapping, and never saved.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import SQLModel

from app.queries.planner.shapes import Entries
from app.queries.planner.values import kind_of, of_column
from app.queries.visibility import Table, table_of

_READ: dict[str, Callable[[Any], Any]] = {
    "uuid": UUID,
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
}


class Shown:
    """A row as it was read."""

    __tablename__ = ""
    __slots__ = ("__dict__",)


@cache
def _made_of(model: type[SQLModel]) -> tuple[type[Shown], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    table = table_of(model)
    kind = type(model.__name__, (Shown,), {"__tablename__": table.name, "__slots__": ()})  # type: ignore[attr-defined]
    readers = ((column.name, _READ.get(kind_of(column))) for column in table.c)
    return kind, tuple((name, read) for name, read in readers if read is not None)


def all_columns(model: type[SQLModel], table: Table, names: Iterable[str] = ()) -> Entries:
    """The select list from which `shown` makes a row: the named columns, or all."""
    return tuple((name, of_column(table.c[name])) for name in (names or table_of(model).c.keys()))


def read(kind: str, value: Any) -> Any:
    """A value of this kind as Python has it."""
    reader = _READ.get(kind)
    return value if value is None or reader is None else reader(value)


@cache
def _keys(model: type[SQLModel]) -> tuple[str, ...]:
    return tuple(column.name for column in table_of(model).primary_key.columns)  # type: ignore[attr-defined]


def in_order(model: type[SQLModel], table: Table, by: str) -> tuple[ColumnElement[Any], ...]:
    """By this column, if one is named, and by the key where it is the same."""
    return tuple(table.c[name] for name in dict.fromkeys((by, *_keys(model))) if name)


def shown(model: type[SQLModel], values: Mapping[str, Any]) -> Shown:
    """The row of these values; a column that was not asked for is an AttributeError, not a guess."""
    kind, readers = _made_of(model)
    row = kind()
    attributes = row.__dict__
    attributes.update(values)
    for name, read in readers:
        value = attributes.get(name)
        if value is not None:
            attributes[name] = read(value)
    return row
