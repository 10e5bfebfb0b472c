"""The list of an expert pool, as it is, to rows that say what they mean, and every fault with its place (C12, A3.7)."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from openpyxl.utils import get_column_letter

from app.adapters.cells import CellReader, fault_at, header_faults, is_data, no_rows, the_sheet
from app.adapters.spreadsheet import Header, Sheet, Unreadable
from app.core import lists, text
from app.core.enforces import enforces
from app.core.faults import Fault, Note, in_order

NAME, EMPLOYER, TITLE, FIELDS = "姓名", "工作单位", "职称", "专业领域"
PHONE, MAIL, START, END, AVOIDS = "手机", "邮箱", "聘期起", "聘期止", "回避单位"
COLUMNS: dict[str, tuple[str, ...]] = {
    NAME: ("专家姓名", "名字"),
    EMPLOYER: ("单位", "所在单位", "单位名称"),
    TITLE: ("技术职称", "专业技术职称"),
    FIELDS: ("专业", "领域", "专业方向", "研究领域"),
    PHONE: ("手机号", "手机号码", "联系电话", "电话", "移动电话"),
    MAIL: ("电子邮箱", "邮箱地址", "电子邮件", "邮件"),
    START: ("聘期开始", "聘任起始", "聘期起始", "聘期起始日期"),
    END: ("聘期结束", "聘任截止", "聘期截止", "聘期截止日期"),
    AVOIDS: ("应回避单位", "需回避单位", "回避"),
}
COLUMN_NAMES_EN: dict[str, str] = {
    NAME: "name", EMPLOYER: "employer", TITLE: "title", FIELDS: "fields", PHONE: "mobile", MAIL: "mail",
    START: "term begins", END: "term ends", AVOIDS: "units to avoid",
}  # fmt: skip
HEADER_AT_LEAST = 4
LONGEST = {EMPLOYER: 100, TITLE: 60, FIELDS: 400, AVOIDS: 800}
NOTHING = frozenset({"无", "没有", "-", "—", "/", "暂无"})
FOOTNOTES = ("说明", "备注", "注", "填表", "制表", "附注", "联系人")


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """One expert as the list gives him."""

    row: int
    name: str
    employer: str
    title: str
    fields: tuple[str, ...]
    phone: str
    mail: str
    starts_on: date
    ends_on: date
    avoids: tuple[str, ...] = ()


@dataclass(slots=True)
class ExpertReading:
    """What the list says. `rows` are the good ones; `count` is the number of all rows of data."""

    rows: list[ExpertRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    count: int = 0
    letters: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ExpertReader(CellReader):
    """Reads the cells of one expert."""

    name: str = ""
    phone: str = ""
    mail: str = ""

    def read(self) -> ExpertRow | None:
        if not self.free_of_errors():
            return None
        self.name = self._name()
        employer, title = self._text(EMPLOYER, "工作单位", "employer"), self._text(TITLE)
        fields = self._list(FIELDS)
        if not fields:
            self.fault(
                FIELDS, "没有填专业领域,无法按领域抽取。", "no field is given, so nobody can be drawn by it.",
                "请填写至少一个领域,多个领域用“、”分开。", "write at least one field, several with 、 between.",
            )  # fmt: skip
        self.phone, self.mail = self.phone_of(PHONE), self.mail_of(MAIL)
        self.one_address(PHONE, MAIL)
        start = self.day(START, "没有填聘期起始日期。", "the first day of the term is missing.", "聘期")
        end = self.day(END, "没有填聘期截止日期。", "the last day of the term is missing.", "聘期")
        if start and end and end < start:
            self.fault(
                END, f"聘期止{end}早于聘期起{start}。", f"the term ends on {end}, before it begins on {start}.",
                "请核对这两个日期。", "check the two dates.",
            )  # fmt: skip
        avoids = self._list(AVOIDS)
        if self.faults or not (start and end):
            return None
        return ExpertRow(
            self.row.number, self.name, employer, title, fields, self.phone, self.mail, start, end, avoids
        )  # fmt: skip

    def _name(self) -> str:
        written = self.words_of(NAME)
        name = text.person_name(written)
        if not written:
            self.fault(NAME, "没有填姓名。", "the name is missing.", "请填写专家姓名。", "write the expert's name.")
        elif name is None:
            self.fault(
                NAME, f"“{written}”不像一个人的姓名。", f"“{written}” does not look like one person's name.",
                "每行写一个人的姓名,不加称谓、数字和符号。", "write one person's name and nothing else.",
            )  # fmt: skip
        return name or ""

    def _text(self, column: str, zh: str = "", en: str = "") -> str:
        """A short text; with words for it, one that must be there."""
        found = self.words_of(column)
        if not found and zh:
            self.fault(
                column, f"没有填{zh}。", f"the {en} is missing.",
                f"请填写{zh},回避以此为准。", f"write the {en}; conflicts of interest are judged by it.",
            )  # fmt: skip
        if len(found) > LONGEST[column]:
            self.too_long(column, LONGEST[column])
        return found

    def _list(self, column: str) -> tuple[str, ...]:
        written = text.compact(self.cell(column).text)
        names = tuple(name for name in lists.split(written) if name not in NOTHING)
        if len(lists.join(names)) > LONGEST[column]:
            self.too_long(column, LONGEST[column])
        return names


@enforces("C12")
def read_experts(path: Path) -> ExpertReading:
    """Never raises: what is no workbook at all comes back as a fault, too."""
    try:
        sheet, header, notes = the_sheet(path, COLUMNS, HEADER_AT_LEAST)
    except Unreadable as problem:
        return ExpertReading(faults=[problem.fault])
    reading = _read_sheet(sheet, header)
    reading.notes += notes
    return reading


def _read_sheet(sheet: Sheet, header: Header) -> ExpertReading:
    reading = ExpertReading(faults=header_faults(header, COLUMNS, COLUMN_NAMES_EN))
    if reading.faults:
        return reading
    readers = []
    for row in sheet.rows[header.row :]:
        if is_data(row, header, COLUMNS, FOOTNOTES):
            reader = ExpertReader(header, row)
            readers.append(reader)
            if good := reader.read():
                reading.rows.append(good)
            reading.faults += reader.faults
        elif (said := " ".join(cell.text for cell in row.filled)) and not said.isdecimal():
            reading.notes.append(Note(row.number, f"附注,未导入:{said}", f"A footnote, not imported: {said}"))
    reading.count = len(readers)
    reading.letters = {name: get_column_letter(column) for name, column in header.columns.items()}
    if not readers:
        reading.faults.append(no_rows())
    reading.faults = in_order([*reading.faults, *_addresses_of_two(readers), *_written_twice(readers)])
    spoilt = {fault.row for fault in reading.faults}
    reading.rows = [row for row in reading.rows if row.row not in spoilt]
    return reading


def _grouped(
    readers: Iterable[ExpertReader], key: Callable[[ExpertReader], Hashable | None]
) -> Iterator[list[ExpertReader]]:
    groups: dict[Hashable, list[ExpertReader]] = defaultdict(list)
    for reader in readers:
        if value := key(reader):
            groups[value].append(reader)
    yield from (group for group in groups.values() if len(group) > 1)


def _addresses_of_two(readers: list[ExpertReader]) -> Iterator[Fault]:
    for column, groups in (
        (PHONE, _grouped(readers, lambda reader: reader.phone)),
        (MAIL, _grouped(readers, lambda reader: reader.mail)),
    ):
        for first, *others in groups:
            for reader in others:
                if reader.name and reader.name != first.name:
                    yield fault_at(
                        reader.cell(column), column,
                        f"与第{first.row.number}行{first.name}的{column}相同,但不是同一个人。",
                        f"the same {COLUMN_NAMES_EN[column]} as {first.name} in row {first.row.number}.",
                        f"请核对两人的{column},各填自己的。", "check both and give each his own.",
                    )  # fmt: skip


def _written_twice(readers: list[ExpertReader]) -> Iterator[Fault]:
    seen: set[int] = set()
    for key in (lambda r: (r.name, r.phone) if r.phone else None, lambda r: (r.name, r.mail) if r.mail else None):
        for first, *others in _grouped((reader for reader in readers if reader.name), key):
            for reader in others:
                if reader.row.number not in seen:
                    seen.add(reader.row.number)
                    yield fault_at(
                        reader.cell(NAME), NAME, f"{reader.name}在第{first.row.number}行已经列出。",
                        f"{reader.name} already stands in row {first.row.number}.",
                        "请删去一行,或者补全联系方式以区分同名的人。",
                        "remove one of the two rows, or tell namesakes apart by their addresses.",
                    )  # fmt: skip
