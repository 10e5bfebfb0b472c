"""The light of a directive: green, yellow when the date is near, red when it is past, grey when it is closed (C3)."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col

from app.core.enforces import enforces
from app.core.workdays import WorkingCalendar
from app.models.outcome import Directive
from app.models.people import Group
from app.rules.catalogue import TABLES
from app.rules.defaults import DEFAULT_DAYS

_RESTING = frozenset({"draft", "suspended", "verified", "closed"})


@enforces("C3")
def light(
    calendar: WorkingCalendar,
    state: str,
    due_on: date | None,
    day: date,
    yellow_days: int = DEFAULT_DAYS["yellow_days"],
) -> str:
    """What is not owed any more, or not yet, is grey; a day that is due is late only when it has passed."""
    if TABLES["directive"].states[state].final or state in _RESTING or due_on is None:
        return "grey"
    if due_on < day:
        return "red"
    return "yellow" if calendar.before(due_on, yellow_days) <= day else "green"


def yellow_days(group: Group) -> int:
    """How many working days before the due day a directive of this group turns yellow."""
    return int(group.settings.get("yellow_days", DEFAULT_DAYS["yellow_days"]))


def light_is(wanted: str, groups: Iterable[Group], calendar: WorkingCalendar, day: date) -> ColumnElement[bool]:
    """The same light as a condition on directives, so that a list can be filtered by it; a test holds the two equal."""
    states = TABLES["directive"].states
    grey = col(Directive.state).in_([name for name, state in states.items() if state.final or name in _RESTING])
    due = col(Directive.due_on)
    if wanted == "grey":
        return grey
    if wanted == "red":
        return and_(~grey, due < day)
    near = or_(false(), *(_near(group, calendar, day) for group in groups))
    return and_(~grey, due >= day, near if wanted == "yellow" else ~near)


def _near(group: Group, calendar: WorkingCalendar, day: date) -> ColumnElement[bool]:
    """Near until the n-th working day from now: then fewer than n working days lie between."""
    days = yellow_days(group)
    last = calendar.add(day, days).date if days else day
    return and_(col(Directive.group_id) == group.id, col(Directive.due_on) <= last)
