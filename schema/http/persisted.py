"""Documents that the server knows already: what clients were built with, and automatic persisted queries."""

import hashlib
import re
import time
from typing import Any

from graphql import GraphQLError

from app.core.bounded import Bounded
from app.models.engine import Database
from app.queries.trusted import PREFIX, text_of
from schema.errors import NotExecuted, coded, malformed
from schema.http.asked import Asked

ENTRIES = 1000
ROOM = 1_000_000
TRUST_SECONDS = 5.0
_KEY = re.compile(r"[\w.~:-]{1,200}", re.ASCII)


class Persisted:
    """Where the text of a document comes from. `only_trusted`: no other text than a registered one is let in."""

    def __init__(self, db: Database, *, only_trusted: bool = False) -> None:
        self.only_trusted = only_trusted
        self.trusted = _Trusted(db)
        # In this process only: another one does not know them and asks for the text again.
        self._automatic: Bounded[str, str] = Bounded(ENTRIES, ROOM)

    def is_plain(self, asked: Asked) -> bool:
        """Whether it is a text that anybody may ask, and nothing besides."""
        return not asked.extensions and asked.document is None and not self.only_trusted

    async def text(self, asked: Asked) -> str:
        """The text of the document that is asked for; raises NotExecuted."""
        if self.is_plain(asked):
            return _given(asked.query)
        digest = _automatic(asked.extensions)
        if asked.document is not None:
            return await self._by_id(asked)
        if asked.query is None:
            return await self._by_hash(digest)
        found = hashlib.sha256(asked.query.encode()).hexdigest()
        if digest is not None and digest != found:
            raise malformed("The hash is not that of the query.", "PERSISTED_QUERY_HASH_MISMATCH")
        if self.only_trusted and await self.trusted.text(found) is None:
            raise _not_trusted()
        return asked.query

    async def _by_id(self, asked: Asked) -> str:
        if asked.query is not None:
            raise malformed("Send “documentId” or “query”, not both.")
        key = asked.document or ""
        found = await self.trusted.text(key)
        if found is None and not self.only_trusted:
            found = self._automatic.get(key.removeprefix(PREFIX))
        if found is None:
            raise NotExecuted(coded("There is no document of this id.", "DOCUMENT_NOT_FOUND"))
        return found

    async def _by_hash(self, digest: str | None) -> str:
        if digest is None:
            return _given(None)
        found = self._automatic.get(digest) if not self.only_trusted else None
        found = found or await self.trusted.text(digest)
        if found is not None:
            return found
        raise _not_trusted() if self.only_trusted else NotExecuted(_ask_with_text())

    def keep(self, asked: Asked, text: str) -> None:
        """Remember a text that came with its hash and may be executed."""
        if asked.query is None or not asked.extensions or self.only_trusted:
            return
        digest = _automatic(asked.extensions)
        if digest is not None:
            self._automatic.put(digest, text, len(text))


class _Trusted:
    """Registered texts by id or hash, as the database had them some seconds ago at most."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._known: Bounded[str, tuple[float, str | None]] = Bounded(ENTRIES, ROOM)

    async def text(self, key: str) -> str | None:
        if not _KEY.fullmatch(key):
            return None
        known = self._known.get(key)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        async with self.db.read() as session:
            found = await text_of(session, key)
        self._known.put(key, (time.monotonic() + TRUST_SECONDS, found), len(found or key))
        return found


def _given(query: str | None) -> str:
    if query is None:
        raise malformed("“query” is missing.")
    return query


def _ask_with_text() -> GraphQLError:
    """Apollo's words, for its clients look for them."""
    return coded("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")


def _not_trusted() -> NotExecuted:
    says = "Only documents that were registered are let in."
    return NotExecuted(coded(says, "DOCUMENT_NOT_TRUSTED"), status=403)


def _automatic(extensions: dict[str, Any]) -> str | None:
    """The hash of an automatic persisted query, if it is one."""
    given = extensions.get("persistedQuery")
    if given is None:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("sha256Hash"), str):
        raise malformed("“persistedQuery” has the form {version, sha256Hash}.")
    if given.get("version") != 1:
        raise NotExecuted(coded("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED"))
    return str(given["sha256Hash"]).lower()
