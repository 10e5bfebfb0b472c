"""Four meetings from the request to the minutes in everybody's hand, over GraphQL, in a city of forty units."""

from typing import Any

import pytest
from sqlalchemy import func, select

from app.models.matters import Attendance, Motion
from app.models.records import Outbox, Task
from app.services import motions, opinions, topics
from app.services.topics import TopicDraft
from schema.ids import uuid_of
from tests.support.city import City
from tests.support.experts import pool
from tests.support.sitting import Sitting, client, forty, head_of, key


async def ready(city: City, count: int, category: str, **changes: Any) -> list[Motion]:
    return [
        await city.motion("ready", category, title=f"第{number}号议题", **changes) for number in range(1, count + 1)
    ]


async def owed(city: City, kind: str) -> int:
    async with city.db.read() as session:
        query = select(func.count()).select_from(Task).where(Task.kind == kind, Task.closed_at.is_(None))
        return await session.scalar(query) or 0


@pytest.mark.clause("A1.1", "A2.2", "A2.4", "A3.1", "A3.4", "A4.1", "A4.3", "A4.4", "B2.6", "C17")
async def test_a_leaders_meeting_under_a_deputy(db, clock) -> None:
    city = await forty(db)
    first, second = await ready(city, 2, "A1.3(4)")
    async with client(city) as api:
        sitting = Sitting(api)
        await sitting.draft("staff", "LEADERS_MEETING", "deputy")
        for motion in (first, second):
            await sitting.ok("staff", "addAgendaItem", meetingId=sitting.id, motionId=key("Motion", motion))
        seats = await sitting.convened("staff", "head")
        assert len(seats) == 2 + 6, "the two other deputies and the six standing observers; the proposing unit is one"
        await sitting.ok("finance", "acceptInvitation", id=seats["市财政局"])
        await sitting.ok("civil", "askLeave", id=seats["市民政局"], reason="出差", substitute="副局长")
        refused = await api.do("leader", "grantLeave", id=seats["市民政局"])
        assert refused["code"] == "is_presider"
        await sitting.ok("deputy", "grantLeave", id=seats["市民政局"])
        there = [seats[name] for name in ("市财政局", "市经信委", "市信息办", "分管乙")]
        items = await sitting.opened("deputy", "staff", there)
        said = {"itemId": items[0]["id"], "unitId": api.unit("市财政局"), "position": "DISAGREE", "text": "资金不足。"}
        await sitting.ok("staff", "recordStatement", **said)
        missing = await api.do("staff", "recordDecision", itemId=items[0]["id"], kind="PASSED", text="同意安排。")
        assert missing["code"] == "presider_reason"
        await sitting.decide(items[0]["id"], "PASSED", "同意安排1200万元。", presiderReason="分两年安排。")
        early = await api.do("deputy", "closeMeeting", id=sitting.id)
        assert early["code"] == "all_items_settled"
        await sitting.decide(items[1]["id"], "DEFERRED", "补充测算后再议。")
        await sitting.ok("deputy", "closeMeeting", id=sitting.id)
        issued = await sitting.minutes("staff", presider="deputy")
        assert (issued["number"], issued["datedOn"]) == ("江智领纪〔2026〕1号", str(sitting.starts_at.date()))
        assert "市财政局（不同意）：“资金不足。”" in issued["body"] and "请假：市民政局" in issued["body"]
        assert len(issued["extracts"]) == 4 + 1, "those who attended, and the presider"
        mine = await sitting.extract("finance")
        assert mine is not None and "补充测算后再议" in mine["body"]
        await sitting.ok("finance", "receiveDocument", id=mine["id"])
        assert await sitting.extract("civil") is None and await sitting.extract("police") is None
        assert await owed(city, "receipt") == 4


@pytest.mark.slow
@pytest.mark.clause("A1.1", "A1.2", "A3.1", "A3.4", "A4.1", "A4.4", "B2.6", "C1", "C18")
async def test_a_plenary_of_forty_units(db, clock) -> None:
    city = await forty(db)
    secret = await city.motion("admitted", "A1.2(4)", title="重点目标防护", disclosure="restricted")
    await city.do("staff", motions.list_units, secret.id, [city.units["市财政局"], city.units["市民政局"]])
    for opinion in await city.do("staff", opinions.ask_opinions, secret.id, [city.units["市民政局"]]):
        who = "civil" if opinion.unit_id == city.units["市民政局"] else "finance"
        await city.do(who, opinions.answer_opinion, opinion.id, "agree")
    await city.do("director", opinions.consolidate, secret.id, "同意。")
    rest = await ready(city, 3, "A1.2(4)")
    async with client(city) as api:
        sitting = Sitting(api)
        await sitting.draft("staff", "PLENARY", "leader")
        for motion in (rest[0], secret, *rest[1:]):
            await sitting.ok("staff", "addAgendaItem", meetingId=sitting.id, motionId=key("Motion", motion))
        seats = await sitting.convened("staff", "head")
        units = [name for name in seats if name in city.units]
        assert len(units) == 40 and len(seats) == 43
        for name in units[:30]:
            await sitting.ok(head_of(city, name), "acceptInvitation", id=seats[name])
        assert await owed(city, "invitation") == 13
        items = await sitting.opened("leader", "staff", [seats[name] for name in units[:36]])
        assert [item["number"] for item in items] == [1, 2, 3, 4]
        for item in items:
            await sitting.decide(item["id"], "PASSED", f"原则同意{item['motion']['title']}方案。")
        await sitting.ok("leader", "closeMeeting", id=sitting.id)
        async with city.db.read() as session:
            query = select(Attendance.state, func.count()).group_by(Attendance.state)
            found = {row[0]: row[1] for row in (await session.execute(query)).all()}
        assert found == {"present": 36, "absent": 7}
        issued = await sitting.minutes("staff", presider="leader")
        assert len(issued["extracts"]) == 36
        listed, unlisted = await sitting.extract("finance"), await sitting.extract(head_of(city, units[10]))
        assert listed is not None and "二、重点目标防护" in listed["body"]
        assert unlisted is not None and "防护" not in unlisted["body"] and "四、" not in unlisted["body"]
        for row in issued["extracts"]:
            await sitting.ok(head_of(city, row["unit"]["name"]), "receiveDocument", id=row["id"])
        assert await owed(city, "receipt") == 0


