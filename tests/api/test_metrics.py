"""What a process counts, and who may see it; what is shown only where nobody else can reach the server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.core.settings import Settings
from app.main import create_app


@asynccontextmanager
async def served(url: str, folder: Path, **settings: Any) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(Settings(database_url=url, var=folder, embedded_worker=False, allowed_hosts="here", **settings))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://here") as client:
        yield client
    await app.graphql.works.db.close()


async def test_answers_refusals_and_what_was_not_planned_are_counted(sqlite_url: str, tmp_path: Path) -> None:
    async with served(sqlite_url, tmp_path) as client:
        for query in (
            "{ viewer { name } }",
            "{ viewer { name } }",
            "{ nothing }",
            "mutation { signOut { __typename } }",
        ):
            await client.post("/graphql", json={"query": query})
        await client.put("/graphql")
        counted = (await client.get("/metrics")).text.splitlines()
    assert 'yishi_graphql_answers_total{kind="query",by="plan"} 2' in counted
    assert 'yishi_graphql_answers_total{kind="mutation",by="resolvers"} 1' in counted
    assert 'yishi_graphql_refusals_total{code="GRAPHQL_VALIDATION_FAILED"} 1' in counted
    assert 'yishi_graphql_refusals_total{code="METHOD_NOT_ALLOWED"} 1' in counted
    assert "# TYPE yishi_graphql_not_planned_total counter" in counted


async def test_what_is_left_to_the_resolvers_is_counted_by_reason(sqlite_url: str, tmp_path: Path) -> None:
    async with served(sqlite_url, tmp_path) as client:
        await client.post("/graphql", json={"query": '{ units(after: "x") { nodes { id } } }'})
        counted = (await client.get("/metrics")).text
    assert 'yishi_graphql_answers_total{kind="query",by="resolvers"} 1' in counted
    assert "yishi_graphql_not_planned_total{because=" in counted


PROXIED = {"public_url": "https://yishi.example.cn"}
OPEN = {"host": "0.0.0.0"}  # noqa: S104 - a server that others reach


@pytest.mark.parametrize(
    ("settings", "token", "status"),
    [
        ({}, "", 200), (OPEN, "", 404), (PROXIED, "", 404), ({"public_url": "http://localhost:8000"}, "", 200),
        ({**OPEN, "metrics_token": "t"}, "", 401), ({**OPEN, "metrics_token": "t"}, "Bearer x", 401),
        ({**OPEN, "metrics_token": "t"}, "Bearer t", 200), ({"metrics_token": "t"}, "", 401),
    ],
)  # fmt: skip
async def test_who_may_see_the_counts(
    sqlite_url: str, tmp_path: Path, settings: dict[str, str], token: str, status: int
) -> None:
    async with served(sqlite_url, tmp_path, **settings) as client:
        assert (await client.get("/metrics", headers={"authorization": token})).status_code == status


@pytest.mark.parametrize(
    ("settings", "shown"), [({}, True), (PROXIED, False), (OPEN, False), ({"trusted_only": True}, False)]
)
async def test_the_schema_is_shown_only_where_nobody_else_reaches_the_server(
    sqlite_url: str, tmp_path: Path, settings: dict[str, Any], shown: bool
) -> None:
    """A server behind a proxy on the same machine listens on loopback as well."""
    async with served(sqlite_url, tmp_path, **settings) as client:
        asked = await client.post("/graphql", json={"query": "{ __schema { queryType { name } } }"})
        page = await client.get("/graphql", headers={"accept": "text/html"})
    assert ("data" in asked.json()) is shown and (page.status_code == 200) is shown
