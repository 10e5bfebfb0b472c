"""The papers of a meeting: put together by item, delivered by version, read by each addressee (A3.4, A4.2)."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import col

from app.core.clock import local_day
from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused
from app.core.workdays import Due
from app.models.matters import Item, Meeting, Motion
from app.models.office import Topic
from app.models.panels import Panel
from app.models.papers import Attachment, ItemPaper, PaperReceipt
from app.models.records import Part, Signature
from app.queries.subjects import Subject
from app.rules.attachments import SCAN
from app.rules.panel import CONCLUSIONS, KINDS, STANDING
from app.rules.paper import READING
from app.rules.roles import DEPUTIES, Actor, Role, Seat, of_office, of_person
from app.services import tasks, text_hash, texts, trail
from app.services.audiences import called_one
from app.services.paper import keep_beside
from app.services.work import Work

# How a moment before this one is told apart from it: whoever comes with a new version does not see the one before.
_JUST_BEFORE = timedelta(microseconds=1)
OVER = frozenset({"closed", "cancelled", "refused"})


async def _texts(work: Work, item: Item) -> dict[str, str]:
    """What there is to read on one item: the matter, the preliminary opinion, the experts' conclusion, the files."""
    matter: Motion | Topic | None = None
    if item.motion_id:
        matter = await work.session.get(Motion, item.motion_id)
    elif item.topic_id:
        matter = await work.session.get(Topic, item.topic_id)
    if matter is None:
        return {}
    names = ("title", "body", "project", "amount_asked", "consolidated", "annexes")
    found = {name: text_hash.written(getattr(matter, name, None)) for name in names}
    found["conclusion"] = await _conclusion(work, item.motion_id) if item.motion_id else ""
    return {name: text for name, text in found.items() if text}


async def _conclusion(work: Work, motion_id: UUID) -> str:
    query = select(Panel).where(col(Panel.motion_id) == motion_id, col(Panel.state).in_(STANDING))
    rows = (await work.session.scalars(query.order_by(col(Panel.concluded_at)))).all()
    return "\n".join(f"{KINDS[row.kind][0]}:{CONCLUSIONS[row.conclusion][0]}。{row.conclusion_text}" for row in rows)


async def _files(work: Work, item: Item) -> list[str]:
    query = select(col(Attachment.id)).where(
        col(Attachment.object_id) == (item.motion_id or item.topic_id), col(Attachment.until).is_(None),
        col(Attachment.purpose) != SCAN.name,
    )  # fmt: skip
    return [str(key) for key in (await work.session.scalars(query.order_by(col(Attachment.series_id)))).all()]


@enforces("A3.4", "A4.2")
async def put_together(work: Work, actor: Actor, item: Item) -> ItemPaper | None:
    """The present version of an item's papers; a new one where anything has changed, with the difference to the one
    before. None where there is nothing to read."""
    cells = await _texts(work, item)
    if not cells:
        return None
    content = hashlib.sha256("\x1f".join(f"{name}\x1e{cells[name]}" for name in sorted(cells)).encode()).hexdigest()
    query = select(ItemPaper).where(col(ItemPaper.item_id) == item.id, col(ItemPaper.until).is_(None))
    present: ItemPaper | None = await work.session.scalar(query)
    if present and present.content_hash == content:
        return present
    number = await work.session.scalar(select(func.max(col(ItemPaper.number))).where(col(ItemPaper.item_id) == item.id))
    paper = ItemPaper(
        group_id=item.group_id, meeting_id=item.meeting_id, item_id=item.id, number=(number or 0) + 1,
        content_hash=content, cells=cells, files=await _files(work, item), made_by=actor.me, made_at=work.now,
    )  # fmt: skip
    if present:
        present.until, present.changes = work.now - _JUST_BEFORE, texts.difference(present.cells, cells)
        await _end(work, col(PaperReceipt.paper_id) == present.id, "superseded")
    work.session.add(paper)
    await work.session.flush()
    return paper


async def _end(work: Work, which: Any, outcome: str) -> None:
    """Receipts that are not asked for any more; those that were given stay as they are."""
    open_ones = which & col(PaperReceipt.read_at).is_(None) & col(PaperReceipt.ended_at).is_(None)
    await work.session.execute(update(PaperReceipt).where(open_ones).values(ended_at=work.now, outcome=outcome))


