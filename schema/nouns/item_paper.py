"""The papers of an agenda item, version by version, and their receipts (A3.4, A4.2)."""

from datetime import datetime

from app.models.matters import Item
from app.models.papers import Attachment, ItemPaper
from app.models.people import Person
from schema.declare import Computed, Listed, Noun, One, column, optional
from schema.nouns.text_version import TextCell, TextChange, cells_of, changes_of

NOUN = Noun(
    ItemPaper,
    "ItemPapers",
    "The papers of one agenda item as they were delivered (A3.4, A4.2).",
    fields=(
        One("item", Item, "item_id", "The item."),
        column("number", int, "Which version it is, from 1."),
        column("content_hash", str, "SHA-256 of the texts."),
        Computed("texts", list[TextCell], "What there is to read, field by field.", cells_of, ("cells",)),
        Computed(
            "changes", list[TextChange], "How the next version differs from it; empty for the present one.", changes_of,
            ("changes",),
        ),
        Listed("files", Attachment, "files", "The files that belong to it."),
        One("made_by", Person, "made_by", "Who delivered it first."),
        column("made_at", datetime, "When."),
        column("until", optional(datetime), "Until when it was the present version; null while it is."),
    ),
)  # fmt: skip
