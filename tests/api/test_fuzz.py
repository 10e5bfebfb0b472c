"""Whatever is sent, the answer is one of GraphQL: no status of 500, no error without a code, none that is ours."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import orjson
import pytest
from graphql import GraphQLSchema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import Mode, mutations, nodes, queries
from sqlalchemy import select

from schema import build_schema
from schema.ids import pack
from schema.nodes import BY_MODEL
from tests.api.conftest import Api
from tests.support.nasty import anything, operations, texts, values

SCHEMA: GraphQLSchema = build_schema()._schema
WHO = ("staff", "director", "leader", "in_charge", "finance", "sysadmin", "secadmin", "auditor", "")
NEW = "application/graphql-response+json"
# The city of a test stays for all its examples: what they leave behind is part of what is tried.
lasting = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    deadline=None,
)
# Whole documents take a while to make.
fewer = settings(lasting, max_examples=max(15, settings.default.max_examples // 4))
SCALARS = {
    name: values(SCHEMA.type_map[name], {}).filter(lambda value: value is not None).map(nodes.String)
    for name in ("Date", "DateTime", "Decimal")
}


def sound(response: httpx.Response) -> dict[str, Any]:
    """The answer, once it has been looked at from all sides."""
    assert response.status_code in (200, 400, 403, 405, 406, 413, 414, 415), response.text
    answer: dict[str, Any] = json.loads(response.content.decode("utf-8"))
    errors = answer.get("errors", [])
    assert ("data" in answer or errors) and len(errors) <= 5
    for error in errors:
        assert isinstance(error["message"], str)
        assert error["extensions"]["code"] not in ("", "INTERNAL"), answer
    return answer


async def say(api: Api, who: str, body: bytes, **headers: str) -> dict[str, Any]:
    sent = {"content-type": "application/json", "accept": NEW, **headers}
    if who:
        sent["authorization"] = f"Bearer {await api.token(who)}"
    return sound(await api.http.post("/", content=body, headers=sent))


async def ids_of(api: Api) -> dict[str, list[str]]:
    """The ids of a city in which a matter is under way, some of each type."""
    _, _, decision = await api.city.decided()
    await api.city.document(decision)
    await api.city.motion("submitted", disclosure="restricted")
    found: dict[str, list[str]] = {}
    async with api.city.db.read() as session:
        for model, noun in BY_MODEL.items():
            key: Any = getattr(model, noun.key, None)
            if key is None:
                continue  # a part of a row that is no row of its own
            keys = (await session.scalars(select(key).order_by(key).limit(30))).all()
            if keys:
                found[noun.name] = [pack(noun.name, each) for each in keys]
    return found


@given(data=st.data(), who=st.sampled_from(WHO))
@lasting
async def test_arguments_of_the_right_type_and_wrong_in_every_other_way(api: Api, data: Any, who: str) -> None:
    """Every field of the roots, with ids that exist among those that do not."""
    if not hasattr(api, "ids"):
        api.ids = await ids_of(api)
    body = data.draw(operations(SCHEMA, api.ids))
    await say(api, who, json.dumps(body).encode())


@pytest.mark.parametrize("mode", [Mode.POSITIVE, Mode.NEGATIVE], ids=["valid", "invalid"])
@given(data=st.data(), who=st.sampled_from(WHO))
@fewer
async def test_documents_over_the_whole_schema(api: Api, mode: Mode, data: Any, who: str) -> None:
    """Of any shape, right ones and wrong ones, queries and mutations."""
    make, root = data.draw(st.sampled_from([(queries, SCHEMA.query_type), (mutations, SCHEMA.mutation_type)]))
    wrong = mode is Mode.NEGATIVE  # only what takes arguments can be asked for wrongly
    fields = [name for name, field in root.fields.items() if field.args or not wrong]
    field = data.draw(st.sampled_from(sorted(fields)))
    text = data.draw(make(SCHEMA, fields=[field], custom_scalars=SCALARS, mode=mode))
    await say(api, who, json.dumps({"query": text}).encode())


@given(body=st.binary(max_size=200) | anything.map(lambda value: json.dumps(value).encode()), accept=texts, kind=texts)
@lasting
async def test_bodies_of_any_bytes(api: Api, body: bytes, accept: str, kind: str) -> None:
    await say(api, "", body)
    headers = {"accept": accept.encode("utf-8", "replace"), "content-type": kind.encode("utf-8", "replace")}
    headers = {name: value.replace(b"\n", b"").replace(b"\r", b"") for name, value in headers.items()}
    sound(await api.http.post("/", content=body, headers=headers))


PARAMETERS = ("query", "operationName", "variables", "extensions", "documentId", "more")
GOOD = {"query": "query A($x: Int) { units(first: $x) { nodes { id } } }", "operationName": "A", "variables": {"x": 1}}


@given(wrong=st.dictionaries(st.sampled_from(PARAMETERS), anything, min_size=1))
@lasting
async def test_parameters_of_any_type(api: Api, wrong: dict[str, Any]) -> None:
    await say(api, "staff", json.dumps({**GOOD, **wrong}).encode())


@given(query=st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
@lasting
async def test_addresses_of_any_bytes(api: Api, query: bytes) -> None:
    scope = {"query_string": query}

    async def app(given: Any, receive: Any, send: Any) -> None:
        await api.http._transport.app({**given, **scope}, receive, send)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://testserver") as http:
        sound(await http.get("/", headers={"accept": NEW}))


BREAKERS = (
        b'{"query":"{__typename}","variables":' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}",
        b'{"query":' + b"[" * 100_000, b'{"query":"{__typename}","variables":{"x":' + b"9" * 5000 + b"}}",
        b'{"query":"{__typename}","variables":{"x":1e400}}', b'{"query":"{__typename}","operationName":"\\ud800"}',
        b'{"query":"query($x:Int){units(first:$x){nodes{id}}}","variables":{"x":' + b"9" * 30 + b"}}",
        orjson.dumps({"query": "{ units(first: " + "9" * 4000 + ") { nodes { id } } }"}),
        orjson.dumps({"query": "{ units(first: 1e400) { nodes { id } } }"}),
        orjson.dumps({"query": '{ node(id: "\\u0000") { id } }'}),
        orjson.dumps({"query": '{ node(id: "\\uD800") { id } }'}),
        orjson.dumps({"query": "{ node(id: " + "[" * 400 + "]" * 400 + ") { id } }"}),
        orjson.dumps({"query": "{ " + "a { " * 400 + "b" + " }" * 400 + " }"}),
        orjson.dumps({"query": "query($a: String) { units(after: $a) { nodes { id } } }", "variables": {"a": "\0"}}),
        orjson.dumps({"query": '{ motions(filter: {search: "\\u0000"}) { nodes { id } } }'}),
        orjson.dumps({"query": '{ motions(after: "YzoA") { nodes { id } } }'}),
        orjson.dumps({"query": "{ __typename }", "variables": {str(n): n for n in range(50_000)}}),
        "{\"query\": \"{ __typename }\"}".encode("utf-16"), b"\xef\xbb\xbf" + b'{"query":"{ __typename }"}',
)  # fmt: skip


async def test_known_ways_to_break_a_server(api: Api) -> None:
    for body in BREAKERS:
        for who in ("", "auditor", "staff"):
            await say(api, who, body)


@pytest.fixture(autouse=True)
def _no_plan_fails(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What the planner stumbles over is answered by the resolvers, and nobody would notice."""
    yield
    said = [record.getMessage() for record in caplog.get_records("call")]
    assert [each for each in said if "plan failed" in each or "could not be planned" in each] == []
