"""A column or an expression as a JSON value, in the form that both databases give it.

PostgreSQL makes JSON from a row by itself (`row_to_json`, `json_agg`), so there a value is the plain expression.
SQLite's JSON functions parse again what the level below has built; gluing text costs a sixth less and nests deeper, so
there a value is a list of pieces: text as it stands, and expressions that are never null.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

import orjson
from sqlalchemy import JSON, Boolean, ColumnElement, Date, DateTime, Integer, Numeric, Uuid

Process = Callable[[Any], str]


class Text(str):
    """A piece of JSON that is known beforehand; any other piece is an SQL expression."""

    __slots__ = ()


Pieces = list[str]


class Json(Protocol):
    """Something that becomes JSON."""

    def pg(self, process: Process) -> str: ...

    def lite(self, process: Process) -> Pieces: ...


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def glued(pieces: Sequence[str]) -> str:
    """One SQL expression from the pieces, neighbouring texts joined first."""
    joined: list[str] = []
    text = ""
    for piece in pieces:
        if isinstance(piece, Text):
            text += piece
            continue
        if text:
            joined.append(quoted(text))
            text = ""
        joined.append(piece)
    if text or not joined:
        joined.append(quoted(text))
    return "||".join(joined)


def kind_of(column: ColumnElement[Any]) -> str:
    """How a column of this type is written."""
    kinds = ((Uuid, "uuid"), (Boolean, "bool"), (DateTime, "moment"), (Date, "date"), (Integer, "int"), (JSON, "json"))
    found = column.type
    inner = getattr(found, "impl", found)
    named = next((name for kind, name in kinds if isinstance(found, kind) or isinstance(inner, kind)), None)
    return named or ("decimal" if isinstance(found, Numeric) else "text")


@dataclass(frozen=True, slots=True)
class Value:
    """An expression as JSON. `names` are words or constants for its values; what has none becomes `other`."""

    expression: ColumnElement[Any]
    kind: str
    nullable: bool = True
    prefix: str = ""
    names: tuple[tuple[str, str | None], ...] = ()
    other: str | None = None
    _text: list[str] = field(default_factory=list, compare=False, repr=False)

    def pg(self, process: Process) -> str:
        """Made once: values of columns return in many statements."""
        if not self._text:
            self._text.append(_PG[self.kind](self, _whole(process(self.expression))))
        return self._text[0]

    def lite(self, process: Process) -> Pieces:
        return _LITE[self.kind](self, _whole(process(self.expression)))


_NAME = re.compile(r'[\w."]+')


def _whole(sql: str) -> str:
    """In brackets, unless it is a mere name: casts and gluing bind more tightly than comparisons."""
    return sql if _NAME.fullmatch(sql) else f"({sql})"


def of_column(column: ColumnElement[Any]) -> Value:
    return Value(column, kind_of(column), bool(getattr(column, "nullable", True)))


def _when(value: Value, x: str, say: Callable[[str | None], str]) -> str:
    cases = "".join(f" WHEN {quoted(key)} THEN {say(word)}" for key, word in value.names)
    return f"CASE {x}{cases} ELSE {say(value.other)} END"


def _sql(word: str | None) -> str:
    return "NULL" if word is None else quoted(word)


@lru_cache(maxsize=4096)
def _as_json(word: str | None) -> str:
    return quoted(orjson.dumps(word).decode())


_PG: dict[str, Callable[[Value, str], str]] = {
    "text": lambda value, x: x,
    "int": lambda value, x: x,
    "bool": lambda value, x: x,
    "date": lambda value, x: x,
    "moment": lambda value, x: x,
    "json": lambda value, x: x,
    "decimal": lambda value, x: f"{x}::text",
    "uuid": lambda value, x: f"{x}::text",
    "key": lambda value, x: f"'{value.prefix}' || encode(uuid_send({x}), 'hex')",
    "number": lambda value, x: f"'{value.prefix}' || {x}",
    "upper": lambda value, x: f'upper({x} COLLATE "C")',
    "named": lambda value, x: _when(value, x, _sql),
}


def _or_null(value: Value, inner: str, x: str) -> Pieces:
    """A quoted text, or null."""
    if not value.nullable:
        return [Text('"'), inner, Text('"')]
    return [f"CASE WHEN {x} IS NULL THEN 'null' ELSE '\"'||{inner}||'\"' END"]


def _lite_moment(value: Value, x: str) -> Pieces:
    """Without the zeros at the end of the fraction, as PostgreSQL writes it."""
    inner = f"substr({x},1,10)||'T'||substr({x},12,8)||rtrim(rtrim(substr({x},20),'0'),'.')||'+00:00'"
    return _or_null(value, inner, x)


def _lite_uuid(value: Value, x: str) -> Pieces:
    spans = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    return _or_null(value, "||'-'||".join(f"substr({x},{start},{length})" for start, length in spans), x)


def _lite_bool(value: Value, x: str) -> Pieces:
    if value.nullable:
        return [f"CASE WHEN {x} IS NULL THEN 'null' WHEN {x} THEN 'true' ELSE 'false' END"]
    return [f"CASE WHEN {x} THEN 'true' ELSE 'false' END"]


_LITE: dict[str, Callable[[Value, str], Pieces]] = {
    "text": lambda value, x: [f"json_quote({x})"],
    "int": lambda value, x: [f"ifnull({x},'null')" if value.nullable else x],
    "bool": _lite_bool,
    "date": lambda value, x: _or_null(value, x, x),
    "moment": _lite_moment,
    "json": lambda value, x: [f"ifnull({x},'null')"],
    "decimal": lambda value, x: _or_null(value, f"printf('%.2f',{x})", x),
    "uuid": _lite_uuid,
    "key": lambda value, x: (
        [Text(f'"{value.prefix}'), x, Text('"')] if not value.nullable else _or_null(value, f"'{value.prefix}'||{x}", x)
    ),
    "number": lambda value, x: [Text(f'"{value.prefix}'), x, Text('"')],
    "upper": lambda value, x: _or_null(value, f"upper({x})", x),
    "named": lambda value, x: [_when(value, x, _as_json)],
}


@dataclass(frozen=True, slots=True)
class Windowed:
    """A number, or null, that is worked out over all rows of a list. In SQLite, where the list is one aggregate, the
    rows bring it along under this name."""

    expression: ColumnElement[Any]
    table: str
    name: str

    def pg(self, process: Process) -> str:
        return process(self.expression)

    def lite(self, process: Process) -> Pieces:
        return [f"ifnull({self.table}.{self.name},'null')"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is known beforehand."""

    json: str

    def pg(self, process: Process) -> str:
        return f"{quoted(self.json)}::json"

    def lite(self, process: Process) -> Pieces:
        return [Text(self.json)]


