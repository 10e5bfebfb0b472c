"""Rows that Python hands to a statement, as a table in it: one parameter with JSON, whatever their number."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import CTE, Text, cast, column, func, literal, select, type_coerce
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.types import TypeEngine

Rows = Sequence[Mapping[str, Any]]
_SQLITE_MOMENT = "%Y-%m-%d %H:%M:%S.%f"


def handed(name: str, rows: Rows, types: Mapping[str, TypeEngine[Any]], on_postgresql: bool) -> CTE:
    """These rows as a common table of that name; `types`: its columns."""
    if on_postgresql:
        given: Any = func.json_to_recordset(cast(literal(_written(rows, _postgresql), Text()), JSON()))
        table = given.table_valued(*(column(key, kind) for key, kind in types.items())).render_derived(
            name="given", with_types=True
        )
        return _once(select(table).cte(name))
    each = func.json_each(literal(_written(rows, _sqlite), Text())).table_valued("value", name="given")
    columns = (type_coerce(func.json_extract(each.c.value, f"$.{key}"), kind).label(key) for key, kind in types.items())
    return _once(select(*columns).cte(name))


def _once(table: CTE) -> CTE:
    """Read once, however often the statement names it."""
    return table.prefix_with("MATERIALIZED")


def _written(rows: Rows, form: Any) -> str:
    return orjson.dumps([{key: form(value) for key, value in row.items()} for row in rows]).decode()


def _postgresql(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def _sqlite(value: Any) -> Any:
    """As SQLAlchemy stores it there."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(_SQLITE_MOMENT)
    return value.isoformat() if isinstance(value, date) else value
