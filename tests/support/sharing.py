"""What each test would work out anew and is the same for all: compiled statements, the compiled policy.

Each test has databases, and so engines, of its own. SQLAlchemy keeps compiled statements by engine and dialect; here
all engines of one kind share them, which saves a seventh of the whole run.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.engine.base import Engine
from sqlalchemy.util import LRUCache

import app.policy

_KINDS: tuple[type[Any], ...] = (PGDialect_asyncpg, SQLiteDialect_aiosqlite)
_STATEMENTS: dict[type[Any], Any] = {kind: LRUCache(4000) for kind in _KINDS}


def share() -> None:
    """Once for each process of a run."""
    for kind in _KINDS:
        kind.__eq__ = lambda self, other: type(self) is type(other)
        kind.__hash__ = lambda self: hash(type(self))
    made = Engine.__init__

    def made_sharing(self: Engine, *given: Any, **named: Any) -> None:
        made(self, *given, **named)
        self._compiled_cache = _STATEMENTS.get(type(self.dialect), self._compiled_cache)

    Engine.__init__ = made_sharing
    compiled = lru_cache(maxsize=32)(app.policy.compile_policy)

    def compiled_once(lines: Sequence[app.policy.Line], version: int = 0) -> app.policy.Policy:
        return compiled(tuple(lines), version)

    app.policy.compile_policy = compiled_once
