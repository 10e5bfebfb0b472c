"""Decision documents (A3.5)."""

from datetime import date, datetime

from app.models.matters import Decision, Meeting
from app.models.outcome import Correction, Document, DocumentDecision, Publication
from app.models.people import Unit
from app.models.texts import TextVersion
from schema.declare import Across, Many, Noun, One, column, optional
from schema.matters import matter_fields

NOUN = Noun(
    Document,
    "Document",
    "An official document, bound to its signatures by the hash of its content (A3.5).",
    matter="document",
    fields=(
        column("kind", str, "Its kind, such as 通知."),
        column("title", str, "Its title."),
        column("addressee", str, "To whom it goes."),
        column("body", str, "Its text."),
        column("content_hash", str, "SHA-256 of kind, title, addressee and text."),
        column("number", str, "Its number with 〔year〕; empty until it is registered."),
        column("dated_on", optional(date), "Its date."),
        column("issued_at", optional(datetime), "When it was issued."),
        column("reports_results", bool, "Whether it reports the results of directives to the group (A3.6)."),
        One("meeting", Meeting, "meeting_id", "The meeting whose decisions it carries."),
        One("department", Unit, "department_id", "The department that drafted it."),
        Across("decisions", Decision, DocumentDecision, "document_id", "decision_id", "Decisions it puts in force."),
        Many("corrections", Correction, "document_id", "Its editorial corrections, oldest first."),
        Many("text_versions", TextVersion, "object_id", "Its texts, the oldest first (C16).", "number"),
        Many("publications", Publication, "document_id", "Its public text: one at most (C10)."),
        *matter_fields("document"),
    ),
)
