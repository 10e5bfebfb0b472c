"""C14: a year's notice goes in once, and the working days follow it."""

from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl import Workbook

from app.models.engine import Database
from app.queries.calendar import load_calendar
from app.services.importing.calendar import plan, read_calendar
from app.services.importing.plan import ImportPlan, apply

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
NOTICE = """date,kind,name
2027-01-01,off,元旦
2027-01-02,work,元旦调休
2027-05-01,off,劳动节
2027-10-01,off,国庆节
"""


async def take_over(db: Database, path: Path) -> ImportPlan:
    async with db.write() as session:
        made = await plan(session, read_calendar(path))
        if not made.faults:
            await apply(session, made, NOW)
        return made


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "2027.csv"
    path.write_text(text, encoding)
    return path


async def test_a_year_becomes_known_and_a_second_time_changes_nothing(db: Database, tmp_path: Path) -> None:
    path = written(tmp_path, NOTICE)
    assert len((await take_over(db, path)).changes) == 4
    async with db.read() as session:
        calendar = await load_calendar(session)
    assert 2027 in calendar.years and 2026 in calendar.years
    assert calendar.is_working(date(2027, 1, 2)) and not calendar.is_working(date(2027, 1, 1))
    assert (await take_over(db, path)).changes == []


async def test_a_corrected_notice_changes_its_days(db: Database, tmp_path: Path) -> None:
    await take_over(db, written(tmp_path, NOTICE))
    corrected = NOTICE.replace("2027-01-02,work", "2027-01-03,work")
    made = await take_over(db, written(tmp_path, corrected))
    assert [change.action for change in made.changes] == ["add", "remove"]
    async with db.read() as session:
        calendar = await load_calendar(session)
    assert calendar.is_working(date(2027, 1, 3)) and not calendar.is_working(date(2027, 1, 2))


def added(folder: Path, line: str) -> Path:
    return written(folder, SHIPPED.read_text("utf-8") + line)


SHIPPED = Path("app/core/data/calendar/2026.csv")


async def test_a_shipped_year_is_known_already(db: Database) -> None:
    made = await take_over(db, SHIPPED)
    assert (made.changes, made.faults) == ([], [])


async def test_a_shipped_year_can_be_corrected_as_a_whole(db: Database, tmp_path: Path) -> None:
    path = added(tmp_path, "2026-03-09,off,临时放假\n")
    assert [change.action for change in (await take_over(db, path)).changes] == ["add", "store"]
    async with db.read() as session:
        calendar = await load_calendar(session)
    assert not calendar.is_working(date(2026, 3, 9)) and not calendar.is_working(date(2026, 10, 1))
    assert (await take_over(db, path)).changes == []


def test_a_workbook_and_an_old_encoding_are_read_alike(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for line in NOTICE.split():
        sheet.append(line.split(","))
    sheet["A2"] = date(2027, 1, 1)
    book.save(tmp_path / "2027.xlsx")
    expected = read_calendar(written(tmp_path, NOTICE)).days
    assert read_calendar(tmp_path / "2027.xlsx").days == expected
    assert read_calendar(written(tmp_path, NOTICE, "gb18030")).days == expected


async def test_a_faulty_notice_writes_nothing(db: Database, tmp_path: Path) -> None:
    made = await take_over(db, written(tmp_path, NOTICE.replace("2027-05-01", "2027-02-30")))
    assert made.faults and made.changes == []
    assert made.faults[0].row == 4


def test_what_cannot_be_read_is_one_fault(tmp_path: Path) -> None:
    for name in ("nowhere.csv", "nowhere.xlsx"):
        (fault,) = read_calendar(tmp_path / name).faults
        assert "读不到文件" in fault.zh
