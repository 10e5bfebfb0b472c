"""People. Phone and mail are for oneself, the office's handlers and the system administrator."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import case

from app.models.people import Appointment, Person
from app.queries.planner.given import Terms
from app.queries.visibility import Table
from app.rules.roles import HANDLERS, Role
from schema.declare import Expression, Many, Noun, column, optional

_MAY = HANDLERS | {Role.SYSTEM_ADMIN}


def _address(name: str) -> Callable[[Terms, Table], Any]:
    def reachable(terms: Terms, table: Table) -> Any:
        if terms.asker.actor.all_roles & _MAY:
            return table.c[name]
        return case((table.c.id == terms.asker.me(), table.c[name]))

    return reachable


NOUN = Noun(
    Person,
    "Person",
    "Somebody who holds or held a post.",
    fields=(
        column("name", str, "The name."),
        column("active", bool, "Whether the person can sign in."),
        Expression(
            "phone", optional(str), "The phone number; null for who has no business with it.", _address("phone")
        ),
        Expression("mail", optional(str), "The mail address; null for who has no business with it.", _address("mail")),
        Many("appointments", Appointment, "person_id", "The posts, past ones too (C5)."),
    ),
)
