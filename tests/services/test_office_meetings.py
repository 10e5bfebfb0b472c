"""Meetings of the office: their forms as data, the director's choice, who organizes (B2.2, B2.3, B2.5)."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from app.models.matters import Attendance, Item
from app.rules.forms import FORMS, MeetingForm, form_faults
from app.services import decisions, forms, meetings
from app.services.calls import CALLERS
from app.services.decisions import DecisionDraft
from tests.support.city import City, build
from tests.support.refusal import refused, sees

OFFICE_FORMS = [form for form in FORMS.values() if form.of_office]


async def called(city: City, meeting: Any) -> set[tuple[str, str]]:
    """(capacity, nickname or unit) of everybody who was called."""
    names = {key: name for name, key in (*city.units.items(), *city.people.items())}
    async with city.db.read() as session:
        rows = (await session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id))).all()
    return {(row.capacity, names[row.unit_id or row.person_id]) for row in rows}


@pytest.mark.clause("A1.1", "B2.3")
def test_the_forms_are_data_and_whole() -> None:
    assert [row.code for row in FORMS.values() if not row.of_office] == ["plenary", "leaders_meeting"]
    assert [row.zh for row in OFFICE_FORMS] == [
        "办公室全体成员会议", "主任会议", "专题会议", "办公室与咨询专家联合会议"
    ]  # fmt: skip
    assert list(form_faults(FORMS)) == []
    assert {name for row in FORMS.values() for name in row.calls} <= set(CALLERS)
    assert len({row.series for row in FORMS.values()}) == len(FORMS)
    wrong = replace(FORMS["plenary"], calls=("everybody",), organizers=(), code="wrong")
    assert len(list(form_faults({"wrong": wrong}))) == 2


@pytest.mark.clause("B2.3")
@pytest.mark.parametrize("form", OFFICE_FORMS, ids=lambda form: form.code)
async def test_the_director_chooses_and_a_deputy_director_whom_he_names_may_preside(
    db, clock, form: MeetingForm
) -> None:
    city = await build(db)
    topic = await city.topic("approved")
    for who in ("leader", "deputy", "head", "outsider"):
        async with refused(city, "presider_may", "A2.2"):
            await city.do("head", meetings.draft_meeting, city.group, city.meeting_draft(form.code, presider=who))
    meeting = await city.do("head", meetings.draft_meeting, city.group, city.meeting_draft(form.code, presider="vice"))
    async with refused(city, "has_items", "A3.1", meeting):
        await city.act("director", "meeting", meeting, "choose")
    await city.do("head", meetings.add_topic, meeting.id, topic.id)
    for who, code in (("vice", "not_your_role"), ("head", "not_your_role"), ("leader", "not_found")):
        async with refused(city, code, "", meeting):
            await city.act(who, "meeting", meeting, "choose")
    meeting = (await city.act("director", "meeting", meeting, "choose")).row
    assert (meeting.state, await sees(city, "leader", meeting)) == ("agreed", False)
    await city.do("head", meetings.convene_meeting, meeting.id)
    async with refused(city, "presides", "A2.2", meeting):
        await city.act("director", "meeting", meeting, "open")
    opened = (await city.act("vice", "meeting", meeting, "open")).row
    assert (opened.year, opened.number) == (2026, 1)


@pytest.mark.clause("B2.3", "A3.1")
async def test_the_office_may_ask_the_director_and_no_meeting_of_the_group_is_his_to_choose(db, clock) -> None:
    city = await build(db)
    office = await city.do("head", meetings.draft_meeting, city.group,
                           city.meeting_draft("directors_meeting", presider="director"))  # fmt: skip
    await city.do("head", meetings.add_topic, office.id, (await city.topic("approved")).id)
    await city.act("head", "meeting", office, "request")
    await city.act("director", "meeting", office, "return", reason="改期")
    await city.act("head", "meeting", office, "request")
    assert (await city.act("director", "meeting", office, "agree")).row.state == "agreed"
    motion = await city.motion("ready")
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    await city.do("staff", meetings.add_item, meeting.id, motion.id)
    async with refused(city, "chooses", "B2.3", meeting):
        await city.act("director", "meeting", meeting, "choose")
    await city.act("staff", "meeting", meeting, "request")
    for action in ("agree", "return", "refuse"):
        async with refused(city, "consents", "A3.1", meeting):
            await city.act("director", "meeting", meeting, action, reason="不必")


@pytest.mark.clause("B2.3", "A4.1")
async def test_whom_each_form_of_the_office_calls(db, clock) -> None:
    city = await build(db)
    departments = {("department", name) for name in ("综合部", "规划项目部", "技术保障部")}
    planning, vices = ("department", "规划项目部"), {("office", "vice"), ("office", "vice2")}
    expected = {
        "office_plenary": departments | vices,
        "directors_meeting": {planning} | vices,
        "special_topic": {planning},
        "expert_joint": {planning} | vices,
    }
    for form, whom in expected.items():
        meeting = await city.office_meeting(await city.topic("approved"), form=form)
        await city.do("head", meetings.convene_meeting, meeting.id)
        assert await called(city, meeting) == whom, form


@pytest.mark.clause("B2.5", "B2.2")
async def test_general_affairs_organizes_and_a_special_topic_may_be_left_to_who_submitted_it(db, clock) -> None:
    city = await build(db)
    planning, general = city.units["规划项目部"], city.units["综合部"]
    topic = await city.topic("approved")
    meeting = await city.office_meeting(topic)
    assert meeting.organizer_id == general
    for who in ("planner", "planning_head"):
        async with refused(city, "organizes", "B2.5", meeting):
            await city.do(who, meetings.convene_meeting, meeting.id)
    await city.do("staff", meetings.convene_meeting, meeting.id)
    async with refused(city, "invalid", "B2.5"):
        await city.office_meeting(form="directors_meeting", organizer_id=planning)
    for unit in ("市财政局", "东湖区政府"):
        async with refused(city, "invalid", "B2.5"):
            await city.office_meeting(form="special_topic", organizer_id=city.units[unit])
    special = await city.office_meeting(await city.topic("approved"), form="special_topic", organizer_id=planning)
    async with refused(city, "organizes", "B2.5", special):
        await city.do("staff", meetings.convene_meeting, special.id)
    await city.do("planner", meetings.convene_meeting, special.id)
    tech = city.meeting_draft("special_topic", presider="director")
    other = await city.do("head", meetings.draft_meeting, city.group,
                          replace(tech, organizer_id=city.units["技术保障部"]))  # fmt: skip
    await city.do("head", meetings.add_topic, other.id, (await city.topic("approved")).id)
    async with refused(city, "organizer_fits", "B2.5", other):  # it hears no topic of that department
        await city.act("director", "meeting", other, "choose")


@pytest.mark.clause("B2.3")
async def test_the_director_adds_a_form_and_may_retire_it(db, clock) -> None:
    city = await build(db)
    given = (city.group, "调度会议", "Dispatch meeting", ["departments"], ["submitting_department"])
    async with refused(city, "not_your_role", "B2.3"):
        await city.do("vice", forms.add_form, *given)
    for name, calls, organizers in (("", ["departments"], ["general_affairs"]),
                                    ("主任会议", ["directors"], ["general_affairs"]),
                                    ("例会", ["members"], ["general_affairs"]), ("例会", ["directors"], ["office"]),
                                    ("例会", [], ["general_affairs"])):  # fmt: skip
        changed = (name, "", calls, organizers)
        async with refused(city, "invalid", "B2.3"):
            await city.do("director", forms.add_form, city.group, *changed)
    added = await city.do("director", forms.add_form, *given)
    planning = city.units["规划项目部"]
    meeting = await city.office_meeting(
        await city.topic("approved"), form="added", added_form_id=added.id, organizer_id=planning
    )
    await city.do("planner", meetings.convene_meeting, meeting.id)
    assert await called(city, meeting) == {
        ("department", name) for name in ("综合部", "规划项目部", "技术保障部")
    }  # fmt: skip
    assert (await city.act("director", "meeting", meeting, "open")).row.number == 1
    async with refused(city, "not_your_role", "B2.3", added):
        await city.do("head", forms.retire_form, added.id)
    await city.do("director", forms.retire_form, added.id)
    clock.forward(days=1)
    async with refused(city, "invalid", "B2.3"):
        await city.office_meeting(form="added", added_form_id=added.id)


@pytest.mark.clause("B1.1", "B2.4", "A4.4")
async def test_an_office_meeting_from_topic_to_decision(db, clock) -> None:
    city = await build(db)
    topic, deferred = await city.topic("approved"), await city.topic("approved")
    meeting = await city.office_meeting(topic, deferred)
    await city.do("head", meetings.convene_meeting, meeting.id)
    await city.do("head", meetings.deliver_papers, meeting.id)
    async with city.db.read() as session:
        rows = {row.unit_id: row for row in (await session.scalars(select(Attendance))).all()}
        items = {row.topic_id: row for row in (await session.scalars(select(Item))).all()}
    seat = rows[city.units["规划项目部"]]
    await city.act("planning_head", "attendance", seat, "accept")
    await city.act("director", "meeting", meeting, "open")
    said = await city.do(
        "staff", decisions.record_statement, items[topic.id].id, city.units["规划项目部"], "agree", "同意。"
    )
    assert said.position == "agree"
    done = await city.do("staff", decisions.record_decision, items[topic.id].id, DecisionDraft("passed", "同意。"))
    await city.do("staff", decisions.record_decision, items[deferred.id].id, DecisionDraft("deferred", "再议。"))
    await city.do("director", meetings.close_meeting, meeting.id)
    assert ((await city.fresh(topic)).state, (await city.fresh(deferred)).state) == ("decided", "approved")
    assert done.motion_id is None
    assert not await sees(city, "leader", done)
    assert await sees(city, "planner", done)
