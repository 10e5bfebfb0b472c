"""Delivery by webhook (C9): what waits for one person at one address goes in one signed delivery, as one mail would.

An address that cannot be reached holds up nobody else: after the first failure of this kind the other deliveries to it
are put off too, without waiting for each to fail.
"""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.adapters.webhook import NotDelivered, Parcel, Sender
from app.core.clock import now
from app.core.enforces import enforces
from app.models.channels import Webhook, WebhookSecret
from app.models.engine import Database
from app.models.people import Group, Person
from app.models.records import Outbox
from app.services.digests import unfolded
from app.services.outbox import claim, mark_done, mark_failed, renew, still_wanted
from app.services.outside import Said, said_of

AT_ONCE = 8
ENDED = "接收地址已停用 / this webhook has been ended"
NOBODY = "此人已停用 / this person is not active"
NEVER = "HTTP: "  # nothing to try again; others at the same address may still arrive
Bundle = list[Outbox]


@enforces("C9")
async def deliver_webhooks(db: Database, sender: Sender, link: str) -> int:
    """Post what is due; the number of deliveries that were taken."""
    taken = 0
    while rows := await claim(db, "webhook"):
        by_address: dict[UUID, dict[UUID, Bundle]] = defaultdict(lambda: defaultdict(list))
        for row in await still_wanted(db, rows):
            if row.webhook_id:
                by_address[row.webhook_id][row.person_id].append(row)
        each = (_to_one_address(db, sender, link, key, people.values()) for key, people in by_address.items())
        taken += sum(await asyncio.gather(*each))
    await sender.rest()
    return taken


async def _to_one_address(db: Database, sender: Sender, link: str, webhook_id: UUID, bundles: Iterable[Bundle]) -> int:
    """Some at once, in their order."""
    waiting, taken, away = list(bundles), 0, ""
    while waiting:
        some, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        if away:
            await mark_failed(db, [row for bundle in some for row in bundle], away)
            continue
        answers = await _deliver(db, sender, link, webhook_id, await _still_ours(db, some))
        taken += answers.count("")
        away = next((why for why in answers if why and not why.startswith("HTTP")), "")
    return taken


async def _still_ours(db: Database, some: Sequence[Bundle]) -> list[Bundle]:
    ours = {row.id for row in await renew(db, [row for bundle in some for row in bundle])}
    left = ([row for row in bundle if row.id in ours] for bundle in some)
    return [bundle for bundle in left if bundle]


async def _deliver(db: Database, sender: Sender, link: str, webhook_id: UUID, some: Sequence[Bundle]) -> list[str]:
    """Empty where one was taken, else why not. What was taken is marked together; after a crash in between it goes out
    again, under the same id."""
    answers = await asyncio.gather(*(_post(sender, each) for each in await _parcels(db, webhook_id, some, link)))
    async with db.write() as session:
        await mark_done(session, [row for bundle, why in zip(some, answers, strict=True) if not why for row in bundle])
    for bundle, why in zip(some, answers, strict=True):
        if why:
            await mark_failed(db, bundle, why.removeprefix(NEVER), final=why.startswith(NEVER))
    return answers


async def _post(sender: Sender, parcel: Parcel | str) -> str:
    if isinstance(parcel, str):
        return f"{NEVER}{parcel}"
    try:
        await sender.send(parcel)
    except NotDelivered as error:
        return str(error)
    return ""


async def _parcels(db: Database, webhook_id: UUID, some: Sequence[Bundle], link: str) -> list[Parcel | str]:
    """What goes out, looked up together, or why nothing ever will."""
    async with db.read() as session:
        webhook = await session.get(Webhook, webhook_id)
        if webhook is None or webhook.ended_at is not None:
            return [ENDED for _ in some]
        group = await session.get(Group, webhook.group_id)
        address = _Address(webhook, group.code if group else "", await secrets_of(session, webhook_id), link)
        persons = select(Person).where(col(Person.id).in_({rows[0].person_id for rows in some}), col(Person.active))
        people = {person.id: person for person in (await session.scalars(persons)).all()}
        lines = [list(unfolded(rows)) for rows in some]
        said = iter(await said_of(session, [row for each in lines for row in each]))
    parcels: list[Parcel | str] = []
    for rows, each in zip(some, lines, strict=True):
        entries = [_entry(row, one, link) for row, one in zip(each, islice(said, len(each)), strict=True)]
        person = people.get(rows[0].person_id)
        parcels.append(address.parcel(rows, person, entries) if person else NOBODY)
    return parcels


@dataclass(frozen=True, slots=True)
class _Address:
    """Where deliveries go, and what stands in each."""

    webhook: Webhook
    group: str
    secrets: tuple[str, ...]
    link: str

    def parcel(self, rows: Bundle, person: Person, entries: Sequence[dict[str, str]]) -> Parcel:
        phone = {"phone": person.phone} if self.webhook.phones else {}
        key, instant = delivery_id(rows), now()
        body = {
            "type": "yishi.notice",
            "id": key,
            "sentAt": instant.isoformat(timespec="seconds"),
            "group": self.group,
            "recipient": {"id": str(person.id), "name": person.name} | phone,
            "entries": entries,
            "text": _text(entries),
            "link": self.link,
        }
        return Parcel(self.webhook.url, key, int(instant.timestamp()), orjson.dumps(body), self.secrets)


def delivery_id(rows: Sequence[Outbox]) -> str:
    """The same lines always make the same id, so that a receiver can drop what comes twice."""
    joined = "\n".join(sorted(row.dedupe for row in rows))
    return f"msg_{hashlib.sha256(joined.encode()).hexdigest()[:40]}"


def _entry(row: Outbox, said: Said, link: str) -> dict[str, str]:
    parts = {
        "kind": said.kind,
        "number": said.number,
        "asked": said.asked,
        "dueOn": said.due_on,
        "clause": said.clause,
        "title": said.title,
        "link": f"{link}{said.at}" if said.at else "",
    }
    return {"id": row.id.hex, "text": said.text, **{name: value for name, value in parts.items() if value}}


def _text(entries: Sequence[dict[str, str]]) -> str:
    """One line for a chat or a short message."""
    if len(entries) == 1:
        return f"【议事】{entries[0]['text']}"
    return f"【议事】有{len(entries)}项待办或通知:" + ";".join(each["text"] for each in entries)


async def secrets_of(session: AsyncSession, webhook_id: UUID) -> tuple[str, ...]:
    """The secret in force first; after a rotation the one before it as well, while it overlaps."""
    running: Any = or_(col(WebhookSecret.ends_at).is_(None), col(WebhookSecret.ends_at) > now())
    query = select(col(WebhookSecret.secret)).where(col(WebhookSecret.webhook_id) == webhook_id, running)
    return tuple((await session.scalars(query.order_by(col(WebhookSecret.created_at).desc()))).all())
