"""The paper route (C20): an authorised clerk enters what was signed on paper; the signer is told and can object."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import at, today
from app.models.matters import Opinion
from app.models.people import Appointment
from app.models.records import Outbox, Signature, Trail
from app.models.texts import TextVersion
from app.services import delegations, freshness, opinions
from app.services.paper import PaperEntry
from tests.support.city import City, build
from tests.support.paper import entered
from tests.support.refusal import refused, sees


def paper(city, who="leader", day: date | None = None, note="档案柜3-12") -> PaperEntry:
    return PaperEntry(city.people[who], day or today(), note)


@pytest.mark.clause("C20", "C6")
async def test_an_authorised_clerk_enters_it_with_its_real_date(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("reviewed")
    async with refused(city, "not_authorised", "C20", motion):
        await entered(city, "staff", "motion", motion, "admit", paper(city))
    async with refused(city, "not_your_role", "C20"):
        await city.do("sysadmin", delegations.authorise_clerk, city.group, city.people["head"])
    for clerk in ("planner", "vice"):
        await city.do("leader", delegations.authorise_clerk, city.group, city.people[clerk])
    async with refused(city, "not_your_role", "C20", motion):  # entering is for the departments
        await entered(city, "vice", "motion", motion, "admit", paper(city))
    async with refused(city, "not_authorised", "C20", motion):  # of the leader, not of the deputy in charge
        await entered(city, "planner", "motion", motion, "admit", paper(city, "in_charge"))
    clock.forward(days=2)
    for wrong in (paper(city, day=today() + timedelta(1)), paper(city, day=date(2026, 3, 1)), paper(city, note=" ")):
        async with refused(city, "invalid", "C20", motion):
            await entered(city, "planner", "motion", motion, "admit", wrong)
    done = await entered(city, "planner", "motion", motion, "admit", paper(city, day=date(2026, 3, 3)))
    assert done.row.state == "admitted"
    async with db.read() as session:
        signed = (await session.scalars(select(Signature).where(Signature.action == "admit"))).one()
        told = (await session.scalars(select(Outbox).where(Outbox.event == "paper.entered"))).all()
        entry = (await session.scalars(select(Trail).where(Trail.action == "admit"))).one()
    assert (entry.actor_id, entry.entered_by) == (city.people["leader"], city.people["planner"])
    assert (signed.person_id, signed.entered_by) == (city.people["leader"], city.people["planner"])
    assert (signed.signed_at, signed.entered_at) == (at(date(2026, 3, 3), 12), clock.now)
    assert "档案柜3-12" in signed.opinion
    assert {row.person_id for row in told} == {city.people["leader"]}


@pytest.mark.clause("C20", "A3.2")
async def test_paper_opens_no_step_that_is_not_the_signers(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("endorsed")
    await city.do("leader", delegations.authorise_clerk, city.group, city.people["planner"])
    async with refused(city, "not_your_role", "A3.2", motion):
        await entered(city, "planner", "motion", motion, "review", paper(city))
    async with refused(city, "wrong_state", "A3.2", motion):
        await entered(city, "planner", "motion", motion, "admit", paper(city))


@pytest.mark.clause("C20")
async def test_an_objection_of_the_signer_suspends_the_matter(db, clock) -> None:
    city = await build(db)
    await city.do("in_charge", delegations.authorise_clerk, city.group, city.people["planner"])
    motion = await city.motion("endorsed")
    await entered(city, "planner", "motion", motion, "review", paper(city, "in_charge"))
    async with db.read() as session:
        signed = (await session.scalars(select(Signature).where(Signature.action == "review"))).one()
        own = (await session.scalars(select(Signature).where(Signature.action == "endorse"))).one()
    async with refused(city, "not_found", "A4.4", signed):  # another's signature, and one not from paper
        await city.do("leader", delegations.object_to, signed.id, "有误")
    async with refused(city, "not_found", "A4.4", own):
        await city.do("director", delegations.object_to, own.id, "有误")
    async with refused(city, "invalid", "C20", signed):
        await city.do("in_charge", delegations.object_to, signed.id, " ")
    await city.do("in_charge", delegations.object_to, signed.id, "我签的是退回")
    async with refused(city, "objected", "C20", motion):
        await city.act("leader", "motion", motion, "admit")
    await city.do("in_charge", delegations.withdraw_objection, signed.id)
    await city.act("leader", "motion", motion, "admit")


@pytest.mark.clause("C20", "C6")
async def test_an_authority_is_withdrawn_by_its_giver_alone(db, clock) -> None:
    city = await build(db)
    first, second = await city.motion("reviewed"), await city.motion("reviewed")
    given = await city.do("leader", delegations.authorise_clerk, city.group, city.people["planner"])
    await entered(city, "planner", "motion", first, "admit", paper(city))
    for who in ("planner", "in_charge", "sysadmin"):
        async with refused(city, "not_found", "A4.4", given):
            await city.do(who, delegations.withdraw_authority, given.id)
    await city.do("leader", delegations.withdraw_authority, given.id)
    async with refused(city, "not_authorised", "C20", second):
        await entered(city, "planner", "motion", second, "admit", paper(city))
    assert (await city.fresh(first)).state == "admitted", "what was entered before stays"
    await city.do("leader", delegations.authorise_clerk, city.group, city.people["planner"])
    await entered(city, "planner", "motion", second, "admit", paper(city))
    async with db.read() as session:
        trail = (await session.scalars(select(Trail).where(Trail.noun == "paper").order_by(Trail.seq))).all()
    assert [(row.action, row.actor_id, row.for_id) for row in trail] == [
        (action, city.people["leader"], city.people["planner"]) for action in ("authorise", "withdraw", "authorise")
    ]
    for who, seen in (("leader", True), ("planner", True), ("in_charge", False), ("sysadmin", False)):
        assert await sees(city, who, given) == seen, who


@pytest.mark.clause("C20", "C5")
async def test_it_is_the_step_of_whoever_held_the_office_when_he_signed(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("submitted")
    for who in ("director", "vice"):
        await city.do(who, delegations.authorise_clerk, city.group, city.people["planner"])
    day = today()
    async with db.write() as session:
        (post,) = await session.scalars(select(Appointment).where(Appointment.person_id == city.people["director"]))
        post.ends_on = day
        session.add(
            Appointment(person_id=city.people["vice"], group_id=city.group, role="office_director",
                        starts_on=day + timedelta(days=1))
        )  # fmt: skip
    clock.forward(days=1)
    for who, signed_on in (("vice", day), ("director", today())):
        async with refused(city, "not_your_role", "A3.2", motion):
            await entered(city, "planner", "motion", motion, "endorse", paper(city, who, signed_on))
    done = await entered(city, "planner", "motion", motion, "endorse", paper(city, "director", day))
    assert done.row.state == "endorsed"


@pytest.mark.clause("C20", "C16")
async def test_a_signature_is_bound_to_the_text_of_the_day_on_the_paper(db, clock) -> None:
    city = await build(db)
    await city.do("director", delegations.authorise_clerk, city.group, city.people["planner"])
    motion = await city.motion("under_review")
    for nick in ("finance", "civil"):
        await answer(city, nick, motion)
    day = today()
    clock.forward(days=1)
    await city.do("staff", freshness.amend_motion, motion.id, motion.title, "改后的正文。", "采纳意见")
    sent = paper(city, "director", day)
    await entered(city, "planner", "motion", motion, "consolidate", sent, opinions.consolidate, "各单位均同意。")
    async with db.read() as session:
        signed = (await session.scalars(select(Signature).where(Signature.action == "consolidate"))).one()
        versions = (await session.scalars(select(TextVersion).order_by(TextVersion.number))).all()
    assert (signed.text_version_id, signed.content_hash) == (versions[0].id, versions[0].content_hash)
    assert signed.stale and len(versions) == 2


async def answer(city: City, who: str, motion: Any) -> None:
    async with city.db.read() as session:
        name = {"finance": "市财政局", "civil": "市民政局"}[who]
        query = select(Opinion).where(Opinion.motion_id == motion.id, Opinion.unit_id == city.units[name])
        asked = (await session.scalars(query)).one()
    await city.do(who, opinions.answer_opinion, asked.id, "agree")
