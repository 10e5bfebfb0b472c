"""Expert panels: one at work, drawn from the pool, and one whose recommendations are being answered (A3.7)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from app.core import clock
from app.core.draw import Lot
from app.models.experts import Expert
from app.models.matters import Motion
from app.models.panels import Panel, PanelAdvice, PanelMember
from app.services import draws, expert_views, joint_meetings, meetings
from app.services import panels as services
from app.services.acts import act
from app.services.demo.motions import draft, make_ready
from app.services.demo.stage import DIRECTOR, HEAD, STAFF, Stage
from app.services.demo.timeline import Story
from app.services.panels import PanelDraft
from app.services.paper import PaperEntry

CLOUD, SAFETY, TRAFFIC = "云计算与数据中心", "网络安全", "智慧交通"


def stories(stage: Stage) -> list[Story]:
    return [_at_work(stage), _answering(stage), _sitting(stage)]


async def _members(stage: Stage, panel: Panel) -> list[PanelMember]:
    query = select(PanelMember).where(col(PanelMember.panel_id) == panel.id, col(PanelMember.state) != "released")
    return list((await stage.session.scalars(query.order_by(col(PanelMember.id)))).all())


def _name(stage: Stage, member: PanelMember) -> str:
    return next(name for name, key in stage.people.items() if key == member.person_id)


async def _drawn(stage: Stage, motion: Motion, panel: PanelDraft, lots: Sequence[Lot]) -> Panel:
    row = await stage.do(STAFF, services.draft_panel, motion.id, panel)
    await stage.do(STAFF, draws.fix_conditions, row.id, lots)
    await stage.do(STAFF, draws.draw_members, row.id)
    await stage.do(STAFF, services.name_chair, row.id, (await _members(stage, row))[0].id)
    await stage.do(HEAD, services.call_panel, row.id)
    return row


async def _say(stage: Stage, member: PanelMember, position: str, score: int, text: str) -> None:
    name = _name(stage, member)
    await stage.do(name, act, "panel_member", member.id, "receive")
    await stage.do(name, expert_views.give_view, member.id, position, score, text)


async def _at_work(stage: Stage) -> Story:
    """Five drawn in writing, two of whom have answered; whoever works for the proposing unit was left out."""
    yield stage.ago(9)
    motion = await make_ready(stage, draft(stage, "政务云扩容建设方案", "A1.3(2)", "市信息办", 26_000_000))
    yield stage.ago(6)
    asked = PanelDraft("appraisal", "in_writing", stage.day(2), "扩容规模和安全措施是否适当?")
    panel = await _drawn(stage, motion, asked, [Lot(CLOUD, 2), Lot(SAFETY, 3)])
    yield stage.ago(2)
    first, second, *_ = await _members(stage, panel)
    await _say(stage, first, "agree", 86, "规模测算依据充分,同意。")
    await _say(stage, second, "agree_with_amendments", 78, "建议补充异地备份方案。")
    third = (await _members(stage, panel))[2]
    said, sent = "安全措施符合要求。", PaperEntry(third.person_id, stage.day(-3), "来函存档案柜2-7", "扫描〔论证〕03")
    given = ("agree", 81, said)
    await stage.enter(STAFF, "panel_member", third.id, "give_view", sent, expert_views.give_view, *given)


async def _sitting(stage: Stage) -> Story:
    """A panel that meets next week: a joint meeting of the office with its experts, and the notice is out (B2.3)."""
    yield stage.ago(5)
    motion = await make_ready(stage, draft(stage, "智慧交通信号优化方案", "A1.3(3)", "市公安局", 4_200_000))
    start = clock.at(stage.day(5), 14, 30)
    asked = PanelDraft(
        "consultation", "meeting", stage.day(5), "算法选型是否成熟?", place="办公室会议室", starts_at=start
    )
    panel = await _drawn(stage, motion, asked, [Lot(TRAFFIC, 3)])
    yield stage.ago(3)
    ends, presider = clock.at(stage.day(5), 17), stage.people[DIRECTOR]
    meeting = await stage.do(STAFF, joint_meetings.convene_jointly, panel.id, ends, presider)
    await stage.act(DIRECTOR, "meeting", meeting, "choose")
    await stage.do(HEAD, meetings.convene_meeting, meeting.id)


async def _answering(stage: Stage) -> Story:
    """A review that passed with amendments; the office has answered one of its two recommendations."""
    yield stage.ago(16)
    motion = await make_ready(stage, draft(stage, "主城区信号灯联网控制方案", "A1.3(3)", "市交通运输局", 8_800_000))
    yield stage.ago(14)
    pool = select(Expert).where(col(Expert.fields).contains(TRAFFIC), col(Expert.ends_on) >= stage.day(-4))
    experts = (await stage.session.scalars(pool.order_by(col(Expert.id)))).all()
    asked = PanelDraft("review", "commissioned", stage.day(-4), "是否具备实施条件?", body="省电子产品检验院")
    panel = await stage.do(STAFF, services.draft_panel, motion.id, asked)
    for expert in experts[:3]:
        await stage.do(STAFF, services.name_member, panel.id, expert.id, "智慧交通领域专家")
    members = await _members(stage, panel)
    await stage.do(STAFF, services.name_chair, panel.id, members[0].id)
    await stage.do(HEAD, services.call_panel, panel.id)
    yield stage.ago(8)
    for member, position, score in zip(
        members, ("agree", "agree_with_amendments", "against"), (88, 75, 52), strict=True
    ):
        await _say(stage, member, position, score, "详见书面意见。")
    yield stage.ago(5)
    advice = ["补充与公交优先系统的接口", "分两期实施"]
    chair, words = _name(stage, members[0]), "多数同意修改后实施。"
    await stage.do(chair, expert_views.conclude, panel.id, "pass_with_amendments", words, advice)
    yield stage.ago(3)
    of_panel = select(PanelAdvice).where(col(PanelAdvice.panel_id) == panel.id).order_by(col(PanelAdvice.number))
    given = (await stage.session.scalars(of_panel)).first()
    assert given is not None  # just given
    await stage.do(STAFF, expert_views.answer_advice, given.id, "taken_over", "已补入方案第四章。")
