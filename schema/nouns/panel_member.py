"""Members of expert panels and their views (A3.7, C16)."""

from datetime import date, datetime
from typing import Any

from app.models.experts import Expert
from app.models.panels import Panel, PanelDraw, PanelMember
from app.models.people import Person
from app.queries.planner.given import Terms
from app.queries.visibility import Table
from app.rules.panel import CONFLICTS, IN_FORCE, VIEWS
from schema.declare import Expression, Label, Noun, One, Translated, column, optional
from schema.enums import ConflictKind, ExpertPosition
from schema.matters import matter_fields
from schema.nouns.text_version import freshness_fields

POSITIONS = {name: name for name in VIEWS}
KINDS = {name: name for name in CONFLICTS}


def _counts(terms: Terms, table: Table) -> Any:
    return table.c.state.in_(IN_FORCE)


NOUN = Noun(
    PanelMember,
    "PanelMember",
    "An expert on a panel, and his own signed view (A3.7).",
    matter="panel_member",
    fields=(
        One("panel", Panel, "panel_id", "The panel."),
        One("expert", Expert, "expert_id", "His entry in the pool, for who may see the pool."),
        One("person", Person, "person_id", "Who it is."),
        One("draw", PanelDraw, "draw_id", "The draw that chose him; null where he was named."),
        column("reason", str, "Why he was named; empty where he was drawn."),
        column("read_by", date, "Until when his receipt of the papers is awaited."),
        column("due_on", date, "Until when his view is awaited."),
        column("received_at", optional(datetime), "When he received the papers."),
        Translated("position", optional(ExpertPosition), "What he says; null until then.", "position", POSITIONS),
        Label("position_label", "The position in words.", "position", VIEWS, other=""),
        column("score", optional(int), "His score, 0 to 100."),
        column("view", str, "His reasons."),
        column("given_at", optional(datetime), "When he gave his view."),
        *freshness_fields("his view"),
        Expression("counts", bool, "Whether he counts: neither kept out nor released.", _counts),
        Translated("conflict", optional(ConflictKind), "Why he is kept out.", "conflict", KINDS),
        Label("conflict_label", "The conflict in words.", "conflict", CONFLICTS, other=""),
        column("conflict_note", str, "What was said about the conflict."),
        column("excluded_at", optional(datetime), "When the conflict was recorded."),
        *matter_fields("panel_member"),
    ),
)  # fmt: skip
