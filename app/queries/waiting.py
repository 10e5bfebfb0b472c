"""Whom is it waiting for, since when, until when, and is that late (C15)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import local_day, today
from app.core.enforces import enforces
from app.models.people import Person, Unit
from app.models.records import Task
from app.queries.family import grown_from
from app.queries.planner.given import AsKey, Terms
from app.queries.visibility import View
from app.rules.catalogue import TABLES
from app.rules.roles import ROLE_NAMES, Role

NEXT_STEP = "next_step"
_NAMED = {"office": ("办公室", "the office"), "deputies": ("副组长", "the deputies")}


@dataclass(frozen=True, slots=True)
class Waiting:
    kind: str
    zh: str
    en: str
    since: datetime
    until: date | None
    late: bool


def _split(holder: str) -> tuple[str, str]:
    """(kind, rest): `person`, `unit` or `department` with an id, or `role` with an office's name."""
    first, _, rest = holder.partition("/")
    if first == "person":
        return "person", rest
    kind, _, unit_id = rest.partition("/")
    return (kind, unit_id) if unit_id else ("role", kind)


async def holder_names(session: AsyncSession, holders: Sequence[str]) -> dict[str, tuple[str, str]]:
    """What holders are called, in Chinese and English."""
    split = {holder: _split(holder) for holder in holders}
    people = [UUID(rest) for kind, rest in split.values() if kind == "person"]
    units = [UUID(rest) for kind, rest in split.values() if kind in ("unit", "department")]
    named: dict[str, str] = {}
    tables: tuple[tuple[Any, list[UUID]], ...] = ((Person, people), (Unit, units))
    for model, ids in tables:
        if ids:
            rows = (await session.execute(select(model.id, model.name).where(model.id.in_(ids)))).all()
            named.update({str(key): name for key, name in rows})
    names = {}
    for holder, (kind, rest) in split.items():
        if kind == "role":
            names[holder] = _NAMED.get(rest) or ROLE_NAMES[Role(rest)]
        else:
            names[holder] = (named.get(rest, ""), named.get(rest, ""))
    return names


async def _open_tasks(session: AsyncSession, object_ids: Collection[UUID]) -> list[Task]:
    query = select(Task).where(col(Task.object_id).in_(list(object_ids)), col(Task.closed_at).is_(None))
    return list((await session.scalars(query.order_by(col(Task.due_on), col(Task.id)))).all())


async def _by_matter(session: AsyncSession, view: View, object_ids: Sequence[UUID]) -> dict[UUID, list[Task]]:
    """Each matter's own open tasks and those of what grew from it, as the viewer has part; the first due first."""
    found: dict[UUID, list[Task]] = defaultdict(list)
    for task in await _open_tasks(session, object_ids):
        found[task.object_id].append(task)
    parents = await grown_from(session, view, object_ids)
    for task in await _open_tasks(session, list(parents)):
        for parent in parents[task.object_id]:
            found[parent].append(task)
    return {key: sorted(tasks, key=lambda task: (task.due_on, task.id)) for key, tasks in found.items()}


@enforces("C15")
async def waiting_on(session: AsyncSession, view: View, object_ids: Sequence[UUID]) -> dict[UUID, Waiting]:
    """For each matter with an open task: whom it waits for. The callers may see the matters they ask about."""
    by_object = await _by_matter(session, view, object_ids)
    names = await holder_names(session, [task.holder for tasks in by_object.values() for task in tasks])
    return {
        object_id: Waiting(
            tasks[0].kind,
            "、".join(dict.fromkeys(names[task.holder][0] for task in tasks)),
            ", ".join(dict.fromkeys(names[task.holder][1] for task in tasks)),
            min(task.opened_at for task in tasks),
            tasks[0].due_on,
            tasks[0].due_on < today(),
        )
        for object_id, tasks in by_object.items()
    }


@enforces("C15")
def resting(noun: str, row: Any) -> Waiting | None:
    """Where nobody owes a reply, who takes the matter further; a meeting waits until its day."""
    zh, en = TABLES[noun].states[row.state].next_by
    if not zh:
        return None
    until = local_day(row.starts_at) if noun == "meeting" else None
    return Waiting(NEXT_STEP, zh, en, row.state_since, until, until is not None and until < today())


async def waits_of(session: AsyncSession, view: View, noun: str, rows: Sequence[Any]) -> dict[UUID, Waiting]:
    """For each of these matters whom it waits for; none where nothing is left to do."""
    rest = {row.id: found for row in rows if (found := resting(noun, row))}
    return rest | await waiting_on(session, view, [row.id for row in rows])


def holder_name(terms: Terms, holder: ColumnElement[str]) -> ColumnElement[str]:
    """The same name in SQL: that of the person or unit whose key the holder ends with, or the office's word."""
    below = terms.deeper()

    def named(model: Any, start: int) -> Any:
        table = below.table(model)
        found = select(table.c.name).where(table.c.id == AsKey(func.substr(holder, start))).correlate_except(table)
        return func.coalesce(found.scalar_subquery(), "")

    # A key is 36 signs long: `person/KEY`, `KEY/unit/KEY`, `KEY/department/KEY`, `KEY/leader`.
    words = {**{role.value: pair for role, pair in ROLE_NAMES.items()}, **_NAMED}
    offices = ((func.substr(holder, 38) == name, terms.say(*pair)) for name, pair in words.items())
    return case(
        (holder.like("person/%"), named(Person, 8)),
        (func.substr(holder, 38, 5) == "unit/", named(Unit, 43)),
        (func.substr(holder, 38, 11) == "department/", named(Unit, 49)),
        *offices,
        else_="",
    )
