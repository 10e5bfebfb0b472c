"""Meetings of the group: preparing, asking the leader, calling, papers (A2, A3.1, A3.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from app.core.clock import local_day
from app.core.enforces import enforces
from app.core.refusals import Invalid, Problem, Refusal, Refused, invalid
from app.models.matters import Attendance, Item, Meeting, Motion
from app.models.people import GroupUnit, Person
from app.queries.subjects import Subject, load_subject, load_subjects
from app.rules.categories import CATEGORIES, FORM_NAMES, Form
from app.rules.roles import Actor
from app.services import parts, tasks, transitions
from app.services.audiences import resolve
from app.services.permits import require, require_group
from app.services.secrets import refuse_secrets
from app.services.work import Work


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """Times are aware; they are shown in Asia/Shanghai."""

    form: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    presider_id: UUID


async def _check(work: Work, draft: MeetingDraft) -> None:
    problems = []
    if draft.form not in {form.value for form in Form}:
        problems.append(Problem("form", "会议形式须是全体成员会议或组长会议。", "A plenary or a leaders' meeting."))
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


def _columns(draft: MeetingDraft) -> dict[str, Any]:
    return {
        "form": draft.form,
        "title": draft.title.strip(),
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "place": draft.place.strip(),
        "presider_id": draft.presider_id,
    }


async def draft_meeting(work: Work, actor: Actor, group_id: UUID, draft: MeetingDraft) -> Meeting:
    await require_group(work, group_id)
    require(work, actor, "meeting", "draft", group_id, "A3.1")
    await _check(work, draft)
    meeting = Meeting(group_id=group_id, state="draft", drafter_id=actor.person_id, **_columns(draft))
    await transitions.begin(work, "meeting", meeting, actor, "A3.1")
    return meeting


@enforces("A1.1", "A1.2", "A1.3")
def _check_form(motion: Motion, meeting: Meeting) -> None:
    """The category determines the form; a motion cannot be put on the agenda of the wrong one."""
    category = CATEGORIES[motion.category]
    if category.form.value != meeting.form:
        zh, en = FORM_NAMES[category.form]
        clause = category.code.partition("(")[0]
        raise Refused(
            Refusal(
                "wrong_form",
                f"{category.code}“{category.zh}”类议题由{zh}审议。",
                f"A motion of {category.code} is decided by the {en.lower()}.",
                clause,
                "列入相应形式的会议",
                "a meeting of the right form",
            )
        )


def _in_draft(subject: Subject) -> None:
    if subject.row.state != "draft":
        raise Refused(
            Refusal(
                "agenda_fixed",
                "议程已请示组长,增加议题须先变更会议。",
                "The leader was asked about this agenda; change the meeting to add an item.",
                "A3.1",
                "办公室先变更会议",
                "the office changes the meeting first",
            )
        )


async def add_item(work: Work, actor: Actor, meeting_id: UUID, motion_id: UUID) -> Item:
    """Put a ready motion on the agenda."""
    meeting = await work.subject("meeting", meeting_id, actor)
    motion = await work.subject("motion", motion_id, actor)
    if motion.row.group_id != meeting.row.group_id:
        raise invalid("motion", "议题不属于本领导小组。", "The motion belongs to another group.")
    refusal = transitions.why_not(work.policy, motion, "list", actor, work.now)
    if refusal:
        raise Refused(refusal)
    _check_form(motion.row, meeting.row)
    _in_draft(meeting)
    await transitions.perform(work, motion, "list", actor)
    item = await work.session.scalar(
        select(Item).where(col(Item.meeting_id) == meeting_id, col(Item.motion_id) == motion_id)
    )
    if item is not None:
        raise invalid(
            "motion", "该议题曾从本次会议撤下,请列入另一次会议。", "Taken off this agenda before; use another meeting."
        )
    last = (
        await work.session.scalar(select(func.max(col(Item.position))).where(col(Item.meeting_id) == meeting_id)) or 0
    )
    item = Item(
        group_id=meeting.row.group_id,
        state="listed",
        meeting_id=meeting_id,
        motion_id=motion_id,
        position=last + 1,
        disclosure=motion.row.disclosure,
        drafter_id=actor.person_id,
    )
    await transitions.begin(work, "item", item, actor, "A3.1", ("office", "leader", "deputies"))
    return item


async def remove_item(work: Work, actor: Actor, item_id: UUID, reason: str) -> Item:
    subject = await work.subject("item", item_id, actor)
    await transitions.perform(work, subject, "remove", actor, reason=reason)
    motion = await load_subject(work.session, "motion", subject.one("motion"))
    await transitions.advance(work, motion, "unlist", actor)
    item: Item = subject.row
    return item


@enforces("A3.1", "C2")
async def release(work: Work, meeting: Subject) -> None:
    """A meeting that will not be held lets go of its motions, and nobody owes it an answer any more."""
    listed = [row for row in meeting.related["item"] if row.state == "listed"]
    for item in await load_subjects(work.session, "item", listed):
        await transitions.advance(work, item, "remove")
        await transitions.advance(work, await load_subject(work.session, "motion", item.one("motion")), "unlist")
    for attendance in await load_subjects(work.session, "attendance", meeting.related["attendance"]):
        await tasks.close_all(work, attendance, "cancel", None)


@enforces("A2.4", "A4.1")
async def _whom_to_call(work: Work, meeting: Subject) -> dict[UUID, str]:
    """A plenary calls all members; a leaders' meeting the standing observers and the units the items are about."""
    rows = (await work.session.scalars(select(GroupUnit).where(col(GroupUnit.group_id) == meeting.row.group_id))).all()
    plenary = meeting.row.form == Form.PLENARY.value
    whom = {row.unit_id: "member" for row in rows if plenary and row.kind == "member_unit"}
    if not plenary:
        whom |= {row.unit_id: "observer" for row in rows if row.standing_observer}
        motions = [row.motion_id for row in meeting.related["item"] if row.state == "listed"]
        query = select(col(Motion.proposing_unit_id)).where(col(Motion.id).in_(motions))
        for unit_id in (await work.session.scalars(query)).all():
            if unit_id:
                whom.setdefault(unit_id, "member")
    return whom


