"""Who stands in the places of a ladder today, for a task of one unit or of the leader: what its preview names (C2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.enforces import enforces
from app.core.ladder import PLACES, Recipient, Rung
from app.models.people import Group, Person, Unit
from app.queries.reminders import Seats, seats_of
from app.rules.roles import HANDLERS, ROLE_NAMES, UNIT_ROLES, Role, of_department, of_office, of_unit
from app.services.chains import Owed, owed_by, reached

VACANT = ("空缺", "vacant")


@dataclass(frozen=True, slots=True)
class PlaceToday:
    """`holders`: the names of those who hold the place. `told`: who is told in their stead, and `instead` why."""

    place: str
    holders: tuple[str, ...]
    told: tuple[str, ...] = ()
    instead: tuple[str, str] = ("", "")

    @property
    def zh(self) -> str:
        names = "、".join(self.holders) or VACANT[0]
        return f"{PLACES[self.place][0]}:{names}" + (f"({self.instead[0]}:{'、'.join(self.told)})" if self.told else "")

    @property
    def en(self) -> str:
        names = ", ".join(self.holders) or VACANT[1]
        return f"{PLACES[self.place][1]}: {names}" + (
            f" ({self.instead[1]}: {', '.join(self.told)})" if self.told else ""
        )


@dataclass(frozen=True, slots=True)
class Tried:
    """Whose task a ladder is tried on, and whom its places name. `units`: on whose it could be tried, with names."""

    zh: str
    en: str
    unit_id: UUID | None
    units: Sequence[tuple[UUID, str]]
    places: dict[str, PlaceToday]


async def places_today(session: AsyncSession, group: Group, name: str, unit_id: UUID | None, day: date) -> Tried:
    """For the ladder of this name, on a task of this unit; without one, or where it has no seat here, of the first."""
    seats = (await seats_of(session, {group.id}, day))[group.id]
    units = await _units(session, seats)
    chosen = next((unit for unit in units if unit.id == unit_id), units[0] if units else None)
    if name == "leaders" or chosen is None:
        owner, holder, chosen = ROLE_NAMES[Role.LEADER], of_office(group.id, Role.LEADER), None
    else:
        owner, holder = (chosen.name, chosen.name), _holder(group.id, chosen)
    owed = owed_by(holder, seats)
    names = await _names(session, seats)
    places = {place: _place(place, owed, names) for place in PLACES}
    choice = [] if name == "leaders" else [(unit.id, unit.name) for unit in units]
    return Tried(*owner, chosen.id if chosen else None, choice, places)


def _holder(group_id: UUID, unit: Unit) -> str:
    return (of_department if unit.kind == "department" else of_unit)(group_id, unit.id)


async def _units(session: AsyncSession, seats: Seats) -> Sequence[Unit]:
    """Those that have somebody here, member units before departments."""
    ids = {row.unit_id for row in seats.holding(*UNIT_ROLES, *HANDLERS) if row.unit_id}
    query = select(Unit).where(col(Unit.id).in_(ids)).order_by(col(Unit.kind) == "department", col(Unit.name))
    return (await session.scalars(query)).all()


async def _names(session: AsyncSession, seats: Seats) -> dict[UUID, str]:
    query = select(col(Person.id), col(Person.name)).where(col(Person.id).in_({row.person_id for row in seats.rows}))
    return {row.id: row.name for row in await session.execute(query)}


@enforces("C2")
def _place(place: str, owed: Owed, names: dict[UUID, str]) -> PlaceToday:
    """As a rung for this place alone would reach people, so that preview and reminder cannot differ."""
    found: list[Recipient[UUID]] = reached(Rung(0, (place,)), owed)
    told = tuple(names[each.id] for each in found)
    reason = next((each.reason for each in found if each.reason.why != "named"), None)
    if reason is None:
        return PlaceToday(place, told)
    holder = None if place == "general_affairs" else owed.chain.holder(place)
    return PlaceToday(place, (names[holder],) if holder else (), told, (reason.zh, reason.en))
