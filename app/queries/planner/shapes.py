"""Objects, related rows, lists, and a choice by a column: what a selection becomes.

Every related row or list is a correlated scalar subquery, with the row filter of its table among its conditions. In
PostgreSQL a row of a subquery is turned into JSON whole, which is what it does fastest. In SQLite each shape keeps what
stands to its left short, for its parser's stack holds a hundred symbols: what can be said after is said after.
"""

import collections.abc
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson
from sqlalchemy import ColumnElement, FromClause

from app.queries.planner.values import Constant, Json, Pieces, Process, Said, Text, Windowed, glued, quoted

Entries = tuple[tuple[str, Json], ...]
NULL = Constant("null")
# PostgreSQL cuts longer names off, and two that differ later would become one.
MAX_NAME = 63


class Unplannable(Exception):
    """The query asks for something that has no form in one statement; the generic resolvers answer it."""


def columns(entries: Entries, process: Process) -> str:
    """The select list of a row that becomes an object."""
    if any(len(name) > MAX_NAME for name, _ in entries):
        raise Unplannable("a name is longer than PostgreSQL's")
    return ", ".join(f'{value.pg(process)} AS "{name}"' for name, value in entries)


def pieces(entries: Entries, process: Process) -> Pieces:
    """The same as pieces of an object's text."""
    found: Pieces = []
    for name, value in entries:
        found.append(Text(f'{"," if found else "{"}"{name}":'))
        found.extend(value.lite(process))
    return [*found, Text("}" if found else "{}")]


@dataclass(frozen=True, slots=True)
class Thing:
    """An object that has no table of its own."""

    entries: Entries

    def pg(self, process: Process) -> str:
        return f"(SELECT row_to_json(t) FROM (SELECT {columns(self.entries, process)}) AS t)"

    def lite(self, process: Process) -> Pieces:
        return pieces(self.entries, process)


def spoken(shape: Json) -> Callable[[Mapping[str, Any]], Any] | None:
    """How to answer from the parameters alone; None for what only the database can say."""
    if isinstance(shape, Said):
        return shape.say
    if isinstance(shape, Constant):
        known = orjson.loads(shape.json)
        return lambda _values: known
    if not isinstance(shape, Thing):
        return None
    inner = [(name, spoken(each)) for name, each in shape.entries]
    if any(say is None for _, say in inner):
        return None
    return lambda values: {name: say(values) for name, say in inner if say is not None}


@dataclass(frozen=True, slots=True)
class Source:
    """The rows that are meant: of `table`, perhaps joined to others, under these conditions, in this order."""

    table: FromClause
    where: tuple[ColumnElement[bool], ...]
    order: tuple[ColumnElement[Any], ...] = ()
    limit: int | None = None
    joined: Any = None
    mixed: bool = False
    """Whether entries read from the joined tables too."""

    def seen(self, condition: ColumnElement[bool]) -> "Source":
        """Only what may be seen."""
        return replace(self, where=(*self.where, condition))

    @property
    def name(self) -> str:
        return str(self.table.name)  # type: ignore[attr-defined]

    def rest(self, process: Process) -> str:
        """Everything of a select but its list."""
        source = self.table if self.joined is None else self.joined
        text = f"FROM {process(source)}"
        if self.where:
            text += " WHERE " + " AND ".join(f"({process(each)})" for each in self.where)
        if self.order:
            text += " ORDER BY " + ", ".join(process(each) for each in self.order)
        return text if self.limit is None else f"{text} LIMIT {self.limit}"

    def needed(self, *texts: str, windows: Mapping[str, str] | None = None) -> str:
        """A select list of the columns that these texts mention, so that no others are carried along; some of them
        are windows, and worked out there."""
        worked = {name: f"{text} AS {name}" for name, text in (windows or {}).items()}
        found = re.findall(rf'\b{re.escape(self.name)}\.("\w+"|\w+)', " ".join(texts))
        names = dict.fromkeys(found) or {"NULL": None}
        return ", ".join(name if name == "NULL" else worked.get(name, f"{self.name}.{name}") for name in names)


