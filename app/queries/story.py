"""A matter's history as a story (C6): everything that belongs to one motion, as far as the viewer may see it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.enforces import enforces
from app.models.matters import Attendance, Decision, Item, Meeting, Motion, Opinion, Statement
from app.models.outcome import Directive, Document, DocumentDecision, Publication, Report
from app.models.records import Signature
from app.queries.visibility import View, visible_to


@dataclass(slots=True)
class Story:
    motion: Motion
    opinions: list[Opinion] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)

    def matter_ids(self) -> list[UUID]:
        rows: list[Any] = [self.motion, *self.opinions, *self.items, *self.meetings, *self.documents, *self.directives,
                           *self.publications]
        return [row.id for row in rows]


async def _seen(session: AsyncSession, view: View, model: Any, condition: Any) -> list[Any]:
    return list((await session.scalars(visible_to(view, model).where(condition).order_by(model.id))).all())


@enforces("C6", "A4.4")
async def story(session: AsyncSession, view: View, motion_id: UUID) -> Story | None:
    """None where the motion does not exist or may not be seen."""
    motion = await session.scalar(visible_to(view, Motion).where(Motion.id == motion_id))
    if motion is None:
        return None
    told = Story(motion)
    told.opinions = await _seen(session, view, Opinion, Opinion.motion_id == motion_id)
    told.items = await _seen(session, view, Item, Item.motion_id == motion_id)
    meeting_ids = [row.meeting_id for row in told.items]
    told.meetings = await _seen(session, view, Meeting, Meeting.id.in_(meeting_ids))  # type: ignore[attr-defined]
    told.attendance = await _seen(session, view, Attendance, Attendance.meeting_id.in_(meeting_ids))  # type: ignore[attr-defined]
    told.statements = await _seen(session, view, Statement, Statement.item_id.in_([row.id for row in told.items]))  # type: ignore[attr-defined]
    told.decisions = await _seen(session, view, Decision, Decision.motion_id == motion_id)
    decision_ids = [row.id for row in told.decisions]
    links = select(DocumentDecision.document_id).where(DocumentDecision.decision_id.in_(decision_ids))  # type: ignore[attr-defined]
    told.documents = await _seen(session, view, Document, Document.id.in_(links))  # type: ignore[attr-defined]
    told.directives = await _seen(session, view, Directive, Directive.decision_id.in_(decision_ids))  # type: ignore[union-attr]
    told.reports = await _seen(session, view, Report, Report.directive_id.in_([row.id for row in told.directives]))  # type: ignore[attr-defined]
    told.publications = await _seen(session, view, Publication, Publication.motion_id == motion_id)
    told.signatures = await _seen(session, view, Signature, Signature.object_id.in_(told.matter_ids()))  # type: ignore[attr-defined]
    return told
