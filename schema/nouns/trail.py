"""The trail (C6): ids, actions, clauses and hashes, never titles or texts (C13)."""

from datetime import datetime
from typing import Any

from app.models.people import Group, Person
from app.models.records import Trail
from app.queries.planner.given import Terms
from app.queries.visibility import Table
from schema.declare import Expression, Noun, One, column, optional


def _object(terms: Terms, table: Table) -> Any:
    return table.c.object_id


NOUN = Noun(
    Trail,
    "TrailEntry",
    "One entry of the append-only history, chained by hashes; for the auditor.",
    key="seq",
    fields=(
        column("seq", int, "Its place in the chain."),
        column("at", datetime, "When."),
        One("group", Group, "group_id", "The leading group."),
        One("actor", Person, "actor_id", "Who acted; null for the system."),
        One("on_behalf_of", Person, "for_id", "For whom, or to whom a power was lent."),
        One("entered_by", Person, "entered_by", "The clerk who entered it from paper."),
        column("noun", str, "What kind of thing was acted on."),
        Expression("object_id", optional(str), "Its key.", _object),
        column("action", str, "What was done."),
        column("version", int, "The version of the thing after it."),
        column("from_state", str, "The state before."),
        column("to_state", str, "The state after."),
        column("clause", str, "Under which clause."),
        column("origin", str, "From where."),
        column("content_hash", str, "The hash of the text at that time."),
        column("previous", str, "The hash of the entry before."),
        column("hash", str, "The hash of this entry."),
    ),
)
