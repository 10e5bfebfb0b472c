"""Random queries that could have been asked: of a size that is answered, about ids and cursors that exist."""

from collections.abc import Sequence
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    NameNode,
    SelectionSetNode,
    StringValueNode,
    Visitor,
    print_ast,
    visit,
)
from hypothesis import strategies as st
from hypothesis_graphql import nodes, queries

DEEPEST, WIDEST = 5, 7
ROOTS = (
    "viewer", "node", "nodes", "groups", "motions", "meetings", "documents", "directives", "publications", "units",
    "people", "experts", "trail",
)  # fmt: skip
_TYPENAME = SelectionSetNode(selections=(FieldNode(name=NameNode(value="__typename"), arguments=(), directives=()),))


class _Likely(Visitor):
    """Puts what exists in the place of ids and cursors, and sizes that a list gives in the place of sizes."""

    def __init__(self, ids: Sequence[str], cursors: Sequence[str]) -> None:
        super().__init__()
        self.ids, self.cursors = ids, cursors

    def enter_field(self, node: FieldNode, *_: Any) -> Any:
        """One end of a list at a time."""
        given = node.arguments or ()
        names = {each.name.value for each in given}
        if not {"first", "last"} <= names:
            return None
        gone = "first" if len(print_ast(node)) % 2 else "last"
        values = {name: getattr(node, name) for name in node.keys if name not in ("loc", "arguments")}
        return FieldNode(**values, arguments=tuple(each for each in given if each.name.value != gone))

    def enter_argument(self, node: ArgumentNode, *_: Any) -> Any:
        name, value = node.name.value, node.value
        if name in ("first", "last") and isinstance(value, IntValueNode):
            return _with(node, IntValueNode(value=str(int(value.value) % 6)))
        if name == "ids" and isinstance(value, ListValueNode):
            return _with(node, ListValueNode(values=value.values[:4]))
        if name in ("after", "before") and isinstance(value, StringValueNode):
            return _with(node, StringValueNode(value=_pick(self.cursors, value.value)))
        return None

    def enter_string_value(self, node: StringValueNode, _key: Any, parent: Any, *_: Any) -> Any:
        about = getattr(getattr(parent, "name", None), "value", "ids")
        if about in ("id", "ids", "group", "unit", "proposingUnit"):
            return StringValueNode(value=_pick(self.ids, node.value))
        return StringValueNode(value=("资金", "局", "%", "")[len(node.value) % 4]) if about == "search" else None


def _with(node: ArgumentNode, value: Any) -> ArgumentNode:
    return ArgumentNode(name=node.name, value=value)


def _pick(known: Sequence[str], text: str) -> str:
    """By the text, so that the same example is the same query; now and then the text itself."""
    place = sum(map(ord, text)) % (len(known) + 1)
    return known[place] if place < len(known) else text[:20]


def _smaller(selections: SelectionSetNode | None, depth: int) -> SelectionSetNode | None:
    """Not too wide and not too deep."""
    if selections is None:
        return None
    kept = []
    for node in selections.selections[:WIDEST]:
        inner = getattr(node, "selection_set", None)
        if inner is not None:
            node = _copied(node, _TYPENAME if depth >= DEEPEST else _smaller(inner, depth + 1))
        kept.append(node)
    return SelectionSetNode(selections=tuple(kept))


def _copied(node: Any, inner: SelectionSetNode | None) -> Any:
    values = {name: getattr(node, name) for name in node.keys if name not in ("loc", "selection_set")}
    return type(node)(**values, selection_set=inner)


def _sized(document: DocumentNode) -> DocumentNode:
    return DocumentNode(
        definitions=tuple(_copied(each, _smaller(each.selection_set, 1)) for each in document.definitions)
    )


def asked(schema: GraphQLSchema, ids: Sequence[str], cursors: Sequence[str]) -> st.SearchStrategy[str]:
    scalars = {
        "Date": st.dates().map(lambda day: nodes.String(day.isoformat())),
        "DateTime": st.datetimes().map(lambda at: nodes.String(at.isoformat() + "+00:00")),
        "Decimal": st.integers(0, 10**6).map(lambda amount: nodes.String(str(amount))),
    }

    def text(document: DocumentNode) -> str:
        return print_ast(visit(_sized(document), _Likely(ids, cursors)))

    found: Any = queries(schema, fields=ROOTS, custom_scalars=scalars, print_ast=text, allow_x00=False)
    return found
