"""Reading a yearly notice: all faults by row, and which years a file makes known."""

from datetime import UTC, date, datetime

import pytest

from app.core.calendar_file import CalendarDay, parse_calendar_csv, parse_calendar_rows

pytestmark = pytest.mark.clause("C14")

GOOD = "date,kind,name\n2027-01-01,off,元旦\n2027-05-01,off,劳动节\n2027-10-01,off,国庆节\n2027-10-09,work,国庆节调休\n"


def test_a_good_file() -> None:
    read = parse_calendar_csv(GOOD)
    assert read.faults == ()
    assert read.rows == 4
    assert read.years == {2027}
    assert read.days[-1] == CalendarDay(date(2027, 10, 9), True, "国庆节调休")


def test_it_reads_what_offices_write() -> None:
    read = parse_calendar_rows(
        [
            ("类别", "日期", "名称"),
            ("休", "2027年1月1日", "元旦"),
            (None, None, None),
            ("放假", "２０２７/5/1", "劳动节"),
            ("OFF", datetime(2027, 10, 1, tzinfo=UTC), "国庆节"),
            ("班", date(2027, 10, 9), "国庆节"),
        ]
    )
    assert read.faults == ()
    assert [day.date.isoformat() for day in read.days] == ["2027-01-01", "2027-05-01", "2027-10-01", "2027-10-09"]
    assert parse_calendar_csv("\ufeff" + GOOD.replace("\n", "\r\n")).years == {2027}


def test_every_fault_is_listed_by_the_row_the_spreadsheet_shows() -> None:
    read = parse_calendar_csv(
        GOOD
        + "2027-02-30,off,春节\n"  # row 6
        + "\n"  # a blank row counts
        + "2027-02-06,rest,春节\n"  # row 8
        + "2027-10-01,off,国庆节\n"
        + "2027-02-08,work,春节\n"  # row 10, a Monday
        + "207-02-08,off\n"
        + "3027-02-08,off,春节\n"
    )
    assert [(fault.row, fault.column_letter, fault.value) for fault in read.faults] == [
        (6, "A", "2027-02-30"),
        (8, "B", "rest"),
        (9, "A", "2027-10-01"),
        (10, "A", "2027-02-08"),
        (11, "A", "207-02-08"),
        (11, "C", ""),
        (12, "A", "3027-02-08"),
    ]
    assert read.faults[2].sentence() == "第9行A列“date”:第4行已经列出这一天。 改法:删去其中一行。"
    assert read.faults[3].en == "This is no weekend day; it is worked anyway."
    assert all(fault.mend_zh and fault.mend_en for fault in read.faults)


def test_missing_columns_are_named_and_no_row_is_read() -> None:
    read = parse_calendar_csv("day,kind\n2027-01-01,off\n")
    assert [(fault.row, fault.en) for fault in read.faults] == [
        (None, "The column 'date' is missing."),
        (None, "The column 'name' is missing."),
    ]
    assert (read.rows, read.days) == (0, ())


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_a_fault(text: str) -> None:
    assert parse_calendar_csv(text).faults


def test_a_file_without_one_full_year_is_a_fault() -> None:
    read = parse_calendar_csv("date,kind,name\n2027-01-01,off,元旦\n")
    assert len(read.faults) == 1
    assert "No year is complete" in read.faults[0].en


def test_days_of_a_neighbouring_year_correct_it_but_do_not_make_it_known() -> None:
    read = parse_calendar_csv(GOOD + "2026-12-31,off,元旦\n")
    assert read.faults == ()
    assert read.years == {2027}
    assert read.days[0].date == date(2026, 12, 31)
