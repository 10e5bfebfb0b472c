"""What time brings by itself: a lent power begins (C4), signatures owed side by side follow the seats (C5, A3.5)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import now, today
from app.models.records import Task, Trail
from app.queries.actors import load_actor
from app.services import delegations, following, people
from app.services.delegations import DelegationDraft
from app.services.people import AppointmentDraft
from tests.services.test_delegation import tasks_of
from tests.support.city import City, build
from tests.support.refusal import refused, sees


async def lend_from_tomorrow(city: City, matter: Any = None) -> Any:
    draft = DelegationDraft(city.people["outsider"], "deputy_in_charge", "motion:review", now() + timedelta(days=1),
                            now() + timedelta(days=3), matter.id if matter else None, "出差")  # fmt: skip
    return await city.do("in_charge", delegations.delegate, city.group, draft)


@pytest.mark.clause("C4", "A4.4")
async def test_a_power_that_begins_later_shows_waiting_matters_only_from_its_beginning(db, clock) -> None:
    city = await build(db)
    waiting, soon_done = await city.motion("endorsed"), await city.motion("endorsed")
    row = await lend_from_tomorrow(city)
    later = await city.motion("endorsed")
    assert await following.sweep(city.works) == 0
    for motion in (waiting, soon_done, later):
        assert not await sees(city, "outsider", motion)
    async with db.read() as session:
        assert (await load_actor(session, city.people["outsider"])).mandates == (), "nothing is lent yet"
    async with refused(city, "not_found", "A4.4", waiting):
        await city.act("outsider", "motion", waiting, "review")
    await city.act("in_charge", "motion", soon_done, "review")
    clock.forward(days=1)
    assert await following.sweep(city.works) == 1
    assert await following.sweep(city.works) == 0, "once"
    assert await sees(city, "outsider", waiting) and await sees(city, "outsider", later)
    assert not await sees(city, "outsider", soon_done), "it does not wait for him any more"
    assert await tasks_of(city, "outsider") == {waiting.id, later.id}
    assert (await city.fresh(row)).shown_at == now()
    await city.act("outsider", "motion", waiting, "review")


@pytest.mark.clause("C4")
async def test_one_matter_is_shown_from_the_beginning_and_never_after_a_withdrawal(db, clock) -> None:
    city = await build(db)
    one, other = await city.motion("endorsed"), await city.motion("endorsed")
    await lend_from_tomorrow(city, one)
    withdrawn = await lend_from_tomorrow(city, other)
    await city.do("in_charge", delegations.withdraw_delegation, withdrawn.id)
    assert not await sees(city, "outsider", one)
    clock.forward(days=1)
    assert await following.sweep(city.works) == 1
    assert await sees(city, "outsider", one) and not await sees(city, "outsider", other)


async def leave(city: City, who: str, last_day: date) -> None:
    async with city.db.read() as session:
        post = await session.scalar(select(people.Appointment).filter_by(person_id=city.people[who]))
    await city.do("sysadmin", people.end_appointment, post.id, last_day)


async def owing(city: City, row: Any) -> dict[str, str]:
    """Who owes something on this matter, and what became of what is not owed any more."""
    async with city.db.read() as session:
        tasks = (await session.scalars(select(Task).where(Task.object_id == row.id, Task.state == "signed"))).all()
    names = {f"person/{key}": nick for nick, key in city.people.items()}
    return {names[task.holder]: task.outcome for task in tasks}


@pytest.mark.clause("C5", "A3.5")
async def test_a_deputy_who_left_without_successor_owes_no_countersignature(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "signed")
    await city.act("deputy", "document", row, "countersign")
    await leave(city, "deputy2", today())
    assert await following.sweep(city.works) == 0, "today he still may"
    clock.forward(days=1)
    assert await following.sweep(city.works) == 1
    assert await following.sweep(city.works) == 0
    assert (await city.fresh(row)).state == "countersigned"
    assert await owing(city, row) == {"deputy": "countersign", "deputy2": "left_office"}
    async with db.read() as session:
        entry = (await session.scalars(select(Trail).where(Trail.action == "follow_seats"))).one()
    assert (entry.object_id, entry.clause) == (row.id, "C5")
    await city.act("leader", "document", row, "issue")


@pytest.mark.clause("C5", "A3.5")
async def test_a_document_does_not_wait_for_deputies_when_none_is_left(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "signed")
    for who in ("deputy", "deputy2"):
        await leave(city, who, today())
    clock.forward(days=1)
    await following.sweep(city.works)
    assert (await city.fresh(row)).state == "countersigned"


@pytest.mark.clause("C5", "A3.5")
async def test_a_deputy_who_comes_during_countersigning_is_asked_too(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "signed")
    draft = AppointmentDraft(city.people["outsider"], city.group, "deputy", today())
    await city.do("sysadmin", people.appoint, draft)
    assert await following.sweep(city.works) == 1
    assert set(await owing(city, row)) == {"deputy", "deputy2", "outsider"}
    for who in ("deputy", "deputy2"):
        await city.act(who, "document", row, "countersign")
    assert (await city.fresh(row)).state == "signed", "it waits for the third"
    await city.act("outsider", "document", row, "countersign")
    assert (await city.fresh(row)).state == "countersigned"
