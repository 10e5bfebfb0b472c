"""Units of a leading group (A2.4)."""

from app.models.people import GroupUnit, Unit
from schema.declare import Noun, One, column

NOUN = Noun(
    GroupUnit,
    "GroupMember",
    "A unit's place in a leading group.",
    node=False,
    fields=(
        One("unit", Unit, "unit_id", "The unit."),
        column("kind", str, "As what it belongs to the group."),
        column("standing_observer", bool, "Whether it always observes leaders' meetings (A2.4)."),
    ),
)
