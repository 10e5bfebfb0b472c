"""The settings of a leading group, kept by the system administrator (C13, A3.5)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.forms import Form
from app.admin.html import go, show
from app.core.clock import today
from app.core.ladder import OFFICE_HOURS
from app.core.refusals import NotFound, invalid
from app.models.people import Appointment, Group, GroupUnit, Person, Unit
from app.queries.actors import in_force
from app.queries.visibility import visible_to
from app.rules import group_settings as names
from app.rules.defaults import DEFAULT_DAYS
from app.rules.file_types import DEFAULT_FILE_TYPES, FILE_TYPES
from app.services import groups as services


async def groups(ask: Ask) -> Response:
    ask.must("group:edit")
    rows = (await ask.session.scalars(visible_to(ask.view, Group).order_by(col(Group.name)))).all()
    return show(ask, "admin/groups/list.html", groups=rows)


async def _units(ask: Ask, group_id: UUID) -> Sequence[tuple[str, str, str]]:
    query = (
        select(col(Unit.id), col(Unit.name), col(GroupUnit.kind))
        .join(GroupUnit, col(GroupUnit.unit_id) == col(Unit.id))
        .where(col(GroupUnit.group_id) == group_id)
        .order_by(col(Unit.name))
    )
    return [(str(key), name, kind) for key, name, kind in (await ask.session.execute(query)).all()]


async def _people(ask: Ask, group_id: UUID) -> list[tuple[str, str]]:
    """Who holds a post in the group today."""
    query = (
        select(col(Person.id), col(Person.name))
        .join(Appointment, col(Appointment.person_id) == col(Person.id))
        .where(col(Appointment.group_id) == group_id, in_force(today()))
        .distinct()
        .order_by(col(Person.name))
    )
    return [(str(key), name) for key, name in (await ask.session.execute(query)).all()]


async def group(ask: Ask) -> Response:
    ask.must("group:edit")
    row = await ask.session.scalar(visible_to(ask.view, Group).where(col(Group.id) == ask.path_id()))
    if row is None:
        raise NotFound()
    hours = row.settings.get("chase_hours") or [f"{each:%H:%M}" for each in OFFICE_HOURS]
    return show(
        ask, "admin/groups/group.html", group=row, units=await _units(ask, row.id), hours=hours, most=names.MOST_DAYS,
        days=[(key, names.name_of(key, ask.language), int(row.settings.get(key, DEFAULT_DAYS[key])), DEFAULT_DAYS[key])
              for key in names.day_settings()],
        flags=[(key, ask.say(*name), bool(row.settings.get(key))) for key, name in names.FLAGS.items()],
        choices=[(key, ask.say(*name), row.settings.get(key), key == "general_affairs")
                 for key, name in names.UNITS.items()],
        numbers=[(key, ask.say(*name), int(row.settings.get(key, names.DEFAULT_NUMBERS[key])))
                 for key, name in names.NUMBERS.items()],
        file_types=[(row.ending, ask.say(row.zh, row.en)) for row in FILE_TYPES.values()],
        taken=row.settings.get("file_types", DEFAULT_FILE_TYPES), officers=await _people(ask, row.id),
        kinds=names.KINDS, allowed=row.settings.get("document_kinds", names.DEFAULT_KINDS),
    )  # fmt: skip


def _number(form: Form, name: str) -> int:
    try:
        return int(form.needed(name))
    except ValueError as error:
        raise invalid(name, "请填写数字。", "Give a number.", "C13") from error


async def edit(ask: Ask) -> Response:
    form, group_id = ask.form, ask.path_id()
    draft = services.SettingsDraft(
        body_code=form.text("body_code"),
        days={key: _number(form, key) for key in names.day_settings() if form.text(key)},
        flags={key: form.checked(key) for key in names.FLAGS},
        units={key: form.uuid(key) for key in names.UNITS if form.text(key)},
        numbers={key: _number(form, key) for key in names.NUMBERS if form.text(key)},
        document_kinds=form.texts("document_kinds"),
        file_types=form.texts("file_types") or None,
        secrecy_officer=form.uuid_or_none("secrecy_officer"),
        chase_hours=(form.text("chase_from"), form.text("chase_until")),
    )
    async with ask.begin() as work:
        await services.edit_group(work, ask.actor, group_id, draft)
    return go(ask, f"/admin/groups/{group_id}?done=group.edit")


PAGES = (Page("/groups", groups), Page("/groups/{id}", group), Page("/groups/{id}", edit, "POST"))
