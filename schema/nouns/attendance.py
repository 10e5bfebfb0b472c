"""Units called to a meeting (A4.1)."""

from datetime import date, datetime

from app.models.matters import Attendance, Meeting
from app.models.people import Person, Unit
from schema.declare import Noun, One, column, optional
from schema.matters import matter_fields

NOUN = Noun(
    Attendance,
    "Attendance",
    "A unit, a department or a person called to a meeting (A2.4, A4.1).",
    matter="attendance",
    fields=(
        One("meeting", Meeting, "meeting_id", "The meeting."),
        One("unit", Unit, "unit_id", "The unit or department that was called; null where it is a person."),
        One("person", Person, "person_id", "The person who was called; null where it is a unit."),
        column("capacity", str, "As what: member, observer, leadership, office, department, invited or expert."),
        column("answer_by", date, "Until when the unit answers the invitation."),
        column("leave_reason", str, "Why it asked for leave."),
        column("substitute", str, "Who comes in its place."),
        column("substitute_post", str, "The substitute's post."),
        column("signed_in_at", optional(datetime), "When it signed in."),
        column("left_at", optional(datetime), "When it left before the end."),
        column("late", bool, "Whether it came after the announced time."),
        *matter_fields("attendance"),
    ),
)
