"""People and units, kept by the system administrator (C13)."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.html import go, show
from app.core.units import UnitKind
from app.models.people import Group, GroupUnit, Person, Unit
from app.queries.visibility import visible_to
from app.services import people as services

LIMIT = 200


async def _found_people(ask: Ask, words: str) -> Sequence[Person]:
    query = (
        visible_to(ask.view, Person).order_by(col(Person.active).desc(), col(Person.name), col(Person.id)).limit(LIMIT)
    )
    if words:
        query = query.where(
            or_(col(Person.name).contains(words, autoescape=True), col(Person.phone).startswith(words, autoescape=True),
                col(Person.mail).contains(words, autoescape=True))
        )  # fmt: skip
    return (await ask.session.scalars(query)).all()


async def people(ask: Ask) -> Response:
    ask.must("person:edit")
    words = ask.request.query_params.get("q", "").strip()[:50]
    return show(ask, "admin/people/list.html", people=await _found_people(ask, words), q=words, limit=LIMIT)


async def people_rows(ask: Ask) -> Response:
    """The table's rows alone, while somebody types into the search."""
    ask.must("person:edit")
    words = ask.request.query_params.get("q", "").strip()[:50]
    return show(ask, "admin/people/rows.html", people=await _found_people(ask, words))


async def add_person(ask: Ask) -> Response:
    async with ask.begin() as work:
        form = ask.form
        person = await services.add_person(work, ask.actor, form.text("name"), form.text("phone"), form.text("mail"))
    return go(ask, f"/admin/people/{person.id}")


async def deactivate(ask: Ask) -> Response:
    person_id = ask.path_id()
    async with ask.begin() as work:
        await services.deactivate_person(work, ask.actor, person_id)
    return go(ask, f"/admin/people/{person_id}")


async def units(ask: Ask) -> Response:
    ask.must("unit:edit")
    words = ask.request.query_params.get("q", "").strip()[:50]
    query = visible_to(ask.view, Unit).order_by(col(Unit.kind), col(Unit.name)).limit(LIMIT)
    if words:
        query = query.where(col(Unit.name).contains(words, autoescape=True))
    rows = (await ask.session.scalars(query)).all()
    places = (await ask.session.execute(
        select(GroupUnit, col(Group.name)).join(Group, col(Group.id) == col(GroupUnit.group_id)).where(
            col(GroupUnit.unit_id).in_([row.id for row in rows])
        )
    )).all()  # fmt: skip
    groups = (await ask.session.scalars(visible_to(ask.view, Group).order_by(col(Group.name)))).all()
    return show(ask, "admin/people/units.html", units=rows, places=places, groups=groups, kinds=list(UnitKind), q=words)


async def add_unit(ask: Ask) -> Response:
    async with ask.begin() as work:
        form = ask.form
        group_id = form.uuid_or_none("group_id")
        await services.add_unit(work, ask.actor, form.text("name"), form.needed("kind"), group_id)
    return go(ask, "/admin/units")


PAGES = (
    Page("/people", people),
    Page("/people/rows", people_rows),
    Page("/people", add_person, "POST"),
    Page("/people/{id}/deactivate", deactivate, "POST"),
    Page("/units", units),
    Page("/units", add_unit, "POST"),
)
