"""The leader's sheet (领导阅签单): what is asked, positions, open points, experts, money and time (A3.4)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import today
from app.core.enforces import enforces
from app.core.labels import STANDINGS
from app.models.matters import Motion, Opinion
from app.models.panels import Panel, PanelAdvice
from app.models.people import Group, Unit
from app.models.records import Signature
from app.models.review import OpinionAmendment
from app.queries.calendar import load_calendar
from app.queries.standings import soon_days, standing
from app.queries.visibility import View, visible_to
from app.rules.panel import ANSWERS, CONCLUSIONS, KINDS
from app.rules.roles import DEPUTIES, HANDLERS, Role

Said = tuple[str, str]  # Chinese, English
READERS = HANDLERS | DEPUTIES | {Role.LEADER}


@dataclass(frozen=True, slots=True)
class Position:
    """One unit's line."""

    unit: str
    standing: str
    position: str
    text: str
    response: str
    stale: bool
    due_on: date


# What one page has room for; the rest is counted, and stands on the motion's page.
MOST_LINES, MOST_POINTS, BARE = 6, 6, 6
_WEIGHT = {"disagree": 0, "agree_with_amendments": 1}


@dataclass(slots=True)
class LeaderSheet:
    motion: Motion
    unit: str
    day: date
    positions: list[Position] = field(default_factory=list)
    counts: list[tuple[str, int]] = field(default_factory=list)
    unresolved: list[Said] = field(default_factory=list)
    experts: list[Said] = field(default_factory=list)

    @property
    def told(self) -> list[Position]:
        """The lines that are told in words: who disagrees or wants amendments first, then who says more than a word."""
        lines = [line for line in self.positions if line.position in _WEIGHT or line.stale or len(line.text) > BARE]
        return sorted(lines, key=lambda line: _WEIGHT.get(line.position, 2))[:MOST_LINES]

    @property
    def grouped(self) -> list[tuple[str, list[str]]]:
        """All others, by what they say or how they stand."""
        told = self.told
        found: dict[str, list[str]] = {}
        for line in self.positions:
            if line not in told:
                found.setdefault(line.position or line.standing, []).append(line.unit)
        return list(found.items())

    @property
    def points(self) -> list[Said]:
        return self.unresolved[:MOST_POINTS]


async def _names(session: AsyncSession, ids: set[UUID]) -> dict[UUID, str]:
    return dict((await session.execute(select(col(Unit.id), col(Unit.name)).where(col(Unit.id).in_(ids)))).all())


def _open_of(lines: Sequence[Position]) -> list[Said]:
    """What the units' lines leave open: each disagreement; who has not answered, by how it stands; who judged an
    earlier text."""
    found: list[Said] = []
    for line in lines:
        if line.position == "disagree":
            more = ("办公室已回应", "answered by the office") if line.response else ("尚未回应", "not answered yet")
            found.append((f"{line.unit}不同意,{more[0]}", f"{line.unit} disagrees, {more[1]}"))
    for name in ("overdue", "silent", "stopped", "not_started"):
        (zh, en), units = STANDINGS[name], [line.unit for line in lines if line.standing == name]
        if units:
            found.append((f"{'、'.join(units)}{zh}", f"{', '.join(units)}: {en.lower()}"))
    earlier = [line.unit for line in lines if line.stale]
    if earlier:
        found.append((f"{_some(earlier)}的意见基于此前文稿", f"{', '.join(earlier)} judged an earlier text"))
    return found


def _some(units: Sequence[str]) -> str:
    """The first three by name."""
    return "、".join(units[:3]) + (f"等{len(units)}家" if len(units) > 3 else "")


async def _experts(session: AsyncSession, view: View, motion_id: UUID) -> tuple[list[Said], list[Said]]:
    """(what the panels concluded, what of it is open)."""
    panels = (await session.scalars(visible_to(view, Panel).where(col(Panel.motion_id) == motion_id))).all()
    told: list[Said] = []
    left: list[Said] = []
    for panel in panels:
        kind, end = KINDS[panel.kind], CONCLUSIONS.get(panel.conclusion)
        told.append(
            (f"{kind[0]}:{end[0] if end else '尚未形成结论'}", f"{kind[1]}: {end[1] if end else 'no conclusion'}")
        )
        left += [("专家意见基于此前文稿", "The experts judged an earlier text")] if panel.stale else []
    ids = [panel.id for panel in panels]
    for row in (await session.scalars(visible_to(view, PanelAdvice).where(col(PanelAdvice.panel_id).in_(ids)))).all():
        answer = ANSWERS.get(row.answer, ("尚未答复", "not answered"))
        if row.answer != "taken_over":
            left.append((f"专家建议{answer[0]}:{row.text}", f"Advice {answer[1].lower()}: {row.text}"))
    return told, left


async def _amendments(session: AsyncSession, view: View, motion_id: UUID, units: dict[UUID, str]) -> list[Said]:
    query = visible_to(view, OpinionAmendment).where(col(OpinionAmendment.motion_id) == motion_id)
    rows = (await session.scalars(query.order_by(col(OpinionAmendment.id)))).all()
    names = {"not_taken": ("未采纳", "not taken over"), "in_part": ("部分采纳", "in part"), "": ("未答复", "open")}
    return [
        (f"{units[row.opinion_id]}修改意见{names[row.outcome][0]}:{row.wording or row.passage}",
         f"{units[row.opinion_id]}, amendment {names[row.outcome][1]}: {row.wording or row.passage}")
        for row in rows if row.outcome in names
    ]  # fmt: skip


async def _signatures(session: AsyncSession, view: View, motion: Motion) -> list[Said]:
    query = visible_to(view, Signature).where(
        col(Signature.object_id) == motion.id, col(Signature.voided_at).is_(None), col(Signature.stale)
    )
    stale = [row for row in (await session.scalars(query)).all() if row.signs]
    return [("审定后文稿有修改", "The text was amended after it was admitted")] if stale else []


@enforces("A3.4", "A3.3")
async def leader_sheet(session: AsyncSession, view: View, motion_id: UUID) -> LeaderSheet | None:
    """For the leadership and the office; None for whom the motion or the sheet is not."""
    motion = await session.scalar(visible_to(view, Motion).where(col(Motion.id) == motion_id))
    if motion is None or not view.actor.roles_in(motion.group_id) & READERS:
        return None
    query = visible_to(view, Opinion).where(col(Opinion.motion_id) == motion_id).order_by(col(Opinion.id))
    opinions = (await session.scalars(query)).all()
    units = await _names(session, {row.unit_id for row in opinions} | {motion.proposing_unit_id} - {None})
    calendar, group, day = await load_calendar(session), await session.get(Group, motion.group_id), today()
    assert group is not None  # a foreign key
    sheet = LeaderSheet(motion, units.get(motion.proposing_unit_id, "") if motion.proposing_unit_id else "", day)
    sheet.positions = [
        Position(units[row.unit_id], standing(calendar, row.state, row.due_on, day, soon_days(group)), row.position,
                 row.text, row.response, row.stale, row.due_on)
        for row in opinions
    ]  # fmt: skip
    said = [line.position or line.standing for line in sheet.positions]
    sheet.counts = [(name, said.count(name)) for name in dict.fromkeys(said)]
    sheet.unresolved = _open_of(sheet.positions)
    sheet.unresolved += await _amendments(session, view, motion_id, {row.id: units[row.unit_id] for row in opinions})
    sheet.experts, left = await _experts(session, view, motion_id)
    sheet.unresolved += [*left, *(await _signatures(session, view, motion))]
    return sheet
