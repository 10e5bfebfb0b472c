"""The tables. Importing this package makes all of them known to the metadata."""

from app.models import (
    changes,
    channels,
    experts,
    idempotency,
    matters,
    minutes,
    office,
    outcome,
    panels,
    papers,
    people,
    records,
    review,
    search,
    texts,
    trusted,
)

__all__ = [
    "changes",
    "channels",
    "experts",
    "idempotency",
    "matters",
    "minutes",
    "office",
    "outcome",
    "panels",
    "papers",
    "people",
    "records",
    "review",
    "search",
    "texts",
    "trusted",
]
