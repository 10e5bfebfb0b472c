"""Every matter says whom it waits for, since when, until when, and whether that is late (C15)."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.queries.actors import load_actor
from app.queries.visibility import View
from app.queries.waiting import Waiting, waiting_on, waits_of
from app.rules.catalogue import TABLES
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


@pytest.mark.clause("C15")
async def test_where_nobody_owes_a_reply_it_says_who_takes_the_matter_further(db, clock) -> None:
    city = await build(db)
    draft, ready = await city.motion("draft"), await city.motion("ready")
    meeting, _ = await city.meeting(ready)
    async with city.db.read() as session:
        view = await _view(city, session, "staff")
        motions = await waits_of(session, view, "motion", [draft, await city.fresh(ready)])
        held = await waits_of(session, view, "meeting", [meeting])
    first = motions[draft.id]
    assert (first.kind, first.zh, first.until, first.late) == ("next_step", "拟稿人", None, False)
    assert first.since == draft.state_since
    assert (motions[ready.id].kind, motions[ready.id].zh) == ("next_step", "会议")
    assert held[meeting.id].kind in ("invitation", "papers"), "what is owed comes first"


@pytest.mark.clause("C15")
def test_every_open_state_awaits_a_reply_or_names_who_takes_it_further() -> None:
    silent = {
        (table.noun, name)
        for table in TABLES.values()
        for name, state in table.states.items()
        if not (state.final or state.awaits or state.next_by[0])
    }
    assert silent == {
        ("opinion", "answered"), ("opinion", "closed"), ("opinion", "answered_late"), ("panel", "settled"),
        ("panel_member", "given"), ("attendance", "accepted"), ("attendance", "excused"),
        ("attendance", "leave_refused"), ("attendance", "present"), ("attendance", "absent"),
        ("document", "registered"), ("extract", "received"), ("directive", "closed"), ("publication", "published"),
    }, "in these nothing is left to do"  # fmt: skip
