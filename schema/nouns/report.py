"""Reports on directives (C3)."""

from datetime import datetime

from app.models.outcome import Directive, Report
from app.models.people import Person
from schema.declare import Noun, One, column

NOUN = Noun(
    Report,
    "Report",
    "A progress or completion report on a directive (C3).",
    fields=(
        One("directive", Directive, "directive_id", "The directive."),
        column("kind", str, "progress or completion."),
        column("text", str, "What was reported."),
        One("reporter", Person, "reporter_id", "Who reported."),
        column("reported_at", datetime, "When."),
    ),
)
