"""The expert pool (A3.7): who is in it, for which term, with which employer, and when he cannot be called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core import lists, text
from app.core.enforces import enforces
from app.core.refusals import Invalid, Problem, invalid
from app.models.experts import Expert, ExpertAbsence
from app.models.people import Person, Unit
from app.rules.roles import Actor
from app.services import trail
from app.services.permits import require
from app.services.work import Work


@dataclass(frozen=True, slots=True)
class ExpertDraft:
    """What the pool holds of an expert."""

    employer: str
    fields: Sequence[str]
    starts_on: date
    ends_on: date
    title: str = ""
    avoids: Sequence[str] = ()


def _check(draft: ExpertDraft) -> None:
    problems = []
    if not draft.employer.strip():
        problems.append(
            Problem("employer", "请填写工作单位,回避以此为准。", "Give the employer; conflicts depend on it.")
        )
    if not lists.join(draft.fields):
        problems.append(Problem("fields", "请填写至少一个专业领域。", "Give at least one field."))
    if draft.ends_on < draft.starts_on:
        problems.append(Problem("endsOn", "聘期止早于聘期起。", "The term ends before it begins."))
    for name, value, most in (
        ("employer", draft.employer, 100), ("title", draft.title, 60),
        ("fields", lists.join(draft.fields), 400), ("avoids", lists.join(draft.avoids), 800),
    ):  # fmt: skip
        if len(value) > most:
            problems.append(Problem(name, f"不得超过{most}个字。", f"At most {most} characters."))
    if problems:
        raise Invalid(problems, "A3.7")


async def _columns(work: Work, draft: ExpertDraft) -> dict[str, Any]:
    employer = text.compact(draft.employer)
    unit = select(Unit).where(col(Unit.name) == employer).order_by(col(Unit.ends_on).is_(None).desc())
    found = (await work.session.scalars(unit)).first()
    return {
        "employer": employer, "unit_id": found.id if found else None, "title": draft.title.strip(),
        "fields": lists.join(draft.fields), "avoids": lists.join(draft.avoids),
        "starts_on": draft.starts_on, "ends_on": draft.ends_on,
    }  # fmt: skip


async def _person(work: Work, name: str, phone: str, mail: str) -> Person:
    """The person of this name and address; a new one where the installation has none."""
    known_name = text.person_name(name)
    number, address = text.phone(phone) if phone.strip() else "", text.mail(mail) if mail.strip() else ""
    if known_name is None:
        raise invalid("name", "请填写一个人的姓名。", "Give one person's name.", "A3.7")
    if number is None or address is None or not (number or address):
        raise invalid("phone", "请填写手机号码或邮箱。", "Give a mobile number or a mail address.", "A3.7")
    same = [column == value for column, value in ((col(Person.phone), number), (col(Person.mail), address)) if value]
    owners = [person for each in same for person in (await work.session.scalars(select(Person).where(each))).all()]
    if any(person.name != known_name or not person.active for person in owners) or len({p.id for p in owners}) > 1:
        raise invalid(
            "phone", "手机或邮箱已属于另一人,或者此人已停用。", "This address belongs to somebody else.", "A3.7"
        )
    if owners:
        return owners[0]
    person = Person(name=known_name, phone=number, mail=address)
    work.session.add(person)
    await work.session.flush()
    return person


async def enrol(
    work: Work, actor: Actor, draft: ExpertDraft, name: str, phone: str = "", mail: str = ""
) -> Expert:  # fmt: skip
    """Take an expert into the pool."""
    require(work, actor, "expert", "edit", None, "A3.7")
    _check(draft)
    person = await _person(work, name, phone, mail)
    if await work.session.scalar(select(col(Expert.id)).where(col(Expert.person_id) == person.id)):
        raise invalid("name", "此人已在专家库中。", "He is in the pool already.", "A3.7")
    expert = Expert(person_id=person.id, **await _columns(work, draft))
    work.session.add(expert)
    await work.session.flush()
    await _on_trail(work, actor, expert.id, "enrol")
    return expert


async def change(work: Work, actor: Actor, expert_id: UUID, draft: ExpertDraft) -> Expert:
    """A new term, another employer, other fields. To end a term early is to give it an earlier last day."""
    expert: Expert = await work.must_see(Expert, expert_id, actor)
    require(work, actor, "expert", "edit", None, "A3.7")
    _check(draft)
    for name, value in (await _columns(work, draft)).items():
        setattr(expert, name, value)
    await _on_trail(work, actor, expert.id, "update")
    return expert


@enforces("A3.7")
async def add_absence(
    work: Work, actor: Actor, expert_id: UUID, starts_on: date, ends_on: date, note: str = ""
) -> Expert:  # fmt: skip
    """A period in which the expert cannot be called."""
    expert = await _own_or_office(work, actor, expert_id)
    if ends_on < starts_on:
        raise invalid("endsOn", "结束日期早于开始日期。", "The period ends before it begins.", "A3.7")
    work.session.add(
        ExpertAbsence(
            expert_id=expert.id,
            person_id=expert.person_id,
            starts_on=starts_on,
            ends_on=ends_on,
            note=note.strip()[:200],
        )
    )
    await work.session.flush()
    await _on_trail(work, actor, expert.id, "absence")
    return expert


async def remove_absence(work: Work, actor: Actor, absence_id: UUID) -> Expert:
    absence: ExpertAbsence = await work.must_see(ExpertAbsence, absence_id, actor)
    expert = await _own_or_office(work, actor, absence.expert_id)
    await work.session.delete(absence)
    await work.session.flush()
    await _on_trail(work, actor, expert.id, "no_absence")
    return expert


async def _own_or_office(work: Work, actor: Actor, expert_id: UUID) -> Expert:
    """The office keeps the pool; when he is away an expert may say himself."""
    expert: Expert = await work.must_see(Expert, expert_id, actor)
    if expert.person_id != actor.person_id:
        require(work, actor, "expert", "edit", None, "A3.7")
    return expert


async def _on_trail(work: Work, actor: Actor, expert_id: UUID, action: str) -> None:
    await trail.append(
        work.session,
        trail.entry(
            work.now, "expert", action, "A3.7", object_id=expert_id, actor_id=actor.person_id, origin=actor.origin
        ),
    )  # fmt: skip
