"""Minutes as sent to one addressee (B2.6, A4.4)."""

from datetime import datetime
from typing import Any

from app.models.matters import Meeting
from app.models.minutes import Extract
from app.models.people import Person, Unit
from app.queries.official_papers import paper_url
from schema.declare import Computed, Noun, One, column, optional
from schema.matters import matter_fields


def _paper_url(root: Any) -> str:
    return paper_url("extract", root.id)


NOUN = Noun(
    Extract,
    "MinutesExtract",
    "What one addressee was sent of a meeting's minutes: the items he may see, numbered without gaps (A4.4, B2.6).",
    matter="extract",
    fields=(
        One("meeting", Meeting, "meeting_id", "The meeting."),
        One("unit", Unit, "unit_id", "The unit or department to which they were sent; null where it is a person."),
        One("person", Person, "person_id", "The person to whom they were sent; null where it is a unit."),
        column("capacity", str, "As what the addressee attended, or presider."),
        column("title", str, "The title of the minutes."),
        column("number", str, "Their number with 〔year〕."),
        column("body", str, "The text, as far as it was sent."),
        column("content_hash", str, "SHA-256 of title, number and text."),
        Computed(
            "paper_url",
            str,
            "Where it is taken as DOCX in the layout of GB/T 9704 (C8), by cookie or bearer token.",
            _paper_url,
            ("id",),
        ),
        column("received_at", optional(datetime), "When receipt was confirmed."),
        *matter_fields("extract"),
    ),
)
