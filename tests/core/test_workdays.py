"""How periods are counted: by examples, and against counting day by day with an independent calendar."""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import clock
from app.core.calendar_file import CalendarDay
from app.core.workdays import WorkingCalendar, is_late, shipped

pytestmark = pytest.mark.clause("C14")

CHINA = holidays.country_holidays("CN", years=[2024, 2025, 2026])
DAY = timedelta(days=1)
DAYS = st.dates(date(2024, 3, 1), date(2026, 10, 31))  # two months from either end, so that every answer is known
COUNTS = st.integers(1, 25)


def works(day: date) -> bool:
    return CHINA.is_working_day(day)


def brute(start: date, n: int, step: timedelta) -> date:
    """The n-th worked day from here, one day at a time."""
    seen = 0
    while seen < n:
        start += step
        seen += works(start)
    return start


def test_the_rulebooks_example() -> None:
    due = shipped().add(date(2026, 1, 19), 20)
    assert due.date == date(2026, 2, 14)
    assert due.zh == "自2026-01-19起20个工作日 = 2026-02-14(周六,调休上班)"
    assert due.en == "20 working days from 2026-01-19 = 2026-02-14, a working Saturday"
    assert not due.provisional
    assert (due.explanation(), due.explanation("en")) == (due.zh, due.en)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-03-02", 1, "2026-03-03"),  # the day of the event is not counted
        ("2026-03-06", 1, "2026-03-09"),  # Friday to Monday
        ("2026-03-07", 1, "2026-03-09"),  # an event on a day off
        ("2025-09-26", 1, "2025-09-28"),  # a worked Sunday counts
        ("2025-09-30", 3, "2025-10-11"),  # over eight days off to a worked Saturday
        ("2026-02-14", 1, "2026-02-24"),  # over the longest Spring Festival
        ("2024-02-09", 1, "2024-02-18"),  # Spring Festival, then a worked Sunday
    ],
)
def test_working_days_after_an_event(start: str, n: int, end: str) -> None:
    assert shipped().add(date.fromisoformat(start), n).date == date.fromisoformat(end)


def test_no_days_at_all_is_the_day_itself_or_the_next_working_day() -> None:
    assert shipped().add(date(2026, 3, 6), 0).date == date(2026, 3, 6)
    assert shipped().add(date(2026, 3, 7), 0).date == date(2026, 3, 9)


@pytest.mark.parametrize("count", [lambda c: c.add, lambda c: c.add_calendar_days, lambda c: c.before])
def test_a_negative_period_is_an_error(count) -> None:
    with pytest.raises(ValueError, match="-1 days"):
        count(shipped())(date(2026, 3, 2), -1)


def test_a_period_in_days_that_ends_on_a_day_off_ends_on_the_next_working_day() -> None:
    due = shipped().add_calendar_days(date(2026, 9, 28), 5)
    assert due.date == date(2026, 10, 8)
    assert due.zh == "自2026-09-28起5日,期满日2026-10-03为休息日,顺延至2026-10-08(周四)"
    assert due.en == "5 days from 2026-09-28 end on 2026-10-03, a day off; moved to 2026-10-08, a Thursday"


def test_a_period_in_days_may_end_on_a_worked_weekend() -> None:
    due = shipped().add_calendar_days(date(2026, 5, 6), 3)
    assert due.date == date(2026, 5, 9)
    assert due.en == "3 days from 2026-05-06 = 2026-05-09, a working Saturday"
    assert shipped().add_calendar_days(date(2026, 5, 6), 1).en.startswith("1 day from 2026-05-06 = 2026-05-07, ")


def test_working_days_before_x_do_not_count_x() -> None:
    assert shipped().before(date(2026, 3, 12), 3) == date(2026, 3, 9)
    assert shipped().before(date(2026, 2, 24), 2) == date(2026, 2, 13)  # 14 is worked, 15 to 23 are off
    due = shipped().due_before(date(2026, 2, 24), 1)
    assert due.zh == "2026-02-24之前1个工作日 = 2026-02-14(周六,调休上班)"
    assert due.en == "1 working day before 2026-02-24 = 2026-02-14, a working Saturday"


def test_a_date_set_by_a_person_is_not_moved() -> None:
    due = shipped().fixed(date(2026, 10, 2))
    assert (due.date, due.provisional) == (date(2026, 10, 2), False)
    assert due.zh == "指定日期 2026-10-02(周五,放假),不作调整"
    assert due.en == "set by a person: 2026-10-02, a Friday off; not moved"


