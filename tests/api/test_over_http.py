"""GraphQL over HTTP, audit by audit: the checks of the npm package graphql-http under their ids, then what the
specification says besides. They are asked of the application as it is served, pages and all."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.core.settings import Settings
from app.main import create_app
from schema.http import asked as reading

NEW = "application/graphql-response+json"
OLD = "application/json"
JSON = {"content-type": OLD}
HELLO = {"query": "{ __typename }"}
UNKNOWN_FIELD = {"query": "{ 8f31403dfe404bccbb0e835f2629c6a7 }"}
TYPED = {"query": "query Type($name: String!) { __type(name: $name) { name } }", "variables": {"name": "sometype"}}
NAMED = {"operationName": "Query", "query": "query Query { __typename }"}
COERCE = {"query": "query CoerceFailure($id: ID!){ __typename }", "variables": {"id": None}}
TYPO = {"qeury": "{ __typename }"}
WRONG = ("string", 0, False, ["array"])
NO_TEXT = ({"obj": "ect"}, 0, False, ["array"])


@dataclass(frozen=True)
class Audit:
    id: str
    accept: str | None = None
    body: Any = None
    raw: bytes | None = None
    content_type: str | None = OLD
    get: dict[str, Any] | None = None
    status: tuple[int, int] = (200, 200)
    type: str = ""
    errors: bool | None = None
    no_data: bool = False
    headers: dict[str, str] = field(default_factory=dict)


def audits() -> Iterator[Audit]:
    bad, bad_request = (400, 599), (400, 400)
    yield Audit("22EB", NEW, HELLO, type=NEW)
    yield Audit("4655", OLD, HELLO, type=OLD)
    yield Audit("47DE", "*/*", HELLO, type=OLD)
    yield Audit("80D8", None, HELLO, type=OLD)
    yield Audit("82A3", None, HELLO)
    yield Audit(
        "BF61", None, {"query": '{ __type(name: "Run🏃Swim🏊") { name } }'}, content_type=f"{OLD}; charset=utf-8"
    )
    for key in ("78D5", "2C94", "03D4"):
        yield Audit(key, None, HELLO)
    yield Audit("5A70", None, get=HELLO)
    yield Audit("9C48", NEW, get={"query": "mutation { __typename }"}, status=(405, 405), no_data=True)
    yield Audit("9ABE", None, raw=b"", content_type=None, status=(400, 499))
    yield Audit("A5BF", None, raw=b"", status=bad_request)
    yield Audit("423L", NEW, {"notquery": "{ __typename }"}, status=bad_request)
    for index, value in enumerate(NO_TEXT):
        yield Audit(f"LKJ{index}", None, {"query": value}, status=bad_request)
        yield Audit(f"6C0{index}", None, {**HELLO, "operationName": value}, status=bad_request)
    for index, value in enumerate(WRONG):
        yield Audit(f"476{index}", None, {**HELLO, "variables": value}, status=bad_request)
        yield Audit(f"58B{index}", None, {**HELLO, "extensions": value}, status=bad_request)
    for new, old, body in (("34A2", "13EE", HELLO), ("8161", "B8B3", NAMED), ("2EA1", "28B9", TYPED),
                           ("428F", "1B7A", {**HELLO, "extensions": {"some": "value"}})):  # fmt: skip
        yield Audit(new, NEW, body, errors=False)
        yield Audit(old, OLD, body, errors=False)
    for index, name in enumerate(("variables", "operationName", "extensions")):
        yield Audit(f"94B{index}", NEW, {**HELLO, name: None}, errors=False)
        yield Audit(f"022{index}", OLD, {**HELLO, name: None}, errors=False)
    in_address = {**TYPED, "variables": json.dumps(TYPED["variables"])}
    yield Audit("D6D5", NEW, get=in_address, errors=False)
    yield Audit("6A70", OLD, get=in_address, errors=False)
    for key, status in (("B6DC", bad), ("BCF8", bad_request)):
        yield Audit(key, None, raw=b'{ "not a JSON', status=status)
    for key, status in (("8764", bad), ("3E3A", bad_request)):
        yield Audit(key, None, TYPO, status=status)
    for key, body in (("572B", {"query": "{"}), ("FDE2", UNKNOWN_FIELD), ("7B9B", COERCE)):
        yield Audit(key, OLD, body, errors=True, no_data=True)
    for keys, body in ((("865D", "556A", "D586"), {"query": "{"}), (("51FE", "74FF", "5E5B"), UNKNOWN_FIELD)):
        for key, status in zip(keys, (bad, bad_request, bad_request), strict=True):
            yield Audit(key, NEW, body, status=status, errors=True, no_data=True)
    yield Audit("B7N8", NEW, raw=b'{ "not a JSON', status=bad_request)
    yield Audit("86EE", NEW, COERCE, status=bad_request, errors=True, no_data=True)


AUDITS = list(audits())


@pytest.fixture
async def served(sqlite_url: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The whole application: what stands before the endpoint stands before it here too."""
    app = create_app(Settings(database_url=sqlite_url, var=tmp_path, embedded_worker=False))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        client.headers.pop("accept")
        yield client
    await app.graphql.works.db.close()


