"""The league table of units and punctuality over time, by one formula that is shown with them (C3)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.enforces import enforces
from app.queries.results import Result

FORMULA = (
    "按时率 = 按时报告办结的事项数 ÷ 到期事项数 × 100%。"
    "到期:完成时限(准予延期的按新时限)在统计期内,且已到期或者已报告办结;"
    "按时:未被退回的办结报告在时限当日24:00前提交;拟办、中止、撤销的不计。",
    "Punctuality = directives reported complete in time ÷ directives due × 100 %. "
    "Due: the date in force (the new one where more time was granted) lies in the period, and has come or completion "
    "is reported; in time: the completion report that was not returned came by the end of that day; drafts, suspended "
    "and withdrawn ones do not count.",
)


@dataclass(frozen=True, slots=True)
class Score:
    due: int
    in_time: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.in_time / self.due, 1) if self.due else None


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in the league. Without anything due it has no rank; equal scores share one."""

    rank: int | None
    unit: str
    score: Score
    open: int
    overdue: int
    closed: int


@dataclass(frozen=True, slots=True)
class Month:
    """`first` is the month's first day."""

    first: date
    score: Score


def _is_due(row: Result, start: date, end: date, day: date) -> bool:
    due = row.row.due_on
    return row.counts and due is not None and start <= due <= end and (due < day or row.completed_on is not None)


@enforces("C3")
def score(rows: Iterable[Result], start: date, end: date, day: date) -> Score:
    """The formula. A day that is due has come when it is over."""
    due = [row for row in rows if _is_due(row, start, end, day)]
    return Score(len(due), sum(row.in_time for row in due))


@enforces("C3")
def league(rows: Sequence[Result], start: date, end: date, day: date) -> list[Place]:
    """The most punctual first; of equals the one with more that was due in time."""
    by_unit: dict[str, list[Result]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit].append(row)
    scored = [(unit, each, score(each, start, end, day)) for unit, each in by_unit.items()]
    scored.sort(key=lambda item: (-(item[2].percent or 0), not item[2].due, -item[2].in_time, item[0]))
    return [_place(scored, number) for number in range(len(scored))]


def _place(scored: list[tuple[str, list[Result], Score]], number: int) -> Place:
    unit, rows, points = scored[number]
    first = next(at for at, (_, _, other) in enumerate(scored) if other == points)
    return Place(
        first + 1 if points.due else None, unit, points, sum(row.open for row in rows),
        sum(row.light == "red" for row in rows), sum(row.row.state == "closed" for row in rows),
    )  # fmt: skip


def month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def months_back(day: date, count: int) -> list[date]:
    """The first days of the last so many months, the present one last."""
    found = [day.replace(day=1)]
    while len(found) < count:
        found.insert(0, (found[0] - timedelta(days=1)).replace(day=1))
    return found


@enforces("C3")
def punctuality(rows: Sequence[Result], day: date, months: int) -> list[Month]:
    return [Month(first, score(rows, first, month_end(first), day)) for first in months_back(day, months)]
