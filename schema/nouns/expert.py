"""The expert pool (A3.7)."""

from datetime import date
from typing import Any

from sqlalchemy import and_

from app.core import lists
from app.models.experts import Expert, ExpertAbsence
from app.models.people import Person, Unit
from app.queries.planner.given import TODAY, Terms
from app.queries.visibility import Table
from schema.context import Info
from schema.declare import Computed, Expression, Many, Noun, One, column


def _fields(root: Any, info: Info) -> list[str]:
    return list(lists.split(root.fields))


def _avoids(root: Any, info: Info) -> list[str]:
    return list(lists.split(root.avoids))


def _in_term(terms: Terms, table: Table) -> Any:
    return and_(table.c.starts_on <= TODAY, table.c.ends_on >= TODAY)


NOUN = Noun(
    Expert,
    "Expert",
    "Somebody in the expert pool of the installation (A3.7); for the office and the leadership, and for himself.",
    fields=(
        One("person", Person, "person_id", "Who it is."),
        column("employer", str, "Who employs him; conflicts of interest are judged by it."),
        One("unit", Unit, "unit_id", "The employer as a unit of the installation, where it is one."),
        column("title", str, "The professional title."),
        Computed("fields", list[str], "The fields by which he can be drawn.", _fields, ("fields",)),
        Computed("avoids", list[str], "Units on whose matters he does not sit.", _avoids, ("avoids",)),
        column("starts_on", date, "The first day of the term."),
        column("ends_on", date, "The last day of the term."),
        Expression("in_term", bool, "Whether the term runs today; without that nobody is drawn.", _in_term),
        Many("absences", ExpertAbsence, "expert_id", "Periods in which he cannot be called.", "starts_on"),
    ),
)  # fmt: skip
