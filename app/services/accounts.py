"""Sign-in: opaque tokens kept as hashes, one-time links for the first password."""

import asyncio
import hashlib
import secrets
from datetime import timedelta
from functools import cache
from uuid import UUID

from pwdlib import PasswordHash
from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import now
from app.core.refusals import Refusal, Refused, invalid
from app.models.people import Invite, Person, Session
from app.services import trail
from app.services.work import Work

_HASHER = PasswordHash.recommended()
INVITE_DAYS = 7
MIN_LENGTH = 10


@cache
def _decoy() -> str:
    """Verified where there is no such account, so that an unknown name takes as long as a wrong password."""
    return _HASHER.hash(secrets.token_urlsafe(16))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def hash_password(password: str) -> str:
    """Argon2id. Raises Invalid when the password is too short or too simple."""
    kinds = sum(any(test(char) for char in password) for test in (str.islower, str.isupper, str.isdigit))
    if len(password) < MIN_LENGTH or len(password) > 200 or kinds < 2:
        raise invalid(
            "password",
            f"密码至少{MIN_LENGTH}位,并包含大写字母、小写字母、数字中的两种。",
            f"At least {MIN_LENGTH} characters with two of: upper case, lower case, digits.",
            "C13",
        )
    return _HASHER.hash(password)


async def sign_in(
    work: Work, login: str, password: str, device: str = "", origin: str = "", hours: int = 12
) -> tuple[str, Session]:
    """A token for this device. Raises Refused without saying whether the name or the password was wrong."""
    login = login.strip()
    query = select(Person).where(
        or_(col(Person.phone) == login, col(Person.mail) == login), col(Person.active).is_(True)
    )
    people = (await work.session.scalars(query)).all() if login else []
    person = people[0] if len(people) == 1 else None
    stored = person.password_hash if person and person.password_hash else await asyncio.to_thread(_decoy)
    right = await asyncio.to_thread(_HASHER.verify, password[:200], stored)
    if person is None or not person.password_hash or not right:
        raise Refused(Refusal("sign_in_failed", "账号或密码不正确。", "Account or password is wrong.", "C13"))
    return await open_session(work, person.id, device, origin, hours)


async def open_session(
    work: Work, person_id: UUID, device: str = "", origin: str = "", hours: int = 12
) -> tuple[str, Session]:
    """A token for a person who has shown who he is."""
    token = secrets.token_urlsafe(32)
    session = Session(
        person_id=person_id,
        token_hash=_hash(token),
        device=device[:100],
        created_at=work.now,
        expires_at=work.now + timedelta(hours=hours),
    )
    work.session.add(session)
    await trail.append(
        work.session,
        trail.entry(work.now, "session", "sign_in", "C13", object_id=session.id, actor_id=person_id, origin=origin),
    )
    return token, session


async def sign_out(work: Work, token: str) -> None:
    """Revoke the token; an unknown one is nothing to do."""
    await work.session.execute(
        update(Session)
        .where(col(Session.token_hash) == _hash(token), col(Session.revoked_at).is_(None))
        .values(revoked_at=work.now)
    )


async def person_of_token(session: AsyncSession, token: str) -> UUID | None:
    """The person a valid token belongs to."""
    query = select(col(Session.person_id)).where(
        col(Session.token_hash) == _hash(token), col(Session.revoked_at).is_(None), col(Session.expires_at) > now()
    )
    return await session.scalar(query)


async def make_invite(work: Work, person_id: UUID) -> str:
    """A one-time token with which the person sets a password within seven days."""
    token = secrets.token_urlsafe(32)
    work.session.add(
        Invite(person_id=person_id, token_hash=_hash(token), expires_at=work.now + timedelta(days=INVITE_DAYS))
    )
    await work.session.flush()
    return token


async def accept_invite(work: Work, token: str, password: str) -> Person:
    """Set the password; the link is used up, other sign-ins of the person end."""
    query = select(Invite).where(
        col(Invite.token_hash) == _hash(token), col(Invite.used_at).is_(None), col(Invite.expires_at) > work.now
    )
    invite = await work.session.scalar(query.with_for_update())  # of two at once, the second finds it used
    person = await work.session.get(Person, invite.person_id) if invite else None
    if invite is None or person is None or not person.active:
        raise Refused(
            Refusal(
                "invite_invalid",
                "链接无效、已使用或已过期,请联系系统管理员。",
                "The link is invalid, used or expired; ask the system administrator.",
                "C13",
            )
        )
    person.password_hash = await asyncio.to_thread(hash_password, password)
    invite.used_at = work.now
    await work.session.execute(
        update(Session)
        .where(col(Session.person_id) == person.id, col(Session.revoked_at).is_(None))
        .values(revoked_at=work.now)
    )
    return person
