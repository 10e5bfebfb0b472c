"""Whom to ask follows from rules that are data, and each request has a named standing and a clock (A3.3, A1.3)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.core.workdays import WorkingCalendar
from app.models.matters import Opinion
from app.models.people import Group
from app.models.records import Outbox, Signature, Task, Trail
from app.models.review import AskingRule
from app.queries.calendar import load_calendar
from app.queries.standings import standing
from app.services import asking_rules, motions, opinions, review_clock
from app.services.asking_rules import RuleDraft
from tests.services.test_freshness import rows
from tests.support.city import City, build
from tests.support.refusal import refused, sees

TODAY = date(2026, 3, 2)


async def rule(city: City, unit: str, **said: Any) -> AskingRule:
    draft = RuleDraft(city.units[unit], said.pop("basis", f"{unit}必征"), said.pop("starts_on", TODAY), **said)
    return await city.do("head", asking_rules.add_rule, city.group, draft)


async def named(city: City, motion: Any) -> dict[str, str]:
    """The units that admission has prepared requests for, each with its basis."""
    whose = {key: name for name, key in city.units.items()}
    found = await rows(city, Opinion, Opinion.motion_id == motion.id)
    assert all((row.state, row.mandatory) == ("not_started", True) for row in found)
    return {whose[row.unit_id]: row.basis for row in found}


async def setting(city: City, **values: Any) -> None:
    async with city.db.write() as session:
        group = await session.get(Group, city.group)
        assert group is not None
        group.settings = {**group.settings, **values}


@pytest.mark.clause("A3.3", "A1.3")
async def test_category_amount_and_tag_name_the_units_of_a_motion(db, clock) -> None:
    city = await build(db)
    await rule(city, "市公安局", tag="数据安全", basis="数据安全须公安意见")
    await rule(city, "市经信委", category="A1.3(1)", amount_from=Decimal("10000000"), amount_to=Decimal("20000000"))
    assert await named(city, await city.motion("admitted")) == {
        "市财政局": asking_rules.FINANCE,
        "市经信委": "市经信委必征",
    }
    tagged = await city.motion("admitted", "A1.3(5)", tags=("数据安全", "云平台"))
    assert await named(city, tagged) == {"市公安局": "数据安全须公安意见"}
    for amount in ("9999999.99", "20000000.01"):
        assert set(await named(city, await city.motion("admitted", amount_asked=Decimal(amount)))) == {"市财政局"}
    assert "市经信委" in await named(city, await city.motion("admitted", amount_asked=Decimal("20000000")))
    assert await named(city, await city.motion("admitted", "A1.3(5)", amount_asked=None)) == {}


@pytest.mark.clause("A3.3", "A1.3")
async def test_rules_have_dates_and_the_groups_own_rule_takes_the_default_s_place(db, clock) -> None:
    city = await build(db)
    tomorrow = TODAY + timedelta(days=1)
    later = await rule(city, "市公安局", category="A1.3(5)", starts_on=tomorrow, ends_on=tomorrow)
    assert await named(city, await city.motion("admitted", "A1.3(5)")) == {}
    clock.forward(days=1)
    assert set(await named(city, await city.motion("admitted", "A1.3(5)"))) == {"市公安局"}
    clock.forward(days=1)
    assert await named(city, await city.motion("admitted", "A1.3(5)")) == {}
    async with refused(city, "rule_has_ended", "A3.3", later):
        await city.do("head", asking_rules.end_rule, later.id, clock.now.date())
    own = await rule(city, "市财政局", category="A1.3(1)", amount_from=Decimal("50000000"), starts_on=clock.now.date())
    assert await named(city, await city.motion("admitted")) == {}, "the group asks the bureau from 50 million on"
    async with refused(city, "invalid", "A3.3", own):
        await city.do("director", asking_rules.end_rule, own.id, clock.now.date() - timedelta(days=1))
    await city.do("director", asking_rules.end_rule, own.id, clock.now.date())
    clock.forward(days=1)
    assert await named(city, await city.motion("admitted")) == {"市财政局": asking_rules.FINANCE}
    assert [row.action for row in await rows(city, Trail, Trail.noun == "asking_rule")] == ["edit", "edit", "end"]


@pytest.mark.clause("A3.3")
async def test_a_rule_is_made_by_the_office_and_makes_sense(db, clock) -> None:
    city = await build(db)
    for who in ("staff", "leader", "civil", "sysadmin"):
        async with refused(city, "not_your_role", "A3.3"):
            await city.do(who, asking_rules.add_rule, city.group, RuleDraft(city.units["市公安局"], "依据", TODAY))
    for said in (
        {"basis": " "}, {"category": "A9"}, {"tag": "长" * 41}, {"amount_from": Decimal(-1)},
        {"amount_from": Decimal(2), "amount_to": Decimal(1)}, {"ends_on": TODAY - timedelta(days=1)},
        {"starts_on": TODAY - timedelta(days=1)},
    ):  # fmt: skip
        async with refused(city, "invalid", "A3.3"):
            await rule(city, "市公安局", **said)
    async with refused(city, "invalid", "A3.3"):
        await city.do("head", asking_rules.add_rule, city.group, RuleDraft(city.group, "依据", TODAY))
    made = await rule(city, "市公安局")
    assert await sees(city, "staff", made)
    assert await sees(city, "leader", made)
    assert not any([await sees(city, who, made) for who in ("civil", "auditor", "")])


@pytest.mark.clause("A3.3", "A4.4")
async def test_a_prepared_request_is_the_office_s_until_it_is_sent(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted")
    (prepared,) = await rows(city, Opinion, Opinion.motion_id == motion.id)
    assert not await sees(city, "finance", prepared) and not await sees(city, "finance", motion)
    assert not await rows(city, Task, Task.kind == "opinion")
    async with refused(city, "wrong_state", "A3.3", motion):
        await city.do("director", opinions.consolidate, motion.id, "汇总")
    (asked,) = await city.do("staff", opinions.ask_opinions, motion.id, [])
    assert (asked.id, asked.state) == (prepared.id, "asked")
    assert await sees(city, "finance", prepared) and await sees(city, "finance", motion)
    assert {row.person_id for row in await rows(city, Outbox, Outbox.event == "opinion.send")} == {
        city.people["finance"], city.people["finance_liaison"],
    }  # fmt: skip


@pytest.mark.clause("A3.3", "A1.3")
async def test_a_mandatory_unit_is_left_out_only_with_a_recorded_reason(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted")
    (finance,) = await rows(city, Opinion, Opinion.motion_id == motion.id)
    for who in ("staff", "head", "leader"):
        async with refused(city, "not_your_role", "A3.3", finance):
            await city.act(who, "opinion", finance, "waive", reason="不涉及资金")
    async with refused(city, "invalid", "A3.3", finance):
        await city.act("director", "opinion", finance, "waive", reason=" ")
    await city.act("director", "opinion", finance, "waive", reason="资金已由上级核定")
    (kept,) = await rows(city, Signature, Signature.object_id == finance.id)
    assert (kept.action, kept.opinion) == ("waive", "资金已由上级核定")
    assert not await rows(city, Outbox, Outbox.event == "opinion.waive"), "who was never asked is told nothing"
    async with refused(city, "invalid", "A3.3", motion):  # left out is left out: somebody else must be asked
        await city.do("staff", opinions.ask_opinions, motion.id, [])
    (civil,) = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    assert (civil.mandatory, civil.basis) == (False, "")


@pytest.mark.clause("A3.3")
async def test_every_request_has_a_named_standing(db, clock) -> None:
    async with db.read() as session:
        calendar: WorkingCalendar = await load_calendar(session)
    due = date(2026, 3, 9)  # a Monday; two working days before it is Thursday, the 5th
    named_on = [
        standing(calendar, "asked", due, day, 2)
        for day in (date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 9), date(2026, 3, 10))
    ]
    assert named_on == ["running", "due_soon", "due_soon", "overdue"]
    for state in ("not_started", "answered", "answered_late", "stopped", "waived"):
        assert standing(calendar, state, due, date(2027, 1, 1), 2) == state
    assert standing(calendar, "closed", due, due, 2) == "silent"


@pytest.mark.clause("A3.3", "A3.2")
async def test_the_clock_stops_with_a_return_and_starts_again_only_by_an_act(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted")
    asked = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    finance, civil = sorted(asked, key=lambda row: not row.mandatory)
    await city.do("civil", opinions.answer_opinion, civil.id, "agree")
    clock.forward(days=1)
    async with refused(city, "not_your_role", "A3.3", motion):
        await city.act("staff", "motion", motion, "recall", reason="改")
    await city.act("leader", "motion", motion, "recall", reason="请压减规模")
    stopped = await city.fresh(finance)
    assert (stopped.state, stopped.stopped_on) == ("stopped", clock.now.date())
    assert (await city.fresh(civil)).state == "answered"
    assert not [row for row in await rows(city, Task, Task.kind == "opinion") if row.closed_at is None]
    async with refused(city, "wrong_state", "A3.3", finance):
        await city.do("finance", opinions.answer_opinion, finance.id, "agree")
    due = clock.now.date() + timedelta(days=9)
    async with refused(city, "motion_admitted_again", "A3.3", finance):
        await city.do("staff", review_clock.restart, finance.id, due)
    clock.forward(days=30)
    await city.do("staff", motions.edit_motion, motion.id, city.draft(amount_asked=Decimal("9000000")))
    for who, action in (("staff", "submit"), ("director", "endorse"), ("in_charge", "review"), ("leader", "admit")):
        await city.act(who, "motion", motion, action)
    assert (await city.fresh(finance)).state == "stopped", "admitted again, and still stopped"
    assert (await city.fresh(civil)).stale
    due = clock.now.date() + timedelta(days=7)
    async with refused(city, "invalid", "A3.3", finance):
        await city.do("staff", review_clock.restart, finance.id, clock.now.date() - timedelta(days=1))
    await city.do("staff", review_clock.restart, finance.id, due)
    again = await city.fresh(finance)
    assert (again.state, again.due_on, again.first_due_on, again.stopped_on) == ("asked", due, finance.due_on, None)
    (task,) = [row for row in await rows(city, Task, Task.kind == "opinion") if row.closed_at is None]
    assert (task.object_id, task.due_on) == (finance.id, due)
    assert (await city.fresh(motion)).state == "under_review"
    assert [row.actor_id for row in await rows(city, Trail, Trail.action == "restart")] == [city.people["staff"]]


@pytest.mark.clause("A3.3")
async def test_a_stopped_request_holds_up_the_consolidated_opinion_until_it_runs_or_is_waived(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted")
    (finance,) = await city.do("staff", opinions.ask_opinions, motion.id, [])
    await city.act("director", "motion", motion, "recall", reason="改")
    for who, action in (("staff", "submit"), ("director", "endorse"), ("in_charge", "review"), ("leader", "admit")):
        await city.act(who, "motion", motion, action)
    (civil,) = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    await city.do("civil", opinions.answer_opinion, civil.id, "agree")
    async with refused(city, "opinions_in", "A3.3", motion):
        await city.do("director", opinions.consolidate, motion.id, "汇总")
    await city.act("director", "opinion", finance, "waive", reason="规模压减后不涉及资金")
    assert (await city.do("director", opinions.consolidate, motion.id, "汇总")).state == "ready"


@pytest.mark.clause("A3.3", "C2")
async def test_the_director_grants_or_refuses_more_time_and_the_first_date_stays_visible(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted")
    asked = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    finance, civil = sorted(asked, key=lambda row: not row.mandatory)
    later = civil.due_on + timedelta(days=4)
    for row, who in ((civil, "civil"), (finance, "finance")):
        async with refused(city, "more_time_asked", "A3.3", row):
            await city.do("director", opinions.grant_more_time, row.id)
        waits = await city.do(who, opinions.extend_opinion, row.id, later, "需要测算")
        assert (waits.due_on, waits.extension_to, waits.extension_reason) == (civil.due_on, later, "需要测算")
    (question, _) = [row for row in await rows(city, Task, Task.kind == "more_time") if row.closed_at is None]
    assert question.holder == f"{city.group}/office_director"
    for who in ("staff", "leader", "civil"):
        async with refused(city, "not_your_role", "A3.3", civil):
            await city.do(who, opinions.grant_more_time, civil.id)
    granted = await city.do("director", opinions.grant_more_time, civil.id)
    assert (granted.due_on, granted.first_due_on, granted.extension_to) == (later, civil.due_on, None)
    async with refused(city, "invalid", "A3.3", finance):
        await city.do("director", opinions.refuse_more_time, finance.id, " ")
    kept = await city.do("director", opinions.refuse_more_time, finance.id, "会期已定")
    assert (kept.due_on, kept.extension_outcome, granted.extension_outcome) == (civil.due_on, "refused", "granted")
    tasks = {row.object_id: row for row in await rows(city, Task, Task.kind == "opinion")}
    assert (tasks[civil.id].due_on, tasks[civil.id].due_version) == (later, 2)
    assert (tasks[finance.id].due_on, tasks[finance.id].due_version) == (civil.due_on, 1)
    assert not [row for row in await rows(city, Task, Task.kind == "more_time") if row.closed_at is None]
    async with refused(city, "not_extended", "A3.3", finance):
        await city.do("finance", opinions.extend_opinion, finance.id, later, "再等等")


@pytest.mark.clause("A3.3")
@pytest.mark.parametrize("counts", [False, True])
async def test_silence_counts_only_where_the_group_says_so(db, clock, counts) -> None:
    city = await build(db)
    if counts:
        await setting(city, silence_is_no_remark=True)
    motion = await city.motion("admitted")
    (finance,) = await city.do("staff", opinions.ask_opinions, motion.id, [])
    clock.forward(days=8)
    await city.do("director", opinions.consolidate, motion.id, "市财政局逾期未复。")
    silent = await city.fresh(finance)
    assert (silent.state, silent.silence_counts, silent.position) == ("closed", counts, ""), "it is shown as silence"
