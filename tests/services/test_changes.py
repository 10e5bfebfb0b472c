"""What a client that was away has missed: all that it may see and nothing else, whoever commits when (C9, A4.4)."""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from app.core.clock import now
from app.models.changes import UNTOLD, watched
from app.models.engine import Database
from app.models.people import Appointment, Person, Unit
from app.queries.actors import load_actor
from app.queries.visibility import View, row_filter, table_of
from app.rules.roles import of_unit
from app.services import decisions, directives, meetings, motions, observers, opinions, parts, presence
from app.services.changes import BadCursor, Place, seal, told_since, unseal
from app.services.decisions import DecisionDraft
from app.services.directives import DirectiveDraft
from schema.changing import MODELS
from tests.services.test_meetings import attendance
from tests.support.city import City, build

pytestmark = pytest.mark.clause("C9", "A4.4")
READERS = ("leader", "finance", "civil", "police", "sysadmin", "")
# What comes into being in the very act that ends a part: whoever stands aside may learn the key of his own recusal.
BORN_IN_THE_ACT = {"Recusal", "Signature"}
Key = tuple[type[SQLModel], UUID]


@pytest.fixture
async def city(db, clock) -> City:
    return await build(db)


async def view_of(city: City, session: Any, who: str) -> View:
    return View(await load_actor(session, city.people.get(who)), await city.works.policies.current(session))


async def sight(city: City, who: str) -> set[Key]:
    """All that he may see now, asked row filter by row filter."""
    found: set[Key] = set()
    async with city.db.read() as session:
        view = await view_of(city, session, who)
        for model in MODELS.values():
            query = select(table_of(model).c.id).where(row_filter(view, model))
            found |= {(model, key) for key in (await session.scalars(query)).all()}
    return found


@dataclass
class Phone:
    """A client: what it holds, and where it stands."""

    city: City
    who: str
    holds: set[Key] = field(default_factory=set)
    ever: set[Key] = field(default_factory=set)
    cursor: str = ""
    resets: int = 0
    pages: int = 0

    async def sync(self, size: int = 50) -> None:
        more = True
        while more:
            async with self.city.db.read() as session:
                view = await view_of(self.city, session, self.who)
                told = await told_since(session, view, MODELS, self.cursor, size)
            if told.reset:
                self.holds, self.resets = set(), self.resets + 1
            strange = {model.__name__ for model, _ in told.since.gone.keys() - self.ever}
            assert strange <= BORN_IN_THE_ACT, f"what {self.who} never saw leaves no trace"
            self.holds = (self.holds | told.since.seen.keys()) - told.since.gone.keys()
            self.cursor, more, self.pages = told.cursor, told.since.more, self.pages + 1

    async def is_right(self) -> None:
        seen = await sight(self.city, self.who)
        self.ever |= seen
        assert self.holds == seen, (self.who, self.holds ^ seen)


async def phones(city: City) -> list[Phone]:
    made = [Phone(city, who) for who in READERS]
    for phone in made:
        phone.ever = await sight(city, phone.who)
        await phone.sync()
        await phone.is_right()
    return made


async def story(city: City) -> Any:
    """A matter with everything by which sight begins and ends; stops wherever a phone may look."""
    secret = await city.motion("admitted", "A1.3(5)", disclosure="restricted")
    yield
    await city.do("staff", motions.list_units, secret.id, [city.units["市民政局"]])
    yield
    motion = await city.motion("under_review")
    async with city.db.read() as session:
        asked = (await session.scalars(select(MODELS["opinion"]).where(MODELS["opinion"].motion_id == motion.id))).all()
    for opinion in asked:
        unit = next(name for name, key in city.units.items() if key == opinion.unit_id)
        await city.do({"市财政局": "finance", "市民政局": "civil"}[unit], opinions.answer_opinion, opinion.id, "agree")
    yield
    await city.do("director", opinions.consolidate, motion.id, "各单位均同意。")
    row = await city.do("staff", meetings.draft_meeting, city.group, city.meeting_draft())
    item = await city.do("staff", meetings.add_item, row.id, motion.id)
    await city.act("staff", "meeting", row, "request")
    await city.act("leader", "meeting", row, "agree")
    yield
    await city.do("staff", observers.invite_observers, row.id, [city.people["police"]], [item.id])
    await city.do("head", meetings.convene_meeting, row.id)
    await city.do("head", meetings.deliver_papers, row.id)
    yield
    meeting = await city.fresh(row)
    await city.act("leader", "meeting", meeting, "open")
    seat = (await attendance(city, meeting))["市民政局"]
    await city.do("staff", presence.recuse, item.id, seat.id, "与项目单位有关联")
    yield
    await city.do("staff", decisions.record_decision, item.id, DecisionDraft("passed", "原则同意。"))
    await city.do("leader", meetings.close_meeting, row.id)
    yield


@pytest.mark.slow
async def test_on_either_database_a_phone_holds_what_its_owner_may_see(city) -> None:
    await holds_what_is_seen(city)


async def test_after_each_page_a_phone_holds_what_its_owner_may_see_and_nothing_else(sqlite_url, clock) -> None:
    db = Database(sqlite_url)
    await holds_what_is_seen(await build(db))
    await db.close()


async def holds_what_is_seen(city: City) -> None:
    """Some look after each step, some only at the end, a week later, in small pages."""
    made = await phones(city)
    chance = random.Random(7)
    async for _ in story(city):
        for phone in made:
            phone.ever |= await sight(city, phone.who)
            if chance.random() < 0.6:
                await phone.sync(chance.choice((5, 50)))
                await phone.is_right()
    for phone in made:
        await phone.sync(20)
        await phone.is_right()
    assert {phone.resets for phone in made} == {1}, "nobody had to begin anew"
    assert any(phone.ever - phone.holds for phone in made), "somebody's sight of something has ended"


