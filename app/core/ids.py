"""Keys of all rows: UUIDv7, so that they grow with time and an index is filled at its end."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new key, greater than every key this process made before, also within one millisecond."""
    return uuid7()
