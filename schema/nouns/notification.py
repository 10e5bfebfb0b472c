"""Notifications: a person's inbox (C9)."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, func

from app.models.people import Group
from app.models.records import Notification
from app.queries.planner.given import Terms
from app.queries.visibility import Table
from schema.declare import Expression, Matter, Noun, One, column, optional


def _said(table: Table, name: str) -> Any:
    return func.nullif(table.c.payload[name].as_string(), "")


def _text(terms: Terms, table: Table) -> Any:
    return func.coalesce(_said(table, terms.language), _said(table, "zh"), table.c.event, type_=String())


def _clause(terms: Terms, table: Table) -> Any:
    return func.coalesce(_said(table, "clause"), "", type_=String())


NOUN = Noun(
    Notification,
    "Notification",
    "A line in the viewer's inbox (C9).",
    fields=(
        column("event", str, "What happened, such as motion.endorsed."),
        Expression("text", str, "The event in words.", _text),
        Expression("clause", str, "The clause behind it.", _clause),
        One("group", Group, "group_id", "The leading group."),
        column("noun", str, "The noun of the matter."),
        Matter("matter", "The matter; null when the viewer may not see it.", "noun", "object_id"),
        column("created_at", datetime, "When."),
        column("read_at", optional(datetime), "When it was read."),
    ),
)
