"""Roles, who they are to others (holders), and the actor: who asks, in which seats, for whom.

A *holder* is the text under which something is owed or given: a person, an office, a unit. Tasks and parts (A4.4) name
a holder, never an appointment, so that a successor finds what his office owes without any row being changed (C5).
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.core.refusals import Refusal, Refused


class Role(StrEnum):
    LEADER = "leader"
    DEPUTY_IN_CHARGE = "deputy_in_charge"
    DEPUTY = "deputy"
    OFFICE_DIRECTOR = "office_director"
    OFFICE_DEPUTY_DIRECTOR = "office_deputy_director"
    DEPARTMENT_HEAD = "department_head"
    DEPARTMENT_STAFF = "department_staff"
    UNIT_HEAD = "unit_head"
    LIAISON = "liaison"
    RESPONSIBLE = "responsible"
    EXPERT = "expert"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"


ROLE_NAMES: dict[Role, tuple[str, str]] = {
    Role.LEADER: ("组长", "Leader"),
    Role.DEPUTY_IN_CHARGE: ("分管副组长", "Deputy in charge"),
    Role.DEPUTY: ("副组长", "Deputy"),
    Role.OFFICE_DIRECTOR: ("办公室主任", "Office director"),
    Role.OFFICE_DEPUTY_DIRECTOR: ("办公室副主任", "Office deputy director"),
    Role.DEPARTMENT_HEAD: ("部门负责人", "Department head"),
    Role.DEPARTMENT_STAFF: ("部门工作人员", "Department staff"),
    Role.UNIT_HEAD: ("成员单位负责人", "Head of member unit"),
    Role.LIAISON: ("联络员", "Liaison officer"),
    Role.RESPONSIBLE: ("实施单位责任人", "Head of implementing unit"),
    Role.EXPERT: ("专家", "Expert"),
    Role.SYSTEM_ADMIN: ("系统管理员", "System administrator"),
    Role.SECURITY_ADMIN: ("安全管理员", "Security administrator"),
    Role.AUDITOR: ("审计员", "Auditor"),
}
# Ranks for C2: a reminder never goes to somebody who ranks below the one reminded. Smaller is higher.
RANKS: dict[Role, int] = {role: rank for rank, role in enumerate(Role)}
DEPUTIES = frozenset({Role.DEPUTY_IN_CHARGE, Role.DEPUTY})
HANDLERS = frozenset({Role.OFFICE_DIRECTOR, Role.OFFICE_DEPUTY_DIRECTOR, Role.DEPARTMENT_HEAD, Role.DEPARTMENT_STAFF})
UNIT_ROLES = frozenset({Role.UNIT_HEAD, Role.LIAISON, Role.RESPONSIBLE})
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
SINGLE_HOLDER = frozenset({Role.LEADER, Role.DEPUTY_IN_CHARGE, Role.OFFICE_DIRECTOR})


def of_person(person_id: UUID) -> str:
    return f"person/{person_id}"


def of_office(group_id: UUID, name: str) -> str:
    """An office of a group: a role's value, or `office` (all handlers), or `deputies`."""
    return f"{group_id}/{name}"


def of_unit(group_id: UUID, unit_id: UUID) -> str:
    """A unit within a group: its head, liaison officer or responsible person."""
    return f"{group_id}/unit/{unit_id}"


def of_department(group_id: UUID, unit_id: UUID) -> str:
    return f"{group_id}/department/{unit_id}"


@dataclass(frozen=True, slots=True)
class Seat:
    """One appointment in force: a role in a group (None: in the installation), perhaps of a unit."""

    role: Role
    group_id: UUID | None = None
    unit_id: UUID | None = None

    @property
    def holders(self) -> tuple[str, ...]:
        if self.group_id is None or self.role == Role.EXPERT:  # an expert has part in person only
            return ()
        names = [of_office(self.group_id, self.role.value)]
        if self.role in DEPUTIES:
            names.append(of_office(self.group_id, "deputies"))
        if self.role in HANDLERS:
            names.append(of_office(self.group_id, "office"))
            if self.unit_id:
                names.append(of_department(self.group_id, self.unit_id))
        if self.role in UNIT_ROLES and self.unit_id:
            names.append(of_unit(self.group_id, self.unit_id))
        return tuple(names)


@dataclass(frozen=True, slots=True)
class Mandate:
    """A delegated power (C4): `permission` of `principal`'s `role`, for one matter or for a time."""

    id: UUID
    principal_id: UUID
    principal_name: str
    role: Role
    group_id: UUID
    permission: str
    matter_id: UUID | None = None
    unit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """The paper route (C20): `clerk_id` enters the act that the actor did on paper on `signed_at`."""

    clerk_id: UUID
    clerk_name: str
    signed_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. Without a person it is the public."""

    person_id: UUID | None = None
    name: str = ""
    seats: tuple[Seat, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    entry: Entry | None = None
    origin: str = ""
    holders: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        names = {holder for seat in self.seats for holder in seat.holders}
        if self.person_id:
            names.add(of_person(self.person_id))
        object.__setattr__(self, "holders", frozenset(names))

    @property
    def me(self) -> UUID:
        """The person who acts. Raises Refused for the public."""
        if self.person_id is None:
            raise Refused(Refusal("sign_in_needed", "请先登录。", "Sign in first.", "C13"))
        return self.person_id

    def moment(self, now: datetime) -> datetime:
        """When he acts: now, or when he signed on paper what a clerk enters (C20)."""
        return min(self.entry.signed_at, now) if self.entry else now

    def roles_in(self, group_id: UUID) -> frozenset[Role]:
        return frozenset(seat.role for seat in self.seats if seat.group_id == group_id)

    def has(self, role: Role, group_id: UUID | None = None) -> bool:
        return any(seat.role == role and (group_id is None or seat.group_id == group_id) for seat in self.seats)

    def units_in(self, group_id: UUID) -> frozenset[UUID]:
        """The units for which the actor may speak in this group."""
        return frozenset(
            seat.unit_id
            for seat in self.seats
            if seat.group_id == group_id and seat.unit_id and seat.role in UNIT_ROLES
        )

    @property
    def all_roles(self) -> frozenset[Role]:
        return frozenset(seat.role for seat in self.seats)


PUBLIC = Actor()
