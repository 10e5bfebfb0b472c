"""When periodic reports are due (C3, C14): counted from the day on which the work began."""

import calendar as months
from datetime import date, timedelta

from app.core.workdays import Due, WorkingCalendar

# Days for periods that weeks measure, months for those that months measure.
_DAYS = {"weekly": 7, "fortnightly": 14}
_MONTHS = {"monthly": 1, "quarterly": 3}
PERIODS = (*_DAYS, *_MONTHS)


def _months_later(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def a_year_later(day: date) -> date:
    """29 February is reviewed on the 28th in other years."""
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def period_end(begun: date, period: str, number: int) -> date:
    """The last day of the n-th period; one that ends on a day off ends, as reported, on the next working day."""
    if period in _DAYS:
        return begun + timedelta(days=_DAYS[period] * number)
    return _months_later(begun, _MONTHS[period] * number)


def next_report(calendar: WorkingCalendar, begun: date, period: str, after: date, until: date | None) -> date | None:
    """The first due day after `after`. What would fall less than half a period before `until`, the due date of the
    whole, or behind it, is left to the completion report."""
    if period not in PERIODS:
        return None
    half = (period_end(begun, period, 1) - begun) / 2
    number = max(1, (after - begun).days // max((period_end(begun, period, 1) - begun).days, 1) - 1)
    while True:
        end = period_end(begun, period, number)
        if until is not None and end + half > until:
            return None
        due = calendar.next_working(end)
        if due > after:
            return due
        number += 1


def nominal_end(calendar: WorkingCalendar, begun: date, period: str, due: date) -> date | None:
    """The end of the period whose report is due on this day; None where none is."""
    if period not in PERIODS:
        return None
    about = (due - begun).days // (period_end(begun, period, 1) - begun).days
    ends = (period_end(begun, period, number) for number in range(max(1, about - 1), about + 3))
    return next((end for end in ends if calendar.next_working(end) == due), None)


def reckoned(calendar: WorkingCalendar, begun: date, period: str, due: date) -> Due | None:
    """How the due day of a periodic report comes about; None where it is no such day."""
    end = nominal_end(calendar, begun, period, due)
    return calendar.add_calendar_days(begun, (end - begun).days) if end else None
