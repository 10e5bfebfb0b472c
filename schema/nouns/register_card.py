"""Register cards: what stands in the place of a state secret (A4.4)."""

from datetime import datetime

from app.core.secrecy import LEVELS
from app.models.papers import RegisterCard
from app.models.people import Person
from schema.declare import Label, Matter, Noun, One, column

NAMES = {name: (row[0], row[1]) for name, row in LEVELS.items()}

NOUN = Noun(
    RegisterCard,
    "RegisterCard",
    "All that is held of a state secret: number, level and term, keeper, place (A4.4).",
    fields=(
        Matter("matter", "The matter whose chain of papers it completes.", "noun", "object_id"),
        column("number", str, "The paper's number."),
        column("level", str, "secret or confidential."),
        Label("level_label", "The level's name.", "level", NAMES),
        column("years", int, "For how many years."),
        column("keeper", str, "Who keeps it."),
        column("place", str, "Where it lies."),
        One("entered_by", Person, "entered_by", "Who entered the card."),
        column("entered_at", datetime, "When."),
    ),
)
