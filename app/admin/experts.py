"""The expert pool on pages: who knows what, ended terms, when somebody is away (A3.7)."""

from collections.abc import Sequence

from sqlalchemy import or_
from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask, forbidden
from app.admin.door import Page
from app.admin.expert_sheet import absences_of, pool_sheet
from app.admin.forms import Form
from app.admin.html import go, show
from app.admin.menu import sees_pool
from app.admin.titles import person_names, unit_names
from app.core import lists
from app.core.clock import today
from app.core.refusals import NotFound
from app.models.experts import Expert, ExpertAbsence
from app.models.people import Person
from app.queries.experts import has_field, in_term
from app.queries.panels import loads
from app.queries.visibility import visible_to
from app.services import experts as services
from app.services.experts import ExpertDraft

LIMIT = 300
TERMS = ("current", "ended")


def _asked(ask: Ask) -> tuple[str, str, str]:
    """`?field=` one field, `?term=current|ended`, `?q=` words."""
    if not sees_pool(ask):
        raise forbidden("A3.7")
    asked = ask.request.query_params
    return asked.get("field", ""), asked.get("term", ""), asked.get("q", "").strip()[:50]


async def export(ask: Ask) -> Response:
    """The same list as a spreadsheet, whole (C12)."""
    return await pool_sheet(ask, await _found(ask, *_asked(ask), limit=None))


async def pool(ask: Ask) -> Response:
    field, term, words = _asked(ask)
    everybody = (await ask.session.scalars(visible_to(ask.view, Expert))).all()
    rows = await _found(ask, field, term, words)
    away = await absences_of(ask, rows)
    return show(
        ask, "admin/experts/list.html", experts=rows, q=words, field=field, term=term, terms=TERMS, limit=LIMIT,
        fields=sorted({name for row in everybody for name in lists.split(row.fields)}), split=lists.split,
        people=await person_names(ask, [row.person_id for row in rows]), today=today(), may_edit=ask.may("expert:edit"),
        load=await loads(ask.session, [row.id for row in rows]), away=away,
    )  # fmt: skip


async def _found(ask: Ask, field: str, term: str, words: str, limit: int | None = LIMIT) -> Sequence[Expert]:
    query = visible_to(ask.view, Expert).join(Person, col(Person.id) == col(Expert.person_id))
    if field:
        query = query.where(has_field(field))
    if term in TERMS:
        query = query.where(in_term(today()) if term == "current" else col(Expert.ends_on) < today())
    if words:
        texts = (col(Person.name), col(Expert.employer), col(Expert.title), col(Expert.fields))
        query = query.where(or_(*(text.contains(words, autoescape=True) for text in texts)))
    return (await ask.session.scalars(query.order_by(col(Person.name), col(Expert.id)).limit(limit))).all()


async def expert(ask: Ask) -> Response:
    row = await ask.session.scalar(visible_to(ask.view, Expert).where(col(Expert.id) == ask.path_id()))
    if row is None:
        raise NotFound()
    person = await ask.session.get(Person, row.person_id)
    absences = visible_to(ask.view, ExpertAbsence).where(col(ExpertAbsence.expert_id) == row.id)
    return show(
        ask, "admin/experts/expert.html", expert=row, person=person, today=today(), split=lists.split,
        absences=(await ask.session.scalars(absences.order_by(col(ExpertAbsence.starts_on)))).all(),
        units=await unit_names(ask, [row.unit_id]), load=(await loads(ask.session, [row.id]))[row.id],
        may_edit=ask.may("expert:edit"), may_tell=ask.may("expert:edit") or row.person_id == ask.actor.person_id,
    )  # fmt: skip


def _draft(form: Form) -> ExpertDraft:
    return ExpertDraft(
        employer=form.needed("employer"), fields=lists.split(form.text("fields")), starts_on=form.day("starts_on"),
        ends_on=form.day("ends_on"), title=form.text("title"), avoids=lists.split(form.text("avoids")),
    )  # fmt: skip


async def enrol(ask: Ask) -> Response:
    form = ask.form
    async with ask.begin() as work:
        name, phone, mail = form.text("name"), form.text("phone"), form.text("mail")
        row = await services.enrol(work, ask.actor, _draft(form), name, phone, mail)
    return go(ask, f"/admin/experts/{row.id}")


async def change(ask: Ask) -> Response:
    expert_id = ask.path_id()
    async with ask.begin() as work:
        await services.change(work, ask.actor, expert_id, _draft(ask.form))
    return go(ask, f"/admin/experts/{expert_id}")


async def add_absence(ask: Ask) -> Response:
    expert_id, form = ask.path_id(), ask.form
    async with ask.begin() as work:
        starts_on, ends_on = form.day("starts_on"), form.day("ends_on")
        await services.add_absence(work, ask.actor, expert_id, starts_on, ends_on, form.text("note"))
    return go(ask, f"/admin/experts/{expert_id}")


async def remove_absence(ask: Ask) -> Response:
    async with ask.begin() as work:
        row = await services.remove_absence(work, ask.actor, ask.path_id("absence"))
    return go(ask, f"/admin/experts/{row.id}")


PAGES = (
    Page("/experts", pool),
    Page("/experts", enrol, "POST"),
    Page("/experts/export.xlsx", export),
    Page("/experts/{id}", expert),
    Page("/experts/{id}", change, "POST"),
    Page("/experts/{id}/absences", add_absence, "POST"),
    Page("/experts/{id}/absences/{absence}/remove", remove_absence, "POST"),
)
