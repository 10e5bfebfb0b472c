"""Documents as they go out: minutes to all who attended, each with the items he may see (A4.4, B2.6); others whole."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.models.matters import Attendance, Decision, Item, Meeting, Observer
from app.models.minutes import Extract
from app.models.outcome import Document
from app.models.people import Person
from app.models.records import Part
from app.queries.actors import load_actor
from app.queries.subjects import Subject, load_subjects
from app.rules import minutes
from app.rules.roles import Actor, of_department, of_unit
from app.services import tells, text_hash, transitions
from app.services.work import Work


@dataclass(frozen=True, slots=True)
class Addressee:
    capacity: str
    unit_id: UUID | None = None
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """The issued text with its items, and who was there for single items only."""

    document: Document
    meeting: Meeting
    items: Sequence[Item]
    titles: Sequence[str]
    parts: minutes.Parts
    guests: Sequence[tuple[str, frozenset[UUID]]]


@enforces("B2.6", "A4.4")
async def send(work: Work, actor: Actor, document: Subject) -> list[Extract]:
    """One extract for each addressee, with a task to receive it. Who may see none of the items gets none."""
    issued = await _issued(work, document)
    rows = []
    for addressee in await _addressees(work, issued.meeting, document):
        seen = await _items_seen(work, issued, addressee)
        if any(seen):
            rows.append(_extract(issued, addressee, seen))
    for subject in await transitions.begin_all(work, "extract", rows, actor, "B2.6", ("recipient", "office")):
        await tells.tell(work, subject, "minutes.sent", ("recipient",), actor.person_id)
    return rows


async def _issued(work: Work, document: Subject) -> Minutes:
    meeting: Meeting = document.one("meeting")
    sections = sorted(document.related["section"], key=lambda row: row.position)
    titles = [row.title for row in sections]
    parts = minutes.split(document.row.body, titles)
    assert parts is not None  # a guard holds it, and corrections too
    query = select(Item).where(col(Item.id).in_([row.item_id for row in sections]))
    items = {row.id: row for row in (await work.session.scalars(query)).all()}
    in_order = [items[row.item_id] for row in sections]
    return Minutes(document.row, meeting, in_order, titles, parts, await _guests(work, meeting.id))


async def _guests(work: Work, meeting_id: UUID) -> list[tuple[str, frozenset[UUID]]]:
    """By name, who was invited for single items, and for which."""
    query = (
        select(col(Person.name), col(Observer.person_id), col(Observer.item_id))
        .join(Person, col(Person.id) == col(Observer.person_id))
        .where(col(Observer.meeting_id) == meeting_id)
    )
    found: dict[UUID, tuple[str, set[UUID | None]]] = {}
    for name, person_id, item_id in (await work.session.execute(query)).all():
        found.setdefault(person_id, (name, set()))[1].add(item_id)
    return [(name, frozenset(key for key in keys if key)) for name, keys in found.values() if None not in keys]


async def _addressees(work: Work, meeting: Meeting, document: Subject) -> list[Addressee]:
    """Who attended; the presider too, unless it was he who issued them."""
    query = select(Attendance).where(col(Attendance.meeting_id) == meeting.id, col(Attendance.state) == "present")
    rows = (await work.session.scalars(query.order_by(col(Attendance.id)))).all()
    found = [Addressee(row.capacity, row.unit_id, row.person_id) for row in rows]
    issuers = {row.person_id for row in document.signatures if row.action in ("issue", "approve")}
    known = {row.person_id for row in found}
    if meeting.presider_id not in issuers | known:
        found.append(Addressee("presider", person_id=meeting.presider_id))
    return found


async def _holders(work: Work, group_id: UUID, addressee: Addressee) -> set[str]:
    if addressee.person_id:
        return set((await load_actor(work.session, addressee.person_id)).holders)
    assert addressee.unit_id  # one of the two is given
    of = of_department if addressee.capacity == "department" else of_unit
    names = {of(group_id, addressee.unit_id)}
    if addressee.capacity == "department":
        names.add(f"{group_id}/office")
    return names


@enforces("A4.4")
async def _items_seen(work: Work, issued: Minutes, addressee: Addressee) -> list[bool]:
    """Of each item whether he has part in it; where it was never given to him or taken from him, part in what was
    decided on it."""
    holders = await _holders(work, issued.document.group_id, addressee)
    keys = [item.id for item in issued.items]
    decisions = select(col(Decision.id), col(Decision.item_id)).where(col(Decision.item_id).in_(keys))
    of_item = {row.id: row.item_id for row in (await work.session.execute(decisions)).all()}
    query = select(Part).where(col(Part.object_id).in_([*keys, *of_item]), col(Part.holder).in_(holders))
    parts = (await work.session.scalars(query)).all()
    given = {part.object_id for part in parts}
    open_now = {part.object_id for part in parts if part.in_force}
    decided = {of_item[key] for key in open_now if key in of_item}
    return [key in open_now or (key not in given and key in decided) for key in keys]


def _extract(issued: Minutes, addressee: Addressee, seen: Sequence[bool]) -> Extract:
    shown = {item.id for item, visible in zip(issued.items, seen, strict=True) if visible}
    unnamed = [name for name, items in issued.guests if not items & shown]
    restricted = any(item.disclosure == "restricted" for item in issued.items if item.id in shown)
    row = Extract(
        group_id=issued.document.group_id,
        state="sent",
        document_id=issued.document.id,
        meeting_id=issued.meeting.id,
        unit_id=addressee.unit_id,
        person_id=addressee.person_id,
        capacity=addressee.capacity,
        title=issued.document.title,
        number=issued.document.number,
        body=minutes.extract(issued.parts, issued.titles, seen, unnamed),
        content_hash="",
        disclosure="restricted" if restricted else "internal",
        drafter_id=issued.document.drafter_id,
    )
    row.content_hash = text_hash.of(row)
    return row


@enforces("C1", "C18")
async def send_whole(work: Work, actor: Actor, document: Subject, holders: Collection[str]) -> list[Extract]:
    """A registered document goes to the units and departments among these, whole, with a task to receive it."""
    rows = [
        _whole(document.row, "member" if kind == "unit" else kind, UUID(unit_id))
        for kind, unit_id in (holder.split("/")[-2:] for holder in dict.fromkeys(holders))
        if kind in ("unit", "department")
    ]
    for subject in await transitions.begin_all(work, "extract", rows, actor, "A3.5", ("recipient", "office")):
        await tells.tell(work, subject, "document.sent", ("recipient",), actor.person_id)
    return rows


def _whole(document: Document, capacity: str, unit_id: UUID) -> Extract:
    row = Extract(
        group_id=document.group_id, state="sent", document_id=document.id, unit_id=unit_id, capacity=capacity,
        title=document.title, number=document.number, body=document.body, content_hash="",
        disclosure=document.disclosure, drafter_id=document.drafter_id,
    )  # fmt: skip
    row.content_hash = text_hash.of(row)
    return row


@enforces("A3.5", "C2")
async def take_back(work: Work, actor: Actor, document: Subject) -> None:
    """A document whose number was voided: nobody owes a receipt any more, and everybody who had it is told."""
    query = select(Extract).where(col(Extract.document_id) == document.row.id, col(Extract.state) != "taken_back")
    for extract in await load_subjects(work.session, "extract", (await work.session.scalars(query)).all()):
        await transitions.advance(work, extract, "take_back", actor)
