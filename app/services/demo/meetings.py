"""Meetings: two that were held, and one in each state on the way."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core import clock
from app.models.matters import Attendance, Item, Meeting, Motion
from app.services import decisions, meetings, papers
from app.services.decisions import DecisionDraft
from app.services.demo.motions import draft, make_ready
from app.services.demo.stage import HEAD, IN_CHARGE, LEADER, STAFF, Decided, Stage
from app.services.demo.timeline import Story
from app.services.meetings import MeetingDraft

FUNDS = (
    ("年度信息化资金安排计划", "A1.3(1)", "市财政局", 62_000_000),
    ("智慧社区试点资金安排意见", "A1.3(4)", "市民政局", 8_600_000),
    ("公共资源交易系统升级资金安排意见", "A1.3(4)", "市公管局", 4_300_000),
    ("政务云扩容资金安排意见", "A1.3(4)", "市信息办", 12_500_000),
)
MATTERS = (
    ("智慧城市五年建设规划", "A1.2(2)", "市发改委", 310_000_000),
    ("政务数据共享管理办法", "A1.2(3)", "市信息办", 0),
    ("杆塔和管线共建共享意见", "A1.2(5)", "市交通运输局", 0),
)


def stories(stage: Stage) -> list[Story]:
    """A leaders' meeting and a plenary that were held, and one meeting in each state on the way."""
    return [
        _held(stage, "leaders_meeting", "组长会议", FUNDS, 52),
        _held(stage, "plenary", "全体成员会议", MATTERS, 34),
        _convened(stage), _agreed(stage), _requested(stage), _drafted(stage), _postponed(stage),
        _cancelled(stage),
    ]  # fmt: skip


async def _prepare(stage: Stage, form: str, title: str, motions: list[Motion], day: int, presider: str) -> Meeting:
    """Draft a meeting on a day counted from today, with these motions on its agenda."""
    start = clock.at(stage.day(day), 14, 30)
    text = MeetingDraft(form, title, start, clock.at(stage.day(day), 17), "市政府一号会议室", stage.people[presider])
    row = await stage.do(STAFF, meetings.draft_meeting, stage.group.id, text)
    for motion in motions:
        await stage.do(STAFF, meetings.add_item, row.id, motion.id)
    return row


async def _convene(stage: Stage, row: Meeting) -> None:
    await stage.act(STAFF, "meeting", row, "request")
    await stage.act(LEADER, "meeting", row, "agree")
    await stage.do(HEAD, meetings.convene_meeting, row.id)


async def _held(stage: Stage, form: str, title: str, rows: tuple[tuple[str, str, str, int], ...], ago: int) -> Story:
    yield stage.ago(ago + 16)
    motions = [await make_ready(stage, draft(stage, *row), "agree_with_amendments") for row in rows]
    yield stage.ago(ago + 8)
    meeting = await _prepare(stage, form, title, motions, -ago, LEADER)
    await _convene(stage, meeting)
    await stage.do(HEAD, meetings.deliver_papers, meeting.id)
    yield stage.ago(ago + 4)
    await _answer(stage, meeting)
    yield stage.ago(ago, 14)
    await stage.act(LEADER, "meeting", meeting, "open")
    stage.decided += [await _decide(stage, meeting, motion) for motion in motions]
    await _sign_in(stage, meeting)
    await stage.do(LEADER, meetings.close_meeting, meeting.id)


async def _called(stage: Stage, meeting: Meeting) -> list[tuple[Attendance, str]]:
    names = {key: name for name, key in stage.units.items()}
    query = select(Attendance).where(col(Attendance.meeting_id) == meeting.id).order_by(col(Attendance.id))
    people = {key: name for name, key in stage.people.items()}
    rows = (await stage.session.scalars(query)).all()
    return [(row, stage.heads[names[row.unit_id]] if row.unit_id else _name(people, row)) for row in rows]


def _name(people: dict[UUID, str], row: Attendance) -> str:
    assert row.person_id  # a person is called where no unit is
    return people[row.person_id]


