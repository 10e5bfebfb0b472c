"""The cursor of a client that was away (C9, A4.4): where it stands, and as whom it read, sealed so as to tell nothing.

The numbers of changes count what everybody does; a client that could read them would learn how much goes on that it
may not see. So a cursor is enciphered under the installation's key and good for its reader only.
"""

import base64
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from app.core.enforces import enforces
from app.models.migrate import head
from app.queries.changes import Since, changes_since, watermark
from app.queries.visibility import NOUNS, View
from app.services import signing

_FORM = struct.Struct(">QQ8s")
_NONCE, _TAG = 8, 8
_newest = cache(head)


class BadCursor(ValueError):
    """It was not given by us to this reader."""


@dataclass(frozen=True, slots=True)
class Place:
    """`seq`: up to which number all was told; `base`: the last number when the client began from nothing; `sight`: a
    digest of what decided over the reader's sight then."""

    seq: int
    base: int
    sight: bytes


def sight_of(view: View) -> bytes:
    """Changes with the reader's posts, lent powers and the policy for him, and with an upgrade."""
    scopes = [(noun, *sorted(view.scopes(noun))) for noun in sorted(set(NOUNS.values()))]
    said = (sorted(view.actor.holders), sorted(str(each.id) for each in view.actor.mandates), scopes, _newest())
    return hashlib.sha256(repr(said).encode()).digest()[:8]


def _key(key: bytes, person_id: UUID | None) -> bytes:
    return hmac.new(key, str(person_id).encode(), hashlib.sha256).digest()


def _pad(key: bytes, nonce: bytes) -> bytes:
    return hmac.new(key, b"pad" + nonce, hashlib.sha256).digest()[: _FORM.size]


def _tag(key: bytes, sealed: bytes) -> bytes:
    return hmac.new(key, b"tag" + sealed, hashlib.sha256).digest()[:_TAG]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def seal(key: bytes, place: Place) -> str:
    nonce = secrets.token_bytes(_NONCE)
    sealed = nonce + _xor(_FORM.pack(place.seq, place.base, place.sight), _pad(key, nonce))
    return base64.urlsafe_b64encode(sealed + _tag(key, sealed)).decode().rstrip("=")


@enforces("A4.4")
def unseal(key: bytes, cursor: str) -> Place:
    try:
        raw = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise BadCursor from error
    sealed, tag = raw[:-_TAG], raw[-_TAG:]
    if len(raw) != _NONCE + _FORM.size + _TAG or not hmac.compare_digest(tag, _tag(key, sealed)):
        raise BadCursor
    return Place(*_FORM.unpack(_xor(sealed[_NONCE:], _pad(key, sealed[:_NONCE]))))


@dataclass(frozen=True, slots=True)
class Told:
    """`reset`: the client discards what it holds before it takes the page."""

    since: Since
    reset: bool
    cursor: str


@enforces("C9", "A4.4")
async def told_since(
    session: AsyncSession, view: View, models: dict[str, type[SQLModel]], cursor: str, limit: int
) -> Told:
    """The page after this cursor; from nothing where there is none, or where the reader sees by other rights now."""
    key = _key(await signing.key(session, "changes"), view.actor.person_id)
    sight, last = sight_of(view), await watermark(session)
    place = unseal(key, cursor) if cursor else None
    reset = place is None or place.sight != sight
    if place is None or reset:
        place = Place(0, last, sight)
    since = await changes_since(session, view, models, place.seq, place.base, last, limit)
    return Told(since, reset, seal(key, Place(since.upto, place.base, sight)))
