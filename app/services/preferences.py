"""What a person wants to hear outside the app, kind by kind (C9); also by the link of a mail, without signing in."""

import hashlib
import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.enforces import enforces
from app.core.ids import new_id
from app.core.refusals import NotFound, Refusal, Refused, invalid
from app.models.channels import MutedNotice
from app.models.people import Person
from app.rules.notices import KINDS, MUTABLE, OUTSIDE, Kind
from app.rules.roles import Actor
from app.services import signing
from app.services.inserts import insert_new
from app.services.work import Work

_SIGNED = 32  # hexadecimal digits of the signature that a link carries


@dataclass(frozen=True, slots=True)
class Preference:
    """One kind of notice, and whether it goes out to this person by mail and by webhook."""

    kind: Kind
    mail: bool
    webhook: bool


async def preferences(session: AsyncSession, person_id: UUID) -> list[Preference]:
    """Every kind, the mandatory ones first."""
    query = select(col(MutedNotice.kind), col(MutedNotice.channel)).where(col(MutedNotice.person_id) == person_id)
    muted = {(kind, channel) for kind, channel in (await session.execute(query)).all()}
    return [
        Preference(kind, *(kind.mandatory or (kind.code, channel) not in muted for channel in OUTSIDE))
        for kind in KINDS.values()
    ]


@enforces("C9")
def _mutable(kind: str) -> None:
    if kind not in KINDS:
        raise invalid("kind", f"没有“{kind}”这类通知。", f"There is no kind of notice {kind!r}.", "C9")
    if kind not in MUTABLE:
        raise Refused(
            Refusal(
                "mandatory_notice",
                f"“{KINDS[kind].zh}”不能关闭。",
                f"“{KINDS[kind].en}” cannot be muted.",
                "C9",
            )
        )


async def set_preference(work: Work, actor: Actor, kind: str, mail: bool, webhook: bool) -> UUID:
    """For the actor himself."""
    wanted = {"mail": mail, "webhook": webhook}
    if kind not in KINDS or not all(wanted.values()):
        _mutable(kind)
    await _mute(work, actor.me, [kind], [channel for channel, on in wanted.items() if not on])
    loud = [channel for channel, on in wanted.items() if on]
    own = (col(MutedNotice.person_id) == actor.me, col(MutedNotice.kind) == kind)
    await work.session.execute(delete(MutedNotice).where(*own, col(MutedNotice.channel).in_(loud)))
    return actor.me


async def _mute(work: Work, person_id: UUID, kinds: Iterable[str], channels: Iterable[str]) -> None:
    rows = [
        {"id": new_id(), "person_id": person_id, "kind": kind, "channel": channel, "since": work.now}
        for kind in kinds
        for channel in channels
    ]
    await insert_new(work.session, MutedNotice, rows, ("person_id", "kind", "channel"))


# The link of a mail.


def _signature(key: bytes, person_id: UUID, kinds: str) -> str:
    return hmac.new(key, f"{person_id.hex}.{kinds}".encode(), hashlib.sha256).hexdigest()[:_SIGNED]


async def unsubscribe_key(session: AsyncSession) -> bytes:
    return await signing.key(session, "unsubscribe")


@enforces("C9")
def unsubscribe_token(key: bytes, person_id: UUID, kinds: Collection[str]) -> str:
    """Names the person and the kinds, signed; empty where one of the kinds cannot be muted."""
    if not kinds or not set(kinds) <= MUTABLE:
        return ""
    named = "+".join(sorted(kinds))
    return f"{person_id.hex}.{named}.{_signature(key, person_id, named)}"


@enforces("C9")
async def kinds_of_token(session: AsyncSession, token: str) -> tuple[UUID, list[Kind]]:
    """Whom a link speaks of, and of which kinds; NotFound for anything that was not signed here."""
    parts = token.split(".")
    try:
        person_id = UUID(hex=parts[0])
    except ValueError as error:
        raise NotFound() from error
    if len(parts) != 3 or not parts[2].isascii():
        raise NotFound()
    expected = _signature(await unsubscribe_key(session), person_id, parts[1])
    if not hmac.compare_digest(expected, parts[2]) or await session.get(Person, person_id) is None:
        raise NotFound()
    return person_id, [KINDS[kind] for kind in parts[1].split("+") if kind in MUTABLE]


@enforces("C9")
async def unsubscribe(work: Work, token: str) -> list[Kind]:
    """No more mail of these kinds to him; the inbox in the app keeps them all."""
    person_id, kinds = await kinds_of_token(work.session, token)
    await _mute(work, person_id, [kind.code for kind in kinds], ["mail"])
    return kinds
