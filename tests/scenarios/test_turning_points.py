"""Deadlines and reminders across Spring Festival 2026 and across the end of the year (C2, C14), on a moved clock."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.models.records import Notification, Outbox, Reminder, Task
from app.services import chasing
from app.services.importing.calendar import plan, read_calendar
from app.services.importing.plan import ImportPlan, apply
from app.services.missing_calendar import tell_missing_calendar
from app.services.outbox import deliver_in_app
from tests.support.city import City, build, moment

# Made up, for no notice of that year is out: the form is the State Council's.
OF_2027 = """关于2027年部分节假日安排的通知
一、元旦:1月1日(周五)至3日(周日)放假,共3天。1月9日(周六)上班。
二、劳动节:5月1日(周六)至5日(周三)放假调休,共5天。
三、国庆节:10月1日(周五)至7日(周四)放假调休,共7天。
"""


async def asked(city: City) -> Task:
    """An opinion asked of the finance bureau now."""
    await city.motion("under_review")
    async with city.db.read() as session:
        query = select(Task).where(Task.holder.like(f"%{city.units['市财政局']}"), Task.kind == "opinion")
        return (await session.scalars(query)).one()


def mornings(first: str, last: str) -> Iterator[datetime]:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield moment(f"{day} 10:00")
        day += timedelta(days=1)


async def fired(city: City, clock: Any, task: Task, first: str, last: str) -> dict[str, set[int]]:
    """On which day which rungs fire, one sweep every morning, days off too."""
    days: dict[str, set[int]] = {}
    known: set[int] = set()
    for instant in mornings(first, last):
        clock.set(instant)
        await chasing.sweep(city.db)
        async with city.db.read() as session:
            rungs = await session.scalars(select(Reminder.rung).where(Reminder.task_id == task.id))
            new = {rung for rung in rungs.all() if rung is not None} - known
        known |= new
        if new:
            days[f"{instant:%m-%d}"] = new
    return days


@pytest.mark.clause("C2", "C14")
async def test_over_spring_festival_nobody_is_chased_and_worked_weekends_count(db: Any, clock: Any) -> None:
    """Days off from Sunday, 15 to Monday, 23 February 2026; the Saturdays 14 and 28 are worked."""
    clock.set(moment("2026-02-10 09:00"))
    city = await build(db)
    task = await asked(city)
    assert (task.due_on, task.provisional) == (date(2026, 2, 24), False)
    assert task.due_zh == "自2026-02-10起5个工作日 = 2026-02-24(周二)"
    assert await fired(city, clock, task, "2026-02-10", "2026-03-11") == {
        "02-13": {-2}, "02-24": {0}, "02-25": {1}, "02-27": {3}, "03-02": {5}, "03-09": {10},
    }  # fmt: skip
    async with db.read() as session:
        days = {row.created_at.date() for row in (await session.scalars(select(Outbox))).all()}
    assert not any(date(2026, 2, 15) <= day <= date(2026, 2, 23) for day in days)
    clock.set(moment("2026-02-28 10:00"))
    second = await build_task(city)
    assert second.due_on == date(2026, 3, 4) and "3个工作日" in second.due_zh


async def build_task(city: City) -> Task:
    """A motion submitted on the worked Saturday: the director has three working days."""
    motion = await city.motion("submitted")
    async with city.db.read() as session:
        return (await session.scalars(select(Task).where(Task.object_id == motion.id))).one()


async def take_over(city: City, folder: Path) -> ImportPlan:
    path = folder / "2027.txt"
    path.write_text(OF_2027, "utf-8")
    async with city.db.write() as session:
        made = await plan(session, read_calendar(path))
        await apply(session, made, moment("2026-12-30 15:00"))
    return made


@pytest.mark.clause("C2", "C14")
async def test_over_the_years_end_dates_are_provisional_until_the_notice_is_imported(
    db: Any, clock: Any, tmp_path: Path
) -> None:
    clock.set(moment("2026-12-28 09:00"))
    city = await build(db)
    task = await asked(city)
    assert (task.due_on, task.provisional) == (date(2027, 1, 4), True)
    assert task.due_zh.endswith("(暂定:2027年放假安排尚未导入)")
    assert await fired(city, clock, task, "2026-12-28", "2026-12-30") == {}
    made = await take_over(city, tmp_path)
    assert not made.faults
    moved = [change for change in made.changes if change.action == "move"]
    assert any("由2027-01-04改为2027-01-05" in change.zh for change in moved)
    task = await city.fresh(task)
    assert (task.due_on, task.provisional, task.due_version) == (date(2027, 1, 5), False, 2)
    assert task.due_zh == "自2026-12-28起5个工作日 = 2027-01-05(周二)"
    assert await fired(city, clock, task, "2026-12-31", "2027-01-11") == {
        "12-31": {-2}, "01-05": {0}, "01-06": {1}, "01-08": {3}, "01-11": {5},
    }, "1 January is off, the Saturday of 9 January is worked"  # fmt: skip


@pytest.mark.clause("C14")
async def test_from_november_the_system_administrators_are_told_once_a_month(
    db: Any, clock: Any, tmp_path: Path
) -> None:
    city = await build(db)
    for instant, count in (("2026-10-31 23:00", 0), ("2026-11-01 00:00", 1), ("2026-11-20 09:00", 0),
                           ("2026-12-01 09:00", 1)):  # fmt: skip
        clock.set(moment(instant))
        assert await tell_missing_calendar(db) == count, instant
        assert await tell_missing_calendar(db) == 0
    await deliver_in_app(db)
    async with db.read() as session:
        lines = (await session.scalars(select(Notification).where(Notification.event == "calendar.missing"))).all()
    assert [line.person_id for line in lines] == [city.people["sysadmin"]] * 2
    assert {line.payload["zh"] for line in lines} == {"2027年放假安排尚未导入,涉及该年的期限均为暂定。"}
    await take_over(city, tmp_path)
    clock.set(moment("2027-01-04 09:00"))
    assert await tell_missing_calendar(db) == 0
