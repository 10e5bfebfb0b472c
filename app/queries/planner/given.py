"""Values that come with the request. A statement is made once and kept; only these change from one request to the next.

The asker is among them: his key and his holders are parameters, so that one text serves everybody with the same roles.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import JSON, ColumnElement, Date, DateTime, Integer, String, Uuid
from sqlalchemy.ext.compiler import compiles
from sqlmodel import SQLModel

from app.core.clock import local_day, now
from app.models.records import Part
from app.queries.visibility import NOUNS, PART_COLUMN, Table, View, part_in, row_filter, table_of

# SQLite reads a list of holders into this table once, in front of the statement; it is asked for with every row.
MINE = "mine_"
# Stand around a parameter's name until the whole text is there and parameters can be numbered; no text has them.
OPEN, CLOSE = "\x02", "\x03"


def _moment(value: datetime) -> str:
    """As the tables of SQLite keep it: UTC without saying so, always with microseconds."""
    return value.strftime("%Y-%m-%d %H:%M:%S.%f")


@dataclass(frozen=True, slots=True)
class Kind:
    """Of a parameter: what PostgreSQL calls it, what SQLAlchemy compares it as, and how SQLite is handed it."""

    cast: str
    type: Any
    lite: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


KINDS: dict[str, Kind] = {
    "uuid": Kind("uuid", Uuid(), lambda value: value.hex),
    "uuids": Kind("uuid[]", JSON(), lambda values: _json([value.hex for value in values])),
    "text": Kind("text", String(), _same),
    "texts": Kind("text[]", JSON(), _json),
    "date": Kind("date", Date(), date.isoformat),
    "moment": Kind("timestamptz", DateTime(), _moment),
    "int": Kind("bigint", Integer(), _same),
    "json": Kind("json", JSON(), _same),
}


class Given(ColumnElement[Any]):
    """A parameter by its name. It may be used in several places; it is handed over once."""

    inherit_cache = False

    def __init__(self, name: str, kind: str) -> None:
        self.name, self.kind = name, kind
        self.type = KINDS[kind].type


class Among(ColumnElement[bool]):
    """Whether a column is one of the values of a list that comes as one parameter, however long it is.

    `afterwards`: PostgreSQL is to find rows by other columns and then look at this one. A matter has some six parts,
    and reading these is cheaper than looking up each of twenty holders in the index.
    """

    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], values: Given, *, afterwards: bool = False) -> None:
        self.column, self.values, self.afterwards = column, values, afterwards


class Apart(ColumnElement[bool]):
    """EXISTS that PostgreSQL is to look up for each row, through an index. Left to itself it takes the generic list of
    holders for a large one and joins whole tables, where a page needs fifty look-ups."""

    inherit_cache = False

    def __init__(self, inner: ColumnElement[bool]) -> None:
        self.inner = inner


class Kept(ColumnElement[Any]):
    """An expression whose text is made once for each dialect: row filters and columns return in many statements."""

    inherit_cache = False

    def __init__(self, inner: ColumnElement[Any]) -> None:
        self.inner, self.type = inner, inner.type
        self.texts: dict[str, str] = {}


@compiles(Given)
def _given(element: Given, compiler: Any, **_: Any) -> str:
    mark = f"{OPEN}{element.name}|{element.kind}{CLOSE}"
    return f"{mark}::{KINDS[element.kind].cast}" if compiler.dialect.name == "postgresql" else mark


@compiles(Among)
def _among(element: Among, compiler: Any, **options: Any) -> str:
    column, values = compiler.process(element.column, **options), compiler.process(element.values, **options)
    if compiler.dialect.name == "postgresql":
        found = f"{column} = ANY ({values})"
        return f"({found}) IS TRUE" if element.afterwards else found
    if element.values.name == HOLDERS.name:
        return f"{'+' if element.afterwards else ''}{column} IN {MINE}"
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(Apart)
def _apart(element: Apart, compiler: Any, **options: Any) -> str:
    text: str = compiler.process(element.inner, **options)
    return f"{text[:-1]} OFFSET 0)" if compiler.dialect.name == "postgresql" else text


@compiles(Kept)
def _kept(element: Kept, compiler: Any, **options: Any) -> str:
    name = compiler.dialect.name
    if name not in element.texts:
        element.texts[name] = compiler.process(element.inner, **options)
    return element.texts[name]


ME = Given("me", "uuid")
HOLDERS = Given("holders", "texts")
TODAY = Given("today", "date")
NOW = Given("now", "moment")

NAMED: set[Any] = set()
# These tables and their columns, by identity: made once and kept, so what they are called can be kept beside them.
LASTING: set[int] = set()


@cache
def at(model: type[SQLModel], depth: int) -> Table:
    """A table under the name it has at this depth of a statement, so that it can stand inside itself."""
    named: Table = table_of(model).alias(f"{table_of(model).name}_{depth}")  # type: ignore[attr-defined]
    NAMED.add(named)
    LASTING.update(map(id, (named, *named.c)))
    return named


_equal: dict[tuple[int, int], ColumnElement[bool]] = {}


def equal(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[bool]:
    """That two columns are the same; where tables are lasting, so is the condition."""
    key = (id(one), id(other))
    found = _equal.get(key)
    if found is None:
        found = Kept(one == other)
        if key[0] in LASTING and key[1] in LASTING:
            _equal[key] = found
    return found


_falling: dict[int, ColumnElement[Any]] = {}


def falling(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """An order by this column, the largest first."""
    found = _falling.get(id(column))
    if found is None:
        found = Kept(column.desc())
        if id(column) in LASTING:
            _falling[id(column)] = found
    return found


class Asker(View):
    """The view of anybody with these roles and mandates, his key and his holders left open."""

    @cached_property
    def _scopes(self) -> dict[str, frozenset[str]]:
        return {}

    def scopes(self, noun: str) -> frozenset[str]:
        found = self._scopes.get(noun)
        if found is None:
            found = self._scopes[noun] = super().scopes(noun)
        return found

    def me(self) -> ColumnElement[Any]:
        return ME

    def apart(self, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        return Apart(condition)

    def held(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        return Among(column, HOLDERS, afterwards=column.table is table_of(Part))


class Sight:
    """What one kind of asker may see: a row filter for every table and depth, made once."""

    def __init__(self, view: View) -> None:
        self.asker = Asker(view.actor, view.policy)
        self._filters: dict[tuple[type[SQLModel], int], ColumnElement[bool]] = {}
        self._parts: dict[int, ColumnElement[bool]] = {}

    def filter(self, model: type[SQLModel], depth: int) -> ColumnElement[bool]:
        """Which rows of the table at this depth may be seen. A table without a row filter cannot be planned (A4.4)."""
        key = (model, depth)
        if key not in self._filters:
            self._filters[key] = Kept(row_filter(self.asker, model, at(model, depth)))
        return self._filters[key]

    def part_in(self, matter: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether he has part in the matter that this column names."""
        found = self._parts.get(id(matter))
        if found is None:
            found = Kept(part_in(self.asker, matter))
            if id(matter) in LASTING:
                self._parts[id(matter)] = found
        return found

    def by_part_alone(self, model: type[SQLModel]) -> bool:
        """Whether part in the row itself is what lets it be seen, and nothing else does."""
        return model not in PART_COLUMN and self.asker.scopes(NOUNS[model]) == {"part"}

    def follows(self, model: type[SQLModel], column: str, parent: type[SQLModel]) -> bool:
        """Whether whoever sees the parent sees these rows of it: part in the parent is what either asks for."""
        same = PART_COLUMN.get(model) == column and "part" in self.asker.scopes(NOUNS[model])
        return same and self.by_part_alone(parent)


