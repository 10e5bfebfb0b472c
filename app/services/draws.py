"""Drawing members at random (A3.7): the conditions are fixed and hashed first, then the system makes the seed."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core import draw, lists
from app.core.draw import Lot
from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused, invalid
from app.models.experts import Expert
from app.models.panels import Panel, PanelDraw
from app.models.people import Person
from app.queries.experts import in_term
from app.queries.panels import Concern, absent_on, day_of
from app.queries.subjects import Subject, load_subject
from app.rules.panel import IN_FORCE
from app.rules.roles import Actor, of_person
from app.services import parts, trail, transitions
from app.services.panels import MOST_LOTS, panel_subject, seat
from app.services.work import Work


async def _pool(work: Work, panel: Panel) -> list[Expert]:
    """Everybody whose term covers the day of the panel and whose account is active."""
    query = select(Expert).join(Person, col(Person.id) == col(Expert.person_id))
    query = query.where(in_term(day_of(panel)), col(Person.active)).order_by(col(Expert.id))
    return list((await work.session.scalars(query)).all())


@enforces("A3.7", "A4.4")
async def _excluded(work: Work, subject: Subject, pool: Sequence[Expert]) -> dict[UUID, str]:
    """Who cannot be drawn, with the reason: conflicts, absences, who is on the panel or was, who is not on the list."""
    panel = subject.row
    concern = Concern.of(subject.related["concerned"])
    away = await absent_on(work.session, [expert.id for expert in pool], day_of(panel))
    lists_ = await parts.lists_of(work, subject)
    listed = None if lists_ is None else await parts.on_lists(work, lists_)
    there = {row.expert_id: row for row in subject.related["panel_member"]}
    found = {}
    for expert in pool:
        reason = concern.conflict(expert)
        member = there.get(expert.id)
        if member is not None and member.state == "excluded":
            reason = reason or member.conflict
        elif member is not None and member.draw_id is None and member.state in IN_FORCE:
            reason = reason or "named"
        if not reason and expert.id in away:
            reason = "away"
        if not reason and listed is not None and of_person(expert.person_id) not in listed:
            reason = "not_listed"
        if reason:
            found[expert.id] = reason
    return found


def _check_lots(lots: Sequence[Lot]) -> None:
    if not lots or len(lots) > MOST_LOTS or any(not lot.field.strip() or not 1 <= lot.number <= 99 for lot in lots):
        raise invalid("lots", "请写明每个领域抽取几人。", "Say how many are drawn of each field.", "A3.7")


@enforces("A3.7")
async def fix_conditions(
    work: Work, actor: Actor, panel_id: UUID, lots: Sequence[Lot] = (), exclusions: Mapping[UUID, str] | None = None
) -> Panel:
    """Fix pool, fields, numbers and exclusions, and hash them: from now on only the seed is open. Without `lots` what
    was planned holds."""
    subject = await panel_subject(work, actor, panel_id)
    lots = lots or [Lot(each["field"], each["number"]) for each in subject.row.lots]
    _check_lots(lots)
    transitions.require(work, subject, "fix", actor)
    pool = await _pool(work, subject.row)
    excluded = await _excluded(work, subject, pool)
    for expert_id, reason in (exclusions or {}).items():
        if not reason.strip():
            raise invalid("exclusions", "排除专家须写明理由。", "An exclusion needs a reason.", "A3.7")
        if any(expert.id == expert_id for expert in pool):
            excluded.setdefault(expert_id, reason.strip())
    text = draw.commitment(
        str(panel_id),
        {str(expert.id): lists.split(expert.fields) for expert in pool},
        {str(key): reason for key, reason in excluded.items()},
        [Lot(lot.field.strip(), lot.number) for lot in lots],
    )
    short = draw.short_of(text)
    if short:
        raise _too_few(*short)
    changes = {"commitment": text, "commit_hash": draw.hash_of(text), "fixed_at": work.now}
    await transitions.perform(work, subject, "fix", actor, changes=changes)
    panel: Panel = subject.row
    return panel


def _too_few(field: str, wanted: int, there: int) -> Refused:
    return Refused(
        Refusal(
            "pool_too_small",
            f"“{field}”领域可抽取{there}人,不足{wanted}人。",
            f"Of the field {field} {there} can be drawn for certain, not {wanted}.",
            "A3.7",
            "减少人数、另选领域,或者补充专家库",
            "draw fewer, choose another field, or enlarge the pool",
        )
    )


async def set_anew(work: Work, actor: Actor, panel_id: UUID, reason: str) -> Panel:
    """Give up the fixed conditions. Draws made under them are kept, and whom they drew is let go."""
    subject = await work.subject("panel", panel_id, actor)
    await transitions.perform(work, subject, "unfix", actor, reason=reason)
    await _supersede(work, subject, actor)
    subject.row.commitment, subject.row.commit_hash, subject.row.fixed_at = "", "", None
    await work.session.flush()
    panel: Panel = subject.row
    return panel


async def draws_of(session: AsyncSession, panel_id: UUID) -> list[PanelDraw]:
    query = select(PanelDraw).where(col(PanelDraw.panel_id) == panel_id).order_by(col(PanelDraw.number))
    return list((await session.scalars(query)).all())


async def _supersede(work: Work, subject: Subject, actor: Actor) -> None:
    for earlier in await draws_of(work.session, subject.row.id):
        earlier.superseded_at = earlier.superseded_at or work.now
    drawn = [row for row in subject.related["panel_member"] if row.draw_id and row.state == "named"]
    for row in drawn:
        await transitions.advance(work, await load_subject(work.session, "panel_member", row), "release", actor)


@enforces("A3.7")
async def draw_members(work: Work, actor: Actor, panel_id: UUID, reason: str = "") -> PanelDraw:
    """The system makes the seed now, after everything else is fixed; nobody can choose it. A draw after the first
    needs a reason, and every earlier one is kept."""
    subject = await work.subject("panel", panel_id, actor)
    earlier = await draws_of(work.session, panel_id)
    transitions.require(work, subject, "draw", actor)
    if earlier and not reason.strip():
        raise invalid("reason", "重新抽取须写明理由。", "A new draw needs a reason.", "A3.7")
    await transitions.perform(work, subject, "draw", actor)
    panel: Panel = subject.row
    await _supersede(work, subject, actor)
    seed = secrets.token_hex(32)
    drawn = draw.draw(panel.commitment, seed)
    row = PanelDraw(
        panel_id=panel_id, number=len(earlier) + 1, commitment=panel.commitment, commit_hash=panel.commit_hash,
        fixed_at=panel.fixed_at or work.now, seed=seed, drawn=drawn, reason=reason.strip(), drawn_by=actor.me,
        drawn_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    await work.session.flush()
    await _on_trail(work, actor, panel, row)
    for key in (key for lot in drawn for key in lot):
        expert = await work.session.get(Expert, UUID(key))
        assert expert is not None  # the pool was made of rows that are never deleted
        await seat(work, subject, expert, actor, "", row.id)
    return row


async def _on_trail(work: Work, actor: Actor, panel: Panel, row: PanelDraw) -> None:
    await trail.append(
        work.session,
        trail.entry(
            work.now, "panel_draw", "draw", "A3.7", object_id=row.id, group_id=panel.group_id,
            actor_id=actor.person_id, origin=actor.origin, content_hash=draw.hash_of(record(row)),
        ),
    )  # fmt: skip


def record(row: PanelDraw) -> str:
    """A draw as a file that can be taken outside and redone there: conditions, hash, seed, result."""
    content: dict[str, Any] = {
        "algorithm": draw.ALGORITHM,
        "panel": str(row.panel_id),
        "number": row.number,
        "fixed_at": row.fixed_at.astimezone(UTC).isoformat(),
        "drawn_at": row.drawn_at.astimezone(UTC).isoformat(),
        "reason": row.reason,
        "commitment": row.commitment,
        "commit_hash": row.commit_hash,
        "seed": row.seed,
        "drawn": row.drawn,
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode()
