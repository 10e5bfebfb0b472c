"""Who was delivered which papers, and has read them (A4.2): for the office and the leadership; for others their own."""

from datetime import datetime
from typing import Any

from app.models.matters import Item, Meeting
from app.models.papers import ItemPaper, PaperReceipt
from app.models.people import Person
from app.queries.planner.given import Terms
from app.queries.visibility import Table
from app.queries.waiting import holder_name
from schema.declare import Expression, Noun, One, column, optional


def _holder(terms: Terms, table: Table) -> Any:
    return holder_name(terms, table.c.holder)


NOUN = Noun(
    PaperReceipt,
    "PaperReceipt",
    "One addressee's receipt for one version of an item's papers (A4.2).",
    fields=(
        One("meeting", Meeting, "meeting_id", "The meeting."),
        One("item", Item, "item_id", "The item."),
        One("papers", ItemPaper, "paper_id", "The version of its papers."),
        Expression("holder", str, "Who owes it: a person, an office or a unit.", _holder),
        column("delivered_at", datetime, "When they were delivered."),
        column("read_at", optional(datetime), "When they were read; null while they were not."),
        One("read_by", Person, "read_by", "Who read them."),
        One("entered_by", Person, "entered_by", "The clerk who entered the receipt from paper (C20)."),
        column("ended_at", optional(datetime), "Since when it is asked for no more, without having been given."),
        column("outcome", str, "Why it ended: superseded or recused; empty otherwise."),
    ),
)
