"""Posts of a contact list: appointments that begin, that are succeeded, that fall vacant (C5)."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from app.adapters import roster_columns as words
from app.adapters.roster import RosterRow
from app.adapters.roster_checks import ONE_PER_GROUP, ONE_PER_UNIT
from app.core.clock import at
from app.core.enforces import enforces
from app.core.faults import Fault, Note
from app.models.people import Administrator, Appointment, Person, Unit
from app.rules.roles import DEPUTIES, ROLE_NAMES, Role
from app.services.importing.people import PeoplePlanner
from app.services.importing.plan import Change, Edit, ImportPlan
from app.services.importing.stock import Stock
from app.services.importing.units import UnitPlanner

DAY = timedelta(days=1)
SINGLE = ONE_PER_GROUP | ONE_PER_UNIT
# The unit's name stands before these, so its kind need not be said again.
SHORT = {
    Role.UNIT_HEAD: ("负责人", "head"),
    Role.RESPONSIBLE: ("责任人", "responsible person"),
    Role.DEPARTMENT_HEAD: ("负责人", "head"),
    Role.DEPARTMENT_STAFF: ("工作人员", "staff"),
    Role.OFFICE_DEPUTY_DIRECTOR: ("副主任", "deputy director"),
}
# Of each of these one person holds only one: taking up another ends it.
LADDERS = (
    frozenset({Role.LEADER, *DEPUTIES}),
    frozenset({Role.OFFICE_DIRECTOR, Role.OFFICE_DEPUTY_DIRECTOR}),
    frozenset({Role.DEPARTMENT_HEAD, Role.DEPARTMENT_STAFF}),
    frozenset({Role.UNIT_HEAD, Role.LIAISON}),
)


@dataclass(slots=True)
class PostPlanner:
    stock: Stock
    rows: list[RosterRow]
    made: ImportPlan
    units: UnitPlanner
    people: PeoplePlanner
    _listed: set[tuple[object, ...]] = field(default_factory=set)
    _undated: set[UUID] = field(default_factory=set)
    """Appointments whose successor lacks his date: what else hangs on it need not be asked twice."""

    @enforces("C5")
    def post(self, row: RosterRow) -> None:
        unit = self.units.of(row)
        if row.person_name is None:
            self._vacancy(row, unit)
            return
        person = self.people.of(row)
        self._listed.add((person.id, row.role.value, unit.id))
        held = self._held(row, person, unit)
        if held is None:
            self._begin(row, person, unit)
        else:
            self._listed.add((person.id, row.role.value, held.unit_id))
            self._correct(row, person, unit, held)

    @enforces("C13")
    def administrator(self, row: RosterRow) -> None:
        if row.person_name is None:
            return
        person = self.people.of(row)
        stored = self.stock.administrators.get(person.id)
        zh, en = ROLE_NAMES[row.role]
        if stored is None:
            made = Administrator(person_id=person.id, role=row.role.value, since=at(row.start, 0))
            self.stock.administrators[person.id] = made
            self.made.changes.append(
                Change(row.row, "administrator", "appoint", f"{person.name}任{zh}。",
                       f"{person.name} becomes {en.lower()}.", person.id, (made,), clause="C13")
            )  # fmt: skip
        elif stored.role != row.role.value:
            has_zh, has_en = ROLE_NAMES[Role(stored.role)]
            self._fault(
                row, words.ROLE, f"{person.name}在系统里已是{has_zh},三种管理员不能由一人兼任(C13)。",
                f"{person.name} already is {has_en.lower()}; no one person can combine administrator roles (C13).",
                "请另指定一人。", "name another person.",
            )  # fmt: skip

    def note_who_is_not_listed(self) -> None:
        """Who holds a post here but is not in the list keeps it; that is said, so that nobody is forgotten."""
        names = {self.stock.units[name].id: name for name in self.units.listed}
        for row in self.stock.appointments:
            key = (row.person_id, row.role, row.unit_id)
            if row.unit_id not in names or key in self._listed or self.stock.last_day(row) is not None:
                continue
            person, (zh, en) = self.stock.person(row.person_id), ROLE_NAMES[Role(row.role)]
            unit = names[row.unit_id]
            self.made.notes.append(
                Note(None, f"{person.name}({unit},{zh})不在名单里,系统里的任职不变;离任请在管理页面办理。",
                     f"{person.name} ({unit}, {en.lower()}) is not in the list and keeps the post.")
            )  # fmt: skip

    def _held(self, row: RosterRow, person: Person, unit: Unit) -> Appointment | None:
        return next(
            (
                known
                for known in self.stock.of_person(person)
                if known.role == row.role.value
                and (known.unit_id == unit.id or row.role in ONE_PER_GROUP)
                and self.stock.open(known)
            ),
            None,
        )

    def _begin(self, row: RosterRow, person: Person, unit: Unit) -> None:
        start = row.start
        if row.role in SINGLE:
            for incumbent in self.stock.incumbents(row.role, unit):
                if not self._succeed(row, person, incumbent):
                    return
        for known in self._left_behind(row, person, unit):
            if known.id in self._undated:
                return
            if known.id in self.stock.closing:
                start = max(start, self.stock.closing[known.id] + DAY)
            elif not self._move(row, person, known):
                return
        made = Appointment(
            person_id=person.id, group_id=self.stock.group.id, unit_id=unit.id, role=row.role.value, post=row.post,
            starts_on=start, in_charge_of=self._departments(row),
        )  # fmt: skip
        self.stock.appointments.append(made)
        zh, en = self._title(row)
        self.made.changes.append(
            Change(row.row, "appointment", "begin", f"{person.name}自{start}起任{zh}。",
                   f"{person.name} is {en} from {start}.", made.id, (made,), clause="C5")
        )  # fmt: skip

    def _succeed(self, row: RosterRow, person: Person, incumbent: Appointment) -> bool:
        before = self.stock.person(incumbent.person_id).name
        zh, en = self._title(row)
        if row.start <= incumbent.starts_on:
            self._undated.add(incumbent.id)
            self._fault(
                row, words.START,
                f"接任:{zh}现由{before}担任(自{incumbent.starts_on}起),名单上是{person.name},但没有接任的日期。",
                f"succession: {en} is {before} since {incumbent.starts_on}, the list names {person.name}, "
                "but not the date on which he took over.",
                f"请在“{words.START}”填写{person.name}接任的日期,晚于{incumbent.starts_on}。",
                f"give the date on which {person.name} took over, later than {incumbent.starts_on}.",
            )  # fmt: skip
            return False
        self._end(row, incumbent, "succeed", f"接任:{zh}由{before}改为{person.name},{before}任至{row.start - DAY}。",
                  f"Succession: {en}, {person.name} after {before}, who holds it until {row.start - DAY}.")  # fmt: skip
        return True

    def _left_behind(self, row: RosterRow, person: Person, unit: Unit) -> list[Appointment]:
        """Posts of the person that the new one ends: of the same ladder, and no longer his in the list."""
        ladder = next((roles for roles in LADDERS if row.role in roles), frozenset())
        others = [
            known
            for known in self.stock.of_person(person)
            if Role(known.role) in ladder and (known.role != row.role.value or known.unit_id != unit.id)
        ]
        return [known for known in others if known.id in self.stock.closing or self._given_up(known, person)]

    def _given_up(self, known: Appointment, person: Person) -> bool:
        return self.stock.open(known) and not any(
            row.person_name is not None
            and self.people.of(row) is person
            and row.role.value == known.role
            and self.units.of(row).id == known.unit_id
            for row in self.rows
        )

    def _move(self, row: RosterRow, person: Person, known: Appointment) -> bool:
        zh, en = ROLE_NAMES[Role(known.role)]
        new_zh, new_en = self._title(row)
        if row.start <= known.starts_on:
            self._fault(
                row, words.START,
                f"{person.name}现任{zh}(自{known.starts_on}起),名单上是{new_zh},但没有改任的日期。",
                f"{person.name} is {en.lower()} since {known.starts_on}, the list says {new_en}, but not since when.",
                f"请在“{words.START}”填写改任的日期,晚于{known.starts_on}。",
                f"give the date of the change, later than {known.starts_on}.",
            )  # fmt: skip
            return False
        self._end(row, known, "end", f"{person.name}改任{new_zh},{zh}任至{row.start - DAY}。",
                  f"{person.name} becomes {new_en} and is {en.lower()} until {row.start - DAY}.")  # fmt: skip
        return True

    def _vacancy(self, row: RosterRow, unit: Unit) -> None:
        if row.role not in SINGLE:
            return
        for incumbent in self.stock.incumbents(row.role, unit):
            name = self.stock.person(incumbent.person_id).name
            zh, en = self._title(row)
            if incumbent.ends_on == row.start - DAY:
                continue
            if row.start <= incumbent.starts_on:
                self._fault(
                    row, words.START,
                    f"名单上{zh}空缺,系统里仍由{name}担任(自{incumbent.starts_on}起),没有空缺的日期。",
                    f"the list calls the post of {en} vacant, but {name} holds it since {incumbent.starts_on}.",
                    f"请在“{words.START}”填写空缺自哪天起,晚于{incumbent.starts_on}。",
                    f"give the day since which it is vacant, later than {incumbent.starts_on}.",
                )  # fmt: skip
            else:
                self._end(row, incumbent, "end", f"{zh}空缺,{name}任至{row.start - DAY}。",
                          f"The post of {en} falls vacant; {name} holds it until {row.start - DAY}.")  # fmt: skip

    def _correct(self, row: RosterRow, person: Person, unit: Unit, held: Appointment) -> None:
        zh, en = self._title(row)
        edits = []
        if held.unit_id != unit.id:
            edits.append((Edit(held, "unit_id", unit.id), f"单位改为{unit.name}", f"unit {unit.name}"))
        if row.post and held.post != row.post:
            edits.append((Edit(held, "post", row.post), f"单位职务改为{row.post}", f"post {row.post}"))
        departments = self._departments(row)
        if sorted(held.in_charge_of) != sorted(departments):
            names = "、".join(row.in_charge_of) or "无"
            edits.append((Edit(held, "in_charge_of", departments), f"分管改为{names}", f"in charge of {names}"))
        if not self._served_on(person, row.start) and (held.ends_on is None or row.start <= held.ends_on):
            edits.append((Edit(held, "starts_on", row.start), f"起任日改为{row.start}", f"since {row.start}"))
        if edits:
            said_zh, said_en = ",".join(edit[1] for edit in edits), ", ".join(edit[2] for edit in edits)
            self.made.changes.append(
                Change(
                    row.row, "appointment", "update", f"{person.name}({zh}):{said_zh}。",
                    f"{person.name} ({en}): {said_en}.", held.id, edits=tuple(edit[0] for edit in edits), clause="C5",
                )
            )  # fmt: skip

    def _served_on(self, person: Person, day: date) -> bool:
        """Whether some post of the person in this group begins or runs on this day: then the date needs no correcting.

        Who was deputy before he was in charge keeps his first day in the list.
        """
        return any(
            row.starts_on == day or (row.starts_on < day and row.ends_on is not None and day <= row.ends_on)
            for row in self.stock.of_person(person)
        )

    def _departments(self, row: RosterRow) -> list[str]:
        """Ids of the departments in the person's charge; what else a remark names is no department."""
        known = (self.stock.units.get(name) for name in row.in_charge_of)
        return [str(unit.id) for unit in known if unit and unit.kind == "department"]

    def _title(self, row: RosterRow) -> tuple[str, str]:
        zh, en = ROLE_NAMES[row.role]
        if row.role in ONE_PER_GROUP | DEPUTIES:
            return zh, en.lower()
        short_zh, short_en = SHORT.get(row.role, (zh, en.lower()))
        return f"{row.unit_name}{short_zh}", f"{short_en} of {row.unit_name}"

    def _end(self, row: RosterRow, known: Appointment, action: str, zh: str, en: str) -> None:
        last = row.start - DAY
        self.stock.closing[known.id] = last
        self.made.changes.append(
            Change(row.row, "appointment", action, zh, en, known.id, edits=(Edit(known, "ends_on", last),), clause="C5")
        )

    def _fault(self, row: RosterRow, column: str, zh: str, en: str, mend_zh: str, mend_en: str) -> None:
        value = str(row.start) if column == words.START else words.role_zh(row.role)
        self.made.faults.append(Fault(row.row, "", column, value, zh, en, mend_zh, mend_en))
