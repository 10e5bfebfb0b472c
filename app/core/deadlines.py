"""When a task of a breakdown is due, in every habit of writing: a day, a month, a quarter, the end of a year, 长期坚持.

What names more than one day means its last one. What names no year takes the year that the plan's title gives.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from app.core.text import BadDay, compact, day

_OPEN = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "/",
        "无",
        "待定",
        "未定",
        "另定",
        "另行确定",
        "另行通知",
        "尽快",
        "适时",
        "视情",
        "按要求",
    }
)
_STANDING = re.compile(r"(?:长期|持续|常态|常年|经常)")
_YEARLY = re.compile(r"每年的?")
_BEFORE = re.compile(r"(?:以前|之前|前完成|完成|前|为止|止)$")
_DAY = re.compile(r"(?:(?P<y>\d{4})年?)?(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?")
_MONTH = re.compile(r"(?=\d{4}|.*月)(?:(?P<y>\d{4})[年.\-/])?(?P<m>\d{1,2})月?(?P<part>底|末|份|上旬|中旬|下旬|中)?")
_QUARTER = re.compile(r"(?:(?P<y>\d{4})年)?第?(?P<q>[一二三四1-4])季度?(?:底|末)?")
_HALF = re.compile(r"(?:(?P<y>\d{4})年)?(?P<half>上半年|下半年)(?:底|末)?")
_YEAR = re.compile(r"(?P<y>\d{4})年?(?:年?底|年?末|内|全年)?|(?:全年|年内|年底|年末|当年底)")
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_LEAP = 2024  # what no year has, such as 13月, is impossible also where the year is not known
_PARTS = {"上旬": 10, "中旬": 20, "中": 15}


@dataclass(frozen=True, slots=True)
class Deadline:
    """`day` is None where the text leaves it open. `literal`: the text names that very day, year included.

    `standing`: work that goes on (长期坚持); `day` is then its review, where the text names one.
    """

    day: date | None = None
    standing: bool = False
    literal: bool = False
    lacks_year: bool = False


def read_deadline(text: str, year: int | None) -> Deadline:
    """Raises BadDay for what cannot be meant."""
    words = compact(text).strip("。;,、()")
    if words in _OPEN:
        return Deadline()
    if _STANDING.match(words):
        return Deadline(standing=True)
    if found := _YEARLY.match(words):
        return _yearly(words[found.end() :], year)
    words = _BEFORE.sub("", words)
    try:
        return Deadline(day(words), literal=True)
    except BadDay as problem:
        if problem.impossible:
            raise
    return _part_of_a_year(words, year)


def _yearly(words: str, year: int | None) -> Deadline:
    """'每年12月31日' is standing work with its review; a bare '每年' leaves the day open."""
    if not words:
        return Deadline(standing=True)
    found = _part_of_a_year(_BEFORE.sub("", words), year)
    return Deadline(found.day, standing=True, lacks_year=found.lacks_year)


def _part_of_a_year(words: str, year: int | None) -> Deadline:
    for pattern, last_day in ((_DAY, _exact), (_MONTH, _in_month), (_QUARTER, _quarter), (_HALF, _half), (_YEAR, _end)):
        if found := pattern.fullmatch(words):
            named = int(found["y"]) if found["y"] else year
            try:
                reached = last_day(found, named or _LEAP)
            except ValueError:
                raise BadDay(words, impossible=True) from None
            return Deadline(reached) if named else Deadline(lacks_year=True)
    raise BadDay(words, impossible=False)


def _exact(found: re.Match[str], year: int) -> date:
    return date(year, int(found["m"]), int(found["d"]))


def _in_month(found: re.Match[str], year: int) -> date:
    month = int(found["m"])
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, _PARTS.get(found["part"] or "", calendar.monthrange(year, month)[1]))


def _quarter(found: re.Match[str], year: int) -> date:
    number = _NUMBERS.get(found["q"]) or int(found["q"])
    return date(year, number * 3, calendar.monthrange(year, number * 3)[1])


def _half(found: re.Match[str], year: int) -> date:
    return date(year, 6, 30) if found["half"] == "上半年" else date(year, 12, 31)


def _end(found: re.Match[str], year: int) -> date:
    return date(year, 12, 31)