@enforces("A4.2")
async def deliver(work: Work, actor: Actor, meeting: Subject, items: Iterable[Item]) -> None:
    """Each addressee owes a receipt for each version of the papers that he may see, and has one task for them all."""
    papers = [(item, await put_together(work, actor, item)) for item in items]
    sight = await _sight(work, [item.id for item, _ in papers])
    known = await _receipts(work, meeting.row.id)
    for item, paper in papers:
        if paper is None:
            item.papers_delivered_at = item.papers_delivered_at or work.now
            continue
        item.papers_delivered_at = paper.made_at
        for holder, names in _addressees(meeting).items():
            if names & sight[item.id] and (paper.id, holder) not in known:
                work.session.add(_receipt(work, item, paper, holder))
    await work.session.flush()
    await ask_to_read(work, meeting)


def _receipt(work: Work, item: Item, paper: ItemPaper, holder: str) -> PaperReceipt:
    return PaperReceipt(
        group_id=item.group_id, meeting_id=item.meeting_id, item_id=item.id, paper_id=paper.id, holder=holder,
        delivered_at=work.now,
    )  # fmt: skip


async def _sight(work: Work, item_ids: Collection[UUID]) -> dict[UUID, set[str]]:
    """Who has part in which item."""
    query = select(col(Part.object_id), col(Part.holder)).where(col(Part.object_id).in_(item_ids), col(Part.in_force))
    found: dict[UUID, set[str]] = defaultdict(set)
    for key, holder in (await work.session.execute(query)).all():
        found[key].add(holder)
    return found


async def _receipts(work: Work, meeting_id: UUID) -> set[tuple[UUID, str]]:
    query = select(col(PaperReceipt.paper_id), col(PaperReceipt.holder)).where(
        col(PaperReceipt.meeting_id) == meeting_id
    )
    return {(paper, holder) for paper, holder in (await work.session.execute(query)).all()}


def _addressees(meeting: Subject) -> dict[str, set[str]]:
    """Leader and deputies, each for himself, and everybody called; with the names under which he may have part."""
    found: dict[str, set[str]] = {}
    group_id = meeting.row.group_id
    if not meeting.form.of_office:
        leader = of_office(group_id, Role.LEADER.value)
        found[leader] = {leader}
        for row in meeting.appointments:
            if Role(row.role) in DEPUTIES:
                found[of_person(row.person_id)] = {of_person(row.person_id), *Seat(Role(row.role), group_id).holders}
    leaders = {row.person_id for row in meeting.appointments if row.role == Role.LEADER.value}
    for row in meeting.related["attendance"]:
        if row.person_id not in leaders:
            found.setdefault(called_one(row), _names(meeting, row.person_id) | {called_one(row)})
    return found


def _names(meeting: Subject, person_id: UUID | None) -> set[str]:
    posts = [row for row in meeting.appointments if person_id and row.person_id == person_id]
    return {name for row in posts for name in Seat(Role(row.role), row.group_id, row.unit_id).holders}


async def unread(work: Work, meeting_id: UUID, holders: Collection[str] | None = None) -> Sequence[PaperReceipt]:
    """The receipts still owed, by all or by these: of items that are still to be heard, for present papers."""
    query = (
        select(PaperReceipt)
        .join(Item, col(Item.id) == col(PaperReceipt.item_id))
        .where(
            col(PaperReceipt.meeting_id) == meeting_id, col(PaperReceipt.read_at).is_(None),
            col(PaperReceipt.ended_at).is_(None), col(Item.state) == "listed",
        )
    )  # fmt: skip
    if holders is not None:
        query = query.where(col(PaperReceipt.holder).in_(sorted(holders)))
    return (await work.session.scalars(query.order_by(col(PaperReceipt.id)))).all()


@enforces("A4.2", "C1", "C2")
async def ask_to_read(work: Work, meeting: Subject) -> None:
    """One task for each who has something to read, due before the meeting; a new delivery begins it anew."""
    await _close_tasks(work, meeting, "deliver_papers")
    due = _due(work, meeting)
    for holder in dict.fromkeys(row.holder for row in await unread(work, meeting.row.id)):
        tasks.open_for(work, meeting, "papers", "addressee", holder, due, "A4.2")
    await work.session.flush()


