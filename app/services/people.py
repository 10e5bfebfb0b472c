"""Units, people and appointments (C5, C13): what the system administrator keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import NotFound, Refusal, Refused, invalid
from app.models.people import Appointment, GroupUnit, Person, Session, Unit
from app.rules.roles import HANDLERS, SINGLE_HOLDER, UNIT_ROLES, Actor, Role
from app.services import succession, trail
from app.services.permits import require, require_group
from app.services.work import Work


@dataclass(frozen=True, slots=True)
class AppointmentDraft:
    person_id: UUID
    group_id: UUID
    role: str
    starts_on: date
    unit_id: UUID | None = None
    post: str = ""
    in_charge_of: Sequence[UUID] = ()


async def add_unit(work: Work, actor: Actor, name: str, kind: str, group_id: UUID | None = None) -> Unit:
    require(work, actor, "unit", "edit", None, "C13")
    if not name.strip():
        raise invalid("name", "请填写单位名称。", "Give the unit a name.", "C13")
    known = select(Unit).where(col(Unit.name) == name.strip(), col(Unit.ends_on).is_(None))
    if await work.session.scalar(known):
        raise invalid("name", "已有同名单位。", "There is a unit of this name.", "C13")
    unit = Unit(name=name.strip(), kind=kind)
    work.session.add(unit)
    await work.session.flush()
    if group_id:
        work.session.add(GroupUnit(group_id=group_id, unit_id=unit.id, kind=kind))
    await _on_trail(work, actor, "unit", unit.id, "add", group_id, "C13")
    return unit


async def add_person(work: Work, actor: Actor, name: str, phone: str = "", mail: str = "") -> Person:
    require(work, actor, "person", "edit", None, "C13")
    if not name.strip() or not (phone.strip() or mail.strip()):
        raise invalid("name", "请填写姓名和手机或邮箱。", "A name and a phone or mail address are needed.", "C13")
    same = [
        column == value.strip()
        for column, value in ((col(Person.phone), phone), (col(Person.mail), mail))
        if value.strip()
    ]
    if await work.session.scalar(select(col(Person.id)).where(or_(*same))):
        raise invalid("phone", "手机或邮箱已属于另一人。", "This phone or mail address belongs to somebody.", "C13")
    person = Person(name=name.strip(), phone=phone.strip(), mail=mail.strip())
    work.session.add(person)
    await work.session.flush()
    await _on_trail(work, actor, "person", person.id, "add", None, "C13")
    return person


async def deactivate_person(work: Work, actor: Actor, person_id: UUID) -> Person:
    """Nobody is deleted: the person stays on record, cannot sign in any more, and his sign-ins end (C5, C13)."""
    require(work, actor, "person", "edit", None, "C13")
    person = await work.session.get(Person, person_id)
    if person is None:
        raise NotFound()
    if person.id == actor.person_id:
        raise invalid("person", "不能停用本人账号。", "One does not deactivate oneself.", "C13")
    person.active = False
    await work.session.execute(
        update(Session)
        .where(col(Session.person_id) == person_id, col(Session.revoked_at).is_(None))
        .values(revoked_at=work.now)
    )
    await _on_trail(work, actor, "person", person.id, "deactivate", None, "C13")
    return person


async def _on_trail(
    work: Work, actor: Actor, noun: str, object_id: UUID, action: str, group_id: UUID | None, clause: str
) -> None:
    await trail.append(
        work.session,
        trail.entry(
            work.now,
            noun,
            action,
            clause,
            object_id=object_id,
            group_id=group_id,
            actor_id=actor.person_id,
            origin=actor.origin,
        ),
    )


@enforces("C5")
async def _check_vacant(work: Work, draft: AppointmentDraft, role: Role) -> None:
    """One leader, one deputy in charge, one director at a time."""
    query = select(Appointment).where(
        col(Appointment.group_id) == draft.group_id,
        col(Appointment.role) == role.value,
        or_(col(Appointment.ends_on).is_(None), col(Appointment.ends_on) >= draft.starts_on),
    )  # the new appointment is open-ended, so one that begins later collides as well
    if role in SINGLE_HOLDER and await work.session.scalar(query.limit(1)):
        raise Refused(
            Refusal(
                "post_taken",
                "该职务已有人担任,请先结束其任职。",
                "The post is taken; end the present appointment first.",
                "C5",
                "系统管理员",
                "the system administrator",
            )
        )


async def appoint(work: Work, actor: Actor, draft: AppointmentDraft) -> Appointment:
    """Appoint from a day on; the past is not rewritten."""
    require(work, actor, "appointment", "edit", None, "C5")
    await require_group(work, draft.group_id)
    if draft.role not in {role.value for role in Role} or Role(draft.role) in (
        Role.SYSTEM_ADMIN,
        Role.SECURITY_ADMIN,
        Role.AUDITOR,
        Role.EXPERT,  # that comes with the call to a panel and ends with its conclusion (A3.7)
    ):
        raise invalid("role", "请选择领导小组职务。", "Choose a role of the group.", "C5")
    role = Role(draft.role)
    if await work.session.get(Person, draft.person_id) is None:
        raise invalid("person", "没有这个人。", "There is no such person.", "C5")
    if (
        role in UNIT_ROLES or role in HANDLERS - {Role.OFFICE_DIRECTOR, Role.OFFICE_DEPUTY_DIRECTOR}
    ) and not draft.unit_id:
        raise invalid("unit", "该职务须指明单位或部门。", "This role needs a unit or department.", "C5")
    await _check_vacant(work, draft, role)
    row = Appointment(
        person_id=draft.person_id,
        group_id=draft.group_id,
        unit_id=draft.unit_id,
        role=role.value,
        post=draft.post.strip(),
        starts_on=draft.starts_on,
        in_charge_of=[str(unit_id) for unit_id in draft.in_charge_of],
    )
    work.session.add(row)
    await work.session.flush()
    await _on_trail(work, actor, "appointment", row.id, "appoint", draft.group_id, "C5")
    return row


@enforces("C5")
async def end_appointment(
    work: Work, actor: Actor, appointment_id: UUID, ends_on: date, successor_id: UUID | None = None
) -> Appointment:
    """End an appointment; a successor takes the post the day after and finds the open tasks of the office (C5). What is
    owed in a person's name is passed on when the end has come: by this, or by `following`."""
    require(work, actor, "appointment", "edit", None, "C5")
    row = await work.session.get(Appointment, appointment_id)
    if row is None:
        raise NotFound()
    if row.ends_on is not None or ends_on < row.starts_on:
        raise invalid(
            "endsOn",
            "任职已结束,或者结束日期早于开始日期。",
            "Already ended, or the end lies before the beginning.",
            "C5",
        )
    row.ends_on = ends_on
    await work.session.flush()
    await _on_trail(work, actor, "appointment", row.id, "end", row.group_id, "C5")
    if successor_id:
        draft = AppointmentDraft(
            successor_id,
            row.group_id,
            row.role,
            ends_on + timedelta(days=1),
            row.unit_id,
            row.post,
            [UUID(unit_id) for unit_id in row.in_charge_of],
        )
        await appoint(work, actor, draft)
    if ends_on < work.day:
        await succession.pass_on(work, row, successor_id)
    return row
