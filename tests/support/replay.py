"""Preparations that many tests begin with: worked out once in each process, then repeated as the statements they wrote.

`@prepared` marks a function of a city that brings it to a state. The first time, it runs as it is, and what it wrote
is kept. A later test that stands at the same point, with the same city, clock and steps before it, gets the same rows
by the same statements, without the procedure being run again. As soon as a test has done anything of its own to the
database, nothing is repeated any more: the functions run as they are written.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast
from uuid import UUID

from sqlalchemy import event
from sqlmodel import SQLModel

from app.core.clock import freeze, now
from app.models.engine import Database

if TYPE_CHECKING:
    from tests.support.city import City

P = ParamSpec("P")
T = TypeVar("T")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|WITH\b.*\b(INSERT INTO|UPDATE|DELETE FROM)\b)", re.DOTALL)
PLAIN = (str, int, bool, UUID, Decimal, date, datetime, type(None))


class Written(NamedTuple):
    sql: str
    parameters: Any
    rows: int


class Unkept(Exception):
    """A value that cannot be told from others by how it is written."""


class Ledger:
    """What was written to a database through its engine and committed, in order."""

    def __init__(self, db: Database) -> None:
        self.engine = db._writer
        self.kept: list[Written] = []
        self.taken_back = 0  # rolled back: the rows are as before, but the numbers of a sequence are used up
        self._open: dict[int, list[Written]] = {}
        for name in ("after_cursor_execute", "commit", "rollback", "rollback_savepoint"):
            event.listen(self.engine.sync_engine, name, getattr(self, f"_{name}"))

    @property
    def position(self) -> tuple[int, int]:
        return len(self.kept), self.taken_back

    def _after_cursor_execute(
        self, connection: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool
    ) -> None:
        if WRITES.match(sql):
            self._open.setdefault(id(connection), []).append(Written(sql, parameters, cursor.rowcount))

    def _commit(self, connection: Any) -> None:
        self.kept += self._open.pop(id(connection), [])

    def _rollback(self, connection: Any) -> None:
        self.taken_back += len(self._open.pop(id(connection), []))

    def _rollback_savepoint(self, connection: Any, name: str, context: Any) -> None:
        self.taken_back += 1

    async def repeat(self, statements: list[Written]) -> None:
        """Write it again, in one go; each statement must meet as many rows as it did the first time."""
        before = len(self.kept)
        async with self.engine.begin() as connection:
            for each in statements:
                await connection.exec_driver_sql(each.sql, each.parameters)
        again = self.kept[before:]
        assert [each.rows for each in again] == [each.rows for each in statements], "somebody else has written"


@dataclass(frozen=True)
class Step:
    """What a preparation wrote, said and left behind."""

    statements: list[Written]
    answer: Any
    ends: datetime
    units: dict[str, UUID]
    people: dict[str, UUID]


_steps: dict[Any, Step] = {}


def forget() -> None:
    """Work everything out anew."""
    _steps.clear()


class Past:
    """What has been done in a city since it was built, as long as nothing but preparations has."""

    def __init__(self, city: "City", since: datetime | None) -> None:
        """`since`: when the city was built, by a clock that stands still; None: nothing is ever repeated."""
        self._city = city
        self._ledger = Ledger(city.db) if since else None
        self._steps: tuple[Any, ...] = (city.db.is_sqlite, since, city.group)
        self._position = (0, 0)

    async def take(self, step: Callable[..., Awaitable[Any]], args: Any, named: Any) -> Any:
        city, ledger = self._city, self._ledger
        if ledger is None or ledger.position != self._position or now() != now():
            return await step(city, *args, **named)
        try:
            key = (*self._steps, (step.__module__, step.__qualname__, now(), _told(args), _told(named)))
        except Unkept:
            return await step(city, *args, **named)
        if (known := _steps.get(key)) is not None:
            await ledger.repeat(known.statements)
            freeze(known.ends)
            city.units.update(known.units)
            city.people.update(known.people)
            answer = known.answer
        else:
            begun = ledger.position
            answer = _marked(await step(city, *args, **named))
            if ledger.taken_back == begun[1]:
                kept = ledger.kept[begun[0] :]
                _steps[key] = Step(kept, answer, now(), dict(city.units), dict(city.people))
        self._steps, self._position = key, ledger.position
        return await _fetched(city, answer)


def prepared(
    step: "Callable[Concatenate[City, P], Awaitable[T]]",
) -> "Callable[Concatenate[City, P], Awaitable[T]]":
    """A preparation: given the city first, then values and rows; it answers with rows, or lists and tuples of rows."""

    @wraps(step)
    async def taken(city: "City", *args: P.args, **named: P.kwargs) -> T:
        return cast(T, await city.past.take(step, args, named))

    return taken


class _Row(NamedTuple):
    model: type[Any]
    id: Any


def _marked(value: Any) -> Any:
    """Rows by where to find them, so that each test reads its own."""
    if isinstance(value, SQLModel):
        return _Row(type(value), value.id)
    if isinstance(value, list | tuple):
        return type(value)(_marked(each) for each in value)
    if isinstance(value, PLAIN):
        return value
    raise AssertionError(f"a preparation answers with rows, not with {value!r}")


async def _fetched(city: "City", value: Any) -> Any:
    if isinstance(value, _Row):
        async with city.db.read() as session:
            return await session.get(value.model, value.id)
    if isinstance(value, list | tuple):
        return type(value)([await _fetched(city, each) for each in value])
    return value


def _told(value: Any) -> Any:
    """A value as part of a key: equal only if it says the same."""
    if isinstance(value, SQLModel):
        return type(value).__name__, value.id
    if isinstance(value, PLAIN):
        return type(value).__name__, value
    if isinstance(value, list | tuple):
        return tuple(_told(each) for each in value)
    if isinstance(value, dict):
        return tuple((name, _told(each)) for name, each in sorted(value.items()))
    raise Unkept
