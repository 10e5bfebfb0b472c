"""The shipped calendar says, day for day, what the State Council's notices say."""

from collections.abc import Iterator
from datetime import date, timedelta

import holidays
import pytest

from app.core.workdays import shipped

pytestmark = pytest.mark.clause("C14")

# first day off, last day off, weekend days worked for it
NOTICES = {
    2024: [
        ("01-01", "01-01", []),
        ("02-10", "02-17", ["02-04", "02-18"]),
        ("04-04", "04-06", ["04-07"]),
        ("05-01", "05-05", ["04-28", "05-11"]),
        ("06-10", "06-10", []),
        ("09-15", "09-17", ["09-14"]),
        ("10-01", "10-07", ["09-29", "10-12"]),
    ],
    2025: [
        ("01-01", "01-01", []),
        ("01-28", "02-04", ["01-26", "02-08"]),
        ("04-04", "04-06", []),
        ("05-01", "05-05", ["04-27"]),
        ("05-31", "06-02", []),
        ("10-01", "10-08", ["09-28", "10-11"]),
    ],
    2026: [
        ("01-01", "01-03", ["01-04"]),
        ("02-15", "02-23", ["02-14", "02-28"]),
        ("04-04", "04-06", []),
        ("05-01", "05-05", ["05-09"]),
        ("06-19", "06-21", []),
        ("09-25", "09-27", []),
        ("10-01", "10-07", ["09-20", "10-10"]),
    ],
}


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


@pytest.mark.parametrize("year", NOTICES)
def test_the_notice_of_the_year_is_kept_day_for_day(year: int) -> None:
    off, worked = set(), set()
    for first, last, weekends in NOTICES[year]:
        day = date.fromisoformat(f"{year}-{first}")
        while day <= date.fromisoformat(f"{year}-{last}"):
            off.add(day)
            day += timedelta(days=1)
        worked |= {date.fromisoformat(f"{year}-{day}") for day in weekends}
    exceptions = {day: works for day, works in shipped().exceptions.items() if day.year == year}
    assert {day for day, works in exceptions.items() if not works} == off
    assert {day for day, works in exceptions.items() if works} == worked
    assert all(day.weekday() >= 5 for day in worked)


@pytest.mark.parametrize("year", NOTICES)
def test_the_shipped_days_agree_with_an_independent_source(year: int) -> None:
    china = holidays.country_holidays("CN", years=[year])
    differing = [day for day in days_of(year) if shipped().is_working(day) != china.is_working_day(day)]
    assert differing == []


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 248), (2026, 248)])
def test_number_of_working_days_in_a_year(year: int, count: int) -> None:
    assert shipped().working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == count


def test_three_years_are_shipped() -> None:
    assert shipped().years == {2024, 2025, 2026}
