"""Tasks: each awaited reply (C1)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import and_

from app.models.people import Group
from app.models.records import Reminder, Task
from app.queries.planner.given import TODAY, Terms
from app.queries.visibility import Table
from app.queries.waiting import holder_name
from schema.declare import Expression, Many, Matter, Noun, One, column, optional


def _holder(terms: Terms, table: Table) -> Any:
    return holder_name(terms, table.c.holder)


def _due(terms: Terms, table: Table) -> Any:
    return table.c[terms.say("due_zh", "due_en")]


def _late(terms: Terms, table: Table) -> Any:
    return and_(table.c.closed_at.is_(None), table.c.due_on < TODAY)


NOUN = Noun(
    Task,
    "Task",
    "One awaited reply: who owes what on which matter, by when (C1).",
    fields=(
        One("group", Group, "group_id", "The leading group."),
        column("kind", str, "The kind of reply."),
        column("noun", str, "The noun of the matter."),
        Matter("matter", "The matter; null for whoever may not see it.", "noun", "object_id"),
        Expression("holder", str, "Who owes it: a person, an office or a unit.", _holder),
        column("clause", str, "The clause behind it."),
        column("due_on", date, "The due day, which ends at 24:00 in Shanghai."),
        Expression("due_explanation", str, "How the due day was reached (C14).", _due),
        column("provisional", bool, "Whether a calendar still to come may move the due day."),
        Expression("late", bool, "Whether it is open after its due day.", _late),
        column("opened_at", datetime, "Since when it is owed."),
        column("closed_at", optional(datetime), "When the reply came or was no longer awaited."),
        column("outcome", str, "The step that closed it."),
        Many("chases", Reminder, "task_id", "Every reminder of it, oldest first; whoever owes it sees them (C2)."),
    ),
)
