"""What guards and pages ask about panels: which units they concern, who has a conflict, who is needed when (A3.7)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core import lists
from app.core.clock import local_day
from app.core.enforces import enforces
from app.models.experts import Expert, ExpertAbsence
from app.models.panels import Panel, PanelMember
from app.models.people import Unit
from app.rules.panel import AT_WORK


@dataclass(frozen=True, slots=True)
class Concern:
    """The units that a panel concerns: proposing and implementing ones, their forerunners and successors too."""

    ids: frozenset[UUID]
    names: frozenset[str]

    @classmethod
    def of(cls, units: Iterable[Unit]) -> "Concern":
        rows = list(units)
        return cls(frozenset(unit.id for unit in rows), frozenset(unit.name for unit in rows))

    @enforces("A3.7")
    def conflict(self, expert: Expert) -> str:
        """Why this expert cannot sit on the panel: `employer`, `listed`, or empty."""
        if expert.unit_id in self.ids or any(_same(expert.employer, name) for name in self.names):
            return "employer"
        avoids = lists.split(expert.avoids)
        return "listed" if any(_same(each, name) for each in avoids for name in self.names) else ""


def _same(written: str, name: str) -> bool:
    """市财政局 and 江澜市财政局 are the same bureau."""
    return written == name or (name.startswith("市") and written.endswith(name))


def day_of(panel: Panel) -> date:
    """The day on which the experts are needed: that of the session, else that by which their views are due."""
    return local_day(panel.starts_at) if panel.mode == "meeting" and panel.starts_at else panel.due_on


def in_term_on(expert: Expert, day: date) -> bool:
    return expert.starts_on <= day <= expert.ends_on


@enforces("A3.7", "C5")
async def family_of(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    """These units with whatever they came from and became."""
    units = {unit.id: unit for unit in (await session.scalars(select(Unit))).all()}
    found = {key for key in ids if key in units}
    while True:
        after = {key for key in (units[each].successor_id for each in found) if key}
        more = ({unit.id for unit in units.values() if unit.successor_id in found} | after) - found
        if not more:
            return found
        found |= more


async def absent_on(session: AsyncSession, experts: Collection[UUID], day: date) -> set[UUID]:
    """Of these experts those who are away that day."""
    query = select(ExpertAbsence).where(col(ExpertAbsence.expert_id).in_(list(experts)))
    query = query.where(col(ExpertAbsence.starts_on) <= day, col(ExpertAbsence.ends_on) >= day)
    return {row.expert_id for row in (await session.scalars(query)).all()}


async def loads(session: AsyncSession, expert_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """On how many panels each of these experts was called, without cancelled ones and those he left."""
    query = (
        select(col(PanelMember.expert_id))
        .join(Panel, col(Panel.id) == col(PanelMember.panel_id))
        .where(
            col(PanelMember.expert_id).in_(list(expert_ids)),
            col(PanelMember.state).in_(AT_WORK),
            col(Panel.state) != "cancelled",
        )
    )
    found = dict.fromkeys(expert_ids, 0)
    for key in (await session.scalars(query)).all():
        found[key] += 1
    return found
