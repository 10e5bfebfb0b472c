"""Appointments (C5)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.core.clock import today
from app.models.people import Appointment, Group, Person, Unit
from app.rules.roles import ROLE_NAMES, Role
from schema.context import Info
from schema.declare import Computed, Noun, One, column, listed, optional, ref
from schema.enums import RoleName
from schema.reading import all_of


def _role_label(root: Any, info: Info) -> str:
    return info.context.say(*ROLE_NAMES[Role(root.role)])


def _in_force(root: Any, info: Info) -> bool:
    day = today()
    return root.starts_on <= day and (root.ends_on is None or root.ends_on >= day)


async def _in_charge_of(root: Any, info: Info) -> Sequence[Any]:
    found = await all_of(info.context, Unit, map(UUID, root.in_charge_of))
    return [unit for unit in found if unit is not None]


NOUN = Noun(
    Appointment,
    "Appointment",
    "Who holds which role, of which unit, from when to when (C5).",
    fields=(
        One("person", Person, "person_id", "Who holds it."),
        One("group", Group, "group_id", "In which leading group."),
        One("unit", Unit, "unit_id", "Of which unit or department; null for the leadership."),
        column("role", RoleName, "The role."),
        Computed("role_label", str, "The role in words.", _role_label, ("role",)),
        column("post", str, "The post as people name it."),
        column("starts_on", date, "Its first day."),
        column("ends_on", optional(date), "Its last day; null while it runs."),
        Computed("in_force", bool, "Whether it holds today.", _in_force, ("starts_on", "ends_on")),
        Computed(
            "in_charge_of",
            listed(ref("Unit")),
            "The departments that an office deputy director is in charge of.",
            _in_charge_of,
            ("in_charge_of",),
        ),
    ),
)
