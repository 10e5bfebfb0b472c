"""Where each clause is enforced and which tests show it: the account behind `rules --coverage`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.rules.clauses import CLAUSES, Clause


@dataclass(frozen=True, slots=True)
class Enforcement:
    """One place that enforces a clause: what kind of place, and its name as a person would look it up."""

    clause: str
    kind: str  # "table row", "guard", "policy line", "code"
    name: str


@dataclass(frozen=True, slots=True)
class Account:
    clause: Clause
    places: tuple[Enforcement, ...]
    tests: tuple[str, ...]

    @property
    def shown(self) -> bool:
        return bool(self.places and self.tests)


def accounts(places: Iterable[Enforcement], tests: Mapping[str, list[str]]) -> list[Account]:
    """One account per clause, in the rulebook's order."""
    by_clause: dict[str, list[Enforcement]] = {}
    for each in places:
        by_clause.setdefault(each.clause, []).append(each)
    return [Account(clause, tuple(by_clause.get(id, ())), tuple(tests.get(id, ()))) for id, clause in CLAUSES.items()]


def summary(all_accounts: Iterable[Account]) -> str:
    counted = [each.shown for each in all_accounts]
    return f"clauses shown: {sum(counted)} of {len(counted)}"


def lines(all_accounts: Iterable[Account], most: int = 8) -> Iterator[str]:
    """The account as text, at most so many places and tests per clause written out."""
    for each in all_accounts:
        yield f"{each.clause.id:5} {each.clause.zh} / {each.clause.en}: {verdict(each)}"
        for name, places in _by_kind(each.places):
            yield f"      {name}: {_some(places, most)}"
        if each.tests:
            yield f"      shown by: {_some(each.tests, most)}"


def verdict(account: Account) -> str:
    if account.shown:
        return "shown"
    if account.places:
        return "enforced, but no test names it"
    return "named by a test, but enforced nowhere" if account.tests else "not yet built"


def _by_kind(places: tuple[Enforcement, ...]) -> Iterator[tuple[str, list[str]]]:
    for kind in dict.fromkeys(each.kind for each in places):
        yield kind, list(dict.fromkeys(each.name for each in places if each.kind == kind))


def _some(names: Iterable[str], most: int) -> str:
    all_names = list(names)
    more = f" and {len(all_names) - most} more" if len(all_names) > most else ""
    return ", ".join(all_names[:most]) + more
