"""Decision documents: the circuit, the hash, the number (A3.5)."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.core.clock import local_day
from app.core.refusals import Conflict
from app.models.outcome import Document, RegisterEntry
from app.models.people import Group
from app.models.records import Signature
from app.services import decisions, documents, publications
from app.services.decisions import DecisionDraft
from app.services.documents import DocumentDraft
from tests.support.city import City, build
from tests.support.refusal import refused

CIRCUIT = [("staff", "submit"), ("vice", "vet"), ("director", "sign_off"), ("in_charge", "sign"),
           ("deputy", "countersign"), ("deputy2", "countersign"), ("leader", "issue")]  # fmt: skip


def words(decision: Any, **changes: Any) -> DocumentDraft:
    values: dict[str, Any] = dict(kind="通知", title="关于印发计划的通知", body="请遵照执行。",
                                  decision_ids=[decision.id], addressee="各成员单位")  # fmt: skip
    return DocumentDraft(**{**values, **changes})


async def signatures(city: City, row: Any) -> list[Signature]:
    async with city.db.read() as session:
        query = select(Signature).where(Signature.object_id == row.id).order_by(Signature.entered_at, Signature.id)
        return list((await session.scalars(query)).all())


@pytest.mark.clause("A3.5")
async def test_the_circuit_in_its_order_and_no_other(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision)
    async with refused(city, "is_drafter", "", row):
        await city.act("planner", "document", row, "submit")
    for number, (who, action) in enumerate(CIRCUIT):
        for other, later in CIRCUIT[number + 1 :]:
            if later != action:
                async with refused(city, "wrong_state", "A3.5", row):
                    await city.act(other, "document", row, later)
        for other in ("staff", "vice", "director", "in_charge", "leader"):
            if other != who and not (action == "vet" and other == "vice"):
                code = "is_drafter" if (other, action) == ("vice", "submit") else "not_your_role"
                async with refused(city, code, "", row):
                    await city.act(other, "document", row, action)
        await city.act(who, "document", row, action)
        if who == "deputy":  # in parallel: one deputy is not enough, and he does not sign twice
            assert (await city.fresh(row)).state == "signed"
            async with refused(city, "one_hand", "A3.2", row):
                await city.act("deputy", "document", row, "countersign")
    signed = await signatures(city, row)
    assert [(each.action, each.person_id) for each in signed] == [(act, city.people[who]) for who, act in CIRCUIT]
    assert {each.content_hash for each in signed} == {(await city.fresh(row)).content_hash}
    assert (await city.fresh(row)).number == ""


@pytest.mark.clause("A3.5")
async def test_the_deputy_directors_to_whom_the_department_answers_sign_first(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "submitted")
    async with refused(city, "your_turn", "", row):  # he is in charge of another department
        await city.act("vice2", "document", row, "vet")
    async with refused(city, "invalid", "A3.5"):
        foreign = words(decision, department_id=city.units["规划项目部"])
        await city.do("staff", documents.draft_document, city.group, foreign)
    async with city.db.write() as session:
        group = await session.get(Group, city.group)
        assert group is not None
        group.settings = {**group.settings, "all_deputy_directors_sign": True}
    await city.act("vice", "document", row, "vet")
    assert (await city.fresh(row)).state == "submitted"
    await city.act("vice2", "document", row, "vet")
    assert (await city.fresh(row)).state == "vetted"


@pytest.mark.clause("A3.5")
async def test_a_deputy_director_does_not_sign_off_his_own_draft(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    own = words(decision, department_id=city.units["综合部"])
    row = await city.do("vice", documents.draft_document, city.group, own)
    await city.act("vice", "document", row, "submit")
    assert (await city.fresh(row)).state == "vetted"  # nobody else answers for this department
    await city.act("director", "document", row, "sign_off")


@pytest.mark.clause("A3.5", "C16")
async def test_a_signature_is_bound_to_the_exact_text(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "vetted")
    async with city.db.write() as session:
        await session.execute(update(Document).where(Document.id == row.id).values(body="请遵照执行,并另拨经费。"))
    async with refused(city, "same_text", "A3.5", row):
        await city.act("director", "document", row, "sign_off")


@pytest.mark.clause("A3.5")
@pytest.mark.parametrize("state", ["signed", "issued"])
async def test_a_change_of_substance_voids_all_signatures_and_keeps_them_on_record(db, clock, state) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, state)
    async with refused(city, "is_drafter", "", row):
        await city.do("planner", documents.revise_document, row.id, words(decision), "改金额")
    async with refused(city, "invalid", "A3.5", row):
        await city.do("staff", documents.revise_document, row.id, words(decision), "")
    before = len(await signatures(city, row))
    other = words(decision, body="金额改为一千万元。")
    revised = await city.do("staff", documents.revise_document, row.id, other, "改金额")
    assert (revised.state, revised.round) == ("draft", 2)
    kept = await signatures(city, row)
    assert len(kept) > before - 1 and all(each.voided_at for each in kept)
    async with refused(city, "wrong_state", "A3.5", row):
        await city.act("leader", "document", row, "issue")
    for who, action in CIRCUIT:
        await city.act(who, "document", row, action)
    assert (await city.fresh(row)).state == "issued"


@pytest.mark.clause("A3.5")
async def test_every_signer_can_return_it_and_only_in_his_turn(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "signed")
    async with refused(city, "your_turn", "", row):
        await city.act("leader", "document", row, "return", reason="稍候")
    await city.act("deputy", "document", row, "return", reason="与上年度计划不衔接")
    assert (await city.fresh(row)).state == "draft"
    assert all(each.voided_at for each in await signatures(city, row))


@pytest.mark.clause("A3.5")
async def test_the_number_comes_with_registration_and_nothing_changes_afterwards(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "countersigned")
    for who in ("head", "leader"):
        async with refused(city, "wrong_state", "A3.5", row):
            await city.do(who, documents.register_document, row.id)
    issued_on = local_day(clock.now)
    await city.act("leader", "document", row, "issue")
    clock.forward(days=2)
    async with refused(city, "not_your_role", "A3.5", row):
        await city.do("leader", documents.register_document, row.id)
    done = await city.do("head", documents.register_document, row.id)
    assert (done.number, done.dated_on) == ("江智领〔2026〕1号", issued_on)
    for who, action in [("staff", "cancel"), ("leader", "return"), *CIRCUIT]:
        async with refused(city, "wrong_state", "A3.5", row):
            await city.act(who, "document", row, action, reason="改")
    async with refused(city, "wrong_state", "A3.5", row):
        await city.do("staff", documents.revise_document, row.id, words(decision), "改")


@pytest.mark.clause("A3.5")
async def test_what_a_meeting_adopts_bears_the_day_of_the_meeting(db, clock) -> None:
    city = await build(db)
    _, meeting, decision = await city.decided()
    clock.forward(days=3)
    async with db.write() as session:
        (await session.get(Group, city.group)).settings = {"document_kinds": ["决议"]}
    row = await city.document(decision, "registered", "决议")
    assert row.dated_on == local_day(meeting.starts_at) != local_day(clock.now)


@pytest.mark.clause("A3.5")
async def test_a_request_has_one_addressee_and_one_matter_and_kinds_are_the_groups(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    for changes in (dict(kind="命令"), dict(kind="请示", addressee="市委、市政府"), dict(kind="请示", addressee="")):
        row = await city.do("staff", documents.draft_document, city.group, words(decision, **changes))
        async with refused(city, "kind_allowed", "A3.5", row):
            await city.act("staff", "document", row, "submit")
    one = words(decision, kind="请示", addressee="市政府")
    await city.act("staff", "document", await city.do("staff", documents.draft_document, city.group, one), "submit")
    _, _, another = await city.decided()
    for kind in ("请示", "通知"):  # two matters in a request; decisions of two meetings in one document
        both = words(decision, kind=kind, addressee="市政府", decision_ids=[decision.id, another.id])
        row = await city.do("staff", documents.draft_document, city.group, both)
        async with refused(city, "carries_decisions", "A3.5", row):
            await city.act("staff", "document", row, "submit")


@pytest.mark.clause("A3.5", "C17")
@pytest.mark.parametrize("kind", ["deferred", "not_passed", "noted"])
async def test_what_was_not_passed_needs_no_document(db, clock, kind) -> None:
    city = await build(db)
    motion = await city.motion("ready")
    meeting, item = await city.meeting(motion)
    await city.act("leader", "meeting", meeting, "open")
    decision = await city.do("staff", decisions.record_decision, item.id, DecisionDraft(kind, "如上。"))
    row = await city.document(decision)
    async with refused(city, "carries_decisions", "A3.5", row):
        await city.act("staff", "document", row, "submit")


async def insist(act: Callable[[], Awaitable[Any]]) -> None:
    """Try again as long as somebody else was quicker, as a person would after reloading."""
    for _ in range(20):
        with suppress(Conflict):
            await act()
            return
    raise AssertionError("never got through")


@pytest.mark.clause("A3.5")
async def test_numbers_have_no_gaps_in_a_year_whoever_registers_at_once(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    rows = [await city.document(decision, "issued") for _ in range(5)]

    async def register(row: Any) -> None:
        await insist(lambda: city.do("head", documents.register_document, row.id))

    await asyncio.gather(*(register(row) for row in rows))
    clock.forward(days=365)
    await city.act("staff", "document", await city.document(decision, "draft"), "submit")
    later = await city.document(decision, "registered")
    async with db.read() as session:
        entries = (await session.scalars(select(RegisterEntry))).all()
    assert sorted((entry.year, entry.serial) for entry in entries) == [*((2026, n) for n in range(1, 6)), (2027, 1)]
    assert later.number == "江智领〔2027〕1号"
    assert later.dated_on == local_day(clock.now) > local_day(clock.now - timedelta(days=365))


@pytest.mark.clause("A3.5", "C6")
async def test_the_last_two_deputies_at_once_do_not_leave_it_hanging(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "signed")

    async def countersign(who: str) -> None:
        await insist(lambda: city.act(who, "document", row, "countersign"))

    await asyncio.gather(countersign("deputy"), countersign("deputy2"))
    assert (await city.fresh(row)).state == "countersigned"


@pytest.mark.clause("A3.5", "C18")
async def test_a_number_is_voided_with_its_reason_stays_and_is_never_given_again(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "registered")
    assert row.number == "江智领〔2026〕1号"
    async with refused(city, "not_your_role", "A3.5", row):
        await city.do("head", documents.void_number, row.id, "主送机关有误")
    async with refused(city, "invalid", "A3.5", row):
        await city.do("director", documents.void_number, row.id, " ")
    await city.do("director", documents.void_number, row.id, "主送机关有误")
    kept = await city.fresh(row)
    assert (kept.state, kept.number, kept.dated_on) == ("voided", row.number, row.dated_on)
    async with db.read() as session:
        entry = (await session.scalars(select(RegisterEntry))).one()
    assert (entry.serial, entry.void_reason, entry.voided_at) == (1, "主送机关有误", clock.now)
    assert [each.opinion for each in await signatures(city, row)][-1] == "主送机关有误"
    async with refused(city, "wrong_state", "A3.5", row):
        await city.do("director", documents.void_number, row.id, "再次")
    again = await city.document(decision, "registered")
    assert again.number == "江智领〔2026〕2号"


@pytest.mark.clause("A3.5", "C10")
async def test_the_number_of_a_public_document_is_voided_only_after_it_was_taken_back(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "registered")
    public = await city.do("staff", publications.draft_publication, row.id, row.title, "全文")
    await city.act("staff", "publication", public, "submit")
    await city.act("director", "publication", public, "clear")
    await city.do("staff", publications.publish, public.id)
    async with refused(city, "not_public", "C10", row):
        await city.do("director", documents.void_number, row.id, "主送机关有误")
    await city.act("director", "publication", public, "take_back", reason="文件有误")
    await city.do("director", documents.void_number, row.id, "主送机关有误")
    assert (await city.fresh(row)).state == "voided"
