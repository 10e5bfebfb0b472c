"""Amendments by passage: proposed with an opinion, settled by the office one by one (A3.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import invalid
from app.models.matters import Motion
from app.models.review import OpinionAmendment
from app.queries.subjects import Subject
from app.rules.roles import Actor
from app.services import trail
from app.services.permits import require
from app.services.secrets import refuse_secrets
from app.services.work import Work

OUTCOMES = {
    "taken_over": ("采纳", "Taken over"),
    "in_part": ("部分采纳", "Taken over in part"),
    "not_taken": ("未采纳", "Not taken over"),
}
MOST = 50


@dataclass(frozen=True, slots=True)
class Amendment:
    """`passage` as it stands in the motion (empty: something new), `wording` as it should be (empty: strike it out)."""

    passage: str
    wording: str
    reason: str = ""


def from_stored(rows: Sequence[Mapping[str, Any]]) -> list[Amendment]:
    return [Amendment(row["passage"], row["wording"], row["reason"]) for row in rows]


def stored(given: Sequence[Amendment]) -> list[dict[str, str]]:
    return [asdict(each) for each in given]


@enforces("A3.3")
def check(motion: Motion, given: Sequence[Amendment]) -> None:
    """A passage is one of the motion's own, so that everybody knows which is meant."""
    if len(given) > MOST:
        raise invalid("amendments", f"最多{MOST}处修改。", f"At most {MOST} amendments.", "A3.3")
    for each in given:
        if not (each.passage.strip() or each.wording.strip()):
            raise invalid("amendments", "请写明原文或建议文字。", "Name the passage or the new wording.", "A3.3")
        if each.passage.strip() and each.passage.strip() not in f"{motion.title}\n{motion.body}":
            raise invalid("amendments", "议题中没有这段原文。", "The motion has no such passage.", "A3.3")
        refuse_secrets(each.passage, each.wording, each.reason)


def keep(work: Work, opinion: Subject, given: Sequence[Amendment]) -> None:
    row = opinion.row
    work.session.add_all(
        OpinionAmendment(
            opinion_id=row.id, motion_id=row.motion_id, number=number, passage=each.passage.strip(),
            wording=each.wording.strip(), reason=each.reason.strip(),
        )
        for number, each in enumerate(given, 1)
    )  # fmt: skip


async def of_opinion(work: Work, opinion_id: UUID) -> list[OpinionAmendment]:
    query = select(OpinionAmendment).where(col(OpinionAmendment.opinion_id) == opinion_id)
    return list((await work.session.scalars(query.order_by(col(OpinionAmendment.number)))).all())


async def archive(work: Work, opinion_id: UUID) -> list[dict[str, str]]:
    """Take the amendments of an opinion that is asked again out of the account; they go with what was said before."""
    names = ("passage", "wording", "reason", "outcome", "outcome_reason")
    kept = [{name: getattr(row, name) for name in names} for row in await of_opinion(work, opinion_id)]
    await work.session.execute(delete(OpinionAmendment).where(col(OpinionAmendment.opinion_id) == opinion_id))
    return kept


@enforces("A3.3")
async def settle(work: Work, actor: Actor, amendment_id: UUID, outcome: str, reason: str) -> OpinionAmendment:
    """What was taken over and what not, and why."""
    row: OpinionAmendment = await work.must_see(OpinionAmendment, amendment_id, actor)
    subject = await work.subject("opinion", row.opinion_id, actor)
    require(work, actor, "opinion", "respond", subject.row.group_id, "A3.3")
    if outcome not in OUTCOMES:
        raise invalid("outcome", "请选择采纳情况。", f"One of: {', '.join(OUTCOMES)}.", "A3.3")
    if outcome != "taken_over" and not reason.strip():
        raise invalid("reason", "未采纳或部分采纳须写明理由。", "Say why it was not taken over in full.", "A3.3")
    refuse_secrets(reason)
    row.outcome, row.outcome_reason = outcome, reason.strip()
    row.settled_by, row.settled_at = actor.me, work.now
    await work.session.flush()
    entry = trail.entry(
        work.now, "opinion", "settle", "A3.3", object_id=subject.row.id, group_id=subject.row.group_id,
        actor_id=actor.person_id, version=subject.row.version, from_state=subject.row.state,
        to_state=subject.row.state, origin=actor.origin,
    )  # fmt: skip
    await trail.append(work.session, entry)
    return row
