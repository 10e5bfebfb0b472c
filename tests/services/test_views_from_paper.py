"""C20: an expert's view entered from paper, by a clerk whom he authorised or with a scan; his objection suspends it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import at, today
from app.models.engine import Database
from app.models.records import Outbox, Signature
from app.services import delegations, expert_views, freshness, meetings
from app.services.paper import PaperEntry
from tests.support.city import City, build
from tests.support.experts import all_views, called_panel, members, pool
from tests.support.paper import entered
from tests.support.refusal import refused, sees

pytestmark = pytest.mark.clause("C20", "A3.7")


@pytest.fixture
async def city(db: Database, clock: Any) -> City:
    return await build(db)


@pytest.fixture
async def panel(city: City) -> Any:
    return await called_panel(city, await city.motion("ready", "A1.3(2)"), await pool(city, 3))


def paper(member: Any, day: date | None = None, note: str = "档案柜3-12", scan: str = "") -> PaperEntry:
    return PaperEntry(member.person_id, day or today(), note, scan)


async def enter(city: City, who: str, member: Any, entry: PaperEntry) -> Any:
    given = ("against", 40, "造价偏高。")
    return await entered(city, who, "panel_member", member, "give_view", entry, expert_views.give_view, *given)


async def signature(city: City, member: Any) -> Signature:
    async with city.db.read() as session:
        query = select(Signature).where(Signature.object_id == member.id, Signature.action == "give_view")
        return (await session.scalars(query)).one()


async def contested(city: City, panel: Any) -> Any:
    """A panel whose first member objects to what was entered for him."""
    first, *_ = await members(city, panel)
    await enter(city, "staff", first, paper(first, scan="2026-17"))
    return await signature(city, first)


async def test_a_clerk_enters_it_with_an_authority_or_with_a_scan(city: City, panel: Any, clock: Any) -> None:
    first, second, _ = await members(city, panel)
    clock.forward(days=2)
    async with refused(city, "not_authorised", "C20", first):
        await enter(city, "staff", first, paper(first))
    for who in ("director", "civil", "expert2"):
        async with refused(city, "not_your_role" if who == "director" else "not_found", "", first):
            await enter(city, who, first, paper(first, scan="2026-17"))
    for wrong in (paper(first, scan="1", note=" "), paper(first, today() + timedelta(1), scan="1")):
        async with refused(city, "invalid", "C20", first):
            await enter(city, "staff", first, wrong)
    async with refused(city, "is_panelist", "A3.7", first):  # the view is his whose place it is
        await enter(city, "staff", first, paper(second, scan="2026-17"))
    day = today() - timedelta(days=1)
    given = await enter(city, "staff", first, paper(first, day, scan="2026-17"))
    assert (given.state, given.position, given.score, given.given_at) == ("given", "against", 40, at(day, 12))
    signed = await signature(city, first)
    assert (signed.person_id, signed.entered_by, signed.signed_at) == (
        first.person_id, city.people["staff"], at(day, 12),
    )  # fmt: skip
    assert "扫描件 2026-17" in signed.opinion
    async with city.db.read() as session:
        told = (await session.scalars(select(Outbox).where(Outbox.event == "paper.entered"))).all()
    assert {row.person_id for row in told} == {first.person_id}
    await city.do("expert2", delegations.authorise_clerk, city.group, city.people["planner"])
    async with refused(city, "not_authorised", "C20", second):
        await enter(city, "staff", second, paper(second))
    assert (await enter(city, "planner", second, paper(second))).state == "given"


async def test_what_was_written_earlier_is_bound_to_the_text_of_that_day(city: City, clock: Any) -> None:
    motion = await city.motion("under_review", "A1.3(2)")
    panel = await called_panel(city, motion, await pool(city, 3))
    first, second, _ = await members(city, panel)
    clock.forward(days=2)
    await city.do("staff", freshness.amend_motion, motion.id, motion.title, "改后的正文。", "采纳意见")
    before = await enter(city, "staff", first, paper(first, today() - timedelta(days=1), scan="1"))
    after = await enter(city, "staff", second, paper(second, scan="2"))
    assert (before.stale, after.stale) == (True, False)
    assert before.text_hash != after.text_hash


async def test_his_objection_suspends_the_conclusion_until_it_is_voided_or_withdrawn(city: City, panel: Any) -> None:
    signed = await contested(city, panel)
    (first, *_) = await members(city, panel)
    await all_views(city, panel)
    async with refused(city, "view_contested", "C20", first):
        await city.act("director", "panel_member", first, "void_view", reason="录错")
    await city.do("expert1", delegations.object_to, signed.id, "我写的是修改后同意")
    async with refused(city, "views_uncontested", "C20", panel):
        await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")
    async with city.db.read() as session:
        told = (await session.scalars(select(Outbox).where(Outbox.event == "signature.object"))).all()
    assert city.people["director"] in {row.person_id for row in told}
    async with refused(city, "not_your_role", "C20", first):
        await city.act("staff", "panel_member", first, "void_view", reason="录错")
    voided = (await city.act("director", "panel_member", first, "void_view", reason="录错")).row
    assert (voided.state, voided.position, voided.score, voided.view) == ("called", "", None, "")
    async with refused(city, "all_views_in", "A3.7", panel):
        await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")
    await city.do("expert1", expert_views.give_view, first.id, "agree_with_amendments", 75, "压减后可行。")
    done = await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")
    assert done.state == "settled"


async def test_after_the_conclusion_it_keeps_the_motion_off_the_agenda(city: City, panel: Any) -> None:
    signed = await contested(city, panel)
    await all_views(city, panel)
    await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")
    assert not await sees(city, "expert1", panel)
    assert await sees(city, "expert1", signed), "what was entered for him, to object to it"
    assert not await sees(city, "expert2", signed)
    async with refused(city, "view_contested", "C20", panel):
        await city.act("director", "panel", panel, "set_aside", reason="没有异议")
    await city.do("expert1", delegations.object_to, signed.id, "不是我的意见")
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    async with city.db.read() as session:
        motion = await session.get(type(await city.motion("draft")), panel.motion_id)
    async with refused(city, "views_uncontested", "C20", motion):
        await city.do("staff", meetings.add_item, meeting.id, panel.motion_id)
    async with refused(city, "not_your_role", "C20", panel):
        await city.act("staff", "panel", panel, "set_aside", reason="异议成立")
    assert (await city.act("director", "panel", panel, "set_aside", reason="异议成立")).row.state == "fallen"
    async with refused(city, "panel_concluded", "A3.7", motion):
        await city.do("staff", meetings.add_item, meeting.id, panel.motion_id)


async def test_an_objection_that_was_withdrawn_lets_the_motion_go_on(city: City, panel: Any) -> None:
    signed = await contested(city, panel)
    await all_views(city, panel)
    await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")
    await city.do("expert1", delegations.object_to, signed.id, "不是我的意见")
    await city.do("expert1", delegations.withdraw_objection, signed.id)
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    assert (await city.do("staff", meetings.add_item, meeting.id, panel.motion_id)).state == "listed"


async def test_who_is_out_for_a_conflict_suspends_nothing(city: City) -> None:
    panel = await called_panel(city, await city.motion("ready", "A1.3(2)"), await pool(city, 5))
    rows = await members(city, panel)
    await enter(city, "staff", rows[4], paper(rows[4], scan="9"))
    await city.do("expert5", delegations.object_to, (await signature(city, rows[4])).id, "不是我的意见")
    await city.do("staff", expert_views.exclude, rows[4].id, "listed", "名单漏列", [rows[3].id])
    await all_views(city, panel)
    assert (await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")).state == "settled"