async def _answer(stage: Stage, meeting: Meeting) -> None:
    """All accept but the last, who asks for leave and gets it."""
    *most, (last, head) = await _called(stage, meeting)
    for row, who in most:
        await stage.act(who, "attendance", row, "accept")
    await stage.do(head, meetings.ask_leave, last.id, "参加省里会议", "分管负责人代为参加")
    await stage.act(LEADER, "attendance", last, "grant_leave")


async def _sign_in(stage: Stage, meeting: Meeting) -> None:
    for row, _who in (await _called(stage, meeting))[:-1]:
        await stage.do(STAFF, meetings.sign_in_unit, row.id)


async def _decide(stage: Stage, meeting: Meeting, motion: Motion) -> Decided:
    query = select(Item).where(col(Item.meeting_id) == meeting.id, col(Item.motion_id) == motion.id)
    item = (await stage.session.scalars(query)).one()
    attending = next(row.unit_id for row, _ in await _called(stage, meeting) if row.unit_id)
    await stage.do(STAFF, decisions.record_statement, item.id, attending, "agree", "同意,建议按季度通报进展。")
    approved = motion.amount_asked * Decimal("0.9") if motion.amount_asked else None
    kind = "passed_with_amendments" if approved else "passed"
    text = DecisionDraft(kind, f"原则同意《{motion.title}》。", "", approved)
    return Decided(motion, await stage.do(STAFF, decisions.record_decision, item.id, text))


async def _ready(stage: Stage, title: str, unit: str) -> Motion:
    return await make_ready(stage, draft(stage, title, "A1.3(5)", unit))


async def _convened(stage: Stage) -> Story:
    """Some of those called have answered, the others owe an answer."""
    yield stage.ago(7)
    motion = await _ready(stage, "公共数据授权运营试点", "市信息办")
    yield stage.ago(4)
    meeting = await _prepare(stage, "leaders_meeting", "组长会议(数据运营专题)", [motion], 6, LEADER)
    await _convene(stage, meeting)
    await stage.do(HEAD, meetings.deliver_papers, meeting.id)
    for row, who in (await _called(stage, meeting))[:3]:
        await stage.act(who, "attendance", row, "accept")
        await stage.do(who, papers.read_papers, meeting.id)


async def _agreed(stage: Stage) -> Story:
    """The deputy in charge is to preside, by the leader's consent (A2.2)."""
    yield stage.ago(7)
    motion = await _ready(stage, "一网统管事项清单", "市经信委")
    yield stage.ago(3)
    meeting = await _prepare(stage, "leaders_meeting", "组长会议(统管事项专题)", [motion], 9, IN_CHARGE)
    await stage.act(STAFF, "meeting", meeting, "request")
    await stage.act(LEADER, "meeting", meeting, "agree")


async def _requested(stage: Stage) -> Story:
    yield stage.ago(7)
    motion = await _ready(stage, "民政对象数据核对机制", "市民政局")
    yield stage.ago(2)
    meeting = await _prepare(stage, "leaders_meeting", "组长会议(民政专题)", [motion], 12, LEADER)
    await stage.act(STAFF, "meeting", meeting, "request")


async def _drafted(stage: Stage) -> Story:
    yield stage.ago(7)
    motion = await _ready(stage, "应急广播联网方案", "市委政法委")
    yield stage.ago(2)
    await _prepare(stage, "leaders_meeting", "组长会议(应急专题)", [motion], 15, LEADER)


async def _postponed(stage: Stage) -> Story:
    """Agreed to, then put off: those called will be told the new date (A3.1)."""
    yield stage.ago(7)
    motion = await _ready(stage, "公共停车资源联网意见", "市公安局")
    yield stage.ago(2)
    meeting = await _prepare(stage, "leaders_meeting", "组长会议(停车专题)", [motion], 18, LEADER)
    await stage.act(STAFF, "meeting", meeting, "request")
    await stage.act(LEADER, "meeting", meeting, "agree")
    await stage.do(HEAD, meetings.postpone_meeting, meeting.id, "现场勘察尚未完成。")


async def _cancelled(stage: Stage) -> Story:
    yield stage.ago(2)
    meeting = await _prepare(stage, "plenary", "全体成员会议(原定)", [], 5, LEADER)
    await stage.act(STAFF, "meeting", meeting, "cancel", "与市委全会时间冲突。")
