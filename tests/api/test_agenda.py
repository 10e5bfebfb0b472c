"""The agenda over the API (A2.1, A2.3, A3.1, C17)."""

from typing import Any

import pytest

from schema.ids import pack

ITEM = "... on AgendaItem { id state kind number title minutes rapporteur expectedAt under { id } }"


@pytest.mark.clause("A2.1", "A2.3", "A3.1", "C17")
async def test_an_agenda_is_arranged_added_to_and_observed(api: Any) -> None:
    city = api.city
    meeting, item = await city.meeting(await city.motion("ready"))
    late = await city.motion("ready")
    key, first = pack("Meeting", meeting.id), pack("AgendaItem", item.id)
    added = await api.do("staff", "addLateItem", ITEM, id=key, motionId=pack("Motion", late.id), reason="急")
    assert (added["state"], added["kind"]) == ("PROPOSED", "MATTER")
    missing = await api.do("staff", "addLateItem", ITEM, id=key, reason="急")
    assert missing["__typename"] == "NotFound"
    assert (await api.do("leader", "admitLateItem", ITEM, id=added["id"]))["state"] == "LISTED"
    arranged = await api.do("staff", "arrangeItem", ITEM, id=first, minutes=40, rapporteur="局长", underId=added["id"])
    assert (arranged["minutes"], arranged["rapporteur"], arranged["under"]["id"]) == (40, "局长", added["id"])
    order = "... on Meeting { items { id number expectedAt } attendances { capacity person { name } } }"
    done = await api.do("staff", "orderAgenda", order, id=key, itemIds=[added["id"], first])
    assert [(row["id"], row["number"]) for row in done["items"]] == [(added["id"], 1), (first, 2)]
    ruled = await api.do("staff", "orderAgenda", order, id=key, rule="CATEGORY")
    assert [row["number"] for row in ruled["items"]] == [1, 2]
    seen = await api.do("staff", "inviteObservers", order, id=key, personIds=[api.person("police")], itemIds=[first])
    assert {"capacity": "invited", "person": {"name": "公安局长"}} in seen["attendances"]
    await api.do("leader", "waivePapers", id=added["id"], reason="急")
    city.go_to(meeting.starts_at)
    await api.do("leader", "openMeeting", id=key)
    raised = await api.do("staff", "raiseMatter", ITEM, id=key, title="机房搬迁")
    assert (raised["kind"], raised["title"], raised["number"]) == ("RAISED", "机房搬迁", 3)


@pytest.mark.clause("A4.1", "A4.4")
async def test_presence_and_recusals_over_the_api(api: Any) -> None:
    city = api.city
    meeting, item = await city.meeting(await city.motion("ready"))
    await city.act("leader", "meeting", meeting, "open")
    key = pack("Meeting", meeting.id)
    query = "query($id: ID!) { node(id: $id) { ... on Meeting { signInCode attendances { id unit { name } } } } }"
    shown = (await api.ask("staff", query, id=key))["node"]
    seats = {row["unit"]["name"]: row["id"] for row in shown["attendances"] if row["unit"]}
    assert (await api.ask("finance", query, id=key))["node"]["signInCode"] is None
    seat = "... on Attendance { state leftAt substitutePost }"
    done = await api.do("finance", "checkIn", seat, id=seats["市财政局"], code=shown["signInCode"])
    assert done["state"] == "PRESENT"
    assert (await api.do("staff", "recordLeaving", seat, id=seats["市财政局"]))["leftAt"]
    aside = await api.do("staff", "recordRecusal", "... on AgendaItem { recusals { reason attendance { id } } }",
                         id=pack("AgendaItem", item.id), attendanceId=seats["市民政局"], reason="有关联")  # fmt: skip
    assert aside["recusals"] == [{"reason": "有关联", "attendance": {"id": seats["市民政局"]}}]
    said = {"itemId": pack("AgendaItem", item.id), "kind": "NOTED", "text": "听取。", "conditions": "下月再报。"}
    decided = await api.do("staff", "recordDecision", "... on Decision { kind conditions }", **said)
    assert (decided["kind"], decided["conditions"]) == ("NOTED", "下月再报。")
    await api.do("leader", "closeMeeting", id=key)
    year = "query($g: ID!) { attendanceOfYear(group: $g, year: 2026) { unit { name } called present absent } }"
    rows = (await api.ask("finance", year, g=api.group))["attendanceOfYear"]
    assert rows == [{"unit": {"name": "市财政局"}, "called": 1, "present": 1, "absent": 0}]
