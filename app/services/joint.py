"""A panel that sits at a joint meeting of the office with consulting experts follows it (B2.3, A3.7): its session opens
with the meeting, date and place are the meeting's, its conclusion is recorded there."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.clock import local_day
from app.core.enforces import enforces
from app.models.matters import Attendance, Item, Meeting
from app.models.panels import Panel, PanelMember
from app.queries.subjects import Subject, load_subject, load_subjects
from app.rules.meeting import NOTICED
from app.rules.panel import AT_WORK
from app.rules.roles import Actor, of_person
from app.services import parts, tasks, transitions
from app.services.calling import call
from app.services.calls import Call
from app.services.work import Work


def _listed(subject: Subject, name: str) -> list[Item]:
    return [row for row in subject.related[name] if row.state == "listed" and row.panel_id]


async def _panels(work: Work, meeting: Subject) -> list[Subject]:
    """The panels that sit at this meeting."""
    ids = [row.panel_id for row in _listed(meeting, "item")]
    if not ids:
        return []
    rows = (await work.session.scalars(select(Panel).where(col(Panel.id).in_(ids)))).all()
    return await load_subjects(work.session, "panel", rows)


def _at_work(panel: Subject) -> list[PanelMember]:
    return [row for row in panel.related["panel_member"] if row.state in AT_WORK]


@enforces("A4.4")
async def show_experts(work: Work, meeting: Subject) -> None:
    """With the notice the experts see their item, until their panel has concluded."""
    for panel in await _panels(work, meeting):
        lists = await parts.lists_of(work, panel)
        holders = [of_person(row.person_id) for row in _at_work(panel)]
        for item in _listed(panel, "joint_item"):
            await parts.lend(work, "item", item.id, holders, "A3.7", lists)


@enforces("B2.3")
async def open_panels(work: Work, meeting: Subject, actor: Actor) -> None:
    """The sessions of the panels open with the meeting."""
    for panel in await _panels(work, meeting):
        if panel.row.state == "called":
            await transitions.advance(work, panel, "open", actor)


@enforces("A3.1", "A3.7")
async def follow_meeting(work: Work, meeting: Subject) -> None:
    """Another date or place of the meeting is one of the panel; what is due before the new day is due on it."""
    day = local_day(meeting.row.starts_at)
    for panel in await _panels(work, meeting):
        row: Panel = panel.row
        row.starts_at, row.place = meeting.row.starts_at, meeting.row.place
        if row.due_on < day:
            row.due_on, row.conclude_on = day, work.calendar.add(day, panel.days("conclude_days")).date
            await tasks.move_due(work, panel, day)
            for member in await load_subjects(work.session, "panel_member", _at_work(panel)):
                member.row.due_on = day
                await tasks.move_due(work, member, day, "expert_view")
    await work.session.flush()


@enforces("A3.7")
async def note_conclusion(work: Work, panel: Subject, words: str, actor: Actor) -> None:
    """What the panel concludes is what the meeting records of the item."""
    for item in await load_subjects(work.session, "item", _listed(panel, "joint_item")):
        item.row.text = words
        await transitions.advance(work, item, "note", actor)


async def drop_item(work: Work, panel: Subject, actor: Actor) -> None:
    """A panel that is cancelled is heard nowhere."""
    for item in await load_subjects(work.session, "item", _listed(panel, "joint_item")):
        await transitions.advance(work, item, "remove", actor)


@enforces("A4.1")
async def call_late(work: Work, panel: Subject, person_id: UUID, actor: Actor) -> None:
    """Who joins the panel after the notice is called to the meeting at once."""
    for item in _listed(panel, "joint_item"):
        row = await work.session.get(Meeting, item.meeting_id)
        if row is not None and row.state in NOTICED:
            meeting = await load_subject(work.session, "meeting", row)
            await call(work, actor, meeting, [Call("expert", person_id=person_id)])
            await show_experts(work, meeting)


@enforces("A4.1", "C2")
async def owe_no_answer(work: Work, panel: Subject, people: Sequence[UUID]) -> None:
    """Who left the panel owes its meeting no answer any more."""
    for item in _listed(panel, "joint_item"):
        query = select(Attendance).where(
            col(Attendance.meeting_id) == item.meeting_id, col(Attendance.person_id).in_(people)
        )
        rows = (await work.session.scalars(query)).all()
        for seat in await load_subjects(work.session, "attendance", rows):
            await tasks.close_all(work, seat, "released", None)
            await parts.end(work, [seat.row.id, item.id], [of_person(seat.row.person_id)])
