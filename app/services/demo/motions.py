"""Motions: brought to a state by the people whose steps lead there, and one left in each."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core import clock
from app.models.matters import Motion, Opinion
from app.rules.categories import CATEGORIES
from app.services import asking_rules, delegations, motions, opinion_drafts, opinions, sheets
from app.services.amendments import Amendment
from app.services.asking_rules import RuleDraft
from app.services.demo import files
from app.services.demo.stage import DIRECTOR, HEAD, IN_CHARGE, LEADER, PLANNING_HEAD, STAFF, Stage
from app.services.demo.timeline import Story
from app.services.motions import MotionDraft
from app.services.paper import PaperEntry

CHAIN = (
    (STAFF, "submit", "submitted"), (DIRECTOR, "endorse", "endorsed"), (IN_CHARGE, "review", "reviewed"),
    (LEADER, "admit", "admitted"),
)  # fmt: skip
ASKED = ("市财政局", "市发改委")


def draft(stage: Stage, title: str, category: str, unit: str, amount: int = 0, **more: Any) -> MotionDraft:
    money = CATEGORIES[category].money
    return MotionDraft(
        title=title, body=f"{title}。依据年度工作要点提出,现提请审议,有关情况和建议附后。", category=category,
        proposing_unit_id=stage.units[unit], project=title[:40] if money else "",
        year=stage.today.year if money else None, amount_asked=Decimal(amount) if money else None, **more,
    )  # fmt: skip


async def bring(stage: Stage, state: str, text: MotionDraft) -> Motion:
    """Draft a motion and take it along the chain of A3.2 up to this state."""
    row = await stage.do(STAFF, motions.draft_motion, stage.group.id, text)
    for who, action, reached in CHAIN if state != "draft" else ():
        await stage.act(who, "motion", row, action)
        if reached == state:
            break
    return row


async def ask(stage: Stage, row: Motion, units: tuple[str, ...] = ASKED) -> dict[UUID, Opinion]:
    asked = await stage.do(HEAD, opinions.ask_opinions, row.id, [stage.units[name] for name in units])
    return {opinion.unit_id: opinion for opinion in asked}


async def make_ready(stage: Stage, text: MotionDraft, first: str = "agree") -> Motion:
    """Through preliminary review (A3.3): every unit has answered and the office has consolidated."""
    row = await bring(stage, "admitted", text)
    asked = await ask(stage, row)
    for name, position in zip(ASKED, (first, "agree"), strict=True):
        opinion = asked[stage.units[name]]
        said = "同意。" if position == "agree" else "原则同意,请完善绩效目标。"
        await stage.do(stage.heads[name], opinions.answer_opinion, opinion.id, position, said)
    await stage.do(DIRECTOR, opinions.consolidate, row.id, "各单位均已答复,不同意见已经回应,建议提请审议。")
    return row


def stories(stage: Stage) -> list[Story]:
    """One motion in each state that no meeting is needed for; some are owed an answer that is overdue."""
    return [
        _left_in(stage, 9, "submitted", draft(stage, "智慧养老服务平台资金安排意见", "A1.3(4)", "市民政局", 3_200_000)),
        _left_in(stage, 6, "endorsed", draft(stage, "关于统一政务外网接入标准的意见", "A1.2(3)", "市信息办")),
        _left_in(stage, 3, "reviewed", draft(stage, "城市运行体征指标体系", "A1.3(5)", "市经信委")),
        _left_in(stage, 4, "admitted", draft(stage, "公共停车信息共享办法", "A1.2(3)", "市交通运输局")),
        _drafted(stage),
        _left_in(stage, 4, "reviewed", draft(stage, "关键信息基础设施排查情况", "A1.3(5)", "市公安局",
                                             disclosure="restricted")),
        _in_review(stage), _technical(stage), _returned(stage), _refused(stage), _withdrawn(stage),
    ]  # fmt: skip


async def _left_in(stage: Stage, ago: int, state: str, text: MotionDraft) -> Story:
    yield stage.ago(ago)
    await bring(stage, state, text)


async def _drafted(stage: Stage) -> Story:
    """A draft with its paper in two versions, and the card of one that may not be kept here (A4.4)."""
    yield stage.ago(2)
    text = draft(stage, "教育专网升级资金安排意见", "A1.3(4)", "市教体局", 5_600_000)
    row = await bring(stage, "draft", text)
    await files.of_draft(stage, row.id)


async def _in_review(stage: Stage) -> Story:
    """Asked eight working days ago: one unit wants a change, one disagrees, one is late with no more than a draft."""
    yield stage.ago(8)
    text = draft(stage, "平安社区视频资源整合资金安排意见", "A1.3(4)", "市公安局", 9_800_000)
    row = await bring(stage, "admitted", text)
    asked = await ask(stage, row, (*ASKED, "市公管局", "规划项目部"))
    yield stage.ago(5)
    agrees, disagrees = (asked[stage.units[name]].id for name in ("市发改委", "市公管局"))
    change = Amendment("有关情况和建议附后", "有关情况、绩效目标和建议附后", "须有可以考核的目标")
    said = ("agree_with_amendments", "请补充绩效目标。", [change])
    await stage.do(stage.heads["市发改委"], opinions.answer_opinion, agrees, *said)
    head = stage.heads["市公管局"]
    for signer in (head, DIRECTOR):
        await stage.do(signer, delegations.authorise_clerk, stage.group.id, stage.people[STAFF])
    letter = PaperEntry(stage.people[head], stage.day(-6), "复函存档案柜1-4", "复函〔公管〕18")
    no = ("disagree", "采购方式须先行论证。")
    await stage.enter(STAFF, "opinion", disagrees, "answer", letter, opinions.answer_opinion, *no)
    planning = asked[stage.units["规划项目部"]].id
    await stage.do(PLANNING_HEAD, opinions.answer_opinion, planning, "agree", "已列入年度项目清单。")
    drafted = asked[stage.units["市财政局"]].id
    await stage.do(stage.liaisons["市财政局"], opinion_drafts.save_draft, drafted, "agree", "拟同意,资金分两年安排。")
    await stage.do(HEAD, sheets.draft_sheet, row.id)
    why, least = "采购金额较大的须有公共资源管理部门意见", Decimal(5_000_000)
    basis = RuleDraft(stage.units["市公管局"], why, clock.today(), amount_from=least)
    await stage.do(HEAD, asking_rules.add_rule, stage.group.id, basis)


async def _technical(stage: Stage) -> Story:
    """Ready, but no panel has concluded: it cannot be put on an agenda (A3.7)."""
    yield stage.ago(20)
    await make_ready(stage, draft(stage, "城市数据平台二期建设方案", "A1.3(2)", "市经信委", 48_000_000))


async def _returned(stage: Stage) -> Story:
    yield stage.ago(5)
    text = draft(stage, "基层网格手持终端配备资金安排意见", "A1.3(4)", "市委政法委", 2_400_000)
    row = await bring(stage, "endorsed", text)
    await stage.act(IN_CHARGE, "motion", row, "return", "请补充与既有终端的利旧方案。")


async def _refused(stage: Stage) -> Story:
    yield stage.ago(12)
    row = await bring(stage, "reviewed", draft(stage, "单独建设部门数据机房", "A1.3(5)", "市卫健委"))
    await stage.act(LEADER, "motion", row, "refuse", "应使用市级统一平台,不再单独建设。")


async def _withdrawn(stage: Stage) -> Story:
    yield stage.ago(11)
    row = await bring(stage, "submitted", draft(stage, "调整信息化例会时间", "A1.2(5)", "市信息办"))
    await stage.act(STAFF, "motion", row, "withdraw", "事项已由办公室会议解决。")
