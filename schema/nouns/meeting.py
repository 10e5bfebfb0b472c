"""Meetings of the group (A2, A3.1)."""

from datetime import datetime
from typing import Any

import strawberry

from app.models.matters import Attendance, Decision, Item, Meeting
from app.models.minutes import Extract, RecordCorrection
from app.models.office import AddedForm
from app.models.outcome import Document
from app.models.papers import PaperReceipt
from app.models.people import Person, Unit
from app.queries.warnings import warnings_of
from app.rules.forms import NAMES
from app.rules.roles import HANDLERS
from schema.context import Info
from schema.declare import Computed, Label, Many, Noun, One, column, listed, optional
from schema.enums import Form as MeetingForm
from schema.matters import matter_fields


@strawberry.type(description="Something to consider of a meeting's date (A3.1).")
class MeetingWarning:
    code: str = strawberry.field(description="day_off, short_notice or twice.")
    message: str = strawberry.field(description="A sentence for people.")
    clause: str = strawberry.field(description="The clause behind it.")


async def _warnings(root: Any, info: Info) -> list[MeetingWarning]:
    view, calendar = await info.context.view(), await info.context.calendar()
    async with info.context.db.read() as session:
        found = await warnings_of(session, view, root, calendar)
    return [MeetingWarning(code=row.code, message=info.context.say(row.zh, row.en), clause=row.clause) for row in found]


async def _code(root: Any, info: Info) -> str | None:
    actor = (await info.context.view()).actor
    shown = actor.person_id == root.presider_id or bool(actor.roles_in(root.group_id) & HANDLERS)
    return (root.sign_in_code or None) if shown and actor.person_id else None


NOUN = Noun(
    Meeting,
    "Meeting",
    "A meeting of the group or of its office (A1.1, B2.3).",
    matter="meeting",
    fields=(
        column("title", str, "What it is called."),
        column("form", MeetingForm, "Its form."),
        Label("form_label", "The form's name; of an added one its name stands there.", "form", NAMES),
        One("added_form", AddedForm, "added_form_id", "The form that the director added, where it has one (B2.3)."),
        One("organizer", Unit, "organizer_id", "The department that organizes it; null for the office as such (B2.5)."),
        column("year", optional(int), "The year in which it was held."),
        column("number", optional(int), "Which meeting of its form it was in that year; null until it is opened."),
        column("starts_at", datetime, "When it begins."),
        column("ends_at", datetime, "When it is meant to end."),
        column("place", str, "Where it takes place."),
        One("presider", Person, "presider_id", "Who presides (A2.2)."),
        Computed(
            "warnings",
            listed(MeetingWarning),
            "What to consider of its date; nothing of it is refused (A3.1).",
            _warnings,
            ("id", "group_id", "state", "form", "starts_at", "ends_at", "presider_id"),
        ),
        Computed(
            "sign_in_code",
            optional(str),
            "The number to sign in with; for the office and the presider alone.",
            _code,
            ("sign_in_code", "group_id", "presider_id"),
        ),
        column("opened_at", optional(datetime), "When it was opened."),
        column("closed_at", optional(datetime), "When it was closed."),
        Many("items", Item, "meeting_id", "The agenda, as far as the asker may see it.", "position"),
        Many("attendances", Attendance, "meeting_id", "Who was called (A4.1)."),
        Many("paper_receipts", PaperReceipt, "meeting_id", "Who has read which papers, and who has not (A4.2)."),
        Many("decisions", Decision, "meeting_id", "What it decided."),
        Many("documents", Document, "meeting_id", "The documents of its decisions, and its minutes."),
        Many("record_corrections", RecordCorrection, "meeting_id", "Corrections of its record since it closed (A4.3)."),
        Many("extracts", Extract, "meeting_id", "What was sent of its minutes, to the asker or by the office (B2.6)."),
        *matter_fields("meeting"),
    ),
)
