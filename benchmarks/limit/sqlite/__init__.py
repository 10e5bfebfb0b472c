"""On SQLite: the standard library's driver in a few threads, the whole request in one of them."""

import sqlite3
from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor
from threading import local
from uuid import UUID

from benchmarks.limit.app import identity, statements

THREADS = 4


class Sqlite:
    def __init__(self, url: str) -> None:
        self.file = url.partition("///")[2]
        self.statements = statements("sqlite")
        self.threads = ThreadPoolExecutor(THREADS)
        self.own = local()

    async def open(self) -> None:
        pass

    async def close(self) -> None:
        self.threads.shutdown()

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self.own, "connection"):
            connection = sqlite3.connect(self.file, isolation_level=None, cached_statements=64)
            for pragma in ("query_only=ON", "mmap_size=2000000000", "cache_size=-64000"):
                connection.execute(f"PRAGMA {pragma}")
            self.own.connection = connection
        found: sqlite3.Connection = self.own.connection
        return found

    async def answer(self, name: str, token_hash: str, value: UUID | None) -> bytes | None:
        return await get_running_loop().run_in_executor(self.threads, self._answer, name, token_hash, value)

    def _answer(self, name: str, token_hash: str, value: UUID | None) -> bytes | None:
        connection = self._connection()
        key = value.hex if value else None
        if name in self.statements and self.statements[name].whole:
            return self._text(connection, name, {"token": token_hash, "value": key})
        row = connection.execute(self.statements["identify"].text, {"token": token_hash}).fetchone()
        if row is None:
            return None
        who = identity(row[0])
        if name == "viewer":
            return who.viewer
        return self._text(connection, name, {"holders": who.holders_json, "value": key})

    def _text(self, connection: sqlite3.Connection, name: str, given: dict[str, str | None]) -> bytes | None:
        row = connection.execute(self.statements[name].text, given).fetchone()
        return row[0].encode() if row else None
