"""The tables. Importing this package makes all of them known to the metadata."""

from app.models import matters, outcome, people, records

__all__ = ["matters", "outcome", "people", "records"]
