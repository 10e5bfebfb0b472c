"""C12: the contact list goes in once; whoever succeeds somebody does so on a date that the list must give (C5)."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.adapters.roster import RosterReading, read_roster
from app.core.clock import frozen
from app.models.engine import Database
from app.models.people import Administrator, Appointment, Group, GroupUnit, Person, Unit
from app.models.records import Trail
from app.rules.roles import Role
from app.services import trail
from app.services.importing.plan import FaultyPlan, ImportPlan, apply
from app.services.importing.roster import plan
from tests.adapters.sheets import DATA, good_rows, saved, with_change, with_changes, workbook

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
pytestmark = pytest.mark.clause("C12")


async def take_over(db: Database, reading: RosterReading, code: str | None = "g") -> ImportPlan:
    """Plan and carry out, as the command with --apply does."""
    with frozen(NOW):
        async with db.write() as session:
            made = await plan(session, code, reading)
            if not made.faults:
                await apply(session, made, NOW)
            return made


@pytest.fixture
def small(tmp_path: Path) -> RosterReading:
    return read_roster(saved(workbook(good_rows()), tmp_path))


async def count(db: Database, model: type) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def terms(db: Database, role: Role) -> list[tuple[str, date, date | None]]:
    """Who held a role of the group, from when to when."""
    of_role = select(Appointment).where(Appointment.role == role.value)
    async with db.read() as session:
        names = {person.id: person.name for person in await session.scalars(select(Person))}
        rows = (await session.scalars(of_role.order_by(Appointment.starts_on))).all()
        return [(names[row.person_id], row.starts_on, row.ends_on) for row in rows]


async def test_the_real_list_goes_in_and_a_second_time_changes_nothing(db: Database) -> None:
    reading = read_roster(DATA / "roster.xlsx")
    first = await take_over(db, reading, None)
    assert first.faults == []
    assert (first.group_code, first.group_name) == ("main", "铜陵市智慧城市暨社会服务管理信息化建设领导小组")
    assert await count(db, Person) == 111, "113 rows, one vacant, one person in two"
    assert await count(db, Appointment) == 112
    async with db.read() as session:
        observers = select(func.count()).select_from(GroupUnit).where(GroupUnit.standing_observer)
        assert await session.scalar(observers) == 6
        assert (await trail.verify(session)) == (len(first.changes), None)
    assert (await terms(db, Role.DEPUTY_IN_CHARGE)) == [("于向荣", date(2023, 3, 1), None)]
    second = await take_over(db, reading, None)
    assert (second.changes, second.faults) == ([], [])


async def test_a_faulty_list_writes_nothing(db: Database) -> None:
    made = await take_over(db, read_roster(DATA / "roster-with-faults.xlsx"))
    assert (len(made.faults), made.changes) == (10, [])
    assert [await count(db, model) for model in (Group, Unit, Person, Appointment, Trail)] == [0] * 5


@pytest.mark.clause("C6", "C12")
async def test_a_plan_with_faults_cannot_be_carried_out(db: Database) -> None:
    async with db.write() as session:
        made = await plan(session, "g", read_roster(DATA / "roster-with-faults.xlsx"))
        with pytest.raises(FaultyPlan):
            await apply(session, made, NOW)


async def test_a_plan_alone_writes_nothing(db: Database, small: RosterReading) -> None:
    async with db.read() as session:
        made = await plan(session, "g", small)
    assert made.changes
    assert await count(db, Group) == 0


async def test_departments_in_charge_and_general_affairs_are_understood(db: Database, small: RosterReading) -> None:
    """B2.2, B2.4"""
    await take_over(db, small)
    async with db.read() as session:
        department = await session.scalar(select(Unit).where(Unit.name == "综合部"))
        deputy = await session.scalar(select(Appointment).where(Appointment.role == Role.OFFICE_DEPUTY_DIRECTOR.value))
        group = await session.scalar(select(Group))
        assert department and deputy and group
        assert deputy.in_charge_of == [str(department.id)]
        assert group.settings["general_affairs"] == str(department.id)


async def test_an_administrator_gets_no_appointment(db: Database, small: RosterReading) -> None:
    """C13"""
    await take_over(db, small)
    assert (await count(db, Administrator), await count(db, Appointment)) == (1, 8)


async def test_an_administrator_cannot_become_another(db: Database, small: RosterReading, tmp_path: Path) -> None:
    """C13"""
    await take_over(db, small)
    made = await take_over(db, read_roster(with_change(tmp_path, 12, 领导小组职务="审计员")))
    (fault,) = made.faults
    assert (fault.row, fault.column_letter) == (12, "F") and "C13" in fault.zh


SUCCESSOR = {"姓名": "高远", "手机": "14099990001", "邮箱": "gao@example.cn"}


@pytest.mark.parametrize("row", [4, 6, 8, 9, 10, 11], ids=["leader", "director", "head", "unit", "liaison", "district"])
async def test_another_person_on_a_post_is_asked_for_the_date(
    db: Database, small: RosterReading, tmp_path: Path, row: int
) -> None:
    """C5"""
    await take_over(db, small)
    made = await take_over(db, read_roster(with_change(tmp_path, row, **SUCCESSOR)))
    (fault,) = made.faults
    assert (fault.row, fault.column_letter, fault.column_name) == (row, "G", "任职起始")
    assert "接任" in fault.zh and "高远" in fault.zh and "接任的日期" in fault.mend_zh
    assert await count(db, Person) == 9, "nothing was written"


async def test_a_successor_begins_when_the_predecessor_has_ended(
    db: Database, small: RosterReading, tmp_path: Path
) -> None:
    """C5"""
    await take_over(db, small)
    reading = read_roster(with_change(tmp_path, 4, **SUCCESSOR, 任职起始="2026-02-01"))
    made = await take_over(db, reading)
    assert [change.action for change in made.changes] == ["create", "succeed", "begin"]
    assert await terms(db, Role.LEADER) == [
        ("陆衡", date(2024, 3, 1), date(2026, 1, 31)),
        ("高远", date(2026, 2, 1), None),
    ]
    again = await take_over(db, reading)
    assert (again.changes, again.faults) == ([], [])


async def test_a_succession_still_to_come_is_planned_once(db: Database, small: RosterReading, tmp_path: Path) -> None:
    await take_over(db, small)
    reading = read_roster(with_change(tmp_path, 4, **SUCCESSOR, 任职起始="2026-05-01"))
    assert (await take_over(db, reading)).faults == []
    again = await take_over(db, reading)
    assert (again.changes, again.faults) == ([], [])


async def test_the_charge_of_the_commission_passes_to_another_deputy(
    db: Database, small: RosterReading, tmp_path: Path
) -> None:
    """The old deputy in charge stays a deputy, from the day on which the other took over."""
    second = [10, "市政府", "领导", "温若兰", "副市长", "副组长", "2024-03-01", "14012340010", "f010@example.cn", None]
    rows = [*good_rows(), second]
    await take_over(db, read_roster(saved(workbook(rows), tmp_path)))
    rows[1][9], rows[9][9] = None, "分管市经信委"
    (fault,) = (await take_over(db, read_roster(saved(workbook(rows), tmp_path)))).faults
    assert (fault.row, fault.column_letter) == (13, "G")
    rows[9][6] = "2026-02-01"
    changed = read_roster(saved(workbook(rows), tmp_path))
    assert (await take_over(db, changed)).faults == []
    before, after = date(2026, 1, 31), date(2026, 2, 1)
    began = date(2024, 3, 1)
    assert await terms(db, Role.DEPUTY_IN_CHARGE) == [("秦立言", began, before), ("温若兰", after, None)]
    assert await terms(db, Role.DEPUTY) == [("温若兰", began, before), ("秦立言", after, None)]
    again = await take_over(db, changed)
    assert (again.changes, again.faults) == ([], [])


async def test_a_post_falls_vacant_on_a_date(db: Database, small: RosterReading, tmp_path: Path) -> None:
    await take_over(db, small)
    vacant = {"姓名": None, "手机": None, "邮箱": None, "备注": "暂缺"}
    (fault,) = (await take_over(db, read_roster(with_change(tmp_path, 10, **vacant)))).faults
    assert (fault.row, fault.column_letter) == (10, "G") and "空缺" in fault.zh
    assert (await take_over(db, read_roster(with_change(tmp_path, 10, **vacant, 任职起始="2026-02-01")))).faults == []
    assert await terms(db, Role.LIAISON) == [("戴敏", date(2024, 3, 1), date(2026, 1, 31))]


async def test_a_new_address_is_a_change_of_the_person(db: Database, small: RosterReading, tmp_path: Path) -> None:
    await take_over(db, small)
    made = await take_over(db, read_roster(with_change(tmp_path, 9, 邮箱="new@example.cn")))
    assert [(change.noun, change.action) for change in made.changes] == [("person", "update")]
    assert await count(db, Person) == 9


async def test_an_address_of_somebody_else_is_a_fault(db: Database, small: RosterReading, tmp_path: Path) -> None:
    await take_over(db, small)
    renamed = read_roster(with_change(tmp_path, 9, 姓名="蒋国梁", 任职起始="2026-02-01"))
    faults = (await take_over(db, renamed)).faults
    assert {(fault.row, fault.column_letter) for fault in faults} == {(9, "H"), (9, "I")}


async def test_who_is_not_listed_stays_and_is_named(db: Database, small: RosterReading, tmp_path: Path) -> None:
    await take_over(db, small)
    fewer = [row for row in good_rows() if row[3] != "戴敏"]
    made = await take_over(db, read_roster(saved(workbook(fewer), tmp_path)))
    assert made.changes == []
    assert any("戴敏" in note.zh and "不在名单里" in note.zh for note in made.notes)


async def test_a_row_to_be_mended_is_not_called_missing(db: Database, small: RosterReading, tmp_path: Path) -> None:
    await take_over(db, small)
    made = await take_over(db, read_roster(with_change(tmp_path, 10, 手机="12345")))
    assert len(made.faults) == 1
    assert not any("不在名单里" in note.zh for note in made.notes)


async def test_two_groups_share_people_and_units(db: Database, small: RosterReading) -> None:
    await take_over(db, small, "one")
    made = await take_over(db, small, "two")
    assert made.faults == []
    assert not {"person", "administrator"} & {change.noun for change in made.changes}
    assert (await count(db, Group), await count(db, Person), await count(db, Appointment)) == (2, 9, 16)


async def test_among_several_groups_one_must_be_named(db: Database, small: RosterReading) -> None:
    await take_over(db, small, "one")
    await take_over(db, small, "two")
    (fault,) = (await take_over(db, small, None)).faults
    assert fault.row is None and "--group" in fault.mend_zh


async def test_several_changes_of_one_list(db: Database, small: RosterReading, tmp_path: Path) -> None:
    """A leader and a deputy change seats on one day; a unit stops observing."""
    await take_over(db, small)
    both = {"任职起始": "2026-02-01"}
    reading = read_roster(
        with_changes(
            tmp_path,
            [
                (4, {"姓名": "秦立言", "手机": "14012340002", "邮箱": "a002@example.cn", **both}),
                (5, {"姓名": "陆衡", "手机": "14012340001", "邮箱": "a001@example.cn", **both}),
                (9, {"备注": None}),
            ],
        )
    )
    assert (await take_over(db, reading)).faults == []
    assert [name for name, _, _ in await terms(db, Role.LEADER)] == ["陆衡", "秦立言"]
    assert [name for name, _, _ in await terms(db, Role.DEPUTY_IN_CHARGE)] == ["秦立言", "陆衡"]
    again = await take_over(db, reading)
    assert (again.changes, again.faults) == ([], [])
