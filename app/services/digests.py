"""Reminders above a person's daily measure come together in one line (C2); nothing in it is lost on any channel."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from app.core.enforces import enforces
from app.models.records import Outbox

EVENT = "task.digest"
Owed = Collection[tuple[str, int]]


def reminders_in(row: Outbox) -> list[dict[str, Any]]:
    """The reminders that a line of the outbox carries: one, or those of a digest; none where it is something else."""
    if row.event == EVENT:
        return list(row.payload["items"])
    return [row.payload] if row.event.startswith("task.") and "task_id" in row.payload else []


def task_ids(rows: Iterable[Outbox]) -> set[UUID]:
    return {UUID(each["task_id"]) for row in rows for each in reminders_in(row)}


@enforces("C2")
def without_answered(rows: Sequence[Outbox], owed: Owed) -> list[Outbox]:
    """A digest loses what is not owed any more; those lines are given back of which nothing is left."""
    gone = []
    for row in rows:
        carried = reminders_in(row)
        left = [each for each in carried if (each["task_id"], each["due_version"]) in owed]
        if carried and not left:
            gone.append(row)
        elif row.event == EVENT:
            row.payload = {**row.payload, "items": left, "count": len(left), **_said(len(left))}
    return gone


def _said(count: int) -> dict[str, str]:
    one = count == 1
    return {"zh": f"另有{count}项待办催办", "en": f"{count} more task{'' if one else 's'} to be reminded of"}


def unfolded(rows: Iterable[Outbox]) -> Iterator[Outbox]:
    """A digest as the lines it stands for, so that every channel words them as it words any other."""
    for row in rows:
        if row.event != EVENT:
            yield row
            continue
        for each in row.payload["items"]:
            matter = UUID(each["object_id"]) if each["object_id"] else None
            yield Outbox(
                id=UUID(each["task_id"]), dedupe=row.dedupe,
                event="task.in_person" if each["in_person"] else "task.remind",
                channel=row.channel, person_id=row.person_id, group_id=row.group_id, noun=each["noun"],
                object_id=matter, payload=each, created_at=row.created_at, due_at=row.due_at,
            )  # fmt: skip
