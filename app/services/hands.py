"""In which capacity an act is done: by whom, in which role, and for whom (C4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.core.enforces import enforces
from app.policy import Policy
from app.queries.subjects import Subject
from app.rules.roles import RANKS, Actor, Role


@dataclass(frozen=True, slots=True)
class Hand:
    """The person who acts and the role he acts in. `for_id` is the principal under a delegation."""

    person_id: UUID
    role: Role
    units: frozenset[UUID] = frozenset()
    departments: frozenset[UUID] = frozenset()
    for_id: UUID | None = None

    @property
    def people(self) -> frozenset[UUID]:
        """Everybody whose step this is: the person, and the one he acts for."""
        return frozenset({self.person_id, self.for_id} - {None})  # type: ignore[arg-type]

    @property
    def principal(self) -> UUID:
        """In whose place the step counts."""
        return self.for_id or self.person_id


def own_hands(actor: Actor, allowed: Iterable[str], group_id: UUID) -> list[Hand]:
    """The capacities of his own in which the actor may act, the highest first."""
    if actor.person_id is None:
        return []
    departments = frozenset(seat.unit_id for seat in actor.seats if seat.group_id == group_id and seat.unit_id)
    roles = sorted((role for role in actor.roles_in(group_id) if role.value in allowed), key=RANKS.__getitem__)
    return [Hand(actor.person_id, role, actor.units_in(group_id), departments) for role in roles]


@enforces("C4")
def possible_hands(policy: Policy, subject: Subject, action: str, actor: Actor) -> list[Hand]:
    """The capacities in which the policy lets this actor take the action: his own roles first, then lent powers."""
    allowed = policy.allowed_roles(subject.noun, action)
    hands = own_hands(actor, allowed, subject.row.group_id)
    if actor.person_id is None:
        return hands
    for mandate in actor.mandates:
        if (
            mandate.permission == f"{subject.noun}:{action}"
            and mandate.role.value in allowed
            and mandate.group_id == subject.row.group_id
            and mandate.matter_id in (None, subject.row.id)
        ):
            units = frozenset({mandate.unit_id} - {None})
            hands.append(Hand(actor.person_id, mandate.role, units, units, mandate.principal_id))  # type: ignore[arg-type]
    return hands
