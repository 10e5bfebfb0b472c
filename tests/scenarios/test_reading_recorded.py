"""Reading a restricted matter is itself recorded (A4.4)."""

import pytest
from sqlalchemy import select

from app.models.records import Trail
from app.services import accounts
from schema import build_schema
from schema.context import Context
from schema.ids import pack
from tests.support.city import City, build


async def _ask(city: City, who: str, query: str) -> dict:
    async with city.works.begin() as work:
        token, _ = await accounts.open_session(work, city.people[who])
    result = await build_schema().execute(query, context_value=Context(city.works, token))
    assert result.errors is None, result.errors
    return result.data


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
