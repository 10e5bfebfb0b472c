"""Delegation (C4): one power, for one matter or a time, shown, ending by itself, never passed on, never two steps."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import now, today
from app.models.people import Appointment
from app.models.records import Signature, Task, Trail
from app.queries.actors import load_actor
from app.queries.tasks import my_tasks
from app.queries.visibility import View
from app.services import delegations, people
from app.services.delegations import DelegationDraft
from tests.support.city import City, build
from tests.support.refusal import refused, sees


async def lend(city: City, who: str, to: str, role: str, permission: str, matter: Any = None, days: float = 3) -> Any:
    draft = DelegationDraft(city.people[to], role, permission, now(), now() + timedelta(days=days),
                            matter.id if matter else None, "出差")  # fmt: skip
    return await city.do(who, delegations.delegate, city.group, draft)


async def tasks_of(city: City, who: str) -> set[Any]:
    async with city.db.read() as session:
        view = View(await load_actor(session, city.people[who]), await city.works.policies.current(session))
        return {task.object_id for task in await my_tasks(session, view)}


@pytest.mark.clause("C4", "A4.4")
async def test_one_power_for_one_matter_shown_as_done_for_another(db, clock) -> None:
    city = await build(db)
    motion, other = await city.motion("endorsed"), await city.motion("endorsed")
    assert not await sees(city, "outsider", motion)
    await lend(city, "in_charge", "outsider", "deputy_in_charge", "motion:review", motion)
    assert await sees(city, "outsider", motion) and not await sees(city, "outsider", other)
    assert await tasks_of(city, "outsider") == {motion.id}
    async with refused(city, "not_found", "A4.4", other):
        await city.act("outsider", "motion", other, "review")
    async with refused(city, "not_your_role", "A3.2", motion):  # the power to return it was not lent
        await city.act("outsider", "motion", motion, "return", reason="退")
    await city.act("outsider", "motion", motion, "review", opinion="同意上会")
    async with db.read() as session:
        signed = (await session.scalars(select(Signature).where(Signature.action == "review"))).one()
        entry = (await session.scalars(select(Trail).where(Trail.action == "review"))).one()
    assert (signed.person_id, signed.for_id) == (city.people["outsider"], city.people["in_charge"])
    assert signed.for_role == "deputy_in_charge"
    assert (entry.actor_id, entry.for_id) == (city.people["outsider"], city.people["in_charge"])


@pytest.mark.clause("C4", "A4.4")
async def test_a_delegate_for_a_time_sees_no_sooner_than_his_principal(db, clock) -> None:
    city = await build(db)
    await lend(city, "in_charge", "outsider", "deputy_in_charge", "motion:review")
    motion = await city.motion("submitted")
    assert not await sees(city, "in_charge", motion) and not await sees(city, "outsider", motion)
    await city.act("director", "motion", motion, "endorse")
    assert await sees(city, "outsider", motion) and await tasks_of(city, "outsider") == {motion.id}


@pytest.mark.clause("C4")
async def test_it_ends_by_itself_is_withdrawn_or_ends_with_the_office(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("endorsed")
    await lend(city, "in_charge", "outsider", "deputy_in_charge", "motion:review", days=1)
    clock.forward(days=1)
    async with refused(city, "not_your_role", "A3.2", motion):  # he keeps what he was given to read
        await city.act("outsider", "motion", motion, "review")
    row = await lend(city, "in_charge", "outsider", "deputy_in_charge", "motion:review")
    async with refused(city, "not_found", "A4.4"):  # only the principal withdraws
        await city.do("leader", delegations.withdraw_delegation, row.id)
    await city.do("in_charge", delegations.withdraw_delegation, row.id)
    async with db.read() as session:
        assert (await load_actor(session, city.people["outsider"])).mandates == ()
    await lend(city, "in_charge", "outsider", "deputy_in_charge", "motion:review")
    async with db.read() as session:
        assert len((await load_actor(session, city.people["outsider"])).mandates) == 1
        post = await session.scalar(select(Appointment).where(Appointment.person_id == city.people["in_charge"]))
    await city.do("sysadmin", people.end_appointment, post.id, today())
    clock.forward(days=1)
    async with db.read() as session:
        assert (await load_actor(session, city.people["outsider"])).mandates == (), "it ends with the office"


@pytest.mark.clause("C4")
async def test_one_lends_what_is_ones_own_and_a_lent_power_is_not_passed_on(db, clock) -> None:
    city = await build(db)
    await lend(city, "in_charge", "deputy", "deputy_in_charge", "motion:review")
    wrong = [
        ("deputy", "outsider", "deputy_in_charge", "motion:review"),
        ("leader", "deputy", "leader", "motion:review"),
        ("leader", "deputy", "deputy_in_charge", "motion:review"),
    ]
    for who, to, role, permission in wrong:
        async with refused(city, "not_your_power", "C4"):
            await lend(city, who, to, role, permission)
    async with refused(city, "not_your_role", "C4"):  # staff hold nothing that can be lent
        await lend(city, "staff", "planner", "department_staff", "motion:submit")
    invalid = [("leader", "motion:admit", 3), ("deputy", "motion:abolish", 3), ("deputy", "motion:admit", -1)]
    for to, permission, days in invalid:
        async with refused(city, "invalid", "C4"):
            await lend(city, "leader", to, "leader", permission, days=days)


@pytest.mark.clause("C4", "A3.2")
async def test_nobody_takes_two_steps_under_a_delegation_either(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("endorsed")
    await lend(city, "in_charge", "director", "deputy_in_charge", "motion:review")
    async with refused(city, "one_hand", "A3.2", motion):  # he endorsed it
        await city.act("director", "motion", motion, "review")
    await lend(city, "leader", "deputy", "leader", "motion:admit")
    await lend(city, "in_charge", "deputy", "deputy_in_charge", "motion:review")
    await city.act("deputy", "motion", motion, "review")
    async with refused(city, "one_hand", "A3.2", motion):
        await city.act("deputy", "motion", motion, "admit")
    await city.act("leader", "motion", motion, "admit")


@pytest.mark.clause("C4", "A3.5")
async def test_a_deputy_who_issues_for_the_leader_is_left_out_of_countersigning(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    row = await city.document(decision, "signed_off")
    await lend(city, "leader", "deputy", "leader", "document:issue", row)
    await city.act("in_charge", "document", row, "sign")
    async with db.read() as session:
        query = select(Task.holder).where(Task.object_id == row.id, Task.closed_at.is_(None))
        assert (await session.scalars(query)).all() == [f"person/{city.people['deputy2']}"]
    async with refused(city, "not_issuing_for_leader", "C4", row):
        await city.act("deputy", "document", row, "countersign")
    await city.act("deputy2", "document", row, "countersign")
    assert (await city.fresh(row)).state == "countersigned"
    await city.act("deputy", "document", row, "issue")
    async with db.read() as session:
        signed = (await session.scalars(select(Signature).where(Signature.action == "issue"))).one()
    assert (signed.role, signed.for_id, signed.for_role) == ("deputy", city.people["leader"], "leader")
