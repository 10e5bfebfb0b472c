"""The store of ready motions, and which have waited too long for a meeting (A2.1)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import local_day, today
from app.core.enforces import enforces
from app.models.matters import Motion
from app.models.people import Group
from app.queries.visibility import View, visible_to
from app.rules.defaults import DEFAULT_DAYS


@dataclass(frozen=True, slots=True)
class Ready:
    """A ready motion: it should be heard by the end of `heard_by`; there is no fixed calendar of meetings."""

    motion: Motion
    heard_by: date

    @property
    def waiting_days(self) -> int:
        """For how many days it has been ready."""
        return (today() - local_day(self.motion.state_since)).days

    @property
    def overdue(self) -> bool:
        return self.heard_by < today()


@enforces("A2.1")
async def ready_motions(session: AsyncSession, view: View) -> list[Ready]:
    """Those the viewer may see, the longest waiting first. The wait is a setting of the group, in days."""
    query = visible_to(view, Motion).where(col(Motion.state) == "ready").order_by(col(Motion.state_since))
    motions = (await session.scalars(query)).all()
    groups = select(Group).where(col(Group.id).in_({row.group_id for row in motions}))
    settings = {group.id: group.settings for group in (await session.scalars(groups)).all()}
    name = "ready_wait_days"
    return [
        Ready(
            row, local_day(row.state_since) + timedelta(days=int(settings[row.group_id].get(name, DEFAULT_DAYS[name])))
        )
        for row in motions
    ]