@enforces("A3.1")
async def convene_meeting(work: Work, actor: Actor, meeting_id: UUID) -> Meeting:
    """Send the notice: only after the leader has agreed. Every unit called owes an answer."""
    subject = await work.subject("meeting", meeting_id, actor)
    refusal = transitions.why_not(work.policy, subject, "convene", actor, work.now)
    if refusal:
        raise Refused(refusal)
    answer_by = work.calendar.before(local_day(subject.row.starts_at), subject.days("answer_days"))
    known = {row.unit_id for row in subject.related["attendance"]}
    for unit_id, capacity in (await _whom_to_call(work, subject)).items():
        if unit_id in known:
            continue
        row = Attendance(
            group_id=subject.row.group_id,
            state="called",
            meeting_id=meeting_id,
            unit_id=unit_id,
            capacity=capacity,
            answer_by=max(answer_by, work.day),
            drafter_id=actor.person_id,
        )
        await transitions.begin(work, "attendance", row, actor, "A4.1", ("office", "leader", "deputies", "called_unit"))
        subject.related["attendance"].append(row)
    await transitions.perform(work, subject, "convene", actor)
    meeting: Meeting = subject.row
    return meeting


async def change_meeting(work: Work, actor: Actor, meeting_id: UUID, draft: MeetingDraft, reason: str) -> Meeting:
    """A change of date, place or presider asks the leader again (A3.1)."""
    subject = await work.subject("meeting", meeting_id, actor)
    await _check(work, draft)
    if draft.form != subject.row.form:
        raise invalid("form", "会议形式不能变更。", "The form cannot change.", "A1.1")
    await transitions.perform(work, subject, "change", actor, reason=reason, changes=_columns(draft))
    meeting: Meeting = subject.row
    return meeting


@enforces("A3.4", "A4.4")
async def deliver_papers(work: Work, actor: Actor, meeting_id: UUID) -> Meeting:
    """Motions and preliminary opinions reach leader and deputies; members and observers have part from now."""
    subject = await work.subject("meeting", meeting_id, actor)
    await transitions.perform(work, subject, "deliver_papers", actor)
    items = [row for row in subject.related["item"] if row.state == "listed"]
    for item in items:
        item.papers_delivered_at = item.papers_delivered_at or work.now
    await _share(work, items, resolve(subject, "called"))
    meeting: Meeting = subject.row
    return meeting


async def _share(work: Work, items: Iterable[Item], holders: list[str]) -> None:
    for item in items:
        lists = [item.motion_id] if item.disclosure == "restricted" else None
        await parts.grant(work, "item", item.id, holders, "A4.4", lists)
        await parts.grant(work, "motion", item.motion_id, holders, "A4.4", lists)


async def waive_papers(work: Work, actor: Actor, item_id: UUID, reason: str) -> Item:
    """The leader's recorded waiver of papers in advance, for one item."""
    subject = await work.subject("item", item_id, actor)
    await transitions.perform(work, subject, "waive_papers", actor, reason=reason, changes={"papers_waived": True})
    item: Item = subject.row
    return item


async def ask_leave(work: Work, actor: Actor, attendance_id: UUID, reason: str, substitute: str = "") -> Attendance:
    subject = await work.subject("attendance", attendance_id, actor)
    changes = {"leave_reason": reason.strip(), "substitute": substitute.strip()}
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
    meeting: Meeting = subject.row
    return meeting
