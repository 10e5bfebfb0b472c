"""The consolidated opinion: one sheet made from the answers, edited in versions, released by the director (A3.3)."""

import hashlib
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused
from app.models.matters import Opinion
from app.models.people import Unit
from app.models.records import Signature
from app.models.review import OpinionAmendment, ReviewSheet
from app.queries.standings import soon_days, standing
from app.queries.subjects import Subject
from app.rules.roles import Actor, of_office
from app.services import consolidating, parts, sheet_text, texts, transitions
from app.services.secrets import refuse_secrets
from app.services.work import Work


async def _amendments(work: Work, motion_id: UUID) -> dict[UUID, list[OpinionAmendment]]:
    query = select(OpinionAmendment).where(col(OpinionAmendment.motion_id) == motion_id)
    found: dict[UUID, list[OpinionAmendment]] = {}
    for row in (await work.session.scalars(query.order_by(col(OpinionAmendment.number)))).all():
        found.setdefault(row.opinion_id, []).append(row)
    return found


async def _waived(work: Work, ids: list[UUID]) -> dict[UUID, str]:
    """Why units were not asked after all."""
    query = select(col(Signature.object_id), col(Signature.opinion))
    rows = await work.session.execute(query.where(col(Signature.object_id).in_(ids), col(Signature.action) == "waive"))
    return dict(rows.all())


async def positions_of(work: Work, motion: Subject) -> list[dict[str, Any]]:
    """Each unit's position as it is today: what it said, what it wants changed, and what became of that."""
    opinions: list[Opinion] = sorted(motion.related["opinion"], key=lambda row: row.id)
    ids = [row.id for row in opinions]
    names = dict((await work.session.execute(
        select(col(Unit.id), col(Unit.name)).where(col(Unit.id).in_([row.unit_id for row in opinions]))
    )).all())  # fmt: skip
    proposed, waived = await _amendments(work, motion.row.id), await _waived(work, ids)
    soon = soon_days(motion.group)
    return [
        {
            "opinion_id": str(row.id), "unit_id": str(row.unit_id), "unit": names[row.unit_id],
            "standing": standing(work.calendar, row.state, row.due_on, work.day, soon), "position": row.position,
            "text": row.text, "response": row.response, "stale": row.stale, "silence_counts": row.silence_counts,
            "waived": waived.get(row.id, ""),
            "amendments": [
                {"passage": each.passage, "wording": each.wording, "reason": each.reason, "outcome": each.outcome,
                 "outcome_reason": each.outcome_reason}
                for each in proposed.get(row.id, ())
            ],
        }
        for row in opinions
    ]  # fmt: skip


def _hash(positions: list[dict[str, Any]]) -> str:
    """Of what the units and the office said; a day that passes does not make a sheet out of date."""
    passing = ("standing", "silence_counts")
    said = [{name: value for name, value in each.items() if name not in passing} for each in positions]
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


async def versions(work: Work, motion_id: UUID) -> list[ReviewSheet]:
    query = select(ReviewSheet).where(col(ReviewSheet.motion_id) == motion_id).order_by(col(ReviewSheet.number))
    return list((await work.session.scalars(query)).all())


async def make(work: Work, actor: Actor, motion: Subject, text: str) -> ReviewSheet:
    """The next version, with the positions of today."""
    version = await texts.keep(work, motion.row)
    assert version is not None  # the text of a motion is always kept
    positions = await positions_of(work, motion)
    sheet = ReviewSheet(
        group_id=motion.row.group_id, motion_id=motion.row.id, number=len(await versions(work, motion.row.id)) + 1,
        text=text.strip(), positions=positions, answers_hash=_hash(positions), text_hash=version.content_hash,
        text_version_id=version.id, disclosure=motion.row.disclosure, made_by=actor.me, made_at=work.now,
    )  # fmt: skip
    work.session.add(sheet)
    await work.session.flush()
    await parts.grant(work, "review_sheet", sheet.id, [of_office(motion.row.group_id, "office")], "A3.3")
    return sheet


@enforces("A3.3")
async def draft_sheet(work: Work, actor: Actor, motion_id: UUID, text: str = "") -> ReviewSheet:
    """The office makes or edits the sheet: a new version each time, with the answers as they are. Without a text it is
    made from the answers."""
    refuse_secrets(text)
    motion = await work.subject("motion", motion_id, actor)
    await transitions.perform(work, motion, "draft_sheet", actor)
    sheet = await make(work, actor, motion, text.strip() or sheet_text.compose(await positions_of(work, motion)))
    await consolidating.sheet_made(work, actor, motion)
    return sheet


async def newest_text(work: Work, motion_id: UUID) -> str:
    newest = next(reversed(await versions(work, motion_id)), None)
    return newest.text if newest else ""


@enforces("A3.3")
async def release(work: Work, actor: Actor, motion: Subject, text: str) -> ReviewSheet:
    """Release the newest version, if it tells what the units have said, and on this text; words of the director's own
    make a version of their own. From now on the leadership has it too (A3.4)."""
    sheet = next(reversed(await versions(work, motion.row.id)), None)
    if sheet is None or sheet.text != text:
        sheet = await make(work, actor, motion, text)
    elif sheet.stale or sheet.answers_hash != _hash(await positions_of(work, motion)):
        zh = "汇总意见形成后,文稿或者单位意见又有变化,须重新汇总。"
        en = "The text or an answer has changed since the sheet was made; make it again."
        raise Refused(Refusal("sheet_out_of_date", zh, en, "A3.3", "办公室", "the office"))
    sheet.positions = await positions_of(work, motion)
    sheet.released_by, sheet.released_at = actor.me, work.now
    holders = [of_office(motion.row.group_id, name) for name in ("leader", "deputies")]
    await parts.grant(work, "review_sheet", sheet.id, holders, "A3.3")
    await work.session.flush()
    return sheet
