"""Meetings of the group and of its office: preparing, calling, changing, papers (A2, A3.1, A3.4, B2.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.clock import local_day
from app.core.enforces import enforces
from app.core.refusals import Invalid, Problem, Refused, invalid
from app.models.matters import Attendance, Item, Meeting
from app.models.people import Person
from app.queries.actors import holders_of_role
from app.queries.subjects import Subject, load_subjects
from app.rules.forms import ADDED, MeetingForm
from app.rules.roles import Actor
from app.services import arranging, forms, joint, observers, papers, parts, tasks, transitions
from app.services.agenda import add_item, add_topic, matter_of, remove_item
from app.services.agenda_times import retime
from app.services.audiences import called_one
from app.services.convening import changes_told, convene_meeting, postpone_meeting, quiet
from app.services.guards import GUARDS
from app.services.guards.meetings import GUESTS
from app.services.permits import require, require_group
from app.services.secrets import refuse_secrets
from app.services.work import Work

__all__ = ["add_item", "add_topic", "convene_meeting", "postpone_meeting", "remove_item"]


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """Times are aware; they are shown in Asia/Shanghai."""

    form: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    presider_id: UUID
    added_form_id: UUID | None = None
    organizer_id: UUID | None = None


@enforces("A1.1", "B2.3")
async def _form_of(work: Work, group_id: UUID, draft: MeetingDraft) -> MeetingForm:
    """One of the group's two forms, or a form of the office."""
    return await forms.find_form(work, group_id, draft.form, draft.added_form_id)


async def _check(work: Work, group_id: UUID, draft: MeetingDraft, form: MeetingForm) -> None:
    problems = []
    if not draft.title.strip():
        problems.append(Problem("title", "请填写会议名称。", "Give the meeting a name."))
    if draft.starts_at.tzinfo is None or draft.ends_at.tzinfo is None:
        problems.append(Problem("startsAt", "时间须带时区。", "Times need a time zone."))
    elif draft.ends_at <= draft.starts_at:
        problems.append(Problem("endsAt", "结束时间须晚于开始时间。", "The end lies after the beginning."))
    elif draft.starts_at <= work.now:
        problems.append(Problem("startsAt", "开始时间须在以后。", "The meeting begins in the future."))
    if await work.session.get(Person, draft.presider_id) is None:
        problems.append(Problem("presider", "没有这位主持人。", "There is no such presider."))
    if problems:
        raise Invalid(problems, "A3.1")
    refuse_secrets(draft.title, draft.place)
    await _check_presider(work, group_id, draft, form)


@enforces("A2.2", "C5")
async def _check_presider(work: Work, group_id: UUID, draft: MeetingDraft, form: MeetingForm) -> None:
    """On the day of the meeting he holds an office that may preside; who holds none then is refused at once."""
    posts = await holders_of_role(work.session, group_id, sorted(form.presiders), local_day(draft.starts_at))
    if all(post.person_id != draft.presider_id for post in posts):
        raise Refused(GUARDS["presider_may"].refusal())


def _columns(draft: MeetingDraft) -> dict[str, Any]:
    return {
        "title": draft.title.strip(),
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "place": draft.place.strip(),
        "presider_id": draft.presider_id,
    }


async def draft_meeting(work: Work, actor: Actor, group_id: UUID, draft: MeetingDraft) -> Meeting:
    await require_group(work, group_id)
    require(work, actor, "meeting", "draft", group_id, "A3.1")
    form = await _form_of(work, group_id, draft)
    await _check(work, group_id, draft, form)
    meeting = Meeting(
        group_id=group_id,
        state="draft",
        drafter_id=actor.person_id,
        form=draft.form,
        added_form_id=draft.added_form_id if draft.form == ADDED else None,
        organizer_id=await forms.find_organizer(work, group_id, form, draft.organizer_id),
        series=form.series,
        **_columns(draft),
    )
    subject = await transitions.begin(work, "meeting", meeting, actor, "A3.1")
    await arranging.put_directives_first(work, actor, subject)
    return meeting


@enforces("A3.1", "C2")
async def release(work: Work, meeting: Subject) -> None:
    """A meeting that will not be held lets go of its motions, and nobody owes it an answer any more."""
    await observers.end_sight(work, meeting)
    listed = [row for row in meeting.related["item"] if row.state in ("listed", "proposed")]
    for item in await load_subjects(work.session, "item", listed):
        await transitions.advance(work, item, "remove")
        if matter := await matter_of(work, item):
            await transitions.advance(work, matter, "unlist")
    for attendance in await load_subjects(work.session, "attendance", meeting.related["attendance"]):
        await tasks.close_all(work, attendance, "cancel", None)


