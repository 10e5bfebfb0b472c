"""Collects what enforces clauses: table rows, guards, policy lines, and code marked with `@enforces`."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from app.core.enforces import enforced
from app.policy import FOLDER, seed_lines
from app.rules.catalogue import TABLES
from app.rules.check import Line
from app.rules.coverage import Enforcement
from app.services.guards import GUARDS

ROOT = Path(__file__).resolve().parents[2]
POLICIES = FOLDER
TESTS = ROOT / "tests"
# Entry points and migrations act when imported, or import this module; they enforce nothing themselves.
_NOT_IMPORTED = ("app.main", "app.worker", "app.cli", "app.__main__", "app.models.migrations")


def enforcements() -> Iterator[Enforcement]:
    """Everything that enforces a clause, in the order in which a reader would look for it."""
    for table in TABLES.values():
        for step in table.steps:
            yield Enforcement(step.clause, "table row", f"{table.noun}:{step.action}")
    for name, guard in GUARDS.items():
        yield Enforcement(guard.clause, "guard", name)
    for line in policy_lines():
        if line.clause:
            yield Enforcement(line.clause, "policy line", line.permission)
    import_everything()
    for name, clauses in sorted(enforced().items()):
        for each in clauses:
            yield Enforcement(each, "code", name)


def guard_sentences() -> dict[str, str]:
    """Guard name -> what a person reads when it says no."""
    return {name: f"{guard.zh} / {guard.en}" for name, guard in GUARDS.items()}


def policy_lines() -> list[Line]:
    """The allowing lines of the shipped policy."""
    lines = (line[1:] for line in seed_lines() if line[0] == "p")
    return [
        Line(role, noun, act, scope, clause) for role, noun, act, scope, effect, clause in lines if effect == "allow"
    ]


def import_everything() -> None:
    """Import every module below app and schema, so that each `@enforces` has registered its place."""
    for root in ("app", "schema"):
        package = importlib.import_module(root)
        for module in pkgutil.walk_packages(package.__path__, f"{root}."):
            if not module.name.startswith(_NOT_IMPORTED):
                importlib.import_module(module.name)
