"""Documents that the server knows: automatic persisted queries, and what clients were built with."""

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.core.refusals import Invalid, NotFound
from app.models.records import Trail
from app.models.trusted import TrustedDocument
from app.services import trusted
from app.services.trusted import Offered
from schema import faults_of, graphql_app
from schema.http import persisted
from tests.api.conftest import Api

TEXT = "query Hello { __typename }"
NEW = "application/graphql-response+json"
JSON = {"content-type": "application/json", "accept": NEW}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def automatic(text: str, **more: Any) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest(text)}}, **more}


def code(response: httpx.Response) -> tuple[int, str]:
    assert "data" not in response.json()
    return response.status_code, response.json()["errors"][0]["extensions"]["code"]


@asynccontextmanager
async def endpoint(api: Api, **kwargs: Any) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=graphql_app(api.city.works, **kwargs))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver", headers=JSON) as http:
        yield http


async def test_a_text_is_sent_once_and_then_its_hash(api: Api) -> None:
    """Apollo's protocol, by POST and by GET."""
    async with endpoint(api) as http:
        unknown = await http.post("/", json=automatic(TEXT))
        assert code(unknown) == (400, "PERSISTED_QUERY_NOT_FOUND")
        assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
        sent = await http.post("/", json=automatic(TEXT, query=TEXT))
        known = await http.post("/", json=automatic(TEXT))
        extensions = json.dumps(automatic(TEXT)["extensions"])
        got = await http.get("/", params={"extensions": extensions, "operationName": "Hello"})
        named = await http.post("/", json={"documentId": f"sha256:{digest(TEXT)}"})
    for response in (sent, known, got, named):
        assert response.json() == {"data": {"__typename": "Query"}}


async def test_another_process_asks_for_the_text_again(api: Api) -> None:
    async with endpoint(api) as one, endpoint(api) as other:
        await one.post("/", json=automatic(TEXT, query=TEXT))
        assert code(await other.post("/", json=automatic(TEXT))) == (400, "PERSISTED_QUERY_NOT_FOUND")


async def test_a_hash_that_is_not_the_texts_is_refused_and_not_kept(api: Api) -> None:
    async with endpoint(api) as http:
        wrong = await http.post("/", json=automatic("query Other { __typename }", query=TEXT))
        assert code(wrong) == (400, "PERSISTED_QUERY_HASH_MISMATCH")
        for each in ("query Other { __typename }", TEXT):
            assert code(await http.post("/", json=automatic(each))) == (400, "PERSISTED_QUERY_NOT_FOUND")


async def test_what_cannot_be_executed_is_not_kept(api: Api) -> None:
    async with endpoint(api) as http:
        await http.post("/", json=automatic("{ nothing }", query="{ nothing }"))
        assert code(await http.post("/", json=automatic("{ nothing }"))) == (400, "PERSISTED_QUERY_NOT_FOUND")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"version": 2, "sha256Hash": digest(TEXT)}, "PERSISTED_QUERY_NOT_SUPPORTED"), ({"version": 1}, "BAD_REQUEST"),
        ([], "BAD_REQUEST"), ({"version": 1, "sha256Hash": 1}, "BAD_REQUEST"),
        ({"version": 1, "sha256Hash": "x' or 1\x00"}, "PERSISTED_QUERY_NOT_FOUND"),
    ],
)  # fmt: skip
async def test_other_forms_are_refused_with_a_code(api: Api, given: Any, says: str) -> None:
    async with endpoint(api) as http:
        assert code(await http.post("/", json={"extensions": {"persistedQuery": given}})) == (400, says)


async def test_the_store_is_bounded(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persisted, "ENTRIES", 3)
    texts = [f"query Q{n} {{ __typename }}" for n in range(5)]
    async with endpoint(api) as http:
        for text in texts:
            await http.post("/", json=automatic(text, query=text))
        known = ["data" in (await http.post("/", json=automatic(text))).json() for text in texts]
    assert known == [False, False, True, True, True]


async def register(api: Api, *texts: str, client: str = "ios 1", ids: tuple[str, ...] = ()) -> list[TrustedDocument]:
    offered = [
        Offered(ids[n] if ids else f"sha256:{digest(text)}", text, f"{n}.graphql") for n, text in enumerate(texts)
    ]
    async with api.city.works.begin() as work:
        return await trusted.register(work, client, offered, "builder")


