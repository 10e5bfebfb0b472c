"""From a selection to shapes: each declared field in the form in which the database answers it.

The builder walks the selection once, with the tables' names growing by depth, and notes what else the plan needs: the
parameters' values, the fixes of computed fields, and what is fetched once beside the answer.
"""

import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any

import orjson
from graphql import FieldNode, GraphQLObjectType, GraphQLSchema, get_argument_values, get_named_type
from sqlalchemy import ColumnElement, case, true

from app.models.records import Part
from app.queries.planner.given import LASTING, AsKey, Given, Kept, Sight, Terms, at, equal, falling
from app.queries.planner.listed import ListedKeys
from app.queries.planner.pages import Driver
from app.queries.planner.rows import all_columns, in_order, shown
from app.queries.planner.shapes import NULL, Choice, Entries, OneRow, Rows, Source, Thing, Unplannable, Where
from app.queries.planner.values import Beside, Constant, Json, Mark, Marked, Value, Windowed, can_bear, named, of_column
from app.queries.subjects import MODELS
from app.queries.visibility import Table, table_of
from schema.connections import MAX_PAGE
from schema.declare import (
    Across,
    Column,
    Computed,
    Expression,
    Field,
    Label,
    Listed,
    Many,
    Matter,
    Model,
    Noun,
    One,
    Paged,
    Translated,
)
from schema.naming import camel
from schema.nodes import BY_MODEL, DECLARED
from schema.planned.computed import Completer, Fix, Run, list_fix, object_fix
from schema.planned.paging import Asked, Made, Paging, key_value
from schema.planned.selection import Selected, Selections
from schema.planned.variables import Bind, binder

# The key of what is shown of a restricted matter; no field can be called so (A4.4).
RESTRICTED = "!r"
MATTERS: dict[Model, str] = {model: noun for noun, model in MODELS.items()}
FIELDS: Mapping[str, Mapping[str, Field]] = {
    noun.name: {camel(each.name): each for each in noun.fields} for noun in DECLARED
}


# Columns of lasting tables as values: the same in every plan.
_LEAVES: dict[tuple[str, str, int], Json] = {}


@dataclass(slots=True)
class Notes:
    """What the plan needs besides its shape."""

    binds: dict[str, tuple[str, Bind]] = field(default_factory=dict)
    asides: set[str] = field(default_factory=set)
    marked: bool = False
    beside: bool = False


