"""Reminders by hand (C2, B2.7): once per task, person and day, on record, and seen by whoever is reminded."""

from typing import Any

import pytest
from sqlalchemy import select

from app.models.people import Appointment
from app.models.records import Outbox, Reminder, Task, Trail
from app.services import opinions, reminding
from tests.support.city import City, build, moment
from tests.support.refusal import refused, sees


@pytest.fixture
async def city(db, clock) -> City:
    return await build(db)


async def asked(city: City) -> Task:
    """An opinion asked of the finance bureau on Monday, 2 March: due on Monday, 9 March."""
    await city.motion("under_review")
    async with city.db.read() as session:
        query = select(Task).where(Task.holder.like(f"%{city.units['市财政局']}"), Task.kind == "opinion")
        return (await session.scalars(query)).one()


async def chase(city: City, who: str, task: Task, reason: str = "领导关注,请尽快答复") -> Any:
    return await city.do(who, reminding.chase_task, task.id, reason)


@pytest.mark.clause("C2", "B2.7", "C6")
async def test_the_office_reminds_with_a_reason_once_a_day(city, clock) -> None:
    task = await asked(city)
    await chase(city, "head", task)
    async with refused(city, "chased_today", "C2"):
        await chase(city, "director", task)
    clock.set(moment("2026-03-03 09:00"))
    await chase(city, "vice", task, "再次提醒")
    async with city.db.read() as session:
        rows = (await session.scalars(select(Reminder).where(Reminder.rung.is_(None)).order_by(Reminder.id))).all()
        lines = (await session.scalars(select(Outbox).where(Outbox.dedupe.like("%:manual:%")))).all()
        trail = (await session.scalars(select(Trail).where(Trail.action == "chase"))).all()
    assert [(row.recipient_id, row.by_id, row.reason) for row in rows] == [
        (city.people["finance_liaison"], city.people["head"], "领导关注,请尽快答复"),
        (city.people["finance_liaison"], city.people["vice"], "再次提醒"),
    ]
    assert len(lines) == 4 and {line.object_id for line in lines} == {task.object_id}
    assert {line.payload["task_clause"] for line in lines} == {task.clause}
    assert [(row.object_id, row.clause) for row in trail] == [(task.object_id, "C2")] * 2


@pytest.mark.clause("C2", "B2.7")
async def test_only_general_affairs_and_the_directors_remind(city) -> None:
    task = await asked(city)
    for who in ("finance", "planner", "tech_head", "leader", "sysadmin"):
        async with refused(city, "not_your_role", "C2"):
            await chase(city, who, task)
    for reason in ("", "  ", "长" * 501):
        async with refused(city, "invalid", "C2"):
            await chase(city, "staff", task, reason)
    await chase(city, "staff", task)


@pytest.mark.clause("C2")
async def test_nobody_is_reminded_out_of_hours_or_of_what_is_done(city, clock) -> None:
    task = await asked(city)
    for instant in ("2026-03-02 07:00", "2026-03-02 18:00", "2026-03-07 10:00"):
        clock.set(moment(instant))
        async with refused(city, "not_now", "C2"):
            await chase(city, "head", task)
    clock.set(moment("2026-03-09 10:00"))
    await city.do("finance", opinions.answer_opinion, task.object_id, "agree")
    async with refused(city, "task_closed", "C2"):
        await chase(city, "head", task)


@pytest.mark.clause("C2")
async def test_a_leader_is_not_written_to_after_the_day(city, clock) -> None:
    motion = await city.motion("reviewed")
    async with city.db.read() as session:
        task = (await session.scalars(select(Task).where(Task.object_id == motion.id, Task.closed_at.is_(None)))).one()
    await chase(city, "director", task)
    clock.set(moment("2026-03-06 10:00"))
    async with refused(city, "in_person", "C2"):
        await chase(city, "director", task)


@pytest.mark.clause("C2")
async def test_a_unit_without_liaison_is_reminded_through_its_head(city, clock) -> None:
    task = await asked(city)
    async with city.db.write() as session:
        query = select(Appointment).where(Appointment.person_id == city.people["finance_liaison"])
        await session.delete((await session.scalars(query)).one())
    await chase(city, "head", task)
    async with city.db.read() as session:
        row = (await session.scalars(select(Reminder).where(Reminder.rung.is_(None)))).one()
    assert row.recipient_id == city.people["finance"]
    for who, may in (("finance", True), ("civil", False), ("head", True), ("outsider", False), ("sysadmin", False)):
        assert await sees(city, who, row) is may, who