async def test_what_one_may_see_later_comes_however_old_and_what_one_may_not_is_a_tombstone(city) -> None:
    motion = await city.motion("admitted", "A1.3(5)", disclosure="restricted")
    phone = Phone(city, "civil")
    await phone.sync()
    key = (MODELS["motion"], motion.id)
    assert key not in phone.holds
    await city.do("staff", motions.list_units, motion.id, [city.units["市民政局"]])
    await phone.sync()
    assert key in phone.holds
    assert {model for model, _ in phone.holds} >= {MODELS["signature"], MODELS["text_version"]}, "all that hangs on it"
    phone.ever |= phone.holds
    async with city.works.begin() as work:
        await parts.end(work, [motion.id], [of_unit(city.group, city.units["市民政局"])])
    await phone.sync()
    assert key not in phone.holds
    await phone.is_right()


async def test_what_goes_on_in_a_matter_after_ones_part_has_ended_leaves_no_trace(city) -> None:
    motion = await city.motion("admitted")
    holder = of_unit(city.group, city.units["市公安局"])
    phone = Phone(city, "police")
    await phone.sync()
    async with city.works.begin() as work:
        await parts.grant(work, "motion", motion.id, [holder], "A4.4")
    await phone.sync()
    phone.ever |= phone.holds
    async with city.works.begin() as work:
        await parts.end(work, [motion.id], [holder])
    await phone.sync()
    await phone.is_right()
    await city.act("leader", "motion", motion, "recall", reason="另行研究")
    async with city.db.read() as session:
        view = await view_of(city, session, "police")
        told = await told_since(session, view, MODELS, phone.cursor, 50)
    assert not told.since.gone and not {model for model, _ in told.since.seen} - {MODELS["notification"]}


async def test_a_change_of_rights_begins_anew_and_a_password_is_nobodys_news(city) -> None:
    phone = Phone(city, "outsider")
    await phone.sync()
    async with city.db.write() as session:
        (await session.get(Person, city.people["leader"])).password_hash = "x"
    before = phone.holds
    phone.holds = set()
    await phone.sync()
    assert phone.holds == set() and phone.resets == 1
    phone.holds = before
    async with city.db.write() as session:
        session.add(Appointment(person_id=city.people["outsider"], group_id=city.group, role="deputy",
                                starts_on=date(2026, 1, 1)))  # fmt: skip
    await phone.sync(3)
    await phone.is_right()
    assert phone.resets == 2


async def test_what_is_committed_later_under_an_earlier_number_is_not_missed(postgresql_url, clock) -> None:
    """A transaction that began first and ends last, with readers in between."""
    db = Database(postgresql_url)
    city = await build(db)
    phone = Phone(city, "leader")
    await phone.sync()
    slow, quick = Unit(name="慢", kind="district"), Unit(name="快", kind="district")
    async with db.write() as first:
        first.add(slow)
        await first.flush()
        async with db.write() as second:
            second.add(quick)
        await phone.sync()
        assert (Unit, quick.id) in phone.holds and (Unit, slow.id) not in phone.holds
    await phone.sync()
    assert (Unit, slow.id) in phone.holds
    await phone.is_right()
    await db.close()


async def test_many_writers_and_a_reader_at_once(postgresql_url, clock) -> None:
    db = Database(postgresql_url)
    city = await build(db)
    phone = Phone(city, "outsider")

    async def write(number: int) -> None:
        for turn in range(5):
            async with db.write() as session:
                session.add(Unit(name=f"单位{number}-{turn}", kind="district"))
                await session.flush()
                await asyncio.sleep(random.random() / 50)

    writers = asyncio.gather(*(write(number) for number in range(8)))
    while not writers.done():
        await phone.sync(4)
        await asyncio.sleep(0)
    await writers
    await phone.sync(4)
    await phone.is_right()
    await db.close()


async def test_a_cursor_tells_nothing_and_is_good_for_its_reader_only(city) -> None:
    key = b"k" * 32
    place = Place(12345, 7, b"12345678")
    one, other = seal(key, place), seal(key, place)
    assert one != other and unseal(key, one) == unseal(key, other) == place
    for wrong in ("", "x", one[:-1], f"{one}A", "签", one.swapcase(), "A" * len(one)):
        with pytest.raises(BadCursor):
            unseal(key, wrong)
    mine, his = Phone(city, "leader"), Phone(city, "deputy")
    await mine.sync()
    his.cursor = mine.cursor
    with pytest.raises(BadCursor):
        await his.sync()


def test_every_table_that_is_read_is_watched() -> None:
    names = {watch.table for watch in watched()}
    assert set(MODELS) <= names and not names & UNTOLD and "part" in names


async def test_a_directive_and_a_document_come_with_their_own_changes(city) -> None:
    _, _, decision = await city.decided()
    document = await city.document(decision, "registered")
    phone = Phone(city, "district")
    await phone.sync()
    draft = DirectiveDraft("编制计划", "计划印发到12个单位", city.units["市公安局"], now().date() + timedelta(days=60),
                           [city.units["东湖区政府"]], decision_id=decision.id)  # fmt: skip
    directive = await city.do("vice", directives.draft_directive, city.group, draft)
    await phone.sync()
    assert (MODELS["directive"], directive.id) not in phone.holds
    await city.do("vice", directives.issue_directive, directive.id)
    await phone.sync()
    assert (MODELS["directive"], directive.id) in phone.holds
    assert (MODELS["document"], document.id) not in phone.holds
    await phone.is_right()
