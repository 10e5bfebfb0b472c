"""One row of an office's contact list, read cell by cell; every cell that cannot be meant is a fault (C12)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from app.adapters import roster_columns as words
from app.adapters.cells import CellReader
from app.core import text
from app.core.units import UnitKind
from app.rules.roles import DEPUTIES, Role

LONGEST_UNIT, LONGEST_POST = 100, 60
_CHARGES = re.compile(rf"{words.IN_CHARGE}([^;;。]*)")
_LISTED = re.compile(r"[、,,()()和及与/]+")


Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A post and who holds it; a vacant post has no person."""

    row: int
    unit_name: str
    unit_kind: UnitKind
    person_name: str | None
    post: str
    role: Role
    start: date
    phone: str = ""
    mail: str = ""
    in_charge_of: tuple[str, ...] = ()
    standing_observer: bool = False
    remark: str = ""

    @property
    def deputy_in_charge(self) -> bool:
        return self.role == Role.DEPUTY_IN_CHARGE


@dataclass(slots=True)
class RowReader(CellReader):
    """Reads the cells of one row; what is wrong with them gathers in `faults`."""

    unit_name: str | None = None
    unit_kind: UnitKind | None = None
    name: str | None = None
    vacant: bool = False
    role: Role | None = None
    start: date | None = None
    phone: str = ""
    mail: str = ""
    charges: tuple[str, ...] = ()

    def read(self) -> RosterRow | None:
        """The row as it is meant, or None when something in it must be mended first."""
        if not self.free_of_errors():
            return None
        remark = self.words_of(words.REMARK)
        self.charges = in_charge_of(remark)
        self.unit_name, self.unit_kind = self._unit(), self._kind()
        self.name, self.role = self._name(remark), self._role()
        post, self.start = self._post(), self._start()
        self.phone, self.mail = self._phone(), self._mail()
        self._role_fits_kind()
        if self.faults or not (self.unit_name and self.unit_kind and self.role and self.start):
            return None
        return RosterRow(
            self.row.number, self.unit_name, self.unit_kind, self.name, post, self.role, self.start,
            self.phone, self.mail, self.charges, words.STANDING_OBSERVER in remark, remark,
        )  # fmt: skip

    def _unit(self) -> str | None:
        name = self.words_of(words.UNIT)
        if not name:
            self.fault(
                words.UNIT, "没有填单位。", "the unit is missing.",
                "请填写这一职务所属的单位。", "write the unit to which this post belongs.",
            )  # fmt: skip
        elif len(name) > LONGEST_UNIT:
            self.too_long(words.UNIT, LONGEST_UNIT)
        return name or None

    def _kind(self) -> UnitKind | None:
        return self._one_of(words.KIND, words.KINDS, "单位类别", "kind of unit")

    def _role(self) -> Role | None:
        role = self._one_of(words.ROLE, words.ROLES, "领导小组职务", "post in the leading group")
        return Role.DEPUTY_IN_CHARGE if role in DEPUTIES and words.COMMISSION in self.charges else role

    def _one_of(self, column: str, known: dict[str, Known], zh: str, en: str) -> Known | None:
        written = self.words_of(column)
        if written in known:
            return known[written]
        choices = "、".join(known)
        if not written:
            self.fault(
                column, f"没有填{zh}。", f"the {en} is missing.",
                f"请从下列各项中选一项:{choices}。", f"write one of {choices}.",
            )  # fmt: skip
            return None
        close = text.nearest(written, list(known))
        hint_zh, hint_en = (f"是否应为“{close}”?", f"perhaps {close}? ") if close else ("", "")
        self.fault(
            column, f"不认识的{zh}“{written}”。", f"unknown {en} “{written}”.",
            f"{hint_zh}可用的有:{choices}。", f"{hint_en}known are {choices}.",
        )  # fmt: skip
        return None

    def _name(self, remark: str) -> str | None:
        written = self.words_of(words.NAME)
        declared = written in words.VACANT or (not written and any(word in remark for word in words.VACANT))
        others = [column for column in (words.PHONE, words.MAIL) if not self.cell(column).blank]
        if declared and not others:
            self.vacant = True
            return None
        if not written or declared:
            self._name_missing(others)
            return None
        name = text.person_name(written)
        if name is None:
            self.fault(
                words.NAME, f"“{written}”不像一个人的姓名。", f"“{written}” does not look like one person's name.",
                "每行写一个人的姓名,不加称谓、数字和符号。", "write one person's name and nothing else.",
            )  # fmt: skip
        return name

    def _name_missing(self, others: list[str]) -> None:
        if others:
            english = " and ".join(words.COLUMN_NAMES_EN[column] for column in others)
            said_zh = f"姓名是空的,但填了{'和'.join(others)}。"
            said_en = f"the name is blank, yet this is filled in: {english}."
        else:
            said_zh, said_en = "没有填姓名。", "the name is missing."
        self.fault(
            words.NAME, said_zh, said_en,
            "请填写姓名;职务空缺的,姓名、手机、邮箱都留空,并在备注里写“暂缺”。",
            "write the name; for a vacant post leave name, mobile and mail blank and write 暂缺 in the remark.",
        )  # fmt: skip

    def _post(self) -> str:
        post = self.words_of(words.POST)
        if len(post) > LONGEST_POST:
            self.too_long(words.POST, LONGEST_POST)
        return post

    def _start(self) -> date | None:
        return self.day(words.START, "没有填任职起始日期。", "the first day in office is missing.")

    def _phone(self) -> str:
        number = self.phone_of(words.PHONE)
        if not number and self.cell(words.PHONE).blank and not self.vacant and self.name:
            self.one_address(words.PHONE, words.MAIL)
        return number

    def _mail(self) -> str:
        return self.mail_of(words.MAIL)

    def _role_fits_kind(self) -> None:
        kinds = words.KINDS_OF_ROLE.get(self.role) if self.role else None
        if kinds is None or self.unit_kind is None or self.unit_kind in kinds:
            return
        role, allowed = self.words_of(words.ROLE), "、".join(w for w, kind in words.KINDS.items() if kind in kinds)
        self.fault(
            words.ROLE, f"“{role}”只能属于{allowed},这里的单位类别是“{self.words_of(words.KIND)}”。",
            f"“{role}” belongs to {allowed}; the kind of unit here is “{self.words_of(words.KIND)}”.",
            "请改正领导小组职务或单位类别。", "correct the post or the kind of unit.",
        )  # fmt: skip


def in_charge_of(remark: str) -> tuple[str, ...]:
    """What a remark puts into somebody's charge: '分管规划项目部、技术保障部' names two departments."""
    found = [name for part in _CHARGES.findall(remark) for name in _LISTED.split(part)]
    return tuple(dict.fromkeys(name for name in found if name))
