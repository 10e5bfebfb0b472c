"""How much one document may ask: one pass before validation, linear in the document's size.

A fragment is weighed once, however often it is spread, so that a bomb of fragments that double one another costs no
more than its text. Weights grow with list sizes: what could come back counts, not what was typed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)
from strawberry.extensions import SchemaExtension

from schema.connections import PAGE
from schema.errors import coded

MAX_TOKENS = 3000
MAX_DEPTH = 16
MAX_COST = 60_000
MAX_ALIASES = 40
MAX_ROOT_FIELDS = 20
MAX_DEFINITIONS = 30
MAX_FIELDS = 600
MAX_SAME_KEY = 5
LIST_SIZE = 8
PASSWORDS = ("signIn", "acceptInvite")  # checking or making one takes a tenth of a second of CPU


@dataclass(frozen=True, slots=True)
class Weight:
    """Of a selection set: nested fields deep, and fields that may come back."""

    depth: int = 0
    cost: int = 0


class Scale:
    """Weighs one document."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self.schema = schema
        self.variables = variables
        nodes = document.definitions
        self.operations = [node for node in nodes if isinstance(node, OperationDefinitionNode)]
        self.fragments = {node.name.value: node for node in nodes if isinstance(node, FragmentDefinitionNode)}
        self.weighed: dict[str, Weight] = {}
        self.open: set[str] = set()
        self.fields = 0
        self.aliases = 0
        self.same_key = 0

    def whole(self) -> Weight:
        """The heaviest operation; fragments that no operation reaches are weighed too."""
        weights = [self._set(node.selection_set, self._root(node)) for node in self.operations]
        weights += [self._fragment(name) for name in self.fragments]
        return Weight(max((w.depth for w in weights), default=0), max((w.cost for w in weights), default=0))

    def _root(self, operation: OperationDefinitionNode) -> GraphQLNamedType | None:
        return self.schema.get_root_type(operation.operation)

    def _set(self, selections: SelectionSetNode, parent: GraphQLNamedType | None) -> Weight:
        weights = [self._selection(node, parent) for node in selections.selections]
        keys = Counter((node.alias or node.name).value for node in selections.selections if isinstance(node, FieldNode))
        self.same_key = max(self.same_key, *keys.values(), 0)
        cost = min(sum(weight.cost for weight in weights), MAX_COST + 1)
        return Weight(max((weight.depth for weight in weights), default=0), cost)

    def _selection(self, node: Any, parent: GraphQLNamedType | None) -> Weight:
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value)
        if isinstance(node, InlineFragmentNode):
            named = node.type_condition.name.value if node.type_condition else None
            return self._set(node.selection_set, self.schema.get_type(named) if named else parent)
        return self._field(node, parent)

    def _fragment(self, name: str) -> Weight:
        """Weighed once. A circle weighs nothing here; validation refuses it."""
        node = self.fragments.get(name)
        if node is None or name in self.open:
            return Weight()
        if name not in self.weighed:
            self.open.add(name)
            self.weighed[name] = self._set(node.selection_set, self.schema.get_type(node.type_condition.name.value))
            self.open.discard(name)
        return self.weighed[name]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Weight:
        self.fields += 1
        self.aliases += node.alias is not None
        if node.selection_set is None:
            return Weight(1, 1)
        kind = self._kind(node, parent)
        inner = self._set(node.selection_set, get_named_type(kind) if kind is not None else None)
        return Weight(inner.depth + 1, min(1 + inner.cost * self._size(node, kind, parent), MAX_COST + 1))

    def _kind(self, node: FieldNode, parent: GraphQLNamedType | None) -> Any:
        name = node.name.value
        if name in ("__schema", "__type"):
            return self.schema.get_type(name.replace("__s", "__S").replace("__t", "__T"))
        fields = getattr(parent, "fields", None)
        found = fields.get(name) if fields else None
        return found.type if found else None

    def _size(self, node: FieldNode, kind: Any, parent: GraphQLNamedType | None) -> int:
        """How many objects the field stands for. A connection's page counts once, at the connection."""
        for argument in node.arguments or ():
            if argument.name.value in ("first", "last") and not isinstance(argument.value, NullValueNode):
                return self._asked(argument.value)
        named = get_named_type(kind) if kind is not None else None
        if named is not None and named.name.endswith("Connection"):
            return PAGE
        if parent is not None and parent.name.endswith("Connection"):
            return 1
        return LIST_SIZE if _is_list(kind) else 1

    def _asked(self, value: Any) -> int:
        if isinstance(value, VariableNode):
            given = self.variables.get(value.name.value, PAGE)
            return max(given, 1) if isinstance(given, int) else PAGE
        return max(int(value.value), 1) if isinstance(value, IntValueNode) else PAGE


def _is_list(kind: Any) -> bool:
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    return isinstance(inner, GraphQLList)


def _root_names(operation: OperationDefinitionNode) -> Iterator[str]:
    yield from (node.name.value for node in operation.selection_set.selections if isinstance(node, FieldNode))


def _mentions(document: DocumentNode, *names: str) -> int:
    """How often fields of these names stand anywhere in the document."""
    count, stack = 0, [node.selection_set for node in document.definitions if hasattr(node, "selection_set")]
    while stack:
        for node in stack.pop().selections:
            if isinstance(node, FieldNode):
                count += node.name.value in names
            if getattr(node, "selection_set", None) is not None:
                stack.append(node.selection_set)
    return count


def too_much(schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> GraphQLError | None:
    """The first limit that the document breaks."""
    scale = Scale(schema, document, variables)
    if len(document.definitions) > MAX_DEFINITIONS:
        return coded(f"At most {MAX_DEFINITIONS} operations and fragments in a document.", "TOO_MANY_DEFINITIONS")
    if any(len(list(_root_names(node))) > MAX_ROOT_FIELDS for node in scale.operations):
        return coded(f"At most {MAX_ROOT_FIELDS} fields at the root.", "TOO_MANY_ROOT_FIELDS")
    if _mentions(document, *PASSWORDS) > 1:
        return coded("At most one sign-in or password in a document.", "TOO_MANY_SIGN_INS")
    weight = scale.whole()
    checks = (
        (weight.depth > MAX_DEPTH, f"At most {MAX_DEPTH} levels of nesting.", "TOO_DEEP"),
        (weight.cost > MAX_COST, f"It may return more than {MAX_COST} fields; ask for less at once.", "TOO_COSTLY"),
        (scale.fields > MAX_FIELDS, f"At most {MAX_FIELDS} fields in a document.", "TOO_MANY_FIELDS"),
        (scale.aliases > MAX_ALIASES, f"At most {MAX_ALIASES} aliases in a document.", "TOO_MANY_ALIASES"),
        (scale.same_key > MAX_SAME_KEY, f"One field at most {MAX_SAME_KEY} times in a selection.", "TOO_MANY_REPEATS"),
    )
    return next((coded(says, code) for broken, says, code in checks if broken), None)


class Limits(SchemaExtension):
    """Tokens while parsing, everything else before validation."""

    def on_operation(self) -> Any:
        self.execution_context.parse_options["max_tokens"] = MAX_TOKENS
        yield

    def on_validate(self) -> Any:
        context = self.execution_context
        document = context.graphql_document
        if document is not None:
            found = too_much(context.schema._schema, document, context.variables or {})
            if found is not None:
                context.pre_execution_errors = [found]
        yield
