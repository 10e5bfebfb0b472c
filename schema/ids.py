"""Global ids: opaque to the client, a type's name and a row's key to us."""

from collections.abc import Iterable
from uuid import UUID

from app.core.refusals import NotFound


def pack(name: str, key: object) -> str:
    """Such as `Motion_01a2...`: a form that either database builds beside its rows for next to nothing."""
    return f"{name}_{key.hex if isinstance(key, UUID) else key}"


def unpack(text: str) -> tuple[str, str] | None:
    """(name, key), or None where the text was never made by `pack`."""
    name, mark, key = text.rpartition("_")
    return (name, key) if mark else None


def uuid_of(name: str, text: str) -> UUID | None:
    """The key, if this is an id of the named type."""
    parts = unpack(text)
    if parts is None or parts[0] != name:
        return None
    try:
        return UUID(parts[1])
    except ValueError:
        return None


def need(name: str, text: str) -> UUID:
    """The key; an id of another type or of none at all is not found, like what may not be seen (A4.4)."""
    found = uuid_of(name, text)
    if found is None:
        raise NotFound()
    return found


def want(name: str, text: str | None) -> UUID | None:
    return need(name, text) if text else None


def need_all(name: str, texts: Iterable[str]) -> list[UUID]:
    return [need(name, text) for text in texts]
