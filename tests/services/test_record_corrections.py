"""After closing nothing changes but by a correction on record, told to all recipients (A4.3)."""

import pytest

from app.models.matters import Attendance, Decision, Item, Statement
from app.models.minutes import RecordCorrection
from app.models.records import Outbox
from app.services import decisions, meetings, parts, presence
from app.services.decisions import DecisionDraft
from app.services.record_corrections import (
    add_statement,
    correct_attendance,
    correct_decision,
    correct_statement,
)
from tests.services.test_minutes import held, rows_of, seats
from tests.support.city import build
from tests.support.refusal import refused, sees


@pytest.mark.clause("A4.3")
async def test_the_record_of_a_closed_meeting_stands(db, clock) -> None:
    city = await build(db)
    meeting = await held(city)
    (decision,) = await rows_of(city, Decision)
    called = await seats(city, meeting)
    seat, unit = called["市财政局"], city.units["市财政局"]
    for service, args in (
        (decisions.record_statement, (decision.item_id, unit, "agree", "补充。")),
        (decisions.record_decision, (decision.item_id, DecisionDraft("deferred", "再议。"))),
        (presence.recuse, (decision.item_id, seat.id, "回避")),
        (meetings.remove_item, (decision.item_id, "撤下")),
    ):
        async with refused(city, "wrong_state", "", meeting, seat, decision):
            await city.do("staff", service, *args)
    for service, code in ((meetings.sign_in_unit, "wrong_state"), (presence.leave_meeting, "meeting_running")):
        async with refused(city, code, "A4.1", meeting, seat):
            await city.do("staff", service, seat.id)


@pytest.mark.clause("A4.3", "C17")
async def test_a_statement_and_a_decision_are_corrected_with_what_stood_there(db, clock) -> None:
    city = await build(db)
    meeting = await held(city)
    (said,), (decision,) = await rows_of(city, Statement), await rows_of(city, Decision)
    for reason in ("", " "):
        async with refused(city, "invalid", "A4.3", said, meeting):
            await city.do("staff", correct_statement, said.id, "disagree", "我局不同意,理由四条。", reason)
    async with refused(city, "not_your_role", "A4.3", said, meeting):
        await city.do("civil", correct_statement, said.id, "agree", "我局同意。", "改口")
    async with refused(city, "invalid", "A4.3", said, meeting):
        await city.do("staff", correct_statement, said.id, said.position, said.text, "无变化")
    async with refused(city, "invalid", "A4.3", decision, meeting):
        await city.do("staff", correct_decision, decision.id, " ", "", "笔误")
    await city.do("staff", correct_statement, said.id, "disagree", "我局不同意,理由四条。", "漏记一条")
    await city.do("staff", correct_decision, decision.id, "原则同意该计划,按季拨付。", "利大于弊。", "漏记半句")
    first, second = await rows_of(city, RecordCorrection)
    assert (first.before["text"], first.after["text"]) == ("我局不同意,理由三条。", "我局不同意,理由四条。")
    assert (first.reason, first.corrected_by) == ("漏记一条", city.people["staff"])
    assert (await city.fresh(decision)).text == second.after["text"] == "原则同意该计划,按季拨付。"
    told = {each.person_id for each in await rows_of(city, Outbox, Outbox.event == "meeting.correct_record")}
    assert told >= {city.people[who] for who in ("leader", "deputy", "director", "finance", "civil", "industry")}
    assert city.people["police"] not in told and city.people["staff"] not in told
    assert await sees(city, "finance", first) and not await sees(city, "police", first)


