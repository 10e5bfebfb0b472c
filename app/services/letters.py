"""Letters (C9): what waits for one person goes in one mail, and no mail says what a matter is about.

A mail carries kind, number, due date and a link; of a restricted matter only that something waits. A title goes out
only where the group has set `mail_titles`.
"""

import asyncio
import hashlib
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from app.adapters.mail import Letter, Mailer, MailNotSent, Post, render
from app.core.clock import local, now
from app.core.enforces import enforces
from app.models.engine import Database
from app.models.matters import Meeting
from app.models.people import Person
from app.models.records import Outbox
from app.services.accounts import INVITE_DAYS
from app.services.calendars import invitation_file
from app.services.channels import kind_of_line
from app.services.digests import unfolded
from app.services.invitations import Bundle, bundles
from app.services.outbox import claim, mark_done, mark_failed, pending, renew, still_wanted
from app.services.outside import ONLY_THAT, said_of, titles_go_out
from app.services.preferences import unsubscribe_token

NO_SERVER = "尚未设置邮件服务器,等待发送 / no mail server is set (YISHI_SMTP_URL); waiting"
LANES = 4
MARKED_AT_ONCE = 10
RENEW_AFTER = 20.0  # seconds; a lease is a minute
CALLED, CALLED_OFF = "会议通知", "会议取消或推迟"
NO_ADDRESS = "此人没有登记邮箱 / this person has no mail address"


@enforces("C9")
async def deliver_mail(db: Database, mailer: Mailer | None, link: str) -> int:
    """Send what is due, one mail to each person and one for each invitation to a meeting; the number sent."""
    if mailer is None:
        await _say_that_they_wait(db)
        return 0
    sent = 0
    while rows := await claim(db, "mail", 500):
        waiting = await _bundled(db, await still_wanted(db, rows))
        leased = asyncio.get_running_loop().time()
        lanes = (_Lane(db, mailer, link, waiting, leased).run() for _ in range(min(LANES, len(waiting))))
        sent += sum(await asyncio.gather(*lanes))
    return sent


async def _bundled(db: Database, rows: Sequence[Outbox]) -> deque[Bundle]:
    by_person: dict[UUID, list[Outbox]] = defaultdict(list)
    for row in rows:
        by_person[row.person_id].append(row)
    async with db.read() as session:
        return deque([each for person, his in by_person.items() for each in await bundles(session, person, his)])


async def _say_that_they_wait(db: Database) -> None:
    """Without a server mails are not failed: they wait, and the administrator sees why."""
    silent = pending("mail") & (col(Outbox.error) != NO_SERVER)
    async with db.read() as session:
        if await session.scalar(select(col(Outbox.id)).where(silent).limit(1)) is None:
            return
    async with db.write() as session:
        await session.execute(update(Outbox).where(silent).values(error=NO_SERVER))


@dataclass(slots=True)
class _Lane:
    """One connection to the mail server, working off what waits beside others. What was sent is marked some mails at a
    time; after a crash in between those go out again, under the same Message-ID."""

    db: Database
    mailer: Mailer
    link: str
    waiting: deque[Bundle]
    leased: float
    sent: list[Outbox] = field(default_factory=list)
    count: int = 0

    async def run(self) -> int:
        async with self.mailer.open() as post:
            try:
                while self.waiting:
                    await self._send(post, self.waiting.popleft())
                    if len(self.sent) >= MARKED_AT_ONCE:
                        await self._mark()
            finally:
                await self._mark()
        return self.count

    async def _send(self, post: Post, bundle: Bundle) -> None:
        rows: Sequence[Outbox] = bundle.rows
        if asyncio.get_running_loop().time() - self.leased > RENEW_AFTER:
            rows = await renew(self.db, rows)
        if not rows:
            return
        letter = await _compose(self.db, rows[0].person_id, rows, bundle.meeting, self.link, self.mailer.sender)
        if letter is None:
            await mark_failed(self.db, rows, NO_ADDRESS, final=True)
            return
        try:
            await post.send(letter)
        except MailNotSent as error:
            await mark_failed(self.db, rows, str(error))
            return
        self.sent += rows
        self.count += 1

    async def _mark(self) -> None:
        rows, self.sent = self.sent, []
        if rows:
            async with self.db.write() as session:
                await mark_done(session, rows)


async def _compose(
    db: Database, person_id: UUID, rows: Sequence[Outbox], meeting: Meeting | None, link: str, sender: str
) -> Letter | None:
    async with db.read() as session:
        person = await session.get(Person, person_id)
        if person is None or not person.active or not person.mail:
            return None
        said = [await said_of(session, row) for row in unfolded(rows)]
        token = await unsubscribe_token(session, person_id, {kind_of_line(row).code for row in rows})
        titles = meeting is not None and await titles_go_out(session, meeting.group_id)
    file = invitation_file(meeting, person, titles, sender, link) if meeting else None
    shown = said[-1:] if file else said
    entries = [{"text": each.text, "at": f"{link}{each.at}" if each.at else ""} for each in shown]
    unsubscribe = f"{link}unsubscribe/{token}" if token else ""
    plain, html = render("digest", name=person.name, entries=entries, link=link, unsubscribe=unsubscribe)
    subject = ONLY_THAT if len(entries) == 1 else f"有{len(entries)}项待办或通知"
    if file:
        subject = CALLED_OFF if file[0] == "CANCEL" else CALLED
    domain = sender.rpartition("@")[2]
    return Letter(person.mail, f"【议事】{subject}", plain, html, message_id(rows, domain), unsubscribe, file)


def message_id(rows: Sequence[Outbox], domain: str) -> str:
    """The same lines always make the same id, so that a mail server or reader can drop what comes twice."""
    joined = "\n".join(sorted(row.dedupe for row in rows))
    return f"<{hashlib.sha256(joined.encode()).hexdigest()[:40]}@{domain}>"


def invitation(person: Person, link: str, domain: str) -> Letter:
    """The one-time link for a first password. It is sent at once: a link that waits in a table could be read there."""
    until = local(now() + timedelta(days=INVITE_DAYS)).strftime("%Y-%m-%d %H:%M")
    plain, html = render("invite", name=person.name, link=link, until=until)
    key = hashlib.sha256(link.encode()).hexdigest()[:40]
    return Letter(person.mail, "【议事】设置密码", plain, html, f"<{key}@{domain}>")
