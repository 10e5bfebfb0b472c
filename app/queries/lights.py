"""The light of a directive: green, yellow when the date is near, red when it is past, grey when it is closed (C3)."""

from datetime import date

from app.core.enforces import enforces
from app.core.workdays import WorkingCalendar
from app.rules.catalogue import TABLES
from app.rules.defaults import DEFAULT_DAYS

_RESTING = frozenset({"draft", "suspended", "verified"})


@enforces("C3")
def light(calendar: WorkingCalendar, state: str, due_on: date, day: date, yellow_days: int = DEFAULT_DAYS["yellow_days"]) -> str:
    """What is not owed any more, or not yet, is grey; a day that is due is late only when it has passed."""
    if TABLES["directive"].states[state].final or state in _RESTING:
        return "grey"
    if due_on < day:
        return "red"
    return "yellow" if calendar.before(due_on, yellow_days) <= day else "green"
