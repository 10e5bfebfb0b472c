"""Agenda items (A3.4). Positions are numbered for each viewer without gaps (A4.4)."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from app.models.matters import Decision, Item, Meeting, Motion, Recusal, Statement
from app.models.office import Topic
from app.models.panels import Panel
from app.models.papers import ItemPaper
from app.queries.planner.given import Terms
from app.queries.visibility import Table
from schema.declare import Expression, Many, Noun, One, column, optional
from schema.enums import AgendaKind
from schema.matters import matter_fields


def _number(terms: Terms, table: Table) -> Any:
    """How many stand before it that the asker may see: a gap in the numbers would tell of something hidden."""
    below = terms.deeper()
    other = below.table(Item)
    before = or_(
        other.c.position < table.c.position, and_(other.c.position == table.c.position, other.c.id <= table.c.id)
    )
    shown = and_(other.c.meeting_id == table.c.meeting_id, other.c.state != "removed", before, below.seen(Item))
    counted = select(func.count()).select_from(other).where(shown).correlate_except(other)
    return case((table.c.state != "removed", counted.scalar_subquery()))


def _number_in_list(table: Table) -> Any:
    """The same in a list of all that the asker may see."""
    shown = func.count().filter(table.c.state != "removed").over(order_by=(table.c.position, table.c.id))
    return case((table.c.state != "removed", shown))


NOUN = Noun(
    Item,
    "AgendaItem",
    "One place on an agenda.",
    matter="item",
    fields=(
        One("meeting", Meeting, "meeting_id", "The meeting."),
        One("motion", Motion, "motion_id", "The motion to be deliberated; null where it is a topic."),
        One("panel", Panel, "panel_id", "The panel that sits; its motion is that which it judges (B2.3)."),
        One("topic", Topic, "topic_id", "The topic of an office meeting (B2.4)."),
        Expression(
            "number",
            optional(int),
            "Its number on the agenda that the asker sees; null when it was removed.",
            _number,
            ("meeting_id", _number_in_list),
        ),
        column("kind", AgendaKind, "Whether it is a matter, the state of open directives, or was raised on the spot."),
        column("title", str, "What was raised on the spot, or the state of directives; empty for a matter."),
        column("text", str, "What was said of it, or how the directives stood when the meeting opened (C18)."),
        column("minutes", int, "How many minutes it is given."),
        column("expected_at", optional(datetime), "When it is expected to come up; null until the agenda is timed."),
        column("rapporteur", str, "Who reports on it."),
        One("under", Item, "under_id", "The item with which it is taken together; each is decided apart."),
        column("papers_delivered_at", optional(datetime), "When leader and deputies got the papers (A3.4)."),
        column("papers_waived", bool, "Whether the leader waived papers in advance."),
        Many("papers", ItemPaper, "item_id", "Its papers, every version that the asker may see (A4.2)."),
        Many("recusals", Recusal, "item_id", "Who stood aside from it (A4.4)."),
        Many("statements", Statement, "item_id", "What units said (A4.3)."),
        Many("decisions", Decision, "item_id", "What was decided: one record at most."),
        *matter_fields("item"),
    ),
)