class Builder:
    """Builds the shapes of one operation for one kind of asker."""

    def __init__(self, schema: GraphQLSchema, selections: Selections, sight: Sight, language: str) -> None:
        self.schema = schema
        self.selections = selections
        self.terms = Terms(sight, language)
        self.notes = Notes()
        self.completer = Completer(selections)

    # What a field is given

    def arguments(self, parent: str, node: FieldNode) -> dict[str, Any]:
        kind: Any = self.schema.get_type(parent)
        return get_argument_values(kind.fields[node.name.value], node, self.selections.variables)

    def bind(self, node: FieldNode, name: str, value: Any) -> Bind:
        """How to find this argument in any request."""
        found = next((each.value for each in node.arguments or () if each.name.value == name), None)
        return binder(found, value)

    def give(self, kind: str, bind: Bind) -> Given:
        """A parameter of the statement, found in each request by `bind`."""
        name = f"p{len(self.notes.binds)}"
        self.notes.binds[name] = (kind, bind)
        return Given(name, kind)

    # Objects of a noun

    def row(self, noun: Noun, terms: Terms, selected: Selected, over: str = "") -> tuple[Entries, Fix | None]:
        """The select list of one row, and what is to be fixed in it. `over`: of a list of all rows that have the same
        value in this column."""
        table = terms.table(noun.model)
        entries: list[tuple[str, Json]] = []
        fixes: list[tuple[str, Fix]] = []
        for key, nodes in selected.items():
            value, fix = self._field(noun, terms, table, nodes, over)
            entries.append((key, value))
            if fix is not None:
                fixes.append((key, fix))
        if noun.model in MATTERS:
            self._mark(noun, terms, entries)
        return tuple(entries), object_fix(fixes)

    def _mark(self, noun: Noun, terms: Terms, entries: list[tuple[str, Json]]) -> None:
        """Tell of a restricted matter which one it is: at the end of a text that is shown of it, if there is one."""
        mark = _mark_of(noun.model, terms.depth)
        self.notes.marked = True
        for place, (key, value) in enumerate(entries):
            if isinstance(value, Value) and can_bear(value):
                entries[place] = (key, Marked(value, mark))
                return
        entries.append((RESTRICTED, Beside(mark)))
        self.notes.beside = True

    def below(self, noun: Noun, terms: Terms, nodes: Iterable[FieldNode], over: str = "") -> tuple[Entries, Fix | None]:
        return self.row(noun, terms, self.selections.below(self.kind(noun), nodes), over)

    def kind(self, noun: Noun) -> GraphQLObjectType:
        found = self.schema.get_type(noun.name)
        assert isinstance(found, GraphQLObjectType)  # every noun is one
        return found

    def one(self, model: Model, terms: Terms, nodes: Iterable[FieldNode], *where: ColumnElement[bool]) -> Made:
        """The visible row under these conditions."""
        noun = BY_MODEL[model]
        entries, fix = self.below(noun, terms, nodes)
        return OneRow(entries, Source(terms.table(model), (*where, terms.seen(model)))), fix

    # Fields of a noun

    def _field(self, noun: Noun, terms: Terms, table: Table, nodes: list[FieldNode], over: str) -> Made:
        name = nodes[0].name.value
        if name == "__typename":
            return Constant(orjson.dumps(noun.name).decode()), None
        if name == "id" and noun.node:
            return key_value(noun, table), None
        declared = FIELDS[noun.name][name]
        match declared:
            case Column():
                return self._column(noun, declared, table, name), None
            case Label():
                return _label(declared, terms, table), None
            case Translated():
                return self._translated(noun, declared, table, name), None
            case Expression():
                return self._expression(noun, declared, terms, table, name, over), None
            case One():
                return self._one(declared, terms, table, nodes)
            case Matter():
                return self._matter(declared, terms, table, nodes)
            case Many() | Across():
                return self._list(noun, declared, terms, table, nodes)
            case Listed():
                return self._listed(declared, terms, table, nodes)
            case Paged():
                return self._paged(noun, declared, terms, table, nodes)
            case Computed():
                return self._computed(noun, declared, terms, table, nodes)

    def _column(self, noun: Noun, declared: Column, table: Table, name: str) -> Json:
        column = table.c[declared.column]
        key = (noun.name, name, id(column))
        found = _LEAVES.get(key)
        if found is None:
            found = self._leaf(noun, name, column)
            if key[2] in LASTING:
                _LEAVES[key] = found
        return found

    def _leaf(self, noun: Noun, name: str, expression: ColumnElement[Any]) -> Json:
        """The expression, its values under their names where the field is an enum."""
        names = self._enum(noun, name)
        if names is None:
            return of_column(expression)
        if all(value.upper() == spoken for value, spoken in names.items()):
            return Value(expression, "upper", bool(getattr(expression, "nullable", True)))
        return named(expression, names)

    def _enum(self, noun: Noun, name: str) -> dict[str, str] | None:
        found: Any = get_named_type(self.kind(noun).fields[name].type)
        values = getattr(found, "values", None)
        return {_plain(each.value): spoken for spoken, each in values.items()} if values else None

    def _translated(self, noun: Noun, declared: Translated, table: Table, name: str) -> Json:
        names = self._enum(noun, name)
        pairs = {value: names[to] if names else to for value, to in declared.values.items()}
        return named(table.c[declared.column], pairs)

    def _expression(self, noun: Noun, declared: Expression, terms: Terms, table: Table, name: str, over: str) -> Json:
        if declared.over is not None and declared.over[0] == over:
            return Windowed(declared.over[1](table), str(table.name), f"{declared.name}_")  # type: ignore[attr-defined]
        return self._leaf(noun, name, declared.sql(terms, table))

    def _one(self, declared: One, terms: Terms, table: Table, nodes: list[FieldNode]) -> Made:
        below = terms.deeper()
        target = below.table(declared.model)
        return self.one(declared.model, below, nodes, equal(target.c.id, table.c[declared.column]))

    def _matter(self, declared: Matter, terms: Terms, table: Table, nodes: list[FieldNode]) -> Made:
        """Of each noun what is selected of it. Which one it was is told beside it, where something has to be fixed."""
        below, key = terms.deeper(), table.c[declared.column]
        made = {noun: self._branch(model, below, nodes, key) for noun, model in MODELS.items()}
        fixes = {noun: fix for noun, (_, fix) in made.items() if fix is not None}
        shapes = {noun: _told(noun, shape) if fixes else shape for noun, (shape, _) in made.items()}
        by = noun_of(table.c[declared.noun])
        alone = {noun for noun, model in MODELS.items() if terms.sight.by_part_alone(model)}
        seen = terms.sight.part_in(key)
        parted = Where(seen, Choice(by, [(noun, shapes[noun]) for noun in MODELS if noun in alone]), NULL)
        rest = [(noun, shapes[noun]) for noun in MODELS if noun not in alone]
        return Choice(by, rest, parted), _told_fix(fixes) if fixes else None

    def _branch(self, model: Model, terms: Terms, nodes: list[FieldNode], key: ColumnElement[Any]) -> Made:
        """Where part in the matter is all that counts, it is asked once for all nouns, outside."""
        entries, fix = self.below(BY_MODEL[model], terms, nodes)
        target = terms.table(model)
        source = Source(target, (equal(target.c.id, key),))
        return OneRow(entries, source if terms.sight.by_part_alone(model) else source.seen(terms.seen(model))), fix

    def _list(self, noun: Noun, declared: Many | Across, terms: Terms, table: Table, nodes: list[FieldNode]) -> Made:
        below = terms.deeper()
        other = BY_MODEL[declared.model]
        target = below.table(declared.model)
        entries, fix = self.below(other, below, nodes, declared.column if isinstance(declared, Many) else "")
        sizes = self.arguments(noun.name, nodes[0])
        if isinstance(declared, Across):
            link = table_of(declared.link)
            joined = link.join(target, link.c[declared.there] == target.c.id)
            source = Source(target, (link.c[declared.here] == table.c.id,), (target.c.id,), joined=joined)
        else:
            order = in_order(declared.model, target, declared.by)
            source = Source(target, (equal(target.c[declared.column], table.c.id),), order)
        known = isinstance(declared, Many) and terms.sight.follows(declared.model, declared.column, noun.model)
        return _ends(entries, source if known else source.seen(below.seen(declared.model)), sizes), list_fix(fix)

    def _listed(self, declared: Listed, terms: Terms, table: Table, nodes: list[FieldNode]) -> Made:
        below = terms.deeper()
        target = below.table(declared.model)
        keys = ListedKeys(table.c[declared.column], below.depth)
        entries, fix = self.below(BY_MODEL[declared.model], below, nodes)
        where = (target.c.id == AsKey(keys.value), below.seen(declared.model))
        return Rows(entries, Source(target, where, (keys.place,), joined=keys.beside(target))), list_fix(fix)

    def _paged(self, noun: Noun, declared: Paged, terms: Terms, table: Table, nodes: list[FieldNode]) -> Made:
        below = terms.deeper()
        condition = equal(below.table(declared.model).c[declared.column], table.c.id)
        return self.page(BY_MODEL[declared.model], below, noun.name, nodes, condition)

    def page(self, noun: Noun, terms: Terms, parent: str, nodes: list[FieldNode], *where: ColumnElement[bool]) -> Made:
        """A connection: the page of what may be seen under these conditions."""
        driver = None if where else self._by_part(noun.model, terms)
        return self.paging(noun, terms, parent, nodes).page(nodes, (*where, terms.seen(noun.model)), driver)

    def paging(self, noun: Noun, terms: Terms, parent: str, nodes: list[FieldNode]) -> Paging:
        asked = Asked(self.arguments(parent, nodes[0]), partial(self.bind, nodes[0]), self.give)
        return Paging(self, noun, terms, asked)

    def _by_part(self, model: Model, terms: Terms) -> Driver | None:
        """Where part is all that counts, the page is read off the asker's parts (A4.4)."""
        if model not in MATTERS or not terms.sight.by_part_alone(model):
            return None
        part = terms.table(Part)
        where = (part.c.noun == MATTERS[model], part.c.in_force.is_(true()))
        return Driver(part, part.c.object_id, part.c.holder, part.c.in_force, where)

    # What Python works out

    def _computed(self, noun: Noun, declared: Computed, terms: Terms, table: Table, nodes: list[FieldNode]) -> Made:
        complete = self.completer.of(self.kind(noun).fields[nodes[0].name.value].type, nodes)
        if declared.facts is not None and declared.finish is not None:
            finish = declared.finish
            self.notes.asides.update(declared.asides)
            return Thing(declared.facts(terms, table)), lambda values, run: complete(finish(values, run))
        if inspect.iscoroutinefunction(declared.make) or len(inspect.signature(declared.make).parameters) != 2:
            raise Unplannable(f"{noun.name}.{declared.name} asks the database for itself")
        make, model = declared.make, noun.model
        facts = Thing(all_columns(model, table, declared.needs))
        return facts, lambda values, run: complete(make(shown(model, values), run))


