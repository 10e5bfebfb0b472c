"""Variables of a query: what of them a plan depends on, and what only fills its parameters.

The number of rows, an order, a flag or the presence of a filter change the statement; an id, a cursor or a search text
do not. So a plan is kept under the *form* of its variables, and a thousand ids share one plan.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    ObjectValueNode,
    OperationDefinitionNode,
    VariableNode,
    get_variable_values,
    type_from_ast,
)

from schema.simple import simple

Values = Mapping[str, Any]
Bind = Callable[[Values], Any]


def form(kind: Any, value: Any) -> Hashable:
    """What a plan depends on of a value of this type."""
    if value is None:
        return None
    if isinstance(kind, GraphQLNonNull):
        return form(kind.of_type, value)
    if isinstance(kind, GraphQLList):
        return tuple(form(kind.of_type, each) for each in value)
    if isinstance(kind, GraphQLInputObjectType):
        return tuple((name, form(field.type, value[name])) for name, field in kind.fields.items() if name in value)
    if kind.name == "ID":
        return str(value).rpartition("_")[0]
    return bool(value.strip()) if kind.name == "String" else str(value)


@dataclass(frozen=True, slots=True)
class Request:
    """The variables of one request: as a mapping, in form, and as graphql-core has them for its own use."""

    values: Values
    form: Hashable
    coerce: Callable[[], Any]


def _nothing() -> None:
    return None


NOTHING = Request({}, (), _nothing)


class Variables:
    """The variables that one operation declares."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        self.schema = schema
        self.nodes = operation.variable_definitions or ()
        self.kinds = {node.variable.name.value: type_from_ast(schema, node.type) for node in self.nodes}

    def read(self, raw: Values | None) -> Request | None:
        """None where they are not what the operation declares: whoever executes it will say so."""
        if not self.nodes:
            return NOTHING
        given = dict(raw or {})
        values = simple(self.nodes, given)
        if values is not None:
            return Request(values, self._forms(values), lambda: self._coerced(given))
        found = self._coerced(given)
        return None if isinstance(found, list) else Request(found.coerced, self._forms(found.coerced), lambda: found)

    def _coerced(self, given: dict[str, Any]) -> Any:
        return get_variable_values(self.schema, self.nodes, given, max_errors=1)

    def _forms(self, values: Values) -> Hashable:
        return tuple(form(kind, values[name]) if name in values else ... for name, kind in self.kinds.items())


def binder(node: Any, value: Any) -> Bind:
    """How to find an argument in another request than the one that is planned. `node` is what stands in the document;
    a value that stands there itself is the same in every request."""
    if isinstance(node, VariableNode):
        name = node.name.value
        return lambda values: values.get(name, value)
    if not isinstance(node, ObjectValueNode) or not isinstance(value, Mapping):
        return lambda _values: value
    inner = {each.name.value: binder(each.value, value.get(each.name.value)) for each in node.fields}
    return lambda values: {**value, **{name: bind(values) for name, bind in inner.items() if name in value}}
