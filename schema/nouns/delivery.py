"""Lines of the outbox (C9, C13): to whom, by which way, and what went wrong; never of which matter."""

from datetime import datetime

from app.models.channels import Webhook
from app.models.people import Person
from app.models.records import Outbox
from schema.declare import Noun, One, column, optional

NOUN = Noun(
    Outbox,
    "Delivery",
    "A message to one person by one way; for the system administrator, without its text or matter (C13).",
    fields=(
        One("person", Person, "person_id", "To whom."),
        column("channel", str, "inapp, mail or webhook."),
        One("webhook", Webhook, "webhook_id", "By which webhook."),
        column("event", str, "What happened, such as motion.endorse."),
        column("created_at", datetime, "Since when it waits."),
        column("attempts", int, "How often it was tried."),
        column("due_at", datetime, "When it is tried next."),
        column("done_at", optional(datetime), "When it was delivered."),
        column("dead_at", optional(datetime), "When it was given up."),
        column("error", str, "What went wrong last."),
    ),
)
