"""Filters of the root's lists, as each list has written them for its resolver.

The same function makes the conditions. Their values become parameters: in every later request the function is asked
again with the new values, and what it then says must have the same shape.
"""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from graphql import FieldNode
from sqlalchemy import BindParameter, ColumnElement, Date, Integer, String, Uuid
from sqlalchemy.sql import visitors
from sqlalchemy.sql.util import ClauseAdapter

from app.queries.planner.given import KINDS, Given, Kept, Terms
from app.queries.planner.shapes import Unplannable
from schema.lists import RootList
from schema.planned.builder import Builder

_KINDS: tuple[tuple[type, str], ...] = ((Uuid, "uuid"), (Date, "date"), (Integer, "int"), (String, "text"))


class OtherShape(Exception):
    """The same filter says something else with these values; the plan does not fit them."""


def conditions(
    builder: Builder, found: RootList, terms: Terms, parent: str, node: FieldNode
) -> list[ColumnElement[bool]]:
    """The conditions of this list's filter on the table at this depth."""
    value = builder.arguments(parent, node).get("filter")
    if found.where is None or value is None:
        return []
    find = builder.bind(node, "filter", value)
    language = terms.language
    made = _asked(found, value, language)
    values = list(_values(made))

    def fill(place: int) -> Any:
        def bind(given: Mapping[str, Any]) -> Any:
            again = list(_values(_asked(found, find(given), language)))
            if [kind for kind, _ in again] != [kind for kind, _ in values]:
                raise OtherShape
            return again[place][1]

        return bind

    given = [builder.give(kind, fill(place)) if kind in KINDS else None for place, (kind, _) in enumerate(values)]
    turned = ClauseAdapter(terms.table(found.model))
    return [Kept(turned.traverse(each)) for each in _filled(made, given)]


def _asked(found: RootList, value: Mapping[str, Any], language: str) -> list[ColumnElement[bool]]:
    """Ask the list's own function. One that has to wait for the database is none for a single statement."""
    assert found.where is not None  # the caller has looked
    waiting: Any = found.where(_info(language), found_input(found.filter_type, value))
    try:
        waiting.send(None)
    except StopIteration as end:
        result: list[ColumnElement[bool]] = end.value
        return result
    except AttributeError as error:
        raise Unplannable("a filter that asks for itself") from error
    waiting.close()
    raise Unplannable("a filter that asks the database for itself")


def _info(language: str) -> Any:
    return SimpleNamespace(context=SimpleNamespace(language=language))


def found_input(filter_type: Any, value: Mapping[str, Any]) -> Any:
    """The filter as its function knows it: every field by its name in Python."""
    fields = filter_type.__strawberry_definition__.fields
    return SimpleNamespace(
        **{each.python_name: value.get(each.graphql_name or _camel(each.python_name)) for each in fields}
    )


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _is_value(element: Any) -> bool:
    return isinstance(element, BindParameter) and not element.expanding


def _values(made: list[ColumnElement[bool]]) -> Any:
    """The values in the conditions, in the order in which one comes upon them; lists of constants stay in the text,
    and are compared."""
    for each in made:
        for element in visitors.iterate(each):
            if isinstance(element, BindParameter):
                yield (_kind(element) if _is_value(element) else repr(element.value)), element.value


def _kind(element: BindParameter[Any]) -> str:
    return next((kind for of, kind in _KINDS if isinstance(element.type, of)), "text")


def _filled(made: list[ColumnElement[bool]], given: list[Given | None]) -> list[ColumnElement[bool]]:
    order = [element for each in made for element in visitors.iterate(each) if isinstance(element, BindParameter)]
    places = {id(element): place for element, place in zip(order, given, strict=True) if place is not None}

    def replace(element: Any, **_: Any) -> Any:
        return places.get(id(element))

    return [visitors.replacement_traverse(each, {}, replace) for each in made]
