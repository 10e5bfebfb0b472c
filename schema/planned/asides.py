"""What a plan fetches once beside its answer, because Python needs it for every row."""

from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import and_, or_

from app.core.calendar_file import CalendarDay as Day
from app.core.calendar_file import complete_years
from app.core.workdays import WorkingCalendar, shipped
from app.models.people import Appointment, Group
from app.models.records import CalendarDay
from app.queries.planner.given import TODAY, Among, Given, at
from app.queries.planner.rows import all_columns, shown
from app.queries.planner.shapes import Rows, Source
from app.queries.planner.values import Json
from app.queries.visibility import View
from schema.planned.computed import Run

GROUPS = Given("groups", "uuids")


def _calendar() -> Json:
    day = at(CalendarDay, 1)
    return Rows(all_columns(CalendarDay, day), Source(day, (), (day.c.day,)))


def _posts() -> Json:
    post = at(Appointment, 1)
    ends = or_(post.c.ends_on.is_(None), post.c.ends_on >= TODAY)
    where = (Among(post.c.group_id, GROUPS), and_(post.c.starts_on <= TODAY, ends))
    return Rows(all_columns(Appointment, post), Source(post, where, (post.c.id,)))


def _groups() -> Json:
    group = at(Group, 1)
    return Rows(all_columns(Group, group), Source(group, (Among(group.c.id, GROUPS),), (group.c.id,)))


ASIDES = {"calendar": _calendar, "posts": _posts, "groups": _groups}


@lru_cache(maxsize=8)
def _as_calendar(days: bytes) -> WorkingCalendar:
    rows = [Day(row.day, bool(row.working), row.name) for row in _shown(CalendarDay, orjson.loads(days))]
    return shipped().with_days(rows, complete_years(rows)) if rows else shipped()


def _shown(model: Any, rows: list[dict[str, Any]]) -> list[Any]:
    return [shown(model, row) for row in rows]


def read_asides(found: dict[str, Any], run: Run) -> None:
    """From JSON to what makers of computed fields ask for."""
    if "calendar" in found:
        run.asides["calendar"] = _as_calendar(orjson.dumps(found["calendar"]))
    for name, model in (("posts", Appointment), ("groups", Group)):
        if name in found:
            run.asides[name] = _shown(model, found[name])


def groups_of(view: View) -> list[Any]:
    """The groups in which the asker can act at all: elsewhere no guard is asked, so nothing about them is needed."""
    seats = {seat.group_id for seat in view.actor.seats if seat.group_id}
    return sorted(seats | {mandate.group_id for mandate in view.actor.mandates})
