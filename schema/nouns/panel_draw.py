"""Draws of experts, each of which can be redone outside (A3.7)."""

from datetime import datetime
from typing import Any

from app.models.panels import Panel, PanelDraw
from app.models.people import Person
from app.services.draws import record
from schema.context import Info
from schema.declare import Computed, Noun, One, column, optional
from schema.ids import pack


def _drawn(root: Any, info: Info) -> list[str]:
    return [pack("Expert", key) for lot in root.drawn for key in lot]


def _record(root: Any, info: Info) -> str:
    return record(root)


NOUN = Noun(
    PanelDraw,
    "PanelDraw",
    "One draw: the conditions with their hash, the seed that the system made afterwards, the result (A3.7).",
    fields=(
        One("panel", Panel, "panel_id", "The panel."),
        column("number", int, "The first draw of a panel is 1."),
        column("commitment", str, "The conditions as canonical text: pool, fields, numbers, exclusions."),
        column("commit_hash", str, "SHA-256 of that text, kept before the seed was made."),
        column("fixed_at", datetime, "When the conditions were fixed."),
        column("seed", str, "The seed, made by the system after that."),
        column("drawn_at", datetime, "When it was drawn."),
        One("drawn_by", Person, "drawn_by", "Who had it drawn."),
        Computed("drawn", list[str], "Global ids of the experts drawn, lot by lot.", _drawn, ("drawn",)),
        column("reason", str, "Why it was drawn anew; empty of the first."),
        column("superseded_at", optional(datetime), "When a new draw or new conditions took its place."),
        Computed(
            "record", str, "The draw as a JSON file, for docs/draw/redo.py to redo it outside.", _record,
            (
                "panel_id", "number", "fixed_at", "drawn_at", "reason", "commitment", "commit_hash", "seed", "drawn",
            ),
        ),
    ),
)  # fmt: skip
