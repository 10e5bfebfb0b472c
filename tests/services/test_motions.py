"""The path of a motion (A3.2) and what its category asks of it (A1.2, A1.3, A3.7, A4.3)."""

import asyncio
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.core.refusals import Refused
from app.models.people import Appointment
from app.models.records import Signature, Task
from app.services import decisions, meetings, motions
from app.services.decisions import DecisionDraft
from tests.support.city import City, build
from tests.support.refusal import refused, sees

STEPS = [("staff", "submit", "submitted"), ("director", "endorse", "endorsed"), ("in_charge", "review", "reviewed"),
         ("leader", "admit", "admitted")]  # fmt: skip


async def also(city: City, who: str, role: str) -> None:
    """Give a person a second seat in the group."""
    async with city.db.write() as session:
        session.add(Appointment(person_id=city.people[who], group_id=city.group, role=role, starts_on=date(2024, 1, 1)))


async def signatures(city: City, row: Any) -> list[Signature]:
    async with city.db.read() as session:
        query = select(Signature).where(Signature.object_id == row.id).order_by(Signature.entered_at, Signature.id)
        return list((await session.scalars(query)).all())


async def open_tasks(city: City, row: Any) -> list[Task]:
    async with city.db.read() as session:
        query = select(Task).where(Task.object_id == row.id, Task.closed_at.is_(None)).order_by(Task.id)
        return list((await session.scalars(query)).all())


