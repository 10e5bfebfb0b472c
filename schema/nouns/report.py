"""Reports on directives (C3)."""

from datetime import date, datetime

from app.models.outcome import Directive, Report
from app.models.people import Person
from schema.declare import Noun, One, column, optional

NOUN = Noun(
    Report,
    "Report",
    "A progress or completion report on a directive (C3).",
    fields=(
        One("directive", Directive, "directive_id", "The directive."),
        column("kind", str, "progress or completion."),
        column("text", str, "What was reported."),
        One("reporter", Person, "reporter_id", "Who reported."),
        column("evidence", str, "What proves it: names of papers, numbers, where they lie."),
        column("nothing_new", bool, "Whether it says no more than that nothing is new."),
        column("due_on", optional(date), "Of a periodic report the date it answers."),
        column("reported_at", datetime, "When."),
    ),
)
