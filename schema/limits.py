"""How much one document may ask: one pass before validation, linear in the document's size.

A fragment is weighed once, however often it is spread, so that a bomb of fragments that double one another costs no
more than its text. Weights grow with list sizes: what could come back counts, not what was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

from schema.connections import MAX_PAGE, PAGE
from schema.errors import NotExecuted, coded

MAX_LENGTH = 50_000
MAX_TOKENS = 1500
MAX_COMMENTS = 100
MAX_DEPTH = 16
MAX_NESTING = 50  # with fragments, which add no depth of their own
MAX_COST = 60_000
MAX_ALIASES = 40
MAX_ROOT_FIELDS = 20
MAX_DEFINITIONS = 30
MAX_FIELDS = 500
MAX_SPREADS = 100
MAX_DIRECTIVES = 100
MAX_SAME_KEY = 5
MAX_MERGED = 50  # the same key of one object, by way of fragments; validation compares each with each
LIST_SIZE = 8
PASSWORDS = ("signIn", "acceptInvite")  # checking or making one takes a tenth of a second of CPU
PAGE_SIZES = ("first", "last")
_META = {"__schema": "__Schema", "__type": "__Type"}


@dataclass(slots=True)
class Weight:
    """Of a selection set: nested fields deep, fields that may come back, and how often each key stands at its top.
    Of a whole operation also the variables on which its sizes depend."""

    depth: int = 0
    cost: int = 0
    keys: dict[str, int] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()


def _too(message: str, code: str) -> NotExecuted:
    return NotExecuted(coded(message, code))


class Scale:
    """Weighs the operations of one document; raises NotExecuted at the first limit it breaks."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self.schema = schema
        nodes = document.definitions
        if len(nodes) > MAX_DEFINITIONS:
            raise _too(f"At most {MAX_DEFINITIONS} operations and fragments in a document.", "TOO_MANY_DEFINITIONS")
        self.operations = [node for node in nodes if isinstance(node, OperationDefinitionNode)]
        self.fragments = {node.name.value: node for node in nodes if isinstance(node, FragmentDefinitionNode)}
        self.steps = 0
        _Count(nodes)

    def weigh(self, operation: OperationDefinitionNode, sizes: Mapping[str, Any]) -> Weight:
        """One operation, with these values of variables; a fragment that it does not reach weighs nothing."""
        weighing = _Weighing(self, sizes)
        try:
            weight = weighing.set(operation.selection_set, self.schema.get_root_type(operation.operation))
        finally:
            self.steps += weighing.steps
        weight.asked = frozenset(weighing.asked)
        if len(weight.keys) > MAX_ROOT_FIELDS:
            raise _too(f"At most {MAX_ROOT_FIELDS} fields at the root.", "TOO_MANY_ROOT_FIELDS")
        if weight.depth > MAX_DEPTH:
            raise _too(f"At most {MAX_DEPTH} levels of nesting.", "TOO_DEEP")
        if weight.cost > MAX_COST:
            raise _too(f"It may return more than {MAX_COST} fields; ask for less at once.", "TOO_COSTLY")
        return weight


class _Count:
    """Counts what stands in the text, whether reached or not, and stops at once where it is too much."""

    def __init__(self, nodes: Any) -> None:
        self.fields = self.aliases = self.spreads = self.directives = self.passwords = 0
        stack = []
        for node in nodes:
            self._directives(node)
            if getattr(node, "selection_set", None) is not None:
                stack.append(node.selection_set)
        while stack:
            typed: dict[str, int] = {}
            for node in stack.pop().selections:
                self._one(node)
                if isinstance(node, FieldNode):
                    key = (node.alias or node.name).value
                    typed[key] = typed.get(key, 0) + 1
                if getattr(node, "selection_set", None) is not None:
                    stack.append(node.selection_set)
            if typed and max(typed.values()) > MAX_SAME_KEY:
                raise _too(f"One field at most {MAX_SAME_KEY} times in a selection.", "TOO_MANY_REPEATS")

    def _one(self, node: Any) -> None:
        self._directives(node)
        if isinstance(node, FieldNode):
            self.fields += 1
            self.aliases += node.alias is not None
            self.passwords += node.name.value in PASSWORDS
        else:
            self.spreads += 1
        if self.fields > MAX_FIELDS:
            raise _too(f"At most {MAX_FIELDS} fields in a document.", "TOO_MANY_FIELDS")
        if self.aliases > MAX_ALIASES:
            raise _too(f"At most {MAX_ALIASES} aliases in a document.", "TOO_MANY_ALIASES")
        if self.spreads > MAX_SPREADS:
            raise _too(f"At most {MAX_SPREADS} fragments spread in a document.", "TOO_MANY_FRAGMENTS")
        if self.passwords > 1:
            raise _too("At most one sign-in or password in a document.", "TOO_MANY_SIGN_INS")

    def _directives(self, node: Any) -> None:
        self.directives += len(node.directives or ())
        if self.directives > MAX_DIRECTIVES:
            raise _too(f"At most {MAX_DIRECTIVES} directives in a document.", "TOO_MANY_DIRECTIVES")


