"""More time asked for a directive (C3)."""

from datetime import date, datetime

from app.models.outcome import Directive, DirectiveExtension
from app.models.people import Person
from schema.declare import Noun, One, column, optional

NOUN = Noun(
    DirectiveExtension,
    "DirectiveExtension",
    "More time that was asked for, granted or refused; the old date stays visible (C3).",
    fields=(
        One("directive", Directive, "directive_id", "The directive."),
        column("due_before", date, "The date that held until then."),
        column("due_asked", date, "The date asked for."),
        column("reason", str, "Why more time was asked for."),
        One("asked_by", Person, "asked_by", "Who asked."),
        column("asked_at", datetime, "When it was asked for."),
        column("granted", optional(bool), "Whether it was granted; null while it is pending."),
        column("answer", str, "Why it was refused."),
        One("answered_by", Person, "answered_by", "Who decided."),
        column("answered_at", optional(datetime), "When it was decided."),
    ),
)
