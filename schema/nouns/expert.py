"""The expert pool (A3.7)."""

from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from app.core import lists
from app.models.experts import Expert, ExpertAbsence
from app.models.panels import Panel, PanelMember
from app.models.people import Person, Unit
from app.queries.planner.given import TODAY, Terms
from app.queries.visibility import Table, table_of
from app.rules.panel import AT_WORK
from schema.context import Info
from schema.declare import Computed, Expression, Many, Noun, One, column


def _fields(root: Any, info: Info) -> list[str]:
    return list(lists.split(root.fields))


def _avoids(root: Any, info: Info) -> list[str]:
    return list(lists.split(root.avoids))


def _in_term(terms: Terms, table: Table) -> Any:
    return and_(table.c.starts_on <= TODAY, table.c.ends_on >= TODAY)


def _load(terms: Terms, table: Table) -> Any:
    """Panels to which he was called, in any group; without cancelled ones and those he left."""
    member, panel = table_of(PanelMember).alias(), table_of(Panel).alias()
    called = member.c.state.in_(AT_WORK) & (panel.c.state != "cancelled")
    joined = member.join(panel, panel.c.id == member.c.panel_id)
    found = select(func.count()).select_from(joined).where((member.c.expert_id == table.c.id) & called)
    return found.correlate(table).scalar_subquery()


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
        Expression("load", int, "How many panels he was called to.", _load),
        Many("seats", PanelMember, "expert_id", "His places on panels, as far as the asker may see them."),
        Many("absences", ExpertAbsence, "expert_id", "Periods in which he cannot be called.", "starts_on"),
    ),
)  # fmt: skip
