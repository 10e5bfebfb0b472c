"""Connections: the fields of a page as parts of its shape, its cursors as conditions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import orjson
from graphql import FieldNode, GraphQLObjectType
from sqlalchemy import ColumnElement

from app.queries.planner.given import LASTING, Given, Terms
from app.queries.planner.pages import MAX_COUNT, Count, Driver, Nodes, Page, Part, Parts, Place
from app.queries.planner.shapes import Entries, Source, Thing, Unplannable
from app.queries.planner.values import Constant, Json, Value
from app.queries.visibility import Table
from schema.connections import MAX_PAGE, PAGE, Order, key_of_cursor
from schema.declare import Noun
from schema.planned.computed import Fix, list_fix, object_fix
from schema.planned.selection import Selected, Selections
from schema.planned.variables import Bind

Made = tuple[Json, Fix | None]
CURSOR = "c_"
_PLACES: dict[str, Part] = {"startCursor": Place("start"), "endCursor": Place("end")}


_KEYS: dict[tuple[int, str], Value] = {}


def key_value(noun: Noun, table: Table, prefix: str = "") -> Value:
    """The global id of a row, or its cursor."""
    column, said = table.c[noun.key], prefix or f"{noun.name}_"
    key = (id(column), said)
    found = _KEYS.get(key)
    if found is None:
        found = Value(column, "key" if noun.key == "id" else "number", False, said)
        if key[0] in LASTING:
            _KEYS[key] = found
    return found


class Builds(Protocol):
    """What a page asks of whoever builds the rest."""

    selections: Selections
    schema: Any

    def row(self, noun: Noun, terms: Terms, selected: Selected) -> tuple[Entries, Fix | None]: ...

    def below(self, noun: Noun, terms: Terms, nodes: Iterable[FieldNode]) -> tuple[Entries, Fix | None]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """The arguments of a connection: which page."""

    arguments: Mapping[str, Any]
    bind: Callable[[str, Any], Bind]
    give: Callable[[str, Bind], Given]

    @property
    def size(self) -> int:
        first, last = self.arguments.get("first"), self.arguments.get("last")
        if first is not None and last is not None:
            raise Unplannable("both ends at once")
        size = first if first is not None else last if last is not None else PAGE
        if not 0 <= size <= MAX_PAGE:
            raise Unplannable("a size that no page has")
        return int(size)

    @property
    def backward(self) -> bool:
        return self.arguments.get("last") is not None

    @property
    def down(self) -> bool:
        return self.arguments.get("orderBy") is not Order.OLDEST_FIRST

    def has(self, name: str) -> bool:
        return bool(self.arguments.get(name))

    def key(self, noun: Noun, name: str) -> Given:
        """The key that a cursor stands for, read anew in each request."""
        find = self.bind(name, self.arguments[name])
        kind = "int" if noun.key == "seq" else "uuid"
        return self.give(kind, lambda values: key_of_cursor(noun, find(values)))


@dataclass(slots=True)
class Paging:
    """One connection of a noun, its table under the name that it has in these terms."""

    builds: Builds
    noun: Noun
    terms: Terms
    asked: Asked

    def page(
        self, nodes: list[FieldNode], where: tuple[ColumnElement[bool], ...], driver: Driver | None = None
    ) -> Made:
        table, asked = self.terms.table(self.noun.model), self.asked
        key = table.c[self.noun.key]
        counted = Source(table, where, limit=MAX_COUNT)
        parts, fix = self._parts(nodes, counted)
        beyond = tuple(self._beyond(key))
        source = Source(table, (*where, *beyond))
        if driver is not None:
            driver = replace(driver, where=(*driver.where, *self._beyond(driver.key)))
        return Page(parts, source, key, asked.down, asked.size, CURSOR, asked.backward, driver), fix

    def _beyond(self, key: ColumnElement[Any]) -> Iterable[ColumnElement[bool]]:
        """Only what lies after the one cursor, and before the other."""
        for name, forward in (("after", True), ("before", False)):
            if self.asked.has(name):
                given = self.asked.key(self.noun, name)
                yield key < given if self.asked.down is forward else key > given

    def _selected(self, name: str, nodes: Iterable[FieldNode]) -> Selected:
        kind = self.builds.schema.get_type(name)
        assert isinstance(kind, GraphQLObjectType)  # it is one of a connection's own types
        return self.builds.selections.below(kind, nodes)

    def _parts(self, nodes: list[FieldNode], counted: Source) -> tuple[Parts, Fix | None]:
        name = f"{self.noun.name}Connection"
        parts: list[tuple[str, Any]] = []
        fixes: list[tuple[str, Fix]] = []
        for key, chosen in self._selected(name, nodes).items():
            part, fix = self._part(chosen, name, counted)
            parts.append((key, part))
            if fix is not None:
                fixes.append((key, fix))
        return tuple(parts), object_fix(fixes)

    def _part(self, chosen: list[FieldNode], name: str, counted: Source) -> tuple[Any, Fix | None]:
        match chosen[0].name.value:
            case "nodes":
                entries, fix = self.builds.below(self.noun, self.terms, chosen)
                return Nodes(entries), list_fix(fix)
            case "edges":
                return self._edges(chosen)
            case "pageInfo":
                return self._info(chosen), None
            case "totalCount":
                return Count(counted), None
            case _:
                return _word(name), None

    def _edges(self, chosen: list[FieldNode]) -> tuple[Part, Fix | None]:
        name = f"{self.noun.name}Edge"
        entries: list[tuple[str, Json]] = []
        fixes: list[tuple[str, Fix]] = []
        for key, nodes in self._selected(name, chosen).items():
            match nodes[0].name.value:
                case "cursor":
                    entries.append((key, key_value(self.noun, self.terms.table(self.noun.model), CURSOR)))
                case "node":
                    inner, fix = self.builds.below(self.noun, self.terms, nodes)
                    entries.append((key, Thing(inner)))
                    if fix is not None:
                        fixes.append((key, fix))
                case _:
                    entries.append((key, _word(name)))
        return Nodes(tuple(entries)), list_fix(object_fix(fixes))

    def _info(self, chosen: list[FieldNode]) -> Parts:
        """Where one cannot look without another question, whether there is something is known by the cursor."""
        ahead, back = ("hasPreviousPage", "hasNextPage") if self.asked.backward else ("hasNextPage", "hasPreviousPage")
        known = Constant(orjson.dumps(self.asked.has("before" if self.asked.backward else "after")).decode())
        places: dict[str, Part] = {**_PLACES, ahead: Place("more"), back: known}
        return tuple(
            (key, places.get(nodes[0].name.value) or _word("PageInfo"))
            for key, nodes in self._selected("PageInfo", chosen).items()
        )


def _word(name: str) -> Constant:
    return Constant(orjson.dumps(name).decode())
