"""The database: one engine, short sessions for reads, one unit of work for each write."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import SQLModel

from app.core.refusals import Conflict
from app.models.readers import PostgresReader, Reader, SqliteReader
from app.models.unkept import unkept


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


def _prepare_sqlite(engine: AsyncEngine) -> None:
    """WAL, foreign keys, and BEGIN IMMEDIATE for writes: a deferred BEGIN loses increments silently."""

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=15000", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("yishi_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _is_bad_value(error: DBAPIError) -> bool:
    """PostgreSQL's class 22, data exception: a text longer than its column, a NUL character, a number out of range."""
    return str(getattr(error.orig, "sqlstate", "") or "").startswith("22")


def _is_deadlock(error: DBAPIError) -> bool:
    """Two units of work waited for each other; PostgreSQL ended this one, and nothing of it is done."""
    return getattr(error.orig, "sqlstate", "") == "40P01"


def _is_double(error: IntegrityError) -> bool:
    """Whether a row that may exist once was written by somebody else in between."""
    return getattr(error.orig, "sqlstate", "") == "23505" or "UNIQUE constraint" in str(error.orig)


class Database:
    """One database by its URL: `sqlite+aiosqlite:///...` or `postgresql+asyncpg://...`."""

    def __init__(self, url: str) -> None:
        self.url = url.replace("postgresql://", "postgresql+asyncpg://", 1)
        options: dict[str, Any] = {"json_serializer": _dumps, "json_deserializer": orjson.loads}
        if self.is_sqlite:
            self.engine = create_async_engine(self.url, **options)
            _prepare_sqlite(self.engine)
        else:
            self.engine = create_async_engine(self.url, pool_size=10, max_overflow=10, pool_pre_ping=True, **options)
        self._writer = self.engine.execution_options(yishi_writes=True)
        self._reader: Reader | None = None

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def reader(self) -> Reader:
        """For reads that are one statement with one JSON text."""
        if self._reader is None:
            url, dialect = self.engine.url, self.engine.dialect
            self._reader = SqliteReader(str(url.database)) if self.is_sqlite else PostgresReader(url, dialect)
        return self._reader

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            try:
                yield session
            except DBAPIError as error:
                if _is_bad_value(error):
                    raise unkept() from error
                raise

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A unit of work: committed at the end, rolled back as a whole on any error."""
        async with AsyncSession(self._writer, expire_on_commit=False) as session:
            try:
                async with session.begin():
                    yield session
            except StaleDataError as error:
                raise Conflict() from error
            except IntegrityError as error:
                if _is_double(error):
                    raise Conflict() from error
                raise
            except DBAPIError as error:
                if _is_deadlock(error):
                    raise Conflict() from error
                if _is_bad_value(error):
                    raise unkept() from error
                raise

    async def create_all(self) -> None:
        async with self._writer.begin() as connection:
            await connection.run_sync(SQLModel.metadata.create_all)

    async def close(self) -> None:
        if self._reader is not None:
            await self._reader.close()
        await self.engine.dispose()