def test_a_due_day_ends_at_midnight_in_shanghai() -> None:
    due = date(2026, 3, 6)
    last = datetime(2026, 3, 6, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Shanghai
    assert not is_late(due, last)
    assert is_late(due, last + timedelta(seconds=1))
    assert not is_late(due, clock.day_end(due) - timedelta(microseconds=1))
    assert is_late(due, clock.day_end(due))


def test_a_date_beyond_the_known_calendar_is_provisional_and_knows_weekends_only() -> None:
    due = shipped().add(date(2026, 12, 30), 3)
    assert due.date == date(2027, 1, 4)  # 31 December, then 1 January as any Friday, then Monday
    assert due.provisional
    assert due.zh.endswith("(暂定:2027年放假安排尚未导入)")
    assert due.en.endswith("(provisional: the calendar of 2027 is not known)")
    assert not shipped().add(date(2026, 12, 30), 1).provisional
    assert shipped().add_calendar_days(date(2026, 12, 25), 10).provisional
    assert shipped().due_before(date(2027, 1, 4), 1).provisional


def test_an_imported_year_settles_what_was_provisional() -> None:
    days = [CalendarDay(date(2027, month, 1), False, "放假") for month in (1, 5, 10)]
    known = shipped().with_days([*days, CalendarDay(date(2027, 1, 3), True, "元旦调休上班")], {2027})
    due = known.add(date(2026, 12, 30), 2)
    assert (due.date, due.provisional) == (date(2027, 1, 3), False)
    assert shipped().years == {2024, 2025, 2026}, "a calendar does not change; there is a new one"


def test_importing_a_year_again_replaces_it_and_single_days_correct_it() -> None:
    first = WorkingCalendar({date(2026, 5, 1): False, date(2025, 5, 1): False}, {2025, 2026})
    again = first.with_days([CalendarDay(date(2026, 5, 4), False, "")], {2026})
    assert dict(again.exceptions) == {date(2025, 5, 1): False, date(2026, 5, 4): False}
    corrected = first.with_days([CalendarDay(date(2026, 5, 4), False, "")], ())
    assert dict(corrected.exceptions) == {**first.exceptions, date(2026, 5, 4): False}


@pytest.mark.parametrize(
    ("local", "missing"),
    [("2026-10-31T23:59", None), ("2026-11-01T00:00", 2027), ("2027-03-01T09:00", 2027), ("2025-12-01T09:00", None)],
)
def test_from_november_the_next_years_calendar_is_missing(local: str, missing: int | None) -> None:
    assert shipped().missing_year(datetime.fromisoformat(f"{local}+08:00")) == missing


def test_a_calendar_cannot_be_changed() -> None:
    given_days = {date(2026, 5, 1): False}
    calendar = WorkingCalendar(given_days, {2026})
    given_days[date(2026, 5, 4)] = False
    assert calendar.is_working(date(2026, 5, 4))
    with pytest.raises(TypeError):
        calendar.exceptions[date(2026, 5, 4)] = False


@given(DAYS, COUNTS)
def test_adding_agrees_with_counting_day_by_day(start: date, n: int) -> None:
    due = shipped().add(start, n)
    assert due.date == brute(start, n, DAY)
    assert not due.provisional
    assert str(due.date) in due.zh
    assert str(due.date) in due.en


@given(DAYS, COUNTS)
def test_before_agrees_with_counting_day_by_day(x: date, n: int) -> None:
    assert shipped().before(x, n) == brute(x, n, -DAY)


@given(DAYS, COUNTS)
def test_a_period_in_days_agrees_with_counting_day_by_day(start: date, n: int) -> None:
    end = start + n * DAY
    while not works(end):
        end += DAY
    assert shipped().add_calendar_days(start, n).date == end


@given(DAYS, DAYS)
def test_between_is_signed_and_agrees_with_counting(a: date, b: date) -> None:
    first, last = min(a, b), max(a, b)
    count = sum(works(first + k * DAY) for k in range(1, (last - first).days + 1))
    assert shipped().working_days_between(a, b) == (count if a <= b else -count)


@given(DAYS, COUNTS)
def test_between_undoes_adding(start: date, n: int) -> None:
    assert shipped().working_days_between(start, shipped().add(start, n).date) == n
