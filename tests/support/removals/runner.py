"""Runs the tests that name a clause, once for each removal, in a forked process with the removal made."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import IO, Any

import pytest
from _pytest.runner import runtestprotocol

from tests.support import replay
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
_BROKEN = "cannot be tried: "


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
    red_anyway: dict[str, str] = field(default_factory=dict)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        removals = self._chosen()
        wanted = {clause for each in removals for clause in each.clauses}
        items = [item for item in session.items if _here(item) and _clauses(item) & wanted]
        self._warm_up(items)
        for item in items:
            for clause in _clauses(item) & wanted:
                self.by_clause.setdefault(clause, []).append(item)
        for number, removal in enumerate(removals, 1):
            self._try(removal, f"{number}/{len(removals)}")
            self.tried = number
            if number % 50 == 0:
                self._say(f"{number}/{len(removals)} tried, {len(self.holes)} holes")
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
        """Set up what the session shares (a template of the database) before the first fork."""
        one = next((each for each in items if "sqlite_url" in each.fixturenames), None)
        if one and (fault := _fault(one)):
            raise pytest.UsageError(f"{one.nodeid} is red without any removal: {fault}")
        replay.forget()  # what is repeated in a fork is worked out in it, with the removal made

    def _try(self, removal: Removal, number: str) -> None:
        named = dict.fromkeys(item for clause in removal.clauses for item in self.by_clause.get(clause, []))
        items = {item.nodeid: item for item in sorted(named, key=lambda item: _order(item, removal))}
        red = _forked(lambda: _first_red(removal, items.values()))
        while red in items and self._red_anyway(items[red]):
            del items[red]
            red = _forked(lambda: _first_red(removal, items.values()))
        if red.startswith(_BROKEN):
            self.broken.append(removal)
            self._say(f"{number} {removal}: {red}")
        elif not red:
            self.holes.append(removal)
            self._say(f"{number} HOLE {removal}")

    def _red_anyway(self, item: pytest.Item) -> bool:
        """Whether the test is red as things stand; then it shows nothing."""
        if item.nodeid not in self.red_anyway:
            self.red_anyway[item.nodeid] = fault = _forked(lambda: _fault(item))
            if fault:
                self._say(f"red without any removal: {item.nodeid}: {fault}")
        return bool(self.red_anyway[item.nodeid])

    def _say(self, text: str) -> None:
        print(text, file=self.out, flush=True)


def _clauses(item: pytest.Item) -> set[str]:
    return {clause for mark in item.iter_markers("clause") for clause in mark.args}


def _here(item: pytest.Item) -> bool:
    apart = any(item.get_closest_marker(name) for name in ("multi", "browser", "slow", "skip"))
    return not apart and not item.nodeid.startswith(_ELSEWHERE) and "postgresql" not in item.nodeid


def _order(item: pytest.Item, removal: Removal) -> tuple[bool, bool, bool]:
    """First what needs no database, then what is called like the place of the removal, the pages last."""
    fixtures = item.fixturenames
    return "sqlite_url" in fixtures, removal.about not in item.nodeid, item.nodeid.startswith("tests/admin")


def _first_red(removal: Removal, items: Iterable[pytest.Item]) -> str:
    """The first test that notices; nothing where none does."""
    try:
        removal.apply()
    except Exception as error:
        return f"{_BROKEN}{error}"
    return next((item.nodeid for item in items if _fault(item)), "")


def _fault(item: pytest.Item) -> str:
    """Run it; what was wrong, or nothing. All but what the session shares is torn down: no other is known to follow."""
    after: Any = item.session
    failed = [report for report in runtestprotocol(item, log=False, nextitem=after) if report.failed]
    return str(failed[0].longrepr).splitlines()[-1] if failed else ""


def _forked(work: Callable[[], str]) -> str:
    """What `work` answers in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as answers:
            answer = answers.read()
        os.waitpid(child, 0)
        return answer
    answer = f"{_BROKEN}its process ended"
    try:
        answer = work()
    finally:
        os.write(writing, answer.encode()[:4000])
        os._exit(0)
