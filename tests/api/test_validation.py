"""The rules of graphql-core, walked together: they find what they find when graphql-core walks them."""

from typing import Any

import pytest
from graphql import parse, specified_rules, validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import Mode, mutations, nodes, queries

from schema import build_schema
from schema.prepared import Library
from schema.validation import faults
from tests.support.nasty import values

SCHEMA = build_schema()._schema
RULES = Library(SCHEMA, open_schema=False).rules
SCALARS = {
    name: values(SCHEMA.type_map[name], {}).filter(lambda value: value is not None).map(nodes.String)
    for name in ("Date", "DateTime", "Decimal")
}
slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)

WRONG = [
    "{ nothing viewer }", "{ viewer { name { x } } }", "{ ...A } fragment A on Query { ...A }",
    "query A { a } query A { b }",
    "query($x: Int, $x: Nothing) { viewer { name @skip(if: $y) } }", "{ viewer { name: id name } }",
    "{ __schema { types { name } } viewer { name @nothing @skip } }", "subscription { a b }",
    "{ motions(first: {}, first: 1, x: [1, {y: 2, y: 3}]) { nodes { ... on Unit { id } } } }",
    "mutation { signIn(input: {login: 1, nothing: 2}) { ... on Motion { id } } }", "fragment F on Nothing { a }",
    "{ node(id: 1.5) { ... on Motion @include(if: 3) { id } ...F } } fragment F on Viewer { name }",
    "{ viewer { name } } extend type Query { a: Int }", "{ units(filter: {kind: NOTHING}) { nodes { id } } }",
]  # fmt: skip


def both(text: str) -> tuple[list[str], list[str]]:
    document = parse(text)
    plain = validate(SCHEMA, document, RULES, 100, hide_suggestions=True)
    return [str(each) for each in faults(SCHEMA, document, text, RULES, 100, hide=True)], [str(each) for each in plain]


def test_every_rule_of_the_specification_is_among_them() -> None:
    assert set(specified_rules) <= set(RULES)


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_found_alike(text: str) -> None:
    ours, plain = both(text)
    assert ours == plain != []


@given(data=st.data(), mode=st.sampled_from(list(Mode)))
@slow
def test_of_any_document_the_same_is_found(data: Any, mode: Mode) -> None:
    make, root = data.draw(st.sampled_from([(queries, SCHEMA.query_type), (mutations, SCHEMA.mutation_type)]))
    field = data.draw(st.sampled_from(sorted(name for name, each in root.fields.items() if each.args)))
    ours, plain = both(data.draw(make(SCHEMA, fields=[field], custom_scalars=SCALARS, mode=mode)))
    assert ours == plain
