"""A restricted matter is seen only by the leadership, the office and its list, all the way down (A4.4)."""

from datetime import timedelta

import pytest

from app.core.clock import now
from app.core.refusals import NotFound, Refused
from app.services import acts, decisions, directives, meetings, motions, opinions
from app.services.decisions import DecisionDraft
from app.services.directives import DirectiveDraft
from tests.support.city import build


@pytest.mark.clause("A4.4")
async def test_a_restricted_matter_reaches_only_who_stands_on_its_list(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted", disclosure="restricted")
    before = await city.counts()
    with pytest.raises(Refused) as refused:
        await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    assert refused.value.refusal.code == "not_listed"
    assert await city.counts() == before

    await city.do("staff", motions.list_units, motion.id, [city.units["市民政局"], city.units["市财政局"]])
    asked = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    for opinion in asked:
        who = "civil" if opinion.unit_id == city.units["市民政局"] else "finance"
        await city.do(who, opinions.answer_opinion, opinion.id, "agree")
    await city.do("director", opinions.consolidate, motion.id, "同意。")
    meeting, item = await city.meeting(await city.fresh(motion))

    # The economy commission observes by standing rule and is called, but stands on no list.
    with pytest.raises(NotFound):
        await city.act("industry", "motion", motion, "withdraw", reason="看看")
    with pytest.raises(NotFound):
        await city.do("industry", meetings.remove_item, item.id, "看看")
    await city.act("leader", "meeting", meeting, "open")
    decision = await city.do("staff", decisions.record_decision, item.id, DecisionDraft("passed", "同意。"))
    draft = DirectiveDraft(
        "建设", "完成3个系统", city.units["市公安局"], now().date() + timedelta(days=30), decision_id=decision.id
    )
    directive = await city.do("vice", directives.draft_directive, city.group, draft)
    with pytest.raises(Refused) as refused:
        await city.do("vice", directives.issue_directive, directive.id)
    assert refused.value.refusal.code == "not_listed"

    # Put on the list later, the police see what concerns them from then on.
    await city.do("staff", motions.list_units, motion.id, [city.units["市公安局"]])
    await city.do("vice", directives.issue_directive, directive.id)
    await city.act("police", "directive", directive, "acknowledge")


@pytest.mark.clause("A4.4")
async def test_text_with_the_mark_of_a_state_secret_is_refused_and_not_kept(db, clock) -> None:
    city = await build(db)
    before = await city.counts()
    with pytest.raises(Refused) as refused:
        await city.do("staff", motions.draft_motion, city.group, city.draft(body="机密★10年 内容"))
    assert refused.value.refusal.code == "state_secret"
    assert "内容" not in refused.value.refusal.zh.replace("内容带有", "")
    assert await city.counts() == before


@pytest.mark.clause("A3.4")
async def test_papers_too_late_need_the_leaders_waiver(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion, deliver=False, days=1)
    await city.do("head", meetings.deliver_papers, meeting.id)
    with pytest.raises(Refused) as refused:
        await city.act("leader", "meeting", meeting, "open")
    assert refused.value.refusal.code == "papers_in_time"
    assert refused.value.refusal.clause == "A3.4"
    with pytest.raises(Refused):
        await city.do("director", meetings.waive_papers, item.id, "情况紧急")
    await city.do("leader", meetings.waive_papers, item.id, "情况紧急")
    assert (await city.act("leader", "meeting", meeting, "open")).row.state == "in_session"


@pytest.mark.clause("A3.1", "A3.4")
async def test_a_meeting_is_opened_on_the_day_the_leader_agreed_to_and_no_sooner(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"))
    before = await city.counts()
    with pytest.raises(Refused) as refused:
        await city.do("leader", acts.act, "meeting", meeting.id, "open")
    assert (refused.value.refusal.code, refused.value.refusal.clause) == ("on_the_day", "A3.1")
    assert await city.counts() == before
    opened = await city.act("leader", "meeting", meeting, "open")
    assert opened.row.opened_at == clock.now
