"""Replies that an act awaits beside its state (C1): more time for a directive, a second reading, what came back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import today
from app.models.outcome import DirectiveQuestion
from app.models.records import Outbox, Reminder, Task
from app.rules.catalogue import TABLES
from app.rules.roles import of_office, of_person
from app.services import corrections, directives, freshness, meetings, opinions, sheets
from app.services.chasing import sweep
from app.services.directives import Answer, DirectiveDraft
from tests.services.test_people import succeed
from tests.support.city import City, build
from tests.support.refusal import refused


@pytest.mark.clause("C1")
@pytest.mark.parametrize(
    ("noun", "action", "kind", "audience", "answered_by"),
    [
        ("opinion", "extend", "more_time", "office_director", {"grant_more_time", "refuse_more_time"}),
        ("directive", "ask_extension", "more_time", "issuer", {"grant_extension", "refuse_extension"}),
        ("document", "correct", "second_reading", "general_affairs", {"confirm_correction", "drop_correction"}),
        ("meeting", "return", "revision", "organizer", set()),
        ("motion", "all_answered", "consolidation", "general_affairs", {"await_answers", "put_to_director"}),
        ("motion", "put_to_director", "release", "office_director", {"await_answers", "put_to_director"}),
        ("directive", "leave_open", "question", "general_affairs", {"settle_questions"}),
    ],
)
def test_what_an_act_asks_for_and_what_answers_it(
    noun: str, action: str, kind: str, audience: str, answered_by: set[str]
) -> None:
    asked = [(ask.kind, ask.audience) for step in TABLES[noun].rows(action) for ask in step.asks]
    assert asked == [(kind, audience)]
    assert {step.action for step in TABLES[noun].steps if kind in step.answers} == answered_by


async def open_of(city: City, row: Any, kind: str) -> list[Task]:
    query = select(Task).where(Task.object_id == row.id, Task.kind == kind, Task.closed_at.is_(None))
    async with city.db.read() as session:
        return list((await session.scalars(query)).all())


async def asked_for_more(city: City) -> Any:
    draft = DirectiveDraft("编制计划", "计划印发到12个单位", city.units["市财政局"], today() + timedelta(days=60))
    row = await city.do("vice", directives.draft_directive, city.group, draft)
    await city.do("vice", directives.issue_directive, row.id)
    await city.act("finance", "directive", row, "acknowledge")
    await city.do("finance", directives.ask_extension, row.id, row.due_on + timedelta(days=20), "供应商延误")
    return row


@pytest.mark.clause("C1", "C2", "C3")
@pytest.mark.parametrize("answer", ["grant", "refuse"])
async def test_whoever_issued_a_directive_owes_an_answer_to_who_asks_for_more_time(db, clock, answer: str) -> None:
    city = await build(db)
    row = await asked_for_more(city)
    (task,) = await open_of(city, row, "more_time")
    assert (task.holder, str(task.due_on)) == (of_person(city.people["vice"]), "2026-03-03")
    clock.forward(days=1)
    await sweep(db)
    async with db.read() as session:
        chased = (await session.scalars(select(Reminder.recipient_id).where(Reminder.task_id == task.id))).all()
    assert chased == [city.people["vice"]]
    if answer == "grant":
        await city.do("vice", directives.grant_extension, row.id)
    else:
        await city.do("vice", directives.refuse_extension, row.id, "理由不足")
    assert not await open_of(city, row, "more_time")
    assert await open_of(city, row, "completion")


@pytest.mark.clause("C1", "C3")
async def test_a_suspended_request_for_more_time_is_asked_again_when_the_work_goes_on(db, clock) -> None:
    city = await build(db)
    row = await asked_for_more(city)
    await city.act("vice", "directive", row, "suspend", reason="等待上级批复")
    assert not await open_of(city, row, "more_time")
    await city.act("vice", "directive", row, "resume", reason="批复已到")
    assert [task.holder for task in await open_of(city, row, "more_time")] == [of_person(city.people["vice"])]


@pytest.mark.clause("C5", "C3")
async def test_more_time_is_granted_by_the_successor_of_whoever_issued_the_directive(db, clock) -> None:
    city = await build(db)
    row = await asked_for_more(city)
    async with refused(city, "is_issuer", "C3", row):
        await city.do("vice2", directives.grant_extension, row.id)
    clock.forward(days=1)
    await succeed(city, "vice", today() - timedelta(days=1))
    assert [task.holder for task in await open_of(city, row, "more_time")] == [of_person(city.people["outsider"])]
    await city.do("outsider", directives.refuse_extension, row.id, "理由不足")
    await city.do("finance", directives.ask_extension, row.id, row.due_on + timedelta(days=9), "再次申请")
    (task,) = await open_of(city, row, "more_time")
    assert task.holder == of_office(city.group, "office_director"), "he issued nothing himself"


@pytest.mark.clause("C1", "A3.5")
@pytest.mark.parametrize("answer", [corrections.confirm_correction, corrections.drop_correction])
async def test_an_editorial_correction_waits_for_its_second_reader(db, clock, answer: Any) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "vetted")
    await city.do("staff", corrections.propose_correction, row.id, row.title, row.body + "附件另发。", "漏句")
    (task,) = await open_of(city, row, "second_reading")
    assert (task.holder.endswith(f"department/{city.units['综合部']}"), str(task.due_on)) == (True, "2026-03-10")
    await city.do("head", answer, row.id, *(("不必更正",) if answer is corrections.drop_correction else ()))
    assert not await open_of(city, row, "second_reading")
    assert await open_of(city, row, "signature"), "the circuit goes on"


@pytest.mark.clause("C1", "A3.5")
async def test_a_document_that_came_back_is_owed_by_its_drafter(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "vetted")
    assert not await open_of(city, row, "drafting")
    await city.act("director", "document", row, "return", reason="补充依据")
    (task,) = await open_of(city, row, "drafting")
    assert (task.holder, str(task.due_on)) == (of_person(city.people["staff"]), "2026-03-16")
    await city.act("staff", "document", row, "submit")
    assert not await open_of(city, row, "drafting")


@pytest.mark.clause("C1", "A3.1")
async def test_a_request_for_a_meeting_that_came_back_is_owed_by_who_organizes_it(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    row = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    await city.do("staff", meetings.add_item, row.id, motion.id)
    await city.act("staff", "meeting", row, "request")
    await city.act("leader", "meeting", row, "return", reason="改期")
    (task,) = await open_of(city, row, "revision")
    assert task.holder.endswith(f"department/{city.units['综合部']}")
    await city.act("staff", "meeting", row, "request")
    assert not await open_of(city, row, "revision")


@pytest.mark.clause("C1", "A3.3")
async def test_more_time_for_an_opinion_is_asked_of_the_director_by_the_table(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted", "A1.3(5)")
    (row,) = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    await city.do("civil", opinions.extend_opinion, row.id, row.due_on + timedelta(days=5), "人手不足")
    assert [task.holder for task in await open_of(city, row, "more_time")] == [of_office(city.group, "office_director")]
    await city.do("director", opinions.refuse_more_time, row.id, "会期已定")
    assert not await open_of(city, row, "more_time") and await open_of(city, row, "opinion")


@pytest.mark.clause("C1", "A3.3", "C15")
async def test_the_consolidated_opinion_is_owed_once_every_answer_is_in(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted", "A1.3(5)")
    units = [city.units["市民政局"], city.units["市公安局"]]
    civil, police = await city.do("staff", opinions.ask_opinions, motion.id, units)
    await city.do("civil", opinions.answer_opinion, civil.id, "agree")
    assert not await open_of(city, motion, "consolidation"), "one unit has not answered"
    await city.do("police", opinions.answer_opinion, police.id, "no_remark")
    (task,) = await open_of(city, motion, "consolidation")
    assert (task.holder.endswith(f"department/{city.units['综合部']}"), str(task.due_on)) == (True, "2026-03-05")
    await city.do("staff", sheets.draft_sheet, motion.id)
    assert not await open_of(city, motion, "consolidation")
    (release,) = await open_of(city, motion, "release")
    assert release.holder == of_office(city.group, "office_director")
    await city.do("staff", freshness.amend_motion, motion.id, motion.title, motion.body + "补充一项。", "按意见补充")
    await city.do("staff", freshness.ask_opinion_again, civil.id)
    assert not await open_of(city, motion, "release"), "it waits for the unit again"
    await city.do("civil", opinions.answer_opinion, civil.id, "agree")
    assert await open_of(city, motion, "consolidation")
    await city.do("staff", sheets.draft_sheet, motion.id)
    await city.do("director", opinions.consolidate, motion.id)
    assert not await open_of(city, motion, "release") and not await open_of(city, motion, "consolidation")


@pytest.mark.clause("C1", "A3.3")
async def test_a_waived_request_is_waited_for_no_longer(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted", "A1.3(5)")
    (civil,) = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    await city.act("director", "opinion", civil, "waive", reason="与其职责无关")
    assert await open_of(city, motion, "consolidation")


@pytest.mark.clause("C1", "C19")
async def test_the_office_owes_the_answers_to_what_a_draft_leaves_open(db, clock) -> None:
    city = await build(db)
    draft = DirectiveDraft("编制计划", "计划印发到12个单位", city.units["市财政局"], today() + timedelta(days=60))
    row = await city.do("vice", directives.draft_directive, city.group, draft)
    assert not await open_of(city, row, "question")

    async def leave_open(work: Any, actor: Any) -> None:
        await directives.ask(work, row.id, [("units", "市直有关部门"), ("date", "尽快")])

    await city.do("vice", leave_open)
    (task,) = await open_of(city, row, "question")
    assert (task.holder.endswith(f"department/{city.units['综合部']}"), str(task.due_on)) == (True, "2026-03-05")
    async with db.read() as session:
        asked = (await session.scalars(select(DirectiveQuestion).order_by(DirectiveQuestion.about))).all()
    by_kind = {each.kind: each.id for each in asked}
    await city.do("staff", directives.answer_question, by_kind["units"], Answer(confirmed=True))
    assert await open_of(city, row, "question"), "one is still open"
    await city.do("staff", directives.answer_question, by_kind["date"], Answer(due_on=today() + timedelta(days=30)))
    assert not await open_of(city, row, "question")
    async with db.read() as session:
        told = (await session.scalars(select(Outbox).where(Outbox.event == "directive.settle_questions"))).all()
    assert {each.person_id for each in told} == {city.people["vice"]}, "he may issue it now"
