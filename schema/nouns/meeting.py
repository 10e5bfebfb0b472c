"""Meetings of the group (A2, A3.1)."""

from datetime import datetime

from app.models.matters import Attendance, Decision, Item, Meeting
from app.models.outcome import Document
from app.models.people import Person
from app.rules.categories import FORM_NAMES
from schema.declare import Label, Many, Noun, One, column, optional
from schema.enums import Form as MeetingForm
from schema.matters import matter_fields

NOUN = Noun(
    Meeting,
    "Meeting",
    "A plenary or a leaders' meeting (A1.1).",
    matter="meeting",
    fields=(
        column("title", str, "What it is called."),
        column("form", MeetingForm, "Its form."),
        Label("form_label", "The form's name.", "form", FORM_NAMES),
        column("starts_at", datetime, "When it begins."),
        column("ends_at", datetime, "When it is meant to end."),
        column("place", str, "Where it takes place."),
        One("presider", Person, "presider_id", "Who presides (A2.2)."),
        column("opened_at", optional(datetime), "When it was opened."),
        column("closed_at", optional(datetime), "When it was closed."),
        Many("items", Item, "meeting_id", "The agenda, as far as the asker may see it.", "position"),
        Many("attendances", Attendance, "meeting_id", "The units that were called (A4.1)."),
        Many("decisions", Decision, "meeting_id", "What it decided."),
        Many("documents", Document, "meeting_id", "The documents that put its decisions into force."),
        *matter_fields("meeting"),
    ),
)
