"""Keys of the installation's own, one for each purpose: made when the database is made, read by no door."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models.channels import SigningKey


async def key(session: AsyncSession, purpose: str) -> bytes:
    """The key for this purpose; there is none for a purpose that no revision has named."""
    found = (await session.scalars(select(col(SigningKey.key)).where(col(SigningKey.purpose) == purpose))).one()
    return found.encode()
