"""Meetings and due days in people's own calendars (C9): as invitations by mail, and as a private feed.

Outside the app an entry says no more than a mail does: kind, number and time; title and place only where the group has
set `mail_titles`; of everything restricted together one line, under today, that a task waits.

Tasks are events of a whole day, not VTODO: the calendars of telephones leave a VTODO out of a feed they subscribe to.
"""

import hashlib
from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.adapters.calendars import Entry, Guest, calendar_file
from app.core.clock import at, now, today
from app.core.enforces import enforces
from app.core.labels import TASK_KINDS, name_of
from app.models.matters import Meeting
from app.models.people import Group, Person
from app.models.records import Task
from app.policy import Policy
from app.queries.actors import load_actor
from app.queries.called import takes_part
from app.queries.subjects import MODELS
from app.queries.visibility import View, own_tasks, row_filter
from app.rules.catalogue import TABLES
from app.rules.meeting import NOTICED
from app.services.outside import ONLY_THAT, number_of, place_of

PAST = timedelta(days=180)
MOST = 1000
# What a state means to whoever has the meeting in his calendar. In others it is asked for again: it may yet change.
CALLED_OFF = frozenset({"postponed", "cancelled", "refused"})
STANDS = frozenset({*NOTICED, "closed"})


def uid_of(kind: str, key: UUID, domain: str) -> str:
    """The same for ever, and telling nothing of the key."""
    return f"{hashlib.sha256(f'{kind}:{key}'.encode()).hexdigest()[:32]}@{domain}"


@enforces("C9", "A4.4")
def meeting_entry(meeting: Meeting, titles: bool, domain: str, link: str) -> Entry:
    kind = TABLES["meeting"].zh
    number = number_of(meeting)
    off, stands = meeting.state in CALLED_OFF, meeting.state in STANDS
    return Entry(
        uid_of("meeting", meeting.id, domain),
        f"{kind}(编号 {number})" + (f":{meeting.title}" if titles else ""),
        meeting.starts_at,
        meeting.state_since,
        meeting.ends_at,
        meeting.version,
        "CANCELLED" if off else "CONFIRMED" if stands else "TENTATIVE",
        meeting.place if titles else "",
        f"{link}{place_of('meeting', meeting.id)}",
    )


@enforces("C9", "A4.4")
def invitation_file(meeting: Meeting, person: Person, titles: bool, sender: str, link: str) -> tuple[str, bytes] | None:
    """The method and the file for whoever is called; None where the meeting is restricted, or was never noticed."""
    if meeting.disclosure == "restricted" or meeting.noticed_starts_at is None:
        return None
    entry = meeting_entry(meeting, titles, sender.rpartition("@")[2], link)
    method = "CANCEL" if entry.status == "CANCELLED" else "REQUEST"
    return method, calendar_file([entry], method, Guest(sender, person.mail, person.name))


@enforces("C9", "A4.4")
async def feed(session: AsyncSession, policy: Policy, person_id: UUID, domain: str, link: str) -> bytes:
    """A person's calendar as of now: the meetings he is called to or presides over, and what he owes by its day."""
    view = View(await load_actor(session, person_id), policy)
    groups = {row.id: bool(row.settings.get("mail_titles")) for row in (await session.scalars(select(Group))).all()}
    meetings, tasks = await _meetings(session, view), await _tasks(session, view)
    matters = await _matters(session, tasks)
    entries = [
        meeting_entry(row, groups[row.group_id], domain, link) for row in meetings if row.disclosure != "restricted"
    ]
    entries += [
        _task_entry(row, matter, groups[row.group_id], domain, link)
        for row in tasks
        if (matter := matters.get(row.object_id)) is not None
    ]
    if len(entries) < len(meetings) + len(tasks):
        entries.append(_something(person_id, domain, link))
    return calendar_file(entries)


def _something(person_id: UUID, domain: str, link: str) -> Entry:
    """All that may be said of what is restricted. It stands under today, since any other day would tell of one."""
    return Entry(uid_of("something", person_id, domain), ONLY_THAT, today(), at(today(), 0), url=link)


async def _meetings(session: AsyncSession, view: View) -> list[Meeting]:
    query = select(Meeting).where(
        row_filter(view, Meeting),
        takes_part(view.actor),
        col(Meeting.noticed_starts_at).is_not(None),
        col(Meeting.state).not_in(sorted(CALLED_OFF)),
        col(Meeting.starts_at) > now() - PAST,
    )
    return list((await session.scalars(query.order_by(col(Meeting.starts_at), col(Meeting.id)).limit(MOST))).all())


async def _tasks(session: AsyncSession, view: View) -> list[Task]:
    query = select(Task).where(row_filter(view, Task), own_tasks(view), col(Task.closed_at).is_(None))
    return list((await session.scalars(query.order_by(col(Task.due_on), col(Task.id)).limit(MOST))).all())


async def _matters(session: AsyncSession, tasks: list[Task]) -> dict[UUID, Any]:
    """The matters of these tasks of which something may be said."""
    by_noun: dict[str, set[UUID]] = defaultdict(set)
    for task in tasks:
        by_noun[task.noun].add(task.object_id)
    found: dict[UUID, Any] = {}
    for noun, keys in by_noun.items():
        model: Any = MODELS.get(noun)
        query = select(model).where(model.id.in_(keys), model.disclosure != "restricted") if model else None
        rows = (await session.scalars(query)).all() if query is not None else []
        found |= {row.id: row for row in rows}
    return found


def _task_entry(task: Task, matter: Any, titles: bool, domain: str, link: str) -> Entry:
    title = getattr(matter, "title", "") if titles else ""
    said = f"{name_of(TASK_KINDS, task.kind, 'zh')}:{TABLES[task.noun].zh}(编号 {number_of(matter)})"
    due: date = task.due_on
    return Entry(
        uid_of("task", task.id, domain),
        f"{said}:{title}" if title else said,
        due,
        task.opened_at,
        sequence=task.due_version,
        url=f"{link}{place_of(task.noun, task.object_id)}",
    )
