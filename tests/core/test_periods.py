"""Periodic reports fall due period by period from the day on which the work began (C3, C14)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.periods import PERIODS, next_report, period_end
from app.core.workdays import shipped

pytestmark = pytest.mark.clause("C3", "C14")


@pytest.mark.parametrize(
    ("period", "begun", "dues"),
    [
        ("weekly", date(2026, 3, 4), [date(2026, 3, 11), date(2026, 3, 18), date(2026, 3, 25)]),
        ("fortnightly", date(2026, 3, 4), [date(2026, 3, 18), date(2026, 4, 1)]),
        ("monthly", date(2026, 1, 31), [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]),  # a worked Saturday
        ("quarterly", date(2026, 1, 5), [date(2026, 4, 7), date(2026, 7, 6)]),  # Qingming, a Sunday
        ("monthly", date(2026, 9, 2), [date(2026, 10, 8), date(2026, 11, 2)]),  # the holiday in October
    ],
)
def test_by_example(period: str, begun: date, dues: list[date]) -> None:
    found, after = [], begun
    for _ in dues:
        after = next_report(shipped(), begun, period, after, None) or date.max
        found.append(after)
    assert found == dues


def test_the_last_period_is_left_to_the_completion_report() -> None:
    begun = date(2026, 4, 8)
    assert next_report(shipped(), begun, "monthly", begun, date(2026, 6, 12)) == date(2026, 5, 8)
    assert next_report(shipped(), begun, "monthly", date(2026, 5, 8), date(2026, 6, 12)) is None
    assert next_report(shipped(), begun, "monthly", date(2026, 5, 8), date(2026, 6, 30)) == date(2026, 6, 8)
    assert next_report(shipped(), begun, "", begun, None) is None


@given(st.sampled_from(PERIODS), st.dates(date(2024, 1, 1), date(2025, 12, 31)), st.integers(0, 365))
def test_against_counting_period_by_period(period: str, begun: date, days: int) -> None:
    after = begun + timedelta(days=days)
    ends = (shipped().next_working(period_end(begun, period, number)) for number in range(1, 400))
    assert next_report(shipped(), begun, period, after, None) == next(end for end in ends if end > after)
