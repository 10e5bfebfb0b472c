"""The short way to the database for reads that are one statement and answer with one JSON text.

Such a statement needs no session, no transaction and no mapping; what it needs is to be prepared once and to come back
as bytes. Nothing in it depends on the state of a connection (the asker is a parameter), so nothing has to be reset when
a connection goes back. Writes never come this way: the connections refuse them.
"""

import asyncio
import sqlite3
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import asyncpg
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import Dialect

from app.models.unkept import unkept

MAX_STATEMENTS = 500
CONNECTIONS = 10
THREADS = 4


_SETTINGS = {
    "timezone": "UTC",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "default_transaction_read_only": "on",
}


class Reader(Protocol):
    """Answers statements whose one result is JSON."""

    async def value(self, text: str, arguments: Sequence[Any]) -> bytes: ...

    async def chained(self, first: "Asked", then: "Then") -> bytes | None:
        """One statement, then the one that `then` makes of its answer: None where it makes none."""
        ...

    async def explain(self, text: str, arguments: Sequence[Any]) -> list[str]:
        """How the database goes about a statement."""
        ...

    async def close(self) -> None: ...


Asked = tuple[str, Sequence[Any]]
Then = Callable[[bytes], Asked | None]


class _Line:
    """One connection with the statements it has prepared, the longest unused of them given up first."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.prepared: OrderedDict[str, Any] = OrderedDict()
        self.made = 0

    async def statement(self, text: str) -> Any:
        found = self.prepared.get(text)
        if found is None:
            self.made += 1  # only a statement with a name is kept by the server, and its plan with it
            found = self.prepared[text] = await self.connection.prepare(text, name=f"read_{self.made}")
            if len(self.prepared) > MAX_STATEMENTS:
                self.prepared.popitem(last=False)
        else:
            self.prepared.move_to_end(text)
        return found


class PostgresReader:
    """Connections of our own beside SQLAlchemy's, handed to whoever waits longest.

    The plan of a statement is made once (`force_generic_plan`): its parameters are keys and lists of holders, for which
    a plan of its own each time would never be better.
    """

    def __init__(self, url: URL, dialect: Dialect) -> None:
        self._address: dict[str, Any] = dict(dialect.create_connect_args(url)[1])
        self._free: list[_Line] = []
        self._made = 0
        self._waiting: deque[asyncio.Future[_Line | None]] = deque()

    async def value(self, text: str, arguments: Sequence[Any]) -> bytes:
        found: bytes = await self._ask(text, arguments, "fetchval")
        return found

    async def chained(self, first: Asked, then: Then) -> bytes | None:
        asked = then(await self.value(*first))
        return None if asked is None else await self.value(*asked)

    async def explain(self, text: str, arguments: Sequence[Any]) -> list[str]:
        found = await self._ask(f"EXPLAIN (ANALYZE, BUFFERS, COSTS) {text}", arguments, "fetch")
        return [row[0] for row in found]

    async def close(self) -> None:
        while self._free:
            await self._free.pop().connection.close()
            self._made -= 1

    async def _ask(self, text: str, arguments: Sequence[Any], how: str) -> Any:
        """Once more on a new connection where the old one turns out to be gone; nothing but reading is repeated."""
        line = self._free.pop() if self._free else await self._line()
        try:
            statement = line.prepared.get(text) or await line.statement(text)
            return await getattr(statement, how)(*arguments)
        except (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, OSError):
            if not line.connection.is_closed():
                raise
            await self._replace(line)
            return await getattr(await line.statement(text), how)(*arguments)
        except asyncpg.DataError as error:
            raise unkept() from error
        finally:
            self._give_back(line)

    async def _line(self) -> _Line:
        if self._made < CONNECTIONS:
            self._made += 1
            try:
                return _Line(await self._connect())
            except BaseException:
                self._made -= 1
                raise
        turn: asyncio.Future[_Line | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        return await turn or await self._line()

    async def _connect(self) -> Any:
        connection = await asyncpg.connect(**self._address, statement_cache_size=0, server_settings=_SETTINGS)
        await connection.set_type_codec("json", schema="pg_catalog", encoder=_given, decoder=bytes, format="binary")
        return connection

    async def _replace(self, line: _Line) -> None:
        line.prepared.clear()
        line.connection = await self._connect()

    def _give_back(self, line: _Line) -> None:
        broken = line.connection.is_closed()
        self._made -= broken
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None if broken else line)
                return
        if not broken:
            self._free.append(line)


def _given(value: str) -> bytes:
    return value.encode()


class SqliteReader:
    """A few threads, each with a connection of its own; in WAL mode they read beside the writer."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._own = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._threads = ThreadPoolExecutor(THREADS, "yishi-reader")

    async def value(self, text: str, arguments: Sequence[Any]) -> bytes:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._value, text, arguments)

    async def chained(self, first: Asked, then: Then) -> bytes | None:
        """In one thread without coming back in between: each way into a thread costs as much as a small statement."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._chained, first, then)

    def _chained(self, first: Asked, then: Then) -> bytes | None:
        asked = then(self._value(*first))
        return None if asked is None else self._value(*asked)

    async def explain(self, text: str, arguments: Sequence[Any]) -> list[str]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._explain, text, arguments)

    def _explain(self, text: str, arguments: Sequence[Any]) -> list[str]:
        """SQLite tells a tree: each line names the one that it belongs under."""
        depth: dict[int, int] = {0: -1}
        lines = []
        for key, parent, _, told in self._connection().execute(f"EXPLAIN QUERY PLAN {text}", arguments):
            depth[key] = depth[parent] + 1
            lines.append("  " * depth[key] + told.decode())
        return lines

    async def close(self) -> None:
        self._threads.shutdown()
        for connection in self._open:
            connection.close()

    def _value(self, text: str, arguments: Sequence[Any]) -> bytes:
        found: bytes = self._connection().execute(text, arguments).fetchone()[0]
        return found

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._own, "connection", None)
        return found or self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._file, isolation_level=None, check_same_thread=False, cached_statements=MAX_STATEMENTS
        )
        connection.text_factory = bytes
        for pragma in ("busy_timeout=15000", "query_only=ON", "temp_store=MEMORY", "cache_size=-16000"):
            connection.execute(f"PRAGMA {pragma}")
        self._own.connection = connection
        self._open.append(connection)
        return connection