async def ask(client: httpx.AsyncClient, audit: Audit) -> httpx.Response:
    headers = {"accept": audit.accept} if audit.accept else {}
    if audit.get is not None:
        return await client.get("/graphql", params=audit.get, headers=headers)
    if audit.content_type:
        headers["content-type"] = audit.content_type
    content = audit.raw if audit.raw is not None else json.dumps(audit.body).encode()
    return await client.post("/graphql", content=content, headers=headers)


def test_all_audits_are_here() -> None:
    """As many as release 1.23 of the package has."""
    assert len({audit.id for audit in AUDITS}) == len(AUDITS) == 61


@pytest.mark.parametrize("audit", AUDITS, ids=lambda audit: audit.id)
async def test_audit(served: httpx.AsyncClient, audit: Audit) -> None:
    response = await ask(served, audit)
    assert audit.status[0] <= response.status_code <= audit.status[1], response.text
    answer = json.loads(response.content.decode("utf-8"))
    kind = response.headers["content-type"]
    assert kind.endswith("; charset=utf-8") and audit.type in kind
    if audit.errors is not None:
        assert ("errors" in answer) is audit.errors
    if audit.no_data:
        assert "data" not in answer
    for error in answer.get("errors", ()):
        assert error["extensions"]["code"]


async def post(client: httpx.AsyncClient, body: Any = HELLO, **headers: str) -> httpx.Response:
    sent = {"content-type": OLD, **{name.replace("_", "-"): value for name, value in headers.items()}}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await client.post("/graphql", content=content, headers=sent)


def code(response: httpx.Response) -> str:
    assert "data" not in response.json()
    return str(response.json()["errors"][0]["extensions"]["code"])


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (f"{NEW}, {OLD};q=0.9", NEW), (f"{OLD}, {NEW}", OLD), (f"{NEW}; charset=utf-8, {OLD}; charset=utf-8", NEW),
        (f"{OLD};q=0.5, {NEW};q=0.1", OLD), (f"{NEW};q=0, */*", OLD), ("application/*", OLD),
        ("text/html, */*;q=0.1", OLD), (f"{OLD};q=0, {NEW}", NEW), (f"*/*;q=0.1, {NEW};q=0.2", NEW),
        (NEW.upper(), NEW), (" ", OLD), (f"text/plain, {NEW}", NEW),
    ],
)  # fmt: skip
async def test_the_best_media_type_is_chosen(served: httpx.AsyncClient, accept: str, kind: str) -> None:
    response = await post(served, accept=accept)
    assert response.status_code == 200 and response.headers["content-type"] == f"{kind}; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/plain", "image/*", f"{OLD};q=0", f"{OLD}; charset=iso-8859-1", "nonsense"])
async def test_what_cannot_be_accepted_is_406(served: httpx.AsyncClient, accept: str) -> None:
    response = await post(served, accept=accept)
    assert (response.status_code, code(response)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml",
             "application/json; charset=gbk", "application/jsonp"])  # fmt: skip