async def change_meeting(work: Work, actor: Actor, meeting_id: UUID, draft: MeetingDraft, reason: str) -> Meeting:
    """A change of date, place or presider asks the leader again, and everybody called is told what changed (A3.1)."""
    subject = await work.subject("meeting", meeting_id, actor)
    form: MeetingForm = subject.form
    if draft.form != subject.row.form:
        raise invalid("form", "会议形式不能变更。", "The form cannot change.", form.clause)
    await _check(work, subject.row.group_id, draft, form)
    columns = _columns(draft)
    told = await changes_told(work, subject.row, columns)
    await transitions.perform(work, subject, "change", actor, reason=reason, changes=columns, told=told)
    await quiet(work, subject)
    await retime(work, subject.row)
    await joint.follow_meeting(work, subject)
    meeting: Meeting = subject.row
    return meeting


@enforces("A3.4", "A4.4")
async def deliver_papers(work: Work, actor: Actor, meeting_id: UUID) -> Meeting:
    """Motions and preliminary opinions reach leader and deputies; members and observers have part from now."""
    subject = await work.subject("meeting", meeting_id, actor)
    await transitions.perform(work, subject, "deliver_papers", actor)
    items = [row for row in subject.related["item"] if row.state == "listed"]
    for item in items:
        item.papers_delivered_at = work.now
    await _share(work, items, [called_one(row) for row in subject.related["attendance"] if row.capacity not in GUESTS])
    await work.session.flush()
    await observers.lend_items(work, subject)
    await work.session.flush()
    await papers.deliver(work, actor, subject, items)
    meeting: Meeting = subject.row
    return meeting


async def _share(work: Work, items: Iterable[Item], holders: list[str]) -> None:
    for item in items:
        lists = [item.motion_id] if item.disclosure == "restricted" and item.motion_id else None
        await parts.grant(work, "item", item.id, holders, "A4.4", lists)
        noun, key = ("motion", item.motion_id) if item.motion_id else ("topic", item.topic_id)
        if key:
            await parts.grant(work, noun, key, holders, "A4.4", lists)


async def waive_papers(work: Work, actor: Actor, item_id: UUID, reason: str) -> Item:
    """The leader's recorded waiver of papers in advance, for one item."""
    subject = await work.subject("item", item_id, actor)
    await transitions.perform(work, subject, "waive_papers", actor, reason=reason, changes={"papers_waived": True})
    item: Item = subject.row
    return item


async def ask_leave(
    work: Work, actor: Actor, attendance_id: UUID, reason: str, substitute: str = "", post: str = ""
) -> Attendance:
    """Leave is asked of the presider with a reason and, if wanted, a substitute by name and post (A4.1)."""
    subject = await work.subject("attendance", attendance_id, actor)
    changes = {"leave_reason": reason.strip(), "substitute": substitute.strip(), "substitute_post": post.strip()[:60]}
    await transitions.perform(work, subject, "ask_leave", actor, reason=reason, changes=changes)
    row: Attendance = subject.row
    return row


async def sign_in_unit(work: Work, actor: Actor, attendance_id: UUID) -> Attendance:
    """Arrival; after the announced time it counts as late (A4.1)."""
    subject = await work.subject("attendance", attendance_id, actor)
    late = work.now > subject.one("meeting").starts_at
    await transitions.perform(work, subject, "sign_in", actor, changes={"signed_in_at": work.now, "late": late})
    row: Attendance = subject.row
    return row


async def close_meeting(work: Work, actor: Actor, meeting_id: UUID) -> Meeting:
    """End the meeting; who did not sign in and has no leave was absent (A4.1)."""
    subject = await work.subject("meeting", meeting_id, actor)
    await transitions.perform(work, subject, "close", actor, changes={"closed_at": work.now})
    missing = [row for row in subject.related["attendance"] if row.state in ("called", "accepted", "leave_refused")]
    for attendance in await load_subjects(work.session, "attendance", missing):
        await transitions.advance(work, attendance, "mark_absent", actor)
    await arranging.note_directives(work, actor, subject)
    await observers.end_sight(work, subject)
    meeting: Meeting = subject.row
    return meeting
