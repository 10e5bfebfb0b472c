"""Units (C5)."""

from datetime import date

from app.core.units import UNIT_KIND_NAMES
from app.models.people import Appointment, Group, GroupUnit, Unit
from schema.declare import Across, Label, Many, Noun, One, column, optional

NOUN = Noun(
    Unit,
    "Unit",
    "A commission, bureau, department, district, park or other body.",
    fields=(
        column("name", str, "Its name."),
        column("kind", str, "Its kind."),
        Label("kind_label", "Its kind in words.", "kind", UNIT_KIND_NAMES),
        column("starts_on", optional(date), "Since when it exists, where known."),
        column("ends_on", optional(date), "Until when it existed; null while it does."),
        One("successor", Unit, "successor_id", "The unit that took its place."),
        Across("groups", Group, GroupUnit, "unit_id", "group_id", "The leading groups it belongs to."),
        Many("appointments", Appointment, "unit_id", "Who holds or held which post in it."),
    ),
)