async def test_only_registered_documents_are_let_in_where_that_is_set(api: Api) -> None:
    """By id, by hash, or by the very text; nothing else, not even with a comment more."""
    await register(api, TEXT)
    await register(api, "query Mine { viewer { name } }", ids=("Mine:1",))
    async with endpoint(api, only_trusted=True, explorer=True) as http:
        for body in (automatic(TEXT), {"documentId": f"sha256:{digest(TEXT)}"}, {"query": TEXT}):
            assert (await http.post("/", json=body)).json() == {"data": {"__typename": "Query"}}
        assert (await http.get("/", params={"documentId": "Mine:1"})).json() == {"data": {"viewer": {"name": None}}}
        other = f"{TEXT} # more"
        for body in ({"query": other}, automatic(other), automatic(other, query=other)):
            assert code(await http.post("/", json=body)) == (403, "DOCUMENT_NOT_TRUSTED")
        assert code(await http.post("/", json={"documentId": "Other"})) == (400, "DOCUMENT_NOT_FOUND")
        old = await http.post("/", json={"query": other}, headers={"accept": "application/json"})
        assert code(old) == (200, "DOCUMENT_NOT_TRUSTED")


async def test_where_only_trusted_ones_are_let_in_the_schema_is_not_shown(api: Api) -> None:
    """No explorer, no introspection, no hint, whatever else is set."""
    await register(api, "{ motion { id } }", "{ __schema { types { name } } }")
    async with endpoint(api, only_trusted=True, explorer=True) as http:
        page = await http.get("/", headers={"accept": "text/html"})
        assert page.status_code == 406
        assert (
            code(await http.post("/", json={"query": "{ __schema { types { name } } }"}))[1]
            == "GRAPHQL_VALIDATION_FAILED"
        )
        hint = await http.post("/", json={"query": "{ motion { id } }"})
        assert "Did you mean" not in hint.text


async def test_registered_documents_may_be_asked_for_by_id_also_where_all_are_let_in(api: Api) -> None:
    await register(api, TEXT, ids=("Hello",))
    async with endpoint(api) as http:
        assert (await http.post("/", json={"documentId": "Hello"})).json() == {"data": {"__typename": "Query"}}
        assert code(await http.post("/", json={"documentId": "Hello", "query": TEXT})) == (400, "BAD_REQUEST")
        for strange in ("", "x\x00", "x" * 300, "😀"):
            assert code(await http.post("/", json={"documentId": strange})) == (400, "DOCUMENT_NOT_FOUND")


async def test_a_withdrawn_document_is_refused_within_seconds(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in a process that has just answered it; a text that another client still has stays."""
    monkeypatch.setattr(persisted, "TRUST_SECONDS", 0.0)
    await register(api, TEXT)
    await register(api, TEXT, client="android 1")
    async with endpoint(api, only_trusted=True) as http:
        for client, status in (("ios 1", 200), ("android 1", 403)):
            async with api.city.works.begin() as work:
                await trusted.withdraw(work, client, [], "operator")
            assert (await http.post("/", json={"query": TEXT})).status_code == status


@pytest.mark.clause("C6")
async def test_who_registered_and_withdrew_what_stays_on_record(api: Api) -> None:
    [row] = await register(api, TEXT)
    assert await register(api, TEXT) == []
    async with api.city.works.begin() as work:
        await trusted.withdraw(work, "ios 1", [row.document_id], "operator")
    async with api.city.db.read() as session:
        [kept] = (await session.scalars(select(TrustedDocument))).all()
        entries = (await session.scalars(select(Trail).where(Trail.noun == "trusted_document"))).all()
    assert (kept.registered_by, kept.withdrawn_by, kept.digest) == ("builder", "operator", digest(TEXT))
    assert [(entry.action, entry.content_hash) for entry in entries] == [
        ("register", digest(TEXT)), ("withdraw", digest(TEXT)),
    ]  # fmt: skip


async def test_an_id_names_one_text(api: Api) -> None:
    """Refused as a whole: nothing of the batch is registered."""
    await register(api, TEXT, ids=("Hello",))
    with pytest.raises(Invalid):
        await register(api, "{ viewer { name } }", "query Hello { viewer { name } }", client="b", ids=("New", "Hello"))
    with pytest.raises(Invalid):
        await register(api, TEXT, ids=("two words",))
    with pytest.raises(NotFound):
        async with api.city.works.begin() as work:
            await trusted.withdraw(work, "ios 1", ["Hello", "Other"], "operator")
    async with api.city.db.read() as session:
        rows = (await session.scalars(select(TrustedDocument))).all()
    assert [(row.document_id, row.withdrawn_at) for row in rows] == [("Hello", None)]


def test_a_build_is_told_what_would_not_be_executed() -> None:
    assert faults_of(TEXT) == []
    assert "Cannot query field 'nothing'" in faults_of("{ nothing }")[0]
    assert faults_of("{ a") and faults_of("{ __schema { types { name } } }")
