"""What only shows when the rows of a contact list are laid side by side: one leader, one person per address (C12)."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from app.adapters import roster_columns as words
from app.adapters.cells import fault_at
from app.adapters.roster_rows import RosterRow, RowReader
from app.core.faults import Fault, Note, file_fault
from app.core.text import nearest
from app.core.units import UnitKind
from app.rules.roles import ADMINISTRATORS, DEPUTIES, ROLE_NAMES, Role

ONE_PER_GROUP = frozenset({Role.LEADER, Role.DEPUTY_IN_CHARGE, Role.OFFICE_DIRECTOR})
ONE_PER_UNIT = frozenset({Role.DEPARTMENT_HEAD, Role.UNIT_HEAD, Role.LIAISON, Role.RESPONSIBLE})
_INSTEAD = {Role.LEADER: "副组长", Role.OFFICE_DIRECTOR: "办公室副主任", Role.DEPARTMENT_HEAD: "部门工作人员"}
_UNDERSTOOD = (words.STANDING_OBSERVER, words.IN_CHARGE, "兼任", *words.VACANT)

Readers = list[RowReader]
Key = TypeVar("Key", bound=Hashable)


def across_rows(readers: Readers) -> list[Fault]:
    checks: tuple[Callable[[Readers], Iterable[Fault]], ...] = (
        _posts_held_twice, _missing_offices, _unknown_departments, _units_of_two_kinds,
        _addresses_of_two_people, _people_of_two_addresses, _rows_written_twice, _two_administrator_roles,
    )  # fmt: skip
    return [fault for check in checks for fault in check(readers)]


def seat_of(role: Role, unit_name: str | None) -> tuple[Role, str] | None:
    """The post of which there is only one; None for posts that several people hold."""
    if role in ONE_PER_GROUP:
        return role, ""
    return (role, unit_name) if role in ONE_PER_UNIT and unit_name else None


def _grouped(items: Iterable[RowReader], key: Callable[[RowReader], Key | None]) -> dict[Key, Readers]:
    groups: dict[Key, Readers] = defaultdict(list)
    for item in items:
        if (value := key(item)) is not None:
            groups[value].append(item)
    return groups


def _posts_held_twice(readers: Readers) -> Iterator[Fault]:
    held = [reader for reader in readers if not reader.vacant]
    for (role, unit), holders in _grouped(held, lambda r: seat_of(r.role, r.unit_name) if r.role else None).items():
        first, *others = holders
        for reader in others:
            zh, en = ROLE_NAMES[role]
            word = reader.words_of(words.ROLE)
            of_zh, of_en = (f"{unit}的", f" of {unit}") if unit else ("", "")
            column = words.REMARK if role == Role.DEPUTY_IN_CHARGE else words.ROLE
            instead = _INSTEAD.get(role)
            change = f",另一人改为“{instead}”" if instead else ""
            post = zh if role == Role.DEPUTY_IN_CHARGE else word
            yield _fault(
                reader, column,
                f"{of_zh}{post}只能有一位,第{first.row.number}行{first.name or ''}已经是。",
                f"there is one {en.lower()}{of_en} only; row {first.row.number} ({first.name or ''}) already is.",
                f"请核对这两行,只留一位{change}。",
                "compare the two rows and keep one" + (f"; the other becomes {instead}." if instead else "."),
            )  # fmt: skip


def _missing_offices(readers: Readers) -> Iterator[Fault]:
    by_role = _grouped(readers, lambda r: r.role)
    deputies = by_role.get(Role.DEPUTY, [])
    if deputies and Role.DEPUTY_IN_CHARGE not in by_role:
        yield _no_deputy_in_charge(deputies)
    for role, beside in ((Role.LEADER, DEPUTIES), (Role.OFFICE_DIRECTOR, {Role.OFFICE_DEPUTY_DIRECTOR})):
        if role not in by_role and beside & set(by_role):
            zh, en = words.role_zh(role), ROLE_NAMES[role][1].lower()
            yield file_fault(
                f"名单里没有{zh}。", f"The list names no {en}.",
                f"请在“{words.ROLE}”里写明谁是“{zh}”;空缺的,写一行并在备注里写“暂缺”。",
                f"write {zh} beside the one who is; if the post is vacant, give it a row with the remark 暂缺.",
            )  # fmt: skip


def _no_deputy_in_charge(deputies: Readers) -> Fault:
    """The deputy in charge is a deputy mayor, so the remark is missed beside the first of them."""
    mayors = [r for r in deputies if r.words_of(words.POST).endswith(("副市长", "副县长", "副区长"))] or deputies
    rows = "、".join(str(reader.row.number) for reader in mayors)
    return _fault(
        mayors[0], words.REMARK,
        f"没有分管副组长:没有一位副组长的备注写着“{words.IN_CHARGE}{words.COMMISSION}”。",
        f"there is no deputy in charge: no deputy's remark says {words.IN_CHARGE}{words.COMMISSION}.",
        f"请在分管{words.COMMISSION}的副组长的备注里写明“{words.IN_CHARGE}{words.COMMISSION}”(可能是第{rows}行)。",
        f"write {words.IN_CHARGE}{words.COMMISSION} into the remark of the deputy who is (perhaps row {rows}).",
    )  # fmt: skip


def _unknown_departments(readers: Readers) -> Iterator[Fault]:
    known = list(dict.fromkeys(r.unit_name for r in readers if r.unit_name and r.unit_kind == UnitKind.DEPARTMENT))
    for reader in readers:
        if reader.role != Role.OFFICE_DEPUTY_DIRECTOR or not known:
            continue
        for name in reader.charges:
            if name not in known:
                close = nearest(name, known)
                yield _fault(
                    reader, words.REMARK,
                    f"分管的“{name}”不是名单里的内设机构。", f"“{name}” is no department in this list.",
                    (f"是否应为“{close}”?" if close else "") + f"内设机构有:{'、'.join(known)}。",
                    (f"perhaps {close}? " if close else "") + f"the departments are {'、'.join(known)}.",
                )  # fmt: skip


def _units_of_two_kinds(readers: Readers) -> Iterator[Fault]:
    for unit, rows in _grouped((r for r in readers if r.unit_kind), lambda r: r.unit_name).items():
        first, *others = rows
        for reader in others:
            if reader.unit_kind != first.unit_kind:
                yield _fault(
                    reader, words.KIND, f"“{unit}”在第{first.row.number}行是“{first.words_of(words.KIND)}”。",
                    f"“{unit}” is {first.words_of(words.KIND)} in row {first.row.number}.",
                    "同一单位请写同一类别。", "write the same kind for the same unit.",
                )  # fmt: skip


def _addresses_of_two_people(readers: Readers) -> Iterator[Fault]:
    named = [reader for reader in readers if reader.name]
    for column, what, rows in (
        *((words.MAIL, "邮箱", rows) for rows in _grouped(named, lambda r: r.mail or None).values()),
        *((words.PHONE, "手机", rows) for rows in _grouped(named, lambda r: r.phone or None).values()),
    ):
        if len({reader.name for reader in rows}) < 2:
            continue
        right = next((reader for reader in rows if _like_its_unit(reader, readers)), rows[0])
        for reader in rows:
            if reader.name != right.name:
                yield _fault(
                    reader, column, f"与第{right.row.number}行{right.name}的{what}相同,但不是同一个人。",
                    f"the same {words.COLUMN_NAMES_EN[column]} as {right.name} in row {right.row.number}.",
                    f"请核对两人的{what},各填自己的;如果是同一个人,请把姓名写成一样。",
                    "check both and give each his own; if they are one person, write the name alike.",
                )  # fmt: skip


def _like_its_unit(reader: RowReader, readers: Readers) -> bool:
    """Whether the mail begins with the letters of the unit's other mails: then it is hardly the mistaken one."""
    letters = _letters(reader.mail)
    return any(
        other.name != reader.name and other.unit_name == reader.unit_name and _letters(other.mail) == letters
        for other in readers
    )


