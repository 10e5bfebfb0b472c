"""A person's daily measure of reminders (C2): what is above it comes as one line, and nothing of it is lost."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.adapters.mail import Mailer
from app.models.records import Notification, Outbox, Reminder
from app.services import acts, chasing, groups, ladders
from app.services.groups import SettingsDraft
from app.services.ladders import RungDraft
from app.services.letters import deliver_mail
from app.services.outbox import deliver_in_app
from tests.support.city import City, build, moment
from tests.support.refusal import refused

LINK = "https://yishi.example.cn/"


@pytest.fixture
async def city(db, clock) -> City:
    """Five motions that the director has owed since Monday, 2 March, due on Thursday; two are told one by one a day."""
    city = await build(db)
    await city.do("sysadmin", groups.edit_group, city.group, SettingsDraft(numbers={"reminders_daily": 2}))
    for number in range(5):
        await city.motion("submitted", title=f"议题{number}")
    await deliver_in_app(db)
    return city


async def told(city: City, who: str) -> list[Notification]:
    await deliver_in_app(city.db)
    async with city.db.read() as session:
        query = select(Notification).where(
            Notification.person_id == city.people[who], Notification.event.like("task.%")
        )
        return list((await session.scalars(query.order_by(Notification.id))).all())


async def sweep(city: City, clock: Any, day: int, hour: int = 9) -> int:
    clock.set(moment(f"2026-03-{day:02d} {hour:02d}:00"))
    return await chasing.sweep(city.db)


@pytest.mark.clause("C2")
async def test_what_is_above_the_measure_comes_as_one(city, clock, mail) -> None:
    await sweep(city, clock, 3)
    lines = await told(city, "director")
    (digest,) = [line for line in lines if line.event == "task.digest"]
    single = [line for line in lines if line.event == "task.remind"]
    assert (len(single), digest.payload["count"], digest.object_id) == (2, 3, None)
    items = digest.payload["items"]
    async with city.db.read() as session:
        reminders = (await session.scalars(select(Reminder))).all()
    told_of = {line.payload["task_id"] for line in single} | {item["task_id"] for item in items}
    assert told_of == {str(row.task_id) for row in reminders} and len(told_of) == 5, "nothing is lost"
    assert {item["task_clause"] for item in items} == {"A3.2"} and all(item["noun"] == "motion" for item in items)
    await deliver_mail(city.db, Mailer(mail.url, "yishi@example.cn"), LINK)
    text = "".join(each.get_body(("plain",)).get_content() for each in mail.to("director@example.cn"))
    assert text.count("2026-03-05") == 5 + 5, "five tasks told, and five reminders of them"
    assert text.count("依据 A3.2") == 5 and text.count(f"{LINK}admin/at/motion/") == 10, "by which clause, and where"


@pytest.mark.clause("C2")
async def test_the_measure_is_the_days_and_a_new_day_begins_anew(city, clock) -> None:
    await sweep(city, clock, 3)
    before = len(await told(city, "director"))
    sixth = await city.motion("submitted", title="议题六")
    earlier = [RungDraft(offset, ("assignee",)) for offset in (-3, -2, 0)]
    await city.do("sysadmin", ladders.set_ladder, city.group, "default", earlier)
    await sweep(city, clock, 3, 10)  # due on Friday: three working days before is today
    new = (await told(city, "director"))[before:]
    assert [line.event for line in new] == ["task.digest"] and new[0].payload["count"] == 1
    assert new[0].payload["zh"] == "另有1项待办催办"
    await city.act("director", "motion", sixth, "endorse")
    await sweep(city, clock, 5)
    today = (await told(city, "director"))[before + 1 :]
    assert sorted(line.event for line in today) == ["task.digest", "task.remind", "task.remind"]


@pytest.mark.clause("C2")
async def test_a_digest_goes_without_what_was_answered_meanwhile(city, clock) -> None:
    await sweep(city, clock, 3)
    async with city.db.read() as session:
        query = select(Outbox).where(Outbox.event == "task.digest", Outbox.channel == "inapp")
        items = (await session.scalars(query)).one().payload["items"]
    for item in items[:2]:
        await city.do("director", _endorse, item["object_id"])
    (digest,) = [line for line in await told(city, "director") if line.event == "task.digest"]
    assert (digest.payload["count"], [item["task_id"] for item in digest.payload["items"]]) == (
        1,
        [items[2]["task_id"]],
    )


async def _endorse(work: Any, actor: Any, key: str) -> None:
    await acts.act(work, actor, "motion", UUID(key), "endorse")


@pytest.mark.clause("C2", "C13")
async def test_the_measure_is_set_by_the_group(city, clock) -> None:
    for wrong in (-1, 1001):
        async with refused(city, "invalid", "C13"):
            await city.do("sysadmin", groups.edit_group, city.group, SettingsDraft(numbers={"reminders_daily": wrong}))
    await city.do("sysadmin", groups.edit_group, city.group, SettingsDraft(numbers={"reminders_daily": 0}))
    await sweep(city, clock, 3)
    assert [line.event for line in await told(city, "director")] == ["task.remind"] * 5


@pytest.mark.clause("C2")
async def test_many_to_one_person_in_one_run_come_as_one_as_after_a_time_of_downtime(db, clock) -> None:
    city = await build(db)
    for number in range(6):
        await city.motion("submitted", title=f"议题{number}")
    await city.motion("endorsed")
    await deliver_in_app(db)
    assert await sweep(city, clock, 9) > 6, "nobody swept since Monday: the rungs before, on and after the day"
    (digest,) = await told(city, "director")
    assert (digest.event, digest.payload["count"]) == ("task.digest", 6)
    assert {item["rung"] for item in digest.payload["items"]} == {1}, "of each task the latest rung"
    assert [line.event for line in await told(city, "in_charge")] == ["task.remind"]
