"""The state of a group's directives at one moment: what is open, how it stands, what was closed (A3.6, C3, C18).

The recurring first item of a meeting and the report of results to the group are both written from this, so that they
cannot disagree. Only what the viewer may see is counted (A4.4).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import at, local_day, today
from app.core.enforces import enforces
from app.models.outcome import Directive, Report
from app.models.people import Group, Unit
from app.queries.calendar import load_calendar
from app.queries.lights import light, yellow_days
from app.queries.visibility import View, visible_to
from app.rules.catalogue import TABLES

LIGHTS = ("red", "yellow", "green", "grey")
_LIGHT_NAMES = {
    "red": ("超期", "overdue"),
    "yellow": ("临近到期", "due soon"),
    "green": ("正常", "on time"),
    "grey": ("不计时", "not counting"),
}
_NOT_OPEN = ("draft", "closed", "withdrawn")


@dataclass(frozen=True, slots=True)
class Standing:
    """One directive as it stands: `report` is the last thing its lead unit said."""

    id: UUID
    title: str
    result: str
    unit: str
    due_on: date | None
    standing: bool
    state: str
    light: str
    report: str = ""
    reported_on: date | None = None
    closed_on: date | None = None

    def sentence(self, language: str = "zh") -> str:
        state = TABLES["directive"].states[self.state]
        light_zh, light_en = _LIGHT_NAMES[self.light]
        if language == "zh":
            due = f"时限{self.due_on}" if not self.standing else f"长期坚持,检查日{self.due_on}"
            said = f",最近报告({self.reported_on}):{self.report}" if self.report else ""
            return f"{self.title}({self.unit},{due}):{state.zh},{light_zh}{said}"
        due = f"due {self.due_on}" if not self.standing else f"standing work, review {self.due_on}"
        said = f"; last report ({self.reported_on}): {self.report}" if self.report else ""
        return f"{self.title} ({self.unit}, {due}): {state.en}, {light_en}{said}"


@dataclass(frozen=True, slots=True)
class Progress:
    """Open directives, the most urgent first, and those closed since the day asked for."""

    group_id: UUID
    day: date
    since: date | None
    open: list[Standing] = field(default_factory=list)
    closed: list[Standing] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.light for row in self.open)
        return {name: found[name] for name in LIGHTS}

    def summary(self, language: str = "zh") -> str:
        counts = self.counts
        lights = [(counts[name], *_LIGHT_NAMES[name]) for name in LIGHTS if counts[name]]
        if language == "zh":
            shares = ",".join(f"{zh}{number}项" for number, zh, _ in lights)
            closed = f";{self.since}以来办结{len(self.closed)}项" if self.since else ""
            of_these = f",其中{shares}" if shares else ""
            return f"截至{self.day},在办督办事项{len(self.open)}项{of_these}{closed}。"
        shares = ", ".join(f"{number} {en}" for number, _, en in lights)
        closed = f"; {len(self.closed)} closed since {self.since}" if self.since else ""
        return f"On {self.day} {len(self.open)} directives are open" + (f": {shares}" if shares else "") + f"{closed}."

    def text(self, language: str = "zh") -> str:
        """The whole as numbered lines, as it goes into an agenda or a report."""
        headings = (("在办事项", "Open"), ("已办结", "Closed"))
        lines = [self.summary(language)]
        for (zh, en), rows in zip(headings, (self.open, self.closed), strict=True):
            if rows:
                lines.append(f"{zh}:" if language == "zh" else f"{en}:")
                lines += [f"{number}. {row.sentence(language)}" for number, row in enumerate(rows, start=1)]
        return "\n".join(lines)


@enforces("C18", "A3.6", "A4.4")
async def state_of_directives(
    session: AsyncSession, view: View, group_id: UUID, since: date | None = None, restricted: bool = True
) -> Progress:
    """What this viewer may know of the group's directives today; `since`: also those closed from that day on. Without
    `restricted` it can be told to the whole group."""
    open_ones = col(Directive.state).not_in(_NOT_OPEN)
    closed = (col(Directive.state) == "closed") & (col(Directive.closed_at) >= at(since or date.max, 0))
    query = visible_to(view, Directive).where(col(Directive.group_id) == group_id, or_(open_ones, closed))
    if not restricted:
        query = query.where(col(Directive.disclosure) != "restricted")
    rows: Sequence[Directive] = (await session.scalars(query)).all()
    found = await _standings(session, view, group_id, rows)
    made = Progress(group_id, today(), since)
    made.closed.extend(sorted((row for row in found if row.state == "closed"), key=_closing_order))
    made.open.extend(sorted((row for row in found if row.state != "closed"), key=_urgency))
    return made


def _urgency(row: Standing) -> tuple[int, date, str, UUID]:
    return LIGHTS.index(row.light), row.due_on or date.max, row.title, row.id


def _closing_order(row: Standing) -> tuple[date, str, UUID]:
    return row.closed_on or date.max, row.title, row.id


async def _standings(session: AsyncSession, view: View, group_id: UUID, rows: Sequence[Directive]) -> list[Standing]:
    group = await session.get(Group, group_id)
    if group is None or not rows:
        return []
    calendar, near = await load_calendar(session), yellow_days(group)
    names = select(col(Unit.id), col(Unit.name)).where(col(Unit.id).in_({row.lead_unit_id for row in rows}))
    units: dict[UUID, str] = {row.id: row.name for row in (await session.execute(names)).all()}
    last = await _last_reports(session, view, [row.id for row in rows])
    found = []
    for row in rows:
        said = last.get(row.id)
        found.append(
            Standing(
                row.id, row.title, row.result, units.get(row.lead_unit_id, ""), row.due_on, row.standing, row.state,
                light(calendar, row.state, row.due_on, today(), near),
                said.text if said else "",
                local_day(said.reported_at) if said else None,
                local_day(row.closed_at) if row.closed_at else None,
            )
        )  # fmt: skip
    return found


async def _last_reports(session: AsyncSession, view: View, ids: Sequence[UUID]) -> dict[UUID, Report]:
    query = visible_to(view, Report).where(col(Report.directive_id).in_(ids)).order_by(col(Report.id))
    return {row.directive_id: row for row in (await session.scalars(query)).all()}
