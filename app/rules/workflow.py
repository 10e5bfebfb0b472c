"""What a table of procedure is: states, and frozen rows that lead from one to the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ask:
    """A reply that a state awaits (C1): a task of `kind` for each holder of `audience`.

    `days` names the group's setting that holds the number of working days; a name that starts with `row.` is a date
    that stands on the matter itself, set by a person.
    """

    kind: str
    audience: str
    days: str


@dataclass(frozen=True, slots=True)
class State:
    """`next_by`: who takes the matter further while nobody owes a reply (C15); empty where nothing is left to do."""

    zh: str
    en: str
    awaits: tuple[Ask, ...] = ()
    final: bool = False
    next_by: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row: what may be done from where, under which clause, and what follows.

    signs    the act is a signature step: it is kept with name, date, opinion and the hash of the text signed
    all_of   parallel step: the state is left only when each of this audience has taken it
    parts    audiences that have part in the matter from this act on (A4.4)
    tells    audiences that are told
    beside   a signature that is no step of the circuit: who gives it may take another step too
    voids    all signatures given so far lose their force (A3.5) and a new round begins
    asks     replies that the act itself awaits, beside those of the state it leads to (C1)
    answers  kinds of reply that the act gives: their tasks are done
    """

    action: str
    from_: tuple[str, ...]
    to: str
    zh: str
    en: str
    clause: str
    guards: tuple[str, ...] = ()
    reason: bool = False
    signs: bool = False
    beside: bool = False
    all_of: str = ""
    parts: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    voids: bool = False
    asks: tuple[Ask, ...] = ()
    answers: tuple[str, ...] = ()
    by_service: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    noun: str
    zh: str
    en: str
    initial: str
    states: Mapping[str, State]
    steps: tuple[Step, ...]
    _by_action: dict[str, tuple[Step, ...]] = field(init=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for step in self.steps:
            self._by_action[step.action] = (*self._by_action.get(step.action, ()), step)

    @property
    def actions(self) -> tuple[str, ...]:
        """Each action once, in the order of the table."""
        return tuple(self._by_action)

    def step(self, action: str, state: str) -> Step | None:
        """The row for this action from this state."""
        return next((row for row in self._by_action.get(action, ()) if state in row.from_), None)

    def rows(self, action: str) -> tuple[Step, ...]:
        return self._by_action.get(action, ())

    def permissions(self) -> Iterator[str]:
        for action in self.actions:
            yield f"{self.noun}:{action}"
