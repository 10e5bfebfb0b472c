"""Amendments by passage, and what the office did with them (A3.3)."""

from datetime import datetime

import strawberry

from app.models.matters import Opinion
from app.models.people import Person
from app.models.review import OpinionAmendment
from app.services.amendments import OUTCOMES
from schema.declare import Noun, One, Translated, column, optional
from schema.enums import AmendmentOutcome

NAMES = {name: name for name in OUTCOMES}


@strawberry.type(description="A passage as a unit would have it.")
class ProposedAmendment:
    passage: str = strawberry.field(description="The passage as it stands; empty: something new.")
    wording: str = strawberry.field(description="How it should read; empty: strike it out.")
    reason: str = strawberry.field(description="Why.")


NOUN = Noun(
    OpinionAmendment,
    "OpinionAmendment",
    "A passage of the motion as a unit would have it, and what became of that (A3.3).",
    fields=(
        One("opinion", Opinion, "opinion_id", "The opinion it belongs to."),
        column("number", int, "Its place among the opinion's amendments, from 1."),
        column("passage", str, "The passage as it stands in the motion; empty: something new."),
        column("wording", str, "How it should read; empty: strike it out."),
        column("reason", str, "Why."),
        Translated("outcome", optional(AmendmentOutcome), "What became of it; null until said.", "outcome", NAMES),
        column("outcome_reason", str, "Why it was not taken over in full."),
        One("settled_by", Person, "settled_by", "Who said so."),
        column("settled_at", optional(datetime), "When."),
    ),
)
