"""SQLite without a hop to another thread for each call: a quarter of the time of a test that writes much.

aiosqlite hands every call to a thread, five of them for one statement. What SQLite answers in microseconds is called
where it is asked here. Only the beginning of a write may have to wait for another writer, and still waits in the
thread, so that two units of work in one loop take turns as they do in an installation.
"""

from collections.abc import Callable
from typing import Any

from aiosqlite.core import Connection

_in_thread = Connection._execute


async def _execute(self: Connection, call: Callable[..., Any], *args: Any, **named: Any) -> Any:
    waits = args and isinstance(args[0], str) and args[0].startswith("BEGIN IMMEDIATE")
    if waits or not self._running or self._connection is None:
        return await _in_thread(self, call, *args, **named)
    return call(*args, **named)


def inline() -> None:
    """Once for each process of a run."""
    Connection._execute = _execute
