"""What units said on items (A4.3)."""

from datetime import datetime

from app.models.matters import Item, Statement
from app.models.people import Person, Unit
from schema.declare import Noun, One, column
from schema.enums import Position

NOUN = Noun(
    Statement,
    "Statement",
    "What a unit said on an item, dissent word for word (A4.3, C17).",
    fields=(
        One("item", Item, "item_id", "The item."),
        One("unit", Unit, "unit_id", "Who spoke."),
        column("position", Position, "Its position."),
        column("text", str, "Its words."),
        column("recorded_at", datetime, "When it was recorded."),
        One("recorder", Person, "recorded_by", "Who recorded it."),
    ),
)
