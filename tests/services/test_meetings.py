"""Meetings: consent, notice, papers, presider, attendance, statements, decisions (A1.1, A2, A3.1, A3.4, A4)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from app.models.matters import Attendance, Statement
from app.models.people import Appointment
from app.models.records import Outbox, Task
from app.services import decisions, meetings
from app.services.decisions import DecisionDraft
from app.services.meetings import MeetingDraft
from tests.support.city import OBSERVERS, City, build
from tests.support.refusal import refused


async def attendance(city: City, meeting: Any) -> dict[str, Attendance]:
    names = {key: name for name, key in city.units.items()}
    async with city.db.read() as session:
        rows = (await session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id))).all()
    return {names[row.unit_id]: row for row in rows if row.unit_id}


async def prepared(city: City, state: str = "draft", presider: str = "leader", **kwargs: Any) -> tuple[Any, Any, Any]:
    """Motion, meeting and item, the meeting in draft, requested or agreed."""
    motion = await city.motion("ready")
    draft = city.meeting_draft(presider=presider, **kwargs)
    meeting = await city.do("staff", meetings.draft_meeting, city.group, draft)
    item = await city.do("staff", meetings.add_item, meeting.id, motion.id)
    for who, action, reached in (("staff", "request", "requested"), ("leader", "agree", "agreed")):
        if state != meeting.state:
            meeting = (await city.act(who, "meeting", meeting, action)).row
            assert meeting.state == reached
    return motion, meeting, item


def again(meeting: Any, **changes: Any) -> MeetingDraft:
    names = ("form", "title", "starts_at", "ends_at", "place", "presider_id")
    return replace(MeetingDraft(**{name: getattr(meeting, name) for name in names}), **changes)


async def open_tasks(city: City, *rows: Any) -> list[Task]:
    async with city.db.read() as session:
        query = select(Task).where(Task.object_id.in_([row.id for row in rows]), Task.closed_at.is_(None))
        return list((await session.scalars(query)).all())


@pytest.mark.clause("A3.1", "B1.2")
async def test_no_notice_before_the_leader_has_agreed(db, clock) -> None:
    city = await build(db)
    empty = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    async with refused(city, "has_items", "A3.1", empty):
        await city.act("staff", "meeting", empty, "request")
    _, meeting, _ = await prepared(city)
    for _ in range(2):  # neither before nor after the request
        async with refused(city, "wrong_state", "A3.1", meeting):
            await city.do("head", meetings.convene_meeting, meeting.id)
        if (await city.fresh(meeting)).state == "draft":
            await city.act("staff", "meeting", meeting, "request")
    for who in ("in_charge", "director"):
        async with refused(city, "consents" if who == "director" else "not_found", "", meeting):
            await city.act(who, "meeting", meeting, "agree")
    await city.act("leader", "meeting", meeting, "agree")
    assert not await attendance(city, meeting)
    assert (await city.do("head", meetings.convene_meeting, meeting.id)).state == "convened"
    async with db.read() as session:
        told = (await session.scalars(select(Outbox).where(Outbox.event == "meeting.convene"))).all()
    assert city.people["finance"] in {row.person_id for row in told}


@pytest.mark.clause("A3.1")
async def test_the_leader_returns_or_refuses_and_a_refused_meeting_lets_its_motions_go(db, clock) -> None:
    city = await build(db)
    motion, meeting, item = await prepared(city, "requested")
    async with refused(city, "invalid", "A3.1", meeting):
        await city.act("leader", "meeting", meeting, "return")
    await city.act("leader", "meeting", meeting, "return", reason="改到下周")
    assert (await city.fresh(meeting)).state == "draft"
    await city.act("staff", "meeting", meeting, "request")
    await city.act("leader", "meeting", meeting, "refuse", reason="暂不开会")
    assert (await city.fresh(item)).state == "removed"
    assert (await city.fresh(motion)).state == "ready"
    other = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    await city.do("staff", meetings.add_item, other.id, motion.id)


@pytest.mark.clause("A3.1", "C2")
async def test_a_cancelled_meeting_asks_nothing_of_anybody(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion)
    called = list((await attendance(city, meeting)).values())
    assert await open_tasks(city, *called)
    await city.act("staff", "meeting", meeting, "cancel", reason="台风")
    assert not await open_tasks(city, meeting, item, *called)
    assert ((await city.fresh(motion)).state, (await city.fresh(item)).state) == ("ready", "removed")
    finance = (await attendance(city, meeting))["市财政局"]
    async with refused(city, "before_opening", "A4.1", finance):
        await city.act("finance", "attendance", finance, "accept")


@pytest.mark.clause("A3.1")
async def test_a_change_or_an_added_item_asks_the_leader_again(db, clock) -> None:
    city = await build(db)
    _, meeting, item = await prepared(city, "agreed")
    more = await city.motion("ready")
    async with refused(city, "agenda_fixed", "A3.1", meeting, more):
        await city.do("staff", meetings.add_item, meeting.id, more.id)
    async with refused(city, "before_consent", "A3.1", meeting, item):
        await city.do("staff", meetings.remove_item, item.id, "材料未备")
    async with refused(city, "invalid", "A3.1", meeting):
        await city.do("staff", meetings.change_meeting, meeting.id, again(meeting, place="二号会议室"), "")
    async with refused(city, "invalid", "A1.1", meeting):
        await city.do("staff", meetings.change_meeting, meeting.id, again(meeting, form="plenary"), "改为全体会")
    moved = again(meeting, place="二号会议室")
    changed = await city.do("staff", meetings.change_meeting, meeting.id, moved, "原会议室维修")
    assert (changed.state, changed.place) == ("draft", "二号会议室")
    async with refused(city, "wrong_state", "A3.1", meeting):
        await city.do("head", meetings.convene_meeting, meeting.id)
    await city.do("staff", meetings.add_item, meeting.id, more.id)
    await city.act("staff", "meeting", meeting, "request")
    await city.act("leader", "meeting", meeting, "agree")
    await city.do("head", meetings.convene_meeting, meeting.id)


@pytest.mark.clause("A1.1", "A3.1")
async def test_a_meeting_is_a_plenary_or_a_leaders_meeting_in_the_future(db, clock) -> None:
    city = await build(db)
    good = city.meeting_draft()
    past = clock.now - timedelta(days=1)
    for form in ("office", "added"):
        async with refused(city, "invalid", "B2.3"):
            await city.do("staff", meetings.draft_meeting, city.group, replace(good, form=form))
    wrong = [dict(title=" "), dict(starts_at=past), dict(ends_at=good.starts_at),
             dict(presider_id=city.group), dict(starts_at=good.starts_at.replace(tzinfo=None))]  # fmt: skip
    for changes in wrong:
        async with refused(city, "invalid", "A3.1"):
            await city.do("staff", meetings.draft_meeting, city.group, replace(good, **changes))
    async with refused(city, "not_your_role", "A3.1"):
        await city.do("leader", meetings.draft_meeting, city.group, good)


@pytest.mark.clause("A2.2", "C5")
async def test_who_has_left_office_by_the_day_of_the_meeting_does_not_preside(db, clock) -> None:
    city = await build(db)
    draft = city.meeting_draft(presider="deputy")
    async with db.write() as session:
        query = update(Appointment).where(col(Appointment.person_id) == city.people["deputy"])
        await session.execute(query.values(ends_on=draft.starts_at.date() - timedelta(days=1)))
    async with refused(city, "presider_may", "A2.2"):
        await city.do("staff", meetings.draft_meeting, city.group, draft)


@pytest.mark.clause("A2.2")
async def test_nobody_but_the_leader_or_a_named_deputy_presides(db, clock) -> None:
    city = await build(db)
    for who in ("director", "vice", "outsider", "finance"):
        async with refused(city, "presider_may", "A2.2"):
            await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft(presider=who))
    _, meeting, _ = await prepared(city, "agreed", presider="deputy")
    await city.do("head", meetings.convene_meeting, meeting.id)
    await city.do("head", meetings.deliver_papers, meeting.id)
    clock.forward(days=7)
    for who in ("leader", "deputy2", "director"):
        async with refused(city, "presides", "A2.2", meeting):
            await city.act(who, "meeting", meeting, "open")
    await city.act("deputy", "meeting", meeting, "open")


@pytest.mark.clause("A2.4", "A1.1", "A4.1")
async def test_whom_each_form_calls(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready", proposing_unit_id=city.units["东湖区政府"]))
    called = await attendance(city, meeting)
    assert {name: row.capacity for name, row in called.items()} == {
        **dict.fromkeys(OBSERVERS, "observer"), "东湖区政府": "member"
    }  # fmt: skip
    plenary, _ = await city.meeting(await city.motion("ready", "A1.2(4)"), form="plenary")
    assert set(await attendance(city, plenary)) == {"市财政局", "市经信委", "市民政局", "市公安局"}


@pytest.mark.clause("A3.4")
@pytest.mark.parametrize(("form", "category", "days"), [("leaders_meeting", "A1.3(1)", 2), ("plenary", "A1.2(4)", 3)])
async def test_papers_reach_the_leadership_working_days_before(db, clock, form, category, days) -> None:
    city = await build(db)
    meeting, item = await city.meeting(await city.motion("ready", category), form=form, deliver=False)
    clock.forward(days=7 - days + 1)  # a day too late: the meeting is on Monday, 9 March; a weekend lies between
    async with refused(city, "papers_in_time", "A3.4", meeting):
        await city.act("leader", "meeting", meeting, "open")
    await city.do("head", meetings.deliver_papers, meeting.id)
    clock.set(meeting.starts_at)
    async with refused(city, "papers_in_time", "A3.4", meeting):
        await city.act("leader", "meeting", meeting, "open")
    for who in ("deputy", "director"):
        async with refused(city, "not_your_role", "A3.4", item):
            await city.do(who, meetings.waive_papers, item.id, "情况紧急")
    async with refused(city, "invalid", "A3.4", item):
        await city.do("leader", meetings.waive_papers, item.id, " ")
    await city.do("leader", meetings.waive_papers, item.id, "情况紧急")
    await city.act("leader", "meeting", meeting, "open")


@pytest.mark.clause("A3.4", "C14")
async def test_papers_on_the_last_day_are_in_time(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"), deliver=False)
    clock.forward(days=3, hours=14.9)  # Thursday, 5 March, six minutes before midnight; the meeting is on Monday
    await city.do("head", meetings.deliver_papers, meeting.id)
    clock.set(meeting.starts_at)
    await city.act("leader", "meeting", meeting, "open")


@pytest.mark.clause("A4.1")
async def test_leave_is_asked_of_the_presider_with_a_reason(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"))
    rows = await attendance(city, meeting)
    finance, civil, industry = rows["市财政局"], rows["市民政局"], rows["市经信委"]
    async with refused(city, "not_found", "A4.4", finance):
        await city.do("civil", meetings.ask_leave, finance.id, "出差")
    async with refused(city, "invalid", "A4.1", finance):
        await city.do("finance", meetings.ask_leave, finance.id, " ")
    await city.do("finance", meetings.ask_leave, finance.id, "出差", "副局长")
    (task,) = await open_tasks(city, finance)
    assert (task.kind, task.holder) == ("leave", f"person/{city.people['leader']}")
    async with refused(city, "is_presider", "A2.2", finance):
        await city.act("deputy", "attendance", finance, "grant_leave")
    await city.act("leader", "attendance", finance, "grant_leave")
    assert ((await city.fresh(finance)).state, (await city.fresh(finance)).substitute) == ("excused", "副局长")
    await city.do("civil", meetings.ask_leave, civil.id, "休假")
    await city.act("leader", "attendance", civil, "refuse_leave", reason="此事涉及贵局")
    assert (await city.fresh(civil)).state == "leave_refused"
    await city.act("industry", "attendance", industry, "accept")
    clock.set(meeting.starts_at)
    await city.act("leader", "meeting", meeting, "open")
    async with refused(city, "before_opening", "A4.1", civil):
        await city.act("civil", "attendance", civil, "accept")


@pytest.mark.clause("A4.1")
async def test_presence_lateness_and_absence_are_recorded(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion)
    rows = await attendance(city, meeting)
    async with refused(city, "meeting_running", "A4.1", rows["市财政局"]):
        await city.do("staff", meetings.sign_in_unit, rows["市财政局"].id)
    await city.do("industry", meetings.ask_leave, rows["市经信委"].id, "出差")
    await city.act("leader", "attendance", rows["市经信委"], "grant_leave")
    clock.set(meeting.starts_at)
    await city.act("leader", "meeting", meeting, "open")
    await city.do("staff", meetings.sign_in_unit, rows["市财政局"].id)
    async with refused(city, "all_items_settled", "A4.3", meeting):
        await city.do("leader", meetings.close_meeting, meeting.id)
    await city.do("staff", decisions.record_decision, item.id, DecisionDraft("noted", "听取。"))
    await city.do("leader", meetings.close_meeting, meeting.id)
    kept = await attendance(city, meeting)
    assert {name: (row.state, row.late) for name, row in kept.items()} == {
        "市财政局": ("present", False), "市经信委": ("excused", False), "市民政局": ("absent", False)
    }  # fmt: skip
    assert not await open_tasks(city, *kept.values())
    assert {task.kind for task in await open_tasks(city, meeting)} == {"minutes", "minutes_issue"}

    second, _ = await city.meeting(await city.motion("ready"))
    rows = await attendance(city, second)
    clock.set(second.starts_at + timedelta(minutes=10))
    await city.act("leader", "meeting", second, "open")
    assert (await city.do("staff", meetings.sign_in_unit, rows["市民政局"].id)).late


@pytest.mark.clause("A4.3", "C17")
async def test_statements_and_decisions_belong_to_the_session(db, clock) -> None:
    city = await build(db)
    meeting, item = await city.meeting(await city.motion("ready"))
    civil = city.units["市民政局"]
    async with refused(city, "in_session", "A4.3", item):
        await city.do("staff", decisions.record_statement, item.id, civil, "disagree", "我局不同意。")
    async with refused(city, "in_session", "A4.3", item):
        await city.do("staff", decisions.record_decision, item.id, DecisionDraft("passed", "通过。"))
    clock.set(meeting.starts_at)
    await city.act("leader", "meeting", meeting, "open")
    async with refused(city, "invalid", "A4.1", item):  # not called to this meeting
        await city.do("staff", decisions.record_statement, item.id, city.units["市公安局"], "agree", "同意。")
    await city.do("staff", decisions.record_statement, item.id, civil, "disagree", "我局不同意,理由三条。")
    await city.do("staff", decisions.record_statement, item.id, civil, "agree", "补充:经解释,同意。")
    async with db.read() as session:
        said = (await session.scalars(select(Statement).order_by(Statement.id))).all()
    assert [(row.position, row.text) for row in said] == [
        ("disagree", "我局不同意,理由三条。"), ("agree", "补充:经解释,同意。")
    ]  # fmt: skip
    for draft in (DecisionDraft("adopted", "通过。"), DecisionDraft("passed", " ")):
        async with refused(city, "invalid", "", item):
            await city.do("staff", decisions.record_decision, item.id, draft)


@pytest.mark.clause("C17")
@pytest.mark.parametrize(("position", "kind"), [("disagree", "passed"), ("disagree", "passed_with_amendments"),
                                            ("agree", "not_passed")])  # fmt: skip
async def test_where_positions_and_decision_differ_the_presider_says_why(db, clock, position, kind) -> None:
    city = await build(db)
    meeting, item = await city.meeting(await city.motion("ready"))
    clock.set(meeting.starts_at)
    await city.act("leader", "meeting", meeting, "open")
    await city.do("staff", decisions.record_statement, item.id, city.units["市民政局"], position, "如是说。")
    async with refused(city, "presider_reason", "C17", item, meeting):
        await city.do("staff", decisions.record_decision, item.id, DecisionDraft(kind, "如此议定。"))
    made = await city.do("staff", decisions.record_decision, item.id, DecisionDraft(kind, "如此议定。", "利大于弊"))
    assert made.presider_reason == "利大于弊"
    async with refused(city, "wrong_state", "A4.3", item):
        await city.do("staff", decisions.record_decision, item.id, DecisionDraft("noted", "再议。"))
