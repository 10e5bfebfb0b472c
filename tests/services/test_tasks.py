"""Tasks (C1): each awaited reply is one, its due date is explained (C14), every matter says whom it awaits (C15)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.models.records import Task
from app.queries.actors import load_actor
from app.queries.tasks import my_tasks, overdue
from app.queries.visibility import View
from app.queries.waiting import waiting_on
from tests.support.city import City, build


async def view(city: City, session: Any, who: str) -> View:
    return View(await load_actor(session, city.people[who]), await city.works.policies.current(session))


async def owed(city: City, who: str) -> list[str]:
    async with city.db.read() as session:
        return [task.kind for task in await my_tasks(session, await view(city, session, who))]


@pytest.mark.clause("C1")
async def test_a_task_opens_with_the_state_that_awaits_it_and_closes_with_the_reply(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("draft")
    for who in ("staff", "director", "in_charge", "leader"):
        assert not await owed(city, who)
    await city.act("staff", "motion", motion, "submit")
    assert await owed(city, "director") == ["signature"] and not await owed(city, "in_charge")
    await city.act("director", "motion", motion, "endorse")
    assert not await owed(city, "director") and await owed(city, "in_charge") == ["signature"]
    async with db.read() as session:
        done = (await session.scalars(select(Task).where(Task.closed_at.is_not(None)))).one()
    assert (done.outcome, done.closed_by, done.closed_at) == ("endorse", city.people["director"], clock.now)
    await city.act("in_charge", "motion", motion, "refuse", reason="不宜上会")
    async with db.read() as session:
        assert not (await session.scalars(select(Task).where(Task.closed_at.is_(None)))).all()


@pytest.mark.clause("C1", "A3.5")
async def test_a_parallel_step_is_a_task_for_each(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "signed")
    assert "signature" in await owed(city, "deputy") and "signature" in await owed(city, "deputy2")
    await city.act("deputy", "document", row, "countersign")
    assert "signature" not in await owed(city, "deputy") and "signature" in await owed(city, "deputy2")


@pytest.mark.clause("C14", "C1")
async def test_a_due_date_says_how_it_was_reached(db, clock) -> None:
    city = await build(db)
    await city.motion("submitted")
    async with db.read() as session:
        task = (await session.scalars(select(Task))).one()
    assert task.due_on == date(2026, 3, 5)  # three working days from Monday, the day itself not counted
    assert "2026-03-02" in task.due_en and "2026-03-05" in task.due_en and "3 working days" in task.due_en
    assert task.due_zh and not task.provisional


@pytest.mark.clause("C15")
async def test_every_matter_says_whom_it_waits_for_since_when_and_whether_that_is_late(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("endorsed")
    begun = clock.now
    clock.set(clock.now.replace(day=5))
    for late in (False, True):
        async with db.read() as session:
            mine = await view(city, session, "in_charge")
            waiting = (await waiting_on(session, mine, [motion.id]))[motion.id]
            seen = [task.object_id for task in await overdue(session, mine)]
        assert (waiting.zh, waiting.en, waiting.since) == ("分管副组长", "Deputy in charge", begun)
        assert (waiting.until, waiting.late) == (date(2026, 3, 5), late)
        assert seen == ([motion.id] if late else [])
        clock.forward(days=1)
    await city.act("in_charge", "motion", motion, "refuse", reason="不宜上会")
    async with db.read() as session:
        assert await waiting_on(session, await view(city, session, "in_charge"), [motion.id]) == {}
