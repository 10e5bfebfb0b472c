"""What meetings decided (C17)."""

from datetime import datetime
from decimal import Decimal

from app.models.matters import Decision, Item, Meeting, Motion
from app.models.outcome import Directive, Document, DocumentDecision
from app.models.people import Group
from app.services.decisions import KINDS
from schema.declare import Across, Label, Many, Noun, One, column, optional
from schema.enums import DecisionKind, Disclosure

NOUN = Noun(
    Decision,
    "Decision",
    "What a meeting decided on one item: made once, it stays (A4.3).",
    fields=(
        One("group", Group, "group_id", "The leading group."),
        One("item", Item, "item_id", "The item it was made on."),
        One("meeting", Meeting, "meeting_id", "The meeting that made it."),
        One("motion", Motion, "motion_id", "The motion it settles."),
        column("kind", DecisionKind, "What became of the item."),
        Label("kind_label", "The kind in words.", "kind", KINDS),
        column("text", str, "What was decided."),
        column("conditions", str, "On which conditions; empty where there are none."),
        column("presider_reason", str, "The presider's reason where positions and decision differ."),
        column("amount_approved", optional(Decimal), "The amount approved, in yuan."),
        column("disclosure", Disclosure, "Its disclosure class."),
        column("decided_at", datetime, "When."),
        Across("documents", Document, DocumentDecision, "decision_id", "document_id", "Documents putting it in force."),
        Many("directives", Directive, "decision_id", "Directives that carry it out (A3.6)."),
    ),
)
