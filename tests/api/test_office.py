"""The office over the API: a topic, its meeting, a form that the director adds (B2.3, B2.4)."""

from typing import Any

import pytest

TOPIC = "... on Topic { id state subjectLabel department { name } waitingOn { names } items { state } }"


@pytest.mark.clause("B2.4", "B2.3")
async def test_a_topic_and_its_meeting(api: Any) -> None:
    draft = {"groupId": api.group, "title": "项目清单", "body": "拟列入12个项目。", "subject": "PROJECTS"}
    topic = await api.do("planner", "draftTopic", TOPIC, **draft)
    assert (topic["state"], topic["subjectLabel"], topic["department"]["name"]) == ("DRAFT", "Projects", "规划项目部")
    key = topic["id"]
    edited = await api.do("planner", "editTopic", TOPIC, id=key, title="项目清单(修订)", body="13个。", subject="PLANS")
    assert edited["subjectLabel"] == "Plans"
    chain = [("planning_head", "submitTopic", "副主任庚"), ("vice2", "reviewTopic", "Office director"),
             ("director", "approveTopic", "the office")]  # fmt: skip
    for who, mutation, names in chain:
        done = await api.do(who, mutation, TOPIC, id=key)
        assert (done["waitingOn"] or {}).get("names") == names
    form = await api.do("director", "addMeetingForm", "... on AddedForm { id name calls }", groupId=api.group,
                        name="调度会议", calls=["DEPARTMENTS"], organizers=["GENERAL_AFFAIRS"])  # fmt: skip
    meeting = await api.do(
        "staff", "draftMeeting", "... on Meeting { id form formLabel organizer { name } addedForm { name } }",
        groupId=api.group, form="ADDED", addedFormId=form["id"], title="调度会", place="会议室",
        startsAt="2026-03-10T09:00:00+08:00", endsAt="2026-03-10T10:00:00+08:00", presiderId=api.person("vice"),
    )  # fmt: skip
    assert (meeting["addedForm"]["name"], meeting["organizer"]["name"]) == ("调度会议", "综合部")
    item = await api.do("staff", "addTopic", "... on AgendaItem { number topic { title } }",
                        meetingId=meeting["id"], topicId=key)  # fmt: skip
    assert (item["number"], item["topic"]["title"]) == (1, "项目清单(修订)")
    await api.do("director", "chooseMeeting", id=meeting["id"])
    called = "... on Meeting { attendances { capacity unit { name } person { name } } }"
    convened = await api.do("staff", "conveneMeeting", called, id=meeting["id"])
    assert {row["unit"]["name"] for row in convened["attendances"]} == {"综合部", "规划项目部", "技术保障部"}
    listed = await api.ask(
        "staff", "{ topics(filter: {states: [LISTED]}) { nodes { title } } addedForms { nodes { name } } }"
    )
    assert listed["topics"]["nodes"] == [{"title": "项目清单(修订)"}]
    retired = await api.do("director", "retireMeetingForm", "... on AddedForm { endsOn }", id=form["id"])
    assert retired["endsOn"] == "2026-03-02"
    unit = await api.do("director", "setRemit", "... on Unit { name }", groupId=api.group,
                        unitId=api.unit("规划项目部"), remit=["PLANS"])  # fmt: skip
    assert unit["name"] == "规划项目部"


@pytest.mark.clause("A2.1", "A3.1")
async def test_a_meeting_is_proposed_put_off_and_warned_of(api: Any) -> None:
    await api.city.motion("ready")
    ready = await api.ask("staff", "{ readyMotions { waitingDays heardBy overdue motion { title } } }")
    assert (ready["readyMotions"][0]["waitingDays"], ready["readyMotions"][0]["overdue"]) == (0, False)
    select = "... on Meeting { id state items { motion { title } } warnings { code message clause } }"
    meeting = await api.do(
        "staff", "proposeMeeting", select, groupId=api.group, form="LEADERS_MEETING", title="组长会议", place="会议室",
        startsAt="2026-03-14T09:00:00+08:00", endsAt="2026-03-14T10:00:00+08:00", presiderId=api.person("leader"),
    )  # fmt: skip
    assert len(meeting["items"]) == 1
    assert meeting["warnings"] == [{"code": "day_off", "message": "2026-03-14 is a day off.", "clause": "C14"}]
    await api.do("staff", "requestMeeting", id=meeting["id"])
    await api.do("leader", "agreeMeeting", id=meeting["id"])
    done = await api.do("staff", "postponeMeeting", select, id=meeting["id"], reason="台风")
    assert done["state"] == "POSTPONED"
