"""Appointments come and go, the past stays true (C5); three administrators apart (C13)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.core.clock import today
from app.core.refusals import Conflict
from app.models.people import Administrator, Appointment
from app.models.records import Task
from app.queries.actors import load_actor
from app.rules.roles import Role
from app.services import accounts, following, people
from app.services.people import AppointmentDraft
from tests.support.city import City, build
from tests.support.refusal import refused


async def post_of(city: City, who: str) -> Appointment:
    async with city.db.read() as session:
        return (await session.scalars(select(Appointment).where(Appointment.person_id == city.people[who]))).one()


async def roles(city: City, who: str) -> set[Role]:
    async with city.db.read() as session:
        return set((await load_actor(session, city.people[who])).roles_in(city.group))


async def succeed(city: City, who: str, ends_on: date, successor: str | None = "outsider") -> Any:
    post = await post_of(city, who)
    after: UUID | None = city.people[successor] if successor else None
    return await city.do("sysadmin", people.end_appointment, post.id, ends_on, after)


@pytest.mark.clause("C5")
async def test_an_office_passes_to_the_successor_the_day_after_with_what_it_owes(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("submitted")
    ended = await succeed(city, "director", today())
    assert ended.ends_on == today() and await roles(city, "director") == {Role.OFFICE_DIRECTOR}
    assert await roles(city, "outsider") == set()
    clock.forward(days=1)
    assert await roles(city, "director") == set() and await roles(city, "outsider") == {Role.OFFICE_DIRECTOR}
    async with refused(city, "not_found", "A4.4", motion):
        await city.act("director", "motion", motion, "endorse")
    await city.act("outsider", "motion", motion, "endorse")
    async with db.read() as session:  # who held the office when stays on record
        query = select(Appointment).where(Appointment.role == "office_director").order_by(Appointment.starts_on)
        held = [(row.person_id, row.ends_on) for row in (await session.scalars(query)).all()]
    assert held == [(city.people["director"], date(2026, 3, 2)), (city.people["outsider"], None)]


@pytest.mark.clause("C5", "A3.5")
async def test_a_countersignature_owed_by_name_passes_to_the_successor(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "signed")
    await city.act("deputy", "document", row, "countersign")
    await succeed(city, "deputy2", today() - timedelta(days=1))
    async with db.read() as session:
        task = (await session.scalars(select(Task).where(Task.object_id == row.id, Task.closed_at.is_(None)))).one()
    assert (task.holder, task.due_version) == (f"person/{city.people['outsider']}", 2)
    async with refused(city, "not_found", "A4.4", row):
        await city.act("deputy2", "document", row, "countersign")
    await city.act("outsider", "document", row, "countersign")
    assert (await city.fresh(row)).state == "countersigned"


@pytest.mark.clause("C5")
async def test_the_drafts_of_a_handler_pass_to_the_successor(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("submitted")
    await city.act("director", "motion", motion, "return", reason="补充依据")
    await succeed(city, "staff", today() - timedelta(days=1))
    async with db.read() as session:
        task = (await session.scalars(select(Task).where(Task.object_id == motion.id, Task.closed_at.is_(None)))).one()
    assert task.holder == f"person/{city.people['outsider']}"
    await city.act("outsider", "motion", motion, "submit")


@pytest.mark.clause("C5")
async def test_one_leader_one_deputy_in_charge_one_director_at_a_time(db, clock) -> None:
    city = await build(db)

    def draft(role: str, starts_on: date = date(2026, 4, 1), **more: Any) -> AppointmentDraft:
        return AppointmentDraft(city.people["outsider"], city.group, role, starts_on, **more)

    for role in ("leader", "deputy_in_charge", "office_director"):
        async with refused(city, "post_taken", "C5"):
            await city.do("sysadmin", people.appoint, draft(role))
    await succeed(city, "leader", date(2026, 5, 31), "deputy2")
    for starts_on in (date(2026, 5, 1), date(2026, 7, 1)):
        async with refused(city, "post_taken", "C5"):
            await city.do("sysadmin", people.appoint, draft("leader", starts_on))
    await succeed(city, "in_charge", date(2026, 3, 31), None)
    await city.do("sysadmin", people.appoint, draft("deputy_in_charge", date(2026, 6, 1)))
    async with refused(city, "post_taken", "C5"):  # open-ended, it would run into the one of June
        await city.do("sysadmin", people.appoint, draft("deputy_in_charge", date(2026, 4, 1)))
    for wrong in (draft("auditor"), draft("mayor"), draft("liaison"), draft("department_staff")):
        async with refused(city, "invalid", "C5"):
            await city.do("sysadmin", people.appoint, wrong)


@pytest.mark.clause("C5", "C13")
async def test_people_units_and_posts_are_the_system_administrators(db, clock) -> None:
    city = await build(db)
    post = await post_of(city, "deputy")
    for who in ("leader", "director", "secadmin", "auditor"):
        async with refused(city, "not_your_role", "C5", post):
            await city.do(who, people.end_appointment, post.id, today())
        async with refused(city, "not_your_role", "C13"):
            await city.do(who, people.add_person, "新人", "13800000000")
        async with refused(city, "not_your_role", "C13"):
            await city.do(who, people.add_unit, "市体育局", "member_unit")
    for name, phone in (("", "13800000000"), ("新人", ""), ("新人", "14000000000")):
        async with refused(city, "invalid", "C13"):
            await city.do("sysadmin", people.add_person, name, phone)
    async with refused(city, "invalid", "C13"):
        await city.do("sysadmin", people.add_unit, "市财政局", "member_unit")
    person = await city.do("sysadmin", people.add_person, "新人", "13800000000")
    async with city.works.begin() as work:
        token = await accounts.make_invite(work, person.id)
    async with city.works.begin() as work:
        await accounts.accept_invite(work, token, "Yishi-2026-ab")
        session_token, _ = await accounts.sign_in(work, "13800000000", "Yishi-2026-ab")
    await city.do("sysadmin", people.deactivate_person, person.id)
    async with db.read() as session:
        assert await accounts.person_of_token(session, session_token) is None
        assert (await load_actor(session, person.id)).person_id is None


@pytest.mark.clause("C13")
async def test_the_database_itself_keeps_the_three_administrators_apart(db, clock) -> None:
    city = await build(db)
    for who, role in (("auditor", "system_admin"), ("sysadmin", "security_admin"), ("outsider", "leader")):
        with pytest.raises((IntegrityError, Conflict)):
            async with db.write() as session:
                session.add(Administrator(person_id=city.people[who], role=role))
    async with db.read() as session:
        held = (await session.scalars(select(Administrator.role))).all()
    assert sorted(held) == ["auditor", "security_admin", "system_admin"]


@pytest.mark.clause("C5", "C2")
async def test_what_a_drafter_owes_passes_on_when_his_end_has_come_and_not_before(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("submitted")
    await city.act("director", "motion", motion, "return", reason="补充依据")
    await succeed(city, "staff", today() + timedelta(days=3))
    assert not await following.sweep(city.works)
    assert await holders(city, motion) == [(f"person/{city.people['staff']}", 1)]
    clock.forward(days=4)
    assert await following.sweep(city.works) == 1 and not await following.sweep(city.works)
    assert await holders(city, motion) == [(f"person/{city.people['outsider']}", 2)]
    await city.act("outsider", "motion", motion, "submit")


@pytest.mark.clause("C5")
async def test_without_a_successor_the_office_takes_over_what_a_drafter_owed(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("submitted")
    await city.act("director", "motion", motion, "return", reason="补充依据")
    async with refused(city, "is_drafter", "A3.2", motion):
        await city.act("head", "motion", motion, "submit")
    await succeed(city, "staff", today() - timedelta(days=1), None)
    general_affairs = f"{city.group}/department/{city.units['综合部']}"
    assert await holders(city, motion) == [(general_affairs, 2)]
    await city.act("head", "motion", motion, "submit")


async def holders(city: City, row: Any) -> list[tuple[str, int]]:
    query = select(Task).where(Task.object_id == row.id, Task.closed_at.is_(None))
    async with city.db.read() as session:
        return [(task.holder, task.due_version) for task in (await session.scalars(query)).all()]
