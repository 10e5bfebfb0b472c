"""The list of the expert pool against the pool of the installation: who is new, whose term or employer changed (C12).

Whoever is not in the list stays in the pool; a term that has ended stays on record and cannot be drawn (A3.7).
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.adapters import expert_sheet as sheet
from app.adapters.expert_sheet import ExpertReading, ExpertRow
from app.core import lists
from app.core.clock import today
from app.core.enforces import enforces
from app.core.faults import Fault, Note, file_fault, in_order
from app.models.experts import Expert
from app.models.people import Group, Person, Unit
from app.services.importing.plan import Change, Edit, ImportPlan

_LABELS = {
    "employer": (sheet.EMPLOYER, "employer"),
    "title": (sheet.TITLE, "title"),
    "fields": (sheet.FIELDS, "fields"),
    "starts_on": (sheet.START, "first day of the term"),
    "ends_on": (sheet.END, "last day of the term"),
    "avoids": (sheet.AVOIDS, "units to avoid"),
}


@dataclass(slots=True)
class Pool:
    """What the installation holds, by what it is looked up by; the plan adds its own new rows."""

    day: date
    units: dict[str, Unit] = field(default_factory=dict)
    by_phone: dict[str, Person] = field(default_factory=dict)
    by_mail: dict[str, Person] = field(default_factory=dict)
    experts: dict[Any, Expert] = field(default_factory=dict)

    def index(self, person: Person, phone: str, mail: str) -> None:
        for book, address in ((self.by_phone, phone), (self.by_mail, mail)):
            if address:
                book[address] = person


async def _pool(session: AsyncSession) -> Pool:
    pool = Pool(today())
    units = select(Unit).order_by(col(Unit.ends_on).is_(None), col(Unit.id))  # the present one of a name wins
    pool.units = {unit.name: unit for unit in await session.scalars(units)}
    for person in await session.scalars(select(Person)):
        pool.index(person, person.phone, person.mail)
    pool.experts = {row.person_id: row for row in await session.scalars(select(Expert))}
    return pool


@enforces("C12")
async def plan(session: AsyncSession, group_code: str | None, reading: ExpertReading) -> ImportPlan:
    """What the list would change. The pool is the installation's; a group only says under which the trail keeps it."""
    made = ImportPlan(faults=list(reading.faults), notes=list(reading.notes))
    if group_code is not None:
        await _name_group(session, group_code, made)
    planner = _Planner(await _pool(session), made)
    for row in reading.rows:
        planner.plan(row)
    letters = reading.letters
    made.faults = in_order(
        [replace(f, column_letter=f.column_letter or letters.get(f.column_name, "")) for f in made.faults]
    )
    if made.faults:
        made.changes = []
    made.notes.sort(key=lambda note: note.row or 0)
    return made


async def _name_group(session: AsyncSession, code: str, made: ImportPlan) -> None:
    group = await session.scalar(select(Group).where(col(Group.code) == code))
    if group is None:
        made.faults.append(
            file_fault(f"没有代码为“{code}”的领导小组。", f"There is no leading group with the code “{code}”.",
                       "请核对 --group;专家库为全系统共用,可以不填。",
                       "check --group; the pool is shared by all groups, so it can be left out.")
        )  # fmt: skip
    else:
        made.group_id, made.group_code, made.group_name = group.id, group.code, group.name


