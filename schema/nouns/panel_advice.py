"""Recommendations of expert panels and the office's answers (A3.7)."""

from datetime import datetime

from app.models.panels import Panel, PanelAdvice
from app.models.people import Person
from app.rules.panel import ANSWERS
from schema.declare import Label, Noun, One, Translated, column, optional
from schema.enums import AdviceAnswer

GIVEN = {name: name for name in ANSWERS}

NOUN = Noun(
    PanelAdvice,
    "PanelAdvice",
    "A recommendation of a panel, and what the office did with it (A3.7).",
    fields=(
        One("panel", Panel, "panel_id", "The panel."),
        column("number", int, "Its number."),
        column("text", str, "The recommendation."),
        Translated("answer", optional(AdviceAnswer), "What the office did; null until then.", "answer", GIVEN),
        Label("answer_label", "The answer in words.", "answer", ANSWERS, other=""),
        column("answer_text", str, "Why."),
        One("answered_by", Person, "answered_by", "Who answered."),
        column("answered_at", optional(datetime), "When it was answered."),
    ),
)
