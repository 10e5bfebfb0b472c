"""A sweep that ends between two of its transactions: the next one fires what was left, to every recipient (C2)."""

from typing import Any

import pytest
from sqlalchemy import select

from app.models.engine import Database
from app.models.records import Reminder
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
    for state in ("submitted", "endorsed", "reviewed"):  # owed by three holders
        await city.motion(state)
    clock.set(INSTANT)
    monkeypatch.setattr(chasing, "SHARE", 1)  # a transaction for each holder
    fire = chasing.fire

    async def once(*args: Any) -> int:
        monkeypatch.setattr(chasing, "fire", crash)
        return await fire(*args)

    async def crash(*args: Any) -> int:
        raise Crash

    monkeypatch.setattr(chasing, "fire", once)
    with pytest.raises(Crash):
        await chasing.sweep(db)
    left = len(await keys(db))
    monkeypatch.setattr(chasing, "fire", fire)
    assert left and await chasing.sweep(db) > 0
    assert await chasing.sweep(db) == 0
    found = await keys(db)
    assert len(found) == len(set(found)) > left
    late = [key for key in found if key[2] == 1]
    assert {(key[0], key[1]) for key in late} == {(key[0], key[1]) for key in found}, "every task has its latest rung"


async def keys(db: Database) -> list[tuple[Any, ...]]:
    async with db.read() as session:
        rows = (await session.scalars(select(Reminder))).all()
    return [(each.task_id, each.due_version, each.rung, each.recipient_id) for each in rows]
