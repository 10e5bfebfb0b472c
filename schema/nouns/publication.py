"""Publications: what anybody may read (C10)."""

from datetime import date, datetime

from app.models.matters import Motion
from app.models.outcome import Document, Publication
from schema.declare import Noun, One, column, optional
from schema.matters import matter_fields

NOUN = Noun(
    Publication,
    "Publication",
    "The public text of a decided matter, kept apart from the internal one (C10).",
    matter="publication",
    fields=(
        column("title", str, "The public title."),
        column("text", str, "The public text."),
        column("due_on", date, "Until when it should be public."),
        column("published_at", optional(datetime), "When it was published."),
        column("ground", str, "The ground on which it is withheld; empty where it is not."),
        One("motion", Motion, "motion_id", "The motion; null for whoever has no part in it."),
        One("document", Document, "document_id", "The document; null for whoever has no part in it."),
        *matter_fields("publication"),
    ),
)
