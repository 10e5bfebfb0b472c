"""Reading a restricted matter is itself recorded (A4.4): who, which matter, from where."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from app.core.enforces import enforces
from app.queries.subjects import MODELS
from app.queries.visibility import NOUNS
from app.rules.roles import Actor
from app.services import trail
from app.services.work import Works

Read = tuple[str, UUID, UUID]


def restricted(rows: Iterable[Any]) -> set[Read]:
    """(noun, id, group) of the restricted matters among these rows."""
    matters = tuple(MODELS.values())
    return {
        (NOUNS[type(row)], row.id, row.group_id)
        for row in rows
        if isinstance(row, matters) and row.disclosure == "restricted"
    }


@enforces("A4.4")
async def record(
    works: Works, actor: Actor, read: Iterable[Read], action: str = "read", content_hash: str = ""
) -> None:
    """One trail entry for each restricted matter that was shown; for a paper of it that was taken, with its hash."""
    found = sorted(read, key=str)
    if not found:
        return
    async with works.begin() as work:
        for noun, object_id, group_id in found:
            await trail.append(
                work.session,
                trail.entry(
                    work.now,
                    noun,
                    action,
                    "A4.4",
                    object_id=object_id,
                    group_id=group_id,
                    actor_id=actor.person_id,
                    origin=actor.origin,
                    content_hash=content_hash,
                ),
            )
