"""Tasks: each awaited reply (C1)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from app.core.clock import today
from app.models.people import Group
from app.models.records import Task
from app.queries.subjects import MODELS
from app.queries.waiting import holder_names
from schema.context import Info
from schema.declare import Computed, Noun, One, column, optional, ref
from schema.reading import one


async def _holder(root: Any, info: Info) -> str:
    async def load(holders: list[str]) -> Sequence[Any]:
        async with info.context.db.read() as session:
            names = await holder_names(session, holders)
        return [names[holder] for holder in holders]

    return info.context.say(*await info.context.loader("holders", load).load(root.holder))


async def _matter(root: Any, info: Info) -> Any:
    return await one(info.context, MODELS[root.noun], root.object_id) if root.noun in MODELS else None


def _due(root: Any, info: Info) -> str:
    return info.context.say(root.due_zh, root.due_en)


def _late(root: Any, info: Info) -> bool:
    return root.closed_at is None and root.due_on < today()


NOUN = Noun(
    Task,
    "Task",
    "One awaited reply: who owes what on which matter, by when (C1).",
    fields=(
        One("group", Group, "group_id", "The leading group."),
        column("kind", str, "The kind of reply."),
        column("noun", str, "The noun of the matter."),
        Computed(
            "matter",
            optional(ref("Node")),
            "The matter; null for whoever may not see it.",
            _matter,
            ("noun", "object_id"),
        ),
        Computed("holder", str, "Who owes it: a person, an office or a unit.", _holder, ("holder",)),
        column("clause", str, "The clause behind it."),
        column("due_on", date, "The due day, which ends at 24:00 in Shanghai."),
        Computed("due_explanation", str, "How the due day was reached (C14).", _due, ("due_zh", "due_en")),
        column("provisional", bool, "Whether a calendar still to come may move the due day."),
        Computed("late", bool, "Whether it is open after its due day.", _late, ("closed_at", "due_on")),
        column("opened_at", datetime, "Since when it is owed."),
        column("closed_at", optional(datetime), "When the reply came or was no longer awaited."),
        column("outcome", str, "The step that closed it."),
    ),
)
