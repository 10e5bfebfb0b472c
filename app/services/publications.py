"""Publication (B1.6, C10): the public text apart from the internal one, checked by a second person."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.periods import a_year_later
from app.core.refusals import Refusal, Refused, invalid
from app.models.matters import Decision
from app.models.outcome import DocumentDecision, Publication
from app.queries.subjects import Subject
from app.rules.roles import Actor
from app.services import tasks, text_hash, transitions
from app.services.audiences import resolve
from app.services.permits import require
from app.services.secrets import refuse_secrets
from app.services.work import Work


async def _motion_behind(work: Work, document_id: UUID) -> UUID | None:
    query = select(col(Decision.motion_id)).join(
        DocumentDecision, col(DocumentDecision.decision_id) == col(Decision.id)
    )
    found: UUID | None = await work.session.scalar(
        query.where(col(DocumentDecision.document_id) == document_id).limit(1)
    )
    return found


async def _motion_of(work: Work, document_id: UUID) -> UUID:
    motion_id = await _motion_behind(work, document_id)
    if motion_id is None:
        raise invalid("document", "只公开领导小组的议定事项。", "Only what the group decided is made public.", "C10")
    return motion_id


@enforces("C10", "B1.6")
async def draft_publication(work: Work, actor: Actor, document_id: UUID, title: str, text: str) -> Publication:
    """Write the public text of a registered document; by default due 20 working days after its issue."""
    subject = await work.subject("document", document_id, actor)
    document = subject.row
    require(work, actor, "publication", "draft", document.group_id, "C10")
    if document.state != "registered":
        raise Refused(
            Refusal("document_issued", "文件尚未印发,不能公开。", "The document is not registered yet.", "C10")
        )
    if not title.strip():
        raise invalid("title", "请填写公开标题。", "Give the public text a title.", "C10")
    refuse_secrets(title, text)
    if await work.session.scalar(select(col(Publication.id)).where(col(Publication.document_id) == document_id)):
        raise invalid("document", "该文件已有公开文本。", "This document has a public text already.", "C10")
    row = Publication(
        group_id=document.group_id,
        state="draft",
        motion_id=await _motion_of(work, document_id),
        document_id=document_id,
        title=title.strip(),
        text=text.strip(),
        due_on=work.calendar.add(document.dated_on or work.day, subject.days("publication_days")).date,
        disclosure=document.disclosure,
        drafter_id=actor.person_id,
    )
    row.content_hash = text_hash.of(row)
    await _taken_up(work, actor, subject)
    await transitions.begin(work, "publication", row, actor, "C10", ("drafter", "office", "leader", "deputies"))
    return row


async def edit_publication(work: Work, actor: Actor, publication_id: UUID, title: str, text: str) -> Publication:
    """Correct the public text before it goes to the secrecy check, or after it came back."""
    subject = await work.subject("publication", publication_id, actor)
    row: Publication = subject.row
    require(work, actor, "publication", "draft", row.group_id, "C10")
    if row.state != "draft":
        zh, en = "只有拟公开的文本可以修改。", "Only a draft can be changed."
        raise Refused(Refusal("not_editable", zh, en, "C10", "审查人退回", "the checker, by returning it"))
    if not title.strip():
        raise invalid("title", "请填写公开标题。", "Give the public text a title.", "C10")
    refuse_secrets(title, text)
    row.title, row.text = title.strip(), text.strip()
    row.content_hash = text_hash.of(row)
    await work.session.flush()
    return row


def changes_for(work: Work, subject: Subject, action: str) -> dict[str, Any]:
    """What is withheld is looked at again once a year; what is taken up again has its period from that day."""
    if action == "keep_withheld":
        return {"due_on": a_year_later(work.day)}
    if action == "reconsider":
        return {"due_on": work.calendar.add(work.day, subject.days("publication_days")).date}
    return {}


@enforces("C1", "C10")
async def fall_due(work: Work, document: Subject) -> None:
    """From its registration the office owes the publication of a document, also while nobody has drafted the text."""
    if await _motion_behind(work, document.row.id) is None:
        return
    due = work.calendar.add(document.row.dated_on or work.day, document.days("publication_days"))
    for holder in resolve(document, "general_affairs"):
        tasks.open_for(work, document, "publication", "general_affairs", holder, due, "C10")
    await work.session.flush()


async def _taken_up(work: Work, actor: Actor, document: Subject) -> None:
    for task in await tasks.open_tasks(work, document):
        if task.kind == "publication":
            tasks.close(work, task, "draft_publication", actor.person_id)


@enforces("C10")
async def leave_tombstone(work: Work, subject: Subject) -> None:
    """What is taken back is read by nobody any more, on any path; the trail keeps its hash."""
    subject.row.title, subject.row.text = "已撤回公开", ""
    await work.session.flush()


async def publish(work: Work, actor: Actor, publication_id: UUID) -> Publication:
    subject = await work.subject("publication", publication_id, actor)
    await transitions.perform(work, subject, "publish", actor, changes={"published_at": work.now})
    row: Publication = subject.row
    return row


async def withhold(work: Work, actor: Actor, publication_id: UUID, ground: str, reason: str) -> Publication:
    """Withhold on a lawful ground: article 14, 15 or 16. It is looked at again in a year."""
    subject = await work.subject("publication", publication_id, actor)
    with work.session.no_autoflush:
        before, subject.row.ground = subject.row.ground, ground.strip()
        try:
            changes = {"due_on": a_year_later(work.day)}
            await transitions.perform(work, subject, "withhold", actor, reason=reason, changes=changes)
        except Refused:
            subject.row.ground = before
            raise
    row: Publication = subject.row
    return row
