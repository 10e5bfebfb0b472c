"""A signer's leave for a clerk to enter what he signs on paper (C20)."""

from datetime import datetime

from app.models.people import Group, PaperAuthority, Person
from schema.declare import Noun, One, column, optional

NOUN = Noun(
    PaperAuthority,
    "PaperAuthority",
    "A signer's leave for a clerk to enter what he signs on paper (C20).",
    fields=(
        One("group", Group, "group_id", "The leading group."),
        One("principal", Person, "principal_id", "Who signs on paper."),
        One("clerk", Person, "clerk_id", "The clerk."),
        column("created_at", datetime, "Since when."),
        column("withdrawn_at", optional(datetime), "When it was withdrawn."),
    ),
)
