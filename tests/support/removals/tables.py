"""Removals from the tables of procedure: a guard dropped or made to pass, a row possible from any state, and so on."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from app.rules.catalogue import TABLES
from app.rules.workflow import State, Step, Table
from app.services.guards import GUARDS
from tests.support.removals.removal import Removal

# What a row demands, what it is without the demand, and how that is said.
_DEMANDS: tuple[tuple[str, Any, str], ...] = (
    ("reason", False, "needs no reason"),
    ("signs", False, "keeps no signature"),
    ("voids", False, "voids no signature"),
    ("all_of", "", "waits for one instead of all"),
    ("parts", (), "gives no part"),
    ("asks", (), "asks for no reply"),
    ("answers", (), "answers nothing"),
    ("from_", (), "is gone"),
)


def removals() -> Iterator[Removal]:
    for name, guard in GUARDS.items():
        yield Removal((guard.clause,), "guard", f"{name} says yes to everything", partial(_says_yes, name))
    for table in TABLES.values():
        for step in table.steps:
            yield from _of_step(table, step)
        for name, state in table.states.items():
            for ask in state.awaits:
                what = f"{table.noun} {name}: owes nobody a {ask.kind}"
                yield Removal(("C1",), "row", what, partial(_awaits_nothing, table, name), table.noun)


def _of_step(table: Table, step: Step) -> Iterator[Removal]:
    where = f"{table.noun}:{step.action} from {'/'.join(step.from_)}"
    for name in step.guards:
        rest = tuple(each for each in step.guards if each != name)
        clauses = tuple(dict.fromkeys((step.clause, GUARDS[name].clause)))
        yield Removal(clauses, "guard", f"{where} without {name}", partial(_set, step, "guards", rest), table.noun)
    anywhere = tuple(table.states)
    yield Removal(
        (step.clause,), "row", f"{where}: possible from any state", partial(_set, step, "from_", anywhere), table.noun
    )
    for field, without, said in _DEMANDS:
        if getattr(step, field) != without:
            clause = {"parts": "A4.4", "asks": "C1", "answers": "C1"}.get(field, step.clause)
            yield Removal((clause,), "row", f"{where}: {said}", partial(_set, step, field, without), table.noun)


def _set(row: Step | State, field: str, value: Any) -> None:
    object.__setattr__(row, field, value)


def _says_yes(name: str) -> None:
    GUARDS[name] = replace(GUARDS[name], check=lambda subject, hand, now: True)


def _awaits_nothing(table: Table, name: str) -> None:
    _set(table.states[name], "awaits", ())
