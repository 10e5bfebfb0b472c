"""The fields of the root, and of the viewer: where a query begins."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from graphql import FieldNode, GraphQLObjectType
from sqlalchemy import ColumnElement, false

from app.models.people import Delegation, Group, PaperAuthority, Person, Unit
from app.models.records import Notification, Task
from app.queries.planner.given import ME, TODAY, Given, Terms
from app.queries.planner.listed import SEATS, SeatRows
from app.queries.planner.pages import Driver
from app.queries.planner.shapes import NULL, Rows, Sequence, Source, Thing, Unplannable
from app.queries.planner.values import Constant, Json, Said, Value, named
from app.queries.visibility import NOUNS, Table, own_tasks
from app.rules.roles import ROLE_NAMES
from schema.ids import pack, unpack, uuid_of
from schema.lists import ROOT_LISTS
from schema.naming import constant
from schema.nodes import BY_MODEL, BY_NAME
from schema.planned.builder import Builder
from schema.planned.computed import Fix, object_fix
from schema.planned.filters import conditions
from schema.planned.paging import Made
from schema.planned.selection import Selected

VIEWER = "Viewer"
# As the statement that identified the asker has said it.
ID = Said(Value(ME, "key", False, "Person_"), lambda values: pack("Person", values["me"]))
NAME = Said(Value(Given("name", "text"), "text", False), lambda values: values["name"])


class Roots:
    """Builds the shape of a whole operation."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.terms = builder.terms

    def whole(self, kind: GraphQLObjectType, selected: Selected) -> tuple[Thing, Fix | None]:
        return self._fields(selected, partial(self._root, kind.name))

    def _fields(self, selected: Selected, make: Any) -> tuple[Thing, Fix | None]:
        entries: list[tuple[str, Json]] = []
        fixes: list[tuple[str, Fix]] = []
        for key, nodes in selected.items():
            shape, fix = make(nodes)
            entries.append((key, shape))
            if fix is not None:
                fixes.append((key, fix))
        return Thing(tuple(entries)), object_fix(fixes)

    def _root(self, parent: str, nodes: list[FieldNode]) -> Made:
        name = nodes[0].name.value
        if name == "__typename":
            return Constant(f'"{parent}"'), None
        if name == "viewer":
            return self._fields(self._below(VIEWER, nodes), self._viewer)
        if name == "node":
            return self._node(nodes)
        if name == "nodes":
            return self._nodes(nodes)
        if name in ROOT_LISTS:
            return self._list(parent, name, nodes)
        raise Unplannable(f"the root field {name}")

    def _below(self, name: str, nodes: list[FieldNode]) -> Selected:
        kind = self.builder.schema.get_type(name)
        assert isinstance(kind, GraphQLObjectType)  # the caller names an object type
        return self.builder.selections.below(kind, nodes)

    # node, nodes

    def _node(self, nodes: list[FieldNode]) -> Made:
        global_id = self.builder.arguments("Query", nodes[0])["id"]
        find = self.builder.bind(nodes[0], "id", global_id)
        return self._by_id(global_id, find, nodes)

    def _by_id(self, global_id: str, find: Any, nodes: list[FieldNode]) -> Made:
        """The type is told by the id, and so part of the plan."""
        parts = unpack(global_id)
        noun = BY_NAME.get(parts[0]) if parts else None
        if noun is None:
            return NULL, None
        terms = self.terms.deeper()
        if noun.key == "id":
            key = self.builder.give("uuid", lambda values: uuid_of(noun.name, find(values)))
        else:
            key = self.builder.give("int", lambda values: _number(find(values)))
        return self.builder.one(noun.model, terms, nodes, terms.table(noun.model).c[noun.key] == key)

    def _nodes(self, nodes: list[FieldNode]) -> Made:
        ids = self.builder.arguments("Query", nodes[0])["ids"]
        if len(ids) > MAX_TOGETHER:
            raise Unplannable("many nodes at once")
        find = self.builder.bind(nodes[0], "ids", ids)
        made = [self._by_id(each, partial(_nth, find, place), nodes) for place, each in enumerate(ids)]
        fixes = [fix for _, fix in made]

        def fix(values: Any, run: Any) -> Any:
            return [value if each is None else each(value, run) for each, value in zip(fixes, values, strict=True)]

        return Sequence(tuple(shape for shape, _ in made)), fix if any(fixes) else None

    # Lists

    def _list(self, parent: str, name: str, nodes: list[FieldNode]) -> Made:
        found = ROOT_LISTS[name]
        noun, terms = BY_MODEL[found.model], self.terms.deeper()
        where = conditions(self.builder, found, terms, parent, nodes[0])
        return self.builder.page(noun, terms, parent, nodes, *where)

    # The viewer

    def _viewer(self, nodes: list[FieldNode]) -> Made:
        view, terms = self.terms.asker, self.terms.deeper()
        match nodes[0].name.value:
            case "id":
                return (ID if view.signed_in else NULL), None
            case "name":
                return (NAME if view.signed_in else NULL), None
            case "person":
                if not view.signed_in:
                    return NULL, None
                return self.builder.one(Person, terms, nodes, terms.table(Person).c.id == ME)
            case "roles":
                return self._roles(nodes)
            case "tasks":
                return self._tasks(terms, nodes)
            case "owedToMe":
                return self._owed_to_me(terms, nodes)
            case "notifications":
                return self._notifications(terms, nodes)
            case "delegations":
                return self.builder.page(BY_MODEL[Delegation], terms, VIEWER, nodes)
            case "paperAuthorities":
                return self.builder.page(BY_MODEL[PaperAuthority], terms, VIEWER, nodes)
            case "__typename":
                return Constant(f'"{VIEWER}"'), None
            case other:
                raise Unplannable(f"Viewer.{other}")

    def _roles(self, nodes: list[FieldNode]) -> Made:
        shape, fix = self._fields(self._below("ViewerRole", nodes), self._role)
        source = Source(SEATS, (), (SEATS.c.place,), joined=SeatRows(Given("seats", "json")))
        return Rows(shape.entries, source), fix and (lambda values, run: [fix(value, run) for value in values])

    def _role(self, nodes: list[FieldNode]) -> Made:
        terms = self.terms.deeper()
        match nodes[0].name.value:
            case "role":
                return named(SEATS.c.role, {role.value: constant(role.value) for role in ROLE_NAMES}), None
            case "label":
                return named(SEATS.c.role, {role.value: terms.say(*words) for role, words in ROLE_NAMES.items()}), None
            case "group":
                return self.builder.one(Group, terms, nodes, terms.table(Group).c.id == SEATS.c.group_id)
            case "unit":
                return self.builder.one(Unit, terms, nodes, terms.table(Unit).c.id == SEATS.c.unit_id)
            case "__typename":
                return Constant('"ViewerRole"'), None
            case other:
                raise Unplannable(f"ViewerRole.{other}")

    def _tasks(self, terms: Terms, nodes: list[FieldNode]) -> Made:
        """Where the policy lets everybody read what is his own, these tasks are that, and nothing more is asked."""
        view, asked = terms.asker, self.builder.arguments(VIEWER, nodes[0])
        table = terms.table(Task)
        own = own_tasks(view, table) if view.signed_in else false()
        where = (own, *_open(table, asked))
        if "own" not in view.scopes(NOUNS[Task]):
            return self.builder.page(BY_MODEL[Task], terms, VIEWER, nodes, *where)
        driver = None
        if not view.actor.mandates and (asked["openOnly"] or asked["overdueOnly"]):
            other = terms.deeper().table(Task)
            driver = Driver(other, other.c.id, other.c.holder, other.c.closed_at, _open(other, asked))
        return self.builder.paging(BY_MODEL[Task], terms, VIEWER, nodes).page(nodes, where, driver)

    def _owed_to_me(self, terms: Terms, nodes: list[FieldNode]) -> Made:
        view, asked = terms.asker, self.builder.arguments(VIEWER, nodes[0])
        table = terms.table(Task)
        mine = own_tasks(view, table) if view.signed_in else false()
        return self.builder.page(BY_MODEL[Task], terms, VIEWER, nodes, ~mine, *_open(table, asked))

    def _notifications(self, terms: Terms, nodes: list[FieldNode]) -> Made:
        table, asked = terms.table(Notification), self.builder.arguments(VIEWER, nodes[0])
        where = [table.c.read_at.is_(None)] if asked["unreadOnly"] else []
        return self.builder.page(BY_MODEL[Notification], terms, VIEWER, nodes, *where)


MAX_TOGETHER = 20


def _open(table: Table, asked: Mapping[str, Any]) -> tuple[ColumnElement[bool], ...]:
    """Which tasks are meant."""
    still = (table.c.closed_at.is_(None),) if asked["openOnly"] or asked["overdueOnly"] else ()
    return (*still, table.c.due_on < TODAY) if asked["overdueOnly"] else still


def _nth(find: Any, place: int, values: Mapping[str, Any]) -> Any:
    return find(values)[place]


def _number(global_id: str) -> int | None:
    """A running number; None for what cannot be one."""
    number = (unpack(global_id) or ("", ""))[1]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 18 else None
