"""On PostgreSQL: asyncpg, every statement prepared once on each connection, JSON taken as the bytes it comes in."""

from asyncio import LifoQueue
from typing import Any
from uuid import UUID

import asyncpg

from benchmarks.limit.app import Statement, identity, statements

CONNECTIONS = 10
# A generic plan is as good here, and planning such a statement anew costs as much as running it.
SETTINGS = {"plan_cache_mode": "force_generic_plan", "jit": "off", "timezone": "UTC"}


def _encoded(value: str) -> bytes:
    return value.encode()


def _as_it_comes(value: bytes) -> bytes:
    return value


class Prepared:
    """One connection with its statements."""

    def __init__(self, connection: "asyncpg.Connection[Any]", prepared: dict[str, Any]) -> None:
        self.connection, self.prepared = connection, prepared


class Postgres:
    def __init__(self, url: str) -> None:
        self.url = url
        self.statements: dict[str, Statement] = statements("postgresql")
        self.free: LifoQueue[Prepared] = LifoQueue()

    async def open(self) -> None:
        for _ in range(CONNECTIONS):
            self.free.put_nowait(await self._connect())

    async def _connect(self) -> Prepared:
        connection = await asyncpg.connect(self.url, server_settings=SETTINGS)
        # Text and JSON are not decoded: what comes is what goes out.
        for kind in ("text", "json"):
            await connection.set_type_codec(
                kind, schema="pg_catalog", encoder=_encoded, decoder=_as_it_comes, format="binary"
            )
        prepared = {name: await connection.prepare(each.text) for name, each in self.statements.items()}
        await connection.execute("SELECT 1")  # after a prepare alone, the server's transaction is still open
        return Prepared(connection, prepared)

    async def close(self) -> None:
        while not self.free.empty():
            await self.free.get_nowait().connection.close()

    async def answer(self, name: str, token_hash: str, value: UUID | None) -> bytes | None:
        on = await self.free.get()
        try:
            return await self._answer(on.prepared, name, token_hash, value)
        finally:
            self.free.put_nowait(on)

    async def _answer(self, prepared: dict[str, Any], name: str, token_hash: str, value: UUID | None) -> bytes | None:
        given = () if name in ("tasks", "viewer") else (value,)
        if name in self.statements and self.statements[name].whole:
            found: bytes | None = await prepared[name].fetchval(token_hash, *given)
            return found
        said = await prepared["identify"].fetchval(token_hash)
        if said is None:
            return None
        who = identity(said)
        if name == "viewer":
            return who.viewer
        found = await prepared[name].fetchval(who.holders, *given)
        return found
