"""What one document may ask, and how quickly too much is refused."""

import time
from typing import Any

import pytest
from graphql import parse

from schema import build_schema
from schema.limits import MAX_COST, Scale, too_much

SCHEMA = build_schema()._schema


def bomb(levels: int) -> str:
    """Fragments that each spread the next one twice: 2 to the power of `levels` fields."""
    doubles = "".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }} " for n in range(levels))
    return f"{{ ...F0 }} {doubles} fragment F{levels} on Query {{ viewer {{ person {{ id }} }} }}"


def nested(levels: int) -> str:
    inner = "id"
    for _ in range(levels):
        inner = f"opinions {{ motion {{ {inner} }} }}"
    return f"{{ motions {{ nodes {{ {inner} }} }} }}"


TOO_MUCH = {
    "TOO_DEEP": nested(8),
    "TOO_COSTLY": nested(5),
    "TOO_MANY_ALIASES": "{ "
    + " ".join(f"viewer {{ a{n}: person {{ id }} }}" for n in range(5))
    + " viewer { "
    + " ".join(f"b{n}: person {{ id }}" for n in range(50))
    + " } }",
    "TOO_MANY_ROOT_FIELDS": "{ " + " ".join(f"r{n}: __typename" for n in range(30)) + " }",
    "TOO_MANY_DEFINITIONS": "{ __typename } " + " ".join(f"fragment F{n} on Query {{ __typename }}" for n in range(40)),
    "TOO_MANY_REPEATS": "{ viewer { " + "person { id } " * 8 + "} }",
    "TOO_MANY_FIELDS": "{ viewer { " + f"... on Viewer {{ person {{ {'id name active ' * 5} }} }} " * 45 + " } }",
    "TOO_MANY_SIGN_INS": 'mutation { a: signIn(input: {login: "x", password: "y"}) { __typename } '
    'b: signIn(input: {login: "x", password: "y"}) { __typename } }',
}


@pytest.mark.parametrize("code", TOO_MUCH)
async def test_too_much_is_refused_with_a_code(api: Any, code: str) -> None:
    answer = await api.post("staff", TOO_MUCH[code])
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]
    assert not answer.get("data")


def test_a_fragment_bomb_costs_no_more_than_its_text() -> None:
    document = parse(bomb(25))
    took = []
    for _ in range(5):  # the quickest counts: other processes of the machine are not measured
        before = time.perf_counter()
        error = too_much(SCHEMA, document, {})
        took.append(time.perf_counter() - before)
    assert min(took) < 0.02
    assert error is not None and error.extensions == {"code": "TOO_COSTLY"}


def test_circles_of_fragments_are_left_to_validation() -> None:
    assert too_much(SCHEMA, parse("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"), {}) is None


async def test_tokens_are_counted_while_parsing(api: Any) -> None:
    answer = await api.post("", "query { " + "a " * 4000 + "}")
    assert len(answer["errors"]) == 1 and "token" in answer["errors"][0]["message"]


def test_a_page_counts_by_its_size_also_from_a_variable() -> None:
    document = parse("query($n: Int!) { motions(first: $n) { nodes { id title } } }")
    small, large = (Scale(SCHEMA, document, {"n": n}).whole().cost for n in (1, 100))
    assert large > small * 50


def test_usual_documents_fit() -> None:
    story = """query($id: ID!) { story(motionId: $id) { motion { title history { line action person { name } } }
      opinions { unit { name } availableActions { action blockers { message } } } directives { reports { text } } } }"""
    introspection = "{ __schema { types { name fields { name args { name type { name ofType { name } } } } } } }"
    for text in (story, introspection):
        assert too_much(SCHEMA, parse(text), {}) is None
    assert Scale(SCHEMA, parse(story), {}).whole().cost < MAX_COST // 10


async def test_at_most_five_errors(api: Any) -> None:
    answer = await api.post("", "{ " + " ".join(f"nothing{n}" for n in range(9)) + " }")
    assert len(answer["errors"]) == 5
