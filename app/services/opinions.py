"""Preliminary review (A3.3): units are asked, answer by a date, and the office consolidates."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused, invalid
from app.models.matters import Motion, Opinion
from app.models.people import GroupUnit
from app.queries.subjects import Subject, load_subjects
from app.rules.categories import CATEGORIES
from app.rules.roles import Actor, of_unit
from app.services import parts, tasks, texts, trail, transitions
from app.services.audiences import resolve
from app.services.secrets import refuse_secrets
from app.services.work import Work

POSITIONS = {
    "agree": ("同意", "Agree"),
    "agree_with_amendments": ("修改后同意", "Agree with amendments"),
    "disagree": ("不同意", "Disagree"),
    "not_our_remit": ("不属职责范围", "Not our remit"),
    "no_remark": ("无意见", "No remark"),
}


def check_position(position: str) -> None:
    if position not in POSITIONS:
        raise invalid("position", "请选择一种意见。", f"One of: {', '.join(POSITIONS)}.", "A3.3")


@enforces("A1.3")
async def _mandatory(work: Work, motion: Motion, group_settings: dict[str, object]) -> list[UUID]:
    """The finance bureau, for the categories that always ask it."""
    unit_id = group_settings.get("finance_unit")
    return [UUID(str(unit_id))] if CATEGORIES[motion.category].finance and unit_id else []


async def _check_units(work: Work, subject: Subject, unit_ids: Sequence[UUID]) -> None:
    query = select(col(GroupUnit.unit_id)).where(
        col(GroupUnit.group_id) == subject.row.group_id, col(GroupUnit.unit_id).in_(list(unit_ids))
    )
    if set(unit_ids) - set((await work.session.scalars(query)).all()):
        raise invalid("unitIds", "有单位不属于本领导小组。", "A unit does not belong to this group.", "A3.3")


async def ask_opinions(
    work: Work, actor: Actor, motion_id: UUID, unit_ids: Sequence[UUID], due_on: date | None = None
) -> list[Opinion]:
    """Ask units for their opinion, the mandatory ones always among them. Units already asked are not asked twice."""
    subject = await work.subject("motion", motion_id, actor)
    due = due_on or work.calendar.add(work.day, subject.days("opinion_days")).date
    if due < work.day:
        raise invalid("dueOn", "期限不能早于今天。", "The due date cannot lie in the past.", "A3.3")
    mandatory = await _mandatory(work, subject.row, subject.group.settings)
    asked = {row.unit_id for row in subject.related["opinion"]}
    wanted = [unit_id for unit_id in dict.fromkeys([*mandatory, *unit_ids]) if unit_id not in asked]
    if not wanted:
        raise invalid("unitIds", "请至少选择一个尚未征求的单位。", "Name at least one unit not asked yet.", "A3.3")
    await _check_units(work, subject, wanted)
    await parts.require_listed(work, subject, [of_unit(subject.row.group_id, unit_id) for unit_id in wanted])
    await transitions.perform(work, subject, "ask_opinions", actor)
    opinions = [
        Opinion(
            group_id=subject.row.group_id,
            state="asked",
            motion_id=motion_id,
            unit_id=unit_id,
            due_on=due,
            first_due_on=due,
            mandatory=unit_id in mandatory,
            disclosure=subject.row.disclosure,
            drafter_id=actor.person_id,
        )
        for unit_id in wanted
    ]
    for opinion in opinions:
        begun = await transitions.begin(work, "opinion", opinion, actor, "A3.3", ("office", "leader", "deputies"))
        await parts.give(work, begun, ("asked_unit",), "A3.3")
        holders = resolve(begun, "asked_unit")
        await parts.grant(work, "motion", motion_id, holders, "A3.3", await parts.lists_of(work, subject))
    return opinions


@enforces("C16")
async def answer_opinion(work: Work, actor: Actor, opinion_id: UUID, position: str, text: str = "") -> Opinion:
    """A unit's answer, bound to the text it judged (C16). After closing it is kept as late (A3.3)."""
    check_position(position)
    if position in ("disagree", "agree_with_amendments") and not text.strip():
        raise invalid("text", "不同意或修改后同意须写明意见。", "Say why, or what to amend.", "A3.3")
    refuse_secrets(text)
    subject = await work.subject("opinion", opinion_id, actor)
    action = "answer_late" if subject.row.state == "closed" else "answer"
    version = await texts.keep(work, subject.one("motion"))
    assert version is not None  # the text of a motion is always kept
    changes = {
        "position": position,
        "text": text.strip(),
        "answered_at": work.now,
        "text_hash": version.content_hash,
        "text_version_id": version.id,
    }
    await transitions.perform(work, subject, action, actor, opinion=text, changes=changes)
    opinion: Opinion = subject.row
    return opinion


async def extend_opinion(work: Work, actor: Actor, opinion_id: UUID, due_on: date, reason: str) -> Opinion:
    """More time, once, asked before the due date; the first date stays visible."""
    subject = await work.subject("opinion", opinion_id, actor)
    if due_on <= subject.row.due_on:
        raise invalid("dueOn", "新期限须晚于原期限。", "The new date lies after the old one.", "A3.3")
    changes = {"due_on": due_on, "extended": True}
    await transitions.perform(work, subject, "extend", actor, reason=reason, changes=changes)
    await tasks.move_due(work, subject, due_on)
    opinion: Opinion = subject.row
    return opinion


async def respond(work: Work, actor: Actor, opinion_id: UUID, response: str) -> Opinion:
    """The office's answer to a unit's disagreement, part of the consolidated opinion (A3.3)."""
    subject = await work.subject("opinion", opinion_id, actor)
    roles = {role.value for role in actor.roles_in(subject.row.group_id)}
    if not work.policy.allowed_roles("motion", "consolidate") & roles:
        raise Refused(Refusal("not_your_role", "由办公室回应。", "The office answers.", "A3.3", "办公室", "the office"))
    if not response.strip():
        raise invalid("response", "请写明回应。", "Write the response.", "A3.3")
    subject.row.response = response.strip()
    await work.session.flush()
    state = subject.row.state
    await trail.append(
        work.session,
        trail.entry(
            work.now,
            "opinion",
            "respond",
            "A3.3",
            object_id=opinion_id,
            group_id=subject.row.group_id,
            actor_id=actor.person_id,
            version=subject.row.version,
            from_state=state,
            to_state=state,
            origin=actor.origin,
        ),
    )
    opinion: Opinion = subject.row
    return opinion


@enforces("A3.3")
async def consolidate(work: Work, actor: Actor, motion_id: UUID, text: str) -> Motion:
    """Close what was not answered in time and put the preliminary opinion on the motion."""
    if not text.strip():
        raise invalid("text", "请写明汇总意见。", "Write the consolidated opinion.", "A3.3")
    subject = await work.subject("motion", motion_id, actor)
    await transitions.perform(work, subject, "consolidate", actor, opinion=text, changes={"consolidated": text.strip()})
    silent = [row for row in subject.related["opinion"] if row.state == "asked"]
    for opinion in await load_subjects(work.session, "opinion", silent):
        await transitions.advance(work, opinion, "close", actor)
    motion: Motion = subject.row
    return motion
