"""Opinions of units in preliminary review (A3.3)."""

from datetime import date, datetime

from app.models.matters import EarlierOpinion, Motion, Opinion
from app.models.people import Unit
from app.services.opinions import POSITIONS
from schema.declare import Label, Many, Noun, One, Translated, column, optional
from schema.enums import Position
from schema.matters import matter_fields
from schema.nouns.text_version import freshness_fields

ANSWERS = {name: name for name in POSITIONS}


NOUN = Noun(
    Opinion,
    "Opinion",
    "What one unit is asked about one motion, and what it answered (A3.3).",
    matter="opinion",
    fields=(
        One("motion", Motion, "motion_id", "The motion it is about."),
        One("unit", Unit, "unit_id", "The unit that is asked."),
        column("due_on", date, "Until when it is awaited."),
        column("first_due_on", date, "The date first set; an extension leaves it."),
        column("mandatory", bool, "Whether the category always asks this unit (A1.3)."),
        column("extended", bool, "Whether more time was asked for."),
        Translated("position", optional(Position), "What the unit says; null until then.", "position", ANSWERS),
        Label("position_label", "The position in words.", "position", POSITIONS, other=""),
        column("text", str, "The unit's words."),
        column("answered_at", optional(datetime), "When it answered."),
        column("response", str, "The office's answer to a disagreement."),
        Many(
            "earlier",
            EarlierOpinion,
            "opinion_id",
            "What it had said before it was asked again (C16).",
            "asked_again_at",
        ),
        *freshness_fields("the opinion"),
        *matter_fields("opinion"),
    ),
)
