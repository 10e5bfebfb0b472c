"""Expert panels (A3.7): set up for a motion, members named or drawn, called, cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel import col

from app.core.clock import local_day
from app.core.draw import Lot
from app.core.enforces import enforces
from app.core.refusals import Invalid, NotFound, Problem, Refusal, Refused, invalid
from app.models.experts import Expert
from app.models.panels import Panel, PanelMember, PanelUnit
from app.models.people import Unit
from app.queries.panels import Concern, absent_on, day_of, family_of, in_term_on
from app.queries.subjects import Subject, load_subject
from app.rules.panel import AT_WORK, CONFLICTS, IN_FORCE, KINDS, MODES, OPEN_TO_EXPERTS
from app.rules.roles import Actor, of_person
from app.services import joint, parts, tasks, transitions
from app.services.paper import void_contested
from app.services.permits import require
from app.services.secrets import refuse_secrets
from app.services.work import Work

BEFORE_AGENDA = ("draft", "returned", "submitted", "endorsed", "reviewed", "admitted", "under_review", "ready")
MOST_LOTS = 20


@dataclass(frozen=True, slots=True)
class PanelDraft:
    """`unit_ids`: who would carry the motion out. `body`: to whom a commissioned panel is commissioned.
    `lots`: how many of which field shall be drawn, where members are."""

    kind: str
    mode: str
    due_on: date
    question: str = ""
    body: str = ""
    place: str = ""
    starts_at: datetime | None = None
    unit_ids: Sequence[UUID] = ()
    lots: Sequence[Lot] = ()


def _check(draft: PanelDraft, day: date) -> None:
    problems = []
    if draft.kind not in KINDS:
        problems.append(Problem("kind", "请选择技术咨询、方案论证或评审。", f"One of: {', '.join(KINDS)}."))
    if draft.mode not in MODES:
        problems.append(Problem("mode", "请选择会议、书面或委托方式。", f"One of: {', '.join(MODES)}."))
    if draft.due_on < day:
        problems.append(Problem("dueOn", "出具意见的期限不能早于今天。", "Views cannot be due in the past."))
    if draft.mode == "meeting" and not (draft.starts_at and draft.place.strip()):
        problems.append(Problem("startsAt", "会议方式须有时间和地点。", "A panel that meets needs a time and a place."))
    if draft.mode == "meeting" and draft.starts_at and not day <= local_day(draft.starts_at) <= draft.due_on:
        problems.append(
            Problem("startsAt", "论证会应在今天与意见期限之间。", "The session lies between today and the due date.")
        )
    if draft.mode == "commissioned" and not draft.body.strip():
        problems.append(Problem("body", "请写明受委托的机构。", "Name the body to which it is commissioned."))
    if len(draft.lots) > MOST_LOTS or any(not lot.field.strip() or not 1 <= lot.number <= 99 for lot in draft.lots):
        problems.append(Problem("lots", "请写明每个领域抽取几人。", "Say how many are drawn of each field."))
    if problems:
        raise Invalid(problems, "A3.7")
    refuse_secrets(draft.question, draft.body, draft.place)


async def draft_panel(work: Work, actor: Actor, motion_id: UUID, draft: PanelDraft) -> Panel:
    """Begin to set up a panel for a motion."""
    motion = await work.subject("motion", motion_id, actor)
    require(work, actor, "panel", "draft", motion.row.group_id, "A3.7")
    _check(draft, work.day)
    if motion.row.state not in BEFORE_AGENDA:
        raise invalid("motion", "议题已列入议程或已办结。", "The motion is on an agenda, or settled.", "A3.7")
    await _check_units(work, draft)
    panel = Panel(
        group_id=motion.row.group_id, state="draft", motion_id=motion_id, disclosure=motion.row.disclosure,
        drafter_id=actor.person_id, **_columns(work, motion, draft),
    )  # fmt: skip
    subject = await transitions.begin(work, "panel", panel, actor, "A3.7")
    await _concerns(work, panel, draft, motion.row.proposing_unit_id)
    row: Panel = subject.row
    return row


async def _check_units(work: Work, draft: PanelDraft) -> None:
    units = set(draft.unit_ids)
    if units - set((await work.session.scalars(select(col(Unit.id)).where(col(Unit.id).in_(units)))).all()):
        raise invalid("unitIds", "没有这个实施单位。", "There is no such implementing unit.", "A3.7")


def _columns(work: Work, motion: Subject, draft: PanelDraft) -> dict[str, Any]:
    return {
        "kind": draft.kind, "mode": draft.mode, "question": draft.question.strip(), "due_on": draft.due_on,
        "body": draft.body.strip() if draft.mode == "commissioned" else "",
        "place": draft.place.strip() if draft.mode == "meeting" else "",
        "starts_at": draft.starts_at if draft.mode == "meeting" else None,
        "conclude_on": work.calendar.add(draft.due_on, motion.days("conclude_days")).date,
        "lots": [{"field": lot.field.strip(), "number": lot.number} for lot in draft.lots],
    }  # fmt: skip


async def _concerns(work: Work, panel: Panel, draft: PanelDraft, proposing: UUID | None) -> None:
    named = {*draft.unit_ids, proposing}
    work.session.add_all(PanelUnit(panel_id=panel.id, unit_id=key) for key in named if key)
    await work.session.flush()
    await bring_up_to_date(work, panel, proposing)


@enforces("A3.7")
async def edit_panel(work: Work, actor: Actor, panel_id: UUID, draft: PanelDraft) -> Panel:
    """Change what is planned, while nobody was called and nothing was fixed; whoever was named already stays named."""
    subject = await work.subject("panel", panel_id, actor)
    motion = await load_subject(work.session, "motion", subject.one("motion"))
    _check(draft, work.day)
    await _check_units(work, draft)
    await transitions.perform(work, subject, "edit", actor, changes=_columns(work, motion, draft))
    await work.session.execute(delete(PanelUnit).where(col(PanelUnit.panel_id) == panel_id))
    await _concerns(work, subject.row, draft, motion.row.proposing_unit_id)
    for member in subject.related["panel_member"]:
        if member.state == "named":
            member.read_by = member.due_on = draft.due_on
    await work.session.flush()
    panel: Panel = subject.row
    return panel


@enforces("A3.7", "C5")
async def bring_up_to_date(work: Work, panel: Panel, proposing: UUID | None) -> None:
    """The units that the panel concerns as of today: reforms, and a proposing unit that the motion got since."""
    links = select(PanelUnit).where(col(PanelUnit.panel_id) == panel.id)
    known = {row.unit_id for row in (await work.session.scalars(links)).all()}
    family = await family_of(work.session, known | {key for key in (proposing,) if key})
    work.session.add_all(PanelUnit(panel_id=panel.id, unit_id=key, named=False) for key in family - known)
    await work.session.flush()


async def panel_subject(work: Work, actor: Actor, panel_id: UUID) -> Subject:
    """The panel with its units brought up to date, for acts that look at conflicts."""
    subject = await work.subject("panel", panel_id, actor)
    await bring_up_to_date(work, subject.row, subject.one("motion").proposing_unit_id)
    return await load_subject(work.session, "panel", subject.row)


def _conflict(kind: str) -> Refused:
    zh, en = CONFLICTS[kind]
    return Refused(
        Refusal("conflict", f"该专家{zh},不能参加本次论证。", f"This expert cannot sit on the panel. {en}.", "A3.7",
                "另请专家", "name another expert")
    )  # fmt: skip


@enforces("A3.7")
async def check_expert(work: Work, subject: Subject, expert: Expert) -> None:
    """Whoever has a conflict, no term on the day, or another engagement then, cannot be named."""
    panel = subject.row
    kind = Concern.of(subject.related["concerned"]).conflict(expert)
    was = [row for row in subject.related["panel_member"] if row.expert_id == expert.id]
    if kind or any(row.state == "excluded" for row in was):
        raise _conflict(kind or next(row.conflict for row in was if row.state == "excluded"))
    if any(row.state in IN_FORCE for row in was):
        raise invalid("expert", "该专家已在本专家小组。", "He is on this panel already.", "A3.7")
    day = day_of(panel)
    if not in_term_on(expert, day):
        raise Refused(
            Refusal("not_in_term", "该专家当日不在聘期内。", "The expert's term does not reach that day.", "A3.7",
                    "办公室续聘或者另请专家", "the office renews the term or names another")
        )  # fmt: skip
    if await absent_on(work.session, [expert.id], day):
        raise Refused(
            Refusal("not_available", "该专家当日不便参加。", "The expert is not available that day.", "A3.7",
                    "另请专家", "name another expert")
        )  # fmt: skip


async def seat(
    work: Work, subject: Subject, expert: Expert, actor: Actor, reason: str, draw_id: UUID | None
) -> Subject:
    """Put an expert on the panel; where it has been called already, he is called at once."""
    panel = subject.row
    member = PanelMember(
        group_id=panel.group_id, state="named", panel_id=panel.id, motion_id=panel.motion_id,
        expert_id=expert.id, person_id=expert.person_id, draw_id=draw_id,
        reason=reason, read_by=panel.due_on, due_on=panel.due_on, disclosure=panel.disclosure,
        drafter_id=actor.person_id,
    )  # fmt: skip
    made = await transitions.begin(work, "panel_member", member, actor, "A3.7", ("office",))
    subject.related["panel_member"].append(member)
    if panel.state in OPEN_TO_EXPERTS:
        await call_member(work, subject, made, actor)
    return made


async def name_member(work: Work, actor: Actor, panel_id: UUID, expert_id: UUID, reason: str) -> Panel:
    """List a member by hand, with the reason why it is he."""
    subject = await panel_subject(work, actor, panel_id)
    transitions.require(work, subject, "name_member", actor)
    expert: Expert = await work.must_see(Expert, expert_id, actor)
    await check_expert(work, subject, expert)
    await parts.require_listed(work, subject, [of_person(expert.person_id)])
    await transitions.perform(work, subject, "name_member", actor, reason=reason)
    await seat(work, subject, expert, actor, reason.strip(), None)
    panel: Panel = subject.row
    return panel


async def name_chair(work: Work, actor: Actor, panel_id: UUID, member_id: UUID) -> Panel:
    """One of the members; where the panel is at work already, what the chair owes passes to him."""
    subject = await work.subject("panel", panel_id, actor)
    member = next((row for row in subject.related["panel_member"] if row.id == member_id), None)
    if member is None:
        raise NotFound()
    if member.state not in IN_FORCE:
        raise invalid("member", "此人已回避或者解除邀请。", "He was kept out or released.", "A3.7")
    await transitions.perform(work, subject, "name_chair", actor, changes={"chair_id": member.person_id})
    for task in await tasks.open_tasks(work, subject):
        if task.audience == "panel_chair" and task.holder != of_person(member.person_id):
            task.holder, task.due_version = of_person(member.person_id), task.due_version + 1
    panel: Panel = subject.row
    return panel


@enforces("A3.7", "A4.4")
async def call_member(work: Work, panel: Subject, member: Subject, actor: Actor) -> None:
    """From now on the expert sees the motion and the panel, and owes his receipt and his view."""
    read_by = work.calendar.add(work.day, panel.days("expert_read_days")).date
    member.row.read_by = min(read_by, panel.row.due_on)
    holder = of_person(member.row.person_id)
    lists = await parts.lists_of(work, panel)
    await parts.lend(work, "motion", panel.row.motion_id, [holder], "A3.7", lists)
    await parts.lend(work, "panel", panel.row.id, [holder], "A3.7", lists)
    await transitions.advance(work, member, "call", actor)
    await joint.call_late(work, panel, member.row.person_id, actor)


async def call_panel(work: Work, actor: Actor, panel_id: UUID) -> Panel:
    """Call the experts. In writing or by commission the views are collected from now on."""
    subject = await panel_subject(work, actor, panel_id)
    if subject.row.due_on < work.day:
        raise invalid("dueOn", "出具意见的期限已过。", "The date for the views has passed.", "A3.7")
    members = [row for row in subject.related["panel_member"] if row.state == "named"]
    await parts.require_listed(work, subject, [of_person(row.person_id) for row in members])
    await transitions.perform(work, subject, "call", actor)
    for row in members:
        await call_member(work, subject, await load_subject(work.session, "panel_member", row), actor)
    if subject.row.mode != "meeting":
        await transitions.advance(work, subject, "collect", actor)
    panel: Panel = subject.row
    return panel


@enforces("A4.4")
async def let_go(work: Work, panel: Subject, members: Sequence[PanelMember]) -> None:
    """What these experts could see of the panel and its motion they see no more, unless another panel on the same
    motion is at work with them."""
    if not members:
        return
    people = {row.person_id for row in members}
    elsewhere = (
        select(col(PanelMember.person_id))
        .join(Panel, col(Panel.id) == col(PanelMember.panel_id))
        .where(
            col(Panel.motion_id) == panel.row.motion_id, col(Panel.id) != panel.row.id,
            col(Panel.state).in_(OPEN_TO_EXPERTS), col(PanelMember.state).in_(AT_WORK),
        )
    )  # fmt: skip
    busy = set((await work.session.scalars(elsewhere)).all())
    await parts.end(work, [panel.row.motion_id], [of_person(key) for key in people - busy])
    views = [row.id for row in panel.related["panel_member"]]
    items = [row.id for row in panel.related["joint_item"]]
    await parts.end(work, [panel.row.id, *views, *items], [of_person(key) for key in people])


async def cancel_panel(work: Work, actor: Actor, panel_id: UUID, reason: str) -> Panel:
    """Nobody owes it anything any more, and the experts see nothing more of it."""
    subject = await work.subject("panel", panel_id, actor)
    await transitions.perform(work, subject, "cancel", actor, reason=reason)
    members = [row for row in subject.related["panel_member"] if row.state in IN_FORCE]
    for row in members:
        if row.state != "given":
            await transitions.advance(work, await load_subject(work.session, "panel_member", row), "release", actor)
    await let_go(work, subject, members)
    await joint.owe_no_answer(work, subject, [row.person_id for row in members])
    await joint.drop_item(work, subject, actor)
    await void_contested(work, [row.id for row in members])
    panel: Panel = subject.row
    return panel