@pytest.mark.clause("B2.1", "B2.3", "B2.4", "B2.5", "B2.6")
async def test_a_special_topic_meeting_of_a_department(db, clock) -> None:
    city = await forty(db, staff=0)
    drafted = await city.do(
        "planning_head", topics.draft_topic, city.group, TopicDraft("数据平台二期", "提请研究。", "projects")
    )
    async with client(city) as api:
        sitting = Sitting(api)
        for who, mutation in (("planning_head", "submitTopic"), ("vice2", "reviewTopic"), ("director", "approveTopic")):
            await sitting.ok(who, mutation, id=key("Topic", drafted))
        await sitting.draft("planner", "SPECIAL_TOPIC", "director", organizerId=api.unit("规划项目部"))
        await sitting.ok("planner", "addTopic", meetingId=sitting.id, topicId=key("Topic", drafted))
        await sitting.ok("director", "chooseMeeting", id=sitting.id)
        seats = await sitting.called("planner")
        assert set(seats) == {"规划项目部"}
        (item,) = await sitting.opened("director", "staff", list(seats.values()))
        await sitting.decide(item["id"], "PASSED_WITH_AMENDMENTS", "同意,增加备份机房。")
        await sitting.ok("director", "closeMeeting", id=sitting.id)
        assert (await api.do("staff", "draftMinutes", meetingId=sitting.id))["code"] == "drafts_minutes"
        issued = await sitting.minutes("planner")
        assert issued["number"] == "江智领办纪〔2026〕1号" and "一、数据平台二期" in issued["body"]
        mine = await sitting.extract("planning_head")
        assert mine is not None
        await sitting.ok("planning_head", "receiveDocument", id=mine["id"])
        assert await sitting.extract("leader") is None and await sitting.extract("finance") is None


@pytest.mark.clause("A2.3", "A3.7", "A4.4", "B2.3", "B2.6")
async def test_a_joint_meeting_with_consulting_experts(db, clock) -> None:
    city = await forty(db, staff=0)
    await pool(city, 3)
    topic = await city.topic("approved", title="感知网络选型")
    async with client(city) as api:
        sitting = Sitting(api)
        await sitting.draft("head", "EXPERT_JOINT", "director")
        await sitting.ok("head", "addTopic", meetingId=sitting.id, topicId=key("Topic", topic))
        experts = [api.person(f"expert{number}") for number in (1, 2, 3)]
        await sitting.ok("head", "inviteObservers", id=sitting.id, personIds=experts, experts=True)
        await sitting.ok("director", "chooseMeeting", id=sitting.id)
        seats = await sitting.called("head")
        people = [name for name in seats if name.startswith("专家")]
        assert len(people) == 3 and "规划项目部" in seats
        await sitting.ok("head", "acceptInvitation", id=seats["专家甲"])
        (item,) = await sitting.opened("director", "staff", [*(seats[name] for name in people), seats["规划项目部"]])
        query = "query($id: ID!) { node(id: $id) { ... on AgendaItem { topic { title } } } }"
        assert (await api.ask("expert1", query, id=item["id"]))["node"]["topic"]["title"] == "感知网络选型"
        await sitting.decide(item["id"], "PASSED", "采用统一接入方案。")
        await sitting.ok("director", "closeMeeting", id=sitting.id)
        assert (await api.ask("expert1", query, id=item["id"]))["node"] is None
        issued = await sitting.minutes("staff")
        assert "列席：专家甲、专家乙、专家丙" in issued["body"]
        assert [row["unit"]["name"] for row in issued["extracts"] if row["unit"]] == ["规划项目部"]
        assert await sitting.extract("expert1") is None, "an expert's sight ended with the meeting"
        told = uuid_of("Meeting", sitting.id)
        async with city.db.read() as session:
            rows = (await session.scalars(select(Outbox.event).where(Outbox.object_id == told))).all()
        assert "meeting.convene" in rows
