"""People of a contact list: one person is a name with a telephone number or a mail address in common."""

from dataclasses import dataclass, field

from app.adapters import roster_columns as words
from app.adapters.roster import RosterRow
from app.adapters.roster_checks import same_person
from app.core.faults import Fault
from app.models.people import Person
from app.services.importing.plan import Change, Edit, ImportPlan
from app.services.importing.stock import Stock


@dataclass(slots=True)
class PeoplePlanner:
    stock: Stock
    made: ImportPlan
    _found: dict[int, Person] = field(default_factory=dict)
    _known: list[RosterRow] = field(default_factory=list)

    def plan(self, rows: list[RosterRow]) -> None:
        for row in rows:
            if row.person_name is not None:
                self._found[row.row] = self._person(row, row.person_name)
                self._known.append(row)

    def of(self, row: RosterRow) -> Person:
        return self._found[row.row]

    def _person(self, row: RosterRow, name: str) -> Person:
        same = next((self._found[other.row] for other in self._known if same_person(row, other)), None)
        person = same or self._stored(row, name)
        if person is None:
            return self._new(row, name)
        if not person.active:
            self.made.faults.append(_inactive(row, person))
        self._addresses(row, person)
        return person

    def _stored(self, row: RosterRow, name: str) -> Person | None:
        owners = ((words.PHONE, row.phone, self.stock.by_phone), (words.MAIL, row.mail, self.stock.by_mail))
        found = [(column, address, book[address]) for column, address, book in owners if address in book]
        for column, address, person in found:
            if person.name != name:
                self.made.faults.append(_belongs_to_another(row, column, address, person))
        return next((person for _, _, person in found if person.name == name), None)

    def _new(self, row: RosterRow, name: str) -> Person:
        person = Person(name=name, phone=row.phone, mail=row.mail)
        self.stock.know(person)
        self.made.changes.append(
            Change(row.row, "person", "create", f"新增人员{name}({row.phone or row.mail})。",
                   f"New person {name} ({row.phone or row.mail}).", person.id, (person,))
        )  # fmt: skip
        return person

    def _addresses(self, row: RosterRow, person: Person) -> None:
        """A new telephone number or mail address of a person known by the other one."""
        for column, label, given in (("phone", words.PHONE, row.phone), ("mail", words.MAIL, row.mail)):
            book = self.stock.by_phone if column == "phone" else self.stock.by_mail
            if not given or given in book:
                continue
            book[given] = person
            self.made.changes.append(
                Change(row.row, "person", "update", f"{person.name}的{label}改为{given}。",
                       f"{person.name} gets the {words.COLUMN_NAMES_EN[label]} {given}.", person.id,
                       edits=(Edit(person, column, given),))
            )  # fmt: skip


def _belongs_to_another(row: RosterRow, column: str, address: str, person: Person) -> Fault:
    return Fault(
        row.row, "", column, address,
        f"系统里这个{column}属于{person.name}。",
        f"in the system this {words.COLUMN_NAMES_EN[column]} belongs to {person.name}.",
        f"请核对{column};如果是同一个人改了名,请系统管理员先改名。",
        "check it; if the same person changed his name, let the system administrator change it first.",
    )  # fmt: skip


def _inactive(row: RosterRow, person: Person) -> Fault:
    return Fault(
        row.row, "", words.NAME, person.name,
        f"{person.name}在系统里已停用。", f"{person.name} is deactivated in the system.",
        "请系统管理员先恢复此人,或改正姓名和联系方式。",
        "let the system administrator reactivate him, or correct name and addresses.",
    )  # fmt: skip
