"""Values that are right by their GraphQL type and wrong in every other way, for whoever wants to break something."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    get_named_type,
    is_required_input_field,
)
from hypothesis import strategies as st

TEXTS = (
    "", " ", "\x00", "a\x00b", "'", '"; DROP TABLE motion; --', "%", "_", "\\", "%s{}$1:x", "a" * 10_000, "机密★10年",
    "绝密★", "\u202e\u200b\ufeff", "😀" * 500, "\ud83d\ude00", "-1", "1e999", "NaN", "null", "0001-01-01", "9999-12-31",
    "2026-02-30", "2026-03-02", "2026-03-02T09:00:00+08:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
    "2026-03-02T09:00:00", "99999999999999999999.99", "-0.01", "1E+400", "Infinity", "sha256:", "YzoxMjM", "Yzp4",
    "TW90aW9uOg", "../../etc/passwd", "<b>x</b>", "市财政局", "综合部", "Ａ", "ﬁ", "İ", "\r\n.\r\n",
)  # fmt: skip
NUMBERS = (0, 1, -1, 2, 5, 20, 100, 101, 2_147_483_647, -2_147_483_648)
# By the name of a scalar: often something that can be read, so that what lies behind the reading is reached too.
READABLE = {
    "Date": ("2026-03-09", "2027-01-31"),
    "DateTime": ("2026-03-09T09:00:00+08:00",),
    "Decimal": ("12000000.00",),
}
Ids = Mapping[str, Sequence[str]]
texts = st.sampled_from(TEXTS) | st.text(max_size=30)


def values(kind: Any, ids: Ids, name: str = "") -> st.SearchStrategy[Any]:
    """What a client may send where the schema wants this type under this name."""
    if isinstance(kind, GraphQLNonNull):
        return _present(kind.of_type, ids, name)
    return st.none() | _present(kind, ids, name)


def _present(kind: Any, ids: Ids, name: str) -> st.SearchStrategy[Any]:
    if isinstance(kind, GraphQLList):
        return st.lists(values(kind.of_type, ids, name), max_size=3)
    if isinstance(kind, GraphQLEnumType):
        return st.sampled_from(sorted(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        return _input(kind, ids)
    leaves: dict[str, st.SearchStrategy[Any]] = {
        "Int": st.sampled_from(NUMBERS) | st.integers(-(2**31), 2**31 - 1),
        "Float": st.floats(allow_nan=False, allow_infinity=False),
        "Boolean": st.booleans(),
        "ID": _id(ids, name),
    }
    scalar = get_named_type(kind).name
    readable = READABLE.get(scalar)
    return leaves.get(scalar, st.sampled_from(readable) | texts if readable else texts)


def _id(ids: Ids, name: str) -> st.SearchStrategy[str]:
    """Most often one that exists, of the type that its name speaks of: `leadUnitId`, or what an input is for."""
    every = [each for found in ids.values() for each in found] or ["x"]
    spoken = [each for noun, found in ids.items() if noun.lower() in name.lower() for each in found]
    fitting = st.sampled_from(spoken or every)
    return st.integers(0, 7).flatmap(lambda n: fitting if n < 6 else st.sampled_from(every) if n == 6 else texts)


def _input(kind: GraphQLInputObjectType, ids: Ids) -> st.SearchStrategy[Any]:
    def named(name: str) -> str:
        return kind.name if name == "id" else name

    made = {name: values(field.type, ids, named(name)) for name, field in kind.fields.items()}
    required = {name for name, field in kind.fields.items() if is_required_input_field(field)}
    return st.fixed_dictionaries(
        {name: made[name] for name in required}, optional={name: made[name] for name in made.keys() - required}
    )


def operations(schema: GraphQLSchema, ids: Ids) -> st.SearchStrategy[dict[str, Any]]:
    """One root field with its arguments as variables, by the name of its type."""
    fields = [("query", name, field) for name, field in schema.query_type.fields.items()]
    fields += [("mutation", name, field) for name, field in schema.mutation_type.fields.items()]
    return st.sampled_from(fields).flatmap(lambda found: _operation(*found, ids))


def _operation(kind: str, name: str, field: Any, ids: Ids) -> st.SearchStrategy[dict[str, Any]]:
    given = {argument: values(its.type, ids, argument) for argument, its in field.args.items()}
    head = ", ".join(f"${argument}: {its.type}" for argument, its in field.args.items())
    passed = ", ".join(f"{argument}: ${argument}" for argument in field.args)
    select = " { __typename }" if get_named_type(field.type).name not in ("String", "Int", "Boolean", "ID") else ""
    text = f"{kind} {f'({head})' if head else ''} {{ {name}{f'({passed})' if passed else ''}{select} }}"
    return st.fixed_dictionaries(given).map(lambda variables: {"query": text, "variables": variables})


anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**40), 10**40) | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
