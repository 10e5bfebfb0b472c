"""Letters (C9): what waits for one person goes in one mail, and no mail says what a matter is about.

A mail carries kind, number, due date and a link; of a restricted matter only that something waits. A title goes out
only where the group has set `mail_titles`.
"""

import asyncio
import hashlib
from collections import defaultdict, deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
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
from app.services.outside import ONLY_THAT, Said, said_of, titles_go_out
from app.services.preferences import unsubscribe_key, unsubscribe_token

NO_SERVER = "尚未设置邮件服务器,等待发送 / no mail server is set (YISHI_SMTP_URL); waiting"
LANES = 4
TOGETHER = 10
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
    """One connection to the mail server, working off what waits beside others. Some letters are made and marked as sent
    together; after a crash in between they go out again, under the same Message-ID."""

    db: Database
    mailer: Mailer
    link: str
    waiting: deque[Bundle]
    leased: float
    sent: list[Outbox] = field(default_factory=list)
    count: int = 0

    async def run(self) -> int:
        async with self.mailer.open() as post:
            while self.waiting:
                some = [self.waiting.popleft() for _ in range(min(TOGETHER, len(self.waiting)))]
                try:
                    for bundle, letter in zip(some, await self._letters(some), strict=True):
                        await self._send(post, bundle, letter)
                finally:
                    await self._mark()
        return self.count

    async def _letters(self, some: Sequence[Bundle]) -> list[Letter | None]:
        return await compose(self.db, some, self.link, self.mailer.sender)

    async def _send(self, post: Post, bundle: Bundle, letter: Letter | None) -> None:
        rows: Sequence[Outbox] = bundle.rows
        if asyncio.get_running_loop().time() - self.leased > RENEW_AFTER:
            rows = await renew(self.db, rows)
            if len(rows) < len(bundle.rows):
                letter = (await self._letters([Bundle(tuple(rows), bundle.meeting)]))[0] if rows else None
        if not rows:
            return
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


@dataclass(frozen=True, slots=True)
class _Contents:
    """What one letter is made of."""

    rows: Sequence[Outbox]
    person: Person
    said: Sequence[Said]
    token: str
    meeting: Meeting | None = None
    titles: bool = False


async def compose(db: Database, some: Sequence[Bundle], link: str, sender: str) -> list[Letter | None]:
    """The letters of these bundles, looked up together; None for who has no address."""
    async with db.read() as session:
        people = await _addressed(session, {bundle.rows[0].person_id for bundle in some})
        sent = [bundle for bundle in some if bundle.rows[0].person_id in people]
        lines = [list(unfolded(bundle.rows)) for bundle in sent]
        said = iter(await said_of(session, [row for each in lines for row in each]))
        titled = await titles_go_out(session, {bundle.meeting.group_id for bundle in sent if bundle.meeting})
        key = await unsubscribe_key(session)
    letters: dict[int, Letter] = {}
    for bundle, each in zip(sent, lines, strict=True):
        person, meeting = people[bundle.rows[0].person_id], bundle.meeting
        token = unsubscribe_token(key, person.id, {kind_of_line(row).code for row in bundle.rows})
        titles = meeting is not None and meeting.group_id in titled
        contents = _Contents(bundle.rows, person, list(islice(said, len(each))), token, meeting, titles)
        letters[id(bundle)] = _letter(contents, link, sender)
    return [letters.get(id(bundle)) for bundle in some]


async def _addressed(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Person]:
    query = select(Person).where(col(Person.id).in_(ids), col(Person.active), col(Person.mail) != "")
    return {person.id: person for person in (await session.scalars(query)).all()}


def _letter(of: _Contents, link: str, sender: str) -> Letter:
    file = invitation_file(of.meeting, of.person, of.titles, sender, link) if of.meeting else None
    shown = of.said[-1:] if file else of.said
    entries = [{"text": each.text, "at": f"{link}{each.at}" if each.at else ""} for each in shown]
    unsubscribe = f"{link}unsubscribe/{of.token}" if of.token else ""
    plain, html = render("digest", name=of.person.name, entries=entries, link=link, unsubscribe=unsubscribe)
    subject = ONLY_THAT if len(entries) == 1 else f"有{len(entries)}项待办或通知"
    if file:
        subject = CALLED_OFF if file[0] == "CANCEL" else CALLED
    key = message_id(of.rows, sender.rpartition("@")[2])
    return Letter(of.person.mail, f"【议事】{subject}", plain, html, key, unsubscribe, file)


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
