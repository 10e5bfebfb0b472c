"""Reading a restricted matter is itself recorded (A4.4)."""

import httpx
import pytest
from sqlalchemy import select

from app.models.records import Trail
from app.services import accounts
from schema import graphql_app
from schema.ids import pack
from tests.support.city import City, build


async def _ask(city: City, who: str, query: str) -> dict:
    async with city.works.begin() as work:
        token, _ = await accounts.open_session(work, city.people[who])
    transport = httpx.ASGITransport(app=graphql_app(city.works))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        answer = (await http.post("/", json={"query": query}, headers={"authorization": f"Bearer {token}"})).json()
    assert "errors" not in answer, answer
    return answer["data"]


async def _readings(city: City) -> list[Trail]:
    async with city.db.read() as session:
        return list((await session.scalars(select(Trail).where(Trail.action == "read"))).all())


@pytest.mark.clause("A4.4")
async def test_who_reads_a_restricted_matter_stands_on_the_trail(db, clock) -> None:
    city = await build(db)
    secret = await city.motion("endorsed", disclosure="restricted")
    plain = await city.motion("endorsed")
    for motion in (plain, secret):
        shown = await _ask(
            city, "in_charge", f'{{ node(id: "{pack("Motion", motion.id)}") {{ ... on Motion {{ body }} }} }}'
        )
        assert shown["node"]["body"] == motion.body
    [entry] = await _readings(city)
    assert (entry.object_id, entry.actor_id, entry.clause) == (secret.id, city.people["in_charge"], "A4.4")
    hidden = await _ask(city, "police", f'{{ node(id: "{pack("Motion", secret.id)}") {{ id }} }}')
    assert hidden["node"] is None
    assert len(await _readings(city)) == 1
