"""Rules of whom to ask in preliminary review (A3.3)."""

from datetime import date
from decimal import Decimal
from typing import Any

from app.models.people import Group, Unit
from app.models.review import AskingRule
from schema.context import Info
from schema.declare import Computed, Noun, One, column, optional
from schema.enums import Category


def _category(root: Any, info: Info) -> str | None:
    return root.category or None


NOUN = Noun(
    AskingRule,
    "AskingRule",
    "Which unit is asked about which motions, from when to when (A3.3).",
    fields=(
        One("group", Group, "group_id", "The leading group whose rule it is."),
        One("unit", Unit, "unit_id", "The unit that is asked."),
        Computed("category", optional(Category), "Of which category; null for every one.", _category, ("category",)),
        column("tag", str, "With which tag; empty for every one."),
        column("amount_from", optional(Decimal), "From which amount asked on, in yuan."),
        column("amount_to", optional(Decimal), "Up to which amount asked, in yuan."),
        column("basis", str, "Why the unit is asked."),
        column("starts_on", date, "The first day on which it holds."),
        column("ends_on", optional(date), "The last day on which it holds; null while none is set."),
    ),
)
