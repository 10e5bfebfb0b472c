"""Rungs that fire, as statements over all tasks at once (C2): who is reminded of what was worked out before.

A reminder and the lines that tell of it go in together, for one share of the holders in each transaction. The unique
key of `Reminder` decides who tells: of two sweeps at once, or one after a crash, only the one whose row went in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Integer,
    Select,
    String,
    Text,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import at, local_day
from app.core.enforces import enforces
from app.core.ids import new_id
from app.models.handed import Rows, handed
from app.models.records import Outbox, Part, Reminder, Task
from app.queries.reminders import CLIMBS, DAYS, may_fire
from app.queries.visibility import table_of

# `told`: the message of a reminder but for what only the task knows, as JSON without its closing brace. `most`: how
# many of a person's reminders a day are told one by one; 0 for all.
REACHES: Mapping[str, Any] = {
    **CLIMBS, "holder": Text(), "recipient_id": Uuid(), "in_person": Boolean(), "told": Text(), "most": Integer(),
}  # fmt: skip
SEATS: Mapping[str, Any] = {"group_id": Uuid(), "person_id": Uuid(), "holder": Text()}
WAYS: Mapping[str, Any] = {"group_id": Uuid(), "channel": Text(), "key": Text(), "webhook_id": Uuid()}
MANY = 5  # reminders to one person in one run, as after a time in which the system was down: more come as one
_FIRED = ("id", "task_id", "object_id", "holder", "due_version", "rung", "recipient_id", "in_person", "fired_at")
_KEY = ("task_id", "due_version", "rung", "recipient_id")
_NEW = (*_KEY, "holder")
_LINE = (
    "id", "dedupe", "event", "channel", "webhook_id", "person_id", "group_id", "noun", "object_id", "payload",
    "created_at", "due_at", "attempts", "error",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """What is handed to the statements: the days of the rungs, whom they reach, who sees what, by which ways."""

    days: Rows
    reaches: Rows
    seats: Rows
    ways: Rows


class _Firing:
    """The parts of the statements, for one dialect."""

    def __init__(self, share: Share, instant: datetime, on_postgresql: bool) -> None:
        self.instant, self.on_postgresql, self.run = instant, on_postgresql, new_id()
        self.days = handed("days", share.days, DAYS, on_postgresql)
        self.reaches = handed("reaches", share.reaches, REACHES, on_postgresql)
        self.seats = handed("seats", share.seats, SEATS, on_postgresql)
        self.ways = handed("ways", share.ways, WAYS, on_postgresql)

    def key(self, number: ColumnElement[int] | None = None) -> ColumnElement[Any]:
        """A new key for each row, of the kind that `new_id` makes: time first, then `number` or chance, then chance."""
        counted = self._chance() if number is None else number
        hexed = func.lpad(func.to_hex(counted), 6, "0") if self.on_postgresql else func.printf("%06x", counted)
        first, then = func.substr(hexed, 1, 3), func.substr(hexed, 4, 3)
        if self.on_postgresql:
            rest = func.substr(cast(func.gen_random_uuid(), Text()), 24)
            return cast(_joined(literal(str(self.run)[:15]), first, literal("-8"), then, rest), Uuid())
        rest = func.lower(func.hex(func.randomblob(6)))
        return _joined(literal(self.run.hex[:13]), first, literal("8"), then, rest)

    def _chance(self) -> ColumnElement[int]:
        """A number below 16 to the sixth."""
        if self.on_postgresql:
            return cast(func.random() * literal_column("16777215"), Integer())
        return func.abs(func.random() % literal_column("16777216"))

    def text_of(self, key: ColumnElement[Any]) -> ColumnElement[str]:
        """A key as Python writes it."""
        if self.on_postgresql:
            return cast(key, Text())
        plain = cast(key, String())
        parts = [func.substr(plain, first, length) for first, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))]
        return _joined(*parts, between="-")

    def day_of(self, day: ColumnElement[Any]) -> ColumnElement[str]:
        return func.to_char(day, "YYYY-MM-DD") if self.on_postgresql else cast(day, String())

    def due(self) -> Select[Any]:
        """Every rung that fires, with whom it reaches."""
        task, reach = table_of(Task).c, self.reaches.c
        order = (task.id, reach.rung, reach.recipient_id)
        return (
            select(
                self.key(func.row_number().over(order_by=order)),
                task.id, task.object_id, task.holder, task.due_version, reach.rung, reach.recipient_id,
                reach.in_person, literal(self.instant, table_of(Reminder).c.fired_at.type),
            )
            .where(may_fire(task, self.days.c, reach), task.holder == reach.holder)
            .order_by(*order)
        )  # fmt: skip

    def fire(self) -> Any:
        """Insert what is not there yet."""
        made: Any = (postgresql if self.on_postgresql else sqlite).insert(table_of(Reminder))
        return made.from_select(_FIRED, self.due()).on_conflict_do_nothing(index_elements=list(_KEY))

    def told_today(self, but_not: ColumnElement[bool] | None) -> CTE:
        """Of how many tasks a person has been reminded today, in each group."""
        task, reminder = table_of(Task).c, table_of(Reminder).c
        begin = literal(at(local_day(self.instant), 0), reminder.fired_at.type)
        count = func.count(reminder.task_id.distinct()).label("count")
        query = select(task.group_id, reminder.recipient_id, count).where(
            reminder.task_id == task.id, reminder.fired_at >= begin, reminder.rung.is_not(None)
        )
        query = query if but_not is None else query.where(but_not)
        return query.group_by(task.group_id, reminder.recipient_id).cte("told_today")

    def latest(self, new: Any, told: CTE) -> CTE:
        """Of several rungs of one task that reach a person at once only the latest is told; and which of his it is."""
        task, reach = table_of(Task).c, self.reaches.c
        nth = func.row_number().over(partition_by=(new.task_id, new.recipient_id), order_by=new.rung.desc())
        mine = (
            select(
                task.id.label("task_id"), task.group_id, task.noun, task.object_id, task.due_version, task.due_on,
                task.clause, reach.recipient_id, reach.rung, reach.in_person, reach.told, reach.most, nth.label("nth"),
            )
            .where(
                task.id == new.task_id, reach.group_id == task.group_id, reach.holder == new.holder,
                reach.kind == task.kind, reach.rung == new.rung, reach.recipient_id == new.recipient_id,
            )
            .cte("mine")
        )  # fmt: skip
        m = mine.c
        place = func.row_number().over(
            partition_by=(m.group_id, m.recipient_id), order_by=(m.rung.desc(), m.due_on, m.task_id)
        )
        before = func.coalesce(told.c.count, 0)
        joined = mine.outerjoin(told, and_(told.c.group_id == m.group_id, told.c.recipient_id == m.recipient_id))
        together = func.count().over(partition_by=(m.group_id, m.recipient_id)).label("together")
        found = select(*m, (place + before).label("place"), together)
        return found.select_from(joined).where(m.nth == 1).cte("latest")

    @enforces("A4.4")
    def knows(self, latest: CTE) -> ColumnElement[bool]:
        """Who of those reminded has part in the matter. Others are told that somebody is late, and not on what."""
        part, seat, last = table_of(Part).c, self.seats.c, latest.c
        matters = select(last.object_id)
        seen = select(part.object_id, seat.group_id, seat.person_id).where(
            part.holder == seat.holder, part.in_force, part.object_id.in_(matters)
        )
        return tuple_(last.object_id, last.group_id, last.recipient_id).in_(seen)

    def lines(self, latest: CTE) -> Select[Any]:
        """One line for each reminder by each way; many to one person in one run come together in one, and what is above
        the day's measure does."""
        matter = case((self.knows(latest), latest.c.object_id)).label("matter")
        last = select(*latest.c, matter).cte("known").prefix_with("MATERIALIZED").c
        task_id, version = self.text_of(last.task_id), cast(last.due_version, String())
        person = self.text_of(last.recipient_id)
        payload = _joined(
            last.told, literal(',"task_id":"'), task_id, literal('","due_version":'), version, literal(',"due_on":"'),
            self.day_of(last.due_on), literal('","task_clause":"'), last.clause, literal('"'),
        )  # fmt: skip
        told = (
            select(
                _joined(literal("chase:"), task_id, literal(":"), version, literal(":"), cast(last.rung, String()),
                        literal(":"), person, literal(":")).label("dedupe"),
                case((last.in_person, "task.in_person"), else_="task.remind").label("event"),
                last.recipient_id, last.group_id, case((last.matter.is_not(None), last.noun), else_="").label("noun"),
                last.matter.label("object_id"), payload.label("payload"),
                or_(last.most == 0, and_(last.place <= last.most, last.together <= MANY)).label("alone"),
            )
            .cte("told")
        )  # fmt: skip
        return self._by_each_way(told)

    def _by_each_way(self, told: CTE) -> Select[Any]:
        t = told.c
        matter = _joined(literal(',"noun":"'), t.noun, literal('","object_id":"'),
                         func.coalesce(self.text_of(t.object_id), ""), literal('"}'))  # fmt: skip
        items = func.aggregate_strings(t.payload + matter, ",")
        count = cast(func.count(), String())
        together = _joined(literal('{"clause":"C2","count":'), count, literal(',"items":['), items, literal("]}"))
        single = select(
            t.dedupe,
            t.event,
            t.recipient_id,
            t.group_id,
            t.noun,
            t.object_id,
            _joined(t.payload, literal("}")).label("payload"),
        ).where(t.alone)
        digest = (
            select(
                _joined(literal(f"digest:{self.run}:"), self.text_of(t.recipient_id), literal(":")),
                literal("task.digest"), t.recipient_id, t.group_id, literal(""), null(),
                together,
            )
            .where(~t.alone)
            .group_by(t.recipient_id, t.group_id)
        )  # fmt: skip
        all_ = union_all(single, digest).cte("all_lines")
        a, way, out = all_.c, self.ways.c, table_of(Outbox).c
        payload = cast(a.payload, postgresql.JSON()) if self.on_postgresql else a.payload
        moment = literal(self.instant, out.created_at.type)
        return select(
            self.key(), a.dedupe + way.key, a.event, way.channel, way.webhook_id, a.recipient_id, a.group_id, a.noun,
            a.object_id, payload, moment, moment, literal(0), literal(""),
        ).where(way.group_id == a.group_id)  # fmt: skip


