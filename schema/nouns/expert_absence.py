"""When an expert cannot be called (A3.7)."""

from datetime import date

from app.models.experts import ExpertAbsence
from schema.declare import Noun, column

NOUN = Noun(
    ExpertAbsence,
    "ExpertAbsence",
    "A period in which an expert cannot be called.",
    fields=(
        column("starts_on", date, "The first day."),
        column("ends_on", date, "The last day."),
        column("note", str, "What there is to say about it."),
    ),
)
