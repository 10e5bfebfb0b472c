"""/graphql over HTTP: content types, methods, sizes, and what strangers are told when something breaks."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.core.ids import new_id
from app.queries import visibility
from app.services import delegations
from schema import build_schema, graphql_app, sdl
from schema.http import Endpoint
from schema.ids import pack
from tests.api.conftest import Api

JSON = {"content-type": "application/json"}
NEW = "application/graphql-response+json"


SIMPLE = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "")


@pytest.mark.parametrize("kind", SIMPLE)
async def test_simple_content_types_are_refused(api: Api, kind: str) -> None:
    """A foreign page can send these without asking; nothing happens on them."""
    body = b'{"query":"mutation{signOut{__typename}}"}'
    response = await api.http.post("/", content=body, headers={"content-type": kind})
    assert response.status_code == 415 and "errors" in response.json()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"1", b'"x"', b"\xff\xfe", b"[" * 5000, b'{"query": 1}',
                                  b'{"query": "{__typename}", "variables": [1]}', b"{}"])  # fmt: skip
async def test_malformed_bodies_are_400(api: Api, body: bytes) -> None:
    response = await api.http.post("/", content=body, headers=JSON)
    assert response.status_code == 400 and response.json()["errors"][0]["extensions"]["code"]


async def test_a_body_of_more_than_a_megabyte_is_refused(api: Api) -> None:
    body = json.dumps({"query": "{ __typename }", "variables": {"x": "a" * 1_100_000}}).encode()
    response = await api.http.post("/", content=body, headers=JSON)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (413, "BODY_TOO_LARGE")


async def test_get_is_for_queries_only(api: Api) -> None:
    asked = await api.http.get("/", params={"query": "{ __typename }"})
    assert asked.json() == {"data": {"__typename": "Query"}}
    acted = await api.http.get("/", params={"query": "mutation { signOut { __typename } }"})
    assert (acted.status_code, acted.headers["allow"]) == (405, "POST") and "data" not in acted.json()
    for params in ({"query": "{ __typename }", "variables": "[1]"}, {"query": "{ __typename }", "variables": "{"}):
        assert (await api.http.get("/", params=params)).status_code == 400


async def test_the_new_media_type_tells_by_its_status(api: Api) -> None:
    """GraphQL over HTTP: 400 and no data where nothing was executed; 200 in the older media type."""
    for accept, status in ((NEW, 400), ("application/json", 200)):
        response = await api.http.post("/", json={"query": "{ nothing }"}, headers={"accept": accept})
        assert response.status_code == status and "data" not in response.json()
    good = await api.http.post("/", json={"query": "{ __typename }"}, headers={"accept": NEW})
    assert good.status_code == 200 and good.headers["content-type"].startswith(NEW)


async def test_what_breaks_inside_is_not_told(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(delegations, "withdraw_delegation", broken)
    query = "mutation($id: ID!) { withdrawDelegation(input: {id: $id}) { __typename } }"
    answer = await api.post("staff", query, id=pack("Delegation", new_id()))
    assert answer["errors"][0]["message"] == "Unexpected error." and "secret" not in json.dumps(answer)


@pytest.mark.parametrize("after", ["", "x", "!", "YzoxMjM"])
async def test_malformed_cursors_have_a_code(api: Api, after: str) -> None:
    answer = await api.post("staff", "query($after: String) { motions(after: $after) { nodes { id } } }", after=after)
    if after:
        assert answer["errors"][0]["extensions"]["code"] == "BAD_CURSOR"


async def test_pages_follow_one_another(api: Api) -> None:
    query = """query($after: String) { units(first: 3, after: $after, orderBy: OLDEST_FIRST) {
      totalCount edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage endCursor } } }"""
    seen: list[str] = []
    after = None
    while True:
        units = (await api.ask("staff", query, after=after))["units"]
        seen += [edge["node"]["name"] for edge in units["edges"]]
        assert units["pageInfo"]["hasPreviousPage"] is (after is not None)
        if not units["pageInfo"]["hasNextPage"]:
            break
        after = units["pageInfo"]["endCursor"]
    assert seen == list(api.city.units) and units["totalCount"] == len(seen)


async def test_siblings_share_their_statements(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """A longer list asks the database no more often."""
    filters: list[Any] = []
    real = visibility.row_filter

    def counted(*args: Any) -> Any:
        filters.append(args)
        return real(*args)

    monkeypatch.setattr(visibility, "row_filter", counted)
    query = """{ motions { nodes { title drafter { name } proposingUnit { name } history { person { name } }
      availableActions { allowed } waitingOn { names } } } }"""
    counts = []
    for _ in range(2):
        await api.city.motion("submitted")
        filters.clear()
        await api.ask("director", query)
        counts.append(len(filters))
    assert counts[0] == counts[1]


async def test_the_explorer_page_needs_nobody_else(api: Api) -> None:
    page = await api.http.get("/", headers={"accept": "text/html"})
    policy = page.headers["content-security-policy"]
    assert page.status_code == 200 and policy.startswith("default-src 'none'") and "//" not in policy
    assert "https://" not in page.text and "{nonce}" not in page.text


async def test_outside_demonstrations_there_is_no_introspection_and_no_hint(api: Api) -> None:
    transport = httpx.ASGITransport(app=graphql_app(api.city.works))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        introspection = (await http.post("/", json={"query": "{ __schema { types { name } } }"})).json()
        assert "data" not in introspection
        hint = (await http.post("/", json={"query": "{ motion { id } }"})).json()
        assert "Did you mean" not in hint["errors"][0]["message"]
        assert (await http.get("/", headers={"accept": "text/html"})).status_code == 406


def test_the_snapshot_is_fresh() -> None:
    """Regenerate: `python -m app schema --write`."""
    snapshot = Path(__file__).resolve().parents[2] / "schema" / "schema.graphql"
    assert snapshot.read_text("utf-8") == sdl()


async def test_what_the_planner_stumbles_over_is_answered_by_the_resolvers(api: Api) -> None:
    """A query only: a mutation that failed half way is not tried again."""

    async def stumbling(*_: Any) -> bytes:
        raise RuntimeError("a fault of the planner")

    app = Endpoint(build_schema(), api.city.works, plan=stumbling)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://testserver") as http:
        assert (await http.post("/", json={"query": "{ __typename }"})).json() == {"data": {"__typename": "Query"}}
        failed = await http.post("/", json={"query": "mutation { signOut { __typename } }"})
    assert failed.status_code == 500 and failed.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
