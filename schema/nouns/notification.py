"""Notifications: a person's inbox (C9)."""

from datetime import datetime
from typing import Any

from app.models.people import Group
from app.models.records import Notification
from app.queries.subjects import MODELS
from schema.context import Info
from schema.declare import Computed, Noun, One, column, optional, ref
from schema.reading import one


async def _matter(root: Any, info: Info) -> Any:
    return await one(info.context, MODELS[root.noun], root.object_id) if root.noun in MODELS else None


def _text(root: Any, info: Info) -> str:
    return str(root.payload.get(info.context.language) or root.payload.get("zh") or root.event)


def _clause(root: Any, info: Info) -> str:
    return str(root.payload.get("clause") or "")


NOUN = Noun(
    Notification,
    "Notification",
    "A line in the viewer's inbox (C9).",
    fields=(
        column("event", str, "What happened, such as motion.endorsed."),
        Computed("text", str, "The event in words.", _text, ("payload",)),
        Computed("clause", str, "The clause behind it.", _clause, ("payload",)),
        One("group", Group, "group_id", "The leading group."),
        column("noun", str, "The noun of the matter."),
        Computed(
            "matter",
            optional(ref("Node")),
            "The matter; null when the viewer may not see it.",
            _matter,
            ("noun", "object_id"),
        ),
        column("created_at", datetime, "When."),
        column("read_at", optional(datetime), "When it was read."),
    ),
)
