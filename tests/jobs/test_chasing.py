"""The ladder of reminders on real tasks (C2): each rung once, to the right people, on working days only."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import select

from app.core import clock as app_clock
from app.models.people import Appointment, Group
from app.models.records import Notification, Outbox, Reminder, Task
from app.services import chasing, opinions
from app.services.outbox import deliver_in_app
from tests.support.city import City, build

MONDAY = date(2026, 3, 2)


@pytest.fixture
async def city(db, clock) -> City:
    return await build(db)


async def asked(city: City) -> Task:
    """An opinion asked of the finance bureau on Monday: due on Monday, 9 March, five working days later."""
    motion = await city.motion("under_review")
    async with city.db.read() as session:
        query = select(Task).where(Task.holder.like(f"%{city.units['市财政局']}"), Task.kind == "opinion")
        task = (await session.scalars(query)).one()
    assert (motion.state, task.due_on) == ("under_review", date(2026, 3, 9))
    return task


async def reminders(city: City, task: Task) -> list[tuple[int, str]]:
    names = {key: nick for nick, key in city.people.items()}
    async with city.db.read() as session:
        rows = (await session.scalars(select(Reminder).where(Reminder.task_id == task.id))).all()
    return sorted((row.rung, names[row.recipient_id]) for row in rows)


def on(clock, month: int, day: int, hour: int = 9) -> None:
    clock.set(app_clock.at(date(2026, month, day), hour))


@pytest.mark.clause("C2")
async def test_each_rung_goes_to_its_place_in_the_chain(city, clock) -> None:
    task = await asked(city)
    steps = [
        ((3, 4), []),
        ((3, 5), [(-2, "finance_liaison")]),
        ((3, 6), []),
        ((3, 9), [(0, "finance_liaison")]),
        ((3, 10), [(1, "finance_liaison"), (1, "head"), (1, "staff")]),
        ((3, 12), [(3, "finance"), (3, "head"), (3, "staff")]),
        ((3, 16), [(5, "director")]),
        ((3, 23), [(10, "in_charge")]),
        ((4, 20), []),
    ]
    expected: list[tuple[int, str]] = []
    for (month, day), new in steps:
        on(clock, month, day)
        await chasing.sweep(city.db)
        await chasing.sweep(city.db)
        expected += new
        assert await reminders(city, task) == sorted(expected), f"{month}-{day}"


@pytest.mark.clause("C2")
async def test_a_leader_is_reminded_before_and_on_the_day_then_general_affairs_in_person(city, clock) -> None:
    motion = await city.motion("reviewed")
    async with city.db.read() as session:
        query = select(Task).where(Task.object_id == motion.id, Task.closed_at.is_(None))
        task = (await session.scalars(query)).one()
    assert task.due_on == date(2026, 3, 5)
    for day in (3, 5, 6, 10, 12, 19):
        on(clock, 3, day)
        await chasing.sweep(city.db)
    assert await reminders(city, task) == [(-2, "leader"), (0, "leader"), (1, "head"), (1, "staff")]
    async with city.db.read() as session:
        rows = (await session.scalars(select(Reminder).where(Reminder.rung == 1, Reminder.task_id == task.id))).all()
        assert all(row.in_person for row in rows)
        told = (await session.scalars(select(Outbox).where(Outbox.event == "task.in_person"))).all()
        assert {row.person_id for row in told} >= {city.people["head"], city.people["staff"]}


@pytest.mark.clause("C2")
async def test_two_sweeps_at_once_fire_a_rung_once(city, clock) -> None:
    task = await asked(city)
    on(clock, 3, 10)
    fired = await asyncio.gather(*(chasing.sweep(city.db) for _ in range(4)))
    found = await reminders(city, task)
    assert len(found) == len(set(found)) == 5  # the rungs -2, 0 and 1; the last also to two of General Affairs
    async with city.db.read() as session:
        total = len((await session.scalars(select(Reminder))).all())
        lines = (await session.scalars(select(Outbox.dedupe).where(Outbox.dedupe.like(f"chase:{task.id}:%")))).all()
    assert sum(fired) == total
    assert len(lines) == len(set(lines)) == 6  # each of the three once, by the latest rung, on two channels


@pytest.mark.clause("C2")
async def test_a_sweep_that_crashes_before_it_is_stored_fires_again_and_only_once(city, clock, monkeypatch) -> None:
    task = await asked(city)
    on(clock, 3, 5)
    fire = chasing.fire

    async def crash(*arguments):
        assert await fire(*arguments) > 0
        raise RuntimeError("killed between the reminders and the end of the transaction")

    monkeypatch.setattr(chasing, "fire", crash)
    with pytest.raises(RuntimeError):
        await chasing.sweep(city.db)
    assert await reminders(city, task) == []
    monkeypatch.undo()
    await chasing.sweep(city.db)
    await chasing.sweep(city.db)
    assert await reminders(city, task) == [(-2, "finance_liaison")]
    async with city.db.read() as session:
        lines = (await session.scalars(select(Outbox).where(Outbox.dedupe.like(f"chase:{task.id}:%")))).all()
    assert sorted(line.channel for line in lines) == ["inapp", "mail"]


@pytest.mark.clause("C2", "C14")
@pytest.mark.parametrize(("month", "day", "hour"), [(3, 7, 10), (4, 6, 10), (3, 5, 8), (3, 5, 18)])
async def test_nobody_is_chased_on_a_day_off_or_outside_the_hours(city, clock, month, day, hour) -> None:
    """A Saturday, Qingming (a Monday off), and a working day before 8:30 and after 17:30."""
    await asked(city)
    on(clock, month, day, hour)
    assert await chasing.sweep(city.db) == 0


@pytest.mark.clause("C2")
async def test_the_groups_own_hours_and_ladder_win(city, clock) -> None:
    task = await asked(city)
    async with city.db.write() as session:
        group = await session.get(Group, city.group)
        ladders = {"opinion": [[-3, ["assignee"]], [2, ["head"]]]}
        group.settings = {**group.settings, "chase_hours": ["18:00", "20:00"], "ladders": ladders}
    on(clock, 3, 4)
    assert await chasing.sweep(city.db) == 0
    for day in (4, 9, 10, 11, 12):
        on(clock, 3, day, 19)
        await chasing.sweep(city.db)
    assert await reminders(city, task) == [(-3, "finance_liaison"), (2, "finance")]


@pytest.mark.clause("C2", "A3.3")
async def test_an_extension_starts_the_ladder_anew(city, clock) -> None:
    task = await asked(city)
    on(clock, 3, 5)
    await chasing.sweep(city.db)
    await city.do("finance", opinions.extend_opinion, task.object_id, date(2026, 3, 16), "数据尚未核实")
    await city.do("director", opinions.grant_more_time, task.object_id)
    on(clock, 3, 10)
    await chasing.sweep(city.db)
    assert await reminders(city, task) == [(-2, "finance_liaison")]
    on(clock, 3, 12)
    await chasing.sweep(city.db)
    assert await reminders(city, task) == [(-2, "finance_liaison"), (-2, "finance_liaison")]


@pytest.mark.clause("C2")
async def test_an_answered_task_is_not_chased(city, clock) -> None:
    task = await asked(city)
    await city.do("finance", opinions.answer_opinion, task.object_id, "agree")
    for day in (5, 9, 10, 12, 16, 23):
        on(clock, 3, day)
        await chasing.sweep(city.db)
    assert await reminders(city, task) == []


@pytest.mark.clause("C2")
async def test_a_reminder_that_was_overtaken_by_the_answer_is_not_delivered(city, clock) -> None:
    task = await asked(city)
    await deliver_in_app(city.db)
    on(clock, 3, 5)
    await chasing.sweep(city.db)
    await city.do("finance", opinions.answer_opinion, task.object_id, "agree")
    await deliver_in_app(city.db)
    async with city.db.read() as session:
        inbox = (await session.scalars(select(Notification).where(Notification.dedupe.like("chase:%")))).all()
    assert [row for row in inbox if row.payload["task_id"] == str(task.id)] == []


@pytest.mark.clause("C2")
async def test_a_vacant_place_goes_to_general_affairs(city, clock) -> None:
    task = await asked(city)
    async with city.db.write() as session:
        query = select(Appointment).where(Appointment.person_id == city.people["finance_liaison"])
        (await session.scalars(query)).one().ends_on = date(2026, 3, 3)
    on(clock, 3, 5)
    await chasing.sweep(city.db)
    assert await reminders(city, task) == [(-2, "finance")]  # without a liaison officer its head owes the answer
    async with city.db.write() as session:
        query = select(Appointment).where(Appointment.person_id == city.people["finance"])
        (await session.scalars(query)).one().ends_on = date(2026, 3, 5)
    on(clock, 3, 9)
    await chasing.sweep(city.db)
    assert await reminders(city, task) == [(-2, "finance"), (0, "head"), (0, "staff")]


@pytest.mark.clause("C2", "A4.4")
async def test_who_has_no_part_is_told_that_somebody_is_late_and_not_on_what(city, clock) -> None:
    """Ten working days late the deputy in charge is told, also of a motion that has not reached him yet."""
    motion = await city.motion("submitted")
    on(clock, 3, 20)
    await chasing.sweep(city.db)
    async with city.db.read() as session:
        query = select(Outbox).where(Outbox.person_id == city.people["in_charge"], Outbox.event == "task.remind")
        lines = (await session.scalars(query)).all()
        own = select(Outbox).where(Outbox.person_id == city.people["director"], Outbox.event == "task.remind")
        directors = (await session.scalars(own)).all()
    assert [line.object_id for line in lines] == [None, None] and {line.noun for line in lines} == {""}
    assert {line.object_id for line in directors} == {motion.id}


@pytest.mark.clause("C1", "C5")
async def test_a_successor_is_chased_for_what_his_office_owes(city, clock) -> None:
    motion = await city.motion("submitted")
    async with city.db.write() as session:
        query = select(Appointment).where(Appointment.person_id == city.people["director"])
        (await session.scalars(query)).one().ends_on = date(2026, 3, 3)
        session.add(Appointment(person_id=city.people["outsider"], group_id=city.group, role="office_director",
                                starts_on=date(2026, 3, 4)))  # fmt: skip
    on(clock, 3, 5)
    await chasing.sweep(city.db)
    async with city.db.read() as session:
        task = (await session.scalars(select(Task).where(Task.object_id == motion.id, Task.closed_at.is_(None)))).one()
    assert await reminders(city, task) == [(-2, "outsider"), (0, "outsider")]
