"""The motion behind a matter, and the matters that grew from a motion: a need-to-know list holds for all of them."""

from collections import defaultdict
from collections.abc import Collection
from itertools import chain
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models.matters import Decision, Item, Opinion
from app.models.outcome import Directive, DocumentDecision, Publication
from app.models.panels import Panel, PanelMember
from app.queries.around import GROWN
from app.queries.subjects import Subject
from app.queries.visibility import View, row_filter, table_of


async def roots(session: AsyncSession, subject: Subject) -> list[UUID]:
    """The motions that this matter comes from: several behind a document, none behind an assigned directive."""
    if subject.noun == "motion":
        return [subject.row.id]
    if subject.noun == "directive":
        decision = await session.get(Decision, subject.row.decision_id) if subject.row.decision_id else None
        return [decision.motion_id] if decision and decision.motion_id else []
    if subject.noun == "document":
        links = select(col(DocumentDecision.decision_id)).where(col(DocumentDecision.document_id) == subject.row.id)
        query = select(col(Decision.motion_id)).where(col(Decision.id).in_(links)).distinct()
        return [key for key in (await session.scalars(query)).all() if key]
    motion_id = getattr(subject.row, "motion_id", None)
    return [motion_id] if motion_id else []


async def descendants(session: AsyncSession, motion_id: UUID) -> list[UUID]:
    """The motion itself and everything with parts of its own that came from it."""
    decisions = select(col(Decision.id)).where(col(Decision.motion_id) == motion_id)
    queries: tuple[Select[UUID], ...] = (
        decisions,
        select(col(Opinion.id)).where(col(Opinion.motion_id) == motion_id),
        select(col(Panel.id)).where(col(Panel.motion_id) == motion_id),
        select(col(PanelMember.id)).where(col(PanelMember.motion_id) == motion_id),
        select(col(Item.id)).where(col(Item.motion_id) == motion_id),
        select(col(Publication.id)).where(col(Publication.motion_id) == motion_id),
        select(col(Directive.id)).where(col(Directive.decision_id).in_(decisions)),
        select(col(DocumentDecision.document_id)).where(col(DocumentDecision.decision_id).in_(decisions)),
    )
    found = [motion_id]
    for query in queries:
        found.extend((await session.scalars(query)).all())
    return found


async def grown_from(session: AsyncSession, view: View, object_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The children of these matters that the viewer may see, each with those it grew from."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for near in chain(*GROWN.values()) if object_ids else ():
        table = table_of(near.model)
        source, parent = near.joined(table)
        query = select(table.c.id, parent).select_from(source).where(parent.in_(list(object_ids)))
        rows = (await session.execute(query.where(row_filter(view, near.model)))).all()
        for child, grown_of in rows:
            found[child].add(grown_of)
    return found
