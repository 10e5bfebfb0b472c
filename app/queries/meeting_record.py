"""What a closed meeting leaves for its minutes: items, statements that stay, decisions, who was there (B2.6, C17)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import local_day
from app.core.enforces import enforces
from app.models.matters import Attendance, Decision, Item, Meeting, Motion, Statement
from app.models.office import Topic
from app.models.people import Person, Unit
from app.rules.minutes import EXCUSED, OBSERVING, PRESENT, Decided, Heard, Record, Said
from app.rules.positions import POSITIONS

OBSERVERS = frozenset({"observer", "invited", "expert"})
# Of what was said, what the minutes keep word for word: dissent, and agreement on a condition (C17).
KEPT = frozenset({"disagree", "agree_with_amendments"})


@dataclass(frozen=True, slots=True)
class Recorded:
    """An item, with what the minutes say of it."""

    item: Item
    heard: Heard


async def record_of(session: AsyncSession, meeting: Meeting) -> tuple[Record, list[Recorded]]:
    items = await items_of(session, meeting.id)
    rows = [Recorded(item, heard) for item, heard in zip(items, await _heard(session, items), strict=True)]
    presider = await session.get(Person, meeting.presider_id)
    assert presider is not None  # a foreign key
    record = Record(
        title=meeting.title,
        day=local_day(meeting.opened_at or meeting.starts_at),
        place=meeting.place,
        presider=presider.name,
        items=[each.heard for each in rows],
        lists=await _lists(session, meeting, presider.name),
    )
    return record, rows


async def items_of(session: AsyncSession, meeting_id: UUID) -> Sequence[Item]:
    """The agenda in its order, without what was taken off it."""
    query = select(Item).where(col(Item.meeting_id) == meeting_id, col(Item.state) == "decided")
    return (await session.scalars(query.order_by(col(Item.position), col(Item.id)))).all()


async def _heard(session: AsyncSession, items: Sequence[Item]) -> list[Heard]:
    keys = [item.id for item in items]
    motions: dict[UUID, Motion] = await _by_id(session, Motion, [item.motion_id for item in items])
    topics: dict[UUID, Topic] = await _by_id(session, Topic, [item.topic_id for item in items])
    decisions = select(Decision).where(col(Decision.item_id).in_(keys))
    decided = {row.item_id: row for row in (await session.scalars(decisions)).all()}
    said: dict[UUID, list[Statement]] = defaultdict(list)
    statements = select(Statement).where(col(Statement.item_id).in_(keys), col(Statement.position).in_(KEPT))
    for row in (await session.scalars(statements.order_by(col(Statement.id)))).all():
        said[row.item_id].append(row)
    matters: dict[UUID, Any] = {**motions, **topics}
    units = await _names(
        session,
        Unit,
        [
            *(row.unit_id for rows in said.values() for row in rows),
            *(row.proposing_unit_id for row in motions.values()),
            *(row.department_id for row in topics.values()),
        ],
    )
    return [_one(item, matters, said[item.id], decided.get(item.id), units) for item in items]


def _one(
    item: Item, matters: dict[UUID, Any], said: list[Statement], decision: Decision | None, units: dict[UUID, str]
) -> Heard:
    matter = matters.get(item.motion_id or item.topic_id or item.id)
    by = (getattr(matter, "proposing_unit_id", None) or getattr(matter, "department_id", None)) if matter else None
    return Heard(
        title=matter.title if matter else item.title,
        by=units.get(by, "") if by else "",
        text=item.text,
        said=[Said(units.get(row.unit_id, ""), POSITIONS[row.position][0], row.text) for row in said],
        decided=_decided(decision),
    )


def _decided(row: Decision | None) -> Decided | None:
    return Decided(row.kind, row.text, row.presider_reason, row.amount_approved, row.conditions) if row else None


@enforces("A4.1", "B2.6")
async def _lists(session: AsyncSession, meeting: Meeting, presider: str) -> dict[str, list[str]]:
    """Who was present, who had leave, who observed; the presider first."""
    query = select(Attendance).where(col(Attendance.meeting_id) == meeting.id).order_by(col(Attendance.id))
    rows = (await session.scalars(query)).all()
    units = await _names(session, Unit, [row.unit_id for row in rows])
    people = await _names(session, Person, [row.person_id for row in rows])
    lists: dict[str, list[str]] = {PRESENT: [presider], EXCUSED: [], OBSERVING: []}
    for row in rows:
        name = units.get(row.unit_id, "") if row.unit_id else people.get(row.person_id, "") if row.person_id else ""
        if row.state == "present":
            lists[OBSERVING if row.capacity in OBSERVERS else PRESENT].append(_with_substitute(name, row))
        elif row.state in ("excused", "unanswered"):
            lists[EXCUSED].append(name if row.state == "excused" else f"{name}（未批复）")
    return lists


def _with_substitute(name: str, row: Attendance) -> str:
    who = f"{row.substitute}{row.substitute_post}".strip()
    return f"{name}（{who}代）" if who else name


async def _by_id(session: AsyncSession, model: Any, keys: Iterable[UUID | None]) -> dict[UUID, Any]:
    wanted = {key for key in keys if key}
    rows = (await session.scalars(select(model).where(model.id.in_(wanted)))).all() if wanted else []
    return {row.id: row for row in rows}


async def _names(session: AsyncSession, model: Any, keys: Iterable[UUID | None]) -> dict[UUID, str]:
    return {key: row.name for key, row in (await _by_id(session, model, keys)).items()}
