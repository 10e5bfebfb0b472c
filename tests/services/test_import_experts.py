"""C12, A3.7: the expert pool goes in once; a new term or employer shows as a change; with a fault nothing goes in."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from app.adapters.expert_sheet import ExpertReading, ExpertRow, read_experts
from app.adapters.roster import read_roster
from app.core.clock import frozen
from app.models.engine import Database
from app.models.experts import Expert
from app.models.people import Person, Unit
from app.models.records import Trail
from app.services import trail
from app.services.importing import experts, roster
from app.services.importing.plan import ImportPlan, apply
from tests.adapters.sheets import DATA

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
pytestmark = pytest.mark.clause("C12", "A3.7")


async def take_over(db: Database, reading: ExpertReading, code: str | None = None) -> ImportPlan:
    with frozen(NOW):
        async with db.write() as session:
            made = await experts.plan(session, code, reading)
            if not made.faults:
                await apply(session, made, NOW)
            return made


async def with_roster(db: Database) -> None:
    with frozen(NOW):
        async with db.write() as session:
            await apply(session, await roster.plan(session, "tl", read_roster(DATA / "roster.xlsx")), NOW)


def one(**changes: object) -> ExpertReading:
    row = ExpertRow(2, "傅克勤", "市财政局", "高级会计师", ("智慧医疗", "财政与招投标"), "14030000114",
                    "zj01@example.cn", date(2025, 1, 1), date(2027, 12, 31))  # fmt: skip
    return ExpertReading(rows=[replace(row, **changes)], count=1)


async def expert_of(db: Database, name: str) -> Expert:
    async with db.read() as session:
        query = select(Expert).join(Person, Person.id == Expert.person_id).where(Person.name == name)
        return (await session.scalars(query)).one()


async def count(db: Database, model: type) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def test_the_real_list_goes_in_and_a_second_time_changes_nothing(db: Database) -> None:
    await with_roster(db)
    people, entries = await count(db, Person), await count(db, Trail)
    first = await take_over(db, read_experts(DATA / "experts.xlsx"), "tl")
    assert (first.faults, len(first.changes)) == ([], 96)
    assert (await count(db, Expert), await count(db, Person)) == (48, people + 48)
    assert await count(db, Trail) == entries + 96
    async with db.read() as session:
        assert (await trail.verify(session))[1] is None
        linked = select(Unit.name, func.count()).join(Expert, Expert.unit_id == Unit.id).group_by(Unit.name)
        assert dict((await session.execute(linked)).all()) == {"市财政局": 5, "市信息办": 1, "中国电信铜陵分公司": 6}
        ended = select(func.count()).select_from(Expert).where(Expert.ends_on < date(2026, 3, 2))
        assert await session.scalar(ended) == 5, "they are kept"
    said = [note.zh for note in first.notes]
    assert sum("不参加抽取" in note for note in said) == 5
    second = await take_over(db, read_experts(DATA / "experts.xlsx"))
    assert (second.changes, second.faults) == ([], [])


async def test_a_new_term_and_employer_are_shown_as_changes(db: Database) -> None:
    await take_over(db, one())
    made = await take_over(db, one(employer="江澜大学", ends_on=date(2030, 12, 31), fields=("财政与招投标",)))
    (change,) = made.changes
    assert (change.row, change.noun, change.action) == (2, "expert", "update")
    for word in ("工作单位由市财政局改为江澜大学", "聘期止由2027-12-31改为2030-12-31", "专业领域由"):
        assert word in change.zh
    expert = await expert_of(db, "傅克勤")
    assert (expert.employer, expert.ends_on, expert.fields) == ("江澜大学", date(2030, 12, 31), "财政与招投标")


async def test_an_employer_that_becomes_a_unit_is_linked_and_said(db: Database) -> None:
    await take_over(db, one())
    assert (await expert_of(db, "傅克勤")).unit_id is None
    await with_roster(db)
    made = await take_over(db, one())
    assert [change.zh for change in made.changes] == ["傅克勤:工作单位对应到本系统的“市财政局”。"]
    assert (await expert_of(db, "傅克勤")).unit_id is not None
    assert (await take_over(db, one())).changes == []


async def test_somebody_whom_the_installation_knows_is_not_made_twice(db: Database) -> None:
    async with db.write() as session:
        session.add(Person(name="傅克勤", phone="14030000114"))
    made = await take_over(db, one())
    assert [(change.noun, change.action) for change in made.changes] == [("person", "update"), ("expert", "enrol")]
    assert await count(db, Person) == 1


async def test_an_address_of_somebody_else_is_a_fault_and_nothing_is_written(db: Database) -> None:
    async with db.write() as session:
        session.add(Person(name="别人", mail="zj01@example.cn"))
    reading = read_experts(DATA / "experts.xlsx")
    made = await take_over(db, reading)
    (fault,) = made.faults
    assert (fault.row, fault.column_letter, fault.column_name, made.changes) == (2, "G", "邮箱", [])
    assert "别人" in fault.zh and fault.mend_zh
    assert (await count(db, Expert), await count(db, Person), await count(db, Trail)) == (0, 1, 0)


async def test_a_deactivated_person_and_an_unknown_group_are_faults(db: Database) -> None:
    async with db.write() as session:
        session.add(Person(name="傅克勤", phone="14030000114", active=False))
    made = await take_over(db, one(), "nowhere")
    assert [fault.row for fault in made.faults] == [None, 2]
    assert await count(db, Expert) == 0


async def test_a_unit_to_avoid_that_nobody_knows_is_kept_by_its_name(db: Database) -> None:
    made = await take_over(db, one(avoids=("东海公司",)))
    assert "东海公司" in made.notes[0].zh
    assert (await expert_of(db, "傅克勤")).avoids == "东海公司"
