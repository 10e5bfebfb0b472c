"""The short way to the database for reads that are one statement and answer with one JSON text.

Such a statement needs no session, no transaction and no mapping; what it needs is to be prepared once and to come back
as bytes. Nothing in it depends on the state of a connection (the asker is a parameter), so nothing has to be reset when
a connection goes back. Writes never come this way: the connections refuse them.
"""

import asyncio
import sqlite3
import threading
from collections import OrderedDict, deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Any, Protocol

import asyncpg
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import Dialect

from app.core.bounded import Bounded
from app.models.unkept import unkept

MAX_STATEMENTS = 500
CONNECTIONS = 10
THREADS = 4
# Seconds. A statement of SQLite that takes less is answered at once: an event loop is held up longer by other things.
QUICK = 0.001
SLOW = 1.0
PATIENCE = 15_000  # milliseconds
_PRAGMAS = ("query_only=ON", "temp_store=MEMORY", "cache_size=-16000", "mmap_size=2000000000")


_SETTINGS = {
    "timezone": "UTC",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "default_transaction_read_only": "on",
}


class Reader(Protocol):
    """Answers statements whose one result is JSON."""

    async def value(self, text: str, arguments: Sequence[Any]) -> bytes: ...

    async def row(self, text: str, arguments: Sequence[Any]) -> Sequence[bytes]:
        """Of a statement that answers with several texts at once."""
        ...

    async def explain(self, text: str, arguments: Sequence[Any]) -> list[str]:
        """How the database goes about a statement."""
        ...

    async def close(self) -> None: ...


Asked = tuple[str, Sequence[Any]]


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

    async def row(self, text: str, arguments: Sequence[Any]) -> Sequence[bytes]:
        found: Sequence[bytes] = await self._ask(text, arguments, "fetchrow")
        return found

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
    """A few threads, each with a connection of its own; in WAL mode they read beside the writer.

    The way into a thread and back costs more than most statements. What has been quick so far is answered where it is
    asked; what is slow, unknown, or would have to wait for somebody, goes to a thread.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._own = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._threads = ThreadPoolExecutor(THREADS, "yishi-reader", initializer=self._settle)
        self._took: Bounded[str, float] = Bounded(MAX_STATEMENTS, MAX_STATEMENTS)

    async def value(self, text: str, arguments: Sequence[Any]) -> bytes:
        found: bytes = (await self.row(text, arguments))[0]
        return found

    async def row(self, text: str, arguments: Sequence[Any]) -> Sequence[bytes]:
        if (self._took.get(text) or SLOW) < QUICK:
            try:
                return self._timed(text, *self._row(text, arguments))
            except sqlite3.OperationalError:
                pass  # it would have to wait
        loop = asyncio.get_running_loop()
        return self._timed(text, *await loop.run_in_executor(self._threads, self._row, text, arguments))

    def _timed(self, text: str, found: Sequence[bytes], took: float) -> Sequence[bytes]:
        """How long it takes as a rule; one slow time does not make a slow statement."""
        usual = self._took.get(text) or took
        self._took.put(text, usual + (took - usual) / 8)
        return found

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

    def _row(self, text: str, arguments: Sequence[Any]) -> tuple[Sequence[bytes], float]:
        """The answer, and how long it took."""
        begun = perf_counter()
        found: Sequence[bytes] = self._connection().execute(text, arguments).fetchone()
        return found, perf_counter() - begun

    def _settle(self) -> None:
        """A thread may wait for somebody who writes; whoever asks in place of a thread may not."""
        self._own.patience = PATIENCE

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._own, "connection", None)
        return found or self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._file, isolation_level=None, check_same_thread=False, cached_statements=MAX_STATEMENTS
        )
        connection.text_factory = bytes
        patience = getattr(self._own, "patience", 0)
        for pragma in (f"busy_timeout={patience}", *_PRAGMAS):
            connection.execute(f"PRAGMA {pragma}")
        self._own.connection = connection
        self._open.append(connection)
        return connection
