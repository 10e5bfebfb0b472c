"""The papers of a meeting as one addressee reads them, and for the office who has not read what (A4.2)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models.matters import Item, Meeting
from app.models.papers import Attachment, ItemPaper, PaperReceipt
from app.queries.visibility import View, table_of, visible_to
from app.queries.waiting import holder_names


@dataclass(slots=True)
class Reading:
    """One item with its papers, oldest version first; `mine`: the receipt that the asker still owes for them."""

    item: Item
    versions: list[ItemPaper]
    files: list[Attachment] = field(default_factory=list)
    mine: PaperReceipt | None = None

    @property
    def present(self) -> ItemPaper:
        return self.versions[-1]

    @property
    def changes(self) -> list[Any]:
        """What has changed since the version before, for whoever saw that one."""
        return self.versions[-2].changes if len(self.versions) > 1 else []

    @property
    def title(self) -> str:
        return str(self.present.cells.get("title", ""))


@dataclass(frozen=True, slots=True)
class Outstanding:
    """An addressee, with the items whose papers he has not read, and how many there are in all."""

    zh: str
    en: str
    unread: Sequence[str]
    all: int


async def papers_to_read(session: AsyncSession, view: View, meeting: Meeting) -> list[Reading]:
    """The papers that this asker may see, in the order of the agenda."""
    items = visible_to(view, Item).where(col(Item.meeting_id) == meeting.id, col(Item.state) != "removed")
    rows = (await session.scalars(items.order_by(col(Item.position), col(Item.id)))).all()
    papers = visible_to(view, ItemPaper).where(col(ItemPaper.meeting_id) == meeting.id)
    by_item: dict[UUID, list[ItemPaper]] = defaultdict(list)
    for paper in (await session.scalars(papers.order_by(col(ItemPaper.number)))).all():
        by_item[paper.item_id].append(paper)
    found = [Reading(row, by_item[row.id]) for row in rows if row.id in by_item]
    await _add_files(session, view, found)
    await _add_mine(session, view, meeting, found)
    return found


async def _add_files(session: AsyncSession, view: View, readings: Sequence[Reading]) -> None:
    keys = [UUID(key) for each in readings for key in each.present.files]
    rows = (await session.scalars(visible_to(view, Attachment).where(col(Attachment.id).in_(keys)))).all()
    by_key = {row.id: row for row in rows}
    for each in readings:
        each.files = [by_key[UUID(key)] for key in each.present.files if UUID(key) in by_key]


async def _add_mine(session: AsyncSession, view: View, meeting: Meeting, readings: Sequence[Reading]) -> None:
    query = select(PaperReceipt).where(
        col(PaperReceipt.meeting_id) == meeting.id, col(PaperReceipt.read_at).is_(None),
        col(PaperReceipt.ended_at).is_(None), view.held(table_of(PaperReceipt).c.holder),
    )  # fmt: skip
    by_paper = {row.paper_id: row for row in (await session.scalars(query)).all()}
    for each in readings:
        each.mine = by_paper.get(each.present.id)


async def holders_owing(session: AsyncSession, meeting_id: UUID) -> set[str]:
    """Who still owes a receipt."""
    query = select(col(PaperReceipt.holder)).where(
        col(PaperReceipt.meeting_id) == meeting_id, col(PaperReceipt.read_at).is_(None),
        col(PaperReceipt.ended_at).is_(None),
    )  # fmt: skip
    return set((await session.scalars(query)).all())


async def outstanding(session: AsyncSession, view: View, meeting: Meeting) -> list[Outstanding]:
    """Every addressee of the present papers; who has read least comes first. As far as the asker may see receipts."""
    query = (
        visible_to(view, PaperReceipt)
        .join(ItemPaper, col(ItemPaper.id) == col(PaperReceipt.paper_id))
        .add_columns(ItemPaper)
        .where(
            col(PaperReceipt.meeting_id) == meeting.id, col(ItemPaper.until).is_(None), col(PaperReceipt.outcome) == ""
        )
        .order_by(col(PaperReceipt.id))
    )
    by_holder: dict[str, list[tuple[PaperReceipt, ItemPaper]]] = defaultdict(list)
    for receipt, paper in (await session.execute(query)).all():
        by_holder[receipt.holder].append((receipt, paper))
    names = await holder_names(session, list(by_holder))
    found = []
    for holder, rows in by_holder.items():
        waiting = [str(paper.cells.get("title", "")) for receipt, paper in rows if receipt.read_at is None]
        found.append(Outstanding(*names[holder], waiting, len(rows)))
    return sorted(found, key=lambda each: -len(each.unread))