@dataclass(slots=True)
class _Planner:
    pool: Pool
    made: ImportPlan

    def plan(self, row: ExpertRow) -> None:
        person = self._person(row)
        if person is None:
            return
        expert = self.pool.experts.get(person.id)
        if expert is None:
            self._enrol(row, person)
        else:
            self._compare(row, person, expert)
        self._note(row)

    def _person(self, row: ExpertRow) -> Person | None:
        books = ((sheet.PHONE, row.phone, self.pool.by_phone), (sheet.MAIL, row.mail, self.pool.by_mail))
        found = [(column, address, book[address]) for column, address, book in books if address in book]
        strangers = [each for each in found if each[2].name != row.name]
        for column, address, person in strangers:
            self.made.faults.append(_belongs_to_another(row, column, address, person))
        if strangers:
            return None
        if not found:
            return self._new_person(row)
        if len({person.id for _, _, person in found}) > 1:
            self.made.faults.append(_two_people(row))
            return None
        person = found[0][2]
        if not person.active:
            self.made.faults.append(_inactive(row))
        self._addresses(row, person)
        return person

    def _new_person(self, row: ExpertRow) -> Person:
        person = Person(name=row.name, phone=row.phone, mail=row.mail)
        self.pool.index(person, row.phone, row.mail)
        self.made.changes.append(
            Change(row.row, "person", "create", f"新增人员{row.name}({row.phone or row.mail})。",
                   f"New person {row.name} ({row.phone or row.mail}).", person.id, (person,))
        )  # fmt: skip
        return person

    def _addresses(self, row: ExpertRow, person: Person) -> None:
        """A new telephone number or mail address of a person known by the other one."""
        for column, label, given in (("phone", sheet.PHONE, row.phone), ("mail", sheet.MAIL, row.mail)):
            if given and getattr(person, column) != given:
                self.made.changes.append(
                    Change(row.row, "person", "update", f"{person.name}的{label}改为{given}。",
                           f"{person.name} gets the {sheet.COLUMN_NAMES_EN[label]} {given}.", person.id,
                           edits=(Edit(person, column, given),))
                )  # fmt: skip
        self.pool.index(person, row.phone, row.mail)

    def _enrol(self, row: ExpertRow, person: Person) -> None:
        expert = Expert(person_id=person.id, **self._columns(row))
        self.pool.experts[person.id] = expert
        zh, en = (
            (",聘期已满,不参加抽取", "; the term has ended, he is not drawn")
            if row.ends_on < self.pool.day
            else ("", "")
        )
        self.made.changes.append(
            Change(row.row, "expert", "enrol",
                   f"{row.name}({row.employer})入库:{lists.join(row.fields)},聘期{row.starts_on}至{row.ends_on}{zh}。",
                   f"{row.name} ({row.employer}) joins the pool: {lists.join(row.fields)}, "
                   f"term {row.starts_on} to {row.ends_on}{en}.", expert.id, (expert,), clause="A3.7")
        )  # fmt: skip

    def _columns(self, row: ExpertRow) -> dict[str, Any]:
        unit = self.pool.units.get(row.employer)
        return {
            "employer": row.employer, "unit_id": unit.id if unit else None, "title": row.title,
            "fields": lists.join(row.fields), "avoids": lists.join(row.avoids),
            "starts_on": row.starts_on, "ends_on": row.ends_on,
        }  # fmt: skip

    def _compare(self, row: ExpertRow, person: Person, expert: Expert) -> None:
        edits, said = [], []
        for column, value in self._columns(row).items():
            before = getattr(expert, column)
            if before == value or (column == "unit_id" and value is None and expert.employer == row.employer):
                continue  # a unit that was renamed since stays linked
            edits.append(Edit(expert, column, value))
            if column in _LABELS:
                zh, en = _LABELS[column]
                said.append(
                    (
                        f"{zh}由{before or '空'}改为{value or '空'}",
                        f"{en} {value or 'none'} instead of {before or 'none'}",
                    )
                )
            elif expert.employer == row.employer:
                said.append((f"工作单位对应到本系统的“{row.employer}”", f"the employer is the unit {row.employer}"))
        if edits:
            zh, en = ";".join(each[0] for each in said), "; ".join(each[1] for each in said)
            self.made.changes.append(
                Change(row.row, "expert", "update", f"{person.name}:{zh}。", f"{person.name}: {en}.", expert.id,
                       edits=tuple(edits), clause="A3.7")
            )  # fmt: skip

    def _note(self, row: ExpertRow) -> None:
        if row.ends_on < self.pool.day:
            self.made.notes.append(
                Note(row.row, f"{row.name}的聘期已于{row.ends_on}届满:列入专家库备查,不参加抽取。",
                     f"The term of {row.name} ended on {row.ends_on}: on record, and never drawn.")
            )  # fmt: skip
        unknown = [name for name in row.avoids if name not in self.pool.units]
        if unknown:
            names = lists.join(unknown)
            self.made.notes.append(
                Note(row.row, f"回避单位“{names}”不是系统里的单位,按名称回避。",
                     f"To avoid: {names} is no unit of the system and is kept by its name.")
            )  # fmt: skip


def _belongs_to_another(row: ExpertRow, column: str, address: str, person: Person) -> Fault:
    en = sheet.COLUMN_NAMES_EN[column]
    return Fault(
        row.row, "", column, address,
        f"系统里这个{column}属于{person.name}。", f"in the system this {en} belongs to {person.name}.",
        f"请核对{column};如果是同一个人改了名,请系统管理员先改名。",
        "check it; if the same person changed his name, let the system administrator change it first.",
    )  # fmt: skip


def _two_people(row: ExpertRow) -> Fault:
    return Fault(
        row.row, "", sheet.PHONE, row.phone,
        f"系统里这个手机和邮箱属于两个同名的{row.name}。",
        f"in the system mobile and mail belong to two people called {row.name}.",
        "请核对手机和邮箱。", "check mobile and mail.",
    )  # fmt: skip


def _inactive(row: ExpertRow) -> Fault:
    return Fault(
        row.row, "", sheet.NAME, row.name, f"{row.name}在系统里已停用。", f"{row.name} is deactivated in the system.",
        "请系统管理员先恢复此人,或改正姓名和联系方式。",
        "let the system administrator reactivate him, or correct name and addresses.",
    )  # fmt: skip
