"""Minutes: drafted from the record, through their circuit, sent to each with what he may see (A4.4, B2.6, C1, C17)."""

from typing import Any

import pytest
from sqlalchemy import select

from app.models.matters import Attendance, Item
from app.models.minutes import Extract
from app.models.outcome import Document, RegisterEntry
from app.models.people import Group
from app.models.records import Outbox, Signature, Task
from app.models.texts import TextVersion
from app.services import corrections, decisions, documents, meetings, minutes, motions, observers, opinions, presence
from app.services.decisions import DecisionDraft
from app.services.documents import DocumentDraft
from tests.support.city import City, build
from tests.support.refusal import refused, sees

CIRCUIT = (
    ("vice", "vet"), ("director", "sign_off"), ("in_charge", "sign"), ("deputy", "countersign"),
    ("deputy2", "countersign"), ("leader", "issue"),
)  # fmt: skip


async def rows_of(city: City, model: Any, *where: Any) -> list[Any]:
    async with city.db.read() as session:
        return list((await session.scalars(select(model).where(*where).order_by(model.id))).all())


async def seats(city: City, meeting: Any) -> dict[str, Attendance]:
    names = {key: name for name, key in (*city.units.items(), *city.people.items())}
    rows = await rows_of(city, Attendance, Attendance.meeting_id == meeting.id)
    return {names[row.unit_id or row.person_id]: row for row in rows}


async def owed(city: City, row: Any) -> dict[str, Task]:
    return {task.kind: task for task in await rows_of(city, Task, Task.object_id == row.id, Task.closed_at.is_(None))}


async def held(city: City, presider: str = "leader", present: tuple[str, ...] = ("市财政局",)) -> Any:
    """A leaders' meeting on one motion, passed with the civil affairs bureau's dissent, and closed."""
    meeting, item = await city.meeting(await city.motion("ready"), presider=presider)
    called = await seats(city, meeting)
    await city.do("civil", meetings.ask_leave, called["市民政局"].id, "出差")
    await city.act(presider, "attendance", called["市民政局"], "grant_leave")
    await city.act(presider, "meeting", meeting, "open")
    for name in present:
        await city.do("staff", meetings.sign_in_unit, called[name].id)
    unit = city.units["市民政局"]
    await city.do("staff", decisions.record_statement, item.id, unit, "disagree", "我局不同意,理由三条。")
    decided = DecisionDraft("passed", "原则同意该计划。", "利大于弊。", conditions="资金分两年安排。")
    await city.do("staff", decisions.record_decision, item.id, decided)
    return await city.do(presider, meetings.close_meeting, meeting.id)


async def office_held(city: City) -> Any:
    topic = await city.topic("approved")
    meeting = await city.office_meeting(topic)
    await city.do("head", meetings.convene_meeting, meeting.id)
    await city.act("director", "meeting", meeting, "open")
    for row in (await seats(city, meeting)).values():
        await city.do("staff", meetings.sign_in_unit, row.id)
    (item,) = await rows_of(city, Item, Item.meeting_id == meeting.id)
    await city.do("staff", decisions.record_decision, item.id, DecisionDraft("passed", "同意项目清单。"))
    return await city.do("director", meetings.close_meeting, meeting.id)


async def issued(city: City, meeting: Any, presider: str = "leader") -> Document:
    row = await city.do("staff", minutes.draft_minutes, meeting.id)
    await city.act("staff", "document", row, "put_to_presider")
    for who, action in ((presider, "check"), *CIRCUIT):
        await city.act(who, "document", row, action)
    return await city.do("head", documents.register_document, row.id)


def draft_of(row: Document, **changes: str) -> DocumentDraft:
    return DocumentDraft(**{"kind": row.kind, "title": row.title, "body": row.body, "decision_ids": (), **changes})


@pytest.mark.clause("B2.6", "C1")
async def test_a_closed_meeting_owes_its_minutes_within_three_days_and_their_issue_within_seven(db, clock) -> None:
    city = await build(db)
    meeting = await held(city)
    tasks = await owed(city, meeting)
    assert {kind: task.holder for kind, task in tasks.items()} == dict.fromkeys(
        ("minutes", "minutes_issue"), f"{city.group}/office"
    )
    assert (str(tasks["minutes"].due_on), str(tasks["minutes_issue"].due_on)) == ("2026-03-12", "2026-03-18")
    row = await city.do("staff", minutes.draft_minutes, meeting.id)
    assert set(await owed(city, meeting)) == {"minutes_issue"}
    drafting = (await owed(city, row))["drafting"]
    assert (drafting.holder, str(drafting.due_on)) == (f"person/{city.people['staff']}", "2026-03-12")
    office = await office_held(city)
    department = f"{city.group}/department/{city.units['综合部']}"
    assert {task.holder for task in (await owed(city, office)).values()} == {department}