@pytest.mark.clause("A4.3", "C17")
async def test_a_statement_nobody_wrote_down_is_added_and_seen_to_be_added(db, clock) -> None:
    city = await build(db)
    meeting = await held(city)
    (said,) = await rows_of(city, Statement)
    there, elsewhere = city.units["市财政局"], city.units["综合部"]
    for unit, position, text in (
        (elsewhere, "agree", "同意。"), (there, "perhaps", "同意。"), (there, "agree", " ")
    ):  # fmt: skip
        async with refused(city, "invalid", "", meeting):
            await city.do("staff", add_statement, said.item_id, unit, position, text, "漏记")
    async with refused(city, "not_your_role", "A4.3", meeting):
        await city.do("finance", add_statement, said.item_id, there, "agree", "我局同意。", "漏记")
    async with db.write() as session:
        taken_off = Item(group_id=city.group, meeting_id=meeting.id, state="removed", position=9)
        session.add(taken_off)
    async with city.works.begin() as work:
        await parts.grant(work, "item", taken_off.id, [f"{city.group}/office"], "A3.1")
    async with refused(city, "invalid", "A4.3", meeting, taken_off):
        await city.do("staff", add_statement, taken_off.id, there, "agree", "同意。", "漏记")
    await city.do("staff", add_statement, said.item_id, there, "agree_with_amendments", "按季拨付。", "据录音补记")
    added = next(row for row in await rows_of(city, Statement) if row.id != said.id)
    assert (added.unit_id, added.position, added.text) == (there, "agree_with_amendments", "按季拨付。")
    (correction,) = await rows_of(city, RecordCorrection)
    assert correction.object_id == added.id and set(correction.before.values()) == {""}
    assert await sees(city, "finance", added) and not await sees(city, "police", added)


@pytest.mark.clause("A4.3")
async def test_the_conditions_of_a_decision_are_corrected_or_left(db, clock) -> None:
    city = await build(db)
    await held(city)
    (decision,) = await rows_of(city, Decision)
    said = (decision.id, decision.text, decision.presider_reason)
    await city.do("staff", correct_decision, *said, "漏记条件", "资金到位后实施。")
    await city.do("staff", correct_decision, decision.id, "原则同意,按季拨付。", decision.presider_reason, "笔误")
    assert (await city.fresh(decision)).conditions == "资金到位后实施。"
    first, second = await rows_of(city, RecordCorrection)
    assert (first.before["conditions"], first.after["conditions"]) == (decision.conditions, "资金到位后实施。")
    assert "conditions" not in second.after


@pytest.mark.clause("A4.3")
async def test_only_a_closed_meeting_is_corrected(db, clock) -> None:
    city = await build(db)
    _, meeting, decision = await city.decided()
    async with refused(city, "wrong_state", "A4.3", decision, meeting):
        await city.do("staff", correct_decision, decision.id, "另一内容。", "", "笔误")


@pytest.mark.clause("A4.1", "A4.3")
async def test_who_was_there_is_corrected_through_the_table(db, clock) -> None:
    city = await build(db)
    meeting = await held(city)
    called = await seats(city, meeting)
    away, there, leave = called["市经信委"], called["市财政局"], called["市民政局"]
    assert (away.state, there.state, leave.state) == ("absent", "present", "excused")
    async with refused(city, "invalid", "A4.1", away):
        await city.do("staff", correct_attendance, away.id, "called", "", "笔误")
    await city.do("staff", correct_attendance, away.id, "present", "副主任", "漏签")
    await city.do("staff", correct_attendance, there.id, "absent", "", "代签")
    await city.do("staff", correct_attendance, leave.id, "present", "", "实际到会")
    states = [(await city.fresh(row)).state for row in (away, there, leave)]
    assert states == ["present", "absent", "present"]
    assert (await city.fresh(away)).substitute == "副主任"
    await city.do("staff", correct_attendance, there.id, "excused", "", "经核有请假手续")
    assert (await city.fresh(there)).state == "excused"
    rows = await rows_of(city, RecordCorrection)
    assert [row.before["state"] for row in rows] == ["absent", "present", "excused", "absent"]
    assert all(row.about_id == meeting.id for row in rows)


@pytest.mark.clause("A4.3", "A4.4")
async def test_what_concerns_a_guest_of_single_items_is_told_to_those_who_see_him(db, clock) -> None:
    city = await build(db)
    meeting = await held(city)
    guest = Attendance(
        group_id=city.group, state="absent", meeting_id=meeting.id, person_id=city.people["district"],
        capacity="invited", answer_by=clock.now.date(),
    )  # fmt: skip
    async with db.write() as session:
        session.add(guest)
    async with city.works.begin() as work:
        await parts.grant(work, "attendance", guest.id, [f"{city.group}/office"], "A4.1")
    await city.do("staff", correct_attendance, guest.id, "present", "", "漏签")
    (row,) = await rows_of(city, RecordCorrection)
    assert row.about_id == guest.id and not await sees(city, "finance", row) and await sees(city, "head", row)
    told = {each.person_id for each in await rows_of(city, Outbox, Outbox.event == "meeting.correct_record")}
    assert city.people["finance"] not in told and city.people["head"] in told
