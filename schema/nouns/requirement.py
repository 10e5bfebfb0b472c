"""What a major administrative decision wants before it is discussed (国务院令第713号)."""

from datetime import date, datetime

from app.models.matters import Motion
from app.models.people import Person
from app.models.review import Requirement
from app.rules.major import REQUIREMENTS
from schema.declare import Label, Noun, One, column, optional
from schema.enums import RequirementKind

NAMES = {name: (kind.zh, kind.en) for name, kind in REQUIREMENTS.items()}

NOUN = Noun(
    Requirement,
    "Requirement",
    "What a major administrative decision wants before it is discussed (A3.3).",
    fields=(
        One("motion", Motion, "motion_id", "The motion."),
        column("kind", RequirementKind, "What is wanted."),
        Label("kind_label", "What is wanted, in words.", "kind", NAMES),
        column("starts_on", optional(date), "When it began; null while it has not."),
        column("ends_on", optional(date), "Until when its period runs; null where it has none."),
        column("shorter_reason", str, "The published reason for a shorter period; empty where it is not shorter."),
        column("reason_published_in", str, "Where that reason is published."),
        column("result", str, "What came of it."),
        column("met_on", optional(date), "When that was recorded; null while it is open."),
        One("met_by", Person, "met_by", "Who recorded it."),
        column("lifted_at", optional(datetime), "When the profile was switched off; null while it holds."),
    ),
)
