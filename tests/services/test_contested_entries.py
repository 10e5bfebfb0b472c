"""C20: what its signer objects to waits, and what rests on it too; the office takes it back, and it stays on record."""

from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import today
from app.models.engine import Database
from app.models.matters import Attendance, EarlierOpinion, Opinion
from app.models.outcome import DirectiveExtension
from app.models.records import Outbox, Signature, Task, Trail
from app.services import delegations, directives, entries, meetings, opinions
from app.services.directives import DirectiveDraft
from tests.support.city import City
from tests.support.paper import entered, sheet, with_clerk
from tests.support.refusal import refused

pytestmark = pytest.mark.clause("C20")


@pytest.fixture
async def city(db: Database, clock: Any) -> City:
    return await with_clerk(db)


async def contested(city: City, who: str, row: Any, action: str) -> Signature:
    """The signature of this act, and its signer objects to it."""
    async with city.db.read() as session:
        query = select(Signature).where(Signature.object_id == row.id, Signature.action == action)
        signed = (await session.scalars(query)).one()
    await city.do(who, delegations.object_to, signed.id, "不是我签的")
    return signed


async def of_unit(city: City, model: Any, name: str) -> Any:
    async with city.db.read() as session:
        return (await session.scalars(select(model).where(model.unit_id == city.units[name]))).one()


async def answered(city: City) -> tuple[Any, Any]:
    """A motion in review of which one answer was entered from paper, and that opinion."""
    motion = await city.motion("under_review")
    for name, who in (("市财政局", "finance"), ("市民政局", "civil")):
        opinion = await of_unit(city, Opinion, name)
        if who == "finance":
            await city.do(who, opinions.answer_opinion, opinion.id, "agree")
    await entered(
        city, "planner", "opinion", opinion, "answer", sheet(city, "civil"), opinions.answer_opinion, "agree", "同意。"
    )
    return motion, opinion


@pytest.mark.clause("A3.3")
async def test_a_contested_answer_is_not_consolidated_and_is_asked_again_or_voided(city: City) -> None:
    motion, opinion = await answered(city)
    signed = await contested(city, "civil", opinion, "answer")
    async with refused(city, "opinions_uncontested", "C20", motion, opinion):
        await city.do("director", opinions.consolidate, motion.id, "各单位均同意。")
    for who, code in (("staff", "not_your_role"), ("civil", "not_your_role"), ("police", "not_found")):
        async with refused(city, code, "", opinion, signed):
            await city.do(who, entries.void_entry, signed.id, "代录有误")
    async with refused(city, "invalid", "C20", opinion, signed):
        await city.do("director", entries.void_entry, signed.id, " ")
    voided = await city.do("director", entries.void_entry, signed.id, "代录有误")
    assert voided.voided_at and voided.objection, "it stays on record"
    again = await city.fresh(opinion)
    assert (again.state, again.position, again.text) == ("asked", "", "")
    async with city.db.read() as session:
        (earlier,) = (await session.scalars(select(EarlierOpinion))).all()
        query = select(Trail.action, Trail.clause).where(Trail.object_id == opinion.id).order_by(Trail.seq.desc())
        assert (await session.execute(query.limit(1))).one() == ("void_entry", "C20")
        kept = select(Signature.opinion).where(Signature.action == "void_entry")
        assert (await session.scalars(kept)).one() == "代录有误"
        told = await session.scalars(select(Outbox.person_id).where(Outbox.event == "signature.void"))
        assert set(told.all()) == {city.people["civil"], city.people["planner"]}
    assert earlier.text == "同意。"
    await city.do("civil", opinions.answer_opinion, opinion.id, "agree_with_amendments", "请压减。")
    assert (await city.do("director", opinions.consolidate, motion.id, "已吸收。")).state == "ready"


@pytest.mark.clause("A3.3")
async def test_what_was_consolidated_on_a_contested_answer_is_open_again(city: City) -> None:
    motion, opinion = await answered(city)
    await city.do("director", opinions.consolidate, motion.id, "各单位均同意。")
    signed = await contested(city, "civil", opinion, "answer")
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    async with refused(city, "opinions_uncontested", "C20", motion):
        await city.do("staff", meetings.add_item, meeting.id, motion.id)
    await city.do("director", entries.void_entry, signed.id, "代录有误")
    back = await city.fresh(motion)
    assert (back.state, back.consolidated) == ("under_review", "")
    assert (await city.fresh(opinion)).state == "asked"


