"""Letters (C9): what waits for one person goes in one mail, and no mail says what a matter is about.

A mail carries kind, number, due date and a link; of a restricted matter only that something waits. A title goes out
only where the group has set `mail_titles`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.adapters.mail import Letter, Mailer, MailNotSent, render
from app.core.clock import local, now
from app.core.enforces import enforces
from app.models.engine import Database
from app.models.people import Group, Person
from app.models.records import Outbox, Task
from app.queries.actors import load_actor
from app.queries.subjects import MODELS
from app.rules.catalogue import TABLES
from app.services.accounts import INVITE_DAYS
from app.services.outbox import SUPERSEDED, claim, mark_done, mark_failed, pending, renew, superseded

NO_SERVER = "尚未设置邮件服务器,等待发送 / no mail server is set (YISHI_SMTP_URL); waiting"
NO_ADDRESS = "此人没有登记邮箱 / this person has no mail address"
ONLY_THAT = "有一项待办"


@enforces("C9")
async def deliver_mail(db: Database, mailer: Mailer | None, link: str) -> int:
    """Send what is due, one mail to each person; the number of mails sent."""
    if mailer is None:
        await _say_that_they_wait(db)
        return 0
    sent = 0
    while rows := await claim(db, "mail", 500):
        by_person: dict[UUID, list[Outbox]] = defaultdict(list)
        for row in await _still_wanted(db, rows):
            by_person[row.person_id].append(row)
        for person_id, his in by_person.items():
            sent += await _send(db, mailer, link, person_id, his)
    return sent


async def _say_that_they_wait(db: Database) -> None:
    """Without a server mails are not failed: they wait, and the administrator sees why."""
    silent = pending("mail") & (col(Outbox.error) != NO_SERVER)
    async with db.read() as session:
        if await session.scalar(select(col(Outbox.id)).where(silent).limit(1)) is None:
            return
    async with db.write() as session:
        await session.execute(update(Outbox).where(silent).values(error=NO_SERVER))


async def _still_wanted(db: Database, rows: Sequence[Outbox]) -> list[Outbox]:
    async with db.read() as session:
        late = await superseded(session, rows)
    if late:
        async with db.write() as session:
            await mark_done(session, late, SUPERSEDED)
    gone = {row.id for row in late}
    return [row for row in rows if row.id not in gone]


async def _send(db: Database, mailer: Mailer, link: str, person_id: UUID, rows: Sequence[Outbox]) -> int:
    rows = await renew(db, rows)
    if not rows:
        return 0
    letter = await _compose(db, person_id, rows, link, mailer.domain)
    if letter is None:
        await mark_failed(db, rows, NO_ADDRESS, final=True)
        return 0
    try:
        await mailer.send(letter)
    except MailNotSent as error:
        await mark_failed(db, rows, str(error))
        return 0
    async with db.write() as session:
        await mark_done(session, rows)
    return 1


async def _compose(db: Database, person_id: UUID, rows: Sequence[Outbox], link: str, domain: str) -> Letter | None:
    async with db.read() as session:
        person = await session.get(Person, person_id)
        if person is None or not person.active or not person.mail:
            return None
        entries = [await _entry(session, row) for row in rows]
    plain, html = render("digest", name=person.name, entries=entries, link=link)
    subject = f"【议事】{ONLY_THAT}" if len(entries) == 1 else f"【议事】有{len(entries)}项待办或通知"
    return Letter(person.mail, subject, plain, html, message_id(rows, domain))


def message_id(rows: Sequence[Outbox], domain: str) -> str:
    """The same lines always make the same id, so that a mail server or reader can drop what comes twice."""
    joined = "\n".join(sorted(row.dedupe for row in rows))
    return f"<{hashlib.sha256(joined.encode()).hexdigest()[:40]}@{domain}>"


@enforces("C9", "A4.4")
async def _entry(session: AsyncSession, row: Outbox) -> str:
    """One line of a mail: no title, no text; of a restricted matter, or of one that is not his, not even the kind."""
    model: Any = MODELS.get(row.noun)
    matter: Any = await session.get(model, row.object_id) if model and row.object_id else None
    if matter is None or matter.disclosure == "restricted":
        return ONLY_THAT
    said = [f"{TABLES[row.noun].zh}(编号 {_number(matter)})"]
    if row.payload.get("kind_zh"):
        said.append(str(row.payload["kind_zh"]))
    due = row.payload.get("due_on") or await _due(session, row)
    if due:
        said.append(f"办理期限 {due}")
    if hasattr(matter, "title") and await _titles_go_out(session, row):
        said.append(matter.title)
    return ",".join(said)


def _number(matter: Any) -> str:
    """The document's number, else a reference by which the office finds the matter."""
    number = matter.number if hasattr(matter, "number") else ""
    return number or str(matter.id)[-8:].upper()


async def _due(session: AsyncSession, row: Outbox) -> date | None:
    """By when this person owes something on this matter."""
    actor = await load_actor(session, row.person_id)
    query = select(col(Task.due_on)).where(
        col(Task.object_id) == row.object_id, col(Task.closed_at).is_(None), col(Task.holder).in_(sorted(actor.holders))
    )
    found: date | None = await session.scalar(query.order_by(col(Task.due_on)).limit(1))
    return found


async def _titles_go_out(session: AsyncSession, row: Outbox) -> bool:
    group = await session.get(Group, row.group_id) if row.group_id else None
    return bool(group and group.settings.get("mail_titles"))


def invitation(person: Person, link: str, domain: str) -> Letter:
    """The one-time link for a first password. It is sent at once: a link that waits in a table could be read there."""
    until = local(now() + timedelta(days=INVITE_DAYS)).strftime("%Y-%m-%d %H:%M")
    plain, html = render("invite", name=person.name, link=link, until=until)
    key = hashlib.sha256(link.encode()).hexdigest()[:40]
    return Letter(person.mail, "【议事】设置密码", plain, html, f"<{key}@{domain}>")
