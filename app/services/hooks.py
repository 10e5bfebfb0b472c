"""Delivery by webhook (C9): what waits for one person at one address goes in one signed delivery, as one mail would.

An address that cannot be reached holds up nobody else: after the first failure of this kind the other deliveries to it
are put off too, without waiting for each to fail.
"""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
from app.services.outside import said_of

AT_ONCE = 8
ENDED = "接收地址已停用 / this webhook has been ended"
NOBODY = "此人已停用 / this person is not active"
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
        batch, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        if away:
            await mark_failed(db, [row for bundle in batch for row in bundle], away)
            continue
        done = await asyncio.gather(*(_deliver(db, sender, link, webhook_id, bundle) for bundle in batch))
        taken += done.count("")
        away = next((why for why in done if why and not why.startswith("HTTP")), "")
    return taken


async def _deliver(db: Database, sender: Sender, link: str, webhook_id: UUID, bundle: Bundle) -> str:
    """Empty where it was taken, else why not."""
    ours = await renew(db, bundle)
    if not ours:
        return ""
    parcel = await _parcel(db, webhook_id, ours, link)
    if isinstance(parcel, str):
        await mark_failed(db, ours, parcel, final=True)
        return f"HTTP: {parcel}"
    try:
        await sender.send(parcel)
    except NotDelivered as error:
        await mark_failed(db, ours, str(error))
        return str(error)
    async with db.write() as session:
        await mark_done(session, ours)
    return ""


async def _parcel(db: Database, webhook_id: UUID, rows: Sequence[Outbox], link: str) -> Parcel | str:
    """What goes out, or why nothing ever will."""
    async with db.read() as session:
        webhook = await session.get(Webhook, webhook_id)
        person = await session.get(Person, rows[0].person_id)
        if webhook is None or webhook.ended_at is not None:
            return ENDED
        if person is None or not person.active:
            return NOBODY
        entries = [await _entry(session, row, link) for row in unfolded(rows)]
        group = await session.get(Group, webhook.group_id)
        secrets = await secrets_of(session, webhook_id)
    recipient = {"id": str(person.id), "name": person.name} | ({"phone": person.phone} if webhook.phones else {})
    sent_at, key = int(now().timestamp()), delivery_id(rows)
    body = {
        "type": "yishi.notice",
        "id": key,
        "sentAt": now().isoformat(timespec="seconds"),
        "group": group.code if group else "",
        "recipient": recipient,
        "entries": entries,
        "text": _text(entries),
        "link": link,
    }
    return Parcel(webhook.url, key, sent_at, orjson.dumps(body), secrets)


def delivery_id(rows: Sequence[Outbox]) -> str:
    """The same lines always make the same id, so that a receiver can drop what comes twice."""
    joined = "\n".join(sorted(row.dedupe for row in rows))
    return f"msg_{hashlib.sha256(joined.encode()).hexdigest()[:40]}"


async def _entry(session: AsyncSession, row: Outbox, link: str) -> dict[str, str]:
    said = await said_of(session, row)
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
