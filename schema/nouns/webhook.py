"""Webhooks of a group, and lines that go out (C9); for the system administrator."""

from datetime import datetime

from app.models.channels import Webhook
from app.models.people import Group
from schema.declare import Noun, One, column, listed, optional

NOUN = Noun(
    Webhook,
    "Webhook",
    "An address of a group's own chat or SMS gateway; for the system administrator (C9).",
    fields=(
        One("group", Group, "group_id", "The leading group."),
        column("name", str, "What it is called."),
        column("url", str, "Where deliveries are posted."),
        column("kinds", listed(str), "The kinds of notice that go there; none: all of them."),
        column("phones", bool, "Whether the recipient's telephone number goes along."),
        column("created_at", datetime, "Since when it is there."),
        column("secret_since", datetime, "Since when it has its present secret, which is never shown again."),
        column("ended_at", optional(datetime), "When it was ended; null while it is in use."),
    ),
)
