"""Which documents of the API are trusted."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models.trusted import TrustedDocument

PREFIX = "sha256:"


async def text_of(session: AsyncSession, key: str) -> str | None:
    """The text under this id or this hash, if a client still has it registered."""
    query = select(col(TrustedDocument.text)).where(
        or_(col(TrustedDocument.document_id) == key, col(TrustedDocument.digest) == key.removeprefix(PREFIX)),
        col(TrustedDocument.withdrawn_at).is_(None),
    )
    found: str | None = await session.scalar(query.limit(1))
    return found


async def registered(session: AsyncSession, client: str = "") -> Sequence[TrustedDocument]:
    """All of them, or one client's, the withdrawn too."""
    query = select(TrustedDocument).order_by(col(TrustedDocument.client), col(TrustedDocument.document_id))
    return (await session.scalars(query.where(col(TrustedDocument.client) == client) if client else query)).all()
