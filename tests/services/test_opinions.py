"""Preliminary review (A3.3): asked, answered by a date or late, disagreement answered, then consolidated."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.models.matters import Opinion
from app.models.records import Task, Trail
from app.services import opinions
from tests.support.city import City, build
from tests.support.refusal import refused


async def asked(city: City, *units: str) -> tuple[Any, dict[str, Opinion]]:
    """A motion on funds under review: the named units and the finance bureau are asked."""
    motion = await city.motion("admitted")
    rows = await city.do("staff", opinions.ask_opinions, motion.id, [city.units[name] for name in units])
    names = {key: name for name, key in city.units.items()}
    return motion, {names[row.unit_id]: row for row in rows}


async def task_of(city: City, row: Any) -> Task | None:
    async with city.db.read() as session:
        query = select(Task).where(Task.object_id == row.id, Task.closed_at.is_(None))
        return await session.scalar(query)


@pytest.mark.clause("A3.3", "A1.3", "C1", "C14")
async def test_the_finance_bureau_is_always_asked_about_funds(db, clock) -> None:
    city = await build(db)
    motion, by_unit = await asked(city, "市民政局")
    assert set(by_unit) == {"市民政局", "市财政局"}
    assert by_unit["市财政局"].mandatory and not by_unit["市民政局"].mandatory
    task = await task_of(city, by_unit["市财政局"])
    assert task is not None and task.holder == f"{city.group}/unit/{city.units['市财政局']}"
    assert str(task.due_on) == "2026-03-09"  # five working days from Monday, 2 March
    async with refused(city, "invalid", "A3.3", by_unit["市财政局"]):  # left out only with a recorded reason
        await city.act("director", "opinion", by_unit["市财政局"], "waive")
    await city.act("director", "opinion", by_unit["市民政局"], "waive", reason="与其职责无关")
    assert await task_of(city, by_unit["市民政局"]) is None
    async with refused(city, "invalid", "A3.3", motion):  # nobody is asked twice
        await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市财政局"]])

    other = await city.motion("admitted", "A1.3(5)")
    rows = await city.do("staff", opinions.ask_opinions, other.id, [city.units["市民政局"]])
    assert [row.unit_id for row in rows] == [city.units["市民政局"]]


@pytest.mark.clause("A3.3")
async def test_only_an_admitted_motion_is_reviewed_and_only_units_of_the_group_are_asked(db, clock) -> None:
    city = await build(db)
    early = await city.motion("reviewed")
    async with refused(city, "wrong_state", "A3.3", early):
        await city.do("staff", opinions.ask_opinions, early.id, [city.units["市民政局"]])
    motion = await city.motion("admitted")
    async with refused(city, "invalid", "A3.3", motion):
        await city.do("staff", opinions.ask_opinions, motion.id, [motion.id])
    async with refused(city, "invalid", "A3.3", motion):
        yesterday = clock.now.date() - timedelta(days=1)
        await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]], yesterday)


@pytest.mark.clause("A3.3", "A4.4")
async def test_a_unit_answers_for_itself_with_words_where_words_are_needed(db, clock) -> None:
    city = await build(db)
    _, by_unit = await asked(city, "市民政局")
    civil = by_unit["市民政局"]
    async with refused(city, "not_found", "A4.4", civil):  # another unit does not even see the question
        await city.do("police", opinions.answer_opinion, civil.id, "agree")
    for who in ("director", "leader"):
        async with refused(city, "not_your_role", "A3.3", civil):
            await city.do(who, opinions.answer_opinion, civil.id, "agree")
    for position in ("disagree", "agree_with_amendments", "perhaps"):
        async with refused(city, "invalid", "A3.3", civil):
            await city.do("civil", opinions.answer_opinion, civil.id, position)
    done = await city.do("civil", opinions.answer_opinion, civil.id, "no_remark")
    assert done.state == "answered" and done.answered_at == clock.now and done.text_hash
    assert await task_of(city, civil) is None
    async with refused(city, "wrong_state", "A3.3", civil):
        await city.do("civil", opinions.answer_opinion, civil.id, "agree")


@pytest.mark.clause("A3.3", "C2")
async def test_more_time_is_asked_for_once_and_before_the_date(db, clock) -> None:
    city = await build(db)
    _, by_unit = await asked(city, "市民政局")
    civil, finance = by_unit["市民政局"], by_unit["市财政局"]
    later = civil.due_on + timedelta(days=4)
    async with refused(city, "invalid", "A3.3", civil):
        await city.do("civil", opinions.extend_opinion, civil.id, civil.due_on, "需要测算")
    async with refused(city, "invalid", "A3.3", civil):
        await city.do("civil", opinions.extend_opinion, civil.id, later, " ")
    await city.do("civil", opinions.extend_opinion, civil.id, later, "需要测算")
    extended = await city.do("director", opinions.grant_more_time, civil.id)
    assert (extended.due_on, extended.first_due_on) == (later, civil.first_due_on)
    task = await task_of(city, civil)
    assert task is not None and (task.due_on, task.due_version) == (later, 2)
    async with refused(city, "not_extended", "A3.3", civil):
        await city.do("civil", opinions.extend_opinion, civil.id, later + timedelta(days=4), "还要测算")
    clock.forward(days=9)
    async with refused(city, "before_due", "A3.3", finance):
        await city.do("finance", opinions.extend_opinion, finance.id, later + timedelta(days=9), "才想起来")


@pytest.mark.clause("A3.3")
async def test_silence_ends_with_the_date_and_a_late_reply_is_kept_as_late(db, clock) -> None:
    city = await build(db)
    motion, by_unit = await asked(city, "市民政局")
    await city.do("finance", opinions.answer_opinion, by_unit["市财政局"].id, "agree")
    async with refused(city, "opinions_in", "A3.3", motion):
        await city.do("director", opinions.consolidate, motion.id, "汇总")
    clock.forward(days=7)  # Monday, 9 March: due today, still in time
    async with refused(city, "opinions_in", "A3.3", motion):
        await city.do("director", opinions.consolidate, motion.id, "汇总")
    clock.forward(days=1)
    ready = await city.do("director", opinions.consolidate, motion.id, "市财政局同意,市民政局逾期未复。")
    assert ready.state == "ready" and ready.consolidated.startswith("市财政局同意")
    civil = await city.fresh(by_unit["市民政局"])
    assert civil.state == "closed" and await task_of(city, civil) is None
    late = await city.do("civil", opinions.answer_opinion, civil.id, "disagree", "资金应当核减。")
    assert (late.state, late.position, late.answered_at) == ("answered_late", "disagree", clock.now)
    assert (await city.fresh(motion)).state == "ready"


@pytest.mark.clause("A3.3", "C6")
async def test_a_disagreement_must_be_answered_by_the_office(db, clock) -> None:
    city = await build(db)
    motion, by_unit = await asked(city)
    finance = by_unit["市财政局"]
    await city.do("finance", opinions.answer_opinion, finance.id, "disagree", "资金应当核减。")
    async with refused(city, "disagreements_answered", "A3.3", motion):
        await city.do("director", opinions.consolidate, motion.id, "汇总")
    for who in ("finance", "leader"):
        async with refused(city, "not_your_role", "A3.3", finance):
            await city.do(who, opinions.respond, finance.id, "已核减")
    async with refused(city, "invalid", "A3.3", finance):
        await city.do("staff", opinions.respond, finance.id, " ")
    await city.do("staff", opinions.respond, finance.id, "已核减一成。")
    async with city.db.read() as session:
        query = select(Trail).where(Trail.object_id == finance.id, Trail.action == "respond")
        assert (await session.scalars(query)).one().actor_id == city.people["staff"]
    async with refused(city, "invalid", "A3.3", motion):
        await city.do("director", opinions.consolidate, motion.id, " ")
    assert (await city.do("director", opinions.consolidate, motion.id, "汇总")).state == "ready"
