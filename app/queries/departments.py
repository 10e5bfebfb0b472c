"""The office's departments in a group, and what each is responsible for (B2.1)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.enforces import enforces
from app.core.units import UnitKind
from app.models.people import GroupUnit, Unit
from app.rules.departments import shipped_remit

Place = tuple[UUID, UUID]  # group, department


@enforces("B2.1")
def remit_of(place: GroupUnit, name: str) -> tuple[str, ...]:
    """What this department is responsible for; what is no department of the office has no remit."""
    if place.kind != UnitKind.DEPARTMENT.value:
        return ()
    return tuple(place.remit) or shipped_remit(name)


async def remits_of(session: AsyncSession, places: Collection[Place]) -> dict[Place, tuple[str, ...]]:
    """The remit of each of these departments; what is no department of the group has none."""
    query = (
        select(GroupUnit, col(Unit.name))
        .join(Unit, col(Unit.id) == col(GroupUnit.unit_id))
        .where(
            col(GroupUnit.group_id).in_({group for group, _ in places}),
            col(GroupUnit.unit_id).in_({unit for _, unit in places}),
        )
    )
    rows = (await session.execute(query)).all()
    return {(row.group_id, row.unit_id): remit_of(row, name) for row, name in rows}


async def departments_of(session: AsyncSession, group_id: UUID) -> Sequence[Unit]:
    """The departments of the group's office, by name."""
    query = (
        select(Unit)
        .join(GroupUnit, col(GroupUnit.unit_id) == col(Unit.id))
        .where(col(GroupUnit.group_id) == group_id, col(GroupUnit.kind) == UnitKind.DEPARTMENT.value)
    )
    return (await session.scalars(query.order_by(col(Unit.name)))).all()