@pytest.mark.clause("B2.6")
async def test_the_draft_is_made_of_the_record_and_is_never_final_by_itself(db, clock) -> None:
    city = await build(db)
    meeting = await held(city)
    row = await city.do("staff", minutes.draft_minutes, meeting.id)
    assert (row.state, row.kind, row.number, row.dated_on, row.circuit) == ("draft", "纪要", "", None, "A3.5")
    assert "一、2027年度信息化资金安排计划" in row.body.splitlines()
    assert "市民政局（不同意）：“我局不同意,理由三条。”" in row.body
    passed = "会议审议通过，议定：原则同意该计划。附带条件：资金分两年安排。主持人说明：利大于弊。"
    assert passed in row.body
    assert row.body.splitlines()[-2:] == ["出席：组长甲", "请假：市民政局"] or "列席：市财政局" in row.body
    async with refused(city, "no_minutes_yet", "B2.6", meeting):
        await city.do("head", minutes.draft_minutes, meeting.id)
    async with refused(city, "wrong_state", "A3.5", row):
        await city.do("head", documents.register_document, row.id)
    assert not await rows_of(city, Extract)


@pytest.mark.clause("B2.6")
async def test_only_who_organized_an_office_meeting_drafts_its_minutes_and_only_after_it(db, clock) -> None:
    city = await build(db)
    meeting, _ = await city.meeting(await city.motion("ready"))
    async with refused(city, "wrong_state", "B2.6", meeting):
        await city.do("staff", minutes.draft_minutes, meeting.id)
    office = await office_held(city)
    async with refused(city, "drafts_minutes", "B2.6", office):
        await city.do("planner", minutes.draft_minutes, office.id)
    async with refused(city, "not_your_role", "B2.6", office):
        await city.do("director", minutes.draft_minutes, office.id)
    await city.do("staff", minutes.draft_minutes, office.id)


@pytest.mark.clause("A3.5", "B2.6")
async def test_minutes_of_the_group_go_by_the_presider_through_the_circuit(db, clock) -> None:
    city = await build(db)
    meeting = await held(city, presider="deputy")
    row = await city.do("staff", minutes.draft_minutes, meeting.id)
    for action, code in (("submit", "decision_document"), ("put_to_director", "director_approves")):
        async with refused(city, code, "B2.6", row):
            await city.act("staff", "document", row, action)
    await city.act("staff", "document", row, "put_to_presider")
    (task,) = (await owed(city, row)).values()
    assert (task.kind, task.holder, str(task.due_on)) == ("signature", f"person/{city.people['deputy']}", "2026-03-10")
    for who in ("leader", "deputy2"):
        async with refused(city, "is_presider", "A2.2", row):
            await city.act(who, "document", row, "check")
        async with refused(city, "your_turn", "A3.2", row):
            await city.act(who, "document", row, "return", reason="不妥")
    await city.act("deputy", "document", row, "check")
    for who, action in CIRCUIT:  # the presider countersigns too: checking is no step of the circuit
        row = (await city.act(who, "document", row, action)).row
    assert row.state == "issued"
    row = await city.do("head", documents.register_document, row.id)
    assert (row.number, str(row.dated_on)) == ("江智领纪〔2026〕1号", "2026-03-09")
    assert not await owed(city, meeting)


@pytest.mark.clause("B2.6")
async def test_the_leader_who_presided_checks_and_issues(db, clock) -> None:
    city = await build(db)
    row = await issued(city, await held(city))
    signed = await rows_of(city, Signature, Signature.object_id == row.id, Signature.voided_at.is_(None))
    assert [each.action for each in signed if each.person_id == city.people["leader"]] == ["check", "issue"]
    assert all(each.content_hash == row.content_hash for each in signed)


@pytest.mark.clause("A4.4", "B2.6")
async def test_minutes_of_the_office_are_approved_by_the_director_and_stay_with_it(db, clock) -> None:
    city = await build(db)
    meeting = await office_held(city)
    row = await city.do("staff", minutes.draft_minutes, meeting.id)
    async with refused(city, "presider_checks", "B2.6", row):
        await city.act("staff", "document", row, "put_to_presider")
    await city.act("staff", "document", row, "put_to_director")
    async with refused(city, "not_your_role", "B2.6", row):
        await city.act("vice", "document", row, "approve")
    row = (await city.act("director", "document", row, "approve")).row
    row = await city.do("head", documents.register_document, row.id)
    assert (row.state, row.number, str(row.dated_on)) == ("registered", "江智领办纪〔2026〕1号", str(row.dated_on))
    for who in ("leader", "deputy", "finance"):
        assert not await sees(city, who, row)
    told = await rows_of(city, Outbox, Outbox.object_id == row.id)
    assert not {each.person_id for each in told} & {city.people[who] for who in ("leader", "in_charge", "deputy")}


