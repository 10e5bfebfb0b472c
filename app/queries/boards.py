"""Boards of directives: by lead unit, by decision, by the leader who issued them (C3)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.enforces import enforces
from app.queries.results import Result

LIGHTS = ("red", "yellow", "green", "grey")
ASSIGNED = ("交办(没有议定事项)", "Assigned, without a decision")
BY: dict[str, Callable[[Result], str]] = {
    "unit": lambda each: each.unit,
    "decision": lambda each: each.decision,
    "leader": lambda each: each.issuer,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a board: its directives, the most urgent first. An empty name: no decision is behind them, or none
    that the viewer may see."""

    name: str
    rows: tuple[Result, ...]

    @property
    def lights(self) -> dict[str, int]:
        found = Counter(row.light for row in self.rows if row.open)
        return {name: found[name] for name in LIGHTS}

    @property
    def open(self) -> int:
        return sum(row.open for row in self.rows)

    @property
    def closed(self) -> int:
        return sum(row.row.state == "closed" for row in self.rows)


def urgency(each: Result) -> tuple[bool, int, date, str]:
    return not each.open, LIGHTS.index(each.light), each.row.due_on or date.max, each.row.title


@enforces("C3")
def board(rows: Sequence[Result], by: str) -> list[Column]:
    """The columns with the most overdue first."""
    found: dict[str, list[Result]] = defaultdict(list)
    for row in rows:
        found[BY[by](row)].append(row)
    columns = [Column(name, tuple(sorted(each, key=urgency))) for name, each in found.items()]
    return sorted(columns, key=lambda column: (-column.lights["red"], -column.lights["yellow"], column.name))