def _joined(*parts: Any, between: str = "") -> ColumnElement[str]:
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.concat(literal(between)).concat(part) if between else whole.concat(part)
    return whole  # type: ignore[no-any-return]


@enforces("C2")
async def fire(session: AsyncSession, share: Share, instant: datetime) -> int:
    """Write the reminders of this share that nobody has written yet, and tell their recipients; how many they were."""
    if session.get_bind().dialect.name == "postgresql":
        return await _at_once(session, _Firing(share, instant, on_postgresql=True))
    return await _one_after_the_other(session, _Firing(share, instant, on_postgresql=False))


async def _at_once(session: AsyncSession, firing: _Firing) -> int:
    reminder = table_of(Reminder).c
    new = firing.fire().returning(*(reminder[name] for name in _NEW)).cte("new")
    latest = firing.latest(new.c, firing.told_today(None))
    lines: Any = postgresql.insert(Outbox).from_select(_LINE, firing.lines(latest))
    told = lines.on_conflict_do_nothing(index_elements=["dedupe"]).cte("told_lines")
    return await session.scalar(select(func.count()).select_from(new).add_cte(told)) or 0


async def _one_after_the_other(session: AsyncSession, firing: _Firing) -> int:
    """SQLite knows no statement that inserts twice; but nobody else writes meanwhile, so what is new stands behind what
    was the last row before."""
    number = literal_column("reminder.rowid", Integer())
    last = await session.scalar(select(func.coalesce(func.max(number), 0)).select_from(Reminder)) or 0
    await session.execute(firing.fire())
    reminder = table_of(Reminder)
    new = select(*(reminder.c[name] for name in _NEW)).where(number > last).cte("new")
    latest = firing.latest(new.c, firing.told_today(number <= last))
    lines: Any = sqlite.insert(Outbox).from_select(_LINE, firing.lines(latest))
    await session.execute(lines.on_conflict_do_nothing(index_elements=["dedupe"]))
    return await session.scalar(select(func.count()).select_from(new)) or 0
