"""Major administrative decisions (国务院令第713号): what keeps them off the agenda, and a trace (A3.3)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.models.matters import Attendance
from app.models.panels import Panel
from app.models.records import Outbox, Signature, Trail
from app.models.review import Requirement
from app.rules.major import REQUIREMENTS
from app.services import arranging, decisions, major, meetings, motions
from app.services.decisions import DecisionDraft
from tests.services.test_freshness import rows
from tests.support.city import City, build
from tests.support.refusal import refused


async def marked(city: City, state: str = "ready") -> Any:
    motion = await city.motion(state, "A1.3(5)")
    return await city.do("director", major.mark_major, motion.id, "涉及公共利益")


async def concluded(city: City, motion: Any) -> None:
    """A panel that has concluded; how one comes about is told in tests of panels."""
    day = motion.created_at.date()
    async with city.db.write() as session:
        session.add(Panel(group_id=city.group, state="concluded", motion_id=motion.id, kind="review",
                          mode="in_writing", conclusion="pass", due_on=day, conclude_on=day))  # fmt: skip


async def all_met(city: City, motion: Any, clock: Any) -> None:
    today = clock.now.date()
    await concluded(city, motion)
    for kind in REQUIREMENTS:
        await city.do("staff", major.begin_requirement, motion.id, kind, today)
    clock.forward(days=31)
    for kind in REQUIREMENTS:
        await city.do("staff", major.meet_requirement, motion.id, kind, "已完成。")


async def listed(city: City, motion: Any) -> Any:
    row = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    return await city.do("staff", meetings.add_item, row.id, motion.id)


@pytest.mark.clause("A3.3")
async def test_the_director_switches_the_profile_on_and_it_blocks_until_all_is_done(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready", "A1.3(5)")
    for who in ("staff", "leader"):
        async with refused(city, "not_your_role", "A3.3", motion):
            await city.do(who, major.mark_major, motion.id, "重大")
    async with refused(city, "invalid", "A3.3", motion):
        await city.do("director", major.mark_major, motion.id, " ")
    async with refused(city, "is_major", "A3.3", motion):
        await city.do("staff", major.begin_requirement, motion.id, "risk_assessment", clock.now.date())
    await city.do("director", major.mark_major, motion.id, "涉及公共利益")
    assert {row.kind for row in await rows(city, Requirement)} == set(REQUIREMENTS)
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft(days=60))
    async with refused(city, "major_requirements_met", "A3.3", motion):
        await city.do("staff", meetings.add_item, meeting.id, motion.id)
    await all_met(city, motion, clock)
    assert (await city.do("staff", meetings.add_item, meeting.id, motion.id)).state == "listed"


@pytest.mark.clause("A3.3")
@pytest.mark.parametrize("missing", sorted(REQUIREMENTS))
async def test_each_requirement_alone_keeps_the_motion_off_the_agenda(db, clock, missing: str) -> None:
    city = await build(db)
    motion, today = await marked(city), clock.now.date()
    await concluded(city, motion)
    async with refused(city, "invalid", "A3.3", motion):
        await city.do("staff", major.begin_requirement, motion.id, "astrology", today)
    for kind in REQUIREMENTS:
        await city.do("staff", major.begin_requirement, motion.id, kind, today)
    clock.forward(days=31)
    for kind in sorted(set(REQUIREMENTS) - {missing}):
        await city.do("staff", major.meet_requirement, motion.id, kind, "已完成。")
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft(days=60))
    async with refused(city, "major_requirements_met", "A3.3", motion):
        await city.do("staff", meetings.add_item, meeting.id, motion.id)
    late, _ = await city.meeting(await city.motion("ready", "A1.3(5)", title="另一议题"))
    async with refused(city, "major_requirements_met", "A3.3", motion):  # nor as a late item
        await city.do("staff", arranging.add_late_item, late.id, "motion", motion.id, "紧急")
    await city.do("staff", major.meet_requirement, motion.id, missing, "已完成。")
    assert (await city.do("staff", meetings.add_item, meeting.id, motion.id)).state == "listed"


@pytest.mark.clause("A3.3", "C6")
async def test_whoever_is_not_the_director_cannot_switch_it_off_and_a_return_does_not(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("submitted", "A1.3(5)")
    await city.do("director", major.mark_major, motion.id, "涉及公共利益")
    for who in ("staff", "head", "vice", "in_charge", "leader"):
        async with refused(city, "not_your_role" if who in ("staff", "head", "vice") else "not_found", "", motion):
            await city.do(who, major.unmark_major, motion.id, "不算重大")
    await city.act("director", "motion", motion, "return", reason="补充材料")
    await city.do("staff", motions.edit_motion, motion.id, city.draft("A1.3(5)", title="改题"))
    again = await city.fresh(motion)
    assert again.major and again.title == "改题"
    entries = await rows(city, Trail, Trail.object_id == motion.id, Trail.action == "mark_major")
    assert [row.actor_id for row in entries] == [city.people["director"]]
    told = await rows(city, Outbox, Outbox.event == "motion.unmark_major")
    await city.do("director", major.unmark_major, motion.id, "经研判不属重大决策")
    after = await rows(city, Outbox, Outbox.event == "motion.unmark_major")
    assert told == [] and city.people["leader"] in {row.person_id for row in after}, "the leader hears of it"


@pytest.mark.clause("A3.3", "C14")
async def test_the_public_has_thirty_days_and_fewer_only_with_a_published_reason(db, clock) -> None:
    city = await build(db)
    motion, today = await marked(city), clock.now.date()
    row = await city.do("staff", major.begin_requirement, motion.id, "public_comments", today)
    assert row.ends_on == today + timedelta(days=30)
    short = today + timedelta(days=7)
    begin, site = (major.begin_requirement, motion.id, "public_comments", today), "市政府门户网站"
    for ends_on, reason, published_in in ((short, " ", site), (today, "紧急", site), (short, "汛期将至", " ")):
        async with refused(city, "invalid", "A3.3", row):
            await city.do("staff", *begin, ends_on, reason, published_in)
    row = await city.do("staff", *begin, short, "汛期将至", site)
    assert (row.ends_on, row.shorter_reason, row.reason_published_in) == (short, "汛期将至", site)
    clock.forward(days=7)
    async with refused(city, "comments_running", "A3.3", row):  # the last day is still the public's
        await city.do("staff", major.meet_requirement, motion.id, "public_comments", "收到意见12条。")
    clock.forward(days=1)
    for result in (" ",):
        async with refused(city, "invalid", "A3.3", row):
            await city.do("staff", major.meet_requirement, motion.id, "public_comments", result)
    done = await city.do("staff", major.meet_requirement, motion.id, "public_comments", "收到意见12条。")
    assert (done.met_on, done.met_by) == (clock.now.date(), city.people["staff"])


@pytest.mark.clause("A3.3", "A3.7")
async def test_the_legality_review_has_seven_working_days_and_experts_must_have_concluded(db, clock) -> None:
    city = await build(db)
    motion, today = await marked(city), clock.now.date()
    async with refused(city, "requirement_not_begun", "A3.3", motion):
        await city.do("staff", major.meet_requirement, motion.id, "legality_review", "合法。")
    async with refused(city, "invalid", "A3.3", motion):
        await city.do("staff", major.begin_requirement, motion.id, "something", today)
    row = await city.do("staff", major.begin_requirement, motion.id, "legality_review", today)
    assert str(row.ends_on) == "2026-03-11"  # seven working days from Monday, 2 March
    await city.do("staff", major.meet_requirement, motion.id, "legality_review", "合法。")
    await city.do("staff", major.begin_requirement, motion.id, "expert_view", today)
    async with refused(city, "panel_concluded", "A3.7", motion):
        await city.do("staff", major.meet_requirement, motion.id, "expert_view", "专家同意。")
    await concluded(city, motion)
    await city.do("staff", major.meet_requirement, motion.id, "expert_view", "专家同意。")
    async with refused(city, "not_your_role", "A3.3", motion):
        await city.do("leader", major.meet_requirement, motion.id, "risk_assessment", "低风险。")


@pytest.mark.clause("A3.3", "C6")
async def test_the_profile_is_never_off_again_without_trace(db, clock) -> None:
    city = await build(db)
    motion = await marked(city)
    async with refused(city, "not_major", "A3.3", motion):
        await city.do("director", major.mark_major, motion.id, "再来")
    async with refused(city, "not_your_role", "A3.3", motion):
        await city.do("staff", major.unmark_major, motion.id, "不算重大")
    async with refused(city, "invalid", "A3.3", motion):
        await city.do("director", major.unmark_major, motion.id, "")
    await city.do("director", major.unmark_major, motion.id, "经研判不属重大决策")
    kept = await rows(city, Requirement, Requirement.motion_id == motion.id)
    assert len(kept) == len(REQUIREMENTS) and all(row.lifted_at for row in kept)
    async with city.db.read() as session:
        query = select(Signature).where(Signature.action.in_(("mark_major", "unmark_major")))
        said = (await session.scalars(query.order_by(Signature.id))).all()
    assert [row.opinion for row in said] == ["涉及公共利益", "经研判不属重大决策"]
    assert (await listed(city, motion)).state == "listed"


@pytest.mark.clause("C17", "A3.3")
async def test_on_a_major_decision_the_presider_speaks_last(db, clock) -> None:
    city = await build(db)
    motion = await marked(city)
    await all_met(city, motion, clock)
    meeting, item = await city.meeting(await city.fresh(motion))
    await city.act("leader", "meeting", meeting, "open")
    (seat,) = await rows(city, Attendance, Attendance.unit_id == city.units["市财政局"])
    await city.do("staff", meetings.sign_in_unit, seat.id)
    async with refused(city, "presider_last", "C17", item):
        await city.do("staff", decisions.record_decision, item.id, DecisionDraft("passed", "同意。"))
    unit = city.units["市财政局"]
    await city.do("staff", decisions.record_statement, item.id, unit, "disagree", "应缓议。")
    async with refused(city, "presider_reason", "C17", item):
        await city.do("staff", decisions.record_decision, item.id, DecisionDraft("passed", "同意。"))
    await city.do("staff", decisions.record_decision, item.id, DecisionDraft("passed", "同意。", "利大于弊"))
