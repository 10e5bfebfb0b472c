"""The forms of office meeting that the director adds, and the remits of the departments (B2.1, B2.3)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import Invalid, NotFound, Problem, invalid
from app.core.units import UnitKind
from app.models.office import AddedForm
from app.models.people import GroupUnit
from app.queries.forms import added_forms, as_form
from app.rules.departments import SUBJECTS
from app.rules.forms import ADDED, FORMS, NAMES, ORGANIZERS, Body, MeetingForm
from app.rules.roles import Actor
from app.services import trail
from app.services.permits import require, require_group
from app.services.secrets import refuse_secrets
from app.services.work import Work

OFFICE_CALLS = ("directors", "departments", "submitting_departments")
OFFICE_ORGANIZERS = ("general_affairs", "submitting_department")


def _check(name: str, calls: Sequence[str], organizers: Sequence[str], known: set[str]) -> None:
    problems = []
    if not 0 < len(name) <= 60:
        problems.append(Problem("name", "请填写名称,不超过60字。", "A name of at most 60 characters."))
    if name in known:
        problems.append(Problem("name", "已有这种会议形式。", "There is such a form already."))
    if not calls or set(calls) - set(OFFICE_CALLS):
        problems.append(Problem("calls", "请选择通知哪些人参加。", f"One or more of: {', '.join(OFFICE_CALLS)}."))
    if not organizers or set(organizers) - set(OFFICE_ORGANIZERS):
        problems.append(Problem("organizers", "请选择由谁组织。", f"One or more of: {', '.join(OFFICE_ORGANIZERS)}."))
    if problems:
        raise Invalid(problems, "B2.3")


@enforces("B2.3")
async def add_form(
    work: Work, actor: Actor, group_id: UUID, name: str, name_en: str, calls: Sequence[str], organizers: Sequence[str]
) -> AddedForm:
    """The director adds a form of office meeting. What he does not choose is as in the shipped ones."""
    await require_group(work, group_id)
    require(work, actor, "meeting_form", "add", group_id, "B2.3")
    name = name.strip()
    added = await added_forms(work.session, group_id, work.day)
    _check(name, calls, organizers, {form.zh for form in FORMS.values()} | {row.name for row in added})
    refuse_secrets(name, name_en)
    row = AddedForm(
        group_id=group_id,
        name=name,
        name_en=name_en.strip()[:60],
        calls=[code for code in OFFICE_CALLS if code in calls],
        organizers=[code for code in OFFICE_ORGANIZERS if code in organizers],
        added_by=actor.me,
    )
    work.session.add(row)
    await work.session.flush()
    await _on_trail(work, actor, "meeting_form", "add", "B2.3", row.id, group_id)
    return row


async def retire_form(work: Work, actor: Actor, form_id: UUID) -> AddedForm:
    """From tomorrow on the form is not used for new meetings; those of this form keep it."""
    row = await work.session.get(AddedForm, form_id)
    if row is None:
        raise NotFound()
    require(work, actor, "meeting_form", "retire", row.group_id, "B2.3")
    row.ends_on = work.day
    await work.session.flush()
    await _on_trail(work, actor, "meeting_form", "retire", "B2.3", row.id, row.group_id)
    return row


@enforces("B2.1")
async def set_remit(work: Work, actor: Actor, group_id: UUID, unit_id: UUID, remit: Sequence[str]) -> GroupUnit:
    """What a department is responsible for: the subjects of which it submits topics."""
    await require_group(work, group_id)
    require(work, actor, "department", "set_remit", group_id, "B2.1")
    place = await work.session.get(GroupUnit, (group_id, unit_id))
    if place is None or place.kind != UnitKind.DEPARTMENT.value:
        raise invalid("unit", "只有办公室内设机构有职责分工。", "Only departments of the office have a remit.", "B2.1")
    if not remit or set(remit) - set(SUBJECTS):
        raise invalid("remit", "请选择职责。", f"One or more of: {', '.join(SUBJECTS)}.", "B2.1")
    place.remit = [code for code in SUBJECTS if code in remit]
    await work.session.flush()
    await _on_trail(work, actor, "department", "set_remit", "B2.1", unit_id, group_id)
    return place


async def _on_trail(
    work: Work, actor: Actor, noun: str, action: str, clause: str, object_id: UUID, group_id: UUID
) -> None:
    entry = trail.entry(
        work.now, noun, action, clause, object_id=object_id, group_id=group_id, actor_id=actor.person_id,
        origin=actor.origin,
    )  # fmt: skip
    await trail.append(work.session, entry)


async def find_form(work: Work, group_id: UUID, code: str, added_form_id: UUID | None) -> MeetingForm:
    """The form that a draft names; one that was retired or belongs to another group is none."""
    if code in FORMS:
        return FORMS[code]
    if code == ADDED and added_form_id:
        for row in await added_forms(work.session, group_id, work.day):
            if row.id == added_form_id:
                return as_form(row)
    names = "、".join(zh for zh, _ in NAMES.values())
    raise invalid("form", f"会议形式须是以下之一:{names}。", f"A form of meeting: {', '.join(NAMES)}.", "B2.3")


@enforces("B2.5")
async def find_organizer(work: Work, group_id: UUID, form: MeetingForm, given: UUID | None) -> UUID | None:
    """The department that organizes an office meeting: General Affairs, or, where the form leaves it to the
    department that wants the meeting, that one."""
    if form.body == Body.GROUP:
        return None
    group = await require_group(work, group_id)
    setting = group.settings.get("general_affairs")
    general_affairs = UUID(setting) if setting else None
    if given is None or given == general_affairs:
        return general_affairs
    departments = select(col(GroupUnit.unit_id)).where(
        col(GroupUnit.group_id) == group_id, col(GroupUnit.kind) == UnitKind.DEPARTMENT.value
    )
    is_department = given in (await work.session.scalars(departments)).all()
    if "submitting_department" not in form.organizers or not is_department:
        names = "、".join(ORGANIZERS[name][0] for name in form.organizers)
        en = ", ".join(ORGANIZERS[name][1] for name in form.organizers)
        raise invalid("organizer", f"“{form.zh}”由{names}组织。", f"“{form.en}” is organized by: {en}.", "B2.5")
    return given
