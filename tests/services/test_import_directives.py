"""C12, C17, C19, B2.7: a task breakdown becomes drafts; what a row leaves open is a question on its draft."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.adapters.breakdown import BreakdownReading, read_breakdown
from app.adapters.roster import read_roster
from app.core.clock import frozen
from app.models.engine import Database
from app.models.outcome import Directive, DirectiveQuestion, DirectiveSource, DirectiveUnit
from app.models.people import Person, Unit
from app.models.records import Part, Trail
from app.rules.roles import Role
from app.services import trail
from app.services.importing import directives, roster
from app.services.importing.directives import DirectivesPlan
from app.services.importing.plan import FaultyPlan
from tests.adapters.breakdowns import breakdown, good_rows, reading, saved
from tests.adapters.sheets import DATA
from tests.support.city import City, build

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
pytestmark = pytest.mark.clause("C12")
Read = Callable[..., BreakdownReading]


async def take_over(
    db: Database, read: BreakdownReading, number: str = "", person: str = "主任戊", group: str | None = None
) -> DirectivesPlan:
    """Plan and carry out, as the command with --apply does."""
    with frozen(NOW):
        async with db.write() as session:
            made = await directives.plan(session, group, read, number, "" if number else person)
            if not made.faults:
                await directives.apply(session, made, NOW)
            return made


async def count(db: Database, model: type) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def drafts(db: Database) -> dict[str, Directive]:
    async with db.read() as session:
        return {row.title: row for row in (await session.scalars(select(Directive).order_by(Directive.id))).all()}


async def helpers(db: Database, row: Directive) -> set[str]:
    query = select(Unit.name).join(DirectiveUnit, DirectiveUnit.unit_id == Unit.id)
    async with db.read() as session:
        return set((await session.scalars(query.where(DirectiveUnit.directive_id == row.id))).all())


async def asked(db: Database) -> list[tuple[str, str]]:
    async with db.read() as session:
        rows = (await session.scalars(select(DirectiveQuestion).order_by(DirectiveQuestion.id))).all()
        return [(row.kind, row.about) for row in rows]


@pytest.fixture
def small(tmp_path: Path) -> Read:
    return lambda row=3, **cells: reading(tmp_path, row, **cells)


@pytest.mark.clause("C19", "B2.7", "A3.6")
async def test_the_real_table_over_the_units_of_the_real_roster(db: Database) -> None:
    """20 rows, 20 drafts; one vague helper, two results that nobody could check; a second time changes nothing."""
    with frozen(NOW):
        async with db.write() as session:
            made = await roster.plan(session, None, read_roster(DATA / "roster.xlsx"))
            await roster.apply(session, made, NOW)
            query = select(Person.name).where(Person.id.in_(_directors(made)))
            director = (await session.scalars(query)).one()
    read = read_breakdown(DATA / "task-breakdown.xlsx")
    first = await take_over(db, read, person=director)
    assert (first.faults, len(first.changes), first.group_code) == ([], 20, "main")
    found = await drafts(db)
    assert len(found) == 20 and {row.state for row in found.values()} == {"draft"}
    assert await asked(db) == [("units", "市直有关部门"), ("result", "尽快完成编制"), ("result", "加强管理")]
    districts = {"铜官区政府", "义安区政府", "郊区政府", "枞阳县政府"}
    parks = {"市经济技术开发区管委会", "狮子山高新区管委会", "大桥经济开发区管委会"}
    assert await helpers(db, found["政务服务网上办"]) == districts
    assert await helpers(db, found["环境监测网格"]) == districts | parks
    assert len(await helpers(db, found["城市公共数据平台"])) == 35, "every member unit but the one that leads"
    assert await helpers(db, found["地理信息一张图"]) == set()
    standing = [row for row in found.values() if row.standing]
    assert len(standing) == 3 and {row.due_on for row in standing} == {date(2027, 12, 31)}
    assert found["智慧医疗"].due_on == date(2027, 12, 31), "the title names the year"
    assert found["5G网络"].period == "fortnightly" and found["5G网络"].due_on == date(2027, 6, 30)
    async with db.read() as session:
        assert (await trail.verify(session))[1] is None
    before = [await count(db, model) for model in (Directive, DirectiveQuestion, Part, Trail)]
    second = await take_over(db, read, person=director)
    assert (second.faults, second.changes) == ([], [])
    assert [await count(db, model) for model in (Directive, DirectiveQuestion, Part, Trail)] == before


def _directors(made: Any) -> list[Any]:
    rows = [row for change in made.changes for row in change.new]
    return [row.person_id for row in rows if getattr(row, "role", "") == Role.OFFICE_DIRECTOR.value]


@pytest.mark.clause("C17", "B2.7")
@pytest.mark.parametrize(("number", "person"), [("", ""), ("1", "主任戊")])
async def test_a_table_comes_from_a_decision_or_from_who_assigns_it(
    db: Database, clock: Any, small: Read, number: str, person: str
) -> None:
    await build(db)
    async with db.read() as session:
        made = await directives.plan(session, None, small(), number, person)
    (fault,) = made.faults
    assert "--decision" in fault.sentence("en") and "--assigned-by" in fault.sentence("zh") and made.changes == []


async def test_a_plan_alone_writes_nothing_and_faults_cannot_be_carried_out(
    db: Database, clock: Any, small: Read
) -> None:
    await build(db)
    with frozen(NOW):
        async with db.read() as session:
            assert len((await directives.plan(session, None, small(), "", "主任戊")).changes) == 3
        async with db.write() as session:
            made = await directives.plan(session, None, small(牵头单位="市某局"), "", "主任戊")
            assert made.changes == []
            with pytest.raises(FaultyPlan):
                await directives.apply(session, made, NOW)
    assert await count(db, Directive) == 0


@pytest.mark.clause("C19", "A3.6")
@pytest.mark.parametrize(
    ("cells", "letter", "says"),
    [
        ({"牵头单位": "市财政局局"}, "D", "市财政局"),
        ({"牵头单位": "各县区"}, "D", "一个单位"),
        ({"牵头单位": "市直有关部门"}, "D", "一个单位"),
        ({"配合单位": "市民政局、市气象台"}, "E", "市气象台"),
    ],
)
async def test_an_unknown_unit_is_a_fault_and_nothing_is_written(
    db: Database, clock: Any, small: Read, cells: dict[str, str], letter: str, says: str
) -> None:
    await build(db)
    (fault,) = (await take_over(db, small(4, **cells))).faults
    assert (fault.row, fault.column_letter) == (4, letter)
    assert says in fault.zh + fault.mend_zh and fault.en and fault.mend_en
    assert [await count(db, model) for model in (Directive, DirectiveSource, Part)] == [0, 0, 0]


async def test_a_unit_of_another_group_is_named_as_such(db: Database, clock: Any, small: Read) -> None:
    await build(db)
    async with db.write() as session:
        session.add(Unit(name="市气象台", kind="member_unit"))
    (fault,) = (await take_over(db, small(配合单位="市气象台"))).faults
    assert "不属于本领导小组" in fault.zh


@pytest.mark.clause("C19")
async def test_what_a_row_leaves_open_is_a_question(db: Database, clock: Any, small: Read) -> None:
    """No result, no date, a date without a year, a past date, nobody named, and a collective name with no unit."""
    await build(db)
    cases: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
        ({"工作任务": "一", "具体要求": "尽快完成编制"}, [("result", "尽快完成编制")]),
        ({"工作任务": "二", "具体要求": None, "完成时限": None}, [("result", ""), ("date", "")]),
        ({"工作任务": "三", "完成时限": "12月31日"}, [("date", "12月31日")]),
        ({"工作任务": "四", "完成时限": "2026-03-01"}, [("past_date", "2026-03-01")]),
        (
            {"工作任务": "五", "配合单位": "市民政局等部门、市直有关部门"},
            [("units", "市民政局等部门"), ("units", "市直有关部门")],
        ),
        ({"工作任务": "六", "配合单位": "各园区"}, [("units", "各园区")]),
    ]
    for cells, expected in cases:
        known = len(await asked(db))
        made = await take_over(db, small(title="任务分解表", **cells))
        assert made.faults == []
        assert (await asked(db))[known:] == expected
    rows = await drafts(db)
    assert (rows["二"].due_on, rows["三"].due_on, rows["四"].due_on) == (None, None, date(2026, 3, 1))
    assert await helpers(db, rows["五"]) == {"市民政局"}


@pytest.mark.clause("C19")
async def test_standing_work_is_reviewed_each_year_on_a_day_still_to_come(
    db: Database, clock: Any, small: Read
) -> None:
    await build(db)
    await take_over(db, small())
    row = (await drafts(db))["热线接通"]
    assert (row.standing, row.due_on, row.period) == (True, date(2027, 12, 31), "quarterly")
    await take_over(db, small(5, 工作任务="热线值守", 完成时限="每年2月28日", title="2026年任务分解表"))
    assert (await drafts(db))["热线值守"].due_on == date(2027, 2, 28), "2026-02-28 has passed"


@pytest.mark.clause("B2.7", "C17")
async def test_who_assigns_is_the_director_or_a_deputy_director(db: Database, clock: Any, small: Read) -> None:
    city = await build(db)
    for person in ("组长甲", "部长辛", "财政局长", "无此人"):
        (fault,) = (await take_over(db, small(), person=person)).faults
        assert fault.row is None and fault.mend_zh and ("B2.7" in fault.zh) == (person != "无此人")
    assert await count(db, Directive) == 0
    by_phone = await _phone(db, city, "vice")
    assert (await take_over(db, small(), person=by_phone)).faults == []
    rows = (await drafts(db)).values()
    assert {(row.issuer_id, row.drafter_id, row.decision_id) for row in rows} == {
        (city.people["vice"], city.people["vice"], None)
    }


async def _phone(db: Database, city: City, who: str) -> str:
    async with db.read() as session:
        person = await session.get(Person, city.people[who])
        assert person is not None
        return person.phone


@pytest.mark.clause("C17")
async def test_a_decision_must_have_been_passed(db: Database, clock: Any, small: Read) -> None:
    city = await build(db)
    _, _, decision = await city.decided()
    document = await city.document(decision, "registered")
    number = (await city.fresh(document)).number
    made = await take_over(db, small(), number=number)
    assert made.faults == []
    rows = (await drafts(db)).values()
    assert {(row.decision_id, row.issuer_id, row.drafter_id) for row in rows} == {
        (decision.id, city.people["director"], None)
    }
    assert (await take_over(db, small(), number=str(decision.id))).changes == [], "the same decision by its id"
    for wrong in ("江智领〔2026〕99号", f"{number}#2"):
        (fault,) = (await take_over(db, small(), number=wrong)).faults
        assert fault.row is None
    async with db.write() as session:
        row = await session.get(type(decision), decision.id)
        row.kind = "deferred"
    (fault,) = (await take_over(db, small(), number=number)).faults
    assert "C17" in fault.zh


async def test_either_a_decision_or_a_person_and_one_group(db: Database, clock: Any, small: Read) -> None:
    await build(db)
    with frozen(NOW):
        async with db.read() as session:
            for number, person in (("", ""), ("1", "主任戊")):
                (fault,) = (await directives.plan(session, None, small(), number, person)).faults
                assert "--decision" in fault.mend_en
    (fault,) = (await take_over(db, small(), group="other")).faults
    assert "--group" in fault.mend_en


async def test_a_row_written_twice_is_a_fault_a_changed_one_is_noted(
    db: Database, clock: Any, tmp_path: Path, small: Read
) -> None:
    await build(db)
    rows = good_rows()
    (fault,) = (await take_over(db, read_breakdown(saved(breakdown([*rows, rows[0]]), tmp_path)))).faults
    assert (fault.row, fault.column_letter) == (6, "B")
    await take_over(db, small())
    made = await take_over(db, small(完成时限="2027-10-31"))
    assert made.changes == [] and any(note.row == 3 and "已经导入" in note.zh for note in made.notes)
    made = await take_over(db, small(具体要求="计划印发到20个单位"))
    assert [change.row for change in made.changes] == [3], "another requirement is another task"


@pytest.mark.clause("A4.4")
async def test_a_row_with_a_secrecy_mark_is_refused(db: Database, clock: Any, small: Read) -> None:
    await build(db)
    (fault,) = (await take_over(db, small(具体要求="机密★5年 完成改造"))).faults
    assert fault.row == 3 and "完成改造" not in fault.sentence() and fault.value == ""
    assert await count(db, Directive) == 0
