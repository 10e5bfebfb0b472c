"""Editorial corrections (A3.5): they keep the signatures when a second reader confirms that no substance changes."""

from uuid import UUID

from app.core.enforces import enforces
from app.core.refusals import Refused, invalid
from app.models.outcome import Correction, Document
from app.queries.subjects import Subject
from app.rules.minutes import split
from app.rules.roles import Actor
from app.services import text_hash, texts, transitions
from app.services.guards import GUARDS
from app.services.guards.minutes import titles_of
from app.services.secrets import refuse_secrets
from app.services.work import Work


def _keeps_items(subject: Subject, body: str) -> None:
    """Also when corrected, minutes fall into the items of their agenda (B2.6)."""
    if subject.row.circuit and split(body, titles_of(subject)) is None:
        raise Refused(GUARDS["items_in_order"].refusal())


async def propose_correction(
    work: Work, actor: Actor, document_id: UUID, title: str, body: str, reason: str
) -> Correction:
    """Propose other words for title and text; the document changes when a second reader has confirmed."""
    subject = await work.subject("document", document_id, actor)
    row: Document = subject.row
    if not title.strip() or not body.strip():
        raise invalid("body", "请填写更正后的标题和正文。", "Write the corrected title and text.", "A3.5")
    if (title.strip(), body.strip()) == (row.title, row.body):
        raise invalid("body", "更正后的文字与原文相同。", "The corrected text is the same.", "A3.5")
    refuse_secrets(title, body)
    _keeps_items(subject, body)
    await transitions.perform(work, subject, "correct", actor, reason=reason)
    correction = Correction(
        document_id=document_id,
        title=title.strip(),
        body=body.strip(),
        before_hash=text_hash.of(row),
        proposed_by=actor.me,
        proposed_at=work.now,
    )
    work.session.add(correction)
    await work.session.flush()
    return correction


def _pending(subject: Subject) -> Correction:
    waiting: list[Correction] = subject.related["correction"]
    return next(row for row in waiting if row.confirmed_at is None and row.dropped_at is None)


@enforces("A3.5")
async def confirm_correction(work: Work, actor: Actor, document_id: UUID) -> Correction:
    """The second reader: the text changes, the signatures stay, and the correction is shown with both hashes."""
    subject = await work.subject("document", document_id, actor)
    await transitions.perform(work, subject, "confirm_correction", actor)
    correction, row = _pending(subject), subject.row
    row.title, row.body = correction.title, correction.body
    row.content_hash = correction.after_hash = text_hash.of(row)
    correction.confirmed_by, correction.confirmed_at = actor.me, work.now
    await work.session.flush()
    await texts.keep(work, row)
    return correction


async def drop_correction(work: Work, actor: Actor, document_id: UUID, reason: str) -> Correction:
    """The text stays as it was signed."""
    subject = await work.subject("document", document_id, actor)
    await transitions.perform(work, subject, "drop_correction", actor, reason=reason)
    correction = _pending(subject)
    correction.dropped_at = work.now
    await work.session.flush()
    return correction
