"""Topics of office meetings: their chain, their remit, and what the group hands over (B1.8, B2.1, B2.4)."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from app.models.people import Appointment
from app.models.records import Task
from app.rules.departments import DEPARTMENTS, SUBJECTS
from app.services import forms, meetings, topics
from app.services.topics import TopicDraft
from tests.support.city import City, build
from tests.support.refusal import refused, sees

DRAFT = TopicDraft("2027年项目清单", "拟列入12个项目。", "projects")


async def owed(city: City, row: Any) -> list[tuple[str, str]]:
    async with city.db.read() as session:
        query = select(Task).where(Task.object_id == row.id, Task.closed_at.is_(None))
        return [(task.kind, task.holder) for task in (await session.scalars(query)).all()]


@pytest.mark.clause("B2.4", "B1.1")
async def test_the_chain_of_a_topic(db, clock) -> None:
    city = await build(db)
    async with refused(city, "not_your_role", "B2.4"):
        await city.do("civil", topics.draft_topic, city.group, DRAFT)
    topic = await city.do("planner", topics.draft_topic, city.group, DRAFT)
    async with refused(city, "not_your_role", "B2.4", topic):  # its head submits, not the staff that wrote it
        await city.act("planner", "topic", topic, "submit")
    async with refused(city, "heads_department", "B2.4", topic):
        await city.act("tech_head", "topic", topic, "submit")
    await city.act("planning_head", "topic", topic, "submit")
    assert await owed(city, topic) == [("signature", f"person/{city.people['vice2']}")]
    others = [("vice", "review", "in_charge_of_department"), ("vice", "refuse", "topic_turn"),
              ("director", "return", "topic_turn"), ("director", "approve", "wrong_state")]  # fmt: skip
    for who, action, code in others:
        async with refused(city, code, "B2.4", topic):
            await city.act(who, "topic", topic, action, reason="不妥")
    await city.act("vice2", "topic", topic, "review")
    assert await owed(city, topic) == [("signature", f"{city.group}/office_director")]
    async with refused(city, "topic_turn", "B2.4", topic):
        await city.act("vice2", "topic", topic, "return", reason="再议")
    topic = (await city.act("director", "topic", topic, "approve")).row
    assert (topic.state, await owed(city, topic)) == ("approved", [])
    for who in ("leader", "in_charge", "finance"):
        assert not await sees(city, who, topic)


@pytest.mark.clause("B2.4")
async def test_nobody_takes_two_steps_on_a_topic(db, clock) -> None:
    city = await build(db)
    topic = await city.topic("submitted")
    async with city.db.write() as session:  # the deputy director has become director since
        for row in (await session.scalars(select(Appointment).where(Appointment.role == "office_director"))).all():
            row.person_id = city.people["vice2"]
    await city.act("vice2", "topic", topic, "review")
    async with refused(city, "one_hand", "A3.2", topic):
        await city.act("vice2", "topic", topic, "approve")


@pytest.mark.clause("B2.4")
async def test_a_topic_is_returned_corrected_and_submitted_again_or_refused(db, clock) -> None:
    city = await build(db)
    topic = await city.topic("submitted")
    async with refused(city, "invalid", "B2.4", topic):
        await city.act("vice2", "topic", topic, "return")
    await city.act("vice2", "topic", topic, "return", reason="补充资金来源")
    async with refused(city, "not_editable", "B2.4", topic):
        await city.do("planner", topics.edit_topic, topic.id, DRAFT)
    corrected = replace(DRAFT, body="拟列入12个项目,资金来源如下。")
    await city.do("planning_head", topics.edit_topic, topic.id, corrected)
    await city.act("planning_head", "topic", topic, "submit")
    async with refused(city, "not_editable", "B2.4", topic):
        await city.do("planning_head", topics.edit_topic, topic.id, DRAFT)
    await city.act("vice2", "topic", topic, "review")
    await city.act("director", "topic", topic, "refuse", reason="暂不研究")
    assert (await city.fresh(topic)).state == "refused"


@pytest.mark.clause("B2.1", "B2.4")
async def test_a_department_submits_what_is_of_its_remit(db, clock) -> None:
    """Three departments, whose remits do not overlap and leave nothing out; the director can set them."""
    remits = [code for department in DEPARTMENTS.values() for code in department.remit]
    assert len(DEPARTMENTS) == 3
    assert sorted(remits) == sorted(SUBJECTS)
    city = await build(db)
    topic = await city.topic(subject="standards")
    async with refused(city, "within_remit", "B2.4", topic):
        await city.act("planning_head", "topic", topic, "submit")
    async with refused(city, "not_your_role", "B2.1"):
        await city.do("vice", forms.set_remit, city.group, city.units["规划项目部"], ["standards"])
    for unit, remit in (("市财政局", ["funds"]), ("规划项目部", ["everything"]), ("规划项目部", [])):
        async with refused(city, "invalid", "B2.1"):
            await city.do("director", forms.set_remit, city.group, city.units[unit], remit)
    await city.do("director", forms.set_remit, city.group, city.units["规划项目部"], ["plans", "standards"])
    await city.act("planning_head", "topic", topic, "submit")
    for changes in (dict(subject=""), dict(subject="anything"), dict(title=" "), dict(body=" ")):
        async with refused(city, "invalid", "B2.4"):
            await city.do("planner", topics.draft_topic, city.group, replace(DRAFT, **changes))
    async with refused(city, "invalid", "B2.4"):  # for another's department
        draft = replace(DRAFT, department_id=city.units["综合部"])
        await city.do("planner", topics.draft_topic, city.group, draft)


@pytest.mark.clause("B1.8")
async def test_work_that_the_group_hands_over_is_taken_on_outside_any_remit(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    draft = replace(DRAFT, subject="", decision_id=decision.id)
    topic = await city.do("tech_head", topics.draft_topic, city.group, draft)
    await city.act("tech_head", "topic", topic, "submit")
    await city.act("vice", "topic", topic, "review")
    assert (await city.act("director", "topic", topic, "approve")).row.state == "approved"
    _, _, noted = await city.decided("noted")
    async with refused(city, "invalid", "B1.8"):  # nothing is to be carried out
        await city.do("tech_head", topics.draft_topic, city.group, replace(draft, decision_id=noted.id))


@pytest.mark.clause("B2.4", "A1.1")
async def test_topics_go_to_office_meetings_and_motions_to_the_group(db, clock) -> None:
    city = await build(db)
    topic, motion = await city.topic("approved"), await city.motion("ready")
    of_group = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    office = replace(city.meeting_draft("directors_meeting", presider="director"))
    of_office = await city.do("head", meetings.draft_meeting, city.group, office)
    async with refused(city, "wrong_form", "B2.4", topic, of_group):
        await city.do("head", meetings.add_topic, of_group.id, topic.id)
    async with refused(city, "wrong_form", "A1.3", motion, of_office):
        await city.do("head", meetings.add_item, of_office.id, motion.id)
    early = await city.topic("reviewed")
    async with refused(city, "not_ready", "B2.4", early, of_office):
        await city.do("head", meetings.add_topic, of_office.id, early.id)
    await city.do("head", meetings.add_topic, of_office.id, topic.id)
    second = await city.do("head", meetings.draft_meeting, city.group, office)
    async with refused(city, "on_another_agenda", "A3.1", topic, second):
        await city.do("head", meetings.add_topic, second.id, topic.id)