@pytest.mark.clause("B2.6", "C16")
async def test_corrections_leave_visible_versions_and_a_return_is_due_anew(db, clock) -> None:
    city = await build(db)
    row = await city.do("staff", minutes.draft_minutes, (await held(city)).id)
    body = row.body.replace("理由三条。", "理由三条:一是资金不落实。")
    await city.do("staff", documents.revise_document, row.id, draft_of(row, body=body, kind="通知"), "补充")
    versions = await rows_of(city, TextVersion, TextVersion.object_id == row.id)
    assert [each.number for each in versions] == [1, 2] and versions[0].changes
    assert (await city.fresh(row)).kind == "纪要"
    await city.act("staff", "document", row, "put_to_presider")
    clock.forward(days=2)
    await city.act("leader", "document", row, "return", reason="再核对一次")
    assert str((await owed(city, row))["drafting"].due_on) == "2026-03-16"


@pytest.mark.clause("B2.6")
async def test_minutes_keep_every_item_of_the_agenda_in_its_order(db, clock) -> None:
    city = await build(db)
    row = await city.do("staff", minutes.draft_minutes, (await held(city)).id)
    broken = draft_of(row, body=row.body.replace("一、2027", "一、关于2027"))
    await city.do("staff", documents.revise_document, row.id, broken, "改题")
    async with refused(city, "items_in_order", "B2.6", row):
        await city.act("staff", "document", row, "put_to_presider")
    await city.do("staff", documents.revise_document, row.id, draft_of(row), "改回")
    await city.act("staff", "document", row, "put_to_presider")
    async with refused(city, "items_in_order", "B2.6", row):
        await city.do("staff", corrections.propose_correction, row.id, row.title, broken.body, "笔误")


@pytest.mark.clause("C17")
async def test_a_claimed_decision_is_mended_or_confirmed_before_the_minutes_go_up(db, clock) -> None:
    city = await build(db)
    row = await city.do("staff", minutes.draft_minutes, (await held(city)).id)
    async with refused(city, "claims_open", "C17", row):
        await city.act("staff", "document", row, "confirm_claims", reason="无")
    head, _, rest = row.body.partition("会议审议通过")
    claimed = draft_of(row, body=f"{head}会议决定成立工作专班。\n会议审议通过{rest}")
    await city.do("staff", documents.revise_document, row.id, claimed, "补充")
    async with refused(city, "claims_settled", "C17", row):
        await city.act("staff", "document", row, "put_to_presider")
    async with refused(city, "invalid", "C17", row):
        await city.act("staff", "document", row, "confirm_claims")
    async with refused(city, "is_drafter", "A3.2", row):
        await city.act("head", "document", row, "confirm_claims", reason="据录音")
    await city.act("staff", "document", row, "confirm_claims", reason="据录音,主持人口头宣布")
    again = draft_of(row, body=claimed.body.replace("工作专班", "工作组"))
    await city.do("staff", documents.revise_document, row.id, again, "更正")
    async with refused(city, "claims_settled", "C17", row):  # another text, another claim
        await city.act("staff", "document", row, "put_to_presider")
    await city.act("staff", "document", row, "confirm_claims", reason="据录音")
    await city.act("staff", "document", row, "put_to_presider")


@pytest.mark.clause("B2.6")
async def test_minutes_are_no_ordinary_document_and_need_the_kind(db, clock) -> None:
    city = await build(db)
    _, meeting, decision = await city.decided()
    async with refused(city, "invalid", "A3.5"):
        draft = DocumentDraft("纪要", "组长会议纪要", "纪要如下。", [decision.id])
        await city.do("staff", documents.draft_document, city.group, draft)
    await city.do("leader", meetings.close_meeting, meeting.id)
    row = await city.do("staff", minutes.draft_minutes, meeting.id)
    async with db.write() as session:
        (await session.get(Group, city.group)).settings = {"document_kinds": ["通知"]}
    async with refused(city, "kind_allowed", "A3.5", row):
        await city.act("staff", "document", row, "put_to_presider")


