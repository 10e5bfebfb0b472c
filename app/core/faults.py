"""What is wrong with a file that somebody hands in: where, what, and how to mend it (C12)."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `row` is the number that the spreadsheet program shows; None: the file as a whole."""

    row: int | None
    column_letter: str
    column_name: str
    value: str
    zh: str
    en: str
    mend_zh: str
    mend_en: str

    @property
    def place_zh(self) -> str:
        if self.row is None:
            return "整个文件"
        column = f"{self.column_letter}列" if self.column_letter else ""
        name = f"“{self.column_name}”" if self.column_name else ""
        return f"第{self.row}行{column}{name}"

    @property
    def place_en(self) -> str:
        if self.row is None:
            return "the whole file"
        return f"row {self.row}" + (f", column {self.column_letter}" if self.column_letter else "")

    def sentence(self, language: str = "zh") -> str:
        if language == "zh":
            return f"{self.place_zh}:{self.zh} 改法:{self.mend_zh}"
        return f"{self.place_en}: {self.en} To mend it: {self.mend_en}"

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was understood in a way the sender may want to know. Nothing needs mending."""

    row: int | None
    zh: str
    en: str

    def sentence(self, language: str = "zh") -> str:
        if language == "zh":
            return f"第{self.row}行:{self.zh}" if self.row else self.zh
        return f"row {self.row}: {self.en}" if self.row else self.en

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def file_fault(zh: str, en: str, mend_zh: str, mend_en: str) -> Fault:
    return Fault(None, "", "", "", zh, en, mend_zh, mend_en)


def in_order(faults: list[Fault]) -> list[Fault]:
    """From the top of the sheet to its bottom, from left to right, the whole file first."""
    return sorted(faults, key=lambda fault: (fault.row or 0, len(fault.column_letter), fault.column_letter))
