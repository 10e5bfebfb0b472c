"""Who asks: a person's seats on a day, the powers lent to him, the administrator role he may have."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import SHANGHAI, now
from app.core.enforces import enforces
from app.models.panels import Panel, PanelMember
from app.models.people import Administrator, Appointment, Delegation, Person
from app.rules.panel import AT_WORK, OPEN_TO_EXPERTS
from app.rules.roles import PUBLIC, Actor, Mandate, Role, Seat


def in_force(day: date) -> ColumnElement[bool]:
    """Appointments that hold on this day (Asia/Shanghai)."""
    ends = or_(col(Appointment.ends_on).is_(None), col(Appointment.ends_on) >= day)
    return (col(Appointment.starts_on) <= day) & ends


def holds_on(row: Appointment, day: date) -> bool:
    """The same for one appointment."""
    return row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)


async def _seats(session: AsyncSession, person_id: UUID, day: date) -> tuple[Seat, ...]:
    query = select(Appointment).where(col(Appointment.person_id) == person_id, in_force(day))
    return tuple(_seat(row) for row in await session.scalars(query.order_by(col(Appointment.id))))


def _seat(row: Appointment) -> Seat:
    return Seat(Role(row.role), row.group_id, row.unit_id)


async def holders_of(session: AsyncSession, people: Collection[UUID], day: date) -> dict[UUID, frozenset[str]]:
    """Every name under which something is owed by each of these persons on this day."""
    query = select(Appointment).where(col(Appointment.person_id).in_(people), in_force(day))
    seats: dict[UUID, list[Seat]] = {person: [] for person in people}
    for row in (await session.scalars(query)).all():
        seats[row.person_id].append(_seat(row))
    return {person: Actor(person, seats=tuple(his)).holders for person, his in seats.items()}


@enforces("C4")
async def mandates_of(session: AsyncSession, delegate_id: UUID, instant: datetime) -> tuple[Mandate, ...]:
    """Powers lent to a person at this instant. A mandate ends with its time, its withdrawal or its principal's office;
    mandates are read from the principal's own seats only, so a lent power cannot be lent on."""
    day = instant.astimezone(SHANGHAI).date()
    query = (
        select(Delegation, col(Person.name), col(Appointment.unit_id))
        .join(Person, col(Person.id) == col(Delegation.principal_id))
        .join(
            Appointment,
            (col(Appointment.person_id) == col(Delegation.principal_id))
            & (col(Appointment.group_id) == col(Delegation.group_id))
            & (col(Appointment.role) == col(Delegation.role))
            & in_force(day),
        )
        .where(
            col(Delegation.delegate_id) == delegate_id,
            col(Delegation.withdrawn_at).is_(None),
            col(Delegation.starts_at) <= instant,
            col(Delegation.ends_at) > instant,
        )
    )
    query = query.order_by(col(Delegation.id), col(Appointment.id))
    return tuple(
        Mandate(row.id, row.principal_id, name, Role(row.role), row.group_id, row.permission, row.matter_id, unit_id)
        for row, name, unit_id in (await session.execute(query)).all()
    )


@enforces("A3.7", "A4.4")
async def _panel_seats(session: AsyncSession, person_id: UUID) -> tuple[Seat, ...]:
    """An expert's role in a group lasts from the call to the conclusion of a panel on which he sits."""
    query = (
        select(col(Panel.group_id))
        .join(PanelMember, col(PanelMember.panel_id) == col(Panel.id))
        .where(
            col(PanelMember.person_id) == person_id,
            col(PanelMember.state).in_(AT_WORK),
            col(Panel.state).in_(OPEN_TO_EXPERTS),
        )
        .distinct()
        .order_by(col(Panel.group_id))
    )
    return tuple(Seat(Role.EXPERT, group_id) for group_id in (await session.scalars(query)).all())


@enforces("C5", "C13")
async def load_actor(
    session: AsyncSession, person_id: UUID | None, origin: str = "", instant: datetime | None = None
) -> Actor:
    """The actor as of now, or in the seats he held at an earlier moment; the public where there is no such active
    person."""
    person = await session.get(Person, person_id) if person_id else None
    if person is None or not person.active:
        return PUBLIC
    instant = instant or now()
    seats = await _seats(session, person.id, instant.astimezone(SHANGHAI).date())
    seats += await _panel_seats(session, person.id)
    administrator = await session.get(Administrator, person.id)
    if administrator:
        seats = (*seats, Seat(Role(administrator.role)))
    mandates = await mandates_of(session, person.id, instant)
    return Actor(person.id, person.name, seats, mandates, origin=origin)


async def holders_of_role(
    session: AsyncSession, group_id: UUID, roles: Sequence[Role], day: date
) -> Sequence[Appointment]:
    """The appointments in force for these roles in a group, oldest first."""
    query = select(Appointment).where(
        col(Appointment.group_id) == group_id, col(Appointment.role).in_([role.value for role in roles]), in_force(day)
    )
    return (await session.scalars(query.order_by(col(Appointment.starts_on), col(Appointment.id)))).all()


async def people_behind(session: AsyncSession, holder: str, day: date) -> list[UUID]:
    """The persons who are this holder today: for a unit its head first, then its liaison officer."""
    kind, _, rest = holder.partition("/")
    if kind == "person":
        return [UUID(rest)]
    query = (
        select(Appointment)
        .where(col(Appointment.group_id) == UUID(kind), in_force(day))
        .order_by(col(Appointment.starts_on))
    )
    rows = (await session.scalars(query)).all()
    behind = [row.person_id for row in rows if holder in Seat(Role(row.role), row.group_id, row.unit_id).holders]
    return list(dict.fromkeys(behind))
