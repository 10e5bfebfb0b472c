"""How a noun's type is declared: every field names where its data comes from.

The declarations stay data: resolvers are made from them (schema.nodes), and whoever plans whole queries can read the
same model, column and link without touching a resolver.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry
from sqlmodel import SQLModel

Model = type[SQLModel]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the noun's own table."""

    name: str
    kind: Any
    says: str
    column: str


@dataclass(frozen=True, slots=True)
class One:
    """The row that a column of ours names; null where it does not exist or may not be seen."""

    name: str
    model: Model
    column: str
    says: str


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
class Paged:
    """As Many, but as a connection: for what grows without end."""

    name: str
    model: Model
    column: str
    says: str


@dataclass(frozen=True, slots=True)
class Computed:
    """What Python works out: `make(root, info, ...)`. `needs` are the columns it reads."""

    name: str
    kind: Any
    says: str
    make: Callable[..., Any]
    needs: tuple[str, ...] = ()


Field = Column | One | Many | Across | Paged | Computed


@dataclass(frozen=True, slots=True)
class Noun:
    """A readable table as a GraphQL type. `matter`: the noun of its table of procedure, if it has one."""

    model: Model
    name: str
    says: str
    fields: tuple[Field, ...]
    matter: str = ""
    key: str = "id"


def column(name: str, kind: Any, says: str, column: str = "") -> Column:
    return Column(name, kind, says, column or name)


def ref(name: str) -> Any:
    """The GraphQL type of this name, found when the schema is built."""
    return Annotated.__class_getitem__((name, strawberry.lazy("schema.nodes")))  # type: ignore[attr-defined]


def optional(kind: Any) -> Any:
    return kind | None


def listed(kind: Any) -> Any:
    return list[kind]
