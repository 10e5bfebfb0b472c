"""Runs the tests that name a clause, once for each removal, in a forked process with the removal made."""

import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pytest
from _pytest.runner import runtestprotocol

from tests.support.removals.removal import Removal

# A removal lives in one process; what starts others, or a browser, cannot see it.
_ELSEWHERE = (
    "tests/multi/",
    "tests/browser/",
    "tests/cli/",
    "tests/scenarios/test_tour",
    "tests/scenarios/test_docs",
    "tests/jobs/test_queue",
)
_RED, _GREEN, _BROKEN = 0, 1, 2


@dataclass
class Trial:
    """A pytest plugin: pytest collects, and then this runs instead of its loop."""

    clauses: list[str]
    kinds: list[str]
    name: str
    out: IO[str]
    tried: int = 0
    holes: list[Removal] = field(default_factory=list)
    broken: list[Removal] = field(default_factory=list)
    by_clause: dict[str, list[pytest.Item]] = field(default_factory=dict)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        removals = self._chosen()
        wanted = {clause for each in removals for clause in each.clauses}
        items = [item for item in session.items if _here(item) and _clauses(item) & wanted]
        self._warm_up(items)
        seconds = self._durations(items)
        for item in sorted(items, key=lambda each: seconds[each.nodeid]):
            for clause in _clauses(item) & wanted:
                self.by_clause.setdefault(clause, []).append(item)
        for number, removal in enumerate(removals, 1):
            self._try(removal, f"{number}/{len(removals)}")
            self.tried = number
        return True

    def _chosen(self) -> list[Removal]:
        from tests.support.removals.every import every  # not before pytest has set up its rewriting of asserts

        return [
            each
            for each in every()
            if (not self.clauses or set(each.clauses) & set(self.clauses))
            and (not self.kinds or each.kind in self.kinds)
            and self.name in each.name
        ]

    def _warm_up(self, items: list[pytest.Item]) -> None:
        """Set up what the session shares (a template of the database, Valkey) before the first fork."""
        for shared in ("sqlite_url", "valkey_url"):
            one = next((each for each in items if shared in each.fixturenames), None)  # type: ignore[attr-defined]
            if one:
                _passes(one)

    def _durations(self, items: list[pytest.Item]) -> dict[str, float]:
        """How long each takes; all must be green as things stand."""
        with tempfile.NamedTemporaryFile("r", suffix=".json") as file:

            def measure() -> int:
                seconds = {}
                for item in items:
                    began = time.perf_counter()
                    if fault := _fault(item):
                        print(f"red without any removal: {item.nodeid}: {fault}", file=self.out, flush=True)
                        seconds[item.nodeid] = -1.0
                    else:
                        seconds[item.nodeid] = time.perf_counter() - began
                Path(file.name).write_text(json.dumps(seconds), "utf-8")
                return _GREEN

            _forked(measure)
            found: dict[str, float] = json.loads(Path(file.name).read_text("utf-8"))
        if any(each < 0 for each in found.values()):
            raise pytest.UsageError("a removal shows nothing where tests are red without it")
        return found

    def _try(self, removal: Removal, number: str) -> None:
        items = dict.fromkeys(item for clause in removal.clauses for item in self.by_clause.get(clause, []))

        def run() -> int:
            try:
                removal.apply()
            except Exception as error:
                print(f"cannot be tried: {removal}: {error}", file=self.out, flush=True)
                return _BROKEN
            return _GREEN if all(_passes(item) for item in items) else _RED

        answer = _forked(run)
        if answer == _GREEN:
            self.holes.append(removal)
            print(f"{number} HOLE {removal}", file=self.out, flush=True)
        elif answer != _RED:
            self.broken.append(removal)


def _clauses(item: pytest.Item) -> set[str]:
    return {clause for mark in item.iter_markers("clause") for clause in mark.args}


def _here(item: pytest.Item) -> bool:
    apart = any(item.get_closest_marker(name) for name in ("multi", "browser", "slow", "skip"))
    return not apart and not item.nodeid.startswith(_ELSEWHERE) and "postgresql" not in item.nodeid


def _fault(item: pytest.Item) -> str:
    """Run it; what was wrong, or nothing. All but what the session shares is torn down: no other is known to follow."""
    after: Any = item.session
    failed = [report for report in runtestprotocol(item, log=False, nextitem=after) if report.failed]
    return str(failed[0].longrepr).splitlines()[-1] if failed else ""


def _passes(item: pytest.Item) -> bool:
    return not _fault(item)


def _forked(work: Callable[[], int]) -> int:
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = _BROKEN
    try:
        code = work()
    finally:
        os._exit(code)
