"""The whole installation, row by row: who is there, and what eight leading groups have dealt with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from app.models.records import Part
from benchmarks.data.keys import Keys
from benchmarks.data.words import Words

Model = type[SQLModel]
TOKEN = "the-benchmark's-own-session"  # noqa: S105 - of a made-up person in a database that is thrown away


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made. The full size is the one that `make bench-reads` is judged by."""

    groups: int = 8
    units: int = 200
    people: int = 2000
    meetings: int = 2000
    called: int = 40
    motions: int = 10  # on each agenda
    opinions: int = 3  # on each motion
    directives: int = 2  # from each decision
    assigned: int = 2000  # directives without a decision behind them (B2.7)
    reports: int = 3  # on each directive
    documents: int = 3  # from each meeting
    growth: tuple[int, ...] = (2_000, 20_000, 200_000)


FULL = Size()
QUICK = Size(groups=2, units=60, people=150, meetings=24, called=12, assigned=20, growth=(1_100, 2_200))


class Rows:
    """Rows by table: the columns that are named, and tuples in their order."""

    def __init__(self) -> None:
        self.columns: dict[Model, tuple[str, ...]] = {}
        self.tuples: dict[Model, list[tuple[Any, ...]]] = defaultdict(list)

    def add(self, model: Model, **values: Any) -> None:
        names = self.columns.setdefault(model, tuple(values))
        assert names == tuple(values), (model, names, tuple(values))
        self.tuples[model].append(tuple(values.values()))


class World:
    """What is being made; `rows` at the end holds all of it."""

    def __init__(self, size: Size, seed: int = 20260302) -> None:
        self.size = size
        self.rows = Rows()
        self.words = Words(seed)
        self.keys = Keys(seed + 1)
        self.random = self.words.random
        self.disclosure = "internal"
        self.rows.columns[Part] = ("id", "noun", "object_id", "holder", "in_force", "clause", "since")

    def add(self, model: Model, at: datetime, **values: Any) -> UUID:
        """A row with a key of its time."""
        key = self.keys.at(at)
        self.rows.add(model, id=key, **values)
        return key

    def stateful(self, model: Model, at: datetime, group_id: UUID, state: str, drafter: Any, **values: Any) -> UUID:
        since = {"state_since": at, "drafter_id": drafter, "created_at": at, "disclosure": self.disclosure}
        return self.add(model, at, group_id=group_id, state=state, **since, **values)

    def give(self, noun: str, object_id: UUID, at: datetime, holders: Iterable[str]) -> None:
        """Part in a matter (A4.4)."""
        parts = self.rows.tuples[Part]
        for holder in holders:
            parts.append((self.keys.at(at), noun, object_id, holder, True, "A4.4", at))
