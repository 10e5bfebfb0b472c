"""Units of a contact list: new ones, their place in the group, the standing observers among them (A2.4)."""

from collections import defaultdict
from dataclasses import dataclass, field

from app.adapters import roster_columns as words
from app.adapters.roster import RosterRow
from app.core.faults import Fault
from app.core.units import UNIT_KIND_NAMES, UnitKind
from app.models.people import GroupUnit, Unit
from app.rules.roles import ADMINISTRATORS, Role
from app.services.importing.plan import Change, Edit, ImportPlan
from app.services.importing.stock import Stock

GENERAL_AFFAIRS = "综合部"


@dataclass(slots=True)
class UnitPlanner:
    stock: Stock
    rows: list[RosterRow]
    made: ImportPlan
    listed: dict[str, list[RosterRow]] = field(default_factory=lambda: defaultdict(list))

    def plan(self) -> None:
        for row in self.rows:
            if row.role not in ADMINISTRATORS:
                self.listed[row.unit_name].append(row)
        for name, rows in self.listed.items():
            self._unit(name, rows)
        self._settings()

    def of(self, row: RosterRow) -> Unit:
        return self.stock.units[row.unit_name]

    def _unit(self, name: str, rows: list[RosterRow]) -> None:
        kind = rows[0].unit_kind
        unit = self.stock.units.get(name)
        if unit is None:
            unit = self._new(name, rows)
        elif unit.kind != kind.value:
            self.made.faults.append(_another_kind(rows[0], unit))
            return
        self._place(unit, rows)

    def _new(self, name: str, rows: list[RosterRow]) -> Unit:
        if name in self.stock.ended_units:
            self.made.faults.append(_ended(rows[0]))
        unit = Unit(name=name, kind=rows[0].unit_kind.value)
        self.stock.units[name] = unit
        kind_zh, kind_en = UNIT_KIND_NAMES[rows[0].unit_kind]
        self.made.changes.append(
            Change(rows[0].row, "unit", "create", f"新增{kind_zh}“{name}”。", f"New {kind_en.lower()} “{name}”.",
                   unit.id, (unit,))
        )  # fmt: skip
        return unit

    def _place(self, unit: Unit, rows: list[RosterRow]) -> None:
        observes = any(row.standing_observer for row in rows)
        place = self.stock.places.get(unit.id)
        said = ("列为常设列席", "a standing observer") if observes else ("不再常设列席", "no more a standing observer")
        row = next((row for row in rows if row.standing_observer), rows[0])
        if place is None:
            place = GroupUnit(group_id=self.stock.group.id, unit_id=unit.id, kind=unit.kind, standing_observer=observes)
            self.stock.places[unit.id] = place
            zh, en = (f",{said[0]}", f", {said[1]}") if observes else ("", "")
            self.made.changes.append(
                Change(row.row, "unit", "join", f"“{unit.name}”加入本领导小组{zh}。",
                       f"“{unit.name}” joins the group{en}.", unit.id, (place,), clause="A2.4" if observes else "C12")
            )  # fmt: skip
        elif place.standing_observer != observes and any(row.role == Role.UNIT_HEAD for row in rows):
            self.made.changes.append(
                Change(row.row, "unit", "observe", f"“{unit.name}”{said[0]}。", f"“{unit.name}” is {said[1]}.", unit.id,
                       edits=(Edit(place, "standing_observer", observes),), clause="A2.4")
            )  # fmt: skip

    def _settings(self) -> None:
        """Which department runs daily business (B2.2) and who is asked about money (A1.3): names say it."""
        group = self.stock.group
        settings = dict(group.settings)
        for name, rows in self.listed.items():
            for key, clause, zh, en in _meaning(name, rows[0].unit_kind):
                if settings.get(key):
                    continue
                settings = {**settings, key: str(self.of(rows[0]).id)}
                edits = (Edit(group, "settings", settings),)
                self.made.changes.append(
                    Change(rows[0].row, "group", "settings", zh, en, group.id, edits=edits, clause=clause)
                )


def _meaning(name: str, kind: UnitKind) -> list[tuple[str, str, str, str]]:
    """(setting, clause, what it means in Chinese, in English) for units whose name gives them a duty."""
    if kind == UnitKind.DEPARTMENT and name == GENERAL_AFFAIRS:
        en = f"“{name}” assists the director in daily business."
        return [("general_affairs", "B2.2", f"日常工作由“{name}”协助主任办理。", en)]
    if kind == UnitKind.MEMBER_UNIT and name.endswith("财政局"):
        en = f"“{name}” is always asked about annual funds and their arrangement."
        return [("finance_unit", "A1.3", f"资金类议题一律征求“{name}”意见。", en)]
    return []


def _another_kind(row: RosterRow, unit: Unit) -> Fault:
    stored_zh, stored_en = UNIT_KIND_NAMES[UnitKind(unit.kind)]
    return Fault(
        row.row, "", words.KIND, UNIT_KIND_NAMES[row.unit_kind][0],
        f"“{unit.name}”在系统里是“{stored_zh}”。", f"“{unit.name}” is stored as {stored_en.lower()}.",
        "请改正单位类别,或请系统管理员先改单位。",
        "correct the kind, or let the system administrator change the unit first.",
    )  # fmt: skip


def _ended(row: RosterRow) -> Fault:
    return Fault(
        row.row, "", words.UNIT, row.unit_name,
        f"“{row.unit_name}”已经撤销。", f"“{row.unit_name}” was abolished.",
        "请填写承接其职能的单位。", "write the unit that took over its functions.",
    )  # fmt: skip