def _plain(value: Any) -> str:
    return str(getattr(value, "value", value))


def noun_of(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The noun that a column names, by itself or before a colon."""
    if column.key == "noun":
        return column
    return case(*((column.like(f"{noun}:%"), noun) for noun in MODELS), else_="")


def _label(declared: Label, terms: Terms, table: Table) -> Json:
    column = table.c[declared.column]
    words = {str(getattr(key, "value", key)): terms.say(*pair) for key, pair in declared.names.items()}
    if declared.other is None:
        return of_column(case(*((column == key, word) for key, word in words.items()), else_=column))
    return named(column, words, declared.other)


@cache
def _mark_of(model: Model, depth: int) -> Mark:
    table = at(model, depth)
    return Mark(Kept(table.c.disclosure == "restricted"), MATTERS[model], table.c.id, table.c.group_id)


def _ends(entries: Entries, source: Source, sizes: Mapping[str, Any]) -> Json:
    """The whole list, its beginning, or its end."""
    first, last = sizes.get("first"), sizes.get("last")
    if any(size is not None and not 0 <= size <= MAX_PAGE for size in (first, last)):
        raise Unplannable("a size that no list gives")
    if last is None:
        return Rows(entries, replace(source, limit=first))
    if first is not None:
        raise Unplannable("the end of a beginning")
    turned = tuple(map(falling, source.order))
    return Rows(entries, replace(source, order=turned, limit=last), source.order if last > 1 else ())


def _told(noun: str, shape: Json) -> Json:
    return Thing((("noun", Constant(f'"{noun}"')), ("row", shape)))


def _told_fix(fixes: Mapping[str, Fix]) -> Fix:
    def fix(value: Any, run: Run) -> Any:
        if value is None or value["row"] is None:
            return None
        found = fixes.get(value["noun"])
        return value["row"] if found is None else found(value["row"], run)

    return fix
