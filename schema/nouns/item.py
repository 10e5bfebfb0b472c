"""Agenda items (A3.4). Positions are numbered for each viewer without gaps (A4.4)."""

from datetime import datetime
from typing import Any

from app.models.matters import Decision, Item, Meeting, Motion, Statement
from schema.context import Info
from schema.declare import Computed, Many, Noun, One, column, optional
from schema.matters import matter_fields
from schema.reading import many


async def _number(root: Any, info: Info) -> int | None:
    """A gap in the numbers would tell that something stands there which one may not see."""
    siblings = await many(info.context, Item, "meeting_id", root.meeting_id, "position")
    shown = [row.id for row in siblings if row.state != "removed"]
    return shown.index(root.id) + 1 if root.id in shown else None


NOUN = Noun(
    Item,
    "AgendaItem",
    "One place on an agenda.",
    matter="item",
    fields=(
        One("meeting", Meeting, "meeting_id", "The meeting."),
        One("motion", Motion, "motion_id", "The motion to be deliberated."),
        Computed(
            "number",
            optional(int),
            "Its number on the agenda that the asker sees; null when it was removed.",
            _number,
            ("meeting_id", "state"),
        ),
        column("papers_delivered_at", optional(datetime), "When leader and deputies got the papers (A3.4)."),
        column("papers_waived", bool, "Whether the leader waived papers in advance."),
        Many("statements", Statement, "item_id", "What units said (A4.3)."),
        Many("decisions", Decision, "item_id", "What was decided: one record at most."),
        *matter_fields("item"),
    ),
)
