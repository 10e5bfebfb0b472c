"""Officials and experts invited to observe a meeting, for the whole of it or for single items (A2.3, A3.7, A4.4)."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from app.core.clock import local_day
from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused, invalid
from app.models.experts import Expert
from app.models.matters import Item, Meeting, Observer
from app.models.people import Appointment, Person
from app.models.records import Part
from app.queries.actors import in_force
from app.queries.subjects import Subject
from app.rules.meeting import NOTICED
from app.rules.roles import Actor, of_person
from app.services import parts, transitions
from app.services.calling import call
from app.services.calls import Call
from app.services.tells import tell_people
from app.services.work import Work

CLAUSE = "A2.3"
CAPACITIES = ("invited", "expert")


@enforces("A2.3", "C5")
async def _check_person(work: Work, meeting: Meeting, person_id: UUID, capacity: str) -> None:
    """On that day he holds an office somewhere, or stands in the expert pool."""
    person, day = await work.session.get(Person, person_id), local_day(meeting.starts_at)
    post = select(col(Appointment.id)).where(col(Appointment.person_id) == person_id, in_force(day)).limit(1)
    pool = select(col(Expert.id)).where(col(Expert.person_id) == person_id, col(Expert.ends_on) >= day)
    found = await work.session.scalar(pool if capacity == "expert" else post)
    if person is None or not person.active or found is None:
        raise Refused(
            Refusal(
                "no_post_on_that_day",
                "会议当日此人没有任职,也不在专家库中,不能邀请列席。",
                "On that day he holds no office and is not in the expert pool.",
                CLAUSE,
                "先办理任职或者入库",
                "an appointment, or the expert pool, first",
            )
        )


async def invite_observers(
    work: Work,
    actor: Actor,
    meeting_id: UUID,
    person_ids: Sequence[UUID],
    item_ids: Sequence[UUID] = (),
    capacity: str = "invited",
) -> Meeting:
    """Invite persons; without items for the whole meeting. Who is invited after the notice is called at once."""
    subject = await work.subject("meeting", meeting_id, actor)
    meeting: Meeting = subject.row
    if not person_ids or capacity not in CAPACITIES:
        raise invalid("people", "请选择受邀人员。", "Say whom to invite.", CLAUSE)
    if set(item_ids) - {row.id for row in subject.related["item"] if row.state != "removed"}:
        raise invalid("items", "有议程不属于本次会议。", "An item is not of this meeting.", CLAUSE)
    for person_id in person_ids:
        await _check_person(work, meeting, person_id, capacity)
    await transitions.perform(work, subject, "invite", actor)
    known = {(row.person_id, row.item_id) for row in await _observers(work, meeting_id)}
    for person_id in person_ids:
        for item_id in item_ids or (None,):
            if (person_id, item_id) not in known:
                work.session.add(
                    Observer(meeting_id=meeting_id, person_id=person_id, item_id=item_id, capacity=capacity)
                )
    await work.session.flush()
    if meeting.state in NOTICED:
        await call(work, actor, subject, await observer_calls(work, meeting_id))
        await lend_items(work, subject)
    return meeting


async def _observers(work: Work, meeting_id: UUID) -> Sequence[Observer]:
    return (await work.session.scalars(select(Observer).where(col(Observer.meeting_id) == meeting_id))).all()


async def observer_calls(work: Work, meeting_id: UUID) -> list[Call]:
    return [Call(row.capacity, person_id=row.person_id) for row in await _observers(work, meeting_id)]


def _matter(item: Item) -> tuple[str, UUID] | None:
    if item.motion_id:
        return "motion", item.motion_id
    return ("topic", item.topic_id) if item.topic_id else None


@enforces("A2.3", "A4.4")
async def lend_items(work: Work, meeting: Subject) -> None:
    """From the delivery of the papers an observer sees his items, and no others."""
    items: list[Item] = [row for row in meeting.related["item"] if row.state != "removed" and row.papers_delivered_at]
    for observer in await _observers(work, meeting.row.id):
        mine = [row for row in items if observer.item_id in (None, row.id)]
        for item in mine:
            lists = [item.motion_id] if item.disclosure == "restricted" and item.motion_id else None
            holder = [of_person(observer.person_id)]
            await parts.lend(work, "item", item.id, holder, CLAUSE, lists)
            if matter := _matter(item):
                await parts.lend(work, *matter, holder, CLAUSE, lists)


@enforces("A2.3", "A4.4")
async def end_sight(work: Work, meeting: Subject) -> None:
    """When the meeting has ended, or will not be held, invited observers see their items no more. What one of them was
    given as something else he keeps."""
    items: Iterable[Item] = meeting.related["item"]
    keys = [key for row in items for key in (row.id, row.motion_id, row.topic_id) if key]
    holders = [of_person(row.person_id) for row in await _observers(work, meeting.row.id)]
    await work.session.execute(
        update(Part)
        .where(col(Part.object_id).in_(keys), col(Part.holder).in_(holders), col(Part.clause) == CLAUSE)
        .values(in_force=False)
    )


@enforces("A2.3")
async def call_in(work: Work, item: Subject) -> None:
    """The meeting has come to this item: those who were invited for it alone and wait outside are told, at once."""
    meeting: Meeting = item.one("meeting")
    meeting.current_item_id = item.row.id
    waiting = [row.person_id for row in await _observers(work, meeting.id) if row.item_id == item.row.id]
    said = {"zh": "本项议程开始审议,请入场", "en": "Your item is being taken up; please come in", "clause": CLAUSE}
    key = f"item.take_up:{item.row.id}:{item.row.version}"
    await tell_people(work, item, "item.take_up", list(dict.fromkeys(waiting)), key, said)
