"""Directives of some groups, a part of them overdue on the days on which a rung of the ladder fires."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from app.core.clock import at, now
from app.core.ids import new_id
from app.core.workdays import shipped
from app.models.channels import Webhook, WebhookSecret
from app.models.engine import Database
from app.models.outcome import Directive
from app.models.people import Appointment, Group, Person, Session, Unit
from app.models.records import Outbox, Part, Task
from app.policy import seed_policy

TODAY = date(2026, 6, 10)  # a Wednesday
INSTANT = at(TODAY, 10)
RUNGS = (1, 3, 5, 10)


@dataclass
class World:
    """`seats`: who heads a unit and who is its liaison officer, by group and unit."""

    groups: list[UUID] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    seats: dict[tuple[UUID, UUID], list[UUID]] = field(default_factory=lambda: defaultdict(list))
    directives: list[tuple[UUID, UUID, UUID]] = field(default_factory=list)
    due: dict[int, date] = field(default_factory=dict)

    def told(self, lines: int) -> Iterator[tuple[UUID, UUID, UUID]]:
        """Group, directive and person for so many lines: each about a directive, to somebody of its lead unit."""
        for number in range(lines):
            group_id, unit_id, key = self.directives[number % len(self.directives)]
            people = self.seats[group_id, unit_id]
            yield group_id, key, people[number // len(self.seats) % len(people)]


def _days_late() -> dict[int, date]:
    """The due dates whose rung falls on today."""
    return {rung: shipped().before(TODAY, rung) for rung in RUNGS}


async def build(db: Database, tasks: int, overdue: int, groups: int = 8, units: int = 200) -> World:
    world = World(due=_days_late())
    async with db.write() as session:
        await seed_policy(session)
        bureaus = [Unit(name=f"单位{number}", kind="member_unit") for number in range(units)]
        session.add_all(bureaus)
        for number in range(groups):
            await _group(session, world, number, bureaus)
    await _fill(db, world, tasks, overdue, [unit.id for unit in bureaus])
    async with db.engine.connect() as connection:
        await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(text("ANALYZE"))
    return world


async def _group(session: Any, world: World, number: int, bureaus: list[Unit]) -> None:
    office = Unit(name=f"综合部{number}", kind="department")
    group = Group(code=f"g{number}", name=f"领导小组{number}")
    session.add_all([office, group])
    await session.flush()
    group.settings = {"general_affairs": str(office.id), "reminders_daily": 0}
    seats = [("deputy_in_charge", None), ("office_director", None), ("department_head", office.id)]
    seats += [("department_staff", office.id)]
    seats += [(role, unit.id) for unit in bureaus for role in ("unit_head", "liaison")]
    for place, (role, unit_id) in enumerate(seats):
        person = Person(name=f"人{number}-{place}", phone=f"1{number}{place:05d}", mail=f"p{number}-{place}@example.cn")
        session.add(person)
        await session.flush()
        world.people.append(person.id)
        if unit_id and unit_id != office.id:
            world.seats[group.id, unit_id].append(person.id)
        session.add(Appointment(person_id=person.id, group_id=group.id, unit_id=unit_id, role=role,
                                starts_on=date(2023, 1, 1)))  # fmt: skip
    world.groups.append(group.id)


async def _fill(db: Database, world: World, tasks: int, overdue: int, units: list[UUID]) -> None:
    """Directives, and one open task for each, owed by its unit; the overdue ones in equal parts on each of the days."""
    late = list(world.due.values())
    later = [TODAY + timedelta(days=30 + number) for number in range(60)]
    matters, rows, parts = [], [], []
    for number in range(tasks):
        group_id, unit_id = world.groups[number // len(units) % len(world.groups)], units[number % len(units)]
        key, due = new_id(), late[number % 4] if number < overdue else later[number % 60]
        holder = f"{group_id}/unit/{unit_id}"
        world.directives.append((group_id, unit_id, key))
        matters.append(_directive(group_id, key, unit_id, world.people[0], due))
        rows.append(_task(group_id, key, holder, due))
        parts += [Part(noun="directive", object_id=key, holder=each, clause="A4.4", since=INSTANT)
                  for each in (holder, f"{group_id}/office", f"{group_id}/office_director")]  # fmt: skip
    async with db.write() as session:
        table: Any = Directive
        await session.execute(insert(table.__table__), matters)  # past the index of search, which nothing here asks
        session.add_all(rows)
        session.add_all(parts)


def _directive(group_id: UUID, key: UUID, unit_id: UUID, issuer: UUID, due: date) -> dict[str, Any]:
    row = Directive(
        id=key, group_id=group_id, state="in_progress", title=f"督办事项{key.hex[-6:]}", result="建成并投入使用",
        lead_unit_id=unit_id, issuer_id=issuer, due_on=due,
    )  # fmt: skip
    return row.model_dump()


def _task(group_id: UUID, key: UUID, holder: str, due: date) -> Task:
    opened: datetime = at(TODAY, 8)  # so that today's rung is the first it has
    return Task(
        group_id=group_id, noun="directive", object_id=key, kind="completion", state="in_progress",
        audience="lead_unit", holder=holder, clause="C3", due_on=due, opened_at=opened,
    )  # fmt: skip


async def pile(db: Database, told: Iterable[tuple[UUID, UUID, UUID]], channel: str, to: UUID | None = None) -> None:
    """A line for each group, directive and person."""
    async with db.write() as session:
        session.add_all(
            Outbox(dedupe=f"pile:{new_id()}", event="directive.issue", channel=channel, webhook_id=to,
                   group_id=group_id, noun="directive", object_id=key, person_id=person)
            for group_id, key, person in told
        )  # fmt: skip


async def webhook(db: Database, group_id: UUID, url: str, secret: str) -> UUID:
    """The address that gets deliveries."""
    async with db.write() as session:
        row = Webhook(group_id=group_id, name="网关", url=url)
        session.add(row)
        await session.flush()
        session.add(WebhookSecret(webhook_id=row.id, secret=secret))
    return row.id


async def tokens(db: Database, people: list[UUID]) -> list[str]:
    """A sign-in for each of them."""
    async with db.write() as session:
        for person in people:
            hashed = hashlib.sha256(f"token-{person}".encode()).hexdigest()
            session.add(Session(person_id=person, token_hash=hashed, expires_at=now() + timedelta(days=1)))
    return [f"token-{person}" for person in people]
