"""How a noun's type is declared: every field names where its data comes from.

The declarations are data with two readers: the generic resolvers (schema.nodes) and the planner, which makes one SQL
statement of a whole query (schema.planned). A field that says its columns, links or expression is answered by the
database; `Computed` is for what only Python can work out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry
from sqlalchemy import ColumnElement
from sqlmodel import SQLModel

from app.queries.planner.given import Terms
from app.queries.planner.shapes import Entries
from app.queries.visibility import Table

Model = type[SQLModel]
Names = Mapping[Any, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the noun's own table."""

    name: str
    kind: Any
    says: str
    column: str


@dataclass(frozen=True, slots=True)
class Label:
    """The word for a column's value, in Chinese or English; for a value without one, `other` or else the value."""

    name: str
    says: str
    column: str
    names: Names
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Translated:
    """A column's value as another one: `values` tells which; null where it tells none."""

    name: str
    kind: Any
    says: str
    column: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Expression:
    """What SQL can say of a row: `sql(terms, table)`.

    `over`: a column, and the same said by a window over all rows that have one value in it; so a list of these rows
    need not look at its rows once for each of them.
    """

    name: str
    kind: Any
    says: str
    sql: Callable[[Terms, Table], ColumnElement[Any]]
    over: tuple[str, Callable[[Table], ColumnElement[Any]]] | None = None


@dataclass(frozen=True, slots=True)
class One:
    """The row that a column of ours names; null where it does not exist or may not be seen."""

    name: str
    model: Model
    column: str
    says: str


@dataclass(frozen=True, slots=True)
class Matter:
    """The row of any noun that a column names, the noun being told by `noun`: a column, or its first part up to a
    colon. Null where it does not exist or may not be seen."""

    name: str
    says: str
    noun: str
    column: str


@dataclass(frozen=True, slots=True)
class Many:
    """Rows whose `column` names us, in the order of `by`."""

    name: str
    model: Model
    column: str
    says: str
    by: str = "id"


@dataclass(frozen=True, slots=True)
class Across:
    """Rows of `model` joined by a table of pairs: `here` names us, `there` names them."""

    name: str
    model: Model
    link: Model
    here: str
    there: str
    says: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows whose keys a column of ours lists, in that order, as far as they may be seen."""

    name: str
    model: Model
    column: str
    says: str


@dataclass(frozen=True, slots=True)
class Paged:
    """As Many, but as a connection: for what grows without end."""

    name: str
    model: Model
    column: str
    says: str


@dataclass(frozen=True, slots=True)
class Computed:
    """What Python works out: `make(root, info)`, reading the columns in `needs` and nothing else.

    What needs more than the row's own columns says it as `facts`, which the planner fetches inside its statement, and
    `finish(values, run)` works it out of them; `make` is then the same for a single row that a resolver holds.
    """

    name: str
    kind: Any
    says: str
    make: Callable[..., Any]
    needs: tuple[str, ...] = ()
    facts: Callable[[Terms, Table], Entries] | None = None
    finish: Callable[[Mapping[str, Any], Any], Any] | None = None
    asides: tuple[str, ...] = ()


Field = Column | Label | Translated | Expression | One | Matter | Many | Across | Listed | Paged | Computed


@dataclass(frozen=True, slots=True)
class Noun:
    """A readable table as a GraphQL type. `matter`: the noun of its table of procedure, if it has one; `node`: whether
    it has a global id of its own."""

    model: Model
    name: str
    says: str
    fields: tuple[Field, ...]
    matter: str = ""
    key: str = "id"
    node: bool = True


def column(name: str, kind: Any, says: str, column: str = "") -> Column:
    return Column(name, kind, says, column or name)


def ref(name: str) -> Any:
    """The GraphQL type of this name, found when the schema is built."""
    return Annotated.__class_getitem__((name, strawberry.lazy("schema.nodes")))  # type: ignore[attr-defined]


def optional(kind: Any) -> Any:
    return kind | None


def listed(kind: Any) -> Any:
    return list[kind]
