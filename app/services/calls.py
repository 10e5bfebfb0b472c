"""Who is called to a meeting without being named: the callers that a form names (A2.4, A4.1, B2.3)."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.units import UnitKind
from app.models.matters import Motion
from app.models.office import Topic
from app.models.panels import PanelMember
from app.models.people import GroupUnit
from app.queries.subjects import Subject
from app.rules.panel import AT_WORK
from app.rules.roles import DEPUTIES, Role
from app.services.audiences import seated
from app.services.work import Work


@dataclass(frozen=True, slots=True)
class Call:
    """One unit, department or person, and as what it is called."""

    capacity: str
    unit_id: UUID | None = None
    person_id: UUID | None = None

    @property
    def whom(self) -> UUID | None:
        return self.unit_id or self.person_id


Caller = Callable[[Work, Subject], Awaitable[list[Call]]]


async def _places(work: Work, meeting: Subject) -> list[GroupUnit]:
    query = select(GroupUnit).where(col(GroupUnit.group_id) == meeting.row.group_id)
    return list((await work.session.scalars(query.order_by(col(GroupUnit.unit_id)))).all())


@enforces("A4.1")
async def _members(work: Work, meeting: Subject) -> list[Call]:
    places = await _places(work, meeting)
    return [Call("member", row.unit_id) for row in places if row.kind == UnitKind.MEMBER_UNIT.value]


@enforces("A2.4")
async def _standing_observers(work: Work, meeting: Subject) -> list[Call]:
    return [Call("observer", row.unit_id) for row in await _places(work, meeting) if row.standing_observer]


async def _departments(work: Work, meeting: Subject) -> list[Call]:
    places = await _places(work, meeting)
    return [Call("department", row.unit_id) for row in places if row.kind == UnitKind.DEPARTMENT.value]


def _listed(meeting: Subject, column: str) -> list[UUID]:
    rows = [row for row in meeting.related["item"] if row.state == "listed"]
    return [key for row in rows if (key := getattr(row, column))]


async def _proposing_units(work: Work, meeting: Subject) -> list[Call]:
    query = select(col(Motion.proposing_unit_id)).where(col(Motion.id).in_(_listed(meeting, "motion_id")))
    return [Call("member", unit_id) for unit_id in (await work.session.scalars(query)).all() if unit_id]


async def _submitting_departments(work: Work, meeting: Subject) -> list[Call]:
    query = select(col(Topic.department_id)).where(col(Topic.id).in_(_listed(meeting, "topic_id")))
    return [Call("department", unit_id) for unit_id in (await work.session.scalars(query)).all()]


@enforces("B2.3", "A3.7")
async def _panel_experts(work: Work, meeting: Subject) -> list[Call]:
    """The members of the panels that sit at the meeting."""
    query = select(col(PanelMember.person_id)).where(
        col(PanelMember.panel_id).in_(_listed(meeting, "panel_id")), col(PanelMember.state).in_(AT_WORK)
    )
    people = (await work.session.scalars(query.order_by(col(PanelMember.id)))).all()
    return [Call("expert", person_id=key) for key in people]


def _seats(meeting: Subject, capacity: str, roles: Iterable[Role]) -> list[Call]:
    """Those who hold these roles; the presider needs no invitation to his own meeting."""
    rows = [row for role in sorted(roles) for row in seated(meeting, role)]
    return [Call(capacity, person_id=row.person_id) for row in rows if row.person_id != meeting.row.presider_id]


async def _deputies(work: Work, meeting: Subject) -> list[Call]:
    return _seats(meeting, "leadership", DEPUTIES)


async def _directors(work: Work, meeting: Subject) -> list[Call]:
    return _seats(meeting, "office", (Role.OFFICE_DIRECTOR, Role.OFFICE_DEPUTY_DIRECTOR))


CALLERS: dict[str, Caller] = {
    "deputies": _deputies,
    "members": _members,
    "standing_observers": _standing_observers,
    "proposing_units": _proposing_units,
    "directors": _directors,
    "departments": _departments,
    "submitting_departments": _submitting_departments,
    "panel_experts": _panel_experts,
}


async def whom_to_call(work: Work, meeting: Subject) -> list[Call]:
    """Everybody whom the meeting's form calls, each once, in the capacity that comes first."""
    found: dict[UUID | None, Call] = {}
    for name in meeting.form.calls:
        for call in await CALLERS[name](work, meeting):
            found.setdefault(call.whom, call)
    return list(found.values())