async def test_other_bodies_are_415(served: httpx.AsyncClient, kind: str) -> None:
    response = await post(served, content_type=kind)
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_a_compressed_body_is_415(served: httpx.AsyncClient) -> None:
    assert (await post(served, content_encoding="gzip")).status_code == 415


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "QUERY"])
async def test_other_methods_are_405_and_say_which_are_allowed(served: httpx.AsyncClient, method: str) -> None:
    response = await served.request(method, "/graphql")
    assert (response.status_code, code(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


async def test_options_says_what_is_allowed(served: httpx.AsyncClient) -> None:
    response = await served.options("/graphql")
    assert (response.status_code, response.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


@pytest.mark.parametrize("accept", [NEW, OLD])
async def test_a_mutation_by_get_is_405_whatever_is_accepted(served: httpx.AsyncClient, accept: str) -> None:
    """Chosen among several operations too."""
    several = "query A { __typename } mutation B { signOut { __typename } }"
    for params in ({"query": "mutation { __typename }"}, {"query": several, "operationName": "B"}):
        response = await served.get("/graphql", params=params, headers={"accept": accept})
        assert (response.status_code, response.headers["allow"], code(response)) == (405, "POST", "METHOD_NOT_ALLOWED")
    chosen = await served.get("/graphql", params={"query": several, "operationName": "A"})
    assert chosen.json() == {"data": {"__typename": "Query"}}


async def test_head_is_get_without_the_body(served: httpx.AsyncClient) -> None:
    got, head = [await served.request(method, "/graphql", params=HELLO) for method in ("GET", "HEAD")]
    assert head.status_code == 200 and head.content == b""
    assert head.headers["content-length"] == got.headers["content-length"] == str(len(got.content))


async def test_empty_parameters_of_an_address_are_none(served: httpx.AsyncClient) -> None:
    params = {**HELLO, "operationName": "", "variables": "", "extensions": ""}
    assert (await served.get("/graphql", params=params)).json() == {"data": {"__typename": "Query"}}
    named = await served.get("/graphql", params={"query": "query null { __typename }", "operationName": "null"})
    assert named.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("", 400), ("query=", 400), ("query={__typename}&variables={", 400), ("query={__typename}&variables=[1]", 400),
        ("query={__typename}&extensions=1", 400), ("query=%ff%fe", 400), ("query={__typename}&query={__typename}", 400),
        ("query=%7B" + "a" * 40_000, 414), ("&".join(f"a{n}=1" for n in range(60)), 400),
    ],
)  # fmt: skip
async def test_a_malformed_address_is_4xx(served: httpx.AsyncClient, address: str, status: int) -> None:
    response = await served.get(f"/graphql?{address}", headers={"accept": OLD})
    assert response.status_code == status and code(response)


async def test_unknown_properties_are_ignored(served: httpx.AsyncClient) -> None:
    assert (await post(served, {**HELLO, "more": 1})).json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize("body", [b"[]", b'[{"query":"{__typename}"}]', b"1", b"null", b'"x"', b"\xff\xfe", b"[" * 5000,
                                  b'{"query":"\xff"}', b'{"query":"\\ud800"}', b'{"a":1e999', b"{}"])  # fmt: skip
async def test_what_is_no_request_is_400_whatever_is_accepted(served: httpx.AsyncClient, body: bytes) -> None:
    for accept in (OLD, NEW):
        response = await post(served, body, accept=accept)
        assert response.status_code == 400 and code(response) in ("BAD_JSON", "BAD_REQUEST")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"), ({"query": ""}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ viewer { } }"}, "GRAPHQL_PARSE_FAILED"), ({"query": "{ no }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query($id: ID!) { node(id: $id) { id } }"}, "BAD_USER_INPUT"),
        ({"query": "query A { __typename } query B { __typename }"}, "OPERATION_RESOLUTION_FAILURE"),
        ({**NAMED, "operationName": "Other"}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "fragment F on Query { __typename }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "type A { b: Int }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "subscription { notifications { id } }"}, "SUBSCRIPTION_REFUSED"),
    ],
)  # fmt: skip
async def test_a_request_that_cannot_be_executed_has_a_code_and_no_data(
    served: httpx.AsyncClient, body: Any, says: str
) -> None:
    for accept, status in ((NEW, 400), (OLD, 200)):
        response = await post(served, body, accept=accept)
        assert (response.status_code, code(response)) == (status, says)


async def test_errors_of_fields_are_still_an_answer(served: httpx.AsyncClient) -> None:
    """Executed, so the answer has data, also where it is null; the status is 200 in either media type."""
    for accept in (NEW, OLD):
        response = await post(served, {"query": '{ units(after: "x") { nodes { id } } }'}, accept=accept)
        answer = response.json()
        assert response.status_code == 200 and answer["data"] is None
        assert answer["errors"][0]["extensions"]["code"] == "BAD_CURSOR"


async def test_a_body_has_at_most_a_megabyte(served: httpx.AsyncClient) -> None:
    large = {**HELLO, "variables": {"x": "a" * 1_100_000}}
    parts = [b" " * 100_000] * 11

    async def stream() -> AsyncIterator[bytes]:
        for part in parts:
            yield part

    said = await post(served, large)
    unsaid = await served.post("/graphql", content=stream(), headers=JSON)
    for response in (said, unsaid):
        assert (response.status_code, code(response)) == (413, "BODY_TOO_LARGE")


async def test_a_body_that_does_not_come_is_408(served: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "READ_WAIT", 0.05)

    async def stalled() -> AsyncIterator[bytes]:
        yield b'{"query":'
        await asyncio.sleep(5)

    response = await served.post("/graphql", content=stalled(), headers=JSON)
    assert (response.status_code, code(response)) == (408, "REQUEST_TIMEOUT")


async def test_every_answer_has_the_headers_of_a_careful_house(served: httpx.AsyncClient) -> None:
    for response in (await post(served), await post(served, b"{"), await served.get("/graphql", params=HELLO)):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert "accept" in response.headers["vary"] and "cache-control" in response.headers


async def test_a_strange_host_is_refused(served: httpx.AsyncClient) -> None:
    assert (await post(served, host="evil.example")).status_code == 400
    assert (await post(served, host="127.0.0.1:8000")).status_code == 200


async def test_the_same_answer_is_not_sent_twice(served: httpx.AsyncClient) -> None:
    """A tag of the answer's own bytes; it saves the way, not the work."""
    first = await served.get("/graphql", params=HELLO)
    tag = first.headers["etag"]
    for known in (tag, f'"other", W/{tag}', "*"):
        again = await served.get("/graphql", params=HELLO, headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = await served.get("/graphql", params=HELLO, headers={"if-none-match": tag, "accept": NEW})
    assert other.status_code == 200 and other.headers["etag"] != tag
    failed = await served.get("/graphql", params={"query": '{ units(after: "x") { nodes { id } } }'})
    assert "etag" not in failed.headers
