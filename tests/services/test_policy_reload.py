"""A changed policy is obeyed at the next request, also by another process's store (C13)."""

import pytest

from app.services import motions, policy_admin
from app.services.work import Works
from tests.support.city import City, build
from tests.support.refusal import refused


@pytest.mark.clause("C13")
async def test_a_change_is_obeyed_by_every_store_at_its_next_request(db, clock) -> None:
    city = await build(db)
    other = City(db, Works(db), city.group, city.units, city.people)
    motion = await other.motion("submitted")  # the other store has the first policy in memory
    rule = ("office_deputy_director", "motion", "endorse", "group")
    async with refused(other, "not_your_role", "A3.2", motion):
        await other.act("vice", "motion", motion, "endorse")
    await city.do("secadmin", policy_admin.set_rule, *rule, True)
    await city.do("secadmin", policy_admin.set_rule, *rule, True)  # allowed twice is allowed once
    await other.act("vice", "motion", motion, "endorse")
    await city.do("secadmin", policy_admin.set_rule, *rule, False)
    again = await other.motion("submitted")
    async with refused(other, "not_your_role", "A3.2", again):
        await other.act("vice", "motion", again, "endorse")


@pytest.mark.clause("C13")
async def test_only_the_security_administrator_changes_it_and_only_what_exists(db, clock) -> None:
    city = await build(db)
    for who in ("sysadmin", "auditor", "leader", "director"):
        async with refused(city, "not_your_role", "C13"):
            await city.do(who, policy_admin.set_rule, "leader", "motion", "endorse", "group", True)
    unknown = [("mayor", "motion", "endorse"), ("leader", "moon", "endorse"), ("leader", "motion", "fly")]
    for role, noun, action in unknown:
        async with refused(city, "invalid", "C13"):
            await city.do("secadmin", policy_admin.set_rule, role, noun, action, "group", True)
    await city.do("secadmin", policy_admin.set_rule, "department_staff", "motion", "submit", "group", False)
    draft = await city.do("staff", motions.draft_motion, city.group, city.draft())
    async with refused(city, "not_your_role", "A3.2", draft):
        await city.act("staff", "motion", draft, "submit")
