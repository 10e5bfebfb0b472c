"""Preliminary review asks departments of the office too, each answering for itself (A3.3)."""

from typing import Any

import pytest

from app.models.matters import Opinion
from app.models.records import Outbox, Reminder, Task
from app.models.review import OpinionDraft
from app.services import chasing, motions, opinion_drafts, opinions
from tests.services.test_asking import rule
from tests.services.test_freshness import rows
from tests.support.city import build
from tests.support.refusal import refused, sees

pytestmark = pytest.mark.clause("A3.3")


async def asked(city: Any, *names: str, **changes: Any) -> tuple[Any, dict[str, Opinion]]:
    motion = await city.motion("admitted", "A1.3(5)", **changes)
    made = await city.do("staff", opinions.ask_opinions, motion.id, [city.units[name] for name in names])
    whose = {key: name for name, key in city.units.items()}
    return motion, {whose[row.unit_id]: row for row in made}


@pytest.mark.clause("C1", "C2", "A4.4")
async def test_a_department_drafts_within_itself_and_its_head_answers(db, clock) -> None:
    city = await build(db)
    motion, made = await asked(city, "规划项目部", "市民政局")
    own, civil = made["规划项目部"], made["市民政局"]
    assert (own.of_office, civil.of_office) == (True, False)
    (task,) = await rows(city, Task, Task.object_id == own.id)
    assert task.holder == f"{city.group}/department/{city.units['规划项目部']}"
    told = {row.person_id for row in await rows(city, Outbox, Outbox.event == "opinion.send")}
    assert {city.people["planner"], city.people["planning_head"], city.people["civil"]} <= told
    assert city.people["tech_head"] not in told
    for who in ("staff", "head", "tech_head"):  # of another department
        async with refused(city, "of_asked_unit", "A3.3", own):
            await city.do(who, opinion_drafts.save_draft, own.id, "agree")
    for row, who, code in ((own, "planner", "not_your_role"), (civil, "planning_head", "of_asked_unit"),
                           (own, "civil", "not_found")):  # fmt: skip
        async with refused(city, code, "", row):
            await city.do(who, opinions.answer_opinion, row.id, "agree")
    await city.do("planner", opinion_drafts.save_draft, own.id, "disagree", "应纳入总体规划。")
    (draft,) = await rows(city, OpinionDraft)
    assert await sees(city, "planning_head", draft)
    assert not any([await sees(city, who, draft) for who in ("director", "staff", "tech_head", "civil")])
    later = own.due_on.replace(day=own.due_on.day + 3)
    await city.do("planner", opinions.extend_opinion, own.id, later, "需要测算")
    await city.do("director", opinions.grant_more_time, own.id)
    done = await city.do("planning_head", opinion_drafts.release, own.id)
    assert (done.state, done.position, done.text) == ("answered", "disagree", "应纳入总体规划。")
    await city.do("civil", opinions.answer_opinion, civil.id, "agree")
    async with refused(city, "disagreements_answered", "A3.3", motion):
        await city.do("director", opinions.consolidate, motion.id, "汇总")


@pytest.mark.clause("C2")
async def test_a_late_department_is_chased_up_to_its_head(db, clock) -> None:
    city = await build(db)
    _, made = await asked(city, "规划项目部")
    clock.forward(days=10)
    clock.set(clock.now.replace(hour=2))
    await chasing.sweep(db)
    told = {row.recipient_id for row in await rows(city, Reminder)}
    assert {city.people["planner"], city.people["planning_head"]} <= told
    late = await city.do("planning_head", opinions.answer_opinion, made["规划项目部"].id, "no_remark")
    assert late.state == "answered_late"


@pytest.mark.clause("A1.3")
async def test_a_rule_can_name_a_department(db, clock) -> None:
    city = await build(db)
    await rule(city, "技术保障部", category="A1.3(5)", basis="技术把关")
    motion = await city.motion("admitted", "A1.3(5)")
    (prepared,) = await rows(city, Opinion, Opinion.motion_id == motion.id)
    assert (prepared.of_office, prepared.mandatory, prepared.basis) == (True, True, "技术把关")
    await city.do("staff", opinions.ask_opinions, motion.id, [])
    assert (await city.do("tech_head", opinions.answer_opinion, prepared.id, "agree")).state == "answered"


@pytest.mark.clause("A4.4")
async def test_a_department_needs_no_place_on_the_list_of_a_restricted_motion(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted", "A1.3(5)", disclosure="restricted")
    async with refused(city, "not_listed", "A4.4", motion):
        units = [city.units["规划项目部"], city.units["市民政局"]]
        await city.do("staff", opinions.ask_opinions, motion.id, units)
    (own,) = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["规划项目部"]])
    assert await sees(city, "planner", own) and not await sees(city, "civil", own)
    await city.do("staff", motions.list_units, motion.id, [city.units["市民政局"]])
    (civil,) = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    assert await sees(city, "civil", civil) and not await sees(city, "civil", own)
