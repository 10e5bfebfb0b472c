"""`search` (C11): pages of what is found, an excerpt, and refusals as codes."""

from typing import Any

import pytest
from sqlalchemy import select

from app.models.records import Trail
from schema.ids import pack

FOUND = """query($text: String!, $filter: SearchFilter, $first: Int! = 20, $after: String) {
  search(text: $text, filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
    hits { kind excerpt node { __typename id ... on Motion { title } } }
  } }"""


@pytest.mark.clause("C11", "A4.4")
async def test_search_pages_and_filters(api: Any) -> None:
    made = [await api.city.motion("submitted", title=f"公共停车信息共享办法之{number}") for number in range(3)]
    first = (await api.ask("staff", FOUND, text="停车信息", first=2))["search"]
    assert first["totalCount"] == 3 and first["pageInfo"]["hasNextPage"]
    assert [hit["node"]["id"] for hit in first["hits"]] == [pack("Motion", row.id) for row in made[:0:-1]]
    assert first["hits"][0]["kind"] == "MOTION" and "停车信息" in first["hits"][0]["excerpt"]
    rest = (await api.ask("staff", FOUND, text="停车信息", first=2, after=first["pageInfo"]["endCursor"]))["search"]
    assert [hit["node"]["title"] for hit in rest["hits"]] == ["公共停车信息共享办法之0"]
    assert rest["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": True,
        "endCursor": rest["pageInfo"]["endCursor"],
    }
    none = (await api.ask("staff", FOUND, text="停车信息", filter={"kinds": ["DOCUMENT"]}))["search"]
    assert (none["totalCount"], none["hits"]) == (0, [])
    for who in ("leader", "civil", "auditor", ""):
        nothing = (await api.ask(who, FOUND, text="停车信息"))["search"]
        assert (nothing["totalCount"], nothing["hits"]) == (0, []), who


@pytest.mark.clause("C11")
async def test_too_short_a_word_and_a_foreign_cursor_are_told(api: Any) -> None:
    for given, code in (({"text": "停"}, "BAD_SEARCH"), ({"text": "停车", "after": "x"}, "BAD_CURSOR")):
        answer = await api.post("staff", FOUND, **given)
        assert answer["errors"][0]["extensions"]["code"] == code


@pytest.mark.clause("A4.4", "C11")
async def test_finding_a_restricted_matter_is_a_reading(api: Any) -> None:
    secret = await api.city.motion(title="数据平台安全加固", disclosure="restricted")
    await api.ask("staff", FOUND, text="安全加固")
    async with api.city.db.read() as session:
        read = (await session.scalars(select(Trail).where(Trail.action == "read"))).all()
    assert [(row.object_id, row.actor_id) for row in read] == [(secret.id, api.city.people["staff"])]
