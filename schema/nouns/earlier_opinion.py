"""What a unit had said before it was asked again on a changed text (C16)."""

from datetime import date, datetime
from typing import Any

from app.models.matters import EarlierOpinion
from app.models.texts import TextVersion
from app.rules.positions import POSITIONS
from schema.context import Info
from schema.declare import Computed, Noun, One, column
from schema.enums import Position


def _label(root: Any, info: Info) -> str:
    return info.context.say(*POSITIONS[root.position])


NOUN = Noun(
    EarlierOpinion,
    "EarlierOpinion",
    "What a unit had said before it was asked again (C16).",
    fields=(
        column("position", Position, "What the unit said."),
        Computed("position_label", str, "The position in words.", _label, ("position",)),
        column("text", str, "Its words."),
        column("due_on", date, "Until when it had been awaited."),
        column("late", bool, "Whether it came late."),
        column("answered_at", datetime, "When it was given."),
        column("response", str, "The office's answer to it."),
        column("asked_again_at", datetime, "When the unit was asked again."),
        One("text_version", TextVersion, "text_version_id", "The text on which it was given."),
    ),
)
