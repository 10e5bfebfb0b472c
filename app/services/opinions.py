"""Preliminary review (A3.3): units are asked, answer by a date, and the office consolidates."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel import col

from app.core.clock import local_day
from app.core.enforces import enforces
from app.core.refusals import invalid
from app.models.matters import Motion, Opinion
from app.models.people import GroupUnit
from app.models.review import OpinionDraft
from app.queries.subjects import Subject, load_subjects
from app.rules.positions import POSITIONS
from app.rules.roles import Actor, of_unit
from app.services import (
    amendments,
    asking_rules,
    attachments,
    consolidating,
    parts,
    review_clock,
    sheets,
    tasks,
    texts,
    trail,
    transitions,
)
from app.services.amendments import Amendment
from app.services.audiences import resolve
from app.services.permits import require
from app.services.secrets import refuse_secrets
from app.services.work import Work


def check_position(position: str) -> None:
    if position not in POSITIONS:
        raise invalid("position", "请选择一种意见。", f"One of: {', '.join(POSITIONS)}.", "A3.3")


async def _check_units(work: Work, subject: Subject, unit_ids: Sequence[UUID]) -> None:
    query = select(col(GroupUnit.unit_id)).where(
        col(GroupUnit.group_id) == subject.row.group_id, col(GroupUnit.unit_id).in_(list(unit_ids))
    )
    if set(unit_ids) - set((await work.session.scalars(query)).all()):
        raise invalid("unitIds", "有单位不属于本领导小组。", "A unit does not belong to this group.", "A3.3")


@enforces("A3.3", "A1.3")
async def ask_opinions(
    work: Work, actor: Actor, motion_id: UUID, unit_ids: Sequence[UUID], due_on: date | None = None
) -> list[Opinion]:
    """Ask units for their opinion: those that the rules name, and those that the office adds. Nobody is asked twice."""
    subject = await work.subject("motion", motion_id, actor)
    due = due_on or work.calendar.add(work.day, subject.days("opinion_days")).date
    if due < work.day:
        raise invalid("dueOn", "期限不能早于今天。", "The due date cannot lie in the past.", "A3.3")
    known = {row.unit_id for row in subject.related["opinion"]}
    ready = [row for row in subject.related["opinion"] if row.state == "not_started"]
    named = await asking_rules.named_units(work, subject.row, subject.group)
    added = [unit_id for unit_id in dict.fromkeys([*named, *unit_ids]) if unit_id not in known]
    if not (ready or added):
        raise invalid("unitIds", "请至少选择一个尚未征求的单位。", "Name at least one unit not asked yet.", "A3.3")
    wanted = [*(row.unit_id for row in ready), *added]
    await _check_units(work, subject, wanted)
    departments = await review_clock.departments_among(work, subject.row.group_id, wanted)
    outside = [of_unit(subject.row.group_id, unit_id) for unit_id in wanted if unit_id not in departments]
    await parts.require_listed(work, subject, outside)  # the office's own departments handle it anyhow (A4.4)
    await transitions.perform(work, subject, "ask_opinions", actor)
    prepared = await review_clock.prepare(work, actor, subject, {unit_id: named.get(unit_id, "") for unit_id in added})
    return await _send(work, actor, subject, [*ready, *prepared], due)


async def _send(work: Work, actor: Actor, motion: Subject, rows: list[Opinion], due: date) -> list[Opinion]:
    lists = await parts.lists_of(work, motion)
    for opinion in await load_subjects(work.session, "opinion", rows):
        opinion.row.due_on = opinion.row.first_due_on = due
        await transitions.advance(work, opinion, "send", actor)
        await parts.grant(work, "motion", motion.row.id, resolve(opinion, "asked_unit"), "A3.3", lists)
    return rows


@enforces("C16")
async def answer_opinion(
    work: Work, actor: Actor, opinion_id: UUID, position: str, text: str = "", given: Sequence[Amendment] = ()
) -> Opinion:
    """A unit's answer, bound to the text it judged (C16). After closing it is kept as late (A3.3)."""
    check_position(position)
    if position in ("disagree", "agree_with_amendments") and not text.strip():
        raise invalid("text", "不同意或修改后同意须写明意见。", "Say why, or what to amend.", "A3.3")
    refuse_secrets(text)
    subject = await work.subject("opinion", opinion_id, actor)
    amendments.check(subject.one("motion"), given)
    moment = actor.moment(work.now)
    late = subject.row.state == "closed" or subject.row.due_on < local_day(moment)
    version, stale = await texts.judged(work, subject.one("motion"), actor)
    changes = {
        "position": position,
        "text": text.strip(),
        "answered_at": moment,
        "text_hash": version.content_hash,
        "text_version_id": version.id,
        "stale": stale,
    }
    action = "answer_late" if late else "answer"
    await transitions.perform(work, subject, action, actor, opinion=text, changes=changes)
    amendments.keep(work, subject, given)
    await attachments.hand_in(work, opinion_id)
    await work.session.execute(delete(OpinionDraft).where(col(OpinionDraft.opinion_id) == opinion_id))
    await work.session.flush()
    await consolidating.follow(work, actor, subject.row.motion_id)
    opinion: Opinion = subject.row
    return opinion


