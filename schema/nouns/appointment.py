"""Appointments (C5)."""

from datetime import date
from typing import Any

from sqlalchemy import and_, or_

from app.models.people import Appointment, Group, Person, Unit
from app.queries.planner.given import TODAY, Terms
from app.queries.visibility import Table
from app.rules.roles import ROLE_NAMES
from schema.declare import Expression, Label, Listed, Noun, One, column, optional
from schema.enums import RoleName


def _in_force(terms: Terms, table: Table) -> Any:
    return and_(table.c.starts_on <= TODAY, or_(table.c.ends_on.is_(None), table.c.ends_on >= TODAY))


NOUN = Noun(
    Appointment,
    "Appointment",
    "Who holds which role, of which unit, from when to when (C5).",
    fields=(
        One("person", Person, "person_id", "Who holds it."),
        One("group", Group, "group_id", "In which leading group."),
        One("unit", Unit, "unit_id", "Of which unit or department; null for the leadership."),
        column("role", RoleName, "The role."),
        Label("role_label", "The role in words.", "role", ROLE_NAMES),
        column("post", str, "The post as people name it."),
        column("starts_on", date, "Its first day."),
        column("ends_on", optional(date), "Its last day; null while it runs."),
        Expression("in_force", bool, "Whether it holds today.", _in_force),
        Listed("in_charge_of", Unit, "in_charge_of", "The departments that an office deputy director is in charge of."),
    ),
)