class _Weighing:
    """One walk over one operation. `steps` counts the work, so that a test can hold it linear."""

    def __init__(self, scale: Scale, sizes: Mapping[str, Any]) -> None:
        self.schema, self.fragments, self.sizes = scale.schema, scale.fragments, sizes
        self.weighed: dict[str, Weight] = {}
        self.open: set[str] = set()
        self.asked: set[str] = set()
        self.steps = self.nesting = 0

    def set(self, selections: SelectionSetNode, parent: GraphQLNamedType | None) -> Weight:
        whole = Weight()
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise _too(f"At most {MAX_DEPTH} levels of nesting.", "TOO_DEEP")
        for node in selections.selections:
            self.steps += 1
            if isinstance(node, FieldNode):
                self._add_field(whole, node, parent)
            else:
                self._add(whole, self._spread(node, parent))
        self.nesting -= 1
        if whole.keys and max(whole.keys.values()) > MAX_MERGED:
            raise _too(f"One field at most {MAX_MERGED} times by way of fragments.", "TOO_MANY_REPEATS")
        return whole

    def _add(self, whole: Weight, part: Weight) -> None:
        whole.depth = max(whole.depth, part.depth)
        whole.cost = min(whole.cost + part.cost, MAX_COST + 1)
        for key, count in part.keys.items():
            self.steps += 1
            whole.keys[key] = whole.keys.get(key, 0) + count

    def _spread(self, node: Any, parent: GraphQLNamedType | None) -> Weight:
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value)
        assert isinstance(node, InlineFragmentNode)
        named = node.type_condition.name.value if node.type_condition else None
        return self.set(node.selection_set, self.schema.get_type(named) if named else parent)

    def _fragment(self, name: str) -> Weight:
        """Weighed once. A circle weighs nothing here; validation refuses it."""
        node = self.fragments.get(name)
        if node is None or name in self.open:
            return Weight()
        if name not in self.weighed:
            self.open.add(name)
            self.weighed[name] = self.set(node.selection_set, self.schema.get_type(node.type_condition.name.value))
            self.open.discard(name)
        return self.weighed[name]

    def _add_field(self, whole: Weight, node: FieldNode, parent: GraphQLNamedType | None) -> None:
        key = (node.alias or node.name).value
        whole.keys[key] = whole.keys.get(key, 0) + 1
        depth, cost = 1, 1
        if node.selection_set is not None:
            kind = self._kind(node, parent)
            inner = self.set(node.selection_set, get_named_type(kind) if kind is not None else None)
            depth, cost = inner.depth + 1, 1 + inner.cost * self._size(node, kind, parent)
        whole.depth = max(whole.depth, depth)
        whole.cost = min(whole.cost + cost, MAX_COST + 1)

    def _kind(self, node: FieldNode, parent: GraphQLNamedType | None) -> Any:
        name = node.name.value
        if name in _META:
            return self.schema.get_type(_META[name])
        fields = getattr(parent, "fields", None)
        found = fields.get(name) if fields else None
        return found.type if found else None

    def _size(self, node: FieldNode, kind: Any, parent: GraphQLNamedType | None) -> int:
        """How many objects the field stands for. A connection's page counts once, at the connection."""
        for argument in node.arguments or ():
            name = argument.name.value
            if name in PAGE_SIZES or name == "ids":
                asked = self._asked(argument.value)
                if asked is not None:
                    return asked
        named = get_named_type(kind) if kind is not None else None
        if named is not None and named.name.endswith("Connection"):
            return PAGE
        if parent is not None and parent.name.endswith("Connection"):
            return 1
        return LIST_SIZE if _is_list(kind) else 1

    def _asked(self, value: Any) -> int | None:
        """The size that an argument asks for, as a number or by the length of its list; None where it is left open."""
        given: Any = None
        if isinstance(value, VariableNode):
            self.asked.add(value.name.value)
            given = self.sizes.get(value.name.value)
        elif isinstance(value, IntValueNode):
            given = int(value.value[:9])
        elif isinstance(value, ListValueNode):
            given = len(value.values)
        return page_size(given)


def page_size(given: Any) -> int | None:
    """A size that an argument asks for, as a number or as the length of a list; None where it leaves it open."""
    size = len(given) if isinstance(given, list) else given
    if not isinstance(size, int):
        return None
    if size > MAX_PAGE:
        raise _too(f"A page has at most {MAX_PAGE} entries.", "BAD_PAGE_SIZE")
    return max(size, 1)


def _is_list(kind: Any) -> bool:
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    return isinstance(inner, GraphQLList)
