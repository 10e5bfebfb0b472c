"""A meeting's progress, live, for whoever has a place in it; each sees what he may (A4.1, A4.4, C9)."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from app.models.records import Outbox
from app.services import decisions, meetings, observers, presence
from app.services.decisions import DecisionDraft
from schema.ids import pack
from tests.api.conftest import Api
from tests.api.lines import Line, socket
from tests.services.test_meetings import attendance
from tests.support.refusal import refused

pytestmark = pytest.mark.clause("C9", "A4.1")
FIELDS = "{ state currentItem { id } present { unit { name } } calledObservers { person { name } } }"
QUERY = f"query($id: ID!) {{ meetingProgress(meeting: $id) {FIELDS} }}"
LIVE = f"subscription($id: ID!) {{ meetingProgress(meeting: $id) {FIELDS} }}"


async def following(api: Api, who: str, meeting: Any) -> Line:
    line = await socket(api, Authorization=f"Bearer {await api.token(who)}")
    variables = {"id": pack("Meeting", meeting.id)}
    line.say(type="subscribe", id="1", payload={"query": LIVE, "variables": variables})
    return line


async def heard(line: Line) -> Any:
    return (await line.heard())["payload"]["data"]["meetingProgress"]


async def staged(api: Api) -> tuple[Any, Any]:
    city = api.city
    meeting, item = await city.meeting(await city.motion("ready"), deliver=False)
    await city.do("staff", observers.invite_observers, meeting.id, [city.people["police"]], [item.id])
    await city.do("head", meetings.deliver_papers, meeting.id)
    return await city.fresh(meeting), item


async def test_sign_ins_the_present_item_and_its_observers_are_told_as_they_come(api: Api) -> None:
    city = api.city
    meeting, item = await staged(api)
    unit, observer, office = [await following(api, who, meeting) for who in ("finance", "police", "staff")]
    for line in (unit, observer, office):
        assert await heard(line) == {"state": "CONVENED", "currentItem": None, "present": [], "calledObservers": []}
    await city.act("leader", "meeting", meeting, "open")
    opened = await heard(observer)
    assert opened["state"] == "IN_SESSION" and opened["currentItem"] == {"id": pack("AgendaItem", item.id)}
    assert opened["calledObservers"] == [{"person": {"name": "公安局长"}}], "it is his turn"
    assert (await heard(unit))["currentItem"] == {"id": pack("AgendaItem", item.id)}
    await heard(office)
    row = (await attendance(city, meeting))["市财政局"]
    await city.do("finance", presence.check_in, row.id, (await city.fresh(meeting)).sign_in_code)
    assert (await heard(office))["present"] == [{"unit": {"name": "市财政局"}}]
    assert (await heard(unit))["present"] == [{"unit": {"name": "市财政局"}}]
    query = (await api.ask("staff", QUERY, id=pack("Meeting", meeting.id)))["meetingProgress"]
    assert query["present"] == [{"unit": {"name": "市财政局"}}], "who was away begins with how it stands now"
    await city.do("staff", decisions.record_decision, item.id, DecisionDraft("passed", "原则同意。"))
    assert (await heard(office))["currentItem"] is None
    for line in (unit, observer, office):
        await line.hang_up()


@pytest.mark.clause("A4.4")
async def test_whoever_has_no_place_in_it_finds_no_meeting_and_nobody_sees_more_than_he_may(api: Api) -> None:
    city = api.city
    meeting, item = await staged(api)
    await city.act("leader", "meeting", meeting, "open")
    key = pack("Meeting", meeting.id)
    for who in ("district", "outsider", "sysadmin", "auditor", ""):
        assert (await api.ask(who, QUERY, id=key))["meetingProgress"] is None, who
    line = await following(api, "district", meeting)
    refused = json.dumps(await line.heard())
    await line.hang_up()
    assert "NOT_FOUND" in refused
    seat = (await attendance(city, meeting))["市民政局"]
    await city.do("staff", presence.recuse, item.id, seat.id, "与项目单位有关联")
    told = (await api.ask("civil", QUERY, id=key))["meetingProgress"]
    assert told["state"] == "IN_SESSION" and told["currentItem"] is None, "its papers have closed for it"
    assert told["calledObservers"] == [], "nor does it learn who was called for it"


async def test_it_ends_with_the_meeting(api: Api) -> None:
    city = api.city
    meeting, item = await staged(api)
    line = await following(api, "staff", meeting)
    await heard(line)
    await city.act("leader", "meeting", meeting, "open")
    await city.do("staff", decisions.record_decision, item.id, DecisionDraft("passed", "原则同意。"))
    await city.do("leader", meetings.close_meeting, meeting.id)
    states = []
    while (message := await line.heard())["type"] == "next":
        states.append(message["payload"]["data"]["meetingProgress"]["state"])
    await line.hang_up()
    assert states[-1] == "CLOSED" and message["type"] == "complete"


@pytest.mark.clause("A2.3")
async def test_the_next_item_is_taken_up_and_those_who_wait_outside_are_told(api: Api) -> None:
    city = api.city
    meeting, first = await staged(api)
    async with refused(city, "in_session", "", first):
        await city.act("staff", "item", first, "take_up")
    await city.act("leader", "meeting", meeting, "open")
    done = await api.do("staff", "takeUpItem", "... on AgendaItem { id }", id=pack("AgendaItem", first.id))
    assert done["id"] == pack("AgendaItem", first.id)
    async with city.db.read() as session:
        query = select(Outbox).where(Outbox.event == "item.take_up", Outbox.channel == "inapp")
        lines = (await session.scalars(query)).all()
    assert [row.person_id for row in lines] == [city.people["police"]] and lines[0].object_id == first.id
    assert (await city.fresh(meeting)).current_item_id == first.id
    async with refused(city, "not_your_role", "A2.3", first):
        await city.act("leader", "item", first, "take_up")
