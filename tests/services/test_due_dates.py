"""Provisional dates are reckoned again when the calendar of their year is imported, and it is said what moved (C14)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.models.records import Task, Trail
from app.services import directives, opinions, publications
from app.services.directives import DirectiveDraft
from app.services.importing.calendar import plan, read_calendar
from app.services.importing.plan import ImportPlan, apply
from tests.support.city import City, build, moment

NOTICE = """date,kind,name
2027-01-01,off,元旦
2027-01-04,off,元旦
2027-05-01,off,劳动节
2027-10-01,off,国庆节
"""


async def take_over(city: City, folder: Path, text: str = NOTICE, carry_out: bool = True) -> ImportPlan:
    path = folder / "2027.csv"
    path.write_text(text, "utf-8")
    async with city.db.write() as session:
        made = await plan(session, read_calendar(path))
        assert not made.faults
        if carry_out:
            await apply(session, made, moment("2026-12-30 10:00"))
        return made


async def tasks(city: City, row: Any) -> list[Task]:
    async with city.db.read() as session:
        query = select(Task).where(Task.object_id == row.id, Task.closed_at.is_(None)).order_by(Task.id)
        return list((await session.scalars(query)).all())


def moves(made: ImportPlan) -> list[Any]:
    return [change for change in made.changes if change.noun == "task"]


@pytest.mark.clause("C14", "C2")
async def test_a_provisional_date_moves_and_the_report_says_from_where_to_where(db, clock, tmp_path) -> None:
    city = await build(db)
    clock.set(moment("2026-12-30 09:00"))
    motion = await city.motion("submitted")
    (before,) = await tasks(city, motion)
    assert (before.due_on, before.provisional) == (date(2027, 1, 4), True), "weekends are all that is known of 2027"
    dry = await take_over(city, tmp_path, carry_out=False)
    assert [change.zh for change in moves(dry)] == ["议题待办“签署”的期限由2027-01-04改为2027-01-06。"]
    assert (await tasks(city, motion))[0].due_on == before.due_on, "a dry run moves nothing"
    made = await take_over(city, tmp_path)
    assert [change.en for change in moves(made)] == [
        "The motion's task “Signature” is due on 2027-01-06 instead of 2027-01-04."
    ]
    (after,) = await tasks(city, motion)
    assert (after.due_on, after.provisional, after.due_version) == (date(2027, 1, 6), False, before.due_version + 1)
    assert "2027-01-06" in after.due_zh and "暂定" not in after.due_zh
    async with db.read() as session:
        entry = (await session.scalars(select(Trail).where(Trail.noun == "task", Trail.action == "move"))).one()
    assert (entry.object_id, entry.clause) == (after.id, "C14")
    assert (await take_over(city, tmp_path)).changes == []


@pytest.mark.clause("C14")
async def test_what_a_person_set_stays_and_what_does_not_move_becomes_certain(db, clock, tmp_path) -> None:
    city = await build(db)
    clock.set(moment("2026-12-25 09:00"))
    motion = await city.motion("admitted")
    civil, police = (city.units[name] for name in ("市民政局", "市公安局"))
    (chosen,) = [
        row for row in await city.do("staff", opinions.ask_opinions, motion.id, [civil], date(2027, 1, 5))
        if row.unit_id == civil
    ]  # fmt: skip
    clock.set(moment("2026-12-28 09:00"))
    (reckoned,) = await city.do("staff", opinions.ask_opinions, motion.id, [police])
    assert reckoned.due_on == date(2027, 1, 4)
    early = await city.motion("submitted")
    assert (await tasks(city, early))[0].due_on == date(2026, 12, 31)
    made = await take_over(city, tmp_path)
    assert "初审意见待办" in moves(made)[0].zh and "2027-01-04改为2027-01-06" in moves(made)[0].zh
    moved = await city.fresh(reckoned)
    assert moved.due_on == (await tasks(city, moved))[0].due_on == date(2027, 1, 6)
    assert ((await city.fresh(chosen)).due_on, (await tasks(city, chosen))[0].due_version) == (date(2027, 1, 5), 1)
    assert (await tasks(city, early))[0].due_version == 1


@pytest.mark.clause("C14", "C10")
async def test_a_publication_is_due_twenty_working_days_after_the_document_whatever_was_known(
    db, clock, tmp_path
) -> None:
    city = await build(db)
    clock.set(moment("2026-12-01 09:00"))
    _, _, decision = await city.decided()
    document = await city.document(decision, "registered")
    row = await city.do("staff", publications.draft_publication, document.id, document.title, "全文")
    before = (await tasks(city, row))[0]
    assert before.provisional and "20个工作日" in before.due_zh
    await take_over(city, tmp_path)
    after = await city.fresh(row)
    assert after.due_on > row.due_on and (await tasks(city, row))[0].due_on == after.due_on


@pytest.mark.clause("C14", "A4.1")
async def test_an_answer_before_a_meeting_is_counted_backwards(db, clock, tmp_path) -> None:
    city = await build(db)
    clock.set(moment("2026-12-29 09:00"))
    motion = await city.motion("ready")
    await city.meeting(motion, days=7)
    async with db.read() as session:
        query = select(Task).where(Task.noun == "attendance", Task.closed_at.is_(None))
        before = (await session.scalars(query)).first()
    assert before.due_on == date(2027, 1, 4) and before.provisional
    await take_over(city, tmp_path)
    after = await city.fresh(before)
    assert after.due_on == date(2026, 12, 31), "the last working day before Tuesday, 5 January"


@pytest.mark.clause("C14", "C3")
async def test_a_periodic_report_is_reckoned_again_from_where_the_work_began(db, clock, tmp_path) -> None:
    city = await build(db)
    clock.set(moment("2026-12-25 09:00"))
    given = DirectiveDraft("平台验收", "通过验收", city.units["市财政局"], date(2027, 6, 30), period="weekly")
    row = await city.do("vice", directives.draft_directive, city.group, given)
    await city.do("vice", directives.issue_directive, row.id)
    await city.act("finance", "directive", row, "acknowledge")
    before = next(task for task in await tasks(city, row) if task.kind == "progress")
    assert (before.due_on, before.provisional) == (date(2027, 1, 1), True) and "自2026-12-25起7日" in before.due_zh
    await take_over(city, tmp_path)
    after = next(task for task in await tasks(city, row) if task.kind == "progress")
    assert after.due_on > before.due_on and not after.provisional and "顺延" in after.due_zh
    assert (await city.fresh(row)).next_report_on == after.due_on