def _letters(mail: str) -> str:
    return re.match(r"[a-z]*", mail)[0]  # type: ignore[index]  # this pattern matches every text


def _people_of_two_addresses(readers: Readers) -> Iterator[Fault]:
    for same, other in ((words.PHONE, words.MAIL), (words.MAIL, words.PHONE)):
        for rows in _grouped(readers, lambda r, same=same: _named_address(r, same)).values():  # type: ignore[misc]
            given = [reader for reader in rows if _address(reader, other)]
            for reader in given[1:]:
                if _address(reader, other) != _address(given[0], other):
                    yield _fault(
                        reader, other, f"{reader.name}在第{given[0].row.number}行{same}相同,{other}却不同。",
                        f"{reader.name} has the same {words.COLUMN_NAMES_EN[same]} in row {given[0].row.number}, "
                        f"but another {words.COLUMN_NAMES_EN[other]}.",
                        f"同一个人请填同一个{other}。", f"give the same {words.COLUMN_NAMES_EN[other]} for one person.",
                    )  # fmt: skip


def _address(reader: RowReader, column: str) -> str:
    return reader.phone if column == words.PHONE else reader.mail


def _named_address(reader: RowReader, column: str) -> tuple[str, str] | None:
    address = _address(reader, column)
    return (reader.name, address) if reader.name and address else None


