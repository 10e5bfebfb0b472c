"""Scalars as they are written: a moment in the form in which PostgreSQL writes it into JSON, so that an answer is the
same whether the database or Python made it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from strawberry.schema.types.base_scalars import DateTimeDefinition


def moment(value: datetime) -> str:
    """In UTC, without zeros at the end of the fraction."""
    head, _, fraction = value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").partition(".")
    digits = fraction.rstrip("0")
    return f"{head}.{digits}+00:00" if digits else f"{head}+00:00"


SCALARS: dict[object, Any] = {
    datetime: replace(DateTimeDefinition, serialize=moment, description="A moment in UTC (ISO 8601).")
}
