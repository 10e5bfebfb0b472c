"""`changes(since:)` over the API: pages, tombstones' form, cursors (C9, A4.4)."""

import pytest
from sqlalchemy import select

from app.models.records import Trail
from tests.api.conftest import Api

pytestmark = pytest.mark.clause("C9", "A4.4")
QUERY = """query($since: String, $first: Int!) { changes(since: $since, first: $first) {
  reset gone cursor more nodes { __typename id ... on Motion { title state } } } }"""


async def everything(api: Api, who: str, since: str | None = None, first: int = 100):
    nodes, page = [], {"more": True, "cursor": since}
    while page["more"]:
        page = (await api.ask(who, QUERY, since=page["cursor"], first=first))["changes"]
        nodes += page["nodes"]
    return nodes, page


async def test_a_phone_that_was_away_gets_what_changed_page_by_page(api: Api) -> None:
    motion = await api.city.motion("draft")
    nodes, page = await everything(api, "staff", first=7)
    assert [node["title"] for node in nodes if node["__typename"] == "Motion"] == [motion.title]
    assert len({node["id"] for node in nodes}) == len(nodes), "each once"
    assert (await api.ask("staff", QUERY, since=page["cursor"], first=7))["changes"]["nodes"] == []
    await api.city.act("staff", "motion", motion, "submit")
    nodes, page = await everything(api, "staff", page["cursor"])
    assert [node["state"] for node in nodes if node["__typename"] == "Motion"] == ["SUBMITTED"]
    assert page["gone"] == [] and page["reset"] is False
    nodes, _ = await everything(api, "finance")
    assert nodes and "Motion" not in {node["__typename"] for node in nodes}
    assert {node["__typename"] for node in (await everything(api, ""))[0]} <= {"Publication"}


async def test_a_foreign_cursor_and_a_wrong_size_are_refused(api: Api) -> None:
    _, page = await everything(api, "staff")
    for who, since, first, code in (("leader", page["cursor"], 5, "BAD_CURSOR"), ("staff", "x", 5, "BAD_CURSOR"),
                                    ("staff", None, 101, "BAD_PAGE_SIZE")):  # fmt: skip
        answer = await api.post(who, QUERY, since=since, first=first)
        assert answer["errors"][0]["extensions"]["code"] == code


async def test_what_is_restricted_is_recorded_as_read(api: Api) -> None:
    motion = await api.city.motion("submitted", disclosure="restricted")
    await everything(api, "director")
    async with api.city.db.read() as session:
        query = select(Trail.actor_id).where(Trail.action == "read", Trail.object_id == motion.id)
        assert (await session.scalars(query)).all() == [api.city.people["director"]]
