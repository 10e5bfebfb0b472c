"""Directives under way: periodic reports, evidence, parts, more time, another year, reopening (B1.7, C3, C19)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import today
from app.models.outcome import Directive, DirectiveExtension, DirectiveUnit
from app.models.people import Appointment, Group, GroupUnit, Unit
from app.models.records import Reminder, Task
from app.services import directives
from app.services.chasing import sweep
from app.services.directives import DirectiveDraft, PartDraft
from app.services.directives.periods import roll_on
from tests.support.city import City, build
from tests.support.refusal import refused, sees


def task(city: City, **changes: Any) -> DirectiveDraft:
    values: dict[str, Any] = {
        "title": "编制资金计划", "result": "计划印发到12个单位", "lead_unit_id": city.units["市财政局"],
        "due_on": today() + timedelta(days=120),
    }  # fmt: skip
    return DirectiveDraft(**{**values, **changes})


async def under_way(city: City, who: str = "finance", **changes: Any) -> Any:
    row = await city.do("vice", directives.draft_directive, city.group, task(city, **changes))
    row = await city.do("vice", directives.issue_directive, row.id)
    return (await city.act(who, "directive", row, "acknowledge")).row


async def owed(city: City, row: Any) -> list[tuple[str, date]]:
    query = select(Task).where(Task.object_id == row.id, Task.closed_at.is_(None)).order_by(Task.due_on)
    async with city.db.read() as session:
        return [(each.kind, each.due_on) for each in (await session.scalars(query)).all()]


async def close(city: City, who: str, row: Any) -> Any:
    await city.do(who, directives.report_completion, row.id, "已全部完成", "验收报告")
    await city.act("head", "directive", row, "verify")
    return (await city.act("director", "directive", row, "close")).row


@pytest.mark.clause("C3", "C1")
async def test_each_periodic_report_is_a_task_with_its_own_date(db: Any, clock: Any) -> None:
    city = await build(db)
    begun = today()  # 2 March 2026
    row = await under_way(city, period="monthly")
    first, second, third = date(2026, 4, 2), date(2026, 5, 6), date(2026, 6, 2)  # 2 May is in the holiday
    assert await owed(city, row) == [("progress", first), ("completion", row.due_on)]
    report = await city.do("finance", directives.report_progress, row.id, "初稿已成")
    assert report.due_on == first, "reported early, it answers the first"
    assert await owed(city, row) == [("progress", second), ("completion", row.due_on)]
    clock.forward(days=70)
    assert await roll_on(db) == 1 and await roll_on(db) == 0
    assert (await owed(city, row))[:2] == [("progress", second), ("progress", third)], "the missing one stays owed"
    assert (await city.do("finance", directives.report_progress, row.id, "补报五月")).due_on == second
    assert (await city.do("finance_liaison", directives.report_progress, row.id, "六月")).due_on == third
    assert (await city.fresh(row)).next_report_on is None, "less than half a period before the end"
    assert await owed(city, row) == [("completion", begun + timedelta(days=120))]
    await city.do("finance", directives.report_completion, row.id, "已印发")
    assert [kind for kind, _ in await owed(city, row)] == ["verification"]


@pytest.mark.clause("C3", "C2")
async def test_a_missing_report_is_late_and_chased_by_itself(db: Any, clock: Any) -> None:
    city = await build(db)
    row = await under_way(city, period="weekly")
    for _ in range(14):
        clock.forward(days=1)
        await roll_on(db)
        await sweep(db)
    async with db.read() as session:
        tasks = (await session.scalars(select(Task).where(Task.object_id == row.id, Task.kind == "progress"))).all()
        late = min(tasks, key=lambda each: each.due_on)
        rungs = (await session.scalars(select(Reminder.rung).where(Reminder.task_id == late.id))).all()
    assert sorted(each.due_on for each in tasks) == [date(2026, 3, 9), date(2026, 3, 16)]
    assert late.closed_at is None and {-2, 0, 1, 3} <= set(rungs)


@pytest.mark.clause("C3")
async def test_periods_begin_where_the_work_began_before_they_were_counted(db: Any, clock: Any) -> None:
    city = await build(db)
    row = await under_way(city, period="monthly")
    async with db.write() as session:
        stored = await session.get(Directive, row.id)
        stored.periods_from, stored.next_report_on = None, None
        for each in (await session.scalars(select(Task).where(Task.kind == "progress"))).all():
            await session.delete(each)
    clock.forward(days=1)
    assert (await roll_on(db), await roll_on(db)) == (1, 0)
    assert (await owed(city, row))[0] == ("progress", date(2026, 4, 3))


@pytest.mark.clause("C3")
async def test_nothing_new_is_said_twice_in_a_row_at_most(db: Any, clock: Any) -> None:
    city = await build(db)
    plain = await under_way(city)
    async with refused(city, "periodic", "C3", plain):
        await city.do("finance", directives.report_nothing_new, plain.id)
    row = await under_way(city, period="weekly", cooperating_unit_ids=[city.units["市公安局"]])
    for _ in range(2):
        said = await city.do("finance", directives.report_nothing_new, row.id)
        assert said.nothing_new
    async with refused(city, "something_new_due", "C3", row):
        await city.do("finance", directives.report_nothing_new, row.id)
    async with refused(city, "of_lead_unit", "C3", row):
        await city.do("police", directives.report_nothing_new, row.id)
    await city.do("finance", directives.report_progress, row.id, "完成招标")
    await city.do("finance", directives.report_nothing_new, row.id)


@pytest.mark.clause("C19")
async def test_completion_needs_evidence_where_the_directive_asks_for_it(db: Any, clock: Any) -> None:
    city = await build(db)
    given = {"evidence_required": True, "project": "城市数据平台", "amount": Decimal("1200000")}
    row = await under_way(city, cooperating_unit_ids=[city.units["市公安局"]], **given)
    assert (row.project, row.amount) == ("城市数据平台", Decimal("1200000"))
    async with refused(city, "evidence_missing", "C19", row):
        await city.do("finance", directives.report_completion, row.id, "已印发", " ")
    async with refused(city, "of_lead_unit", "C3", row):
        await city.do("police", directives.report_completion, row.id, "已印发")
    report = await city.do("finance", directives.report_completion, row.id, "已印发", "印发通知〔2026〕3号")
    assert report.evidence == "印发通知〔2026〕3号"


@pytest.mark.clause("C3", "C2")
async def test_more_time_keeps_the_old_date_in_sight(db: Any, clock: Any) -> None:
    city = await build(db)
    row = await under_way(city, period="monthly", due_on=today() + timedelta(days=40))
    old = row.due_on
    async with refused(city, "invalid", "C3", row):  # without a reason
        await city.do("finance", directives.ask_extension, row.id, old + timedelta(days=60), " ")
    await city.do("finance", directives.ask_extension, row.id, old + timedelta(days=60), "供应商延误")
    await city.do("vice", directives.refuse_extension, row.id, "理由不足")
    await city.do("finance", directives.ask_extension, row.id, old + timedelta(days=50), "附供应商函")
    await city.do("vice", directives.grant_extension, row.id)
    async with db.read() as session:
        rows = (await session.scalars(select(DirectiveExtension).order_by(DirectiveExtension.id))).all()
    assert [(each.due_before, each.due_asked, each.granted, each.answer) for each in rows] == [
        (old, old + timedelta(days=60), False, "理由不足"),
        (old, old + timedelta(days=50), True, ""),
    ]
    assert {each.answered_by for each in rows} == {city.people["vice"]}
    kinds = dict(await owed(city, row))
    assert kinds["completion"] == old + timedelta(days=50)
    assert kinds["progress"] == date(2026, 4, 2), "a report's own date does not move"


@pytest.mark.clause("C19", "A3.6")
async def test_several_at_once_from_one_decision(db: Any, clock: Any) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    drafts = [task(city), task(city, title="分解任务", lead_unit_id=city.units["东湖区政府"])]
    made = await city.do("staff", directives.draft_directives, city.group, decision.id, drafts)
    assert [(row.decision_id, row.state) for row in made] == [(decision.id, "draft")] * 2
    for wrong in ([], [task(city), task(city, result=" ")]):
        async with refused(city, "invalid"):
            await city.do("staff", directives.draft_directives, city.group, decision.id, wrong)
    laid = await city.do("vice", directives.issue_directive, made[1].id)
    assert (await city.act("district", "directive", laid, "acknowledge")).row.state == "in_progress", (
        "no member, yet bound"
    )


@pytest.mark.clause("C19")
async def test_a_draft_is_corrected_and_its_past_date_confirmed(db: Any, clock: Any) -> None:
    city = await build(db)
    row = await city.do("vice", directives.draft_directive, city.group, task(city, result="尽快", due_on=today()))
    clock.forward(days=2)
    async with refused(city, "invalid", "C19", row):
        await city.do("staff", directives.edit_directive, row.id, task(city, due_on=date(2026, 3, 2)))
    async with refused(city, "not_your_role", "C19", row):
        await city.do("leader", directives.edit_directive, row.id, task(city))
    helpers = [city.units["市公安局"], city.units["规划项目部"]]
    await city.do("staff", directives.edit_directive, row.id, task(city, cooperating_unit_ids=[city.units["市民政局"]]))
    meant = task(city, due_on=date(2026, 3, 2), past_confirmed=True, cooperating_unit_ids=helpers)
    changed = await city.do("staff", directives.edit_directive, row.id, meant)
    async with db.read() as session:
        units = (await session.scalars(select(DirectiveUnit).where(DirectiveUnit.directive_id == row.id))).all()
    assert {unit.unit_id for unit in units} == set(helpers) and changed.result == "计划印发到12个单位"
    issued = await city.do("vice", directives.issue_directive, row.id)
    async with refused(city, "wrong_state", "C19", issued):
        await city.do("staff", directives.edit_directive, row.id, task(city))
    late = await city.do("vice", directives.draft_directive, city.group, task(city, due_on=today()))
    clock.forward(days=2)
    async with refused(city, "past_confirmed", "C19", late):
        await city.do("vice", directives.issue_directive, late.id)


def part(city: City, unit: str = "市公安局", **changes: Any) -> PartDraft:
    values: dict[str, Any] = {"title": "接入前端", "result": "接入2000路前端", "lead_unit_id": city.units[unit]}
    return PartDraft(**{**values, **changes})


@pytest.mark.clause("C19", "A4.4")
async def test_a_directive_is_split_two_levels_deep(db: Any, clock: Any) -> None:
    city = await build(db)
    helpers = [city.units[name] for name in ("市公安局", "市民政局", "东湖区政府", "综合部")]
    whole = await under_way(city, cooperating_unit_ids=helpers)
    async with refused(city, "may_split", "C19", whole):
        await city.do("police", directives.split_directive, whole.id, [part(city)])
    for wrong in ([], [part(city, "市经信委")], [part(city, result="尽快推进")], [part(city, title=" ")],
                  [part(city, due_on=whole.due_on + timedelta(days=1))], [part(city, period="daily")],
                  [part(city, cooperating_unit_ids=[city.units["市公安局"]])]):  # fmt: skip
        async with refused(city, "invalid", "C19", whole):
            await city.do("finance", directives.split_directive, whole.id, wrong)
    below = part(city, cooperating_unit_ids=[city.units["东湖区政府"], city.units["市民政局"]])
    first, office = await city.do("finance", directives.split_directive, whole.id, [below, part(city, "综合部")])
    assert (first.state, first.depth, first.parent_id, first.due_on) == ("issued", 1, whole.id, whole.due_on)
    assert office.lead_is_office and first.issuer_id == whole.issuer_id
    assert [await sees(city, who, first) for who in ("police", "district", "finance", "industry")] == [
        True,
        True,
        True,
        False,
    ]
    await city.act("police", "directive", first, "acknowledge")
    (second,) = await city.do("police", directives.split_directive, first.id, [part(city, "东湖区政府")])
    await city.act("district", "directive", second, "acknowledge")
    (third,) = await city.do("director", directives.split_directive, first.id, [part(city, "市民政局")])
    assert second.depth == 2
    async with refused(city, "not_too_deep", "C19", second):
        await city.do("district", directives.split_directive, second.id, [part(city, "市民政局")])
    async with refused(city, "parts_closed", "C19", first):
        await city.do("police", directives.report_completion, first.id, "完成")
    await close(city, "district", second)
    await city.act("vice", "directive", third, "withdraw", reason="并入")
    await close(city, "police", first)
    async with refused(city, "parts_closed", "C19", whole):
        await city.do("finance", directives.report_completion, whole.id, "完成")
    await city.act("head", "directive", office, "acknowledge")
    await city.do("head", directives.report_completion, office.id, "完成")
    await city.act("in_charge", "directive", office, "verify")
    await city.act("director", "directive", office, "close")
    assert (await close(city, "finance", whole)).state == "closed"


@pytest.mark.clause("C19", "C3")
async def test_parts_follow_the_whole(db: Any, clock: Any) -> None:
    city = await build(db)
    whole = await under_way(city, cooperating_unit_ids=[city.units["市公安局"], city.units["市民政局"]])
    weekly = part(city, period="weekly", due_on=today() + timedelta(days=60))
    one, two = await city.do("finance", directives.split_directive, whole.id, [weekly, part(city, "市民政局")])
    await city.act("police", "directive", one, "acknowledge")
    await city.act("vice", "directive", whole, "suspend", reason="规划调整")
    assert [(await city.fresh(row)).state for row in (one, two)] == ["suspended", "suspended"]
    assert await owed(city, one) == []
    clock.forward(days=15)
    await city.act("vice", "directive", whole, "resume", reason="规划已定")
    assert (await city.fresh(one)).state == "in_progress"
    assert (await owed(city, one))[0] == ("progress", date(2026, 3, 23)), "counted on, from the same beginning"
    async with refused(city, "invalid", "C19", one):
        await city.do("police", directives.ask_extension, one.id, whole.due_on + timedelta(days=1), "来不及")
    await city.act("vice", "directive", whole, "withdraw", reason="并入另一事项")
    assert [(await city.fresh(row)).state for row in (one, two)] == ["withdrawn", "withdrawn"]


@pytest.mark.clause("C19")
async def test_standing_work_goes_on_after_its_review(db: Any, clock: Any) -> None:
    city = await build(db)
    once = await under_way(city)
    await city.do("finance", directives.report_completion, once.id, "完成")
    await city.act("head", "directive", once, "verify")
    async with refused(city, "is_standing", "C19", once):
        await city.do("director", directives.renew_directive, once.id)
    row = await under_way(city, standing=True, period="quarterly", due_on=date(2026, 12, 31))
    await city.do("finance", directives.report_completion, row.id, "接通率95%")
    await city.act("head", "directive", row, "verify")
    async with refused(city, "invalid", "C19", row):
        await city.do("director", directives.renew_directive, row.id, today())
    again = await city.do("director", directives.renew_directive, row.id)
    assert (again.state, again.due_on) == ("in_progress", date(2027, 12, 31))
    assert [kind for kind, _ in await owed(city, row)] == ["progress", "completion"]


@pytest.mark.clause("C3")
async def test_what_was_closed_is_reopened_with_a_reason_and_a_date(db: Any, clock: Any) -> None:
    city = await build(db)
    whole = await under_way(city, cooperating_unit_ids=[city.units["市公安局"]])
    (below,) = await city.do("finance", directives.split_directive, whole.id, [part(city)])
    await city.act("police", "directive", below, "acknowledge")
    await close(city, "police", below)
    row = await close(city, "finance", whole)
    new = today() + timedelta(days=60)
    for given in ((new, " "), (today() - timedelta(days=1), "抽查不合格")):
        async with refused(city, "invalid", "C3", row):
            await city.do("vice", directives.reopen_directive, row.id, *given)
    async with refused(city, "is_issuer", "C3", row):
        await city.do("vice2", directives.reopen_directive, row.id, new, "抽查不合格")
    async with refused(city, "whole_open", "C19", below):
        await city.do("vice", directives.reopen_directive, below.id, new, "抽查不合格")
    again = await city.do("vice", directives.reopen_directive, row.id, new, "抽查不合格")
    assert (again.state, again.due_on, again.closed_at) == ("in_progress", new, None)
    assert (await city.do("vice", directives.reopen_directive, below.id, new, "同上")).state == "in_progress"


@pytest.mark.clause("B1.7", "C19")
async def test_what_the_office_itself_leads_is_reported_by_its_directors(db: Any, clock: Any) -> None:
    city = await build(db)
    async with db.write() as session:
        unit = Unit(name="领导小组办公室", kind="office")
        session.add(unit)
        await session.flush()
        session.add(GroupUnit(group_id=city.group, unit_id=unit.id, kind="office"))
        posts = (await session.scalars(select(Appointment).where(Appointment.role == "office_deputy_director"))).all()
        for post in posts:
            post.unit_id = unit.id
    row = await under_way(city, "vice2", lead_unit_id=unit.id)
    assert row.lead_is_office
    await city.do("vice2", directives.report_completion, row.id, "项目竣工")
    for who in ("vice2", "head", "director"):
        async with refused(city, "is_verifier", "C3", row):
            await city.act(who, "directive", row, "verify")
    await city.act("in_charge", "directive", row, "verify")
    assert (await city.act("director", "directive", row, "close")).row.state == "closed"
    assert isinstance(row, Directive)


@pytest.mark.clause("B1.7", "C19")
async def test_what_the_director_reported_himself_the_deputy_in_charge_closes(db: Any, clock: Any) -> None:
    city = await build(db)
    async with db.write() as session:
        unit = Unit(name="领导小组办公室", kind="office")
        session.add(unit)
        await session.flush()
        session.add(GroupUnit(group_id=city.group, unit_id=unit.id, kind="office"))
        post = (await session.scalars(select(Appointment).where(Appointment.role == "office_director"))).one()
        post.unit_id = unit.id
    row = await under_way(city, "director", lead_unit_id=unit.id)
    await city.do("director", directives.report_completion, row.id, "项目竣工")
    await city.act("in_charge", "directive", row, "verify")
    async with refused(city, "not_reporter", "C19", row):
        await city.act("director", "directive", row, "close")
    assert (await city.act("in_charge", "directive", row, "close")).row.state == "closed"
    other = await under_way(city)
    await city.do("finance", directives.report_completion, other.id, "完成")
    await city.act("head", "directive", other, "verify")
    async with refused(city, "is_closer", "C3", other):
        await city.act("in_charge", "directive", other, "close")


@pytest.mark.clause("A3.6")
async def test_a_group_may_let_directives_wait_for_the_document(db: Any, clock: Any) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.do("vice", directives.draft_directive, city.group, task(city, decision_id=decision.id))
    assigned = await city.do("vice", directives.draft_directive, city.group, task(city))
    async with db.write() as session:
        group = await session.get(Group, city.group)
        group.settings = {**group.settings, "directive_waits_for_document": True}
    async with refused(city, "document_out", "A3.6", row):
        await city.do("vice", directives.issue_directive, row.id)
    assert (await city.do("vice", directives.issue_directive, assigned.id)).state == "issued", "no decision behind it"
    await city.document(decision, "registered")
    assert (await city.do("vice", directives.issue_directive, row.id)).state == "issued"
