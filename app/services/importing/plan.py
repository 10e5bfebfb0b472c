"""A plan of import: rows to add and fields to set, each with the sentence that a person reads, and carrying it out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.enforces import enforces
from app.core.faults import Fault, Note
from app.services import trail


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of a stored row that gets another value."""

    row: Any
    column: str
    value: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that carrying out the plan does: rows that come in this order, edits, rows that go."""

    row: int | None
    noun: str
    action: str
    zh: str
    en: str
    object_id: UUID | None = None
    new: tuple[Any, ...] = ()
    edits: tuple[Edit, ...] = ()
    gone: tuple[Any, ...] = ()
    clause: str = "C12"

    def sentence(self, language: str = "zh") -> str:
        return Note(self.row, self.zh, self.en).sentence(language)

    def as_dict(self) -> dict[str, object]:
        return {"row": self.row, "noun": self.noun, "action": self.action, "zh": self.zh, "en": self.en}


@dataclass(slots=True)
class ImportPlan:
    """What would change, and what is in the way. With faults nothing can be carried out."""

    group_id: UUID | None = None
    group_code: str = ""
    group_name: str = ""
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


class FaultyPlan(ValueError):
    """Somebody tried to carry out a plan that has faults."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults; first: {faults[0].sentence('en')}")
        self.faults = tuple(faults)


@enforces("C12", "C6")
async def apply(session: AsyncSession, plan: ImportPlan, at: datetime, actor_id: UUID | None = None) -> int:
    """Carry the plan out in the session in which it was made, each change with its entry on the trail."""
    if plan.faults:
        raise FaultyPlan(plan.faults)
    for change in plan.changes:
        for row in change.new:
            session.add(row)
            await session.flush()
        for edit in change.edits:
            setattr(edit.row, edit.column, edit.value)
        for row in change.gone:
            await session.delete(row)
        await trail.append(
            session,
            trail.entry(
                at, change.noun, change.action, change.clause, object_id=change.object_id, group_id=plan.group_id,
                actor_id=actor_id, origin="import",
            ),
        )  # fmt: skip
    return len(plan.changes)
