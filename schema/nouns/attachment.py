"""Files of matters (C8). Their content is taken at an address of its own, never through the API."""

from datetime import datetime
from typing import Any

from app.models.outcome import Report
from app.models.papers import Attachment
from app.models.people import Person
from app.models.records import Signature
from app.rules.attachments import NAMES
from schema.declare import Computed, Label, Matter, Noun, One, column, optional


def _url(root: Any) -> str:
    return f"/files/{root.id}"


NOUN = Noun(
    Attachment,
    "Attachment",
    "One version of a file of a matter (C8).",
    fields=(
        Matter("matter", "The matter; null for whoever may not see it.", "noun", "object_id"),
        column("purpose", str, "For what it is: paper, topic, annex, opinion, view, evidence or scan."),
        Label("purpose_label", "The purpose's name for people.", "purpose", NAMES),
        column("name", str, "The file's name."),
        column("number", int, "Which version of the file it is, from 1."),
        column("series", str, "The same for all versions of one file.", "series_id"),
        column("media_type", str, "Its media type, as its content shows it."),
        column("size", int, "Its size in bytes."),
        column("digest", str, "SHA-256 of its content."),
        Computed("url", str, "Where its content is taken, by cookie or bearer token.", _url, ("id",)),
        One("put_by", Person, "put_by", "Who put it in."),
        column("put_at", datetime, "When."),
        column("reason", str, "Why, where the matter was admitted already."),
        column("until", optional(datetime), "Until when it was the present version; null while it is."),
        column("withdrawn", str, "Why it was withdrawn; empty where it was not."),
        One("report", Report, "about_id", "The report that it proves; null for any other file (C3)."),
        One("signature", Signature, "about_id", "The signature on paper whose scan it is; null for any other (C20)."),
    ),
)
