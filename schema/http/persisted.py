"""Documents that the server knows already: automatic persisted queries."""

import hashlib

from app.core.bounded import Bounded
from schema.errors import NotExecuted, coded, malformed
from schema.http.asked import Asked

ENTRIES = 1000
ROOM = 1_000_000


class Persisted:
    """Texts by their hash, in this process only. Another process does not know them and asks for the text again."""

    def __init__(self) -> None:
        self._texts: Bounded[str, str] = Bounded(ENTRIES, ROOM)

    async def text(self, asked: Asked) -> str:
        """The text of the document that is asked for; raises NotExecuted."""
        digest = _digest(asked)
        if asked.query is not None:
            if digest is not None and hashlib.sha256(asked.query.encode()).hexdigest() != digest:
                raise malformed("The hash is not that of the query.", "PERSISTED_QUERY_HASH_MISMATCH")
            return asked.query
        if digest is None:
            raise malformed("“query” is missing.")
        known = self._texts.get(digest)
        if known is None:
            raise NotExecuted(coded("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND"))
        return known

    def keep(self, asked: Asked, text: str) -> None:
        """Remember a text that came with its hash and may be executed."""
        digest = _digest(asked) if asked.extensions and asked.query is not None else None
        if digest is not None:
            self._texts.put(digest, text, len(text))


def _digest(asked: Asked) -> str | None:
    """The hash of an automatic persisted query, if it is one."""
    given = asked.extensions.get("persistedQuery") if asked.extensions else None
    if given is None:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("sha256Hash"), str):
        raise malformed("“persistedQuery” has the form {version, sha256Hash}.")
    if given.get("version") != 1:
        raise NotExecuted(coded("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED"))
    return str(given["sha256Hash"]).lower()
