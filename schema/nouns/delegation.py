"""Delegations (C4)."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_

from app.models.people import Delegation, Group, Person
from app.queries.planner.given import NOW, Terms
from app.queries.visibility import Table
from schema.declare import Expression, Matter, Noun, One, column, optional
from schema.enums import RoleName


def _in_force(terms: Terms, table: Table) -> Any:
    return and_(table.c.withdrawn_at.is_(None), table.c.starts_at <= NOW, table.c.ends_at > NOW)


NOUN = Noun(
    Delegation,
    "Delegation",
    "A power of an office-holder, lent to a person for a time or for one matter (C4).",
    fields=(
        One("group", Group, "group_id", "The leading group."),
        One("principal", Person, "principal_id", "Whose power it is."),
        One("delegate", Person, "delegate_id", "To whom it is lent."),
        column("role", RoleName, "The role whose power it is."),
        column("permission", str, "The power, such as motion:review."),
        Matter("matter", "The one matter it is for; null when it is for a time.", "permission", "matter_id"),
        column("starts_at", datetime, "When it begins."),
        column("ends_at", datetime, "When it ends by itself."),
        column("reason", str, "Why it was lent."),
        column("withdrawn_at", optional(datetime), "When it was withdrawn."),
        Expression("in_force", bool, "Whether it holds now.", _in_force),
    ),
)
