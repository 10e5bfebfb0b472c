"""Delegations (C4)."""

from datetime import datetime
from typing import Any

from app.core.clock import now
from app.models.people import Delegation, Group, Person
from app.queries.subjects import MODELS
from schema.context import Info
from schema.declare import Computed, Noun, One, column, optional, ref
from schema.enums import RoleName
from schema.reading import one


async def _matter(root: Any, info: Info) -> Any:
    noun = root.permission.partition(":")[0]
    return await one(info.context, MODELS[noun], root.matter_id) if noun in MODELS else None


def _in_force(root: Any, info: Info) -> bool:
    return root.withdrawn_at is None and bool(root.starts_at <= now() < root.ends_at)


NOUN = Noun(
    Delegation,
    "Delegation",
    "A power of an office-holder, lent to a person for a time or for one matter (C4).",
    fields=(
        One("group", Group, "group_id", "The leading group."),
        One("principal", Person, "principal_id", "Whose power it is."),
        One("delegate", Person, "delegate_id", "To whom it is lent."),
        column("role", RoleName, "The role whose power it is."),
        column("permission", str, "The power, such as motion:review."),
        Computed(
            "matter",
            optional(ref("Node")),
            "The one matter it is for; null when it is for a time.",
            _matter,
            ("permission", "matter_id"),
        ),
        column("starts_at", datetime, "When it begins."),
        column("ends_at", datetime, "When it ends by itself."),
        column("reason", str, "Why it was lent."),
        column("withdrawn_at", optional(datetime), "When it was withdrawn."),
        Computed("in_force", bool, "Whether it holds now.", _in_force, ("starts_at", "ends_at", "withdrawn_at")),
    ),
)
