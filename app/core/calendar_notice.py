"""The yearly notice of holidays as the State Council words it, read as text (C14).

One numbered line a holiday, such as "一、元旦:1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班。"; what it
says of a day is held against the calendar: the day of the week, how many days there are, that only weekends are worked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.core.calendar_file import CalendarDay, CalendarFile, complete_years
from app.core.faults import Fault, file_fault, in_order
from app.core.text import clean

DAY = timedelta(days=1)
_YEAR = re.compile(r"(20\d\d)年")
_HOLIDAY = re.compile(r"^[一二三四五六七八九十]+、([^:]{1,20}):(.+)$")
_NOTE = r"(?:\(([^()]*)\))?"
_SPAN = re.compile(
    rf"(?:(?P<year>\d{{4}})年)?(?:(?P<month>\d{{1,2}})月)(?P<day>\d{{1,2}})日{_NOTE}"
    rf"(?:至(?:(?P<year2>\d{{4}})年)?(?:(?P<month2>\d{{1,2}})月)?(?P<day2>\d{{1,2}})日{_NOTE})?"
)
_COUNT = re.compile(r"共(\d+)天|放假(\d+)天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_NAMES = "一二三四五六日"


def parse_calendar_notice(content: str) -> CalendarFile:
    """Days off and worked weekends of the year that the notice names first; every fault by its line."""
    return _Notice().read(content)


@dataclass(slots=True)
class _Notice:
    year: int = 0
    days: dict[date, CalendarDay] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def read(self, content: str) -> CalendarFile:
        named = _YEAR.search(clean(content))
        if named is None:
            self._whole(
                "没有写明年份。", "It names no year.", "补上标题,如“关于2027年部分节假日安排的通知”。", "Add its title."
            )
            return CalendarFile(0, (), tuple(self.faults))
        self.year = int(named[1])
        lines = 0
        for number, line in enumerate(content.splitlines(), start=1):
            found = _HOLIDAY.match(clean(line).replace(" ", ""))
            if found:
                lines += 1
                self._holiday(number, found[1], found[2])
        return self._checked(lines)

    def _checked(self, lines: int) -> CalendarFile:
        days = tuple(sorted(self.days.values(), key=lambda day: day.date))
        if not self.faults and self.year not in complete_years(days):
            self._whole(
                "没有一个年份是完整的:元旦、劳动节、国庆节都应列为放假。",
                "No year is complete: 1 January, 1 May and 1 October must be off.",
                "补全通知全文,每个节日一行,如“一、元旦:1月1日放假。”",
                "Give the whole notice, a numbered line for each holiday.",
            )
        return CalendarFile(lines, days, tuple(in_order(self.faults)))

    def _holiday(self, line: int, name: str, words: str) -> None:
        for sentence in words.replace(";", "。").split("。"):
            if "放假" in sentence:
                self._off(line, name, sentence)
            elif sentence.endswith("上班"):
                for day in self._spans(line, sentence):
                    self._keep(line, day, True, name)

    def _off(self, line: int, name: str, sentence: str) -> None:
        days = list(self._spans(line, sentence.partition("放假")[0]))
        count = _COUNT.search(sentence)
        said = int(count[1] or count[2]) if count else len(days)
        if not days or said != len(days):
            self._fault(
                line, sentence, f"写的是{said}天,列出的是{len(days)}天。", f"It says {said} days and lists {len(days)}."
            )
        for day in days:
            self._keep(line, day, False, name)

    def _spans(self, line: int, words: str) -> Iterator[date]:
        for span in _SPAN.finditer(words):
            try:
                first, last = self._ends(span)
            except ValueError:
                self._fault(line, span[0], "日历上没有这一天。", "There is no such day.")
                continue
            self._hold_weekday(line, first, span[4] or "")
            self._hold_weekday(line, last, (span[8] or "") if span["day2"] else "")
            if last < first or (last - first).days > 31:
                self._fault(line, span[0], "起止日期不合理。", "The span of days is not plausible.")
                continue
            yield from (first + number * DAY for number in range((last - first).days + 1))

    def _ends(self, span: "re.Match[str]") -> tuple[date, date]:
        year, month = int(span["year"] or self.year), int(span["month"])
        first = date(year, month, int(span["day"]))
        if not span["day2"]:
            return first, first
        return first, date(int(span["year2"] or year), int(span["month2"] or month), int(span["day2"]))

    def _hold_weekday(self, line: int, day: date, note: str) -> None:
        named = _WEEKDAY.search(note)
        if named and _NAMES[day.weekday()] != named[1].replace("天", "日"):
            self._fault(line, f"{day}({note})", f"这一天是周{_NAMES[day.weekday()]}。", f"It is a {day:%A}.")

    def _keep(self, line: int, day: date, working: bool, name: str) -> None:
        if working and day.weekday() < 5:
            self._fault(line, str(day), "这一天不是周末,本来就上班。", "This is no weekend day; it is worked anyway.")
        elif day in self.days:
            self._fault(line, str(day), "这一天已经列出。", "This day is listed already.")
        else:
            self.days[day] = CalendarDay(day, working, f"{name}调休" if working else name)

    def _fault(self, line: int, value: str, zh: str, en: str) -> None:
        mend = "对照国务院办公厅通知原文核对。", "Compare it with the notice."
        self.faults.append(Fault(line, "", "", value, f"“{value}”:{zh}", f"“{value}”: {en}", *mend))

    def _whole(self, zh: str, en: str, mend_zh: str, mend_en: str) -> None:
        self.faults.append(file_fault(zh, en, mend_zh, mend_en))
