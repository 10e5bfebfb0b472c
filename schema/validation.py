"""Validation as graphql-core does it, by the same rules, in less than half of the time: the question "which rule looks
at this kind of node?" is answered once for a process and not once for each document; names, at which no rule looks, are
not visited; and rules are left out that would find nothing.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    KnownDirectivesRule,
    NoUndefinedVariablesRule,
    NoUnusedVariablesRule,
    TypeInfo,
    UniqueDirectivesPerLocationRule,
    UniqueVariableNamesRule,
    ValidationContext,
    VariablesAreInputTypesRule,
    VariablesInAllowedPositionRule,
    visit,
)
from graphql.language.ast import QUERY_DOCUMENT_KEYS
from graphql.language.visitor import BREAK, SKIP, EnterLeaveVisitor, Visitor

Rules = tuple[type[Any], ...]
Handle = Callable[..., Any] | None
_BELOW = {
    kind: tuple(key for key in keys if key not in ("name", "alias", "description"))
    for kind, keys in QUERY_DOCUMENT_KEYS.items()
}


# Rules that look at nothing but variables or directives, by the sign without which a text has none.
_ABOUT: dict[str, tuple[type[Any], ...]] = {
    "$": (
        NoUndefinedVariablesRule,
        NoUnusedVariablesRule,
        UniqueVariableNamesRule,
        VariablesAreInputTypesRule,
        VariablesInAllowedPositionRule,
    ),
    "@": (KnownDirectivesRule, UniqueDirectivesPerLocationRule),
}


def faults(
    schema: GraphQLSchema, document: DocumentNode, text: str, rules: Rules, most: int, hide: bool
) -> list[GraphQLError]:
    """The first of what is wrong with a document of this text."""
    needed = _needed(rules, tuple(sign for sign in _ABOUT if sign not in text))
    found: list[GraphQLError] = []
    types = TypeInfo(schema)

    def note(error: GraphQLError) -> None:
        found.append(error)
        if len(found) > most:
            raise _Enough

    context = ValidationContext(schema, document, types, note, hide)
    try:
        visit(document, Together(needed, context, types), _BELOW)
    except _Enough:
        found[most:] = [GraphQLError("Too many validation errors, error limit reached. Validation aborted.")]
    except RecursionError:
        found.append(GraphQLError("Validation aborted."))
    return found


class _Enough(Exception):
    """More is wrong than anybody is told."""


@cache
def _needed(rules: Rules, missing: tuple[str, ...]) -> Rules:
    """Without those that would find nothing to look at; some of them walk through the whole document to find that."""
    idle = {rule for sign in missing for rule in _ABOUT[sign]}
    return tuple(rule for rule in rules if rule not in idle)


@cache
def _looking(rules: Rules, kind: str) -> tuple[tuple[int, str, str], ...]:
    """Of the rules that look at this kind of node: place, and the names of what they do on entering and leaving it."""
    found = []
    for place, rule in enumerate(rules):
        names = [_name(rule, when, kind) for when in ("enter", "leave")]
        if any(names):
            found.append((place, names[0], names[1]))
    return tuple(found)


def _name(rule: type[Any], when: str, kind: str) -> str:
    return next((name for name in (f"{when}_{kind}", when) if getattr(rule, name, None)), "")


class Together(Visitor):
    """All rules as one visitor; each may skip a node with what is below it, or stop, without the others noticing."""

    def __init__(self, rules: Rules, context: Any, types: TypeInfo) -> None:
        super().__init__()
        self.rules, self.types = rules, types
        self.each: Sequence[Any] = [rule(context) for rule in rules]
        self.skipping: list[Any] = [None] * len(rules)

    def get_enter_leave_for_kind(self, kind: str) -> EnterLeaveVisitor:
        found = self.enter_leave_map.get(kind)
        if found is None:
            found = self.enter_leave_map[kind] = self._both(kind)
        return found

    def _both(self, kind: str) -> EnterLeaveVisitor:
        looking = [
            (place, self._bound(place, enter), self._bound(place, leave))
            for place, enter, leave in _looking(self.rules, kind)
        ]
        come, go = getattr(self.types, f"enter_{kind}", None), getattr(self.types, f"leave_{kind}", None)
        if not looking:
            return EnterLeaveVisitor(
                None if come is None else lambda node, *_: come(node),
                None if go is None else lambda *_: go(),
            )
        return EnterLeaveVisitor(self._entering(looking, come), self._leaving(looking, go))

    def _bound(self, place: int, name: str) -> Handle:
        handle: Handle = getattr(self.each[place], name) if name else None
        return handle

    def _entering(self, looking: list[tuple[int, Handle, Handle]], come: Handle) -> Callable[..., Any]:
        """The types of a node are known before any rule looks at it, and forgotten after all have left it."""
        skipping = self.skipping

        def enter(node: Any, *rest: Any) -> None:
            if come is not None:
                come(node)
            for place, handle, _ in looking:
                if skipping[place] is None and handle is not None:
                    result = handle(node, *rest)
                    if result is SKIP or result is False:
                        skipping[place] = node
                    elif result is BREAK or result is True:
                        skipping[place] = BREAK

        return enter

    def _leaving(self, looking: list[tuple[int, Handle, Handle]], go: Handle) -> Callable[..., Any]:
        skipping = self.skipping

        def leave(node: Any, *rest: Any) -> None:
            for place, _, handle in looking:
                if skipping[place] is node:
                    skipping[place] = None
                elif skipping[place] is None and handle is not None:
                    result = handle(node, *rest)
                    if result is BREAK or result is True:
                        skipping[place] = BREAK
            if go is not None:
                go()

        return leave
