"""The consolidated opinion, version by version (A3.3)."""

from datetime import datetime
from typing import Any

import strawberry

from app.core.labels import STANDINGS
from app.models.matters import Motion
from app.models.people import Person
from app.models.review import ReviewSheet
from app.rules.positions import POSITIONS
from schema.context import Info
from schema.declare import Computed, Noun, One, column, optional
from schema.enums import Position, Standing
from schema.nouns.opinion_amendment import ProposedAmendment
from schema.nouns.text_version import freshness_fields


@strawberry.type(description="What became of a proposed amendment, as the sheet tells it.")
class SheetAmendment(ProposedAmendment):
    outcome: str = strawberry.field(description="Taken over, in part, or not; empty until said.")
    outcome_reason: str = strawberry.field(description="Why not in full.")


@strawberry.type(description="One unit's line on the sheet.")
class SheetPosition:
    unit: str = strawberry.field(description="The unit.")
    standing: Standing = strawberry.field(description="The standing of its request when the sheet was made.")
    standing_label: str = strawberry.field(description="The standing in words.")
    position: Position | None = strawberry.field(description="What it said; null where it said nothing.")
    position_label: str = strawberry.field(description="The position in words.")
    text: str = strawberry.field(description="Its words.")
    response: str = strawberry.field(description="The office's answer.")
    waived: str = strawberry.field(description="Why it was not asked; empty where it was.")
    stale: bool = strawberry.field(description="Whether it judged an earlier text.")
    silence_counts: bool = strawberry.field(description="Whether its silence counts as no remark.")
    amendments: list[SheetAmendment] = strawberry.field(description="What it wanted changed, and what became of that.")


def _line(info: Info, each: dict[str, Any]) -> SheetPosition:
    names = POSITIONS.get(each["position"])
    return SheetPosition(
        unit=each["unit"], standing=each["standing"], standing_label=info.context.say(*STANDINGS[each["standing"]]),
        position=each["position"] or None, position_label=info.context.say(*names) if names else "",
        text=each["text"], response=each["response"], waived=each["waived"], stale=each["stale"],
        silence_counts=each["silence_counts"], amendments=[SheetAmendment(**row) for row in each["amendments"]],
    )  # fmt: skip


def _positions(root: Any, info: Info) -> list[SheetPosition]:
    return [_line(info, each) for each in root.positions]


NOUN = Noun(
    ReviewSheet,
    "ReviewSheet",
    "One version of the consolidated preliminary opinion (A3.3).",
    fields=(
        One("motion", Motion, "motion_id", "The motion."),
        column("number", int, "Which version it is, from 1."),
        column("text", str, "The office's words."),
        Computed(
            "positions", list[SheetPosition], "Each unit's position when it was made.", _positions, ("positions",)
        ),
        One("made_by", Person, "made_by", "Who made this version."),
        column("made_at", datetime, "When."),
        One("released_by", Person, "released_by", "Who released it; null while it is a draft."),
        column("released_at", optional(datetime), "When it was released."),
        *freshness_fields("the sheet"),
    ),
)