@pytest.mark.clause("A3.2")
async def test_no_step_is_skipped_swapped_or_taken_by_another(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("draft")
    for who, action, reached in STEPS:
        for other, later, _ in STEPS:
            if later != action:
                code = "wrong_state" if await sees(city, other, motion) else "not_found"
                async with refused(city, code, "", motion):
                    await city.act(other, "motion", motion, later)
        for other in ("leader", "in_charge", "director", "staff"):
            if other != who:
                code = "not_found" if not await sees(city, other, motion) else "not_your_role"
                async with refused(city, code, "", motion):
                    await city.act(other, "motion", motion, action)
        await city.act(who, "motion", motion, action)
        assert (await city.fresh(motion)).state == reached
    signed = await signatures(city, motion)
    assert [(row.action, row.person_id) for row in signed] == [(act, city.people[who]) for who, act, _ in STEPS]
    assert len({row.content_hash for row in signed}) == 1 and all(row.signed_at == clock.now for row in signed)


@pytest.mark.clause("A3.2")
async def test_only_the_drafter_submits_his_motion(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("draft")
    async with refused(city, "is_drafter", "A3.2", motion):
        await city.act("planner", "motion", motion, "submit")
    async with refused(city, "not_editable", "A3.2", motion):
        await city.do("planner", motions.edit_motion, motion.id, city.draft(title="另一个标题"))


@pytest.mark.clause("A3.2")
async def test_nobody_takes_two_steps_even_in_two_seats(db, clock) -> None:
    city = await build(db)
    await also(city, "director", "deputy_in_charge")
    motion = await city.motion("endorsed")
    async with refused(city, "one_hand", "A3.2", motion):
        await city.act("director", "motion", motion, "review")
    async with refused(city, "one_hand", "A3.2", motion):
        await city.act("director", "motion", motion, "refuse", reason="不宜上会")
    await also(city, "in_charge", "leader")
    await city.act("in_charge", "motion", motion, "review")
    async with refused(city, "one_hand", "A3.2", motion):
        await city.act("in_charge", "motion", motion, "admit")


@pytest.mark.clause("A3.2", "C1")
@pytest.mark.parametrize(
    ("state", "who"), [("submitted", "director"), ("endorsed", "in_charge"), ("reviewed", "leader")]
)
async def test_each_step_can_return_it_with_a_reason_and_the_circuit_begins_anew(db, clock, state, who) -> None:
    city = await build(db)
    motion = await city.motion(state)
    async with refused(city, "invalid", "A3.2", motion):
        await city.act(who, "motion", motion, "return", reason="  ")
    others = [name for name in ("director", "in_charge", "leader") if name != who and await sees(city, name, motion)]
    for other in others:
        async with refused(city, "your_turn", "A3.2", motion):
            await city.act(other, "motion", motion, "return", reason="不到我办")
    await city.act(who, "motion", motion, "return", reason="请补充测算依据")
    again = await city.fresh(motion)
    assert (again.state, again.round) == ("returned", 2)
    assert all(row.voided_at for row in await signatures(city, motion))
    assert [row.opinion for row in await signatures(city, motion)][-1] == "请补充测算依据"
    (task,) = await open_tasks(city, motion)
    assert task.holder == f"person/{city.people['staff']}" and task.kind == "revision"
    await city.do("staff", motions.edit_motion, motion.id, city.draft(body="已补充测算依据。"))
    for each, action, reached in STEPS:
        await city.act(each, "motion", motion, action)
        assert (await city.fresh(motion)).state == reached


@pytest.mark.clause("A3.2")
async def test_a_refused_motion_is_at_its_end(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("endorsed")
    async with refused(city, "invalid", "A3.2", motion):
        await city.act("in_charge", "motion", motion, "refuse")
    await city.act("in_charge", "motion", motion, "refuse", reason="不属领导小组议事范围")
    assert not await open_tasks(city, motion)
    for who, action, _ in STEPS:
        async with refused(city, "not_found" if who == "leader" else "wrong_state", "", motion):
            await city.act(who, "motion", motion, action)


@pytest.mark.clause("A1.2", "A1.3")
async def test_what_a_motion_must_have_before_it_goes_up(db, clock) -> None:
    city = await build(db)
    lacking = [dict(body=""), dict(proposing_unit_id=None), dict(project=""), dict(year=None), dict(amount_asked=None)]
    for changes in lacking:
        motion = await city.motion("draft", **changes)
        async with refused(city, "complete", "A1.3", motion):
            await city.act("staff", "motion", motion, "submit")
    plain = await city.motion("draft", "A1.2(1)", project="", year=None, amount_asked=None)
    await city.act("staff", "motion", plain, "submit")
    wrong = [dict(category="A1.4(1)"), dict(title=" "), dict(title="长" * 201), dict(amount_asked=Decimal("-1")),
             dict(amount_asked=Decimal("NaN")), dict(year=1999), dict(disclosure="机密")]  # fmt: skip
    for changes in wrong:
        async with refused(city, "invalid"):
            await city.do("staff", motions.draft_motion, city.group, city.draft(**changes))


@pytest.mark.clause("A1.2", "A1.3", "A1.1")
@pytest.mark.parametrize(("category", "form"), [("A1.3(1)", "plenary"), ("A1.2(3)", "leaders_meeting")])
async def test_the_category_determines_the_form_of_meeting(db, clock, category, form) -> None:
    city = await build(db)
    motion = await city.motion("ready", category)
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft(form))
    async with refused(city, "wrong_form", category[:4], motion, meeting):
        await city.do("staff", meetings.add_item, meeting.id, motion.id)


@pytest.mark.clause("A3.7", "A1.3")
async def test_a_technical_motion_reaches_no_agenda_unless_the_director_lifts_the_flag(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready", "A1.3(2)")
    assert motion.technical
    meeting = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    async with refused(city, "panel_concluded", "A3.7", motion, meeting):
        await city.do("staff", meetings.add_item, meeting.id, motion.id)

    lifted = await city.motion("submitted", "A1.3(3)")
    for who in ("staff", "vice"):
        async with refused(city, "not_your_role", "A3.7", lifted):
            await city.do(who, motions.set_technical, lifted.id, False, "属常规采购")
    async with refused(city, "invalid", "A3.7", lifted):
        await city.do("director", motions.set_technical, lifted.id, False, "")
    assert not (await city.do("director", motions.set_technical, lifted.id, False, "属常规采购")).technical
    await city.act("director", "motion", lifted, "endorse")
    async with refused(city, "wrong_state", "A3.7", lifted):
        await city.do("director", motions.set_technical, lifted.id, True, "后来又想")


@pytest.mark.clause("A3.7", "A1.3")
async def test_another_category_brings_its_own_flag(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("draft", "A1.3(5)")
    assert not motion.technical
    edited = await city.do("staff", motions.edit_motion, motion.id, city.draft("A1.3(2)"))
    assert edited.technical
    assert not (await city.do("staff", motions.edit_motion, motion.id, city.draft("A1.3(5)"))).technical
    await city.do("director", motions.set_technical, motion.id, True, "技术性强")
    assert (await city.do("staff", motions.edit_motion, motion.id, city.draft("A1.3(1)"))).technical


@pytest.mark.clause("A4.3")
async def test_a_decided_matter_comes_back_only_as_a_new_motion_that_refers_to_it(db, clock) -> None:
    city = await build(db)
    decided, _, _ = await city.decided()
    for action, who in (("submit", "staff"), ("return", "leader"), ("withdraw", "staff")):
        async with refused(city, "wrong_state", "", decided):
            await city.act(who, "motion", decided, action, reason="重议")
    other = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    async with refused(city, "not_ready", "", decided, other):
        await city.do("staff", meetings.add_item, other.id, decided.id)
    again = await city.motion("draft", follows_id=decided.id)
    assert again.follows_id == decided.id
    async with refused(city, "invalid", "A4.3"):
        await city.do("staff", motions.draft_motion, city.group, city.draft(follows_id=again.id))
    async with refused(city, "invalid", "A4.3", again):
        await city.do("staff", motions.edit_motion, again.id, city.draft(follows_id=again.id))


@pytest.mark.clause("C17", "A4.3")
async def test_a_deferred_motion_waits_for_another_meeting_and_a_lost_one_does_not(db, clock) -> None:
    city = await build(db)
    deferred, _, decision = await city.decided("deferred")
    assert (deferred.state, decision.kind) == ("ready", "deferred")
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion)
    await city.act("leader", "meeting", meeting, "open")
    await city.do("staff", decisions.record_decision, item.id, DecisionDraft("not_passed", "不予通过。"))
    assert (await city.fresh(motion)).state == "decided"


@pytest.mark.clause("A3.2", "C6")
async def test_of_two_clicks_at_once_the_second_is_told_that_the_matter_has_moved(db, clock) -> None:
    """On both databases the same: the second waits for the first, and does not read half of what it has done."""
    city = await build(db)
    motion = await city.motion("submitted")
    answers = await asyncio.gather(
        *(city.act("director", "motion", motion, "endorse") for _ in range(4)), return_exceptions=True
    )
    refusals = [answer.refusal.code for answer in answers if isinstance(answer, Refused)]
    assert refusals == ["wrong_state"] * 3, answers
    assert (await city.fresh(motion)).state == "endorsed"
    assert [row.action for row in await signatures(city, motion)] == ["submit", "endorse"]
