"""Documents as sent to one addressee (A4.4, B2.6, C1)."""

from datetime import datetime
from typing import Any

from app.models.matters import Meeting
from app.models.minutes import Extract
from app.models.outcome import Document
from app.models.people import Person, Unit
from app.queries.official_papers import paper_url
from schema.declare import Computed, Noun, One, column, optional
from schema.matters import matter_fields


def _paper_url(root: Any) -> str:
    return paper_url("extract", root.id)


NOUN = Noun(
    Extract,
    "SentDocument",
    "What one addressee was sent of a document, with his receipt (C1): of minutes the items he may see, numbered "
    "without gaps (A4.4, B2.6), of others the whole.",
    matter="extract",
    fields=(
        One("document", Document, "document_id", "The document; null for whom it is only sent in part."),
        One("meeting", Meeting, "meeting_id", "Of minutes, their meeting."),
        One("unit", Unit, "unit_id", "The unit or department to which it was sent; null where it is a person."),
        One("person", Person, "person_id", "The person to whom it was sent; null where it is a unit."),
        column("capacity", str, "As what the addressee was called or attended, or presider."),
        column("title", str, "The title of the document."),
        column("number", str, "Its number with 〔year〕."),
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
