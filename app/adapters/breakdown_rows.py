"""One row of a task breakdown, read cell by cell; a cell that cannot be meant is a fault (C12, C19).

What a cell leaves open is no fault: it is carried on, and becomes a question on the draft.
"""

from dataclasses import dataclass, field

from app.adapters import breakdown_columns as words
from app.adapters.cells import CellReader, fault_at
from app.adapters.spreadsheet import Cell
from app.core import text
from app.core.deadlines import Deadline, read_deadline
from app.core.faults import Fault

LONGEST_TITLE, LONGEST_REQUIREMENT = 200, 500


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """A task as it stands in the sheet; `cooperating` are the names of the cell, one each."""

    row: int
    title: str
    requirement: str
    lead: str
    cooperating: tuple[str, ...]
    due_text: str
    deadline: Deadline
    period: str
    cells: dict[str, Cell] = field(compare=False, repr=False, default_factory=dict)

    def fault(self, column: str, zh: str, en: str, mend_zh: str, mend_en: str) -> Fault:
        return fault_at(self.cells[column], column, zh, en, mend_zh, mend_en)


@dataclass(slots=True)
class RowReader(CellReader):
    """Reads the cells of one row; `year` is the one that the sheet's title names."""

    year: int | None = None

    def read(self) -> BreakdownRow | None:
        """The row as it is meant, or None when something in it must be mended first."""
        if not self.free_of_errors():
            return None
        title = self._line(words.TITLE, LONGEST_TITLE)
        requirement = self._line(words.REQUIREMENT, LONGEST_REQUIREMENT)
        lead, deadline, period = self._lead(), self._deadline(), self._period()
        if not title:
            self.fault(words.TITLE, "没有填工作任务。", "the task is missing.", "请填写任务名称。", "name the task.")
        if self.faults or deadline is None or period is None:
            return None
        cooperating = unit_names(self.cell(words.COOPERATING))
        cells = {column: self.cell(column) for column in words.COLUMNS}
        return BreakdownRow(
            self.row.number, title, requirement, lead, cooperating, self.words_of(words.DUE), deadline, period, cells
        )

    def _line(self, column: str, most: int) -> str:
        written = self.words_of(column)
        if len(written) > most:
            self.fault(
                column, f"超过{most}个字。", f"it has more than {most} characters.", "请精简。", "write it shorter."
            )
        return written

    def _lead(self) -> str:
        """Exactly one unit leads (C19)."""
        names = unit_names(self.cell(words.LEAD))
        if not names:
            self.fault(
                words.LEAD, "没有填牵头单位。", "the lead unit is missing.",
                "请填写一个牵头单位。", "write the one unit that leads.",
            )  # fmt: skip
            return ""
        if len(names) > 1:
            self.fault(
                words.LEAD, f"牵头单位只能有一个,这里写了{len(names)}个。",
                f"there is exactly one lead unit (C19); here are {len(names)}.",
                "请只留一个,其余写到配合单位。", "keep one and write the others among the cooperating units.",
            )  # fmt: skip
        return names[0]

    def _deadline(self) -> Deadline | None:
        cell = self.cell(words.DUE)
        try:
            return read_deadline(cell.text, self.year)
        except text.BadDay as problem:
            zh, en = "看不出是什么时候", "no date can be read"
            if problem.impossible:
                zh, en = "日历上没有这一天", "there is no such day"
            self.fault(
                words.DUE, f"“{cell.text}”:{zh}。", f"“{cell.text}”: {en}.",
                "请写成 2027-09-30、2027年底这样的时限,或写“长期坚持”;还定不下来的留空。",
                "write a date such as 2027-09-30 or 2027年底, or 长期坚持; leave it blank where it is still open.",
            )  # fmt: skip
            return None

    def _period(self) -> str | None:
        written = self.words_of(words.PERIOD)
        if written in words.PERIODS:
            return words.PERIODS[written]
        self.fault(
            words.PERIOD, f"不认识的反馈周期“{written}”。", f"unknown period of reports “{written}”.",
            f"可用的有:{words.PERIOD_CHOICES};不要求定期报告的留空。",
            f"known are {words.PERIOD_CHOICES}; leave it blank where no reports are asked for.",
        )  # fmt: skip
        return None


def unit_names(cell: Cell) -> tuple[str, ...]:
    """The names that stand in one cell, between 、 or commas or on lines of their own; none twice."""
    if isinstance(cell.value, str):
        lines = [text.compact(line) for line in cell.value.splitlines()]
        written = "\n".join(line for line in lines if line)
    else:
        written = text.compact(cell.text)
    names = [name.strip("。. ") for name in words.BETWEEN_UNITS.split(written)]
    return tuple(dict.fromkeys(name for name in names if name and name not in ("-", "—", "无")))
