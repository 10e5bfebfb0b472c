"""Units called to a meeting (A4.1)."""

from datetime import date, datetime

from app.models.matters import Attendance, Meeting
from app.models.people import Unit
from schema.declare import Noun, One, column, optional
from schema.matters import matter_fields

NOUN = Noun(
    Attendance,
    "Attendance",
    "A unit called to a meeting, as member or as standing observer (A2.4, A4.1).",
    matter="attendance",
    fields=(
        One("meeting", Meeting, "meeting_id", "The meeting."),
        One("unit", Unit, "unit_id", "The unit that was called."),
        column("capacity", str, "member or observer."),
        column("answer_by", date, "Until when the unit answers the invitation."),
        column("leave_reason", str, "Why it asked for leave."),
        column("substitute", str, "Who comes in its place."),
        column("signed_in_at", optional(datetime), "When it signed in."),
        column("late", bool, "Whether it came after the announced time."),
        *matter_fields("attendance"),
    ),
)
