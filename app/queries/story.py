"""A matter's history as a story (C6): everything that belongs to one motion, as far as the viewer may see it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.enforces import enforces
from app.models.matters import Attendance, Decision, Item, Meeting, Motion, Opinion, Statement
from app.models.outcome import Directive, Document, DocumentDecision, Publication, Report
from app.models.panels import Panel, PanelMember
from app.models.records import Signature
from app.queries.visibility import View, visible_to


@dataclass(slots=True)
class Story:
    motion: Motion
    opinions: list[Opinion] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    views: list[PanelMember] = field(default_factory=list)
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
        rows: list[Any] = [
            self.motion,
            *self.opinions,
            *self.panels,
            *self.views,
            *self.items,
            *self.meetings,
            *self.documents,
            *self.directives,
            *self.publications,
        ]
        return [row.id for row in rows]


async def _seen(session: AsyncSession, view: View, model: Any, condition: Any) -> list[Any]:
    return list((await session.scalars(visible_to(view, model).where(condition).order_by(model.id))).all())


@enforces("C6", "A4.4")
async def story(session: AsyncSession, view: View, motion_id: UUID) -> Story | None:
    """None where the motion does not exist or may not be seen."""
    motion = await session.scalar(visible_to(view, Motion).where(col(Motion.id) == motion_id))
    if motion is None:
        return None
    told = Story(motion)
    told.opinions = await _seen(session, view, Opinion, col(Opinion.motion_id) == motion_id)
    told.panels = await _seen(session, view, Panel, col(Panel.motion_id) == motion_id)
    told.views = await _seen(session, view, PanelMember, col(PanelMember.motion_id) == motion_id)
    told.items = await _seen(session, view, Item, col(Item.motion_id) == motion_id)
    meeting_ids = [row.meeting_id for row in told.items]
    told.meetings = await _seen(session, view, Meeting, col(Meeting.id).in_(meeting_ids))
    told.attendance = await _seen(session, view, Attendance, col(Attendance.meeting_id).in_(meeting_ids))
    told.statements = await _seen(session, view, Statement, col(Statement.item_id).in_([row.id for row in told.items]))
    told.decisions = await _seen(session, view, Decision, col(Decision.motion_id) == motion_id)
    decision_ids = [row.id for row in told.decisions]
    links = select(col(DocumentDecision.document_id)).where(col(DocumentDecision.decision_id).in_(decision_ids))
    told.documents = await _seen(session, view, Document, col(Document.id).in_(links))
    told.directives = await _seen(session, view, Directive, col(Directive.decision_id).in_(decision_ids))
    told.reports = await _seen(session, view, Report, col(Report.directive_id).in_([row.id for row in told.directives]))
    told.publications = await _seen(session, view, Publication, col(Publication.motion_id) == motion_id)
    told.signatures = await _seen(session, view, Signature, col(Signature.object_id).in_(told.matter_ids()))
    return told
