"""Says, beside the code itself, which clauses of the rulebook a function or class enforces.

Table rows, guards and policy lines carry their clause as data. What is neither (a job, a filter, a service with a
payload) is marked with `@enforces("C2")`. The mark costs nothing when the code runs: the decorated object is handed
back as it was. `python -m app rules --coverage` reads the register.
"""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T", bound=Callable[..., Any])

_register: dict[str, tuple[str, ...]] = {}


def enforces(*clauses: str) -> Callable[[T], T]:
    """Mark a function or class as the place where these clauses are enforced."""
    if not clauses:
        raise ValueError("enforces() needs at least one clause id")

    def mark(target: T) -> T:
        _register[f"{target.__module__}.{target.__qualname__}"] = clauses
        return target

    return mark


def enforced() -> dict[str, tuple[str, ...]]:
    """Qualified name -> clause ids, of every module imported so far."""
    return dict(_register)
