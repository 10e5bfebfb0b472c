"""Ladders of reminders as a group's settings (C2): tried on the calendar; once set, nothing twice or for the past."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.core.workdays import shipped
from app.models.people import Group
from app.models.records import Reminder, Task, Trail
from app.services import chasing, ladders
from app.services.customs import customs_of
from app.services.ladders import RungDraft, preview
from tests.support.city import City, build, moment
from tests.support.refusal import refused


@pytest.fixture
async def city(db, clock) -> City:
    return await build(db)


async def set_ladder(city: City, name: str, *rungs: tuple[int, str], who: str = "sysadmin") -> Group:
    drafts = [RungDraft(offset, tuple(places.split())) for offset, places in rungs] or None
    found: Group = await city.do(who, ladders.set_ladder, city.group, name, drafts)
    return found


async def asked(city: City) -> Task:
    """An opinion asked of the finance bureau on Monday, 2 March: due on Monday, 9 March."""
    await city.motion("under_review")
    async with city.db.read() as session:
        query = select(Task).where(Task.holder.like(f"%{city.units['市财政局']}"), Task.kind == "opinion")
        return (await session.scalars(query)).one()


async def sweep(city: City, clock: Any, day: int, *, hour: int = 10) -> None:
    clock.set(moment(f"2026-03-{day:02d} {hour:02d}:00"))
    await chasing.sweep(city.db)
    await chasing.sweep(city.db)


async def fired(city: City, task: Task) -> list[tuple[int, str]]:
    names = {key: nick for nick, key in city.people.items()}
    async with city.db.read() as session:
        rows = (await session.scalars(select(Reminder).where(Reminder.task_id == task.id))).all()
    return sorted((row.rung, names[row.recipient_id]) for row in rows)


@pytest.mark.clause("C2", "C13", "C6")
async def test_the_system_administrator_sets_a_ladder_and_the_trail_says_so(city) -> None:
    for who in ("director", "leader", "head", "secadmin"):
        async with refused(city, "not_your_role", "C13"):
            await set_ladder(city, "opinion", (1, "assignee"), who=who)
    group = await set_ladder(city, "opinion", (2, "head"), (-1, "assignee"))
    await set_ladder(city, "opinion", (-1, "assignee"), (2, "head"))
    assert group.settings["ladders"] == {"opinion": [[-1, ["assignee"]], [2, ["head"]]]}
    async with city.db.read() as session:
        rows = (await session.scalars(select(Trail).where(Trail.noun == "group"))).all()
    assert [(row.action, row.clause) for row in rows] == [("set_ladder_opinion", "C13")], "the same again is no change"


@pytest.mark.clause("C2")
@pytest.mark.parametrize(
    ("name", "rungs", "says"),
    [
        ("opinion", [], "1 to 12"),
        ("opinion", [(number, "head") for number in range(13)], "1 to 12"),
        ("coffee", [(1, "head")], "no such kind"),
        ("opinion", [(61, "head")], "from 30 working days before"),
        ("opinion", [(-31, "head")], "from 30 working days before"),
        ("opinion", [(1, "head"), (1, "liaison")], "two rungs"),
        ("opinion", [(1, "")], "choose of"),
        ("opinion", [(1, "mayor")], "choose of"),
        ("leaders", [(0, "assignee liaison")], "himself"),
        ("leaders", [(1, "assignee")], "in person"),
        ("leaders", [(1, "general_affairs office_director")], "in person"),
        ("light", [(1, "assignee head")], "stop at the liaison"),
        ("papers", [(3, "general_affairs")], "stop at the liaison"),
    ],
)
async def test_a_faulty_ladder_is_refused_with_its_reason(city, name, rungs, says) -> None:
    async with city.db.read() as session:
        group = await session.get(Group, city.group)
    drafts = [RungDraft(offset, tuple(places.split())) for offset, places in rungs]
    async with refused(city, "invalid", "C2", group):
        await city.do("sysadmin", ladders.set_ladder, city.group, name, drafts)
    assert any(says in each.en for each in ladders.problems_of(name, drafts))


@pytest.mark.clause("C2")
async def test_a_change_holds_for_what_has_not_fired_and_nothing_fires_for_the_past(city, clock) -> None:
    task = await asked(city)
    await sweep(city, clock, 10)  # one working day late; -2, 0 and 1 fire
    before = [(-2, "finance_liaison"), (0, "finance_liaison"), (1, "finance_liaison"), (1, "head"), (1, "staff")]
    assert await fired(city, task) == before
    clock.set(moment("2026-03-11 09:00"))
    await set_ladder(city, "opinion", (-3, "assignee"), (-1, "head"), (1, "office_director"), (2, "head"), (4, "head"))
    await sweep(city, clock, 11)  # two late: the new rung of today; those of days past stay silent, 1 has fired
    assert await fired(city, task) == sorted([*before, (2, "finance")])
    await sweep(city, clock, 13)
    assert await fired(city, task) == sorted([*before, (2, "finance"), (4, "finance")])
    await sweep(city, clock, 16)  # 3 and 5 of the shipped ladder are not in this one
    assert len(await fired(city, task)) == 7


@pytest.mark.clause("C2")
async def test_back_to_the_shipped_ladder_does_not_make_up_for_its_rungs(city, clock) -> None:
    task = await asked(city)
    await set_ladder(city, "opinion", (4, "head"))
    await sweep(city, clock, 12)  # three working days late
    assert await fired(city, task) == []
    await set_ladder(city, "opinion")
    await sweep(city, clock, 12)
    assert await fired(city, task) == [(3, "finance"), (3, "head"), (3, "staff")]
    async with city.db.read() as session:
        group = await session.get(Group, city.group)
    assert "opinion" not in group.settings["ladders"]


@pytest.mark.clause("C2")
async def test_a_rung_missed_while_the_system_was_down_fires_also_after_a_change(city, clock) -> None:
    task = await asked(city)
    await sweep(city, clock, 5)
    clock.set(moment("2026-03-10 09:00"))  # the sweep of Monday was missed
    await set_ladder(city, "opinion", (-2, "assignee"), (0, "assignee"), (3, "head"))
    await sweep(city, clock, 10)
    assert await fired(city, task) == [(-2, "finance_liaison"), (0, "finance_liaison")]


@pytest.mark.clause("C2")
async def test_the_shared_ladder_holds_for_kinds_without_one_and_leaders_keep_theirs(city, clock) -> None:
    task = await asked(city)
    await set_ladder(city, "default", (-4, "assignee"))
    motion = await city.motion("reviewed")
    await sweep(city, clock, 3)
    await sweep(city, clock, 5)
    assert await fired(city, task) == [(-4, "finance_liaison")]
    async with city.db.read() as session:
        leaders = (
            await session.scalars(select(Task).where(Task.object_id == motion.id, Task.closed_at.is_(None)))
        ).one()
        customs = customs_of((await session.get(Group, city.group)).settings)
    assert await fired(city, leaders) == [(-2, "leader"), (0, "leader")]
    assert [rung.offset_working_days for rung in customs.ladder("opinion", leads=False)] == [-4]
    assert [rung.offset_working_days for rung in customs.ladder("invitation", leads=False)] == [-2, 0, 1]
    assert [rung.kind for rung in customs.ladder("opinion", leads=True)] == ["remind", "remind", "in_person"]


@pytest.mark.clause("C2", "C14")
def test_the_preview_shows_every_day_with_its_holidays() -> None:
    """Due on Friday, 13 February 2026: the Saturday is worked, then Spring Festival until the 23rd."""
    ladder = ladders.drafted("opinion", [RungDraft(-1, ("assignee",)), RungDraft(0, ("assignee",)),
                                         RungDraft(1, ("liaison",)), RungDraft(2, ("head",))])  # fmt: skip
    days = {each.day: each for each in preview(shipped(), ladder, date(2026, 2, 13))}
    assert (min(days), max(days), len(days)) == (date(2026, 2, 12), date(2026, 2, 24), 13)
    assert {day.day: [rung.offset_working_days for rung in each.rungs] for day, each in days.items() if each.rungs} == {
        12: [-1], 13: [0], 14: [1], 24: [2],
    }  # fmt: skip
    assert days[date(2026, 2, 14)].zh == "周六,调休上班" and days[date(2026, 2, 14)].en == "working Saturday"
    assert not days[date(2026, 2, 16)].working and days[date(2026, 2, 16)].en == "Monday off"
    assert [each.day.day for each in days.values() if each.due] == [13]
