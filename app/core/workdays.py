"""Working days and periods (C14).

Weekends that are worked (调休) cannot be computed, so the calendar is data: the days on which it differs from Monday to
Friday, and the years for which the State Council's notice is known. Beyond them only weekends are known, and every date
that touches such a year is provisional.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from types import MappingProxyType

from app.core import clock
from app.core.calendar_file import CalendarDay, parse_calendar_csv
from app.core.enforces import enforces

DAY = timedelta(days=1)
WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NOTICE_MONTH = 11  # the notice for a year comes out in November of the year before


@dataclass(frozen=True, slots=True)
class Due:
    """A due date, how it was reached, and whether a calendar still to come may move it."""

    date: date
    provisional: bool
    zh: str
    en: str

    def explanation(self, language: str = "zh") -> str:
        return self.zh if language == "zh" else self.en


@enforces("C14")
@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """`exceptions`: day -> is it worked. `years`: those whose notice is known."""

    exceptions: Mapping[date, bool]
    years: Collection[int]
    _turns: tuple[date, ...] = field(init=False, repr=False)
    _gains: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        turns = sorted(day for day, works in self.exceptions.items() if works != _is_weekday(day))
        steps = (1 if self.exceptions[day] else -1 for day in turns)
        for name, value in (
            ("exceptions", MappingProxyType(dict(self.exceptions))),
            ("years", frozenset(self.years)),
            ("_turns", tuple(turns)),
            ("_gains", tuple(accumulate(steps, initial=0))),
        ):
            object.__setattr__(self, name, value)

    def is_working(self, day: date) -> bool:
        return self.exceptions.get(day, _is_weekday(day))

    def next_working(self, day: date) -> date:
        """The day itself if it is worked, else the first worked day after it."""
        while not self.is_working(day):
            day += DAY
        return day

    def last_working(self, day: date) -> date:
        """The day itself if it is worked, else the last worked day before it."""
        while not self.is_working(day):
            day -= DAY
        return day

    def add(self, start: date, n: int) -> Due:
        """The n-th working day after the event; the day of the event is not counted.

        With n = 0 it is the day of the event itself, or the next working day if that is a day off.
        """
        end = self._nth(start, n, DAY) if n else self.next_working(start)
        return self._due(
            end,
            (start, end),
            f"自{start}起{n}个工作日 = {end}{self._kind_zh(end)}",
            f"{_count(n, 'working day')} from {start} = {end}, {self._kind_en(end)}",
        )

    def add_calendar_days(self, start: date, n: int) -> Due:
        """A period in days: the day of the event is not counted, an end on a day off moves to the next working day."""
        nominal = start + _not_negative(n) * DAY
        end = self.next_working(nominal)
        if end == nominal:
            zh = f"自{start}起{n}日 = {end}{self._kind_zh(end)}"
            en = f"{_count(n, 'day')} from {start} = {end}, {self._kind_en(end)}"
        else:
            zh = f"自{start}起{n}日,期满日{nominal}为休息日,顺延至{end}{self._kind_zh(end)}"
            en = f"{_count(n, 'day')} from {start} end on {nominal}, a day off; moved to {end}, {self._kind_en(end)}"
        return self._due(end, (nominal, end), zh, en)

    def due_before(self, x: date, n: int) -> Due:
        """The last day on which something is done “n working days before X”, with its explanation."""
        day = self._nth(x, n, -DAY) if n else x
        return self._due(
            day,
            (day, x),
            f"{x}之前{n}个工作日 = {day}{self._kind_zh(day)}",
            f"{_count(n, 'working day')} before {x} = {day}, {self._kind_en(day)}",
        )

    def before(self, x: date, n: int) -> date:
        """The n-th working day before X, X not counted; what is done by its end is done in time."""
        return self.due_before(x, n).date

    def fixed(self, day: date) -> Due:
        """A date set by a person: it is not moved, also when it is a day off."""
        text = f"指定日期 {day}{self._kind_zh(day)},不作调整"
        return Due(day, False, text, f"set by a person: {day}, {self._kind_en(day)}; not moved")

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days lie after A up to and including B; negative when B lies before A."""
        return self._elapsed(b) - self._elapsed(a)

    def with_days(self, days: Iterable[CalendarDay], years: Collection[int]) -> "WorkingCalendar":
        """This calendar with an imported notice: it replaces the `years` it holds in full and corrects single days."""
        kept = {day: works for day, works in self.exceptions.items() if day.year not in years}
        new = {day.date: day.is_working for day in days}
        return WorkingCalendar(kept | new, {*self.years, *years})

    def missing_year(self, now: datetime) -> int | None:
        """The year whose calendar the administrators must import: from 1 November the next, always the current."""
        today = clock.local_day(now)
        needed = (today.year, today.year + 1) if today.month >= _NOTICE_MONTH else (today.year,)
        return next((year for year in needed if year not in self.years), None)

    def _nth(self, day: date, n: int, step: timedelta) -> date:
        for _ in range(_not_negative(n)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def _elapsed(self, day: date) -> int:
        """Working days from the beginning of the calendar to this day: day 1 was a Monday."""
        weeks, rest = divmod(day.toordinal(), 7)
        return weeks * 5 + min(rest, 5) + self._gains[bisect_right(self._turns, day)]

    def _due(self, day: date, span: tuple[date, date], zh: str, en: str) -> Due:
        unknown = [year for year in range(span[0].year, span[1].year + 1) if year not in self.years]
        if not unknown:
            return Due(day, False, zh, en)
        named = "、".join(map(str, unknown)), " and ".join(map(str, unknown))
        return Due(day, True, f"{zh}(暂定:{named[0]}年放假安排尚未导入)",
                   f"{en} (provisional: the calendar of {named[1]} is not known)")  # fmt: skip

    def kind(self, day: date, language: str = "zh") -> str:
        """What day of the week it is, and whether the calendar says otherwise than the week."""
        return self._kind_zh(day)[1:-1] if language == "zh" else self._kind_en(day).partition(" ")[2]

    def _kind_zh(self, day: date) -> str:
        note = "" if self.is_working(day) == _is_weekday(day) else ",调休上班" if self.is_working(day) else ",放假"
        return f"({WEEKDAYS_ZH[day.weekday()]}{note})"

    def _kind_en(self, day: date) -> str:
        name = WEEKDAYS_EN[day.weekday()]
        if self.is_working(day) == _is_weekday(day):
            return f"a {name}"
        return f"a working {name}" if self.is_working(day) else f"a {name} off"


@enforces("C14")
def is_late(due: date, now: datetime) -> bool:
    """A due day ends at 24:00 in Shanghai; late begins the next day, worked or not."""
    return clock.local_day(now) > due


@lru_cache(maxsize=1)
def shipped() -> WorkingCalendar:
    """The calendar that comes with the program."""
    calendar = WorkingCalendar({}, ())
    folder = files("app.core") / "data" / "calendar"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".csv"):
            read = parse_calendar_csv(file.read_text("utf-8"))
            if read.faults:
                raise ValueError(f"shipped calendar {file.name}, row {read.faults[0].row}: {read.faults[0].en}")
            calendar = calendar.with_days(read.days, read.years)
    return calendar


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5


def _not_negative(n: int) -> int:
    if n < 0:
        raise ValueError(f"a period cannot have {n} days")
    return n


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
