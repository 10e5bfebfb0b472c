"""Documents made ready once: parsed, measured, validated, and kept within bounds for whoever asks the same again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    get_variable_values,
    parse,
    specified_rules,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from app.core.bounded import Bounded
from schema.connections import MAX_PAGE
from schema.errors import MAX_ERRORS, NotExecuted, coded, with_code
from schema.limits import MAX_COMMENTS, MAX_LENGTH, MAX_TOKENS, Scale, Weight, page_size
from schema.simple import simple
from schema.validation import faults

ENTRIES = 1000
ROOM = 300_000  # characters of text; a parsed document takes up to 280 bytes for each


class _Most(dict[str, int]):
    """Of every variable the largest page there is."""

    def get(self, _key: str, _otherwise: Any = None) -> int:
        return MAX_PAGE


class _Least(dict[str, int]):
    """Of every variable the smallest page there is."""

    def get(self, _key: str, _otherwise: Any = None) -> int:
        return 0


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """One operation of a document that may be executed. It is never changed, so that much can be kept beside it."""

    digest: str
    document: DocumentNode
    operation: OperationDefinitionNode
    kind: str
    scale: Scale
    most: Weight | None
    """Its weight with the largest pages; None where that is too much and each request is weighed by itself."""

    @property
    def name(self) -> str | None:
        return self.operation.name.value if self.operation.name else None

    def weigh(self, variables: Mapping[str, Any]) -> Weight:
        """With these variables; raises NotExecuted where that is too much."""
        return self.scale.weigh(self.operation, _sizes(self.operation, variables))

    def check(self, variables: Mapping[str, Any]) -> None:
        """Raises NotExecuted where these variables ask for too much; where no page can, only their sizes are read."""
        if self.most is None:
            self.weigh(variables)
        else:
            for name in self.most.asked:
                page_size(variables.get(name))


def _sizes(operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The values of variables that may be sizes: those given, and the defaults of the others."""
    found = dict(variables)
    for node in operation.variable_definitions or ():
        default, name = node.default_value, node.variable.name.value
        if name in found or default is None:
            continue
        if isinstance(default, IntValueNode):
            found[name] = int(default.value[:9])
        elif isinstance(default, ListValueNode):
            found[name] = [None] * len(default.values)
    return found


class Library:
    """The documents of one schema. `open_schema`: introspection is answered and errors hint at names nearby."""

    def __init__(self, schema: GraphQLSchema, *, open_schema: bool) -> None:
        self.schema = schema
        self.hide = not open_schema
        guards = () if open_schema else (NoSchemaIntrospectionCustomRule,)
        self.rules = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule, *guards)
        self._kept: Bounded[str, dict[str | None, Prepared]] = Bounded(ENTRIES, ROOM)

    def prepare(self, text: str, name: str | None = None) -> Prepared:
        """The operation of this name, or the only one; raises NotExecuted."""
        operations = self._kept.get(text)
        if operations is None:
            operations = self._read(text)
            self._kept.put(text, operations, len(text) + 100)
        found = operations.get(name or None)
        if found is None:
            says = (
                f"There is no operation named “{name}”." if name else "Say by operationName which operation is meant."
            )
            raise NotExecuted(coded(says, "OPERATION_RESOLUTION_FAILURE"))
        return found

    def faults(self, text: str) -> list[str]:
        """Why none of its operations would be executed; empty where they would."""
        try:
            self._read(text)
        except NotExecuted as refused:
            return [error.message for error in refused.errors]
        return []

    def _read(self, text: str) -> dict[str | None, Prepared]:
        document = _parsed(text)
        scale = Scale(self.schema, document)
        weights = {id(node): _most(scale, node) for node in scale.operations}
        found = faults(self.schema, document, text, self.rules, MAX_ERRORS, self.hide)
        if found:
            raise NotExecuted(*with_code(found, "GRAPHQL_VALIDATION_FAILED"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        made = [
            Prepared(digest, document, node, node.operation.value, scale, weights[id(node)])
            for node in scale.operations
        ]
        named: dict[str | None, Prepared] = {each.name: each for each in made if each.name}
        return named | {None: made[0]} if len(made) == 1 else named

    def coerce(self, prepared: Prepared, variables: Mapping[str, Any]) -> None:
        """Raises NotExecuted where the variables are not of their types."""
        definitions = prepared.operation.variable_definitions
        if not definitions or simple(definitions, variables) is not None:
            return
        found = get_variable_values(self.schema, definitions, dict(variables), MAX_ERRORS, self.hide)
        if isinstance(found, list):
            raise NotExecuted(*with_code(found, "BAD_USER_INPUT"))


def _most(scale: Scale, operation: OperationDefinitionNode) -> Weight | None:
    """The largest weight it can have; refused at once where its variables cannot be the reason."""
    try:
        weight = scale.weigh(operation, _Most())
    except NotExecuted:
        if not scale.weigh(operation, _Least()).asked:
            raise
        return None
    if weight.asked:
        scale.weigh(operation, _sizes(operation, {}))  # its defaults may be larger than any page
    return weight


def _parsed(text: str) -> DocumentNode:
    if len(text) > MAX_LENGTH:
        raise NotExecuted(coded(f"A document has at most {MAX_LENGTH} characters.", "TOO_LONG"))
    try:
        return parse(
            text,
            max_lexical_tokens=MAX_TOKENS,
            max_comments=MAX_COMMENTS,
            allow_empty_selection_sets=False,
        )
    except GraphQLError as error:
        too_many = "Document contains more than" in error.message
        raise NotExecuted(*with_code([error], "TOO_MANY_TOKENS" if too_many else "GRAPHQL_PARSE_FAILED")) from None
