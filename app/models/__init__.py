"""The tables. Importing this package makes all of them known to the metadata."""

from app.models import idempotency, matters, outcome, people, records

__all__ = ["idempotency", "matters", "outcome", "people", "records"]
