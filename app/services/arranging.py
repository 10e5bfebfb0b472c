"""Arranging an agenda: order, minutes and the clock time that follows, late items, what is raised on the spot, and the
state of open directives as first item (A2.1, A3.1, C17, C18)."""

import re
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from app.core.clock import today
from app.core.enforces import enforces
from app.core.refusals import invalid
from app.models.matters import Item, Meeting, Motion
from app.models.office import Topic
from app.models.outcome import Directive
from app.models.people import Unit
from app.queries.lights import light
from app.queries.subjects import Subject, load_subject
from app.rules.agenda import MOST_MINUTES, ORDERS
from app.rules.catalogue import TABLES
from app.rules.roles import Actor
from app.services import parts, transitions
from app.services.agenda import GROUP_READERS, OFFICE_READERS, check_listing, matter_of, place
from app.services.agenda_times import agenda_items, retime
from app.services.audiences import resolve
from app.services.secrets import refuse_secrets
from app.services.work import Work

_ENDED = ("draft", *(name for name, state in TABLES["directive"].states.items() if state.final))


async def _keys(work: Work, items: Sequence[Item], rule: str) -> dict[UUID, str]:
    """By what the items are sorted, as texts."""
    found = {}
    for item in items:
        motion = await work.session.get(Motion, item.motion_id) if item.motion_id else None
        topic = await work.session.get(Topic, item.topic_id) if item.topic_id else None
        unit_id = motion.proposing_unit_id if motion else topic.department_id if topic else None
        unit = await work.session.get(Unit, unit_id) if unit_id else None
        by = {
            "waiting": (motion or topic or item).created_at.isoformat(),
            "category": motion.category if motion else "",
            "unit": unit.name if unit else "",
        }
        found[item.id] = by[rule]
    return found


async def by_numbers(work: Work, meeting_id: UUID, numbers: str) -> list[UUID]:
    """The items in the order of these numbers, which count the agenda from 1 without the state of directives."""
    movable = [row.id for row in await agenda_items(work, meeting_id) if row.kind != "directives"]
    given = [part.strip() for part in re.split("[,\uff0c、 ]+", numbers)]
    known = {str(number): key for number, key in enumerate(movable, 1)}
    return [known[number] for number in given if number in known]


@enforces("A2.1")
async def order_agenda(
    work: Work, actor: Actor, meeting_id: UUID, item_ids: Sequence[UUID] = (), rule: str = ""
) -> Meeting:
    """Bring the agenda into an order: as given by hand, or by a rule. The order asks nobody's consent again."""
    subject = await work.subject("meeting", meeting_id, actor)
    items = await agenda_items(work, meeting_id)
    movable = [row for row in items if row.kind != "directives"]
    if rule and rule not in ORDERS:
        raise invalid("rule", "请选择排序规则。", f"One of: {', '.join(ORDERS)}.", "A2.1")
    if not rule and sorted(item_ids, key=str) != sorted((row.id for row in movable), key=str):
        raise invalid("items", "排序须列出全部议程,各一次。", "The order names every item once.", "A2.1")
    await transitions.perform(work, subject, "arrange", actor)
    keys = await _keys(work, movable, rule) if rule else {}
    places = {key: number for number, key in enumerate(item_ids)}
    movable.sort(key=lambda row: (keys[row.id], row.position) if rule else (str(places[row.id]).zfill(4), 0))
    for number, item in enumerate(movable, 1):
        item.position = number
    await retime(work, subject.row)
    meeting: Meeting = subject.row
    return meeting


async def arrange_item(
    work: Work, actor: Actor, item_id: UUID, minutes: int, rapporteur: str = "", under_id: UUID | None = None
) -> Item:
    """How long an item takes, who reports on it, and with which other it is taken together; each is decided apart."""
    subject = await work.subject("item", item_id, actor)
    item: Item = subject.row
    if not 0 < minutes <= MOST_MINUTES:
        raise invalid("minutes", f"时长须在1至{MOST_MINUTES}分钟之间。", f"1 to {MOST_MINUTES} minutes.", "A2.1")
    under = await work.session.get(Item, under_id) if under_id else None
    if under_id and (under is None or under.meeting_id != item.meeting_id or under.under_id or under.id == item.id):
        raise invalid("under", "只能与本次会议的另一议程合并审议。", "Another item of the same meeting.", "A2.1")
    refuse_secrets(rapporteur)
    changes = {"minutes": minutes, "rapporteur": rapporteur.strip()[:100], "under_id": under_id}
    await transitions.perform(work, subject, "arrange", actor, changes=changes)
    await retime(work, subject.one("meeting"))
    return item


