"""C20 for acts with a form of their own: whoever owes the act signs on paper and a clerk whom he authorised enters it;
it is his with the paper's date, he is told, and he can object."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import at, today
from app.models.engine import Database
from app.models.matters import Attendance, Opinion
from app.models.outcome import DirectiveExtension, Report
from app.models.records import Outbox, Signature, Trail
from app.rules.paper import WITHOUT_PAPER
from app.services import delegations, directives, freshness, meetings, opinions
from app.services.directives import DirectiveDraft
from tests.support.city import City
from tests.support.paper import entered, sheet, with_clerk
from tests.support.refusal import refused

pytestmark = pytest.mark.clause("C20")


@pytest.fixture
async def city(db: Database, clock: Any) -> City:
    return await with_clerk(db)


async def entry(city: City, row: Any, action: str) -> Signature:
    """The one signature in force of this act on this row; that it says who entered it, and that he is told."""
    async with city.db.read() as session:
        signed = (
            await session.scalars(select(Signature).where(Signature.object_id == row.id, Signature.action == action))
        ).one()
        trail = (await session.scalars(select(Trail).where(Trail.object_id == row.id, Trail.action == action))).one()
        told = await session.scalars(
            select(Outbox.person_id).where(Outbox.event == "paper.entered", Outbox.object_id == row.id)
        )
        assert signed.person_id in set(told.all())
    clerk = city.people["planner"]
    assert (signed.entered_by, trail.entered_by) == (clerk, clerk)
    assert trail.actor_id == signed.person_id != clerk
    assert signed.opinion.endswith("档案柜3-12)") or signed.opinion == "档案柜3-12"
    return signed


async def asked(city: City) -> tuple[Any, Any]:
    motion = await city.motion("under_review")
    async with city.db.read() as session:
        query = select(Opinion).where(Opinion.unit_id == city.units["市民政局"])
        return motion, (await session.scalars(query)).one()


@pytest.mark.clause("A3.3", "C16")
async def test_a_units_opinion_is_its_heads_of_the_day_on_which_he_signed(city: City, clock: Any) -> None:
    motion, opinion = await asked(city)
    day = opinion.due_on
    clock.set(at(day + timedelta(days=2), 9))
    await city.do("staff", freshness.amend_motion, motion.id, motion.title, "改后的正文。", "采纳意见")
    given = ("disagree", "金额偏高。")
    with_paper = sheet(city, "civil", day)
    done = await entered(city, "planner", "opinion", opinion, "answer", with_paper, opinions.answer_opinion, *given)
    assert (done.state, done.position, done.answered_at) == ("answered", "disagree", at(day, 12)), "in time"
    assert done.stale, "he judged the text of that day"
    signed = await entry(city, opinion, "answer")
    assert (signed.person_id, signed.signed_at) == (city.people["civil"], at(day, 12))
    assert signed.opinion == "金额偏高。(档案柜3-12)"


@pytest.mark.clause("A4.1", "A3.4")
async def test_leave_its_answer_and_the_leaders_waiver(city: City) -> None:
    _, item = await city.meeting(await city.motion("ready"), deliver=False)
    async with city.db.read() as session:
        query = select(Attendance).where(Attendance.unit_id == city.units["市民政局"])
        seat = (await session.scalars(query)).one()
    mine, leaders = sheet(city, "civil"), sheet(city, "leader")
    asked_for = await entered(city, "planner", "attendance", seat, "ask_leave", mine, meetings.ask_leave, "出差")
    assert (asked_for.state, asked_for.leave_reason) == ("leave_asked", "出差")
    granted = await entered(city, "planner", "attendance", seat, "grant_leave", leaders)
    assert granted.row.state == "excused"
    waived = await entered(city, "planner", "item", item, "waive_papers", leaders, meetings.waive_papers, "事急")
    assert waived.papers_waived
    for row, action, who in ((seat, "ask_leave", "civil"), (seat, "grant_leave", "leader"),
                             (item, "waive_papers", "leader")):  # fmt: skip
        assert (await entry(city, row, action)).person_id == city.people[who]


async def under_way(city: City) -> Any:
    draft = DirectiveDraft(
        title="编制资金计划", result="计划印发到12个单位", lead_unit_id=city.units["市财政局"],
        due_on=date(2026, 3, 20), period="monthly",
    )  # fmt: skip
    row = await city.do("vice", directives.draft_directive, city.group, draft)
    return await entered(city, "planner", "directive", row, "issue", sheet(city, "vice"), directives.issue_directive)


@pytest.mark.clause("C3")
async def test_a_directive_on_paper_from_its_issue_to_the_longer_date(city: City, clock: Any) -> None:
    row = await under_way(city)
    mine = sheet(city, "finance")
    await entered(city, "planner", "directive", row, "acknowledge", mine)
    clock.set(at(date(2026, 3, 21), 9))  # a day late, but signed in time
    report = await entered(
        city, "planner", "directive", row, "report", sheet(city, "finance", date(2026, 3, 19)),
        directives.report_progress, "初稿已成",
    )  # fmt: skip
    assert (report.reporter_id, report.reported_at) == (city.people["finance"], at(date(2026, 3, 19), 12))
    new = date(2026, 4, 10)
    await entered(
        city, "planner", "directive", row, "ask_extension", sheet(city, "finance", date(2026, 3, 20)),
        directives.ask_extension, new, "需要会签",
    )  # fmt: skip
    granted = await entered(
        city, "planner", "directive", row, "grant_extension", sheet(city, "vice"), directives.grant_extension
    )
    assert granted.due_on == new
    async with city.db.read() as session:
        (more,) = (await session.scalars(select(DirectiveExtension))).all()
        assert (await session.scalars(select(Report.id))).all() == [report.id]
    assert (more.asked_by, more.answered_by) == (city.people["finance"], city.people["vice"])
    for action in ("issue", "acknowledge", "report", "ask_extension", "grant_extension"):
        who = "vice" if action in ("issue", "grant_extension") else "finance"
        assert (await entry(city, row, action)).person_id == city.people[who], action


async def test_it_is_refused_to_the_wrong_clerk_and_for_the_wrong_signer(city: City) -> None:
    _, opinion = await asked(city)
    given = (opinions.answer_opinion, "agree")
    async with refused(city, "not_authorised", "C20", opinion):
        await entered(city, "staff", "opinion", opinion, "answer", sheet(city, "civil"), *given)
    async with refused(city, "not_found", "A4.4", opinion):  # of another unit's hands the clerk's is none
        await entered(city, "police", "opinion", opinion, "answer", sheet(city, "civil"), *given)
    async with refused(city, "not_your_role", "A3.3", opinion):  # the leader answers for no unit
        await entered(city, "planner", "opinion", opinion, "answer", sheet(city, "leader"), *given)
    async with refused(city, "of_asked_unit", "A3.3", opinion):  # the head of another unit
        await entered(city, "planner", "opinion", opinion, "answer", sheet(city, "finance"), *given)
    for wrong in (sheet(city, "civil", today() + timedelta(days=1)), sheet(city, "civil", note=" ")):
        async with refused(city, "invalid", "C20", opinion):
            await entered(city, "planner", "opinion", opinion, "answer", wrong, *given)


async def test_what_is_no_signers_step_is_not_entered_from_paper(city: City) -> None:
    motion = await city.motion("ready")
    draft = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    async with refused(city, "not_from_paper", "C20", motion, draft):
        await entered(city, "planner", "motion", motion, "list", sheet(city, "director"), meetings.add_item, draft.id)
    for noun, action in (*WITHOUT_PAPER, ("motion", "decide"), ("motion", "nothing"), ("group", "edit")):
        async with refused(city, "not_from_paper", "C20"):
            await entered(city, "planner", noun, motion, action, sheet(city, "director"))


async def test_the_signer_of_a_report_objects_and_the_directive_waits(city: City) -> None:
    row = await under_way(city)
    mine = sheet(city, "finance")
    await entered(city, "planner", "directive", row, "acknowledge", mine)
    await entered(city, "planner", "directive", row, "report", mine, directives.report_progress, "初稿已成")
    signed = await entry(city, row, "report")
    await city.do("finance", delegations.object_to, signed.id, "我报的是尚未开始")
    async with refused(city, "objected", "C20", row):
        await city.do("finance", directives.report_completion, row.id, "已完成")
    await city.do("finance", delegations.withdraw_objection, signed.id)
    assert (await city.do("finance", directives.report_completion, row.id, "已完成")).kind == "completion"
