"""C19: a draft with open questions cannot be issued; each answer sets what was open."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import today
from app.models.outcome import Directive, DirectiveQuestion, DirectiveUnit
from app.models.records import Reminder, Task
from app.services import directives
from app.services.chasing import sweep
from app.services.directives import Answer, DirectiveDraft
from tests.support.city import City, build
from tests.support.refusal import refused

pytestmark = pytest.mark.clause("C19")


async def draft(city: City, questions: list[tuple[str, str]], **changes: Any) -> Directive:
    """A draft as an import leaves it: its date may lie in the past, and what is open has been asked."""
    values: dict[str, Any] = {
        "title": "编制资金计划", "result": "计划印发到12个单位", "lead_unit_id": city.units["市财政局"],
        "due_on": today() + timedelta(days=30),
    }  # fmt: skip

    async def store(work: Any, actor: Any) -> Directive:
        given = DirectiveDraft(**{**values, **changes})
        row = await directives.store_draft(work, actor, city.group, given, None, actor.me)
        await directives.ask(work, row.id, questions)
        return row

    return await city.do("vice", store)


async def questions_of(city: City, row: Directive) -> list[DirectiveQuestion]:
    query = select(DirectiveQuestion).where(DirectiveQuestion.directive_id == row.id)
    async with city.db.read() as session:
        return list((await session.scalars(query.order_by(DirectiveQuestion.id))).all())


async def answer(city: City, who: str, question: DirectiveQuestion, **given: Any) -> Directive:
    return await city.do(who, directives.answer_question, question.id, Answer(**given))


async def test_open_questions_keep_a_draft_from_being_issued(db: Any, clock: Any) -> None:
    city = await build(db)
    row = await draft(city, [("result", "尽快"), ("units", "市直有关部门")], result="尽快")
    first, second = await questions_of(city, row)
    async with refused(city, "questions_answered", "C19", row):
        await city.do("vice", directives.issue_directive, row.id)
    await answer(city, "staff", first, text="计划印发到12个单位")
    async with refused(city, "questions_answered", "C19", row):
        await city.do("vice", directives.issue_directive, row.id)
    async with refused(city, "question_open", "C19", row, first):
        await answer(city, "staff", first, text="计划印发到20个单位")
    await answer(city, "head", second, confirmed=True)
    async with refused(city, "question_open", "C19", row):
        await answer(city, "head", second, confirmed=True)
    issued = await city.do("vice", directives.issue_directive, row.id)
    assert (issued.state, issued.result) == ("issued", "计划印发到12个单位")
    one, two = await questions_of(city, row)
    assert (one.answer, one.answered_by, two.answered_by) == (
        "计划印发到12个单位", city.people["staff"], city.people["head"],
    )  # fmt: skip


async def test_only_the_office_answers_and_only_who_sees_the_draft(db: Any, clock: Any) -> None:
    city = await build(db)
    row = await draft(city, [("result", "加强管理")], result="加强管理")
    (question,) = await questions_of(city, row)
    async with refused(city, "not_found", "", row):  # a draft is not known to its units yet (A4.4)
        await answer(city, "finance", question, text="计划印发到12个单位")
    async with refused(city, "not_your_role", "C19", row):
        await answer(city, "leader", question, text="计划印发到12个单位")


@pytest.mark.parametrize(
    ("kind", "given"),
    [("result", {"text": " "}), ("result", {"text": "切实加强管理"}), ("result", {"text": "台" * 501}), ("date", {}),
     ("date", {"confirmed": True}), ("past_date", {}), ("units", {})],
)  # fmt: skip
async def test_an_answer_must_answer(db: Any, clock: Any, kind: str, given: dict[str, Any]) -> None:
    city = await build(db)
    row = await draft(city, [(kind, "原文")])
    (question,) = await questions_of(city, row)
    async with refused(city, "invalid", "C19", row):
        await answer(city, "staff", question, **given)
    assert (await questions_of(city, row))[0].answered_at is None


@pytest.mark.clause("A3.6")
async def test_units_that_were_not_named_are_chosen(db: Any, clock: Any) -> None:
    city = await build(db)
    row = await draft(city, [("units", "市直有关部门")], cooperating_unit_ids=[city.units["市经信委"]])
    (question,) = await questions_of(city, row)
    for wrong in (city.units["市财政局"], city.group):
        async with refused(city, "invalid", "A3.6", row):
            await answer(city, "staff", question, unit_ids=[wrong])
    chosen = [city.units[name] for name in ("市经信委", "市公安局", "东湖区政府", "规划项目部")]
    await answer(city, "staff", question, unit_ids=chosen)
    async with db.read() as session:
        rows = (await session.scalars(select(DirectiveUnit).where(DirectiveUnit.directive_id == row.id))).all()
    assert {unit.unit_id for unit in rows} == set(chosen)
    assert [unit.unit_id for unit in rows if unit.is_office] == [city.units["规划项目部"]]
    assert set((await questions_of(city, row))[0].answer.split("、")) == {
        "市经信委",
        "市公安局",
        "东湖区政府",
        "规划项目部",
    }


@pytest.mark.clause("C2")
async def test_a_past_date_is_confirmed_and_no_rung_fires_for_the_past(db: Any, clock: Any) -> None:
    city = await build(db)
    past = DirectiveDraft("编制计划", "计划印发到12个单位", city.units["市财政局"], today() - timedelta(days=40))
    async with refused(city, "invalid", "C19"):
        await city.do("vice", directives.draft_directive, city.group, past)
    row = await draft(city, [("past_date", "2026-01-20")], due_on=date(2026, 1, 20))
    (question,) = await questions_of(city, row)
    async with refused(city, "questions_answered", "C19", row):
        await city.do("vice", directives.issue_directive, row.id)
    await answer(city, "staff", question, confirmed=True)
    await city.do("vice", directives.issue_directive, row.id)
    await city.act("finance", "directive", row, "acknowledge")
    for _ in range(15):
        clock.forward(days=1)
        await sweep(db)
    async with db.read() as session:
        task = (await session.scalars(select(Task).where(Task.object_id == row.id, Task.closed_at.is_(None)))).one()
        fired = (await session.scalars(select(Reminder).where(Reminder.task_id == task.id))).all()
    assert (task.kind, task.due_on, list(fired)) == ("completion", date(2026, 1, 20), [])


async def test_a_missing_date_is_set_and_a_past_one_changed(db: Any, clock: Any) -> None:
    city = await build(db)
    row = await draft(city, [("past_date", "2026-01-20")], due_on=date(2026, 1, 20))
    (question,) = await questions_of(city, row)
    async with refused(city, "invalid", "C19", row):
        await answer(city, "staff", question, due_on=today() - timedelta(days=1))
    changed = await answer(city, "staff", question, due_on=date(2026, 6, 30))
    assert changed.due_on == date(2026, 6, 30)
    assert (await questions_of(city, row))[0].answer == "2026-06-30"