async def add_late_item(work: Work, actor: Actor, meeting_id: UUID, noun: str, matter_id: UUID, reason: str) -> Item:
    """Propose an item after consent was given: it comes on the agenda only with the leader's yes (A3.1)."""
    meeting = await work.subject("meeting", meeting_id, actor)
    matter = await work.subject(noun, matter_id, actor)
    check_listing(work, actor, meeting, matter)
    await transitions.perform(work, meeting, "add_late", actor, reason=reason)
    item = await place(work, actor, meeting, matter)
    await transitions.advance(work, await load_subject(work.session, "item", item), "hold", actor)
    await retime(work, meeting.row)
    return item


@enforces("A3.1")
async def drop_late_item(work: Work, item: Subject) -> None:
    """A late item that was refused lets its matter go."""
    if matter := await matter_of(work, item):
        await transitions.advance(work, matter, "unlist")


@enforces("C17")
async def raise_matter(work: Work, actor: Actor, meeting_id: UUID, title: str, text: str) -> Item:
    """What somebody brings up in the meeting: it can be noted or referred, never decided."""
    if not 0 < len(title.strip()) <= 200:
        raise invalid(
            "title", "请写明提出的事项,不超过200字。", "Say what was raised, in at most 200 characters.", "C17"
        )
    refuse_secrets(title, text)
    meeting = await work.subject("meeting", meeting_id, actor)
    await transitions.perform(work, meeting, "raise_matter", actor)
    last = select(func.max(col(Item.position))).where(col(Item.meeting_id) == meeting_id)
    item = await _begin(work, actor, meeting, "raised", (await work.session.scalar(last) or 0) + 1, title, text)
    await parts.grant(work, "item", item.id, resolve(meeting, "called"), "A4.4")
    return item


async def _begin(work: Work, actor: Actor, meeting: Subject, kind: str, position: int, title: str, text: str) -> Item:
    item = Item(
        group_id=meeting.row.group_id,
        state="listed",
        meeting_id=meeting.row.id,
        kind=kind,
        position=position,
        title=title.strip(),
        text=text.strip(),
        drafter_id=actor.person_id,
    )
    readers = OFFICE_READERS if meeting.form.of_office else GROUP_READERS
    await transitions.begin(work, "item", item, actor, "C18" if kind == "directives" else "C17", readers)
    meeting.related["item"].append(item)
    await retime(work, meeting.row)
    return item


async def _open_directives(work: Work, group_id: UUID) -> Sequence[Directive]:
    """Those that nobody closed, restricted ones left out: the item is read by everybody called (A4.4)."""
    query = select(Directive).where(
        col(Directive.group_id) == group_id,
        col(Directive.state).not_in(_ENDED),
        col(Directive.disclosure) != "restricted",
    )
    return (await work.session.scalars(query)).all()


@enforces("C18")
async def put_directives_first(work: Work, actor: Actor, meeting: Subject) -> None:
    """The state of all open directives is the first item of the next meeting of the group by itself."""
    if meeting.form.of_office or any(row.kind == "directives" for row in meeting.related["item"]):
        return
    if await _open_directives(work, meeting.row.group_id):
        await _begin(work, actor, meeting, "directives", 0, "督办事项进展情况", "")


@enforces("C18")
async def state_directives(work: Work, meeting: Subject) -> None:
    """When the meeting opens, the item says how the open directives stand at that moment."""
    for item in meeting.related["item"]:
        if item.kind == "directives" and item.state == "listed":
            rows = await _open_directives(work, meeting.row.group_id)
            warn = meeting.days("yellow_days")
            lights = Counter(light(work.calendar, row.state, row.due_on, today(), warn) for row in rows)
            item.text = (
                f"未办结督办事项{len(rows)}项:超期{lights['red']}项,临近到期{lights['yellow']}项,"
                f"正常{lights['green']}项,不计时{lights['grey']}项。"
            )


async def note_directives(work: Work, actor: Actor, meeting: Subject) -> None:
    """What was heard is noted when the meeting closes, unless somebody noted it in words of his own."""
    for item in meeting.related["item"]:
        if item.kind == "directives" and item.state == "listed":
            await transitions.advance(work, await load_subject(work.session, "item", item), "note", actor)
