"""Units of a task breakdown against the group's own: names, collective names, and words that name nobody (C19)."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.adapters import breakdown_columns as words
from app.adapters.breakdown import BreakdownRow
from app.core.clock import today
from app.core.enforces import enforces
from app.core.faults import Fault
from app.core.text import nearest
from app.core.units import UnitKind
from app.models.people import Group, GroupUnit, Unit

_NO_LEAD = frozenset({UnitKind.LEADERS.value})


@dataclass(slots=True)
class Cooperation:
    """What one cell of cooperating units comes to: units, questions about words, and faults."""

    units: dict[str, Unit] = field(default_factory=dict)
    open_words: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class GroupUnits:
    """The units of a group that are in being today, by name, with the kind they have there."""

    by_name: dict[str, Unit]
    kinds: dict[str, str]
    elsewhere: frozenset[str]

    @enforces("C19")
    def lead(self, row: BreakdownRow) -> Unit | Fault:
        name = row.lead
        unit = self.by_name.get(name)
        if unit is not None and self.kinds[name] not in _NO_LEAD:
            return unit
        if name in words.ALL_OF or words.names_nobody(name) or words.AND_OTHERS.search(name):
            return row.fault(
                words.LEAD, f"“{name}”不是一个单位,牵头单位须是一个(C19)。",
                f"“{name}” is not one unit; exactly one leads (C19).",
                "请写一个牵头单位,其余写到配合单位。", "write the one unit that leads; the others cooperate.",
            )  # fmt: skip
        return self._unknown(row, words.LEAD, name)

    @enforces("C19", "A3.6")
    def cooperating(self, row: BreakdownRow) -> Cooperation:
        found = Cooperation()
        for written in row.cooperating:
            name = words.AND_OTHERS.sub("", written)
            if name != written:
                found.open_words.append(written)
            if name in self.by_name:
                found.units[name] = self.by_name[name]
            elif name in words.ALL_OF:
                self._all_of(found, name)
            elif words.names_nobody(written):
                found.open_words.append(written)
            else:
                found.faults.append(self._unknown(row, words.COOPERATING, name))
        found.units.pop(row.lead, None)  # of 各成员单位 the lead unit is one itself
        found.open_words = list(dict.fromkeys(found.open_words))
        return found

    def _all_of(self, found: Cooperation, name: str) -> None:
        kind = words.ALL_OF[name].value
        units = {unit: self.by_name[unit] for unit, known in self.kinds.items() if known == kind}
        if units:
            found.units.update(units)
        else:
            found.open_words.append(name)

    def _unknown(self, row: BreakdownRow, column: str, name: str) -> Fault:
        close = nearest(name, list(self.by_name))
        hint_zh, hint_en = (f"是否应为“{close}”?", f"perhaps “{close}”? ") if close else ("", "")
        if name in self.elsewhere:
            said = f"“{name}”不属于本领导小组。", f"“{name}” does not belong to this group."
        else:
            said = f"没有“{name}”这个单位。", f"There is no unit “{name}”."
        return row.fault(
            column, *said, f"{hint_zh}请改正名称,或者先把该单位加入本领导小组。",
            f"{hint_en}correct the name, or let the unit join the group first.",
        )  # fmt: skip


async def load_units(session: AsyncSession, group: Group) -> GroupUnits:
    day = today()
    mine = select(Unit, col(GroupUnit.kind)).join(GroupUnit, col(GroupUnit.unit_id) == col(Unit.id))
    rows = (await session.execute(mine.where(col(GroupUnit.group_id) == group.id).order_by(col(Unit.id)))).all()
    living = [(unit, kind) for unit, kind in rows if unit.ends_on is None or unit.ends_on >= day]
    names = {unit.name for unit, _ in living}
    others = frozenset((await session.scalars(select(col(Unit.name)))).all()) - names
    return GroupUnits({u.name: u for u, _ in living}, {u.name: kind for u, kind in living}, others)
