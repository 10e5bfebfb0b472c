"""Whom a rung of the ladder reaches for one task (C2): the places of the chain, filled from the group's seats."""

from dataclasses import dataclass
from uuid import UUID

from app.core.enforces import enforces
from app.core.ladder import Chain, Recipient, Rung, recipients
from app.models.people import Appointment
from app.queries.reminders import Seats
from app.rules.roles import DEPUTIES, RANKS, Role, of_department

_LEADS = frozenset({RANKS[Role.LEADER], *(RANKS[role] for role in DEPUTIES)})
_HEADS = (Role.UNIT_HEAD, Role.RESPONSIBLE)


@dataclass(frozen=True, slots=True)
class Owed:
    """A task with the people who owe it: the one who stands first, and those who owe it with him."""

    chain: Chain[UUID]
    with_him: tuple[UUID, ...]
    leads: bool


def _first_of_unit(rows: list[Appointment]) -> list[Appointment]:
    """A unit's reply is handled by its liaison officer (联络员); its head is called in by a later rung."""
    return [row for row in rows if row.role == Role.LIAISON] or rows


@enforces("C2")
def owed_by(holder: str, seats: Seats) -> Owed:
    """Who owes a task of this holder today, and who stands above him."""
    if holder.startswith("person/"):
        people = [UUID(holder.removeprefix("person/"))]
    else:
        rows = seats.behind(holder)
        of_unit = "/unit/" in holder
        people = list(dict.fromkeys(row.person_id for row in (_first_of_unit(rows) if of_unit else rows)))
    assignee = people[0] if people else None
    rank = seats.rank(assignee)
    return Owed(_chain(holder, seats, assignee), tuple(people[1:]), rank in _LEADS)


def _one(rows: list[Appointment], *roles: Role) -> UUID | None:
    return next((row.person_id for row in rows if row.role in roles), None)


def _unit_rows(holder: str, seats: Seats, assignee: UUID | None) -> list[Appointment]:
    """The seats of the unit or department that owes the task; for a person, of the one where he has a seat."""
    if "/unit/" in holder or "/department/" in holder:
        return seats.behind(holder)
    own = next((row.unit_id for row in seats.rows if row.person_id == assignee and row.unit_id), None)
    return [row for row in seats.rows if own and row.unit_id == own]


def _general_affairs(seats: Seats) -> tuple[UUID, ...]:
    unit_id = seats.group.settings.get("general_affairs")
    rows = seats.behind(of_department(seats.group.id, UUID(unit_id))) if unit_id else []
    return tuple(dict.fromkeys(row.person_id for row in rows))


def _chain(holder: str, seats: Seats, assignee: UUID | None) -> Chain[UUID]:
    rows = _unit_rows(holder, seats, assignee)
    places = {
        "liaison": _one(rows, Role.LIAISON),
        "head": _one(rows, *_HEADS, Role.DEPARTMENT_HEAD),
        "office_director": _one(seats.rows, Role.OFFICE_DIRECTOR),
        "deputy_in_charge": _one(seats.rows, Role.DEPUTY_IN_CHARGE),
    }
    ranks = {name: seats.rank(person) for name, person in {**places, "assignee": assignee}.items()}
    return Chain(
        assignee=assignee,
        general_affairs=_general_affairs(seats),
        **places,
        ranks={name: rank for name, rank in ranks.items() if rank is not None},
    )


@enforces("C2")
def reached(rung: Rung, owed: Owed) -> list[Recipient[UUID]]:
    """Everybody whom this rung reaches. Those who owe the task together are reminded together."""
    found = recipients(rung, owed.chain)
    known = {each.id for each in found}
    if rung.kind == "remind" and "assignee" in rung.recipients and found:
        reason = next((each.reason for each in found if each.id == owed.chain.assignee), found[0].reason)
        found += [Recipient(person, reason) for person in owed.with_him if person not in known]
    return found
