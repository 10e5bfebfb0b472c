"""Units (C5)."""

from datetime import date
from typing import Any

from app.core.units import UNIT_KIND_NAMES, UnitKind
from app.models.people import Appointment, Group, GroupUnit, Unit
from schema.context import Info
from schema.declare import Across, Computed, Many, Noun, One, column, optional

NAMES = {str(kind): names for kind, names in UNIT_KIND_NAMES.items()}


def _kind_label(root: Any, info: Info) -> str:
    return info.context.say(*NAMES.get(str(UnitKind(root.kind)) if root.kind in NAMES else "", (root.kind, root.kind)))


NOUN = Noun(
    Unit,
    "Unit",
    "A commission, bureau, department, district, park or other body.",
    fields=(
        column("name", str, "Its name."),
        column("kind", str, "Its kind."),
        Computed("kind_label", str, "Its kind in words.", _kind_label, ("kind",)),
        column("starts_on", optional(date), "Since when it exists, where known."),
        column("ends_on", optional(date), "Until when it existed; null while it does."),
        One("successor", Unit, "successor_id", "The unit that took its place."),
        Across("groups", Group, GroupUnit, "unit_id", "group_id", "The leading groups it belongs to."),
        Many("appointments", Appointment, "unit_id", "Who holds or held which post in it."),
    ),
)
