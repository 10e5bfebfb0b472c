"""Major administrative decisions (国务院令第713号): requirements that block, switched on per motion by the director."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused, invalid
from app.models.matters import Motion
from app.models.review import Requirement
from app.queries.subjects import Subject
from app.rules.major import REQUIREMENTS
from app.rules.panel import STANDING
from app.rules.roles import Actor
from app.services import transitions
from app.services.secrets import refuse_secrets
from app.services.work import Work


async def of_motion(work: Work, motion_id: UUID) -> Sequence[Requirement]:
    query = select(Requirement).where(col(Requirement.motion_id) == motion_id, col(Requirement.lifted_at).is_(None))
    return (await work.session.scalars(query.order_by(col(Requirement.id)))).all()


@enforces("A3.3")
async def mark_major(work: Work, actor: Actor, motion_id: UUID, reason: str) -> Motion:
    """Switch the profile on: one open requirement of each kind."""
    subject = await work.subject("motion", motion_id, actor)
    await transitions.perform(work, subject, "mark_major", actor, reason=reason, changes={"major": True})
    work.session.add_all(Requirement(motion_id=motion_id, kind=kind, made_at=work.now) for kind in REQUIREMENTS)
    await work.session.flush()
    motion: Motion = subject.row
    return motion


@enforces("A3.3")
async def unmark_major(work: Work, actor: Actor, motion_id: UUID, reason: str) -> Motion:
    """Switch it off: with a reason that stays in the history, and the requirements stay as lifted."""
    subject = await work.subject("motion", motion_id, actor)
    await transitions.perform(work, subject, "unmark_major", actor, reason=reason, changes={"major": False})
    for row in await of_motion(work, motion_id):
        row.lifted_at = work.now
    await work.session.flush()
    motion: Motion = subject.row
    return motion


async def _one(work: Work, motion_id: UUID, kind: str) -> Requirement:
    found = next((row for row in await of_motion(work, motion_id) if row.kind == kind), None)
    if found is None:
        raise invalid("kind", "没有这项程序要求。", f"One of: {', '.join(REQUIREMENTS)}.", "A3.3")
    return found


@enforces("A3.3")
def _until(work: Work, kind: str, starts_on: date, ends_on: date | None, reason: str, published_in: str) -> date | None:
    """The last day of a period that has one: thirty days as a rule for the public, seven working days for the law."""
    wanted = REQUIREMENTS[kind]
    if wanted.working_days:
        return work.calendar.add(starts_on, wanted.working_days).date
    if not wanted.days:
        return None
    usual = starts_on + timedelta(days=wanted.days)
    end = ends_on or usual
    if end <= starts_on:
        raise invalid("endsOn", "结束日期须晚于开始日期。", "The period ends after it begins.", "A3.3")
    if end < usual and not reason.strip():
        zh = f"征求意见期限一般不少于{wanted.days}日,缩短须公布理由。"
        raise invalid("reason", zh, "A shorter period needs a published reason.", "A3.3")
    if end < usual and not published_in.strip():
        zh = "请写明缩短期限的理由公布在何处(网址、公报或者公告)。"
        raise invalid("publishedIn", zh, "Say where the reason for the shorter period is published.", "A3.3")
    return end


async def begin_requirement(
    work: Work,
    actor: Actor,
    motion_id: UUID,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    reason: str = "",
    published_in: str = "",
) -> Requirement:
    """The period for comments, the legality review, the assessment begins on this day. A period shorter than usual
    needs its reason and where that is published: the draft itself is published by the city's own means."""
    subject = await work.subject("motion", motion_id, actor)
    if kind not in REQUIREMENTS:
        raise invalid("kind", "没有这项程序要求。", f"One of: {', '.join(REQUIREMENTS)}.", "A3.3")
    until = _until(work, kind, starts_on, ends_on, reason, published_in)
    refuse_secrets(reason, published_in)
    await transitions.perform(work, subject, "begin_requirement", actor)
    row = await _one(work, motion_id, kind)
    row.starts_on, row.ends_on = starts_on, until
    row.shorter_reason, row.reason_published_in = reason.strip()[:500], published_in.strip()[:200]
    row.result, row.met_on, row.met_by = "", None, None
    await work.session.flush()
    return row


def _ripe(work: Work, motion: Subject, row: Requirement) -> None:
    """Whether a result can be recorded: it was begun, its period is over, and the experts are without interest."""
    if row.starts_on is None or row.starts_on > work.day:
        zh, en = "这项程序还没有开始。", "This has not begun yet."
        raise Refused(Refusal("requirement_not_begun", zh, en, "A3.3", "办公室", "the office"))
    if REQUIREMENTS[row.kind].days and row.ends_on is not None and work.day <= row.ends_on:
        zh, en = "公开征求意见的期限还没有届满。", "The period for comments is not over."
        raise Refused(Refusal("comments_running", zh, en, "A3.3"))
    concluded = {panel.state for panel in motion.related["panel"]} & STANDING
    if row.kind == "expert_view" and not concluded:
        zh, en = "专家小组尚未形成结论;有利害关系的专家须回避。", "No panel without interest has concluded."
        raise Refused(Refusal("panel_concluded", zh, en, "A3.7", "办公室组织专家论证", "the office convenes the panel"))


@enforces("A3.3", "A3.7")
async def meet_requirement(work: Work, actor: Actor, motion_id: UUID, kind: str, result: str) -> Requirement:
    """Record what came of it."""
    subject = await work.subject("motion", motion_id, actor)
    if not result.strip():
        raise invalid("result", "请写明结果。", "Say what came of it.", "A3.3")
    refuse_secrets(result)
    row = await _one(work, motion_id, kind)
    await transitions.perform(work, subject, "meet_requirement", actor)
    _ripe(work, subject, row)
    row.result, row.met_on, row.met_by = result.strip(), work.day, actor.me
    await work.session.flush()
    return row
