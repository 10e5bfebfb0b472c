"""What Python works out of facts that the one statement brought, and how its results become JSON.

A *fix* takes the value that the database put in a field's place and gives the one that goes out. Fixes are put together
with the plan, so that an answer without computed fields is never parsed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from graphql import GraphQLList, GraphQLNonNull, GraphQLObjectType, is_enum_type, is_leaf_type

from app.core.clock import local_day, now
from app.core.workdays import WorkingCalendar
from app.queries.planner.shapes import Unplannable
from app.queries.visibility import View
from schema.planned.selection import Selections


@dataclass(slots=True)
class Run:
    """What a fix may ask: for whom, in which language, as of when, and what was fetched once for all rows."""

    view: View
    language: str
    now: datetime = field(default_factory=now)
    asides: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_day(self.now)

    @property
    def context(self) -> "Run":
        """Makers of computed fields know their asker as `info.context`."""
        return self

    @property
    def calendar(self) -> WorkingCalendar:
        found: WorkingCalendar = self.asides["calendar"]
        return found

    def say(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh


Fix = Callable[[Any, Run], Any]


def object_fix(fixes: Sequence[tuple[str, Fix]]) -> Fix | None:
    """Fixes of an object's fields; None where it has none."""
    if not fixes:
        return None

    def fix(value: Any, run: Run) -> Any:
        if value is not None:
            for name, each in fixes:
                value[name] = each(value[name], run)
        return value

    return fix


def list_fix(inner: Fix | None) -> Fix | None:
    if inner is None:
        return None
    return lambda values, run: [inner(value, run) for value in values]


class Completer:
    """Makes JSON of what a maker returned, as far as it was selected."""

    def __init__(self, selections: Selections) -> None:
        self.selections = selections

    def of(self, kind: Any, nodes: Iterable[Any]) -> Callable[[Any], Any]:
        if isinstance(kind, GraphQLNonNull):
            return self.of(kind.of_type, nodes)
        if isinstance(kind, GraphQLList):
            inner = self.of(kind.of_type, nodes)
            return lambda values: None if values is None else [inner(value) for value in values]
        if is_leaf_type(kind):
            return _leaf(kind)
        if isinstance(kind, GraphQLObjectType):
            return self._object(kind, nodes)
        raise Unplannable(f"a computed field of type {kind}")

    def _object(self, kind: GraphQLObjectType, nodes: Iterable[Any]) -> Callable[[Any], Any]:
        parts: list[tuple[str, str, Callable[[Any], Any]]] = []
        for key, chosen in self.selections.below(kind, nodes).items():
            name = chosen[0].name.value
            if name == "__typename":
                parts.append((key, "", lambda _value, said=kind.name: said))  # type: ignore[misc]
                continue
            parts.append((key, _attribute(kind, name), self.of(kind.fields[name].type, chosen)))

        def complete(value: Any) -> Any:
            if value is None:
                return None
            return {key: make(getattr(value, name) if name else None) for key, name, make in parts}

        return complete


def _attribute(kind: GraphQLObjectType, name: str) -> str:
    """The attribute behind a field that has no resolver of its own."""
    definition = kind.fields[name].extensions.get("strawberry-definition")
    if definition is None or definition.base_resolver is not None:
        raise Unplannable(f"{kind.name}.{name} has a resolver")
    found: str = definition.python_name
    return found


def _leaf(kind: Any) -> Callable[[Any], Any]:
    if not is_enum_type(kind):
        return lambda value: None if value is None else kind.serialize(value)
    names: Mapping[Any, str] = {getattr(each.value, "value", each.value): name for name, each in kind.values.items()}
    return lambda value: None if value is None else names[getattr(value, "value", value)]
