"""Editorial corrections of documents (A3.5)."""

from datetime import datetime

from app.models.outcome import Correction, Document
from app.models.people import Person
from schema.declare import Noun, One, column, optional

NOUN = Noun(
    Correction,
    "Correction",
    "An editorial correction: confirmed by a second reader, it keeps the signatures (A3.5).",
    fields=(
        One("document", Document, "document_id", "The document."),
        column("title", str, "The corrected title."),
        column("body", str, "The corrected text."),
        column("before_hash", str, "The hash of the content before."),
        column("after_hash", str, "The hash of the content after; empty until it is confirmed."),
        One("proposer", Person, "proposed_by", "Who proposed it."),
        column("proposed_at", datetime, "When it was proposed."),
        One("second_reader", Person, "confirmed_by", "Who confirmed that it changes no substance."),
        column("confirmed_at", optional(datetime), "When it was confirmed."),
        column("dropped_at", optional(datetime), "When it was dropped; the text then stays as signed."),
    ),
)
