"""Notifications: a person's inbox (C9)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy import String, func

from app.models.people import Group
from app.models.records import Notification
from app.queries.planner.given import Terms
from app.queries.visibility import Table
from schema.context import Info
from schema.declare import Computed, Expression, Matter, Noun, One, column, listed, optional
from schema.ids import pack


def _said(table: Table, name: str) -> Any:
    return func.nullif(table.c.payload[name].as_string(), "")


def _text(terms: Terms, table: Table) -> Any:
    return func.coalesce(_said(table, terms.language), _said(table, "zh"), table.c.event, type_=String())


def _clause(terms: Terms, table: Table) -> Any:
    return func.coalesce(_said(table, "clause"), "", type_=String())


@strawberry.type(
    description="What a reminder is of (C2): what is asked, by which clause, until when, and where it stands."
)
class Reminded:
    task_id: strawberry.ID = strawberry.field(description="The task.")
    kind: str = strawberry.field(description="What is asked.")
    clause: str = strawberry.field(description="The clause that asks it.")
    due_on: date = strawberry.field(description="Until when it is asked.")
    text: str = strawberry.field(description="How late it is, or how soon due.")
    page: str = strawberry.field(description="The address of its page, below the installation's own.")


def _reminded(root: Any, info: Info) -> list[Any]:
    given = root.payload
    carried = given.get("items") or ([given] if "task_id" in given else [])
    return [
        Reminded(
            task_id=strawberry.ID(pack("Task", UUID(each["task_id"]))),
            kind=info.context.say(each["kind_zh"], each["kind_en"]),
            clause=each.get("task_clause", ""),
            due_on=date.fromisoformat(each["due_on"]),
            text=info.context.say(each["zh"], each["en"]),
            page=f"/admin/tasks/{each['task_id']}",
        )
        for each in carried
    ]


NOUN = Noun(
    Notification,
    "Notification",
    "A line in the viewer's inbox (C9).",
    fields=(
        column("event", str, "What happened, such as motion.endorsed."),
        Expression("text", str, "The event in words.", _text),
        Expression("clause", str, "The clause behind it.", _clause),
        Computed("reminded", listed(Reminded), "The tasks it reminds of, if any (C2).", _reminded, ("payload",)),
        One("group", Group, "group_id", "The leading group."),
        column("noun", str, "The noun of the matter."),
        Matter("matter", "The matter; null when the viewer may not see it.", "noun", "object_id"),
        column("created_at", datetime, "When."),
        column("read_at", optional(datetime), "When it was read."),
    ),
)
