"""Reminders: each chase of a task, seen by whoever owes it (C2)."""

from datetime import datetime
from typing import Any

from app.models.people import Person
from app.models.records import Reminder
from app.queries.planner.given import Terms
from app.queries.visibility import Table
from schema.declare import Expression, Noun, One, column, optional


def _by_hand(terms: Terms, table: Table) -> Any:
    return table.c.manual_on.is_not(None)


NOUN = Noun(
    Reminder,
    "Chase",
    "A reminder of a task to one person: by a rung of the ladder, or by hand (C2).",
    fields=(
        column("at", datetime, "When.", "fired_at"),
        column("rung", optional(int), "Working days after the due date, before it negative; null: by hand."),
        column("in_person", bool, "Whether he was asked to remind the assignee in person."),
        One("recipient", Person, "recipient_id", "Who was reminded."),
        Expression("by_hand", bool, "Whether somebody reminded by hand.", _by_hand),
        One("by", Person, "by_id", "Who reminded by hand."),
        column("reason", str, "The reason of a reminder by hand."),
    ),
)
