"""What the installation already holds of units, people and posts, laid out for comparing a contact list with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.adapters.roster_checks import ONE_PER_GROUP
from app.models.people import Administrator, Appointment, Group, GroupUnit, Person, Unit
from app.rules.roles import Role

T = TypeVar("T")


@dataclass(slots=True)
class Stock:
    """Rows by what they are looked up by; the plan adds its own new rows, so that the next row finds them."""

    day: date
    group: Group
    units: dict[str, Unit] = field(default_factory=dict)
    ended_units: dict[str, Unit] = field(default_factory=dict)
    places: dict[UUID, GroupUnit] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    by_phone: dict[str, Person] = field(default_factory=dict)
    by_mail: dict[str, Person] = field(default_factory=dict)
    appointments: list[Appointment] = field(default_factory=list)
    administrators: dict[UUID, Administrator] = field(default_factory=dict)
    closing: dict[UUID, date] = field(default_factory=dict)
    """Appointment -> the last day that the plan gives it."""

    def know(self, person: Person) -> None:
        self.people.append(person)
        self.index(person)

    def index(self, person: Person, phone: str = "", mail: str = "") -> None:
        for book, address in ((self.by_phone, phone or person.phone), (self.by_mail, mail or person.mail)):
            if address:
                book[address] = person

    def person(self, person_id: UUID) -> Person:
        return next(person for person in self.people if person.id == person_id)

    def last_day(self, appointment: Appointment) -> date | None:
        return self.closing.get(appointment.id, appointment.ends_on)

    def open(self, appointment: Appointment) -> bool:
        """Still in force or to come, as far as the store and the plan know."""
        last = self.last_day(appointment)
        return last is None or (last >= self.day and appointment.id not in self.closing)

    def of_person(self, person: Person) -> list[Appointment]:
        return [row for row in self.appointments if row.person_id == person.id]

    def incumbents(self, role: Role, unit: Unit) -> list[Appointment]:
        """Who holds the post now: in the whole group, or in the unit where each unit has one."""
        return [
            row
            for row in self.appointments
            if row.role == role.value and (role in ONE_PER_GROUP or row.unit_id == unit.id) and self.open(row)
        ]


async def load_stock(session: AsyncSession, group: Group, day: date) -> Stock:
    stock = Stock(day, group)
    for unit in await _all(session, Unit):
        ended = unit.ends_on is not None and unit.ends_on < day
        (stock.ended_units if ended else stock.units)[unit.name] = unit
    for person in await _all(session, Person):
        stock.know(person)
    for row in await session.scalars(select(GroupUnit).where(GroupUnit.group_id == group.id)):  # type: ignore[arg-type]
        stock.places[row.unit_id] = row
    of_group = select(Appointment).where(Appointment.group_id == group.id).order_by(Appointment.starts_on)  # type: ignore[arg-type]
    stock.appointments.extend(await session.scalars(of_group))
    stock.administrators = {row.person_id: row for row in await _all(session, Administrator)}
    return stock


async def _all(session: AsyncSession, model: type[T]) -> Iterable[T]:
    return (await session.scalars(select(model))).all()
