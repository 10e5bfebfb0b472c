"""Directives as boards, league table and exports need them: with unit, decision, issuer, light and day of completion.

Everything starts from what the viewer may see (A4.4).
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import local_day, today
from app.core.enforces import enforces
from app.models.matters import Decision
from app.models.outcome import Directive, DirectiveUnit, Report
from app.models.people import Group, Person, Unit
from app.queries.calendar import load_calendar
from app.queries.lights import light, yellow_days
from app.queries.visibility import View, row_filter, visible_to

# States in which completion has been reported and not returned.
COMPLETED = frozenset({"reported", "verified", "closed"})


@dataclass(frozen=True, slots=True)
class Result:
    """One issued directive. `completed_on`: the day of the completion report that was not returned."""

    row: Directive
    unit: str
    helpers: tuple[str, ...]
    decision: str
    issuer: str
    light: str
    completed_on: date | None

    @property
    def open(self) -> bool:
        return self.row.state not in ("closed", "withdrawn")

    @property
    def counts(self) -> bool:
        """Whether punctuality is asked of it: what is suspended or withdrawn is not owed."""
        return self.row.state not in ("draft", "suspended", "withdrawn") and self.row.due_on is not None

    @property
    def in_time(self) -> bool:
        due = self.row.due_on
        return bool(due and self.completed_on and self.completed_on <= due)


@enforces("C3", "A4.4")
async def results(session: AsyncSession, view: View, group_id: UUID, drafts: bool = False) -> list[Result]:
    """The group's directives that this viewer may see, without drafts unless they are asked for."""
    group = await session.get(Group, group_id)
    if group is None:
        return []
    query = visible_to(view, Directive).where(col(Directive.group_id) == group_id)
    if not drafts:
        query = query.where(col(Directive.state) != "draft")
    rows: Sequence[Directive] = (await session.scalars(query.order_by(col(Directive.id)))).all()
    calendar, near, day = await load_calendar(session), yellow_days(group), today()
    helpers = await _helpers(session, [row.id for row in rows])
    units = await _names(session, Unit, {row.lead_unit_id for row in rows} | set().union(*helpers.values(), set()))
    issuers = await _names(session, Person, {row.issuer_id for row in rows})
    decisions = await _decisions(session, view, {row.decision_id for row in rows} - {None})
    completed = await _completed(session, [row.id for row in rows if row.state in COMPLETED])
    return [
        Result(
            row, units.get(row.lead_unit_id, ""), tuple(units.get(key, "") for key in helpers.get(row.id, ())),
            decisions.get(row.decision_id, "") if row.decision_id else "", issuers.get(row.issuer_id, ""),
            light(calendar, row.state, row.due_on, day, near), completed.get(row.id),
        )
        for row in rows
    ]  # fmt: skip


async def _names(session: AsyncSession, model: Any, keys: Collection[UUID]) -> dict[UUID, str]:
    rows = (await session.execute(select(model.id, model.name).where(model.id.in_(list(keys))))).all()
    return {row.id: row.name for row in rows}


async def _helpers(session: AsyncSession, keys: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    query = select(DirectiveUnit).where(col(DirectiveUnit.directive_id).in_(keys)).order_by(col(DirectiveUnit.unit_id))
    for row in (await session.scalars(query)).all():
        found[row.directive_id].append(row.unit_id)
    return found


async def _decisions(session: AsyncSession, view: View, keys: Collection[UUID | None]) -> dict[UUID, str]:
    query = select(col(Decision.id), col(Decision.text)).where(
        col(Decision.id).in_(list(keys)), row_filter(view, Decision)
    )
    return {row.id: row.text for row in (await session.execute(query)).all()}


async def _completed(session: AsyncSession, keys: Sequence[UUID]) -> dict[UUID, date]:
    query = (
        select(col(Report.directive_id), func.max(col(Report.reported_at)).label("last"))
        .where(col(Report.directive_id).in_(keys), col(Report.kind) == "completion")
        .group_by(col(Report.directive_id))
    )
    return {row.directive_id: local_day(row.last) for row in (await session.execute(query)).all()}
