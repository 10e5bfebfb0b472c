"""A person's page: his offices with their beginnings and ends; appointing, ending, succession (C5)."""

from typing import Any

from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import go, show
from app.core.clock import today
from app.core.refusals import NotFound
from app.models.people import Administrator, Appointment, Group, Person, Unit
from app.queries.visibility import visible_to
from app.rules.roles import ADMINISTRATORS, Role
from app.services import accounts
from app.services import people as services


async def _facts(ask: Ask) -> dict[str, Any]:
    """Everything that the page and its fragments show."""
    person = await ask.session.scalar(visible_to(ask.view, Person).where(col(Person.id) == ask.path_id()))
    if person is None:
        raise NotFound()
    query = visible_to(ask.view, Appointment).where(col(Appointment.person_id) == person.id)
    appointments = (await ask.session.scalars(query.order_by(col(Appointment.starts_on).desc()))).all()
    units = (await ask.session.scalars(visible_to(ask.view, Unit).order_by(col(Unit.name)))).all()
    groups = (await ask.session.scalars(visible_to(ask.view, Group).order_by(col(Group.name)))).all()
    others = (
        visible_to(ask.view, Person).where(col(Person.active), col(Person.id) != person.id).order_by(col(Person.name))
    )
    return {
        "person": person, "appointments": appointments, "today": today(), "groups": groups, "units": units,
        "unit_of": {row.id: row.name for row in units}, "group_of": {row.id: row.name for row in groups},
        "departments": [row for row in units if row.kind == "department"],
        "roles": [role for role in Role if role not in ADMINISTRATORS | {Role.EXPERT}],
        "others": (await ask.session.scalars(others)).all(),
        "administrator": await ask.session.get(Administrator, person.id), "link": "",
    }  # fmt: skip


async def person(ask: Ask) -> Response:
    ask.must("person:edit")
    return show(ask, "admin/people/person.html", **await _facts(ask))


async def invite(ask: Ask) -> Response:
    """A one-time link, shown once; only its hash is kept."""
    ask.must("person:edit")
    facts = await _facts(ask)
    async with ask.begin() as work:
        token = await accounts.make_invite(work, facts["person"].id)
    facts["link"] = f"{ask.site.settings.base_url}/admin/invite/{token}"
    return show(ask, "admin/people/person.html", **facts)


async def appoint(ask: Ask) -> Response:
    form, person_id = ask.form, ask.path_id()
    draft = services.AppointmentDraft(
        person_id=person_id, group_id=form.uuid("group_id"), role=form.needed("role"),
        starts_on=form.day("starts_on"), unit_id=form.uuid_or_none("unit_id"), post=form.text("post"),
        in_charge_of=form.uuids("in_charge_of"),
    )  # fmt: skip
    async with ask.begin() as work:
        await services.appoint(work, ask.actor, draft)
    return go(ask, f"/admin/people/{person_id}")


async def end(ask: Ask) -> Response:
    form, person_id = ask.form, ask.path_id()
    async with ask.begin() as work:
        await services.end_appointment(
            work, ask.actor, ask.path_id("appointment"), form.day("ends_on"), form.uuid_or_none("successor_id")
        )
    return go(ask, f"/admin/people/{person_id}")


PAGES = (
    Page("/people/{id}", person),
    Page("/people/{id}/invite", invite, "POST"),
    Page("/people/{id}/appointments", appoint, "POST"),
    Page("/people/{id}/appointments/{appointment}/end", end, "POST"),
)
