"""Plans: made once for a query, its variables' form and a kind of asker; then only parameters are filled in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.models.readers import Asked
from app.queries.planner.statement import Statement, together
from schema.planned.computed import Fix
from schema.planned.variables import Bind

OFTEN = 3


@dataclass(slots=True, eq=False)
class Plan:
    """One statement, how its parameters are found, and what Python does with the answer: usually nothing."""

    statement: Statement
    binds: tuple[tuple[str, Bind], ...]
    fix: Fix | None
    beside: bool
    """Whether the answer comes with what was fetched beside it."""
    marked: bool
    """Whether rows of matters are among it, those that are restricted with a mark."""
    marked_beside: bool
    """Whether a mark may stand by itself."""
    spoken: Callable[[Mapping[str, Any]], Any] | None
    """The whole answer from the parameters alone, where it needs no statement."""
    used: int = 0
    _beside: Statement | None = None

    def arguments(self, standing: Mapping[str, Any], values: Mapping[str, Any]) -> list[Any]:
        return self.statement.arguments(self._given(standing, values))

    def _given(self, standing: Mapping[str, Any], values: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**standing, **{name: bind(values) for name, bind in self.binds}} if self.binds else standing

    def asked_with(self, who: Statement, standing: Mapping[str, Any], values: Mapping[str, Any]) -> Asked:
        """One row that tells who asks, and what he may be told if it is he."""
        if self._beside is None:
            self._beside = together(who, self.statement)
        return self._beside.text, self._beside.arguments(self._given(standing, values))


@dataclass(frozen=True, slots=True)
class NoPlan:
    """Why this query is left to the resolvers; kept, so that nobody tries again."""

    because: str
