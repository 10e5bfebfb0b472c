"""One removal: what was taken away, how to take it away, and the clauses whose tests may notice."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Removal:
    clauses: tuple[str, ...]
    kind: str  # "row", "guard", "policy", "code"
    name: str
    apply: Callable[[], None]
    about: str = ""  # a word of the file names of the tests that are likely to notice

    def __str__(self) -> str:
        return f"{'/'.join(self.clauses):9} {self.kind:6} {self.name}"