@pytest.mark.clause("B2.6", "C1")
async def test_they_go_to_all_who_attended_with_a_receipt(db, clock) -> None:
    city = await build(db)
    meeting = await held(city, presider="deputy", present=("市财政局", "市经信委"))
    await issued(city, meeting, "deputy")
    rows = await rows_of(city, Extract)
    assert {row.unit_id or row.person_id for row in rows} == {
        city.units["市财政局"], city.units["市经信委"], city.people["deputy"]
    }  # fmt: skip
    mine = next(row for row in rows if row.unit_id == city.units["市财政局"])
    assert (mine.number, mine.title) == ("江智领纪〔2026〕1号", "组长会议纪要") and "原则同意该计划" in mine.body
    assert await sees(city, "finance", mine) and await sees(city, "head", mine)
    assert not await sees(city, "civil", mine) and not await sees(city, "industry", mine)
    (task,) = (await owed(city, mine)).values()
    assert (task.kind, task.holder) == ("receipt", f"{city.group}/unit/{city.units['市财政局']}")
    told = await rows_of(city, Outbox, Outbox.event == "minutes.sent", Outbox.object_id == mine.id)
    assert {each.person_id for each in told} == {city.people["finance"], city.people["finance_liaison"]}
    async with refused(city, "is_recipient", "B2.6", mine):
        await city.act("staff", "extract", mine, "receive")
    got = (await city.act("finance_liaison", "extract", mine, "receive")).row
    assert got.state == "received" and got.received_at is not None and not await owed(city, mine)


@pytest.mark.clause("A4.4", "B2.6")
async def test_a_restricted_item_is_missing_without_a_trace(db, clock) -> None:
    city = await build(db)
    secret = await city.motion("admitted", title="重点目标防护方案", disclosure="restricted")
    on_list = [city.units["市财政局"], city.units["市民政局"]]
    await city.do("staff", motions.list_units, secret.id, on_list)
    asked = {row.unit_id: row for row in await city.do("staff", opinions.ask_opinions, secret.id, on_list)}
    for who, unit in zip(("finance", "civil"), on_list, strict=True):
        await city.do(who, opinions.answer_opinion, asked[unit].id, "agree")
    await city.do("director", opinions.consolidate, secret.id, "均同意。")
    open_one = await city.motion("ready", title="公共服务平台计划")
    row = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    hidden = await city.do("staff", meetings.add_item, row.id, secret.id)
    shown = await city.do("staff", meetings.add_item, row.id, open_one.id)
    await city.do("staff", observers.invite_observers, row.id, [city.people["district"]], [hidden.id])
    await city.act("staff", "meeting", row, "request")
    await city.act("leader", "meeting", row, "agree")
    await city.do("head", meetings.convene_meeting, row.id)
    await city.do("head", meetings.deliver_papers, row.id)
    await city.act("leader", "meeting", row, "open")
    called = await seats(city, row)
    for seat in called.values():
        await city.do("staff", meetings.sign_in_unit, seat.id)
    await city.do("staff", presence.recuse, hidden.id, called["市民政局"].id, "利害关系")
    for item, words in ((hidden, "同意防护方案。"), (shown, "同意平台计划。")):
        await city.do("staff", decisions.record_decision, item.id, DecisionDraft("passed", words))
    await city.do("leader", meetings.close_meeting, row.id)
    whole = await issued(city, row)
    assert whole.disclosure == "restricted"
    sent = {each.unit_id or each.person_id: each for each in await rows_of(city, Extract)}
    listed, aside, unlisted = (sent[city.units[name]] for name in ("市财政局", "市民政局", "市经信委"))
    assert (listed.disclosure, aside.disclosure, unlisted.disclosure) == ("restricted", "internal", "internal")
    assert "一、重点目标防护方案" in listed.body and "二、公共服务平台计划" in listed.body and "区负责人" in listed.body
    assert "一、公共服务平台计划" in unlisted.body
    for trace in ("防护", "二、", "区负责人"):
        assert trace not in unlisted.body and trace not in aside.body
    assert city.people["district"] not in sent, "an observer's sight ended with the meeting"
    assert not await sees(city, "civil", whole)


@pytest.mark.clause("A3.5", "B2.6", "C2")
async def test_a_voided_number_takes_the_minutes_back_and_they_are_owed_again(db, clock) -> None:
    city = await build(db)
    meeting = await held(city)
    first = await issued(city, meeting)
    (sent,) = await rows_of(city, Extract)
    await city.do("director", documents.void_number, first.id, "漏列一项议定事项。")
    assert (await city.fresh(sent)).state == "taken_back" and not await owed(city, sent)
    assert set(await owed(city, meeting)) == {"minutes", "minutes_issue"}
    told = await rows_of(city, Outbox, Outbox.event == "extract.take_back")
    assert city.people["finance"] in {each.person_id for each in told}
    second = await issued(city, meeting)
    assert second.number == "江智领纪〔2026〕2号"
    assert [row.serial for row in await rows_of(city, RegisterEntry)] == [1, 2]


@pytest.mark.clause("B2.6", "C1")
async def test_cancelled_minutes_are_owed_again(db, clock) -> None:
    city = await build(db)
    meeting = await held(city)
    row = await city.do("staff", minutes.draft_minutes, meeting.id)
    await city.act("staff", "document", row, "cancel", reason="重新起草")
    assert set(await owed(city, meeting)) == {"minutes", "minutes_issue"} and not await owed(city, row)
    await city.do("head", minutes.draft_minutes, meeting.id)
