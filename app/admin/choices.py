"""The lists that forms on a matter's page choose from."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.admin.ask import Ask
from app.admin.panels import Choices
from app.core.clock import now, today
from app.models.matters import Attendance, Meeting
from app.models.people import Appointment, GroupUnit, Person, Unit
from app.queries.actors import in_force
from app.queries.departments import departments_of
from app.queries.forms import added_forms
from app.queries.visibility import row_filter, visible_to
from app.rules.categories import CATEGORIES
from app.rules.forms import ADDED, FORMS, GROUP_PRESIDERS, NAMES, OFFICE_PRESIDERS
from app.rules.major import REQUIREMENTS
from app.rules.positions import POSITIONS
from app.services.amendments import OUTCOMES
from app.services.decisions import KINDS

_GROUNDS = {
    "14": ("第十四条(国家秘密、三安全一稳定)", "Article 14 (state secrets, security)"),
    "15": ("第十五条(商业秘密、个人隐私)", "Article 15 (trade secrets, privacy)"),
    "16": ("第十六条(内部事务、过程性信息)", "Article 16 (internal or preliminary)"),
}


def named(ask: Ask, names: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, ask.say(*pair)) for key, pair in names.items()]


async def choices_for(ask: Ask, group_id: UUID, meeting_ids: list[UUID] | None = None, category: str = "") -> Choices:
    return {
        "units": await units_of(ask, group_id),
        "called_units": await _called(ask, meeting_ids or []),
        "meetings": await _meetings(ask, group_id, category),
        "office_meetings": await _office_meetings(ask, group_id),
        "departments": await _departments(ask, group_id),
        "presiders": await presiders_of(ask, group_id),
        "positions": named(ask, POSITIONS),
        "requirements": [(name, ask.say(kind.zh, kind.en)) for name, kind in REQUIREMENTS.items()],
        "outcomes": named(ask, OUTCOMES),
        "decision_kinds": named(ask, KINDS),
        "grounds": named(ask, _GROUNDS),
    }


async def units_of(ask: Ask, group_id: UUID) -> list[tuple[str, str]]:
    query = (
        select(col(Unit.id), col(Unit.name))
        .join(GroupUnit, col(GroupUnit.unit_id) == col(Unit.id))
        .where(col(GroupUnit.group_id) == group_id, row_filter(ask.view, Unit), col(Unit.ends_on).is_(None))
        .order_by(col(GroupUnit.kind), col(Unit.name))
    )
    return await _pairs(ask, query)


async def _called(ask: Ask, meeting_ids: list[UUID]) -> list[tuple[str, str]]:
    if not meeting_ids:
        return []
    query = (
        select(col(Unit.id), col(Unit.name))
        .join(Attendance, col(Attendance.unit_id) == col(Unit.id))
        .where(col(Attendance.meeting_id).in_(meeting_ids), row_filter(ask.view, Attendance))
        .order_by(col(Unit.name))
    )
    return await _pairs(ask, query)


async def _meetings(ask: Ask, group_id: UUID, category: str) -> list[tuple[str, str]]:
    """Meetings in preparation; of the form that the category asks for where one is given (A1.2, A1.3)."""
    query = visible_to(ask.view, Meeting).where(
        col(Meeting.group_id) == group_id, col(Meeting.state) == "draft", col(Meeting.starts_at) > now()
    )
    if category in CATEGORIES:
        query = query.where(col(Meeting.form) == CATEGORIES[category].form.value)
    rows = (await ask.session.scalars(query.order_by(col(Meeting.starts_at)))).all()
    return [(str(row.id), row.title) for row in rows]


async def _office_meetings(ask: Ask, group_id: UUID) -> list[tuple[str, str]]:
    """Meetings of the office in preparation (B2.4)."""
    of_office = [code for code in NAMES if code not in FORMS or FORMS[code].of_office]
    query = visible_to(ask.view, Meeting).where(
        col(Meeting.group_id) == group_id, col(Meeting.state) == "draft", col(Meeting.form).in_(of_office)
    )
    rows = (await ask.session.scalars(query.order_by(col(Meeting.starts_at)))).all()
    return [(str(row.id), row.title) for row in rows]


async def _departments(ask: Ask, group_id: UUID) -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in await departments_of(ask.session, group_id)]


async def forms_of_group(ask: Ask, group_id: UUID) -> list[tuple[str, str]]:
    """The shipped forms and those that the director added; these carry their id after a colon."""
    shipped = [(form.code, ask.say(form.zh, form.en)) for form in FORMS.values()]
    added = await added_forms(ask.session, group_id, today())
    return shipped + [(f"{ADDED}:{row.id}", ask.say(row.name, row.name_en or row.name)) for row in added]


async def presiders_of(ask: Ask, group_id: UUID) -> list[tuple[str, str]]:
    roles = [role.value for role in (*GROUP_PRESIDERS, *OFFICE_PRESIDERS)]
    query = (
        select(col(Person.id), col(Person.name))
        .join(Appointment, col(Appointment.person_id) == col(Person.id))
        .where(col(Appointment.group_id) == group_id, col(Appointment.role).in_(roles), in_force(today()))
        .order_by(col(Person.name))
    )
    return await _pairs(ask, query)


async def _pairs(ask: Ask, query: Any) -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in dict((await ask.session.execute(query)).all()).items()]
