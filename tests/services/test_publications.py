"""What the public gets to read: checked by a second person, withheld on lawful grounds, a tombstone (B1.6, C10)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import now
from app.models.records import Task
from app.services import delegations, publications
from app.services.delegations import DelegationDraft
from tests.support.city import City, build
from tests.support.refusal import refused, sees


async def drafted(city: City, text: str = "公开文本") -> Any:
    _, _, decision = await city.decided()
    document = await city.document(decision, "registered")
    return await city.do("staff", publications.draft_publication, document.id, "资金计划公开", text)


@pytest.mark.clause("C10", "C14", "B1.6")
async def test_only_a_registered_document_is_made_public_within_twenty_working_days(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    early = await city.document(decision, "issued")
    async with refused(city, "document_issued", "C10", early):
        await city.do("staff", publications.draft_publication, early.id, "题", "文")
    row = await drafted(city)
    assert row.due_on == date(2026, 4, 14)  # twenty working days from Monday, 16 March, over Qingming
    async with refused(city, "invalid", "C10", row):  # one public text for each document
        await city.do("staff", publications.draft_publication, row.document_id, "题", "文")


@pytest.mark.clause("C10", "B1.6")
async def test_a_second_person_clears_it_and_then_anyone_can_read_it(db, clock) -> None:
    city = await build(db)
    row = await drafted(city)
    for action in ("clear", "return"):
        async with refused(city, "wrong_state", "C10", row):
            await city.act("director", "publication", row, action, reason="x")
    async with refused(city, "wrong_state", "B1.6", row):
        await city.do("staff", publications.publish, row.id)
    await city.act("staff", "publication", row, "submit")
    async with refused(city, "not_your_role", "C10", row):
        await city.act("staff", "publication", row, "clear")
    await city.act("director", "publication", row, "clear")
    assert not await sees(city, "public", row)
    published = await city.do("staff", publications.publish, row.id)
    assert published.published_at == clock.now
    for who in ("public", "outsider", "police", "auditor"):
        assert await sees(city, who, row), who
    await city.act("director", "publication", row, "take_back", reason="内容有误")
    tombstone = await city.fresh(row)
    assert tombstone.state == "taken_back" and await sees(city, "public", row)
    assert (tombstone.title, tombstone.text) == ("已撤回公开", "")
    async with refused(city, "wrong_state", "B1.6", row):
        await city.do("staff", publications.publish, row.id)


@pytest.mark.clause("C10", "C4")
async def test_the_drafter_does_not_clear_his_own_text_for_the_director(db, clock) -> None:
    city = await build(db)
    row = await drafted(city)
    until = now() + timedelta(days=7)
    lent = DelegationDraft(city.people["staff"], "office_director", "publication:clear", now(), until)
    await city.do("director", delegations.delegate, city.group, lent)
    await city.act("head", "publication", row, "submit")
    async with refused(city, "second_person", "C10", row):
        await city.act("staff", "publication", row, "clear")


@pytest.mark.clause("C10")
async def test_without_a_public_text_nothing_goes_up(db, clock) -> None:
    city = await build(db)
    row = await drafted(city, " ")
    async with refused(city, "has_public_text", "C10", row):
        await city.act("staff", "publication", row, "submit")


@pytest.mark.clause("C10")
async def test_withholding_needs_a_lawful_ground_and_a_reason(db, clock) -> None:
    city = await build(db)
    row = await drafted(city)
    for ground in ("13", "", "保密"):
        async with refused(city, "lawful_ground", "C10", row):
            await city.do("staff", publications.withhold, row.id, ground, "涉及第三方")
    async with refused(city, "invalid", "C10", row):
        await city.do("staff", publications.withhold, row.id, "15", " ")
    withheld = await city.do("staff", publications.withhold, row.id, "15", "涉及第三方商业秘密")
    assert (withheld.state, withheld.ground) == ("withheld", "15")
    assert not await sees(city, "public", row)
    await city.act("director", "publication", row, "reconsider", reason="一年期满")
    assert (await city.fresh(row)).state == "draft"


async def owed(city: City, row: Any) -> list[tuple[str, str]]:
    query = select(Task).where(Task.object_id == row.id, Task.closed_at.is_(None))
    async with city.db.read() as session:
        return [(task.kind, str(task.due_on)) for task in (await session.scalars(query)).all()]


@pytest.mark.clause("C1", "C10")
async def test_a_publication_is_owed_from_registration_also_while_nobody_has_drafted_it(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    document = await city.document(decision, "registered")
    assert await owed(city, document) == [("publication", "2026-04-07")]
    row = await city.do("staff", publications.draft_publication, document.id, "资金计划公开", "公开文本")
    assert not await owed(city, document) and await owed(city, row) == [("publication", "2026-04-07")]


@pytest.mark.clause("C1", "C10")
async def test_what_is_withheld_is_looked_at_again_once_a_year(db, clock) -> None:
    city = await build(db)
    row = await drafted(city)
    await city.do("staff", publications.withhold, row.id, "15", "涉及第三方商业秘密")
    assert await owed(city, row) == [("reconsideration", "2027-03-09")]
    clock.set(clock.now.replace(year=2027))
    async with refused(city, "invalid", "C10", row):
        await city.act("director", "publication", row, "keep_withheld")
    await city.act("director", "publication", row, "keep_withheld", reason="第三方仍不同意公开")
    assert await owed(city, row) == [("reconsideration", "2028-03-09")]
    await city.act("director", "publication", row, "reconsider", reason="第三方已同意公开")
    (task,) = await owed(city, row)
    assert task[0] == "publication" and task[1] > "2027-03-09"
