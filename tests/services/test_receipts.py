"""Receipt of a document (C1): owed by each unit it was sent to, and part of the loop (C18)."""

from typing import Any

import pytest
from sqlalchemy import select

from app.models.minutes import Extract
from app.models.records import Outbox, Task
from app.queries.actors import load_actor
from app.queries.visibility import View
from app.queries.waiting import waiting_on
from app.services import documents
from tests.support.city import City, build
from tests.support.refusal import refused, sees


async def sent(city: City, document: Any) -> dict[str, Extract]:
    names = {key: name for name, key in city.units.items()}
    async with city.db.read() as session:
        rows = (await session.scalars(select(Extract).where(Extract.document_id == document.id))).all()
    return {names[row.unit_id]: row for row in rows if row.unit_id}


async def receipts(city: City) -> list[Task]:
    query = select(Task).where(Task.kind == "receipt", Task.closed_at.is_(None))
    async with city.db.read() as session:
        return list((await session.scalars(query)).all())


@pytest.mark.clause("C1", "C15", "C18", "A3.5")
async def test_each_unit_that_was_called_owes_a_receipt_of_the_document(db, clock) -> None:
    city = await build(db)
    motion, _, decision = await city.decided()
    document = await city.document(decision, "registered")
    mine = await sent(city, document)
    assert set(mine) == {"市财政局", "市经信委", "市民政局"}, "who was called as a unit; who signed owes nothing"
    assert {str(task.due_on) for task in await receipts(city)} == {"2026-03-11"}
    row = mine["市财政局"]
    assert (row.number, row.body, row.meeting_id) == (document.number, document.body, None)
    assert await sees(city, "finance_liaison", row) and not await sees(city, "civil", row)
    async with db.read() as session:
        told = (await session.scalars(select(Outbox).where(Outbox.event == "document.sent"))).all()
        view = View(await load_actor(session, city.people["staff"]), await city.works.policies.current(session))
        waits = await waiting_on(session, view, [motion.id, document.id])
    assert {each.payload["notice"] for each in told} == {"reply"}, "it asks for a reply, so nobody mutes it"
    assert {waits[key].kind for key in (motion.id, document.id)} == {"receipt"}, "the first that is due"
    assert set(waits[document.id].zh.split("、")) == {*mine, "综合部"}, "and General Affairs owes its publication"
    async with refused(city, "not_found", "A4.4", row):
        await city.act("civil", "extract", row, "receive")
    await city.act("finance_liaison", "extract", row, "receive")
    assert (await city.fresh(row)).received_at == clock.now
    assert len(await receipts(city)) == 2
    await city.act("civil", "extract", mine["市民政局"], "receive")
    async with refused(city, "loop_closed", "C18", motion):
        await city.act("director", "motion", motion, "close")
    await city.act("industry", "extract", mine["市经信委"], "receive")
    assert not await receipts(city)
    await city.act("director", "motion", motion, "close")


@pytest.mark.clause("C1", "A3.5")
async def test_a_voided_number_ends_the_receipts_and_holds_up_nothing(db, clock) -> None:
    city = await build(db)
    motion, _, decision = await city.decided()
    wrong = await city.document(decision, "registered")
    await city.do("director", documents.void_number, wrong.id, "重复登记")
    assert not await receipts(city)
    assert {row.state for row in (await sent(city, wrong)).values()} == {"taken_back"}
    right = await city.document(decision, "registered")
    await city.all_receive(right)
    await city.act("director", "motion", motion, "close")