def _rows_written_twice(readers: Readers) -> Iterator[Fault]:
    whole = [r for r in readers if r.name and r.role and seat_of(r.role, r.unit_name) is None]
    for rows in _grouped(whole, lambda r: (r.name, r.phone, r.mail, r.unit_name, r.role)).values():
        for reader in rows[1:]:
            yield _fault(
                reader, words.NAME, f"与第{rows[0].row.number}行重复。", f"the same as row {rows[0].row.number}.",
                "请删去一行。", "remove one of the two rows.",
            )  # fmt: skip


def _two_administrator_roles(readers: Readers) -> Iterator[Fault]:
    administrators = [r for r in readers if r.role in ADMINISTRATORS]
    for rows in _grouped(administrators, lambda r: (r.name, r.phone or r.mail) if r.name else None).values():
        for reader in rows[1:]:
            if reader.role != rows[0].role:
                yield _fault(
                    reader, words.ROLE,
                    f"{reader.name}在第{rows[0].row.number}行已是{rows[0].words_of(words.ROLE)},三种管理员不能由一人兼任(C13)。",
                    f"{reader.name} already is {rows[0].words_of(words.ROLE)} in row {rows[0].row.number}; "
                    "no one person can combine administrator roles (C13).",
                    "请另指定一人。", "name another person.",
                )  # fmt: skip


def _fault(reader: RowReader, column: str, zh: str, en: str, mend_zh: str, mend_en: str) -> Fault:
    return fault_at(reader.cell(column), column, zh, en, mend_zh, mend_en)


def same_person(one: RosterRow, other: RosterRow) -> bool:
    """One name and one address in common: then it is one person with two posts, otherwise they are namesakes."""
    return one.person_name == other.person_name and bool(
        (one.phone and one.phone == other.phone) or (one.mail and one.mail == other.mail)
    )


def notes_on(rows: list[RosterRow]) -> list[Note]:
    """How the list was understood where it could surprise: vacancies, two posts, namesakes, remarks."""
    return [*_vacancies(rows), *_same_names(rows), *_departments_in_nobodys_charge(rows), *_other_remarks(rows)]


def _vacancies(rows: list[RosterRow]) -> Iterator[Note]:
    for row in rows:
        if row.person_name is None:
            zh, en = words.role_zh(row.role), ROLE_NAMES[row.role][1].lower()
            yield Note(row.row, f"{row.unit_name}的{zh}空缺。", f"The post of {en} of {row.unit_name} is vacant.")


def _same_names(rows: list[RosterRow]) -> Iterator[Note]:
    named: dict[str, list[RosterRow]] = defaultdict(list)
    for row in rows:
        if row.person_name:
            named[row.person_name].append(row)
    for name, known in named.items():
        for position, row in enumerate(known[1:], start=1):
            same = next((other for other in known[:position] if same_person(row, other)), None)
            if same:
                yield Note(row.row, f"{name}与第{same.row}行是同一个人,任两个职务。",
                           f"{name} is the same person as in row {same.row}, with two posts.")  # fmt: skip
            else:
                yield Note(row.row, f"{name}与第{known[0].row}行同名,是另一个人。",
                           f"{name} is another person than the one of this name in row {known[0].row}.")  # fmt: skip


def _departments_in_nobodys_charge(rows: list[RosterRow]) -> Iterator[Note]:
    deputies = [row for row in rows if row.role == Role.OFFICE_DEPUTY_DIRECTOR]
    charged = {name for row in deputies for name in row.in_charge_of}
    for name in dict.fromkeys(row.unit_name for row in rows if row.unit_kind == UnitKind.DEPARTMENT):
        if deputies and name not in charged:
            yield Note(None, f"没有一位办公室副主任分管{name}。", f"No office deputy director is in charge of {name}.")


def _other_remarks(rows: list[RosterRow]) -> Iterator[Note]:
    for row in rows:
        if row.remark and not any(word in row.remark for word in _UNDERSTOOD):
            yield Note(row.row, f"备注未作解释:{row.remark}", f"This remark was not interpreted: {row.remark}")