@dataclass(frozen=True, slots=True)
class Terms:
    """In what terms an expression is written: for whom, in which language, at which depth of the statement."""

    sight: Sight
    language: str
    depth: int = 0

    def deeper(self) -> "Terms":
        return Terms(self.sight, self.language, self.depth + 1)

    def table(self, model: type[SQLModel]) -> Table:
        return at(model, self.depth)

    def seen(self, model: type[SQLModel]) -> ColumnElement[bool]:
        """Which rows of `table(model)` the asker may see."""
        return self.sight.filter(model, self.depth)

    @property
    def asker(self) -> View:
        return self.sight.asker

    def say(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh


class AsKey(ColumnElement[Any]):
    """A text that spells a key, as the key."""

    inherit_cache = False

    def __init__(self, text: ColumnElement[Any]) -> None:
        self.text, self.type = text, Uuid()


@compiles(AsKey)
def _as_key(element: AsKey, compiler: Any, **options: Any) -> str:
    text = compiler.process(element.text, **options)
    return f"({text})::uuid" if compiler.dialect.name == "postgresql" else f"replace({text}, '-', '')"


def moment_values() -> dict[str, Any]:
    """The parameters that stand for the present."""
    instant = now()
    return {"now": instant, "today": local_day(instant)}


def viewer_values(view: View) -> dict[str, Any]:
    """The parameters that stand for the asker."""
    return {"me": view.actor.person_id or UUID(int=0), "holders": sorted(view.actor.holders)}
