"""Who may see what (A4.4): the two faces of each scope agree, and part begins when the rulebook says."""

import random
import types
import typing
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlmodel import SQLModel

from app.core.clock import now
from app.core.refusals import NotFound
from app.models.experts import Expert
from app.models.matters import Attendance, Decision, Item
from app.models.papers import Attachment
from app.models.people import Delegation, Group, GroupUnit, Invite, Session
from app.models.records import Part, PolicyRule, Task, Trail
from app.policy import compile_policy, seed_lines
from app.queries.actors import load_actor
from app.queries.visibility import NOUNS, NoRowFilter, View, may_see, row_filter
from app.rules.catalogue import TABLES
from app.rules.roles import ADMINISTRATORS, UNIT_ROLES, Actor, Mandate, Role, Seat, of_person, of_unit
from app.services import acts, directives, documents, meetings, motions, opinions, publications
from app.services.directives import DirectiveDraft
from tests.support.city import City, build
from tests.support.refusal import refused, sees

POLICY = compile_policy(seed_lines())
GROUPS, PEOPLE, UNITS, MATTERS = ([uuid4() for _ in range(count)] for count in (2, 4, 2, 6))


class Chance:
    """Rows and actors at random over a few groups, people, units and matters, so that they often meet."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.unlisted = list(PEOPLE)

    def pick(self, values: Any) -> Any:
        return self.random.choice(list(values))

    def actor(self) -> Actor:
        if self.random.random() < 0.1:
            return Actor()
        seats = tuple(self.seat() for _ in range(self.random.randrange(3)))
        lent = tuple(self.mandate() for _ in range(self.random.randrange(3)))
        return Actor(self.pick(PEOPLE), "某", seats, lent)

    def seat(self) -> Seat:
        role = self.pick(Role)
        return Seat(role) if role in ADMINISTRATORS else Seat(role, self.pick(GROUPS), self.pick([None, *UNITS]))

    def mandate(self) -> Mandate:
        noun = self.pick(TABLES)
        return Mandate(uuid4(), self.pick(PEOPLE), "某", self.pick(UNIT_ROLES | {Role.LEADER, Role.DEPUTY}),
                       self.pick(GROUPS), f"{noun}:{self.pick(TABLES[noun].actions)}", self.pick([None, *MATTERS]),
                       self.pick([None, *UNITS]))  # fmt: skip

    def holder(self) -> str:
        return self.pick([of_person(self.pick(PEOPLE)), *(name for _ in range(3) for name in self.seat().holders)])

    def row(self, model: type[SQLModel]) -> Any:
        """Every required column filled with something plausible."""
        fields = {name: field for name, field in model.model_fields.items() if name != "seq"}
        values = {name: self.value(name, field.annotation) for name, field in fields.items()}
        if model in (GroupUnit, Decision):  # one for each unit, one for each item
            values["unit_id" if model is GroupUnit else "item_id"] = uuid4()
        if model is Expert:  # one entry a person
            values["person_id"] = self.unlisted.pop() if self.unlisted else uuid4()
        if model is Attendance:
            values[self.pick(("unit_id", "person_id"))] = None
        if model is Attachment:
            values["holder"] = self.pick(("", values["holder"]))
        if model is Item:
            values["topic_id"] = None
        if model is Delegation:
            values["principal_id"] = self.pick(set(PEOPLE) - {values["delegate_id"]})
        if model is PolicyRule:
            values["kind"] = "p"
        if model is Task:
            values["noun"] = self.pick(TABLES)
            values["state"] = self.pick(TABLES[values["noun"]].states)
        return model(**values)

    def value(self, name: str, annotation: Any) -> Any:
        kinds = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
        kind = next(each for each in kinds if each is not type(None))
        kind = typing.get_origin(kind) or kind
        if kind is UUID:
            known = {"group_id": GROUPS, "unit_id": UNITS, "object_id": MATTERS, "matter_id": MATTERS,
                     "item_id": MATTERS, "directive_id": MATTERS}  # fmt: skip
            known |= dict.fromkeys(("person_id", "principal_id", "delegate_id"), PEOPLE)
            return self.pick(known[name]) if name in known else uuid4()
        if kind is str:
            some = {"holder": self.holder(), "state": self.pick(("draft", "published", "taken_back", "withheld"))}
            return some.get(name) or uuid4().hex[:8]
        made: dict[Any, Any] = {bool: self.random.random() < 0.7, int: self.random.randrange(1, 1 << 30), dict: {},
                                list: [], date: date(2026, 3, 2), datetime: now(), Decimal: Decimal(1)}  # fmt: skip
        return made[kind]

    def rows(self) -> Iterator[Any]:
        for model in NOUNS:
            for place in range(6):
                row = self.row(model)
                if "id" in type(row).model_fields and place < 3 and model is not Group:
                    row.id = MATTERS[place]
                yield row
        for matter in MATTERS:
            for holder in {self.holder() for _ in range(4)}:
                yield Part(noun="motion", object_id=matter, holder=holder, clause="A4.4",
                           in_force=self.random.random() < 0.8)  # fmt: skip


def key(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, column.name) for column in type(row).__table__.primary_key)


@pytest.mark.clause("A4.4", "C4")
async def test_lists_and_single_rows_give_the_same_answer(db, clock, pytestconfig) -> None:
    """Random rows of every model, random parts, random actors: the SQL of a filter and its Python never differ."""
    seed = random.SystemRandom().randrange(1 << 30)
    chance = Chance(seed)
    found = 0
    async with db.write() as session:
        switch_off = "PRAGMA defer_foreign_keys=ON" if db.is_sqlite else "SET LOCAL session_replication_role = replica"
        await session.execute(text(switch_off))
        rows = list(chance.rows())
        session.add_all(rows)
        await session.flush()
        parts = [row for row in rows if isinstance(row, Part)]
        for _ in range(400 if pytestconfig.getoption("--all") else 40):
            view = View(chance.actor(), POLICY)
            for model in NOUNS:
                mine = [row for row in rows if type(row) is model]
                columns = [getattr(model, column.name) for column in model.__table__.primary_key]
                query = select(*columns).where(row_filter(view, model))
                listed = {tuple(line) for line in await session.execute(query)}
                single = {key(row) for row in mine if may_see(view, row, parts)}
                assert listed == single, f"seed {seed}: {model.__name__} for {view.actor}"
                found += len(listed)
        await session.rollback()
    assert found > 100, f"seed {seed}: too little was seen for the test to mean anything"


@pytest.mark.clause("A4.4")
def test_a_table_without_a_row_filter_cannot_be_read() -> None:
    view = View(Actor(uuid4(), seats=(Seat(Role.LEADER, uuid4()),)), POLICY)
    for model in (Session, Part, Invite):
        with pytest.raises(NoRowFilter):
            row_filter(view, model)
        with pytest.raises(NoRowFilter):
            may_see(view, model())


OFFICE = {"director", "vice", "vice2", "head", "staff", "planner", "planning_head", "tech_head"}
LEADERSHIP = {"leader", "in_charge", "deputy", "deputy2"}
FINANCE, INDUSTRY, CIVIL = {"finance", "finance_liaison"}, {"industry", "industry_liaison"}, {"civil"}


async def who_sees(city: City, row: Any) -> set[str]:
    return {who for who in [*city.people, "public"] if await sees(city, who, row)}


@pytest.mark.clause("A4.4")
async def test_part_in_a_motion_begins_step_by_step(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("draft")
    assert await who_sees(city, motion) == OFFICE
    seen = set(OFFICE)
    steps: list[tuple[str, str, set[str]]] = [
        ("staff", "submit", set()), ("director", "endorse", {"in_charge"}),
        ("in_charge", "review", {"leader"}), ("leader", "admit", {"deputy", "deputy2"}),
    ]  # fmt: skip
    for who, action, new in steps:
        await city.act(who, "motion", motion, action)
        seen |= new
        assert await who_sees(city, motion) == seen, action
    asked = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    seen |= FINANCE | CIVIL
    assert await who_sees(city, motion) == seen
    by_unit = {row.unit_id: row for row in asked}
    own = by_unit[city.units["市民政局"]]
    assert await who_sees(city, own) == OFFICE | LEADERSHIP | CIVIL  # units do not read one another's answers
    await city.do("civil", opinions.answer_opinion, own.id, "agree")
    await city.do("finance", opinions.answer_opinion, by_unit[city.units["市财政局"]].id, "agree")
    await city.do("director", opinions.consolidate, motion.id, "均同意。")
    meeting, item = await city.meeting(motion, deliver=False)
    assert await who_sees(city, meeting) >= INDUSTRY  # called to the meeting, but its matters are not theirs yet
    assert await who_sees(city, motion) == seen
    assert await who_sees(city, item) == OFFICE | LEADERSHIP
    await city.do("head", meetings.deliver_papers, meeting.id)
    seen |= INDUSTRY
    assert await who_sees(city, motion) == seen
    assert await who_sees(city, item) == OFFICE | LEADERSHIP | FINANCE | CIVIL | INDUSTRY
    assert not {"police", "district", "outsider", "public", "sysadmin", "secadmin", "auditor"} & seen


@pytest.mark.clause("A4.4", "A3.6")
async def test_a_unit_under_a_directive_sees_that_directive_and_that_decision_from_its_issue(db, clock) -> None:
    city = await build(db)
    motion, _, decision = await city.decided()
    draft = DirectiveDraft("编制计划", "计划印发到12个单位", city.units["市公安局"], now().date() + timedelta(days=60),
                           [city.units["东湖区政府"]], decision_id=decision.id)  # fmt: skip
    directive = await city.do("vice", directives.draft_directive, city.group, draft)
    for row in (directive, decision):
        assert not {"police", "district"} & await who_sees(city, row)
    await city.do("vice", directives.issue_directive, directive.id)
    assert await who_sees(city, directive) == OFFICE | LEADERSHIP | {"police", "district"}
    assert {"police", "district"} <= await who_sees(city, decision)
    assert not {"police", "district"} & await who_sees(city, motion)


@pytest.mark.clause("A4.4")
async def test_a_restricted_matter_is_for_its_list_the_leadership_and_the_office(db, clock) -> None:
    city = await build(db)
    motion = await city.motion("admitted", "A1.3(5)", disclosure="restricted")
    assert await who_sees(city, motion) == OFFICE | LEADERSHIP
    async with refused(city, "not_listed", "A4.4", motion):
        await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    async with refused(city, "not_found", "A4.4", motion):
        await city.do("civil", motions.list_units, motion.id, [city.units["市民政局"]])
    async with refused(city, "not_your_role", "A4.4", motion):
        await city.do("leader", motions.list_units, motion.id, [city.units["市民政局"]])
    await city.do("staff", motions.list_units, motion.id, [city.units["市民政局"]], [city.people["outsider"]])
    seen = OFFICE | LEADERSHIP | CIVIL | {"outsider"}
    assert await who_sees(city, motion) == seen
    (opinion,) = await city.do("staff", opinions.ask_opinions, motion.id, [city.units["市民政局"]])
    await city.do("civil", opinions.answer_opinion, opinion.id, "agree")
    await city.do("director", opinions.consolidate, motion.id, "同意。")
    _, item = await city.meeting(motion)  # delivered to all called units, but they are not on the list
    assert await who_sees(city, motion) == seen
    assert await who_sees(city, item) == OFFICE | LEADERSHIP | CIVIL


@pytest.mark.clause("A4.4")
async def test_what_one_may_not_see_is_refused_like_what_does_not_exist(db, clock) -> None:
    city = await build(db)
    motion, meeting, decision = await city.decided()
    document = await city.document(decision)
    calls = [
        (acts.act, ("motion", motion.id, "close")), (motions.edit_motion, (motion.id, city.draft())),
        (motions.set_technical, (motion.id, True, "因为")), (motions.list_units, (motion.id, [])),
        (opinions.ask_opinions, (motion.id, [])), (opinions.consolidate, (motion.id, "汇总")),
        (meetings.convene_meeting, (meeting.id,)), (meetings.deliver_papers, (meeting.id,)),
        (meetings.close_meeting, (meeting.id,)), (meetings.add_item, (meeting.id, motion.id)),
        (documents.register_document, (document.id,)), (acts.act, ("document", document.id, "issue")),
        (publications.draft_publication, (document.id, "题", "文")),
    ]  # fmt: skip
    before = await city.counts()
    for service, arguments in calls:
        answers = []
        for swap in (False, True):
            args = tuple(uuid4() if swap and isinstance(each, UUID) else each for each in arguments)
            with pytest.raises(NotFound) as caught:
                await city.do("police", service, *args)
            answers.append((caught.value.refusal, str(caught.value)))
        assert answers[0] == answers[1]
    assert await city.counts() == before


@pytest.mark.clause("A4.4", "C13")
async def test_the_trail_is_the_auditors_and_matters_are_no_administrators(db, clock) -> None:
    city = await build(db)
    motion, _, decision = await city.decided()
    for row in (motion, decision):
        assert not {"sysadmin", "secadmin", "auditor"} & await who_sees(city, row)
    async with db.read() as session:
        for who in city.people:
            view = View(await actor_of(city, session, who), POLICY)
            entries = (await session.scalars(select(Trail).where(row_filter(view, Trail)))).all()
            assert bool(entries) == (who == "auditor"), who


async def actor_of(city: City, session: Any, who: str) -> Actor:
    return await load_actor(session, city.people[who])


def test_units_are_named_within_their_group() -> None:
    group, other, unit = uuid4(), uuid4(), uuid4()
    actor = Actor(uuid4(), seats=(Seat(Role.LIAISON, group, unit),))
    assert of_unit(group, unit) in actor.holders and of_unit(other, unit) not in actor.holders


@pytest.mark.clause("A4.4", "A4.3")
async def test_what_was_decided_is_known_to_those_who_were_called_and_to_no_other_unit(db, clock) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    seen = {
        who: await sees(city, who, decision) for who in ("finance", "civil", "industry", "leader", "deputy", "staff")
    }
    assert seen == dict.fromkeys(seen, True)
    for who in ("police", "district", "outsider", "auditor", ""):
        assert not await sees(city, who, decision), who
