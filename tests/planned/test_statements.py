"""How often the database is asked, and that what is kept never keeps anybody's sight."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, select, update
from sqlmodel import col

from app.core.clock import now, today
from app.models.people import Appointment, Person
from app.models.records import PolicyRule, Trail
from app.policy import bump_version
from app.queries.actors import load_actor
from app.queries.identity import identify
from app.services import accounts, delegations
from app.services.delegations import DelegationDraft
from schema.planned.plans import OFTEN
from tests.planned.conftest import BothWays


class Counted:
    """Statements by the short way and by SQLAlchemy's."""

    def __init__(self, db: Any) -> None:
        self.short: list[str] = []
        self.long: list[str] = []
        name = "_row" if db.is_sqlite else "_ask"
        ask = getattr(db.reader, name)

        def counted(text: str, *given: Any) -> Any:
            self.short.append(text)
            return ask(text, *given)

        setattr(db.reader, name, counted)
        event.listen(db.engine.sync_engine, "before_cursor_execute", self._executed)

    def _executed(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.long.append(statement)


@pytest.mark.clause("C7", "A4.4")
async def test_a_page_with_available_actions_asks_once_beside_who_asks(both: BothWays) -> None:
    for _ in range(30):
        await both.api.city.motion("draft")
    query = (
        "{ motions(first: 50) { nodes { title waitingOn { names } availableActions { action allowed } } totalCount } }"
    )
    await both.raw("staff", query, plan=True)
    counted = Counted(both.api.city.db)
    answer = await both.raw("staff", query, plan=True)
    assert answer.count(b'"title"') == 30
    assert len(counted.short) == 2 and not counted.long
    for _ in range(OFTEN):
        await both.raw("staff", query, plan=True)
    counted.short.clear()
    assert await both.raw("staff", query, plan=True) == answer
    assert len(counted.short) == 1 and not counted.long  # who asks, and the answer, together


@pytest.mark.clause("C13")
async def test_a_sign_in_that_ends_ends_at_once(both: BothWays) -> None:
    motion = await both.api.city.motion("draft")
    query = "{ viewer { name } motions { nodes { title } } }"
    for _ in range(OFTEN + 2):
        assert motion.title.encode() in await both.raw("staff", query, plan=True)
    async with both.api.city.works.begin() as work:
        await accounts.sign_out(work, await both.api.token("staff"))
    assert await both.raw("staff", query, plan=True) == b'{"data":{"viewer":{"name":null},"motions":{"nodes":[]}}}'


@pytest.mark.clause("C13")
async def test_a_changed_policy_counts_at_once(both: BothWays) -> None:
    city = both.api.city
    await city.motion("draft")
    query = "{ motions { totalCount } trail { totalCount } }"
    seen = b'{"data":{"motions":{"totalCount":1},"trail":{"totalCount":0}}}'
    for _ in range(OFTEN + 2):
        assert await both.raw("staff", query, plan=True) == seen
    async with city.db.write() as session:
        await session.execute(delete(PolicyRule).where(col(PolicyRule.object) == "motion"))
        await bump_version(session)
    assert (await both.same("staff", query))["data"]["motions"] == {"totalCount": 0}


@pytest.mark.clause("C5", "A4.4")
async def test_a_post_that_ends_takes_its_sight_with_it_at_once(both: BothWays) -> None:
    """Also where the same person has asked the same thing many times, and is guessed to be the same again."""
    city = both.api.city
    await city.motion("admitted")
    query = "{ motions { totalCount } viewer { roles { role } } }"
    for _ in range(OFTEN + 2):
        found = (await both.same("deputy", query))["data"]
    assert found["motions"]["totalCount"] == 1 and found["viewer"]["roles"]
    async with city.db.write() as session:
        mine = col(Appointment.person_id) == city.people["deputy"]
        await session.execute(update(Appointment).where(mine).values(ends_on=today() - timedelta(days=1)))
    assert (await both.same("deputy", query))["data"] == {"motions": {"totalCount": 0}, "viewer": {"roles": []}}


@pytest.mark.clause("C4")
async def test_a_power_lent_to_somebody_known_is_noticed_at_once(both: BothWays) -> None:
    city = both.api.city
    await city.motion("reviewed")
    query = "{ viewer { tasks { totalCount } } }"
    for _ in range(OFTEN + 2):
        assert (await both.same("deputy", query))["data"]["viewer"]["tasks"]["totalCount"] == 0
    ends = now().replace(year=now().year + 1)
    draft = DelegationDraft(city.people["deputy"], "leader", "motion:admit", now(), ends, reason="出差")
    await city.do("leader", delegations.delegate, city.group, draft)
    for _ in range(OFTEN + 2):
        assert (await both.same("deputy", query))["data"]["viewer"]["tasks"]["totalCount"] == 1


@pytest.mark.clause("C4", "C5")
async def test_who_asks_is_the_same_in_one_statement_as_in_a_unit_of_work(both: BothWays) -> None:
    """With posts, administrator's role and a lent power; and for nobody at all."""
    city = both.api.city
    ends = now().replace(year=now().year + 1)
    draft = DelegationDraft(city.people["deputy"], "leader", "motion:admit", now(), ends, reason="出差")
    await city.do("leader", delegations.delegate, city.group, draft)
    for who in (*city.people, ""):
        token = await both.api.token(who) if who else ""
        async with city.db.read() as session:
            person = city.people.get(who)
            expected = await load_actor(session, person)
        assert (await identify(city.db, token)).actor == expected
    assert (await identify(city.db, "no such token")).actor.person_id is None
    async with city.db.write() as session:
        person = await session.get(Person, city.people["staff"])
        assert person is not None
        person.active = False
    assert (await identify(city.db, await both.api.token("staff"))).actor.person_id is None


@pytest.mark.clause("A4.4")
async def test_reading_a_restricted_matter_is_recorded_from_the_first_one_on(both: BothWays) -> None:
    """Also by a plan that was made when there was none; a matter that is not restricted leaves no entry."""
    city = both.api.city
    plain = await city.motion("endorsed")
    query = "{ motions { nodes { title } } }"
    assert plain.title.encode() in await both.raw("in_charge", query, plan=True)
    secret = await city.motion("endorsed", disclosure="restricted", title='"!r":null 与 "!r":"motion:1:2"')
    for asked in (
        "{ motions { nodes { state id title body } } }",
        "{ motions { nodes { year } edges { node { round drafter { name } } } } }",
        query,
        "{ motions { nodes { title availableActions { action } } edges { node { drafter { name } } } } }",
    ):
        await both.same("in_charge", asked)
    assert not both.planned.fallen_back
    async with city.db.read() as session:
        read = (await session.scalars(select(Trail).where(col(Trail.action) == "read"))).all()
    assert {(row.object_id, row.actor_id, row.group_id) for row in read} == {
        (secret.id, city.people["in_charge"], city.group)
    }
    assert len(read) == 8
