"""The office's own page: its forms of meeting and its departments' remits (B2.1, B2.3); and a topic's page (B2.4)."""

from sqlalchemy import select
from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask, forbidden
from app.admin.choices import choices_for
from app.admin.door import Page
from app.admin.drafts import groups_for
from app.admin.html import go, show
from app.admin.matters import oldest_first, people_in, seen, the_one
from app.admin.menu import is_handler
from app.admin.panels import panels
from app.admin.titles import person_names, unit_names
from app.models.matters import Decision, Item, Meeting
from app.models.office import AddedForm, Topic
from app.models.people import Group
from app.models.records import Signature
from app.queries.departments import departments_of, remits_of
from app.queries.visibility import visible_to
from app.rules.departments import SUBJECTS
from app.rules.forms import CALLS, FORMS, ORGANIZERS
from app.rules.roles import HANDLERS
from app.services import forms as services


async def office(ask: Ask) -> Response:
    """For the office's handlers, group by group; the director adds forms and sets remits."""
    if not is_handler(ask):
        raise forbidden("B2.3")
    mine = {seat.group_id for seat in ask.actor.seats if seat.role in HANDLERS}
    groups = (await ask.session.scalars(visible_to(ask.view, Group).where(col(Group.id).in_(mine)))).all()
    added = (await ask.session.scalars(visible_to(ask.view, AddedForm).where(col(AddedForm.group_id).in_(mine)))).all()
    departments = {group.id: await departments_of(ask.session, group.id) for group in groups}
    places = [(group_id, unit.id) for group_id, units in departments.items() for unit in units]
    return show(
        ask, "admin/office.html", groups=groups, added=added, departments=departments, forms=FORMS,
        remits=await remits_of(ask.session, places), subjects=SUBJECTS, calls=CALLS, organizers=ORGANIZERS,
        office_calls=services.OFFICE_CALLS, office_organizers=services.OFFICE_ORGANIZERS,
        may=set(groups_for(ask, "meeting_form:add")), names=await person_names(ask, [row.added_by for row in added]),
    )  # fmt: skip


async def add_form(ask: Ask) -> Response:
    form = ask.form
    async with ask.begin() as work:
        await services.add_form(
            work, ask.actor, form.uuid("group_id"), form.text("name"), form.text("name_en"), form.texts("calls"),
            form.texts("organizers"),
        )  # fmt: skip
    return go(ask, "/admin/office")


async def retire_form(ask: Ask) -> Response:
    async with ask.begin() as work:
        await services.retire_form(work, ask.actor, ask.path_id())
    return go(ask, "/admin/office")


async def set_remit(ask: Ask) -> Response:
    async with ask.begin() as work:
        await services.set_remit(
            work, ask.actor, ask.form.uuid("group_id"), ask.form.uuid("unit_id"), ask.form.texts("remit")
        )
    return go(ask, "/admin/office")


async def topic(ask: Ask) -> Response:
    row = await the_one(ask, Topic)
    signatures = oldest_first(await seen(ask, Signature, col(Signature.object_id) == row.id))
    items = await seen(ask, Item, col(Item.topic_id) == row.id)
    about = select(col(Decision.id)).where(col(Decision.item_id).in_([item.id for item in items]))
    return show(
        ask, "admin/matter/topic.html", panel=(await panels(ask, "topic", [row], signatures))[0],
        history_rows=signatures, choices=await choices_for(ask, row.group_id),
        meetings=await seen(ask, Meeting, col(Meeting.id).in_([item.meeting_id for item in items])),
        decisions=await seen(ask, Decision, col(Decision.id).in_(about)),
        assigned=await seen(ask, Decision, col(Decision.id) == row.decision_id) if row.decision_id else [],
        may_edit=row.state in ("draft", "returned") and row.drafter_id == ask.actor.person_id, subjects=SUBJECTS,
        units=await unit_names(ask, [row.department_id]), people=await people_in(ask, signatures, [row.drafter_id]),
    )  # fmt: skip


PAGES = (
    Page("/office", office),
    Page("/office/forms", add_form, "POST"),
    Page("/office/forms/{id}/retire", retire_form, "POST"),
    Page("/office/remit", set_remit, "POST"),
    Page("/topics/{id}", topic),
)
