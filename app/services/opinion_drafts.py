"""An opinion is drafted inside the unit and released by its head; until then nobody else sees it (A3.3, A4.4)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused, invalid
from app.models.matters import Opinion
from app.models.review import OpinionDraft
from app.rules.roles import Actor
from app.services import amendments, opinions, transitions
from app.services.amendments import Amendment
from app.services.audiences import resolve
from app.services.secrets import refuse_secrets
from app.services.work import Work


async def of(work: Work, opinion_id: UUID) -> OpinionDraft | None:
    query = select(OpinionDraft).where(col(OpinionDraft.opinion_id) == opinion_id)
    found: OpinionDraft | None = await work.session.scalar(query)
    return found


@enforces("A3.3")
async def save_draft(
    work: Work, actor: Actor, opinion_id: UUID, position: str, text: str = "", given: Sequence[Amendment] = ()
) -> Opinion:
    """Write or rewrite the unit's draft."""
    subject = await work.subject("opinion", opinion_id, actor)
    if position:
        opinions.check_position(position)
    refuse_secrets(text)
    amendments.check(subject.one("motion"), given)
    await transitions.perform(work, subject, "draft_answer", actor)
    draft = await of(work, opinion_id)
    if draft is None:
        holder = resolve(subject, "asked_unit")[0]
        draft = OpinionDraft(opinion_id=opinion_id, holder=holder, author_id=actor.me)
        work.session.add(draft)
    draft.position, draft.text, draft.amendments = position, text.strip(), amendments.stored(given)
    draft.author_id, draft.saved_at = actor.me, work.now
    await work.session.flush()
    opinion: Opinion = subject.row
    return opinion


@enforces("A3.3")
async def release(work: Work, actor: Actor, opinion_id: UUID) -> Opinion:
    """The head releases what was drafted: from now on the office sees it, bound to the text it judges."""
    await work.subject("opinion", opinion_id, actor)
    draft = await of(work, opinion_id)
    if draft is None or draft.holder not in actor.holders:
        zh, en = "本单位还没有拟稿。", "Nothing has been drafted in this unit."
        raise Refused(Refusal("nothing_drafted", zh, en, "A3.3", "本单位联络员", "the unit's liaison officer"))
    if not draft.position:
        raise invalid("position", "请先选择意见类别。", "Choose a position first.", "A3.3")
    given = amendments.from_stored(draft.amendments)
    return await opinions.answer_opinion(work, actor, opinion_id, draft.position, draft.text, given)
