"""The published schema explains itself: every type, field, argument and value has a description."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, is_enum_type, is_input_object_type, is_interface_type, is_object_type

SNAPSHOT = Path(__file__).resolve().parents[2] / "schema" / "schema.graphql"


@pytest.fixture(scope="module")
def published() -> GraphQLSchema:
    return build_schema(SNAPSHOT.read_text("utf-8"))


def undescribed(published: GraphQLSchema) -> Iterator[str]:
    for name, kind in published.type_map.items():
        if name.startswith("__") or name in {"String", "Int", "Float", "Boolean", "ID"}:
            continue
        if not kind.description:
            yield name
        if is_object_type(kind) or is_interface_type(kind):
            for field, shape in kind.fields.items():
                if not shape.description:
                    yield f"{name}.{field}"
                yield from (
                    f"{name}.{field}({argument})" for argument, its in shape.args.items() if not its.description
                )
        elif is_input_object_type(kind):
            yield from (f"{name}.{field}" for field, shape in kind.fields.items() if not shape.description)
        elif is_enum_type(kind):
            yield from (f"{name}.{value}" for value, its in kind.values.items() if not its.description)


def test_everything_in_the_schema_has_a_description(published: GraphQLSchema) -> None:
    assert list(undescribed(published)) == []


def test_a_missing_description_is_found() -> None:
    """The rule above must be able to fail."""
    bare = build_schema('"""q""" type Query { a(b: Int): E } enum E { ONE } input I { c: Int }')
    assert list(undescribed(bare)) == ["Query.a", "Query.a(b)", "E", "E.ONE", "I", "I.c"]
