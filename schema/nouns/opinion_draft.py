"""Drafts of opinions inside a unit (A3.3)."""

from datetime import datetime
from typing import Any

from app.models.matters import Opinion
from app.models.people import Person
from app.models.review import OpinionDraft
from app.rules.positions import POSITIONS
from schema.context import Info
from schema.declare import Computed, Noun, One, Translated, column, optional
from schema.enums import Position
from schema.nouns.opinion_amendment import ProposedAmendment

ANSWERS = {name: name for name in POSITIONS}


def _amendments(root: Any, info: Info) -> list[ProposedAmendment]:
    return [ProposedAmendment(**each) for each in root.amendments]


NOUN = Noun(
    OpinionDraft,
    "OpinionDraft",
    "What a unit is writing before its head releases it; nobody outside the unit sees it (A3.3).",
    fields=(
        One("opinion", Opinion, "opinion_id", "What the unit was asked."),
        Translated(
            "position", optional(Position), "What it would say; null while nothing is chosen.", "position", ANSWERS
        ),
        column("text", str, "Its words."),
        Computed("amendments", list[ProposedAmendment], "What it would change.", _amendments, ("amendments",)),
        One("author", Person, "author_id", "Who wrote it last."),
        column("saved_at", datetime, "When it was written."),
    ),
)
