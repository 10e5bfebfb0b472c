"""What carried the mark of a state secret was refused: the secrecy officer is told that it was, by whom and when, never
what it says; and the card that stands in its place (A4.4)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.ids import new_id
from app.core.refusals import Invalid, Problem, invalid
from app.core.secrecy import LEVELS
from app.models.papers import RegisterCard
from app.models.people import Appointment, Group, Person
from app.queries.actors import in_force
from app.queries.subjects import Subject
from app.rules.attachments import CARDED
from app.rules.notices import kind_of
from app.rules.roles import Actor, Role
from app.services import attachments, tells, trail
from app.services.channels import ways
from app.services.permits import require
from app.services.secrets import refuse_secrets
from app.services.work import Work, Works

EVENT = "secrecy.refused"


@enforces("A4.4")
async def tell_officer(works: Works, actor: Actor, group_id: UUID | None, noun: str = "") -> None:
    """On the trail and to the officer of the group concerned; of all groups of the asker where no one is named."""
    groups = [group_id] if group_id else sorted({seat.group_id for seat in actor.seats if seat.group_id}, key=str)
    async with works.begin() as work:
        for each in groups:
            await _tell(work, actor, each, noun)


async def _tell(work: Work, actor: Actor, group_id: UUID, noun: str) -> None:
    entry = trail.entry(
        work.now, noun or "group", "refuse_secret", "A4.4", group_id=group_id, actor_id=actor.person_id,
        origin=actor.origin,
    )  # fmt: skip
    await trail.append(work.session, entry)
    payload = {
        "clause": "A4.4",
        "notice": kind_of(EVENT).code,
        "zh": f"{actor.name}提交的内容带有国家秘密标志,系统已拒收,未留存。请联系本人转涉密渠道办理。",
        "en": f"What {actor.name} sent carried the mark of a state secret; it was refused and not kept.",
    }
    key = f"{EVENT}:{new_id()}"
    officers, kind = await officers_of(work, group_id), kind_of(EVENT)
    by_person = await ways(work.session, group_id, kind, officers)
    for person_id in officers:
        lines = [tells.line(EVENT, way, person_id, key, None, payload) for way in by_person[person_id]]
        for line in lines:
            line.group_id = group_id
        work.session.add_all(lines)


async def officers_of(work: Work, group_id: UUID) -> Sequence[UUID]:
    """The officer whom the group has named; otherwise the head of General Affairs, or the office director."""
    group = await work.session.get(Group, group_id)
    settings = group.settings if group else {}
    if named := settings.get("secrecy_officer"):
        person = await work.session.get(Person, UUID(named))
        if person and person.active:
            return [person.id]
    posts = select(Appointment).where(col(Appointment.group_id) == group_id, in_force(work.day))
    rows = (await work.session.scalars(posts.order_by(col(Appointment.id)))).all()
    department = settings.get("general_affairs")
    heads = [row for row in rows if row.role == Role.DEPARTMENT_HEAD.value and str(row.unit_id) == department]
    directors = [row for row in rows if row.role == Role.OFFICE_DIRECTOR.value]
    return list(dict.fromkeys(row.person_id for row in heads or directors))


def _check(number: str, level: str, years: int, keeper: str, place: str) -> None:
    problems = []
    for name, text, most in (("number", number, 60), ("keeper", keeper, 100), ("place", place, 200)):
        if not 0 < len(text.strip()) <= most:
            problems.append(Problem(name, f"请填写,不超过{most}字。", f"1 to {most} characters."))
    if level not in LEVELS:
        problems.append(
            Problem("level", "登记卡的密级只能是秘密或机密;绝密级不由市级机关确定,不在此登记。",
                    "Only 秘密 or 机密: a city's bodies set no higher level (art. 17).")
        )  # fmt: skip
    elif not 1 <= years <= LEVELS[level][2]:
        most = LEVELS[level][2]
        problems.append(
            Problem(
                "years", f"{LEVELS[level][0]}级的保密期限为1至{most}年。", f"1 to {most} years at this level (art. 20)."
            )
        )
    if problems:
        raise Invalid(problems, "A4.4")


@enforces("A4.4")
async def register_card(
    work: Work, actor: Actor, noun: str, object_id: UUID, number: str, level: str, years: int, keeper: str, place: str
) -> RegisterCard:
    """The card by which a matter stays complete although a paper of it may not be kept here."""
    if noun not in CARDED:
        raise invalid("noun", "该事项不设登记卡。", "This matter takes no register card.", "A4.4")
    subject: Subject = await work.subject(noun, object_id, actor)
    require(work, actor, "register_card", "enter", subject.row.group_id, "A4.4")
    refuse_secrets(number, keeper, place)
    _check(number, level, years, keeper, place)
    attachments.require_open(subject)
    row = RegisterCard(
        group_id=subject.row.group_id, noun=noun, object_id=object_id, number=number.strip(), level=level, years=years,
        keeper=keeper.strip(), place=place.strip(), entered_by=actor.me, entered_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    await work.session.flush()
    await attachments.take_in(work, subject)
    entry = trail.entry(
        work.now, noun, "register_card", "A4.4", object_id=object_id, group_id=row.group_id, actor_id=actor.person_id,
        version=subject.row.version, from_state=subject.row.state, to_state=subject.row.state, origin=actor.origin,
    )  # fmt: skip
    await trail.append(work.session, entry)
    return row
