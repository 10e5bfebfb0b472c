"""A3.7: expert panels, from the call to the conclusion and what follows from it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.clock import at, local_day, now
from app.core.draw import Lot
from app.core.refusals import Invalid, NotFound
from app.models.engine import Database
from app.models.panels import Panel, PanelAdvice, PanelUnit
from app.models.records import Reminder, Signature, Task, Trail
from app.queries.actors import load_actor
from app.rules.roles import Role
from app.services import chasing, decisions, draws, expert_views, experts, freshness, meetings, motions, panels, people
from app.services.decisions import DecisionDraft
from app.services.text_hash import of as hash_of
from tests.support.city import City, build
from tests.support.experts import (
    all_views,
    called_panel,
    concluded_panel,
    members,
    named_panel,
    nick,
    panel_draft,
    pool,
)
from tests.support.refusal import refused, sees

pytestmark = pytest.mark.clause("A3.7")
TECHNICAL = "A1.3(2)"


@pytest.fixture
async def city(db: Database, clock: Any) -> City:
    return await build(db)


@pytest.fixture
async def motion(city: City) -> Any:
    return await city.motion("ready", TECHNICAL)


async def list_it(city: City, motion: Any, meeting: Any = None) -> Any:
    meeting = meeting or await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    return await city.do("staff", meetings.add_item, meeting.id, motion.id)


async def cannot_be_listed(city: City, motion: Any) -> None:
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    async with refused(city, "panel_concluded", "A3.7", motion):
        await list_it(city, motion, meeting)


async def roles(city: City, who: str) -> frozenset[Role]:
    async with city.db.read() as session:
        return (await load_actor(session, city.people[who])).all_roles


async def owed(city: City, row: Any) -> set[tuple[str, str]]:
    async with city.db.read() as session:
        query = select(Task.kind, Task.holder).where(Task.object_id == row.id, Task.closed_at.is_(None))
        return {(kind, holder) for kind, holder in (await session.execute(query)).all()}


async def test_a_technical_motion_waits_for_the_conclusion_and_nobody_can_waive_it(city: City, motion: Any) -> None:
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    for who in ("staff", "head", "director"):
        async with refused(city, "panel_concluded", "A3.7", motion):
            await city.do(who, meetings.add_item, meeting.id, motion.id)
    async with refused(city, "not_your_role", "A2.1", motion):
        await _as(city, "leader", "motion", motion, "list")
    people = await pool(city, 3)
    panel = await called_panel(city, motion, people)
    async with refused(city, "panel_concluded", "A3.7", motion):
        await city.do("staff", meetings.add_item, meeting.id, motion.id)
    await all_views(city, panel)
    await city.do("expert1", expert_views.conclude, panel.id, "pass", "一致同意。")
    item = await city.do("staff", meetings.add_item, meeting.id, motion.id)
    assert item.state == "listed"


async def test_a_cancelled_panel_opens_no_agenda(city: City, motion: Any) -> None:
    panel = await called_panel(city, motion, await pool(city, 3))
    await city.do("staff", panels.cancel_panel, panel.id, "方案撤回修改")
    await cannot_be_listed(city, motion)


async def test_a_second_panel_at_work_is_waited_for_too(city: City, motion: Any) -> None:
    people = await pool(city, 6)
    await concluded_panel(city, motion, people[:3])
    await called_panel(city, motion, people[3:], kind="review")
    await cannot_be_listed(city, motion)


async def test_a_motion_that_is_not_technical_needs_no_panel(city: City) -> None:
    assert (await list_it(city, await city.motion("ready"))).state == "listed"


@pytest.mark.clause("A1.3")
async def test_the_flag_is_the_directors_with_a_reason_until_he_endorses(city: City) -> None:
    row = await city.motion("submitted")
    for who, code in (("staff", "not_your_role"), ("vice", "not_your_role"), ("leader", "not_found")):
        async with refused(city, code, "", row):
            await city.do(who, motions.set_technical, row.id, True, "专业性强")
    with pytest.raises(Invalid):
        await city.do("director", motions.set_technical, row.id, True, " ")
    assert (await city.do("director", motions.set_technical, row.id, True, "专业性强")).technical
    assert not (await city.do("director", motions.set_technical, row.id, False, "并不复杂")).technical
    await city.act("director", "motion", row, "endorse")
    async with refused(city, "wrong_state", "A3.7", row):
        await city.do("director", motions.set_technical, row.id, True, "专业性强")


@pytest.mark.parametrize("count", [1, 2, 4])
async def test_a_panel_is_odd_and_of_three_at_least(city: City, motion: Any, count: int) -> None:
    panel = await named_panel(city, motion, await pool(city, count))
    async with refused(city, "panel_composed", "A3.7", panel):
        await city.do("staff", panels.call_panel, panel.id)


async def test_a_panel_has_a_chair_out_of_its_members(city: City, motion: Any) -> None:
    people = await pool(city, 3)
    panel = await city.do("staff", panels.draft_panel, motion.id, panel_draft())
    for expert in people:
        await city.do("staff", panels.name_member, panel.id, expert.id, "该领域专家")
    async with refused(city, "panel_composed", "A3.7", panel):
        await city.do("staff", panels.call_panel, panel.id)
    with pytest.raises(NotFound):
        await city.do("staff", panels.name_chair, panel.id, people[0].id)


async def test_a_member_is_named_with_a_reason_and_only_once(city: City, motion: Any) -> None:
    (expert,) = await pool(city, 1)
    panel = await city.do("staff", panels.draft_panel, motion.id, panel_draft())
    before = await city.counts()
    with pytest.raises(Invalid):
        await city.do("staff", panels.name_member, panel.id, expert.id, "  ")
    assert await city.counts() == before
    await city.do("staff", panels.name_member, panel.id, expert.id, "该领域专家")
    before = await city.counts()
    with pytest.raises(Invalid):
        await city.do("staff", panels.name_member, panel.id, expert.id, "再来一次")
    assert await city.counts() == before


async def test_a_panel_is_for_a_matter_before_its_meeting_and_for_units_that_there_are(
    city: City, motion: Any, clock: Any
) -> None:
    async with refused(city, "invalid", "A3.7", motion):
        await city.do("staff", panels.draft_panel, motion.id, panel_draft(unit_ids=[city.group]))
    panel = await named_panel(city, motion, await pool(city, 3))
    clock.forward(days=11)
    async with refused(city, "invalid", "A3.7", panel):
        await city.do("staff", panels.call_panel, panel.id)
    decided, _, _ = await city.decided()
    async with refused(city, "invalid", "A3.7", decided):
        await city.do("staff", panels.draft_panel, decided.id, panel_draft())


async def test_only_the_office_convenes(city: City, motion: Any) -> None:
    (expert,) = await pool(city, 1)
    for who in ("leader", "in_charge"):
        async with refused(city, "not_your_role", "A3.7", motion):
            await city.do(who, panels.draft_panel, motion.id, panel_draft())
    with pytest.raises(NotFound):
        await city.do("industry", panels.draft_panel, motion.id, panel_draft())
    panel = await city.do("staff", panels.draft_panel, motion.id, panel_draft())
    with pytest.raises(NotFound):
        await city.do("leader", panels.name_member, panel.id, expert.id, "领导点名")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"employer": "市经信委"}, "employer"),
        ({"employer": "江澜市经信委"}, "employer"),
        ({"employer": "东湖区政府"}, "employer"),
        ({"avoids": ["市经信委"]}, "listed"),
        ({"avoids": ["其他单位", "东湖区政府"]}, "listed"),
    ],
)
async def test_a_conflict_keeps_an_expert_out(city: City, motion: Any, changes: dict[str, Any], kind: str) -> None:
    """The proposing unit is 市经信委; 东湖区政府 would carry it out."""
    (expert,) = await pool(city, 1, **changes)
    draft = panel_draft(unit_ids=[city.units["东湖区政府"]])
    panel = await city.do("staff", panels.draft_panel, motion.id, draft)
    async with refused(city, "conflict", "A3.7", panel):
        await city.do("staff", panels.name_member, panel.id, expert.id, "该领域专家")


async def test_a_conflict_that_arises_before_the_call_stops_it(city: City, motion: Any) -> None:
    people = await pool(city, 3)
    panel = await named_panel(city, motion, people)
    changed = experts.ExpertDraft("市经信委", ["物联网"], date(2025, 1, 1), date(2027, 12, 31))
    await city.do("staff", experts.change, people[2].id, changed)
    async with refused(city, "no_conflict", "A3.7", panel):
        await city.do("staff", panels.call_panel, panel.id)


async def test_a_successor_of_the_unit_is_the_unit(city: City, motion: Any) -> None:
    from app.models.people import Unit

    async with city.db.write() as session:
        new = Unit(name="市工信局", kind="member_unit")
        session.add(new)
        await session.flush()
        (await session.get(Unit, city.units["市经信委"])).successor_id = new.id
    (expert,) = await pool(city, 1, employer="市工信局")
    panel = await city.do("staff", panels.draft_panel, motion.id, panel_draft())
    async with refused(city, "conflict", "A3.7", panel):
        await city.do("staff", panels.name_member, panel.id, expert.id, "该领域专家")


async def test_an_ended_term_and_an_absence_keep_an_expert_out(city: City, motion: Any) -> None:
    ended, away, late = await pool(city, 3)
    day = local_day(now()) + timedelta(days=10)
    draft = experts.ExpertDraft("江澜大学", ["物联网"], date(2022, 1, 1), date(2024, 12, 31))
    await city.do("staff", experts.change, ended.id, draft)
    await city.do("staff", experts.add_absence, away.id, day - timedelta(days=1), day, "出国")
    panel = await city.do("staff", panels.draft_panel, motion.id, panel_draft())
    async with refused(city, "not_in_term", "A3.7", panel):
        await city.do("staff", panels.name_member, panel.id, ended.id, "该领域专家")
    async with refused(city, "not_available", "A3.7", panel):
        await city.do("staff", panels.name_member, panel.id, away.id, "该领域专家")
    await city.do("staff", panels.name_member, panel.id, late.id, "该领域专家")
    shorter = experts.ExpertDraft("江澜大学", ["物联网"], date(2022, 1, 1), day - timedelta(days=1))
    await city.do("staff", experts.change, late.id, shorter)
    async with refused(city, "panel_composed", "A3.7", panel):
        await city.do("staff", panels.call_panel, panel.id)


async def test_a_term_that_ended_after_naming_stops_the_call(city: City, motion: Any) -> None:
    people = await pool(city, 3)
    panel = await named_panel(city, motion, people)
    shorter = experts.ExpertDraft("江澜大学", ["物联网"], date(2022, 1, 1), local_day(now()))
    await city.do("staff", experts.change, people[1].id, shorter)
    async with refused(city, "members_in_term", "A3.7", panel):
        await city.do("staff", panels.call_panel, panel.id)


async def test_a_panel_is_called_after_admission_only(city: City) -> None:
    row = await city.motion("submitted", TECHNICAL)
    panel = await named_panel(city, row, await pool(city, 3))
    async with refused(city, "motion_waits", "A3.7", panel):
        await city.do("staff", panels.call_panel, panel.id)


@pytest.mark.clause("A4.4")
async def test_experts_see_their_matter_from_the_call_to_the_conclusion_and_nothing_else(
    city: City, motion: Any
) -> None:
    people = await pool(city, 4)
    other = await city.motion("ready")
    panel = await named_panel(city, motion, people[:3])
    for row in (motion, panel):
        assert not await sees(city, "expert1", row)
    await city.do("staff", panels.call_panel, panel.id)
    assert await roles(city, "expert1") == {Role.EXPERT}
    first, second, third = await members(city, panel)
    for row in (motion, panel, first):
        assert await sees(city, "expert1", row)
        assert not await sees(city, "expert4", row)
    assert not await sees(city, "expert1", other)
    assert not await sees(city, "expert1", second), "another expert's view is not his to see"
    assert await sees(city, "leader", panel) and await sees(city, "deputy", third)
    assert not await sees(city, "civil", panel)
    await all_views(city, panel)
    assert await sees(city, "expert1", second), "the chair sees every view"
    assert not await sees(city, "expert2", third)
    await city.do("expert1", expert_views.conclude, panel.id, "pass", "一致同意。")
    assert await roles(city, "expert1") == set()
    for who, row in (
        ("expert1", motion),
        ("expert1", panel),
        ("expert1", first),
        ("expert1", second),
        ("expert2", motion),
    ):
        assert not await sees(city, who, row)
    assert await sees(city, "staff", third)


@pytest.mark.clause("A4.4")
async def test_on_a_restricted_motion_only_listed_experts_are_called(city: City) -> None:
    row = await city.motion("admitted", TECHNICAL, disclosure="restricted")
    people = await pool(city, 3)
    panel = await city.do("staff", panels.draft_panel, row.id, panel_draft())
    async with refused(city, "not_listed", "A4.4", panel):
        await city.do("staff", panels.name_member, panel.id, people[0].id, "该领域专家")
    await city.do("staff", motions.list_units, row.id, [], [expert.person_id for expert in people])
    panel = await called_panel(city, row, people)
    mine = (await members(city, panel))[0]
    for seen in (row, panel, mine):
        assert await sees(city, "expert1", seen)
    await all_views(city, panel)
    await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")
    for seen in (row, panel, mine):
        assert not await sees(city, "expert1", seen)


@pytest.mark.clause("C1", "A4.2")
async def test_papers_are_received_and_each_view_is_a_task_with_a_date(city: City, motion: Any) -> None:
    panel = await called_panel(city, motion, await pool(city, 3))
    assert panel.state == "collecting", "in writing the views are collected from the call on"
    mine = (await members(city, panel))[0]
    me = f"person/{mine.person_id}"
    assert await owed(city, mine) == {("papers", me), ("expert_view", me)}
    assert await owed(city, panel) == {("conclusion", me)}
    async with refused(city, "is_panelist", "A3.7", mine):
        await _as(city, "expert2", "panel_member", mine, "receive")
    await city.act("expert1", "panel_member", mine, "receive")
    assert (await city.fresh(mine)).received_at is not None
    assert await owed(city, mine) == {("expert_view", me)}
    await city.do("expert1", expert_views.give_view, mine.id, "agree", 90, "可行。")
    assert await owed(city, mine) == set()
    async with city.db.read() as session:
        due = await session.scalar(select(Task.due_on).where(Task.object_id == mine.id, Task.kind == "expert_view"))
    assert due == panel.due_on


async def _as(city: City, who: str, noun: str, row: Any, action: str) -> None:
    """Ask the engine itself, past what one may see: the guard holds, too."""
    from app.queries.subjects import load_subject
    from app.services import transitions

    async with city.works.begin() as work:
        actor = await load_actor(work.session, city.people[who], "test")
        fresh = await work.session.get(type(row), row.id)
        await transitions.perform(work, await load_subject(work.session, noun, fresh), action, actor)


@pytest.mark.clause("C16")
async def test_a_view_is_signed_and_bound_to_the_text(city: City, motion: Any) -> None:
    panel = await called_panel(city, motion, await pool(city, 3))
    mine = (await members(city, panel))[1]
    for position, score, text in (("maybe", 80, "好"), ("agree", 101, "好"), ("agree", 80, " ")):
        before = await city.counts()
        with pytest.raises(Invalid):
            await city.do("expert2", expert_views.give_view, mine.id, position, score, text)
        assert await city.counts() == before
    for who in ("staff", "leader"):
        async with refused(city, "not_your_role", "A3.7", mine):
            await city.do(who, expert_views.give_view, mine.id, "agree", 80, "替他填")
    given = await city.do("expert2", expert_views.give_view, mine.id, "against", 40, "接口标准不明确。")
    assert given.text_hash == hash_of(await city.fresh(motion))
    async with city.db.read() as session:
        signature = (await session.scalars(select(Signature).where(Signature.object_id == mine.id))).one()
    assert (signature.role, signature.content_hash) == ("expert", hash_of(given))
    assert signature.opinion == "不同意(40分):接口标准不明确。"


@pytest.mark.clause("C16")
async def test_after_a_change_of_text_only_those_concerned_are_asked_again(city: City, motion: Any) -> None:
    panel = await called_panel(city, motion, await pool(city, 3))
    first, second, third = await members(city, panel)
    await city.do("expert1", expert_views.give_view, first.id, "agree", 90, "可行。")
    async with refused(city, "view_outdated", "C16", first):
        await city.act("staff", "panel_member", first, "ask_again")
    await city.do("staff", freshness.amend_motion, motion.id, motion.title, "修改后的方案。", "按初审意见修改")
    assert [row.stale for row in await members(city, panel)] == [True, False, False]
    await city.do("expert2", expert_views.give_view, second.id, "agree", 90, "可行。")
    await city.act("staff", "panel_member", first, "ask_again")
    assert [row.state for row in await members(city, panel)] == ["called", "given", "called"]
    async with refused(city, "view_outdated", "C16", second):
        await city.act("staff", "panel_member", second, "ask_again")
    async with city.db.read() as session:
        old = (await session.scalars(select(Signature).where(Signature.object_id == first.id))).all()
    assert [row.opinion for row in old if row.voided_at] == ["同意(90分):可行。"], "the earlier view stays on record"
    assert third.id


async def test_the_chair_concludes_when_every_view_is_in_and_dissent_is_kept(city: City, motion: Any) -> None:
    panel = await called_panel(city, motion, await pool(city, 3))
    async with refused(city, "all_views_in", "A3.7", panel):
        await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")
    await all_views(city, panel, "agree", "against", "agree_with_amendments")
    async with refused(city, "is_panel_chair", "A3.7", panel):
        await city.do("expert2", expert_views.conclude, panel.id, "fail", "不同意。")
    for who in ("staff", "director", "leader"):
        async with refused(city, "not_your_role", "A3.7", panel):
            await city.do(who, expert_views.conclude, panel.id, "pass", "代为结论")
    for conclusion, text in (("perhaps", "好"), ("pass", " ")):
        with pytest.raises(Invalid):
            await city.do("expert1", expert_views.conclude, panel.id, conclusion, text)
    await city.do("expert1", expert_views.conclude, panel.id, "pass_with_amendments", "修改后可行。", ["补充接口标准"])
    done = await city.fresh(panel)
    assert (done.state, done.conclusion) == ("concluded", "pass_with_amendments")
    assert [row.position for row in await members(city, panel)] == ["agree", "against", "agree_with_amendments"]


async def test_each_recommendation_is_answered_by_the_office(city: City, motion: Any) -> None:
    panel = await concluded_panel(city, motion, await pool(city, 3), "补充接口标准", "压减投资")
    assert ("advice", "department") in {(kind, holder.split("/")[1]) for kind, holder in await owed(city, panel)}
    async with city.db.read() as session:
        first, second = (await session.scalars(select(PanelAdvice).order_by(PanelAdvice.number))).all()
    for answer, text in (("perhaps", "好"), ("in_part", ""), ("not_taken", " ")):
        with pytest.raises(Invalid):
            await city.do("staff", expert_views.answer_advice, first.id, answer, text)
    with pytest.raises(Exception, match="not_your_role"):
        await city.do("leader", expert_views.answer_advice, first.id, "taken_over")
    await city.do("staff", expert_views.answer_advice, first.id, "taken_over")
    assert (await city.fresh(panel)).state == "concluded"
    await city.do("head", expert_views.answer_advice, second.id, "not_taken", "投资已压减过。")
    assert (await city.fresh(panel)).state == "settled"
    assert await owed(city, panel) == set()
    assert (await city.fresh(second)).answer_text == "投资已压减过。"


async def test_a_panel_without_recommendations_is_settled_at_once(city: City, motion: Any) -> None:
    panel = await concluded_panel(city, motion, await pool(city, 3))
    assert panel.state == "settled"
    assert await owed(city, panel) == set()


async def test_a_panel_that_meets_opens_on_its_day(city: City, motion: Any, clock: Any) -> None:
    panel = await called_panel(city, motion, await pool(city, 3), mode="meeting")
    assert panel.state == "called"
    mine = (await members(city, panel))[0]
    async with refused(city, "panel_running", "A3.7", mine):
        await city.do("expert1", expert_views.give_view, mine.id, "agree", 90, "可行。")
    async with refused(city, "session_day", "A3.7", panel):
        await city.act("staff", "panel", panel, "open")
    clock.set(panel.starts_at)
    await city.act("staff", "panel", panel, "open")
    await all_views(city, panel)
    await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "chat"},
        {"mode": "by_smoke"},
        {"due_on": date(2020, 1, 1)},
        {"mode": "meeting", "starts_at": None},
        {"mode": "commissioned", "body": " "},
        {"question": "机密★5年"},
    ],
)
async def test_a_draft_must_make_sense(city: City, motion: Any, changes: dict[str, Any]) -> None:
    before = await city.counts()
    with pytest.raises(Exception, match=r"invalid|state_secret|secret"):
        await city.do("staff", panels.draft_panel, motion.id, panel_draft(**{"mode": "in_writing", **changes}))
    assert await city.counts() == before
    async with city.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Panel)) == 0


@pytest.mark.clause("C6")
async def test_what_is_planned_is_changed_in_draft_only_and_stands_on_the_trail(
    city: City, motion: Any, clock: Any
) -> None:
    people = await pool(city, 9)
    panel = await city.do("staff", panels.draft_panel, motion.id, panel_draft(unit_ids=[city.units["东湖区政府"]]))
    await city.do("staff", panels.name_member, panel.id, people[0].id, "该领域专家")
    planned = panel_draft("commissioned", kind="review", due_on=panel.due_on + timedelta(days=5), place="不用",
                          lots=[Lot("网络安全", 2)])  # fmt: skip
    for who in ("civil", "leader"):  # who has no part before the call
        async with refused(city, "not_found", "A4.4", panel):
            await city.do(who, panels.edit_panel, panel.id, planned)
    for wrong in ({"due_on": date(2020, 1, 1)}, {"kind": "chat"}, {"lots": [Lot("物联网", 0)]}):
        async with refused(city, "invalid", "A3.7", panel):
            await city.do("staff", panels.edit_panel, panel.id, panel_draft(**wrong))
    done = await city.do("head", panels.edit_panel, panel.id, planned)
    assert (done.kind, done.mode, done.body, done.place) == ("review", "commissioned", "省电子产品检验院", "")
    assert done.lots_said == "网络安全 2" and done.conclude_on > done.due_on == planned.due_on
    (member,) = await members(city, panel)
    assert (member.read_by, member.due_on) == (planned.due_on, planned.due_on)
    async with city.db.read() as session:
        entry = (await session.scalars(select(Trail).where(Trail.object_id == panel.id, Trail.action == "edit"))).one()
        concerned = (await session.scalars(select(PanelUnit.unit_id).where(PanelUnit.panel_id == panel.id))).all()
    assert (entry.actor_id, entry.content_hash) == (city.people["head"], hash_of(await city.fresh(panel)))
    assert city.units["东湖区政府"] not in concerned and city.units["市经信委"] in concerned
    await city.do("staff", draws.fix_conditions, panel.id)
    await city.do("staff", draws.draw_members, panel.id)
    assert len(await members(city, panel)) == 3, "drawn as planned"
    async with refused(city, "wrong_state", "A3.7", panel):
        await city.do("staff", panels.edit_panel, panel.id, planned)


@pytest.mark.clause("A4.4")
async def test_who_is_released_or_declares_a_conflict_sees_nothing_more(city: City, motion: Any) -> None:
    panel = await called_panel(city, motion, await pool(city, 5))
    rows = await members(city, panel)
    await city.do("staff", expert_views.release, rows[4].id, "生病")
    await city.do("expert4", expert_views.declare_conflict, rows[3].id, "曾参与方案编制")
    for who in ("expert4", "expert5"):
        assert not await sees(city, who, motion) and not await sees(city, who, panel)
    out = await city.fresh(rows[3])
    assert (out.state, out.conflict, out.conflict_note) == ("excluded", "declared", "曾参与方案编制")
    await all_views(city, panel)
    await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")


async def test_who_is_kept_out_is_kept_out_for_a_known_conflict_and_with_others_of_his_panel(
    city: City, motion: Any
) -> None:
    people = await pool(city, 6)
    one, other = await called_panel(city, motion, people[:3]), await named_panel(city, motion, people[3:])
    (first, *_), (elsewhere, *_) = await members(city, one), await members(city, other)
    async with refused(city, "invalid", "A3.7", first):
        await city.do("staff", expert_views.exclude, first.id, "dislike", "意见相左")
    async with refused(city, "invalid", "A3.7", first, elsewhere):
        await city.do("staff", expert_views.exclude, first.id, "declared", "电话申明回避", [elsewhere.id])


async def test_a_member_lost_at_work_is_replaced_and_an_even_panel_cannot_conclude(city: City, motion: Any) -> None:
    people = await pool(city, 5)
    panel = await called_panel(city, motion, people[:3])
    rows = await members(city, panel)
    await city.do("staff", expert_views.exclude, rows[2].id, "declared", "电话申明回避")
    await all_views(city, panel)
    async with refused(city, "panel_composed", "A3.7", panel):
        await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")
    async with refused(city, "conflict", "A3.7", panel):
        await city.do("staff", panels.name_member, panel.id, people[2].id, "再请回来")
    await city.do("staff", panels.name_member, panel.id, people[3].id, "补充专家")
    assert await sees(city, "expert4", motion), "who joins a panel at work is called at once"
    await all_views(city, panel)
    await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")


async def test_a_conflict_that_arises_at_work_stops_the_conclusion_until_he_is_out(city: City, motion: Any) -> None:
    people = await pool(city, 5)
    panel = await called_panel(city, motion, people)
    await all_views(city, panel)
    hired = experts.ExpertDraft("市经信委", ["物联网"], date(2025, 1, 1), date(2027, 12, 31))
    await city.do("staff", experts.change, people[4].id, hired)
    async with refused(city, "no_conflict", "A3.7", panel):
        await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")
    rows = await members(city, panel)
    await city.do("staff", expert_views.exclude, rows[4].id, "employer", "调入提请单位", [rows[3].id])
    await city.do("expert1", expert_views.conclude, panel.id, "pass", "同意。")


async def test_when_the_chair_is_lost_another_owes_the_conclusion(city: City, motion: Any) -> None:
    people = await pool(city, 5)
    panel = await called_panel(city, motion, people)
    rows = await members(city, panel)
    for row in (rows[0], rows[4]):
        await city.do("staff", expert_views.exclude, row.id, "declared", "申明回避")
    await city.do("staff", panels.name_chair, panel.id, rows[1].id)
    assert await owed(city, panel) == {("conclusion", f"person/{rows[1].person_id}")}
    with pytest.raises(Invalid):
        await city.do("staff", panels.name_chair, panel.id, rows[0].id)
    await all_views(city, panel)
    await city.do("expert2", expert_views.conclude, panel.id, "pass", "同意。")


async def test_a_conflict_found_after_the_conclusion_marks_the_view_and_the_count_is_checked_again(
    city: City, motion: Any
) -> None:
    """Of five, one is found: four are even, the conclusion falls. Of five, two are found: three are left, it stands."""
    people = await pool(city, 10)
    panel = await concluded_panel(city, motion, people[:5])
    rows = await members(city, panel)
    found = await city.do("staff", expert_views.exclude, rows[2].id, "employer", "其单位为实施单位的下属单位")
    assert (found.state, found.position, found.conflict) == ("excluded", "agree", "employer"), "the view stays, marked"
    assert (await city.fresh(panel)).state == "fallen"
    await cannot_be_listed(city, motion)
    again = await concluded_panel(city, motion, people[5:])
    rows = await members(city, again)
    await city.do("director", expert_views.exclude, rows[3].id, "declared", "事后发现", [rows[4].id])
    assert (await city.fresh(again)).state == "settled"
    assert [row.state for row in await members(city, again)] == ["given"] * 3 + ["excluded"] * 2
    assert (await list_it(city, motion)).state == "listed"


async def test_a_conclusion_falls_with_its_chair(city: City, motion: Any) -> None:
    panel = await concluded_panel(city, motion, await pool(city, 5))
    rows = await members(city, panel)
    await city.do("staff", expert_views.exclude, rows[0].id, "declared", "事后发现", [rows[1].id])
    assert (await city.fresh(panel)).state == "fallen"


async def test_cancelling_ends_every_task(city: City, motion: Any) -> None:
    panel = await called_panel(city, motion, await pool(city, 3))
    rows = await members(city, panel)
    await city.do("expert2", expert_views.give_view, rows[1].id, "agree", 90, "可行。")
    await city.do("staff", panels.cancel_panel, panel.id, "议题撤回")
    for row in (panel, *rows):
        assert await owed(city, row) == set()
    assert [row.state for row in await members(city, panel)] == ["released", "given", "released"]
    assert not await sees(city, "expert2", motion)
    assert nick(city, rows[1]) == "expert2"


async def test_when_the_conclusion_falls_in_the_meeting_the_item_can_only_be_deferred(city: City, motion: Any) -> None:
    panel = await concluded_panel(city, motion, await pool(city, 3))
    meeting, item = await city.meeting(motion)
    await city.act("leader", "meeting", meeting, "open")
    rows = await members(city, panel)
    await city.do("staff", expert_views.exclude, rows[1].id, "employer", "会上发现")
    async with refused(city, "panel_stands", "A3.7", item):
        await city.do("staff", decisions.record_decision, item.id, DecisionDraft("passed", "原则同意。"))
    await city.do("staff", decisions.record_decision, item.id, DecisionDraft("deferred", "另行论证。"))
    assert (await city.fresh(motion)).state == "ready"


async def test_nobody_is_appointed_an_expert(city: City) -> None:
    """The role comes with the call to a panel and ends with its conclusion."""
    draft = people.AppointmentDraft(city.people["outsider"], city.group, "expert", date(2026, 3, 2))
    before = await city.counts()
    with pytest.raises(Invalid):
        await city.do("sysadmin", people.appoint, draft)
    assert await city.counts() == before


@pytest.mark.clause("C2")
async def test_an_experts_late_view_is_chased_and_general_affairs_hear_of_it(
    city: City, motion: Any, clock: Any
) -> None:
    panel = await called_panel(city, motion, await pool(city, 3))
    rows = await members(city, panel)
    for row in rows[:2]:
        await city.do(nick(city, row), expert_views.give_view, row.id, "agree", 80, "可行。")
    clock.set(at(panel.due_on + timedelta(days=1), 10))
    assert await chasing.sweep(city.db) > 0
    async with city.db.read() as session:
        query = select(Reminder.recipient_id).join(Task, Task.id == Reminder.task_id)
        query = query.where(Task.object_id == rows[2].id, Reminder.rung == 1)
        told = set((await session.scalars(query)).all())
    assert rows[2].person_id in told
    assert city.people["head"] in told, "he has no liaison officer, so it goes to General Affairs"
