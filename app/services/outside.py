"""What a channel outside the app may carry (C9): kind, number, due date, clause and link; a title only where the group
has set `mail_titles`; of a restricted matter, or of one that is not the person's, no more than that a task waits."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import today
from app.core.enforces import enforces
from app.models.people import Group
from app.models.records import Outbox, Task
from app.queries.actors import holders_of
from app.queries.subjects import MODELS
from app.rules.catalogue import TABLES

ONLY_THAT = "有一项待办"
Dues = Mapping[tuple[UUID, UUID], date]


@dataclass(frozen=True, slots=True)
class Said:
    """The parts of one line; all are empty where no more may be said than that a task waits."""

    kind: str = ""
    number: str = ""
    asked: str = ""
    due_on: str = ""
    clause: str = ""
    title: str = ""
    at: str = ""  # where it stands, below the address of the installation

    @property
    def text(self) -> str:
        """As a person reads it."""
        if not self.kind:
            return ONLY_THAT
        due = f"办理期限 {self.due_on}" if self.due_on else ""
        clause = f"依据 {self.clause}" if self.clause else ""
        parts = (f"{self.kind}(编号 {self.number})", self.asked, due, clause, self.title)
        return ",".join(part for part in parts if part)


async def said_of(session: AsyncSession, rows: Sequence[Outbox]) -> list[Said]:
    """What may be said outside of each of these lines of the outbox; what they are about is looked up together."""
    matters = await _matters(session, rows)
    asked = {
        (row.person_id, row.object_id)
        for row in rows
        if row.object_id and row.object_id in matters and not row.payload.get("due_on")
    }
    dues = await _dues(session, asked)
    titled = await titles_go_out(session, {row.group_id for row in rows if row.group_id})
    return [_said(row, matters.get(row.object_id), dues, row.group_id in titled) for row in rows]


@enforces("C9", "A4.4")
def _said(row: Outbox, matter: Any, dues: Dues, titled: bool) -> Said:
    if matter is None or matter.disclosure == "restricted":
        return Said()
    due = row.payload.get("due_on") or dues.get((row.person_id, matter.id))
    return Said(
        TABLES[row.noun].zh,
        number_of(matter),
        str(row.payload.get("kind_zh") or ""),
        str(due or ""),
        str(row.payload.get("task_clause") or ""),
        matter.title if titled and hasattr(matter, "title") else "",
        place_of(row.noun, row.object_id),
    )


def place_of(noun: str, object_id: Any) -> str:
    """Where a matter stands, below the address of the installation: from there a page leads to its own."""
    return f"admin/at/{noun}/{object_id}"


def number_of(matter: Any) -> str:
    """The document's number, a meeting's within its year, else a reference by which the office finds the matter."""
    number = matter.number if hasattr(matter, "number") else ""
    if isinstance(number, int):
        return f"{matter.year}-{number}"
    return str(number or "") or str(matter.id)[-8:].upper()


async def _matters(session: AsyncSession, rows: Sequence[Outbox]) -> dict[UUID | None, Any]:
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        if row.object_id and row.noun in MODELS:
            wanted[row.noun].add(row.object_id)
    found: dict[UUID | None, Any] = {}
    for noun in sorted(wanted):
        model: Any = MODELS[noun]
        found |= {row.id: row for row in (await session.scalars(select(model).where(model.id.in_(wanted[noun])))).all()}
    return found


async def _dues(session: AsyncSession, asked: Collection[tuple[UUID, UUID]]) -> Dues:
    """By when each of these persons owes something on this matter, the earliest."""
    if not asked:
        return {}
    holders = await holders_of(session, {person for person, _ in asked}, today())
    columns = (col(Task.object_id), col(Task.holder), col(Task.due_on))
    matters = {matter for _, matter in asked}
    query = select(*columns).where(col(Task.object_id).in_(matters), col(Task.closed_at).is_(None))
    owed: dict[UUID, list[tuple[date, str]]] = defaultdict(list)
    for matter, holder, due_on in (await session.execute(query)).all():
        owed[matter].append((due_on, holder))
    his = {
        (person, matter): [day for day, holder in owed[matter] if holder in holders[person]] for person, matter in asked
    }
    return {key: min(days) for key, days in his.items() if days}


@enforces("C9")
async def titles_go_out(session: AsyncSession, group_ids: Collection[UUID]) -> set[UUID]:
    """Those of these groups that have set it."""
    if not group_ids:
        return set()
    query = select(col(Group.id), col(Group.settings)).where(col(Group.id).in_(group_ids))
    return {key for key, settings in (await session.execute(query)).all() if settings.get("mail_titles")}
