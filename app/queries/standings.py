"""The named standing of every request for an opinion (A3.3), from its state and its date."""

from datetime import date

from app.core.enforces import enforces
from app.core.workdays import WorkingCalendar
from app.models.people import Group
from app.rules.defaults import DEFAULT_DAYS

_OF_STATE = {"closed": "silent"}


def soon_days(group: Group) -> int:
    """How many working days before the date a request counts as due soon in this group."""
    return int(group.settings.get("opinion_soon_days", DEFAULT_DAYS["opinion_soon_days"]))


@enforces("A3.3")
def standing(calendar: WorkingCalendar, state: str, due_on: date, day: date, soon: int) -> str:
    """Only a running request has a date that matters; its last day is still in time."""
    if state != "asked":
        return _OF_STATE.get(state, state)
    if due_on < day:
        return "overdue"
    return "due_soon" if calendar.before(due_on, soon) <= day else "running"
