"""The hash of the text to which a signature or an opinion is bound (A3.5, C16)."""

import hashlib
import unicodedata
from typing import Any

FIELDS = {
    "motion": ("title", "body", "category", "project", "year", "amount_asked", "annexes"),
    "opinion": ("text_hash", "position", "text"),
    "panel": ("kind", "mode", "question", "commit_hash", "chair_id", "conclusion", "conclusion_text"),
    "panel_member": ("text_hash", "position", "score", "view"),
    "document": ("kind", "title", "addressee", "body", "annexes"),
    "extract": ("title", "number", "body"),
    "publication": ("title", "text"),
    "topic": ("title", "body", "subject", "annexes"),
    "meeting": ("title", "form", "starts_at", "place", "presider_id"),
}


def written(value: Any) -> str:
    """A value as a text holds it."""
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    if hasattr(value, "quantize"):
        return f"{value:.2f}"
    return unicodedata.normalize("NFC", str(value))


def of(row: Any) -> str:
    """SHA-256 over the fields that make the substance of this noun; empty where a noun has no text of its own."""
    fields = FIELDS.get(row.__tablename__)
    if not fields:
        return ""
    content = "\x1f".join(cells(row).values())
    return hashlib.sha256(content.encode()).hexdigest()


def cells(row: Any) -> dict[str, str]:
    """The fields that make the substance of this row, as the hash reads them; files only where there are any, so that a
    text without files has the hash that it had before there could be files."""
    names = (name for name in FIELDS[row.__tablename__] if name != "annexes" or row.annexes)
    return {name: written(getattr(row, name)) for name in names}