@dataclass(frozen=True, slots=True)
class Said:
    """A value that is among the parameters, so that an answer of nothing else needs no statement at all."""

    value: Value
    say: Callable[[Mapping[str, Any]], Any]

    def pg(self, process: Process) -> str:
        return self.value.pg(process)

    def lite(self, process: Process) -> Pieces:
        return self.value.lite(process)


def named(expression: ColumnElement[Any], names: Mapping[str, str | None] | Iterable[tuple[str, str | None]],
          other: str | None = None) -> Value:  # fmt: skip
    """Words for the values of a column."""
    pairs = names.items() if isinstance(names, Mapping) else names
    return Value(expression, "named", names=tuple(pairs), other=other)


# Before and after what a mark says. Nobody outside this process knows it, so nothing that people wrote is like it.
SECRET = secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Mark:
    """Of a row under this condition: which matter it is, and of which group. Nothing of all other rows."""

    condition: ColumnElement[bool]
    noun: str
    key: ColumnElement[Any]
    group: ColumnElement[Any]

    def when(self, process: Process) -> str:
        return process(self.condition)

    def pg(self, process: Process) -> str:
        """One call: every operator that PostgreSQL has to look up costs it when it first sees a statement."""
        return f"concat('{SECRET}{self.noun}:',{process(self.key)},':',{process(self.group)},'{SECRET}')"

    def lite(self, process: Process) -> str:
        return f"'{SECRET}{self.noun}:'||{process(self.key)}||':'||{process(self.group)}||'{SECRET}'"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text that is never null, the mark at its end."""

    value: Value
    mark: Mark

    def pg(self, process: Process) -> str:
        when, said = self.mark.when(process), self.mark.pg(process)
        return f"{self.value.pg(process)}||CASE WHEN {when} THEN {said} ELSE '' END"

    def lite(self, process: Process) -> Pieces:
        when, said = self.mark.when(process), self.mark.lite(process)
        if self.value.kind == "text":
            text = _whole(process(self.value.expression))
            return [f"json_quote(CASE WHEN {when} THEN {text}||{said} ELSE {text} END)"]
        *before, end = self.value.lite(process)
        return [*before, f"CASE WHEN {when} THEN {said} ELSE '' END", end]


def can_bear(value: Json) -> bool:
    """Whether a mark can stand at the end of this value."""
    return isinstance(value, Value) and value.kind in ("key", "upper", "text") and not value.nullable


@dataclass(frozen=True, slots=True)
class Beside:
    """The mark by itself, where no value of the row can bear it; null beside all other rows."""

    mark: Mark

    def pg(self, process: Process) -> str:
        return f"CASE WHEN {self.mark.when(process)} THEN {self.mark.pg(process)} END"

    def lite(self, process: Process) -> Pieces:
        when, said = self.mark.when(process), self.mark.lite(process)
        return [f"CASE WHEN {when} THEN '\"'||{said}||'\"' ELSE 'null' END"]
