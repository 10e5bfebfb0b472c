"""Every matter says whom it waits for, since when, until when, and whether that is late (C15)."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.queries.actors import load_actor
from app.queries.visibility import View
from app.queries.waiting import Waiting, waiting_on
from app.services import opinions
from tests.support.city import City, build


async def _view(city: City, session: AsyncSession, who: str) -> View:
    return View(await load_actor(session, city.people[who]), await city.works.policies.current(session))


async def _waits(city: City, who: str, *motions: Any) -> dict[UUID, Waiting]:
    async with city.db.read() as session:
        return await waiting_on(session, await _view(city, session, who), [row.id for row in motions])


@pytest.mark.clause("C15")
async def test_a_matter_waits_for_whoever_owes_the_next_reply(db, clock) -> None:
    city = await build(db)
    submitted = await city.motion("submitted")
    asked = await city.motion("under_review")
    clock.forward(days=4)
    found = await _waits(city, "director", submitted, asked)
    assert (found[submitted.id].zh, found[submitted.id].late) == ("办公室主任", True)
    # The motion itself owes nothing: it waits for the units that were asked.
    assert set(found[asked.id].zh.split("、")) == {"市民政局", "市财政局"}
    assert not found[asked.id].late
    # What one unit was asked is not the business of another.
    assert (await _waits(city, "civil", asked))[asked.id].zh == "市民政局"
    await city.act("director", "motion", submitted, "endorse")
    assert (await _waits(city, "director", submitted))[submitted.id].zh == "分管副组长"


@pytest.mark.clause("C15")
async def test_it_waits_since_the_first_of_several_was_asked(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted", "A1.3(5)")
    await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    first = clock.now
    clock.forward(days=1)
    await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市公安局"]])
    waiting = (await _waits(city, "staff", motion))[motion.id]
    assert waiting.since == first
    assert {"市民政局", "市公安局"} <= set(waiting.zh.split("、"))
