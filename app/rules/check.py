"""Is the procedure whole? Every table, guard, clause and policy line held against the others.

Each function yields sentences that say what is wrong and where; no sentence means that all is well.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from app.rules.clauses import CLAUSES
from app.rules.defaults import DEFAULT_DAYS
from app.rules.workflow import Ask, Step, Table


@dataclass(frozen=True, slots=True)
class Line:
    """One allowing line of the policy, as far as the check needs it."""

    role: str
    noun: str
    action: str
    scope: str = ""
    clause: str = ""

    @property
    def permission(self) -> str:
        return f"{self.noun}:{self.action}"


def table_faults(table: Table, guards: Collection[str], audiences: Collection[str]) -> Iterator[str]:
    """What is wrong within one table."""
    named = [*_unknown_states(table)]
    yield from named
    if not named:
        yield from _dead_ends(table)
    yield from _ambiguous(table)
    yield from _unlabelled(table)
    for step in table.steps:
        for name in step.guards:
            if name not in guards:
                yield f"{_at(table, step)}: there is no guard {name!r}"
        if step.clause not in CLAUSES:
            yield f"{_at(table, step)}: the rulebook has no clause {step.clause!r}"
    for place, name in _audiences(table):
        if name not in audiences:
            yield f"{place}: there is no audience {name!r}"
    for name, state in table.states.items():
        yield from _unknown_settings(f"{table.noun}, state {name}", state.awaits)
    for step in table.steps:
        yield from _unknown_settings(_at(table, step), step.asks)
    yield from _unanswered(table)


def policy_faults(tables: Mapping[str, Table], lines: Iterable[Line], other: Set[str]) -> Iterator[str]:
    """Actions that nobody may take, and lines that allow what no table and no list of permissions knows."""
    allowed = dict.fromkeys(line.permission for line in lines)
    wanted = {f"{table.noun}:{step.action}": step for table in tables.values() for step in table.steps}
    for permission, step in wanted.items():
        if permission not in allowed and not step.by_service:
            yield f"policy: nobody may {permission}"
        if permission in allowed and step.by_service:
            yield f"policy: {permission} follows from another act, so no role may take it"
    for permission in sorted(other - allowed.keys()):
        yield f"policy: nobody may {permission}"
    for permission in allowed:
        if permission not in wanted and permission not in other:
            yield f"policy: {permission} is neither a step of a table nor a known permission"


def unused_guards(tables: Mapping[str, Table], guards: Collection[str]) -> Iterator[str]:
    used = {name for table in tables.values() for step in table.steps for name in step.guards}
    for name in guards:
        if name not in used:
            yield f"guard {name}: no row uses it"


def unknown_clauses(named: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Of (place, clause) pairs, those whose clause the rulebook does not have."""
    for place, id in named:
        if id not in CLAUSES:
            yield f"{place}: the rulebook has no clause {id!r}"


def _unknown_settings(place: str, asks: Iterable[Ask]) -> Iterator[str]:
    for ask in asks:
        if not ask.days.startswith("row.") and ask.days not in DEFAULT_DAYS:
            yield f"{place}: there is no setting {ask.days!r}"


def _unanswered(table: Table) -> Iterator[str]:
    """What an act asks for without leaving its state must be answered by some other act; and nothing else is."""
    asked = {ask.kind for step in table.steps for ask in step.asks}
    answered = {kind for step in table.steps for kind in step.answers}
    for step in table.steps:
        for ask in step.asks:
            if not step.to and ask.kind not in answered:
                yield f"{_at(table, step)}: no row answers {ask.kind!r}"
        for kind in step.answers:
            if kind not in asked:
                yield f"{_at(table, step)}: no row asks for {kind!r}"


def _at(table: Table, step: Step) -> str:
    return f"{table.noun}:{step.action}"


def _audiences(table: Table) -> Iterator[tuple[str, str]]:
    for name, state in table.states.items():
        yield from ((f"{table.noun}, state {name}", ask.audience) for ask in state.awaits)
    for step in table.steps:
        named = (*step.parts, *step.tells, *filter(None, (step.all_of,)), *(ask.audience for ask in step.asks))
        yield from ((_at(table, step), name) for name in named)


def _unknown_states(table: Table) -> Iterator[str]:
    if table.initial not in table.states:
        yield f"{table.noun}: the initial state {table.initial!r} is not among its states"
    for step in table.steps:
        for name in (*step.from_, *filter(None, (step.to,))):
            if name not in table.states:
                yield f"{_at(table, step)}: there is no state {name!r}"


def _dead_ends(table: Table) -> Iterator[str]:
    moves = {(origin, step.to) for step in table.steps for origin in step.from_ if step.to and step.to != origin}
    reached, frontier = {table.initial}, {table.initial}
    while frontier:
        frontier = {to for origin, to in moves if origin in frontier} - reached
        reached |= frontier
    leaving = {origin for origin, _ in moves}
    for name, state in table.states.items():
        if name not in reached:
            yield f"{table.noun}, state {name}: no row leads there"
        if state.final and name in leaving:
            yield f"{table.noun}, state {name}: called final, but a row leads out of it"
        if not state.final and name not in leaving:
            yield f"{table.noun}, state {name}: no row leads out of it, and it is not final"


def _ambiguous(table: Table) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for step in table.steps:
        if not step.from_:
            yield f"{_at(table, step)}: possible from no state"
        for origin in step.from_:
            if (step.action, origin) in seen:
                yield f"{_at(table, step)}: two rows from {origin}"
            seen.add((step.action, origin))


def _unlabelled(table: Table) -> Iterator[str]:
    labels = [(table.noun, table.zh, table.en)]
    labels += [(f"{table.noun}, state {name}", state.zh, state.en) for name, state in table.states.items()]
    labels += [(_at(table, step), step.zh, step.en) for step in table.steps]
    for place, zh, en in labels:
        if not any("一" <= sign <= "鿿" for sign in zh):
            yield f"{place}: the Chinese label is missing"
        if not (en and en.isascii()):
            yield f"{place}: the English label is missing"
