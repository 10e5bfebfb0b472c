"""Whatever is asked, by whomever: the plan's answer is the resolvers' answer (A4.4)."""

import asyncio
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.services import publications
from schema import build_schema, graphql_app
from tests.api.conftest import Api
from tests.planned.asking import asked
from tests.planned.conftest import BothWays
from tests.support import databases
from tests.support.city import build

PEOPLE = ("leader", "in_charge", "deputy", "director", "vice", "staff", "planner", "finance", "civil", "police",
          "district", "outsider", "auditor", "sysadmin", "")  # fmt: skip
STATES = ("draft", "submitted", "endorsed", "reviewed", "admitted", "ready")


async def _stage(both: BothWays) -> tuple[list[str], list[str]]:
    """Matters in every state, one of them restricted; their ids and cursors."""
    city = both.api.city
    for state in STATES:
        await city.motion(state)
    await city.motion("endorsed", disclosure="restricted")
    _, _, decision = await city.decided()
    document = await city.document(decision, "registered")
    await city.do("staff", publications.draft_publication, document.id, "公开标题", "公开正文")
    ids = "{ motions { nodes { id } } meetings { nodes { id items { id } } } documents { nodes { id } } units { nodes { id } } groups { nodes { id } } }"
    found = (await both.same("director", ids))["data"]
    known = [row["id"] for rows in found.values() for row in rows["nodes"]]
    return known, ["c_" + key.rpartition("_")[2] for key in known[::2]]


@pytest.mark.clause("A4.4")
def test_a_random_query_is_answered_alike_both_ways(database_url: str, clock: Any) -> None:
    with asyncio.Runner() as runner:
        db = databases.Database(database_url)
        city = runner.run(build(db))
        app: Any = graphql_app(city.works)
        http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://testserver")
        both = BothWays(Api(city, http), app.pipeline, app.pipeline.plan)
        ids, cursors = runner.run(_stage(both))
        answered: list[bool] = []

        @settings(suppress_health_check=list(HealthCheck), deadline=None)
        @given(asked(build_schema()._schema, ids, cursors), st.sampled_from(PEOPLE), st.sampled_from(("zh", "en")))
        def check(query: str, who: str, language: str) -> None:
            answered.append("errors" not in runner.run(both.same(who, query, language)))

        try:
            check()
        finally:
            runner.run(http.aclose())
            runner.run(db.close())
    assert sum(answered) > len(answered) / 2
    assert "fault" not in both.planned.fallen_back
    left = sum(count for because, count in both.planned.fallen_back.items() if because != "error")
    assert left < len(answered) / 3, both.planned.fallen_back
