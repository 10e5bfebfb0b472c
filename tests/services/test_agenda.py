"""The agenda in full: order, times, observers, late items, what is raised, open directives (A2.1, A2.3, A3.1, C18)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.models.matters import Attendance, Item, Meeting
from app.services import arranging, decisions, directives, meetings, observers
from app.services.decisions import DecisionDraft
from app.services.directives import DirectiveDraft
from tests.services.test_meetings import open_tasks, prepared
from tests.support.city import City, build
from tests.support.refusal import refused, sees


async def agenda(city: City, meeting: Any) -> list[Item]:
    async with city.db.read() as session:
        query = select(Item).where(Item.meeting_id == meeting.id, Item.state != "removed")
        return list((await session.scalars(query.order_by(Item.position, Item.id))).all())


@pytest.mark.clause("A2.1", "A3.1")
async def test_only_what_is_ready_comes_on_an_agenda_and_on_one_at_a_time(db, clock) -> None:
    city = await build(db)
    early, ready = await city.motion("admitted"), await city.motion("ready")
    first, second = [await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft()) for _ in range(2)]
    async with refused(city, "not_ready", "", early, first):
        await city.do("staff", meetings.add_item, first.id, early.id)
    await city.do("staff", meetings.add_item, first.id, ready.id)
    async with refused(city, "on_another_agenda", "A3.1", ready, second):
        await city.do("staff", meetings.add_item, second.id, ready.id)


@pytest.mark.clause("A2.1")
async def test_order_minutes_and_the_clock_time_that_follows(db, clock) -> None:
    city = await build(db)
    rows = [await city.motion("ready", category) for category in ("A1.3(5)", "A1.3(1)", "A1.3(4)")]
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    items = [await city.do("staff", meetings.add_item, meeting.id, row.id) for row in rows]
    minutes = [(row.expected_at - meeting.starts_at).seconds // 60 for row in await agenda(city, meeting)]
    assert minutes == [0, 15, 30], "the leader who is asked for consent sees the times, too"
    await city.do("staff", arranging.arrange_item, items[2].id, 40, "财政局长")
    await city.do("staff", arranging.order_agenda, meeting.id, [items[2].id, items[0].id, items[1].id])
    found = await agenda(city, meeting)
    assert [row.id for row in found] == [items[2].id, items[0].id, items[1].id]
    assert [row.expected_at - meeting.starts_at for row in found] == [
        timedelta(0), timedelta(minutes=40), timedelta(minutes=55)
    ]  # fmt: skip
    assert (found[0].rapporteur, found[0].minutes) == ("财政局长", 40)
    await city.do("staff", arranging.order_agenda, meeting.id, (), "category")
    assert [row.motion_id for row in await agenda(city, meeting)] == [rows[1].id, rows[2].id, rows[0].id]
    for wrong in ([items[0].id], [items[0].id, items[0].id, items[1].id]):
        async with refused(city, "invalid", "A2.1", meeting):
            await city.do("staff", arranging.order_agenda, meeting.id, wrong)
    async with refused(city, "invalid", "A2.1", meeting):
        await city.do("staff", arranging.order_agenda, meeting.id, (), "alphabet")
    for minutes in (0, 10_000):
        async with refused(city, "invalid", "A2.1", items[0]):
            await city.do("staff", arranging.arrange_item, items[0].id, minutes)
    await city.do("staff", arranging.arrange_item, items[1].id, 5, "", items[0].id)
    async with refused(city, "invalid", "A2.1", items[0]):  # not under what is itself taken with another
        await city.do("staff", arranging.arrange_item, items[0].id, 5, "", items[1].id)


@pytest.mark.clause("A2.1", "C17")
async def test_motions_taken_together_are_decided_apart(db, clock) -> None:
    city = await build(db)
    first, second = await city.motion("ready"), await city.motion("ready")
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    items = [await city.do("staff", meetings.add_item, meeting.id, row.id) for row in (first, second)]
    await city.do("staff", arranging.arrange_item, items[1].id, 10, "", items[0].id)
    await city.act("staff", "meeting", meeting, "request")
    await city.act("leader", "meeting", meeting, "agree")
    await city.do("head", meetings.convene_meeting, meeting.id)
    await city.do("head", meetings.deliver_papers, meeting.id)
    await city.act("leader", "meeting", meeting, "open")
    async with refused(city, "before_session", "A2.1", items[0]):
        await city.do("staff", arranging.arrange_item, items[0].id, 10)
    await city.do("staff", decisions.record_decision, items[0].id, DecisionDraft("passed", "同意。"))
    await city.do("staff", decisions.record_decision, items[1].id, DecisionDraft("deferred", "再议。"))
    assert ((await city.fresh(first)).state, (await city.fresh(second)).state) == ("decided", "ready")


@pytest.mark.clause("A2.3", "A4.4", "C5")
async def test_an_observer_sees_his_items_from_delivery_until_the_meeting_has_ended(db, clock) -> None:
    city = await build(db)
    motion, other = await city.motion("ready"), await city.motion("ready")
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    item, second = [await city.do("staff", meetings.add_item, meeting.id, row.id) for row in (motion, other)]
    async with refused(city, "no_post_on_that_day", "A2.3", meeting):
        await city.do("staff", observers.invite_observers, meeting.id, [city.people["outsider"]])
    async with refused(city, "no_post_on_that_day", "A2.3", meeting):
        await city.do("staff", observers.invite_observers, meeting.id, [city.people["police"]], (), "expert")
    for people, items in (([], ()), ([city.people["police"]], [motion.id])):
        async with refused(city, "invalid", "A2.3", meeting):
            await city.do("staff", observers.invite_observers, meeting.id, people, items)
    await city.do("staff", observers.invite_observers, meeting.id, [city.people["police"]], [item.id])
    await city.do("staff", observers.invite_observers, meeting.id, [city.people["district"]])
    await city.act("staff", "meeting", meeting, "request")
    await city.act("leader", "meeting", meeting, "agree")
    assert not await sees(city, "police", meeting)
    await city.do("head", meetings.convene_meeting, meeting.id)
    assert (await sees(city, "police", meeting), await sees(city, "police", motion)) == (True, False)
    await city.do("head", meetings.deliver_papers, meeting.id)
    for row, police in ((motion, True), (item, True), (other, False), (second, False)):
        assert await sees(city, "police", row) == police
        assert await sees(city, "district", row), "he observes the whole meeting"
    await city.act("leader", "meeting", meeting, "open")
    for each in (item, second):
        done = await city.do("staff", decisions.record_decision, each.id, DecisionDraft("passed", "同意。"))
        assert not await sees(city, "police", done)
    assert await sees(city, "police", motion)
    await city.do("leader", meetings.close_meeting, meeting.id)
    for row in (motion, item, other, second):
        assert not await sees(city, "police", row)
        assert not await sees(city, "district", row)
    assert await sees(city, "finance", motion), "members keep what they were given"


@pytest.mark.clause("A2.3", "A4.1")
async def test_an_observer_is_called_answers_or_has_it_entered_and_one_with_part_keeps_it(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion)
    await city.do("staff", observers.invite_observers, meeting.id, [city.people["police"], city.people["civil"]])
    async with db.read() as session:
        query = select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.capacity == "invited")
        seats = {row.person_id: row for row in (await session.scalars(query)).all()}
    assert set(seats) == {city.people["police"], city.people["civil"]}
    assert await sees(city, "police", item), "the papers have been delivered already"
    seat = seats[city.people["police"]]
    async with refused(city, "not_found", "A4.4", seat):
        await city.act("district", "attendance", seat, "accept")
    await city.act("staff", "attendance", seat, "accept")
    await city.act("staff", "meeting", meeting, "cancel", reason="台风")
    assert not await sees(city, "police", motion)
    assert await sees(city, "civil", motion), "his unit was asked for its opinion"


@pytest.mark.clause("A3.1")
async def test_the_leader_admits_or_refuses_a_late_item(db, clock) -> None:
    city = await build(db)
    _, meeting, _ = await prepared(city, "agreed")
    await city.do("head", meetings.convene_meeting, meeting.id)
    await city.do("head", meetings.deliver_papers, meeting.id)
    late, unwanted = await city.motion("ready"), await city.motion("ready")
    item = await city.do("staff", arranging.add_late_item, meeting.id, "motion", late.id, "上级刚来文")
    assert [(task.kind, task.holder) for task in await open_tasks(city, item)] == [("consent", f"{city.group}/leader")]
    clock.set(meeting.starts_at - timedelta(days=4))
    async with refused(city, "item_consents", "A3.1", item):
        await city.act("director", "item", item, "admit_late")
    second = await city.do("staff", arranging.add_late_item, meeting.id, "motion", unwanted.id, "顺带研究")
    await city.act("leader", "item", second, "refuse_late", reason="下次再议")
    assert ((await city.fresh(second)).state, (await city.fresh(unwanted)).state) == ("removed", "ready")
    clock.set(meeting.starts_at)
    async with refused(city, "no_item_pending", "A3.1", meeting):
        await city.act("leader", "meeting", meeting, "open")
    await city.act("leader", "item", item, "admit_late")
    async with refused(city, "papers_in_time", "A3.4", meeting):
        await city.act("leader", "meeting", meeting, "open")
    await city.do("leader", meetings.waive_papers, item.id, "上级刚来文")
    await city.act("leader", "meeting", meeting, "open")


@pytest.mark.clause("A2.2")
async def test_a_meeting_that_was_adjourned_goes_on_where_it_stood(db, clock) -> None:
    city = await build(db)
    meeting, item = await city.meeting(await city.motion("ready"))
    async with refused(city, "wrong_state", "A2.2", meeting):
        await city.act("leader", "meeting", meeting, "adjourn", reason="午间休会")
    await city.act("leader", "meeting", meeting, "open")
    async with refused(city, "presides", "A2.2", meeting):
        await city.act("deputy", "meeting", meeting, "adjourn", reason="午间休会")
    async with refused(city, "invalid", "", meeting):
        await city.act("leader", "meeting", meeting, "adjourn", reason=" ")
    await city.act("leader", "meeting", meeting, "adjourn", reason="午间休会")
    passed = DecisionDraft("passed", "同意。")
    async with refused(city, "in_session", "A4.3", meeting, item):
        await city.do("staff", decisions.record_decision, item.id, passed)
    async with refused(city, "wrong_state", "A4.3", meeting):
        await city.do("leader", meetings.close_meeting, meeting.id)
    async with refused(city, "presides", "A2.2", meeting):
        await city.act("deputy", "meeting", meeting, "resume")
    await city.act("leader", "meeting", meeting, "resume")
    await city.do("staff", decisions.record_decision, item.id, passed)
    await city.do("leader", meetings.close_meeting, meeting.id)


@pytest.mark.clause("C17")
async def test_what_is_raised_on_the_spot_is_noted_or_referred_and_never_decided(db, clock) -> None:
    city = await build(db)
    meeting, item = await city.meeting(await city.motion("ready"))
    async with refused(city, "wrong_state", "C17", meeting):
        await city.do("staff", arranging.raise_matter, meeting.id, "机房搬迁", "")
    await city.act("leader", "meeting", meeting, "open")
    async with refused(city, "invalid", "C17", meeting):
        await city.do("staff", arranging.raise_matter, meeting.id, " ", "")
    raised = await city.do("staff", arranging.raise_matter, meeting.id, "机房搬迁", "民政局提出。")
    assert await sees(city, "finance", raised)
    for kind in ("passed", "passed_with_amendments", "not_passed", "deferred"):
        async with refused(city, "only_noted", "C17", raised):
            await city.do("staff", decisions.record_decision, raised.id, DecisionDraft(kind, "同意。"))
    async with refused(city, "all_items_settled", "A4.3", meeting):
        await city.do("leader", meetings.close_meeting, meeting.id)
    done = await city.do("staff", decisions.record_decision, raised.id, DecisionDraft("noted", "请办公室研究。"))
    assert await sees(city, "leader", done)
    await city.do("staff", decisions.record_decision, item.id, DecisionDraft("passed", "同意。"))
    await city.do("leader", meetings.close_meeting, meeting.id)


@pytest.mark.clause("C18")
async def test_the_state_of_open_directives_is_the_first_item_by_itself(db, clock) -> None:
    city = await build(db)
    draft = DirectiveDraft(
        "编制清单", "清单印发到12个单位", city.units["市公安局"], clock.now.date() + timedelta(days=3)
    )
    directive = await city.do("vice", directives.draft_directive, city.group, draft)
    await city.do("vice", directives.issue_directive, directive.id)
    motion = await city.motion("ready")
    meeting, _ = await city.meeting(motion)
    first, second = await agenda(city, meeting)
    assert (first.kind, first.position, second.motion_id) == ("directives", 0, motion.id)
    await city.act("leader", "meeting", meeting, "open")
    first = await city.fresh(first)
    assert first.text.startswith("未办结督办事项1项:超期1项")
    async with refused(city, "only_noted", "C17", first):
        await city.do("staff", decisions.record_decision, first.id, DecisionDraft("passed", "同意。"))
    await city.do("staff", decisions.record_decision, second.id, DecisionDraft("passed", "同意。"))
    await city.do("leader", meetings.close_meeting, meeting.id)
    assert (await city.fresh(first)).state == "decided"
    office = await city.office_meeting(await city.topic("approved"))
    assert [row.kind for row in await agenda(city, office)] == ["matter"], "that of the group's meetings only"
    async with db.read() as session:
        assert (await session.scalars(select(Meeting))).all()
