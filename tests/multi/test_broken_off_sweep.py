"""A sweep that ends between two of its transactions: the next one fires what was left, to every recipient (C2)."""

from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import now
from app.models.engine import Database
from app.models.records import Reminder
from app.queries.calendar import load_calendar
from app.services import chasing
from tests.conftest import Clock
from tests.support.city import build, moment

INSTANT = moment("2026-03-06 10:00")  # one working day late: the assignee and, for his liaison officer, General Affairs


class Crash(Exception):
    pass


@pytest.mark.clause("C2")
async def test_what_a_broken_off_sweep_left_is_fired_later(
    db: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = await build(db)
    for _ in range(3):
        await city.motion("submitted")
    clock.set(INSTANT)
    async with db.read() as session:
        wanted = [each.key for each in await chasing._find(session, await load_calendar(session), now())]
    rungs = [key[:3] for key in wanted]
    between = next(place for place, rung in enumerate(rungs) if rungs.count(rung) > 1) + 1  # two recipients of one rung

    fire = chasing._fire

    async def once(*args: Any) -> int:
        monkeypatch.setattr(chasing, "_fire", crash)
        return await fire(*args)

    async def crash(*args: Any) -> int:
        raise Crash

    monkeypatch.setattr(chasing, "BATCH", between)
    monkeypatch.setattr(chasing, "_fire", once)
    with pytest.raises(Crash):
        await chasing.sweep(db)
    monkeypatch.setattr(chasing, "_fire", fire)
    await chasing.sweep(db)
    assert await chasing.sweep(db) == 0
    async with db.read() as session:
        rows = (await session.scalars(select(Reminder))).all()
    assert {(each.task_id, each.due_version, each.rung, each.recipient_id) for each in rows} == set(wanted)
