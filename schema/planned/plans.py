"""Plans: made once for a query, its variables' form and a kind of asker; then only parameters are filled in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.queries.planner.statement import Statement
from schema.planned.computed import Fix
from schema.planned.variables import Bind


@dataclass(frozen=True, slots=True)
class Plan:
    """One statement, how its parameters are found, and what Python does with the answer: usually nothing."""

    statement: Statement
    binds: tuple[tuple[str, Bind], ...]
    fix: Fix | None
    beside: bool
    """Whether the answer comes with what was fetched beside it."""
    marked: bool
    """Whether rows of matters are among it, each with its mark."""
    spoken: Callable[[Mapping[str, Any]], Any] | None
    """The whole answer from the parameters alone, where it needs no statement."""

    def arguments(self, standing: Mapping[str, Any], values: Mapping[str, Any]) -> list[Any]:
        if not self.binds:
            return self.statement.arguments(standing)
        return self.statement.arguments({**standing, **{name: bind(values) for name, bind in self.binds}})


@dataclass(frozen=True, slots=True)
class NoPlan:
    """Why this query is left to the resolvers; kept, so that nobody tries again."""

    because: str
