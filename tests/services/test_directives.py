"""Directives: decided or assigned, checkable, reported, verified by another (A3.6, B1.5, B1.7, B2.7, C3)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import today
from app.models.records import Task
from app.services import decisions, directives
from app.services.decisions import DecisionDraft
from app.services.directives import DirectiveDraft
from tests.support.city import City, build
from tests.support.refusal import refused


def task(city: City, **changes: Any) -> DirectiveDraft:
    values: dict[str, Any] = {
        "title": "编制资金计划",
        "result": "计划印发到12个单位",
        "lead_unit_id": city.units["市财政局"],
        "due_on": today() + timedelta(days=30),
    }
    return DirectiveDraft(**{**values, **changes})


async def issued(city: City, who: str = "vice", **changes: Any) -> Any:
    row = await city.do(who, directives.draft_directive, city.group, task(city, **changes))
    return await city.do(who, directives.issue_directive, row.id)


async def in_progress(city: City, **changes: Any) -> Any:
    return (await city.act("finance", "directive", await issued(city, **changes), "acknowledge")).row


async def the_task(city: City, row: Any) -> Task:
    async with city.db.read() as session:
        query = select(Task).where(Task.object_id == row.id, Task.closed_at.is_(None))
        return (await session.scalars(query)).one()


@pytest.mark.clause("C17", "B2.7")
async def test_a_directive_needs_a_recorded_decision_or_a_director_who_assigns(db, clock) -> None:
    city = await build(db)
    for who in ("staff", "head"):
        async with refused(city, "no_decision", "C17"):
            await city.do(who, directives.draft_directive, city.group, task(city))
    for who in ("leader", "finance"):
        async with refused(city, "not_your_role", "B2.7"):
            await city.do(who, directives.draft_directive, city.group, task(city))
    for who in ("director", "vice"):
        assert (await issued(city, who)).state == "issued"
    _, _, decision = await city.decided()
    drafted = await city.do("staff", directives.draft_directive, city.group, task(city, decision_id=decision.id))
    async with refused(city, "not_your_role", "A3.6", drafted):
        await city.do("staff", directives.issue_directive, drafted.id)
    laid = await city.do("vice", directives.issue_directive, drafted.id)
    assert (laid.state, laid.issuer_id) == ("issued", city.people["vice"])


@pytest.mark.clause("C17")
@pytest.mark.parametrize("kind", ["deferred", "not_passed", "noted"])
async def test_what_was_only_discussed_gives_rise_to_none(db, clock, kind) -> None:
    city = await build(db)
    meeting, item = await city.meeting(await city.motion("ready"))
    await city.act("leader", "meeting", meeting, "open")
    decision = await city.do("staff", decisions.record_decision, item.id, DecisionDraft(kind, "如上。"))
    async with refused(city, "not_decided", "C17"):
        await city.do("director", directives.draft_directive, city.group, task(city, decision_id=decision.id))


@pytest.mark.clause("C19", "A3.6")
async def test_one_lead_unit_a_date_and_a_result_one_can_check(db, clock) -> None:
    city = await build(db)
    finance = city.units["市财政局"]
    wrong = [dict(title=" "), dict(result=" "), dict(due_on=today() - timedelta(days=1)), dict(period="daily"),
             dict(lead_unit_id=city.group), dict(cooperating_unit_ids=[city.group])]  # fmt: skip
    for changes in wrong:
        async with refused(city, "invalid"):
            await city.do("vice", directives.draft_directive, city.group, task(city, **changes))
    vague = {"checkable": dict(result="尽快落实,切实加强"), "lead_is_clear": dict(cooperating_unit_ids=[finance])}
    for code, changes in vague.items():
        row = await city.do("vice", directives.draft_directive, city.group, task(city, **changes))
        async with refused(city, code, "", row):
            await city.do("vice", directives.issue_directive, row.id)


@pytest.mark.clause("C3", "C1")
async def test_the_lead_unit_acknowledges_reports_and_another_verifies(db, clock) -> None:
    city = await build(db)
    row = await issued(city, cooperating_unit_ids=[city.units["市公安局"]])
    assert (await the_task(city, row)).kind == "acknowledgement"
    async with refused(city, "of_lead_unit", "C3", row):  # it cooperates, but does not lead
        await city.act("police", "directive", row, "acknowledge")
    async with refused(city, "wrong_state", "C3", row):
        await city.do("finance", directives.report_completion, row.id, "已完成")
    await city.act("finance_liaison", "directive", row, "acknowledge")
    due = await the_task(city, row)
    assert (due.kind, due.due_on) == ("completion", row.due_on)  # a date set by a person is not moved
    for text in ("初稿已成", "征求意见中", "定稿"):
        await city.do("finance_liaison", directives.report_progress, row.id, text)
    async with refused(city, "invalid", "C3", row):
        await city.do("finance", directives.report_completion, row.id, " ")
    await city.do("finance", directives.report_completion, row.id, "已印发")
    for who, code in (("finance", "not_your_role"), ("in_charge", "is_verifier")):
        async with refused(city, code, "", row):
            await city.act(who, "directive", row, "verify")
    async with refused(city, "invalid", "C3", row):
        await city.act("head", "directive", row, "return_report")
    await city.act("head", "directive", row, "return_report", reason="缺少印发名单")
    await city.do("finance", directives.report_completion, row.id, "已补名单")
    await city.act("head", "directive", row, "verify")
    async with refused(city, "not_your_role", "C3", row):
        await city.act("head", "directive", row, "close")
    await city.act("director", "directive", row, "close")
    assert (await city.fresh(row)).state == "closed"


@pytest.mark.clause("B1.7", "C3", "C19")
async def test_what_the_office_leads_is_verified_by_the_deputy_in_charge(db, clock) -> None:
    city = await build(db)
    row = await issued(city, "director", lead_unit_id=city.units["综合部"])
    assert row.lead_is_office
    await city.act("head", "directive", row, "acknowledge")
    await city.do("head", directives.report_completion, row.id, "平台已上线")
    assert (await the_task(city, row)).holder == f"{city.group}/deputy_in_charge"
    for who in ("head", "staff", "vice", "director"):
        async with refused(city, "is_verifier", "C3", row):
            await city.act(who, "directive", row, "verify")
    await city.act("in_charge", "directive", row, "verify")


@pytest.mark.clause("C3", "C2")
async def test_more_time_is_granted_or_refused_by_the_issuer_and_starts_the_ladder_anew(db, clock) -> None:
    city = await build(db)
    row = await in_progress(city)
    later = row.due_on + timedelta(days=20)
    async with refused(city, "extension_pending", "C3", row):
        await city.do("vice", directives.grant_extension, row.id)
    async with refused(city, "invalid", "C3", row):
        await city.do("finance", directives.ask_extension, row.id, row.due_on, "需要时间")
    await city.do("finance", directives.ask_extension, row.id, later, "供应商延误")
    async with refused(city, "no_extension_pending", "C3", row):
        await city.do("finance", directives.ask_extension, row.id, later, "再要")
    async with refused(city, "is_issuer", "C3", row):
        await city.do("vice2", directives.grant_extension, row.id)
    await city.do("vice", directives.refuse_extension, row.id, "理由不足")
    assert ((await city.fresh(row)).due_on, (await city.fresh(row)).extension_to) == (row.due_on, None)
    await city.do("finance", directives.ask_extension, row.id, later, "附供应商函")
    granted = await city.do("vice", directives.grant_extension, row.id)
    due = await the_task(city, row)
    assert (granted.due_on, due.due_on, due.due_version) == (later, later, 2)
    clock.set(clock.now + timedelta(days=60))
    async with refused(city, "before_due", "", row):
        await city.do("finance", directives.ask_extension, row.id, later + timedelta(days=90), "太迟")


@pytest.mark.clause("C3")
async def test_it_is_suspended_resumed_or_withdrawn_with_a_reason(db, clock) -> None:
    city = await build(db)
    row = await in_progress(city)
    for action in ("suspend", "withdraw"):
        async with refused(city, "invalid", "C3", row):
            await city.act("vice", "directive", row, action)
    await city.act("vice", "directive", row, "suspend", reason="规划调整")
    async with db.read() as session:
        assert not (await session.scalars(select(Task).where(Task.object_id == row.id, Task.closed_at.is_(None)))).all()
    await city.act("vice", "directive", row, "resume", reason="规划已定")
    assert (await the_task(city, row)).kind == "completion"
    async with refused(city, "is_issuer", "C3", row):
        await city.act("vice2", "directive", row, "withdraw", reason="不办了")
    await city.act("vice", "directive", row, "withdraw", reason="并入另一事项")
    assert (await city.fresh(row)).state == "withdrawn"


@pytest.mark.clause("C18", "C3")
async def test_a_motion_is_closed_when_its_documents_and_directives_are(db, clock) -> None:
    city = await build(db)
    motion, _, decision = await city.decided()
    async with refused(city, "loop_closed", "C18", motion):
        await city.act("director", "motion", motion, "close")
    document = await city.document(decision, "registered")
    row = await in_progress(city, decision_id=decision.id, due_on=date(2026, 6, 1))
    async with refused(city, "loop_closed", "C18", motion):
        await city.act("director", "motion", motion, "close")
    await city.act("vice", "directive", row, "withdraw", reason="并入另一事项")
    async with refused(city, "loop_closed", "C18", motion):
        await city.act("director", "motion", motion, "close")
    await city.all_receive(document)
    await city.act("director", "motion", motion, "close")
