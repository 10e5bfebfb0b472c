"""A panel held as a joint meeting of the office with consulting experts, up to its conclusion (B2.3, A3.7)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.core.clock import local_day, now
from app.models.engine import Database
from app.models.experts import Expert
from app.models.matters import Attendance, Item, Meeting
from app.models.records import Task
from app.services import decisions, expert_views, joint_meetings, meetings, motions, panels
from app.services.decisions import DecisionDraft
from app.services.experts import ExpertDraft, enrol
from tests.services.test_freshness import rows
from tests.support.city import City, build
from tests.support.experts import TERM, all_views, called_panel, members, pool
from tests.support.refusal import refused, sees

pytestmark = pytest.mark.clause("B2.3", "A3.7")


@pytest.fixture
async def city(db: Database, clock: Any) -> City:
    return await build(db)


async def sitting(city: City, count: int = 3, **changes: Any) -> tuple[Any, Any]:
    """A called panel that meets, and the joint meeting prepared for it."""
    motion = await city.motion("ready", "A1.3(2)", **changes)
    panel = await called_panel(city, motion, await pool(city, count), mode="meeting")
    return panel, await prepare(city, panel)


async def prepare(city: City, panel: Any, who: str = "staff") -> Meeting:
    ends, presider = panel.starts_at + timedelta(hours=3), city.people["director"]
    return await city.do(who, joint_meetings.convene_jointly, panel.id, ends, presider)


async def convened(city: City, meeting: Any) -> Any:
    await city.act("director", "meeting", meeting, "choose")
    return await city.do("head", meetings.convene_meeting, meeting.id)


async def seats(city: City, meeting: Any) -> dict[Any, Attendance]:
    return {row.person_id: row for row in await rows(city, Attendance, Attendance.meeting_id == meeting.id)}


@pytest.mark.clause("A4.1", "A4.4")
async def test_the_experts_are_called_and_the_conclusion_is_recorded_there(city: City, clock: Any) -> None:
    panel, meeting = await sitting(city)
    assert (meeting.form, meeting.starts_at, meeting.place) == ("expert_joint", panel.starts_at, panel.place)
    (item,) = await rows(city, Item, Item.meeting_id == meeting.id)
    assert (item.kind, item.motion_id, item.panel_id) == ("panel", panel.motion_id, panel.id)
    assert not await sees(city, "expert1", item)
    await convened(city, meeting)
    called = await seats(city, meeting)
    assert {called[city.people[f"expert{n}"]].capacity for n in (1, 2, 3)} == {"expert"}
    assert await sees(city, "expert1", meeting) and await sees(city, "expert1", item)
    mine = called[city.people["expert1"]]
    async with refused(city, "not_found", "A4.4", called[city.people["expert2"]]):
        await city.act("expert1", "attendance", called[city.people["expert2"]], "accept")
    await city.act("expert1", "attendance", mine, "accept")
    clock.set(panel.starts_at)
    for who in ("staff", "director"):
        async with refused(city, "no_joint_meeting", "B2.3", panel):
            await city.act(who, "panel", panel, "open")
    await city.act("director", "meeting", meeting, "open")
    assert (await city.fresh(panel)).state == "in_session"
    async with refused(city, "all_items_settled", "A4.3", meeting):
        await city.do("director", meetings.close_meeting, meeting.id)
    async with refused(city, "panel_concludes", "A3.7", item):
        await city.do("staff", decisions.record_decision, item.id, DecisionDraft("noted", "听取。"))
    await all_views(city, panel)
    await city.do("expert1", expert_views.conclude, panel.id, "pass", "多数同意。")
    noted = await city.fresh(item)
    assert (noted.state, noted.text) == ("decided", "通过:多数同意。")
    assert not await sees(city, "expert1", item) and not await sees(city, "expert1", panel)
    await city.do("director", meetings.close_meeting, meeting.id)
    motion = await city.fresh(type(await city.motion("draft"))(id=panel.motion_id))
    assert motion.state == "ready", "the joint meeting advises and decides nothing"


async def test_a_panel_in_writing_does_not_meet_and_none_sits_twice(city: City) -> None:
    panel, meeting = await sitting(city, 5)
    async with refused(city, "no_joint_meeting", "B2.3", panel):
        await prepare(city, panel)
    for who, code in (("leader", "not_your_role"), ("expert1", "not_your_role"), ("civil", "not_found")):
        async with refused(city, code, "", panel):
            await prepare(city, panel, who)
    await city.act("staff", "meeting", meeting, "cancel", reason="改为书面")
    assert (await city.fresh(panel)).state == "called"
    assert (await prepare(city, panel)).id != meeting.id, "another meeting can take it"
    written = await called_panel(city, await city.motion("ready", "A1.3(2)"), await members_of_pool(city, panel))
    async with refused(city, "wrong_state", "B2.3", written):
        await city.do("staff", joint_meetings.convene_jointly, written.id, now() + timedelta(days=8),
                      city.people["director"])  # fmt: skip


@pytest.mark.clause("A3.1")
async def test_the_panel_follows_date_and_place_of_its_meeting(city: City) -> None:
    panel, meeting = await sitting(city)
    await convened(city, meeting)
    later = panel.starts_at + timedelta(days=14)
    draft = replace(
        city.meeting_draft("expert_joint", presider="director"), starts_at=later, ends_at=later + timedelta(hours=2),
        place="市民中心",
    )  # fmt: skip
    await city.do("staff", meetings.change_meeting, meeting.id, draft, "专家出差")
    moved = await city.fresh(panel)
    assert (moved.starts_at, moved.place, moved.due_on) == (later, "市民中心", local_day(later))
    owed = await rows(city, Task, Task.kind == "expert_view", Task.closed_at.is_(None))
    assert {task.due_on for task in owed} == {local_day(later)} == {row.due_on for row in await members(city, panel)}


@pytest.mark.clause("A4.1", "A4.4", "C2")
async def test_who_joins_late_is_called_and_who_leaves_owes_no_answer(city: City) -> None:
    panel, meeting = await sitting(city, 3)
    more = await pool_again(city)
    await convened(city, meeting)
    first = (await members(city, panel))[2]
    await city.do("staff", expert_views.release, first.id, "生病")
    left = (await seats(city, meeting))[first.person_id]
    assert not await rows(city, Task, Task.object_id == left.id, Task.closed_at.is_(None))
    assert not await sees(city, "expert3", left)
    (item,) = await rows(city, Item, Item.meeting_id == meeting.id)
    assert not await sees(city, "expert3", item)
    await city.do("staff", panels.name_member, panel.id, more.id, "补充专家")
    joined = (await seats(city, meeting))[more.person_id]
    assert joined.state == "called" and await sees(city, "late", item)
    await city.do("staff", panels.cancel_panel, panel.id, "议题重做")
    assert (await city.fresh(item)).state == "removed"


async def members_of_pool(city: City, panel: Any) -> list[Expert]:
    ids = [row.expert_id for row in await members(city, panel)]
    return await rows(city, Expert, Expert.id.in_(ids))


async def pool_again(city: City) -> Any:
    row = await city.do("staff", enrol, ExpertDraft("江澜大学", ["物联网"], *TERM), "专家补", "14055559999")
    city.people["late"] = row.person_id
    return row


@pytest.mark.clause("A4.4")
async def test_of_a_restricted_motion_only_the_listed_experts_see_the_item(city: City) -> None:
    motion = await city.motion("admitted", "A1.3(2)", disclosure="restricted")
    people = await pool(city, 3)
    keys = [row.person_id for row in people]
    await city.do("staff", motions.list_units, motion.id, [city.units["市民政局"], city.units["市财政局"]], keys)
    panel = await called_panel(city, motion, people, mode="meeting")
    meeting = await prepare(city, panel)
    (item,) = await rows(city, Item, Item.meeting_id == meeting.id)
    await convened(city, meeting)
    assert item.disclosure == "restricted" and motion.title not in meeting.title
    assert await sees(city, "expert1", item)
    assert not any([await sees(city, who, item) for who in ("leader2", "civil", "police", "auditor")])
    assert now() < panel.starts_at
