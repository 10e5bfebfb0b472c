"""What one document may ask, and how quickly too much is refused."""

from contextlib import suppress
from typing import Any

import pytest
from graphql import DocumentNode, get_introspection_query, parse

from schema import build_schema, prepared
from schema.errors import NotExecuted
from schema.limits import MAX_COST, Scale, Weight
from schema.prepared import Library
from tests.api.conftest import Api

SCHEMA = build_schema()._schema


def weigh(text: str, **variables: Any) -> Weight:
    return Library(SCHEMA, open_schema=True).prepare(text).weigh(variables)


def weigh_all(document: DocumentNode) -> None:
    scale = Scale(SCHEMA, document)
    for operation in scale.operations:
        scale.weigh(operation, {})


def refusal(text: str) -> str:
    """The code with which a document is refused before it is validated."""
    document = parse(text)
    with pytest.raises(NotExecuted) as refused:
        weigh_all(document)
    return str(refused.value.errors[0].extensions["code"])


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
    "TOO_MANY_ALIASES": "{ viewer { " + " ".join(f"b{n}: person {{ id }}" for n in range(50)) + " } }",
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


def steps(text: str) -> int:
    """What weighing a document took, whether it was refused or not."""
    scale = Scale(SCHEMA, parse(text))
    for operation in scale.operations:
        with suppress(NotExecuted):
            scale.weigh(operation, {})
    return scale.steps


def test_a_fragment_bomb_costs_no_more_than_its_text() -> None:
    """Counted, not timed: a fragment is looked at once, however often it is spread."""
    assert refusal(bomb(25)) == "TOO_MANY_REPEATS"
    assert steps(bomb(25)) - steps(bomb(24)) == steps(bomb(15)) - steps(bomb(14)) <= 6


def test_work_grows_with_the_text_also_where_every_fragment_spreads_every_later_one() -> None:
    """The worst that the limits let through: at most each key once for each spread."""

    def fragment(n: int) -> str:
        fields = " ".join(f"k{m}: __typename" for m in range(10)) if n > 10 else "__typename"
        return f"fragment F{n} on Query {{ {fields} {' '.join(f'...F{m}' for m in range(n + 1, 14))} }} "

    assert steps("{ ...F0 }" + "".join(map(fragment, range(14)))) < 100 * 12 * 2


async def test_what_is_refused_is_never_validated(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """Validation compares fields with one another; a document that asks too much does not get that far."""

    def never(*_: Any) -> Any:
        raise AssertionError("validated")

    monkeypatch.setattr(prepared, "faults", never)
    for text in (bomb(25), nested(8), nested(5)):
        assert "errors" in await api.post("staff", text)


def test_circles_of_fragments_are_left_to_validation() -> None:
    circle = parse("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")
    scale = Scale(SCHEMA, circle)
    assert scale.weigh(scale.operations[0], {}).cost == 0


def test_fragments_that_nest_ever_deeper_are_too_deep() -> None:
    chain = "".join(f"fragment F{n} on Query {{ ... on Query {{ ... {{ ...F{n + 1} }} }} }} " for n in range(25))
    assert refusal(f"{{ ...F0 }} {chain} fragment F25 on Query {{ __typename }}") == "TOO_DEEP"


async def test_tokens_are_counted_while_parsing(api: Api) -> None:
    answer = await api.post("", "query { " + "a " * 1600 + "}")
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["TOO_MANY_TOKENS"]
    answer = await api.post("", "#" * 60_000 + "\n{ __typename }")
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["TOO_LONG"]


def test_a_page_counts_by_its_size_also_from_a_variable() -> None:
    text = "query($n: Int!) { motions(first: $n) { nodes { id title } } }"
    assert weigh(text, n=100).cost > weigh(text, n=1).cost * 50
    by_default = "query($n: Int = 100) { motions(first: $n) { nodes { id title } } }"
    assert weigh(by_default).cost == weigh(text, n=100).cost
    ids = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert weigh(ids, ids=["x"] * 50).cost > weigh(ids, ids=["x"]).cost * 25


@pytest.mark.parametrize("first", ["101", "$n", "$d"])
async def test_a_page_of_more_than_a_hundred_is_refused_before_anything_is_read(api: Api, first: str) -> None:
    query = f"""query($n: Int = 5, $d: Int = 500) {{ motions(first: {first}) {{ nodes {{ id }} }}
      units(first: $n) {{ nodes {{ id }} }} people(first: $d) {{ nodes {{ id }} }} }}"""
    answer = await api.post("staff", query, n=101 if first != "$d" else 5)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_PAGE_SIZE"]
    assert "data" not in answer


async def test_the_same_text_is_refused_or_not_by_its_variables(api: Api) -> None:
    """What fits only with small pages is weighed with each request."""
    query = """query($n: Int!) { meetings(first: $n) { nodes { items { motion { opinions {
      availableActions { action allowed } unit { id name } text position } } } } } }"""
    assert "errors" not in await api.post("staff", query, n=2)
    answer = await api.post("staff", query, n=100)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["TOO_COSTLY"]


def test_usual_documents_fit() -> None:
    story = """query($id: ID!) { story(motionId: $id) { motion { title history { line action person { name } } }
      opinions { unit { name } availableActions { action blockers { message } } } directives { reports { text } } } }"""
    assert weigh(get_introspection_query()).cost < MAX_COST
    assert weigh(story).cost < MAX_COST // 10


def test_many_components_may_ask_for_the_same_fields() -> None:
    """Each part of a client's page brings its fragment with the id."""
    parts = "".join(f"fragment P{n} on Motion {{ id title state }} " for n in range(20))
    spreads = " ".join(f"...P{n}" for n in range(20))
    assert weigh(f"{{ motions {{ nodes {{ {spreads} }} }} }} {parts}").cost < MAX_COST // 10


def test_a_hundred_meetings_with_their_motions_and_opinions_fit() -> None:
    text = """{ meetings(first: 100) { nodes { id title startsAt items { id motion { id title state
      opinions { position text unit { name } } } } } } }"""
    assert weigh(text).cost < MAX_COST


async def test_the_cost_is_told_to_who_asks(api: Api) -> None:
    query = "query($n: Int!) { units(first: $n) { nodes { id name } } }"
    body = {"query": query, "variables": {"n": 10}, "extensions": {"cost": True}}
    told = (await api.http.post("/", json=body)).json()
    assert told["data"] == {"units": {"nodes": []}}
    assert told["extensions"]["cost"] == {"estimated": 31, "most": MAX_COST, "depth": 3}
    assert "extensions" not in (await api.http.post("/", json={**body, "extensions": None})).json()


async def test_at_most_five_errors(api: Any) -> None:
    answer = await api.post("", "{ " + " ".join(f"nothing{n}" for n in range(9)) + " }")
    assert len(answer["errors"]) == 5
