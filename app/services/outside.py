"""What a channel outside the app may carry (C9): kind, number, due date, clause and link; a title only where the group
has set `mail_titles`; of a restricted matter, or of one that is not the person's, no more than that a task waits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.enforces import enforces
from app.models.people import Group
from app.models.records import Outbox, Task
from app.queries.actors import load_actor
from app.queries.subjects import MODELS
from app.rules.catalogue import TABLES

ONLY_THAT = "有一项待办"


@dataclass(frozen=True, slots=True)
class Said:
    """The parts of one line; all are empty where no more may be said than that a task waits."""

    kind: str = ""
    number: str = ""
    asked: str = ""
    due_on: str = ""
    clause: str = ""
    title: str = ""
    at: str = ""  # where it stands, below the address of the pages

    @property
    def text(self) -> str:
        """As a person reads it."""
        if not self.kind:
            return ONLY_THAT
        due = f"办理期限 {self.due_on}" if self.due_on else ""
        clause = f"依据 {self.clause}" if self.clause else ""
        parts = (f"{self.kind}(编号 {self.number})", self.asked, due, clause, self.title)
        return ",".join(part for part in parts if part)


@enforces("C9", "A4.4")
async def said_of(session: AsyncSession, row: Outbox) -> Said:
    """What may be said outside of one line of the outbox."""
    model: Any = MODELS.get(row.noun)
    matter: Any = await session.get(model, row.object_id) if model and row.object_id else None
    if matter is None or matter.disclosure == "restricted":
        return Said()
    due = row.payload.get("due_on") or await _due(session, row)
    return Said(
        TABLES[row.noun].zh,
        number_of(matter),
        str(row.payload.get("kind_zh") or ""),
        str(due or ""),
        str(row.payload.get("task_clause") or ""),
        matter.title if hasattr(matter, "title") and await titles_go_out(session, row.group_id) else "",
        f"at/{row.noun}/{row.object_id}",
    )


def number_of(matter: Any) -> str:
    """The document's number, a meeting's within its year, else a reference by which the office finds the matter."""
    number = matter.number if hasattr(matter, "number") else ""
    if isinstance(number, int):
        return f"{matter.year}-{number}"
    return str(number or "") or str(matter.id)[-8:].upper()


async def _due(session: AsyncSession, row: Outbox) -> date | None:
    """By when this person owes something on this matter."""
    actor = await load_actor(session, row.person_id)
    query = select(col(Task.due_on)).where(
        col(Task.object_id) == row.object_id, col(Task.closed_at).is_(None), col(Task.holder).in_(sorted(actor.holders))
    )
    found: date | None = await session.scalar(query.order_by(col(Task.due_on)).limit(1))
    return found


async def titles_go_out(session: AsyncSession, group_id: Any) -> bool:
    group = await session.get(Group, group_id) if group_id else None
    return bool(group and group.settings.get("mail_titles"))