@dataclass(frozen=True, slots=True)
class OneRow:
    """The one row as an object, or null."""

    entries: Entries
    source: Source

    def pg(self, process: Process) -> str:
        return (
            f"(SELECT row_to_json(t) FROM (SELECT {columns(self.entries, process)} {self.source.rest(process)}) AS t)"
        )

    def lite(self, process: Process) -> Pieces:
        shown, rest = glued(pieces(self.entries, process)), self.source.rest(process)
        if self.source.order:
            rest = f"FROM (SELECT {self.source.needed(shown)} {rest}) AS {self.source.name}"
        return [f"(SELECT {shown} {rest} UNION ALL SELECT 'null' LIMIT 1)"]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows as a list of objects. `turned`: the order is read from its end, and the list turned round again."""

    entries: Entries
    source: Source
    turned: tuple[ColumnElement[Any], ...] = ()

    def pg(self, process: Process) -> str:
        chosen = self.source.rest(process)
        if self.turned:
            name = self.source.name
            chosen = f"FROM (SELECT {name}.* {chosen}) AS {name} ORDER BY {', '.join(map(process, self.turned))}"
        rows = f"SELECT {columns(self.entries, process)} {chosen}"
        return f"coalesce((SELECT json_agg(t) FROM ({rows}) AS t), '[]'::json)"

    def lite(self, process: Process) -> Pieces:
        shown, name = glued(pieces(self.entries, process)), self.source.name
        if self.source.mixed:
            rows = f"SELECT group_concat(o) FROM (SELECT {shown} AS o {self.source.rest(process)})"
            return [Text("["), f"ifnull(({rows}),'')", Text("]")]
        turned = ", ".join(map(process, self.turned))
        windows = {each.name: process(each.expression) for _, each in self.entries if isinstance(each, Windowed)}
        needed = self.source.needed(shown, turned, windows=windows)
        chosen = f"FROM (SELECT {needed} {self.source.rest(process)}) AS {name}"
        if turned:
            chosen = f"FROM (SELECT {name}.* {chosen} ORDER BY {turned}) AS {name}"
        rows = f"SELECT group_concat({shown}) {chosen} HAVING count(*) > 0 UNION ALL SELECT '' LIMIT 1"
        return [Text("["), f"({rows})", Text("]")]


@dataclass(frozen=True, slots=True)
class Texts:
    """One text of each row, never null, as a list."""

    text: ColumnElement[Any]
    source: Source

    def pg(self, process: Process) -> str:
        return f"ARRAY(SELECT {process(self.text)} {self.source.rest(process)})"

    def lite(self, process: Process) -> Pieces:
        rows = f"SELECT group_concat(json_quote({process(self.text)})) {self.source.rest(process)}"
        return [Text("["), f"ifnull(({rows}),'')", Text("]")]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several shapes, by the value of a column; where none fits `other`, or null."""

    by: ColumnElement[Any]
    branches: collections.abc.Sequence[tuple[str, Json]]
    other: Json = NULL

    def pg(self, process: Process) -> str:
        if not self.branches:
            return self.other.pg(process)
        cases = "".join(f" WHEN {quoted(key)} THEN {shape.pg(process)}" for key, shape in self.branches)
        other = "" if self.other is NULL else f" ELSE {self.other.pg(process)}"
        return f"CASE {process(self.by)}{cases}{other} END"

    def lite(self, process: Process) -> Pieces:
        if not self.branches:
            return self.other.lite(process)
        cases = "".join(f" WHEN {quoted(key)} THEN {glued(shape.lite(process))}" for key, shape in self.branches)
        return [f"CASE {process(self.by)}{cases} ELSE {glued(self.other.lite(process))} END"]


@dataclass(frozen=True, slots=True)
class Where:
    """One of two shapes, by a condition."""

    condition: ColumnElement[bool]
    then: Json
    other: Json

    def pg(self, process: Process) -> str:
        return f"CASE WHEN {process(self.condition)} THEN {self.then.pg(process)} ELSE {self.other.pg(process)} END"

    def lite(self, process: Process) -> Pieces:
        then, other = glued(self.then.lite(process)), glued(self.other.lite(process))
        return [f"CASE WHEN {process(self.condition)} THEN {then} ELSE {other} END"]


@dataclass(frozen=True, slots=True)
class Sequence:
    """Shapes one after the other, as a list."""

    shapes: tuple[Json, ...]

    def pg(self, process: Process) -> str:
        return f"json_build_array({', '.join(shape.pg(process) for shape in self.shapes)})"

    def lite(self, process: Process) -> Pieces:
        found: Pieces = [Text("[")]
        for place, shape in enumerate(self.shapes):
            found.extend([Text("," if place else ""), *shape.lite(process)])
        return [*found, Text("]")]
