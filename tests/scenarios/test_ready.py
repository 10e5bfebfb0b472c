"""Ready motions that wait too long for a meeting are shown as overdue (A2.1)."""

import pytest

from app.queries.actors import load_actor
from app.queries.ready import Ready, ready_motions
from app.queries.visibility import View
from tests.support.city import City, build


async def _seen(city: City, who: str) -> list[Ready]:
    async with city.db.read() as session:
        actor = await load_actor(session, city.people[who])
        return await ready_motions(session, View(actor, await city.works.policies.current(session)))


@pytest.mark.clause("A2.1")
async def test_a_ready_motion_waits_at_most_thirty_days_for_a_meeting(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    clock.forward(days=30)
    [waiting] = await _seen(city, "director")
    assert waiting.motion.id == motion.id
    assert not waiting.overdue
    clock.forward(days=1)
    assert [row.overdue for row in await _seen(city, "director")] == [True]
    assert await _seen(city, "police") == []
    await city.meeting(motion)
    assert await _seen(city, "director") == []