@enforces("A3.3")
async def extend_opinion(work: Work, actor: Actor, opinion_id: UUID, due_on: date, reason: str) -> Opinion:
    """Ask for more time, once, before the due date. The director decides; until then the old date stands."""
    subject = await work.subject("opinion", opinion_id, actor)
    if due_on <= subject.row.due_on:
        raise invalid("dueOn", "新期限须晚于原期限。", "The new date lies after the old one.", "A3.3")
    changes = {"extension_to": due_on, "extension_reason": reason.strip(), "extended": True}
    await transitions.perform(work, subject, "extend", actor, reason=reason, changes=changes)
    opinion: Opinion = subject.row
    return opinion


@enforces("A3.3", "C2")
async def grant_more_time(work: Work, actor: Actor, opinion_id: UUID) -> Opinion:
    """The new date holds, and the ladder starts anew; the date first set stays visible."""
    subject = await work.subject("opinion", opinion_id, actor)
    wanted = subject.row.extension_to
    changes = {"due_on": wanted, "extension_to": None, "extension_outcome": "granted"} if wanted else {}
    await transitions.perform(work, subject, "grant_more_time", actor, changes=changes)
    await tasks.move_due(work, subject, subject.row.due_on)
    opinion: Opinion = subject.row
    return opinion


@enforces("A3.3")
async def refuse_more_time(work: Work, actor: Actor, opinion_id: UUID, reason: str) -> Opinion:
    """The old date stays."""
    subject = await work.subject("opinion", opinion_id, actor)
    changes = {"extension_to": None, "extension_outcome": "refused"}
    await transitions.perform(work, subject, "refuse_more_time", actor, reason=reason, changes=changes)
    opinion: Opinion = subject.row
    return opinion


async def respond(work: Work, actor: Actor, opinion_id: UUID, response: str) -> Opinion:
    """The office's answer to a unit's disagreement, part of the consolidated opinion (A3.3)."""
    subject = await work.subject("opinion", opinion_id, actor)
    require(work, actor, "opinion", "respond", subject.row.group_id, "A3.3")
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
async def consolidate(work: Work, actor: Actor, motion_id: UUID, text: str = "") -> Motion:
    """The director releases the sheet: what was not answered in time is closed, and the motion is ready."""
    subject = await work.subject("motion", motion_id, actor)
    words = text.strip() or await sheets.newest_text(work, motion_id)
    if not words:
        raise invalid("text", "请写明汇总意见。", "Write the consolidated opinion.", "A3.3")
    refuse_secrets(words)
    await transitions.perform(work, subject, "consolidate", actor, opinion=words, changes={"consolidated": words})
    silent = [row for row in subject.related["opinion"] if row.state == "asked"]
    for opinion in await load_subjects(work.session, "opinion", silent):
        opinion.row.silence_counts = bool(subject.group.settings.get("silence_is_no_remark", False))
        await transitions.advance(work, opinion, "close", actor)
    motion: Motion = subject.row
    await sheets.release(work, actor, subject, words)
    return motion
