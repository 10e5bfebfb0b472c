"""The duties of the office (B1, B2.2): what it can do that nobody else can, and who assists."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import now
from app.core.refusals import NotFound, Refused
from app.models.records import Task
from app.queries.actors import people_behind
from app.services import directives, documents, meetings, opinions, sheets
from app.services.directives import DirectiveDraft
from app.services.documents import DocumentDraft
from tests.support.city import build

OFFICE = ("staff", "head", "vice", "director")


async def _refused(city, who, service, *args) -> None:
    before = await city.counts()
    with pytest.raises(Refused) as refused:
        await city.do(who, service, *args)
    assert refused.value.refusal.code in ("not_your_role", "not_found")
    assert await city.counts() == before


@pytest.mark.clause("B1.2")
@pytest.mark.parametrize("who", OFFICE)
async def test_the_office_prepares_meetings(db, clock, who) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    for other in ("leader", "deputy", "finance"):
        await _refused(city, other, meetings.draft_meeting, city.group, city.meeting_draft())
    row = await city.do(who, meetings.draft_meeting, city.group, city.meeting_draft())
    await city.do(who, meetings.add_item, row.id, motion.id)
    await city.act(who, "meeting", row, "request")
    await city.act("leader", "meeting", row, "agree")
    await _refused(city, "deputy", meetings.convene_meeting, row.id)
    await city.do(who, meetings.convene_meeting, row.id)
    await _refused(city, "leader", meetings.deliver_papers, row.id)
    assert (await city.do(who, meetings.deliver_papers, row.id)).state == "convened"


@pytest.mark.clause("B1.3")
@pytest.mark.parametrize("who", OFFICE)
async def test_the_office_organizes_the_preliminary_review(db, clock, who) -> None:
    city = await build(db)
    motion = await city.motion("admitted")
    await _refused(city, "leader", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    for opinion in await city.do(who, opinions.ask_opinions, motion.id, []):
        await city.do("finance", opinions.answer_opinion, opinion.id, "agree")
    await _refused(city, "deputy", opinions.consolidate, motion.id, "同意。")
    assert (await city.do(who, sheets.draft_sheet, motion.id, "同意。")).number == 1
    assert (await city.do("director", opinions.consolidate, motion.id)).state == "ready"


@pytest.mark.clause("B1.4")
@pytest.mark.parametrize("who", ["staff", "head", "vice"])
async def test_the_office_drafts_the_groups_documents(db, clock, who) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    draft = DocumentDraft("意见", "关于数据平台的意见", "意见如下。", [decision.id], "各成员单位")
    for other in ("leader", "director", "finance"):
        await _refused(city, other, documents.draft_document, city.group, draft)
    assert (await city.do(who, documents.draft_document, city.group, draft)).state == "draft"


@pytest.mark.clause("B1.7")
async def test_what_the_office_leads_itself_is_verified_by_the_deputy_in_charge(db, clock) -> None:
    city = await build(db)
    draft = DirectiveDraft("市级平台建设", "3个系统上线", city.units["综合部"], now().date() + timedelta(days=30))
    row = await city.do("director", directives.draft_directive, city.group, draft)
    await city.do("director", directives.issue_directive, row.id)
    await city.act("head", "directive", row, "acknowledge")
    await city.do("head", directives.report_completion, row.id, "3个系统已上线")
    async with db.read() as session:
        query = select(Task.holder).where(Task.object_id == row.id, Task.closed_at.is_(None))
        assert (await session.scalars(query)).all() == [f"{city.group}/deputy_in_charge"]
    await _refused_verification(city, row)
    assert (await city.act("in_charge", "directive", row, "verify")).row.state == "verified"


async def _refused_verification(city, row) -> None:
    with pytest.raises(Refused) as refused:
        await city.act("staff", "directive", row, "verify")
    assert refused.value.refusal.code == "is_verifier"
    with pytest.raises((Refused, NotFound)):
        await city.act("finance", "directive", row, "verify")
    assert (await city.fresh(row)).state == "reported"


@pytest.mark.clause("B2.2")
async def test_general_affairs_assists_in_daily_business(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted")
    async with db.read() as session:
        task = await session.scalar(select(Task).where(Task.object_id == motion.id, Task.closed_at.is_(None)))
        assert task.kind == "review"
        behind = await people_behind(session, task.holder, now().date())
    assert set(behind) == {city.people["head"], city.people["staff"]}