@enforces("C14")
def _due(work: Work, meeting: Subject) -> Due:
    due = work.calendar.due_before(local_day(meeting.row.starts_at), meeting.days("read_days"))
    return due if due.date >= work.day else work.calendar.fixed(work.day)


async def _close_tasks(work: Work, meeting: Subject, outcome: str, holders: Sequence[str] | None = None) -> None:
    for task in await tasks.open_tasks(work, meeting, holders):
        if task.kind == "papers":
            tasks.close(work, task, outcome, None)
    await work.session.flush()


@enforces("A4.2")
async def read_papers(work: Work, actor: Actor, meeting_id: UUID, item_ids: Collection[UUID] = ()) -> Meeting:
    """Somebody says that he has read the papers of these items, or of all; his task ends with the last of them."""
    await work.must_see(Meeting, meeting_id, actor)
    meeting = await work.subject("meeting", meeting_id, actor)
    moment, clerk = actor.moment(work.now), actor.entry.clerk_id if actor.entry else None
    mine = await unread(work, meeting_id, actor.holders)
    given = [row for row in mine if (not item_ids or row.item_id in item_ids) and _delivered(row, actor)]
    if not given or meeting.row.state in OVER:
        raise Refused(_nothing_to_read())
    for row in given:
        row.read_at, row.read_by, row.entered_by = moment, actor.person_id, clerk
    await work.session.flush()
    done = {row.holder for row in given} - {row.holder for row in mine if row.read_at is None}
    for task in await tasks.open_tasks(work, meeting, sorted(done)):
        if task.kind == "papers":
            tasks.close(work, task, "read_papers", actor.person_id)
    await trail.append(
        work.session,
        trail.entry(
            work.now, "meeting", "read_papers", "A4.2", object_id=meeting_id, group_id=meeting.row.group_id,
            actor_id=actor.person_id, entered_by=clerk,
            version=meeting.row.version, from_state=meeting.row.state, to_state=meeting.row.state, origin=actor.origin,
        ),
    )  # fmt: skip
    await keep_beside(work, meeting, READING, actor)
    found: Meeting = meeting.row
    return found


def _delivered(row: PaperReceipt, actor: Actor) -> bool:
    """Whoever signed on paper has signed for what he had been given by the end of that day (C20)."""
    return actor.entry is None or local_day(row.delivered_at) <= local_day(actor.entry.signed_at)


@enforces("C20")
async def undo_reading(work: Work, meeting: Subject, signed: Signature) -> None:
    """Receipts that a clerk entered, and that their signer contests, are owed again."""
    query = select(PaperReceipt).where(
        col(PaperReceipt.meeting_id) == meeting.row.id, col(PaperReceipt.read_by) == signed.person_id,
        col(PaperReceipt.entered_by) == signed.entered_by,
        col(PaperReceipt.read_at) == min(signed.signed_at, signed.entered_at),
    )  # fmt: skip
    rows = (await work.session.scalars(query)).all()
    for row in rows:
        row.read_at, row.read_by, row.entered_by = None, None, None
    signed.voided_at = work.now
    await work.session.flush()
    for holder in sorted({row.holder for row in await unread(work, meeting.row.id, {row.holder for row in rows})}):
        if not [task for task in await tasks.open_tasks(work, meeting, [holder]) if task.kind == "papers"]:
            tasks.open_for(work, meeting, "papers", "addressee", holder, _due(work, meeting), "A4.2")


def _nothing_to_read() -> Refusal:
    return Refusal(
        "nothing_to_read", "没有需要您签收的会议材料。", "There are no papers for which you owe a receipt.", "A4.2",
        "办公室送达材料", "the office delivers them",
    )  # fmt: skip


@enforces("A4.4")
async def close_for(work: Work, meeting: Subject, item_id: UUID, holder: str) -> None:
    """Whoever stands aside from an item owes no receipt for its papers any more."""
    await _end(work, (col(PaperReceipt.item_id) == item_id) & (col(PaperReceipt.holder) == holder), "recused")
    if not await unread(work, meeting.row.id, [holder]):
        await _close_tasks(work, meeting, "recuse", [holder])