@pytest.mark.clause("A3.4")
async def test_a_contested_waiver_opens_no_meeting(city: City) -> None:
    meeting, item = await city.meeting(await city.motion("ready"), deliver=False)
    mine = sheet(city, "leader")
    await entered(city, "planner", "item", item, "waive_papers", mine, meetings.waive_papers, "事急")
    signed = await contested(city, "leader", item, "waive_papers")
    city.go_to(meeting.starts_at)
    async with refused(city, "papers_in_time", "A3.4", meeting, item):
        await city.act("leader", "meeting", meeting, "open")
    await city.do("director", entries.void_entry, signed.id, "组长没有同意")
    assert not (await city.fresh(item)).papers_waived
    await city.do("leader", meetings.waive_papers, item.id, "事急")
    assert (await city.act("leader", "meeting", meeting, "open")).row.state == "in_session"


@pytest.mark.clause("A4.1")
async def test_leave_that_a_unit_contests_is_owed_anew(city: City) -> None:
    await city.meeting(await city.motion("ready"))
    seat = await of_unit(city, Attendance, "市民政局")
    mine = sheet(city, "civil")
    await entered(city, "planner", "attendance", seat, "ask_leave", mine, meetings.ask_leave, "出差")
    signed = await contested(city, "civil", seat, "ask_leave")
    async with refused(city, "objected", "C20", seat):
        await city.act("leader", "attendance", seat, "grant_leave")
    await city.do("director", entries.void_entry, signed.id, "听错了")
    assert (await city.fresh(seat)).state == "called"
    async with city.db.read() as session:
        open_now = select(Task.kind).where(Task.object_id == seat.id, Task.closed_at.is_(None))
        assert (await session.scalars(open_now)).all() == ["invitation"]
    await city.do("civil", meetings.ask_leave, seat.id, "出差")
    await entered(city, "planner", "attendance", seat, "grant_leave", sheet(city, "leader"))
    signed = await contested(city, "leader", seat, "grant_leave")
    await city.do("director", entries.void_entry, signed.id, "组长没有批")
    assert (await city.fresh(seat)).state == "leave_asked", "it is the leader's to decide anew"


async def under_way(city: City) -> Any:
    draft = DirectiveDraft(
        title="编制资金计划",
        result="计划印发到12个单位",
        lead_unit_id=city.units["市财政局"],
        due_on=today().replace(day=20),
    )
    row = await city.do("vice", directives.draft_directive, city.group, draft)
    await city.do("vice", directives.issue_directive, row.id)
    return (await city.act("finance", "directive", row, "acknowledge")).row


@pytest.mark.clause("C3")
async def test_a_directive_goes_on_when_what_was_entered_is_refused_returned_or_voided(city: City) -> None:
    row = await under_way(city)
    mine = sheet(city, "finance")
    new = row.due_on.replace(day=28)
    await entered(city, "planner", "directive", row, "ask_extension", mine, directives.ask_extension, new, "需要会签")
    signed = await contested(city, "finance", row, "ask_extension")
    async with refused(city, "taken_back_otherwise", "C20", row, signed):
        await city.do("director", entries.void_entry, signed.id, "代录有误")
    async with refused(city, "objected", "C20", row):
        await city.do("vice", directives.grant_extension, row.id)
    await city.do("vice", directives.refuse_extension, row.id, "没有申请过")
    async with city.db.read() as session:
        assert (await session.scalars(select(DirectiveExtension.granted))).all() == [False]
    await entered(city, "planner", "directive", row, "report", mine, directives.report_progress, "初稿已成")
    signed = await contested(city, "finance", row, "report")
    async with refused(city, "objected", "C20", row):
        await city.do("finance", directives.report_completion, row.id, "已完成")
    await city.do("director", entries.void_entry, signed.id, "代录有误")
    done = ("report_completion", mine, directives.report_completion, "已完成")
    await entered(city, "planner", "directive", row, *done)
    signed = await contested(city, "finance", row, "report_completion")
    async with refused(city, "taken_back_otherwise", "C20", row, signed):
        await city.do("director", entries.void_entry, signed.id, "代录有误")
    back = await city.act("head", "directive", row, "return_report", reason="单位没有报告")
    assert back.row.state == "in_progress"
    assert (await city.fresh(signed)).voided_at
    await city.do("finance", directives.report_completion, row.id, "已完成")


async def test_only_what_is_contested_is_voided_and_a_motion_goes_back_by_its_own_way(city: City) -> None:
    motion = await city.motion("reviewed")
    await entered(city, "planner", "motion", motion, "admit", sheet(city, "leader"))
    async with city.db.read() as session:
        query = select(Signature).where(Signature.object_id == motion.id, Signature.action == "admit")
        signed = (await session.scalars(query)).one()
    async with refused(city, "not_contested", "C20", motion, signed):
        await city.do("director", entries.void_entry, signed.id, "没有异议")
    await city.do("leader", delegations.object_to, signed.id, "我没有签")
    async with refused(city, "taken_back_otherwise", "C20", motion, signed):
        await city.do("director", entries.void_entry, signed.id, "组长没有签")
    assert (await city.act("leader", "motion", motion, "recall", reason="没有签过")).row.state == "returned"
