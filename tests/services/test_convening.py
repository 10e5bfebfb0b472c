"""Convening in full: what changed is told, answers are asked again, postponing, opening, leave not answered (A3.1)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.models.matters import Attendance, Item
from app.models.records import Outbox, Task
from app.queries.actors import load_actor
from app.queries.calendar import load_calendar
from app.queries.ready import ready_motions
from app.queries.visibility import View
from app.queries.warnings import warnings_of
from app.services import decisions, delegations, meetings, proposals
from app.services.decisions import DecisionDraft
from app.services.delegations import DelegationDraft
from tests.services.test_meetings import again, attendance, open_tasks, prepared
from tests.support.city import City, build
from tests.support.refusal import refused


async def told(city: City, event: str) -> dict[str, str]:
    """Person -> what he was told of the event."""
    names = {key: name for name, key in city.people.items()}
    async with city.db.read() as session:
        rows = (await session.scalars(select(Outbox).where(Outbox.event == event))).all()
    return {names[row.person_id]: row.payload["zh"] for row in rows}


async def warnings(city: City, who: str, meeting: Any) -> list[tuple[str, str]]:
    async with city.db.read() as session:
        view = View(await load_actor(session, city.people[who]), await city.works.policies.current(session))
        found = await warnings_of(session, view, await city.fresh(meeting), await load_calendar(session))
    return [(row.code, row.zh) for row in found]


async def convene_again(city: City, meeting: Any) -> None:
    await city.act("staff", "meeting", meeting, "request")
    await city.act("leader", "meeting", meeting, "agree")
    await city.do("head", meetings.convene_meeting, meeting.id)


@pytest.mark.clause("A3.1")
async def test_everybody_called_is_told_what_changed_and_asked_again_when_date_or_place_changed(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"))
    rows = await attendance(city, meeting)
    await city.act("finance", "attendance", rows["市财政局"], "accept")
    await city.do("civil", meetings.ask_leave, rows["市民政局"].id, "出差")
    moved = again(meeting, place="二号会议室", presider_id=city.people["deputy"])
    await city.do("staff", meetings.change_meeting, meeting.id, moved, "会议室维修")
    said = await told(city, "meeting.change")
    assert {"leader", "finance", "finance_liaison", "civil", "industry", "deputy2"} <= set(said)
    assert "地点由“市政府一号会议室”改为“二号会议室”" in said["civil"]
    assert "主持人由“组长甲”改为“副组长丙”" in said["civil"]
    assert not await open_tasks(city, *rows.values()), "while it is changed nobody owes it an answer"
    await convene_again(city, meeting)
    kept = await attendance(city, meeting)
    assert {name: row.state for name, row in kept.items()} == dict.fromkeys(rows, "called")
    assert {task.kind for task in await open_tasks(city, *kept.values())} == {"invitation"}


@pytest.mark.clause("A3.1")
async def test_an_answer_stands_when_neither_date_nor_place_changed(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"))
    rows = await attendance(city, meeting)
    await city.act("finance", "attendance", rows["市财政局"], "accept")
    await city.do("staff", meetings.change_meeting, meeting.id, again(meeting, title="组长会议(补充)"), "增加议题")
    await convene_again(city, meeting)
    kept = await attendance(city, meeting)
    assert {name: row.state for name, row in kept.items()} == {
        "市财政局": "accepted", "市经信委": "called", "市民政局": "called"
    }  # fmt: skip
    assert len(await open_tasks(city, kept["市经信委"])) == 1


@pytest.mark.clause("A3.1", "C2")
async def test_a_postponed_meeting_waits_for_a_new_date_and_asks_the_leader_again(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, _ = await city.meeting(motion)
    rows = await attendance(city, meeting)
    async with refused(city, "invalid", "A3.1", meeting):
        await city.do("staff", meetings.postpone_meeting, meeting.id, " ")
    await city.do("staff", meetings.postpone_meeting, meeting.id, "组长赴省里开会")
    assert (await told(city, "meeting.postpone"))["finance"] == "推迟:组长赴省里开会"
    assert not await open_tasks(city, meeting, *rows.values())
    assert (await city.fresh(motion)).state == "listed"
    for action, who in (("open", "leader"), ("request", "staff")):
        async with refused(city, "wrong_state", "", meeting):
            await city.act(who, "meeting", meeting, action)
    later = again(meeting, starts_at=meeting.starts_at + timedelta(days=7), ends_at=meeting.ends_at + timedelta(days=7))
    changed = await city.do("staff", meetings.change_meeting, meeting.id, later, "改在下周")
    assert changed.state == "draft"
    await convene_again(city, meeting)
    assert len(await open_tasks(city, *rows.values())) == len(rows)


@pytest.mark.clause("A4.1", "C2")
async def test_an_invitation_is_owed_no_more_once_the_meeting_has_opened(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"))
    rows = await attendance(city, meeting)
    assert await open_tasks(city, *rows.values())
    await city.act("leader", "meeting", meeting, "open")
    assert not await open_tasks(city, *rows.values())


@pytest.mark.clause("A4.1")
async def test_leave_not_answered_stands_so_and_is_settled_later(db, clock) -> None:
    city = await build(db)
    meeting, item = await city.meeting(await city.motion("ready"), presider="deputy")
    rows = await attendance(city, meeting)
    for who, name in (("finance", "市财政局"), ("civil", "市民政局"), ("industry", "市经信委")):
        await city.do(who, meetings.ask_leave, rows[name].id, "出差")
    await city.act("deputy", "meeting", meeting, "open")
    kept = await attendance(city, meeting)
    assert {row.state for row in kept.values()} == {"unanswered"}
    assert {task.holder for task in await open_tasks(city, *kept.values())} == {f"person/{city.people['deputy']}"}
    await city.do("staff", meetings.sign_in_unit, kept["市经信委"].id)  # it came all the same
    await city.do("staff", decisions.record_decision, item.id, DecisionDraft("noted", "听取。"))
    await city.do("deputy", meetings.close_meeting, meeting.id)
    assert (await city.fresh(kept["市财政局"])).state == "unanswered", "no absence without leave"
    async with refused(city, "is_presider", "A2.2", kept["市财政局"]):
        await city.act("leader", "attendance", kept["市财政局"], "grant_leave")
    await city.act("deputy", "attendance", kept["市财政局"], "grant_leave")
    await city.act("deputy", "attendance", kept["市民政局"], "refuse_leave", reason="应当到会")
    ends = {name: row.state for name, row in (await attendance(city, meeting)).items()}
    assert ends == {"市财政局": "excused", "市民政局": "absent", "市经信委": "present"}
    assert not await open_tasks(city, *kept.values())


@pytest.mark.clause("A2.2", "C4")
async def test_presiding_cannot_be_lent_but_leave_may_be_decided_by_a_delegate(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"))
    rows = await attendance(city, meeting)
    ends = clock.now + timedelta(days=20)
    for power in ("meeting:open", "attendance:grant_leave"):
        draft = DelegationDraft(city.people["deputy"], "leader", power, clock.now, ends, None, "出访")
        await city.do("leader", delegations.delegate, city.group, draft)
    await city.do("civil", meetings.ask_leave, rows["市民政局"].id, "出差")
    await city.act("deputy", "attendance", rows["市民政局"], "grant_leave")
    clock.set(meeting.starts_at)
    async with refused(city, "presides", "A2.2", meeting):
        await city.act("deputy", "meeting", meeting, "open")


@pytest.mark.clause("A3.1", "C14")
async def test_a_day_off_a_short_notice_and_two_meetings_at_once_are_warned_of(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"))
    assert await warnings(city, "staff", meeting) == []
    saturday = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft(days=5))
    assert [code for code, _ in await warnings(city, "staff", saturday)] == ["day_off"]
    tomorrow = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft(days=1))
    assert [code for code, _ in await warnings(city, "staff", tomorrow)] == ["short_notice"]
    _, same, _ = await prepared(city, "agreed", presider="deputy")
    assert await warnings(city, "staff", same) == [("twice", "副组长丙同一时间还有会议“组长会议”。")]
    await city.do("head", meetings.convene_meeting, same.id)
    ((_, said),) = await warnings(city, "staff", same)
    assert "市财政局" in said
    await city.act("staff", "meeting", meeting, "cancel", reason="合并召开")
    assert await warnings(city, "staff", same) == []


@pytest.mark.clause("A2.1")
async def test_a_meeting_is_proposed_from_what_waits_the_longest_waiting_first(db, clock) -> None:
    city = await build(db)
    draft = city.meeting_draft(days=40)
    async with refused(city, "nothing_ready", "A2.1"):
        await city.do("staff", proposals.propose_meeting, city.group, draft)
    first = await city.motion("ready")
    clock.forward(days=3)
    second, plenary = await city.motion("ready"), await city.motion("ready", "A1.2(4)")
    topic = await city.topic("approved")
    async with db.read() as session:
        view = View(await load_actor(session, city.people["staff"]), await city.works.policies.current(session))
        ages = {row.motion.id: row.waiting_days for row in await ready_motions(session, view)}
    assert ages == {first.id: 3, second.id: 0, plenary.id: 0}
    meeting = await city.do("staff", proposals.propose_meeting, city.group, draft)
    async with db.read() as session:
        rows = (await session.scalars(select(Item).where(Item.meeting_id == meeting.id).order_by(Item.position))).all()
    assert [row.motion_id for row in rows] == [first.id, second.id]
    assert (await city.fresh(plenary)).state == "ready"
    office = city.meeting_draft("directors_meeting", presider="director")
    await city.do("head", proposals.propose_meeting, city.group, office)
    assert (await city.fresh(topic)).state == "listed"


@pytest.mark.clause("A4.1")
async def test_deputies_are_called_and_ask_leave_like_everybody(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"))
    async with db.read() as session:
        query = select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.capacity == "leadership")
        seats = {row.person_id: row for row in (await session.scalars(query)).all()}
        tasks = (await session.scalars(select(Task).where(Task.kind == "invitation"))).all()
    assert set(seats) == {city.people[who] for who in ("in_charge", "deputy", "deputy2")}
    assert {f"person/{key}" for key in seats} <= {task.holder for task in tasks}
    mine = seats[city.people["deputy"]]
    async with refused(city, "of_called_unit", "A4.1", mine):
        await city.act("deputy2", "attendance", mine, "accept")
    await city.do("deputy", meetings.ask_leave, mine.id, "赴省里开会")
    await city.act("leader", "attendance", mine, "grant_leave")
