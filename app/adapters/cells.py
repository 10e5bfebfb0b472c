"""Reading a list of people: its header, and each row cell by cell, with the faults in them (C12)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.adapters.spreadsheet import Cell, Header, Row, Sheet, Unreadable, find_header, read_sheets
from app.core import text
from app.core.faults import Fault, Note, file_fault
from app.core.text import clean, compact

EARLIEST, LATEST = date(1949, 10, 1), date(2099, 12, 31)


@dataclass(slots=True)
class CellReader:
    """The cells of one row by the names of their columns; what is wrong with them gathers in `faults`."""

    header: Header
    row: Row
    faults: list[Fault] = field(default_factory=list)

    def cell(self, column: str) -> Cell:
        return self.header.cell(self.row, column)

    def words_of(self, column: str) -> str:
        return text.compact(self.cell(column).text)

    def fault(self, column: str, zh: str, en: str, mend_zh: str, mend_en: str) -> None:
        self.faults.append(fault_at(self.cell(column), column, zh, en, mend_zh, mend_en))

    def too_long(self, column: str, most: int) -> None:
        self.fault(
            column, f"超过{most}个字。", f"it has more than {most} characters.", "请写简称。", "write a shorter form."
        )

    def free_of_errors(self) -> bool:
        for column in self.header.columns:
            if error := self.cell(column).error:
                self.fault(
                    column, f"单元格没有可用的值({error})。", f"the cell has no usable value ({error}).",
                    "请改成直接填写的值。", "type the value itself.",
                )  # fmt: skip
        return not self.faults

    def day(self, column: str, missing_zh: str, missing_en: str, what: str = "任职日期") -> date | None:
        """A day, typed as one or written as people write it."""
        cell = self.cell(column)
        form_zh, form_en = "请写成 2023-03-01 这样的日期。", "write a date like 2023-03-01."
        if isinstance(cell.value, date):
            found = cell.value
        elif cell.blank:
            self.fault(column, missing_zh, missing_en, form_zh, form_en)
            return None
        else:
            try:
                found = text.day(cell.text)
            except text.BadDay as problem:
                zh, en = "看不出是哪一天", "no day can be read"
                if problem.impossible:
                    zh, en = "日历上没有这一天", "there is no such day"
                self.fault(column, f"“{cell.text}”:{zh}。", f"“{cell.text}”: {en}.", form_zh, form_en)
                return None
        if not EARLIEST <= found <= LATEST:
            self.fault(column, f"{found}不可能是{what}。", f"{found} cannot be meant.", form_zh, form_en)
        return found

    def phone_of(self, column: str) -> str:
        cell = self.cell(column)
        number = text.phone(cell.text)
        if number is None and not cell.blank:
            self.fault(
                column, f"“{cell.text}”不是手机号码。", f"“{cell.text}” is no mobile number.",
                "请填写 1 开头的 11 位手机号码;没有就留空。", "write eleven digits that begin with 1, or nothing.",
            )  # fmt: skip
        return number or ""

    def mail_of(self, column: str) -> str:
        cell = self.cell(column)
        address = text.mail(cell.text)
        if address is None and not cell.blank:
            self.fault(
                column, f"“{cell.text}”不是邮箱地址。", f"“{cell.text}” is no mail address.",
                "请填写 name@example.cn 这样的地址;没有就留空。", "write an address like name@example.cn, or nothing.",
            )  # fmt: skip
        return address or ""

    def one_address(self, phone: str, mail: str) -> None:
        """Without a mobile number and a mail address namesakes cannot be told apart."""
        if self.cell(phone).blank and self.cell(mail).blank:
            self.fault(
                phone, "手机和邮箱都没有填,无法区分同名的人。",
                "neither mobile nor mail is given, so namesakes cannot be told apart.",
                "请至少填写一项。", "give at least one of them.",
            )  # fmt: skip


def fault_at(cell: Cell, column: str, zh: str, en: str, mend_zh: str, mend_en: str) -> Fault:
    return Fault(cell.row, cell.letter, column, cell.error or cell.text, zh, en, mend_zh, mend_en)


def header_faults(header: Header, columns: Collection[str], names_en: Mapping[str, str]) -> list[Fault]:
    """Columns that the header lacks, and those that stand there twice."""
    missing = [
        Fault(
            header.row, "", name, "",
            f"表头里没有“{name}”这一列。", f"the header has no column “{name}” ({names_en[name]}).",
            f"请在第{header.row}行加上“{name}”一列。", f"add the column “{name}” in row {header.row}.",
        )
        for name in columns if name not in header.columns
    ]  # fmt: skip
    twice = [
        fault_at(
            cell, compact(cell.text), "这一列出现了两次。", "this column stands there twice.",
            "请只留一列。", "keep only one of them.",
        )
        for cell in header.twice
    ]  # fmt: skip
    return missing + twice


def is_data(row: Row, header: Header, columns: Collection[str], footnotes: tuple[str, ...]) -> bool:
    """Neither blank nor a footnote; a running number alone, or the header repeated on a new page, is no data."""
    named = [header.cell(row, name) for name in header.columns if not header.cell(row, name).blank]
    if not named or all(cell.text in columns for cell in named):
        return False
    return not (len(row.filled) == 1 and clean(named[0].text).startswith(footnotes))


def the_sheet(path: Path, columns: Mapping[str, Sequence[str]], at_least: int) -> tuple[Sheet, Header, list[Note]]:
    """The first sheet with this header; a note names further ones, which are not read. Raises Unreadable."""
    sheets = read_sheets(path)
    found = [(sheet, header) for sheet in sheets if (header := find_header(sheet, columns, at_least))]
    if not found:
        raise Unreadable(_no_header(sheets, columns))
    (sheet, header), *further = found
    notes = []
    if further:
        others = "、".join(other.title for other, _ in further)
        notes.append(
            Note(None, f"只读取了工作表“{sheet.title}”,没有读取:{others}。",
                 f"Only the sheet “{sheet.title}” was read, not {others}.")
        )  # fmt: skip
    return sheet, header, notes


def _no_header(sheets: Sequence[Sheet], columns: Collection[str]) -> Fault:
    empty = not any(row.filled for sheet in sheets for row in sheet.rows)
    named = "、".join(columns)
    return file_fault(
        "工作簿里没有内容。" if empty else "没有找到表头。",
        "The workbook has no content." if empty else "No header row was found.",
        f"表头应在前 30 行之内,写有:{named}。", f"the header must stand within the first 30 rows and name {named}.",
    )  # fmt: skip


def no_rows() -> Fault:
    return file_fault(
        "表头下面没有人员。", "There are no people below the header.",
        "请在表头下面逐行填写。", "fill in rows below the header.",
    )  # fmt: skip
