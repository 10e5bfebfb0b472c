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
