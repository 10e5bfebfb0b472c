"""Looking people up for whoever runs the installation."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models.people import Person


async def people_called(session: AsyncSession, who: str) -> Sequence[Person]:
    """Active people with this name, phone or mail."""
    fits = or_(col(Person.name) == who, col(Person.phone) == who, col(Person.mail) == who)
    query = select(Person).where(fits, col(Person.active)).order_by(col(Person.name), col(Person.id))
    return (await session.scalars(query)).all()


async def people_without_password(session: AsyncSession) -> Sequence[Person]:
    """Active people who have never set a password."""
    query = select(Person).where(col(Person.active), col(Person.password_hash) == "")
    return (await session.scalars(query.order_by(col(Person.name), col(Person.id)))).all()
