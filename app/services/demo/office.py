"""The office's own: a topic in each state of its chain, one heard by a director's meeting (B2.3, B2.4)."""

from dataclasses import replace

from sqlalchemy import select
from sqlmodel import col

from app.core import clock
from app.models.matters import Attendance, Item
from app.models.office import Topic
from app.services import decisions, meetings, topics
from app.services.decisions import DecisionDraft
from app.services.demo.stage import DIRECTOR, HEAD, PLANNER, PLANNING_HEAD, STAFF, VICE_PLANNING, Stage
from app.services.demo.timeline import Story
from app.services.meetings import MeetingDraft
from app.services.topics import TopicDraft

PLANNING = "规划项目部"
# How far each topic has come, beside the one that was heard.
WAITING = (
    ("年度项目清单初稿", ()),
    ("政务云扩容进度安排", ("submit",)),
    ("运维经费调剂", ("submit", "review")),
    ("项目后评价办法", ("submit", "review", "approve")),
    ("项目变更审批流程", ("submit", "return")),
    ("外单位借用设备", ("submit", "refuse")),
    ("临时增设岗位", ("withdraw",)),
)
WHO = {
    "submit": PLANNING_HEAD, "withdraw": PLANNING_HEAD, "review": VICE_PLANNING, "return": VICE_PLANNING,
    "refuse": VICE_PLANNING, "approve": DIRECTOR,
}  # fmt: skip
WHY = {"return": "请补充经费来源。", "refuse": "不属于办公室职责。", "withdraw": "已通过其他方式解决。"}


def stories(stage: Stage) -> list[Story]:
    return [_heard(stage), *(_waiting(stage, title, steps) for title, steps in WAITING), _planned(stage)]


async def _topic(stage: Stage, title: str, steps: tuple[str, ...]) -> Topic:
    draft = TopicDraft(title, f"提请研究{title}有关事项。", "projects")
    row: Topic = await stage.do(PLANNER, topics.draft_topic, stage.group.id, draft)
    for step in steps:
        await stage.act(WHO[step], "topic", row, step, WHY.get(step, ""))
    return row


async def _waiting(stage: Stage, title: str, steps: tuple[str, ...]) -> Story:
    yield stage.ago(4)
    await _topic(stage, title, steps)


def _draft(stage: Stage, form: str, title: str, day: int) -> MeetingDraft:
    when = stage.day(day)
    start, end = clock.at(when, 9, 30), clock.at(when, 11)
    return MeetingDraft(form, title, start, end, "办公室会议室", stage.people[DIRECTOR])


async def _heard(stage: Stage) -> Story:
    """A director's meeting from the topic to its decision."""
    yield stage.ago(24)
    topic = await _topic(stage, "季度重点项目调度", ("submit", "review", "approve"))
    yield stage.ago(22)
    row = await stage.do(
        HEAD, meetings.draft_meeting, stage.group.id, _draft(stage, "directors_meeting", "主任会议", -20)
    )
    item: Item = await stage.do(HEAD, meetings.add_topic, row.id, topic.id)
    await stage.act(DIRECTOR, "meeting", row, "choose")
    await stage.do(HEAD, meetings.convene_meeting, row.id)
    yield row.starts_at
    await stage.act(DIRECTOR, "meeting", row, "open")
    query = select(Attendance).where(col(Attendance.meeting_id) == row.id).order_by(col(Attendance.id))
    for seat in (await stage.session.scalars(query)).all():
        await stage.do(STAFF, meetings.sign_in_unit, seat.id)
    text = DecisionDraft("passed", "同意按季度调度,由规划项目部每月报告进展。")
    await stage.do(STAFF, decisions.record_decision, item.id, text)
    await stage.do(DIRECTOR, meetings.close_meeting, row.id)


async def _planned(stage: Stage) -> Story:
    """A special-topic meeting that the department itself organizes, agreed and waiting for its notice (B2.5)."""
    yield stage.ago(3)
    topic = await _topic(stage, "数据平台二期方案", ("submit", "review", "approve"))
    draft = replace(_draft(stage, "special_topic", "数据平台专题会议", 4), organizer_id=stage.units[PLANNING])
    row = await stage.do(PLANNER, meetings.draft_meeting, stage.group.id, draft)
    await stage.do(PLANNER, meetings.add_topic, row.id, topic.id)
    await stage.act(DIRECTOR, "meeting", row, "choose")
