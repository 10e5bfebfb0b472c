"""Who stood aside from an item (A4.4)."""

from datetime import datetime

from app.models.matters import Attendance, Item, Recusal
from schema.declare import Noun, One, column

NOUN = Noun(
    Recusal,
    "Recusal",
    "Somebody who was called and stood aside from an item: its papers are closed to him (A4.4).",
    fields=(
        One("item", Item, "item_id", "The item."),
        One("attendance", Attendance, "attendance_id", "Who stood aside."),
        column("reason", str, "Why."),
        column("recorded_at", datetime, "Since when."),
    ),
)
