"""The ladder of reminders (C2): which rungs are due now, and to whom each goes. Pure: it sends and stores nothing.

The caller keeps, per task and due date, which rungs have fired, and hands them in; an extension, a return or a
reassignment is a new due date with nothing fired yet.
"""

from collections.abc import Hashable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Generic, Literal, NamedTuple, TypeVar

from app.core import clock
from app.core.enforces import enforces
from app.core.workdays import WorkingCalendar

Id = TypeVar("Id", bound=Hashable)
Hours = tuple[time, time]
Kind = Literal["remind", "in_person"]
Why = Literal["named", "missing", "self", "below"]

PLACES: dict[str, tuple[str, str]] = {
    "assignee": ("承办人", "the assignee"),
    "liaison": ("联络员", "the liaison officer"),
    "head": ("单位负责人", "the head of the unit"),
    "general_affairs": ("综合部", "General Affairs"),
    "office_director": ("办公室主任", "the office director"),
    "deputy_in_charge": ("分管副组长", "the deputy in charge"),
}
OFFICE_HOURS: Hours = (time(8, 30), time(17, 30))


@dataclass(frozen=True, slots=True)
class Rung:
    """So many working days after (negative: before) the due date, these are reminded.

    `in_person`: the assignee is not written to again; the recipients are asked to remind him in person. `since`: the
    day on which the group added the rung; for days before that it does not fire.
    """

    offset_working_days: int
    recipients: tuple[str, ...]
    kind: Kind = "remind"
    since: date | None = None

    def __post_init__(self) -> None:
        unknown = [name for name in self.recipients if name not in PLACES]
        if unknown or not self.recipients:
            raise ValueError(f"a rung needs recipients out of {', '.join(PLACES)}; it has {self.recipients!r}")


Ladder = tuple[Rung, ...]


def ladder_of(*rungs: Rung) -> Ladder:
    """The rungs in their order. Each offset stands once, for by it the firing is recorded."""
    ordered = tuple(sorted(rungs, key=lambda rung: rung.offset_working_days))
    if len({rung.offset_working_days for rung in ordered}) != len(ordered):
        raise ValueError("two rungs of a ladder have the same offset")
    return ordered


LIGHT = ladder_of(Rung(-2, ("assignee",)), Rung(0, ("assignee",)), Rung(1, ("assignee", "liaison")))
DEFAULT = ladder_of(
    *LIGHT,
    Rung(3, ("head", "general_affairs")),
    Rung(5, ("office_director",)),
    Rung(10, ("deputy_in_charge",)),
)
LEADERS = ladder_of(Rung(-2, ("assignee",)), Rung(0, ("assignee",)), Rung(1, ("general_affairs",), "in_person"))


def default_ladder(*, leads: bool, light: bool) -> Ladder:
    """`leads`: owed by the leader or a deputy. `light`: papers to read, receipts, invitations."""
    if leads:
        return LEADERS
    return LIGHT if light else DEFAULT


def rung_day(calendar: WorkingCalendar, due: date, rung: Rung) -> date:
    """The working day on which a rung is due.

    "On the day" of a date that a person set on a day off is the last working day before it: nobody is chased on a day
    off, and a reminder after the due day would come too late to help.
    """
    offset = rung.offset_working_days
    if offset > 0:
        return calendar.add(due, offset).date
    return calendar.before(due, -offset) if offset else calendar.last_working(due)


@enforces("C2")
def may_chase(calendar: WorkingCalendar, now: datetime, hours: Hours = OFFICE_HOURS) -> bool:
    """Nobody is chased on a non-working day or outside the hours that the group set (the end is outside)."""
    local = clock.local(now)
    return calendar.is_working(local.date()) and hours[0] <= local.time() < hours[1]


@enforces("C2")
def due_rungs(
    calendar: WorkingCalendar,
    due: date,
    ladder: Ladder,
    opened: date,
    now: datetime,
    already: AbstractSet[int],
    hours: Hours = OFFICE_HOURS,
) -> list[Rung]:
    """The rungs to fire now, also those missed while the system was down: they go out as one digest.

    `already`: offsets of the rungs that have fired for this due date. A rung whose day had passed when the task was
    opened never fires.
    """
    if not may_chase(calendar, now, hours):
        return []
    today = clock.local_day(now)
    return [rung for day, rung in _open_rungs(calendar, due, ladder, opened, already) if day <= today]


@enforces("C2")
def next_chase(
    calendar: WorkingCalendar,
    due: date,
    ladder: Ladder,
    opened: date,
    already: AbstractSet[int],
    hours: Hours = OFFICE_HOURS,
) -> datetime | None:
    """From when on the next rung may fire; None when the ladder is at its end. A sweep can select by it."""
    days = [day for day, _ in _open_rungs(calendar, due, ladder, opened, already)]
    return clock.at(min(days), hours[0].hour, hours[0].minute) if days else None


def _open_rungs(
    calendar: WorkingCalendar, due: date, ladder: Ladder, opened: date, already: AbstractSet[int]
) -> Iterator[tuple[date, Rung]]:
    for rung in ladder:
        day = rung_day(calendar, due, rung)
        if rung.offset_working_days not in already and begins(rung, opened) <= day:
            yield day, rung


def begins(rung: Rung, opened: date) -> date:
    """From which day on a rung can fire: nothing fires for a past in which the task, or the rung, was not there."""
    return max(opened, rung.since) if rung.since else opened


@dataclass(frozen=True, slots=True)
class Chain(Generic[Id]):
    """Who stands in each place for one task. `ranks`: place -> rank, a smaller number is higher."""

    assignee: Id | None
    liaison: Id | None = None
    head: Id | None = None
    general_affairs: tuple[Id, ...] = ()
    office_director: Id | None = None
    deputy_in_charge: Id | None = None
    ranks: Mapping[str, int] = field(default_factory=dict)

    def holder(self, place: str) -> Id | None:
        found: Id | None = getattr(self, place)
        return found


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is reminded: he holds the place, or the place's share came to him."""

    place: str
    why: Why
    sent_to: str

    @property
    def zh(self) -> str:
        place, to = PLACES[self.place][0], PLACES[self.sent_to][0]
        causes = {"missing": f"{place}空缺", "self": f"{place}即承办人本人", "below": f"{place}职级低于承办人"}
        return place if self.why == "named" else f"{causes[self.why]},转{to}"

    @property
    def en(self) -> str:
        place, to = PLACES[self.place][1], PLACES[self.sent_to][1]
        causes = {"missing": "is missing", "self": "is the assignee", "below": "ranks below the assignee"}
        return place if self.why == "named" else f"{place} {causes[self.why]}, so it goes to {to}"


class Recipient(NamedTuple, Generic[Id]):
    id: Id
    reason: Reason


@enforces("C2")
def recipients(rung: Rung, chain: Chain[Id]) -> list[Recipient[Id]]:
    """Each person whom this rung reaches, once, with the first reason that leads to him."""
    found: dict[Id, Reason] = {}
    for place in rung.recipients:
        for person, reason in _reached(place, chain):
            found.setdefault(person, reason)
    return [Recipient(person, reason) for person, reason in found.items()]


def _reached(place: str, chain: Chain[Id]) -> Iterator[tuple[Id, Reason]]:
    why = "named" if place == "general_affairs" else _why(place, chain)
    holder = None if place == "general_affairs" else chain.holder(place)
    if why == "named" and holder is not None:
        yield holder, Reason(place, "named", place)
        return
    sent_to, people = _general_affairs(chain)
    if place == "general_affairs" and sent_to != place:
        why = "self" if chain.general_affairs else "missing"
    for person in people:
        yield person, Reason(place, why, sent_to)


def _why(place: str, chain: Chain[Id]) -> Why:
    holder = chain.holder(place)
    if holder is None:
        return "missing"
    if place == "assignee":
        return "named"
    if holder == chain.assignee:
        return "self"
    own, his = chain.ranks.get("assignee"), chain.ranks.get(place)
    return "below" if own is not None and his is not None and his > own else "named"


def _general_affairs(chain: Chain[Id]) -> tuple[str, tuple[Id, ...]]:
    """General Affairs without the assignee; if nobody is left, the director, who answers for daily business (B2.2)."""
    others = tuple(person for person in chain.general_affairs if person != chain.assignee)
    if not others and chain.office_director is not None and chain.office_director != chain.assignee:
        return "office_director", (chain.office_director,)
    return "general_affairs", others or chain.general_affairs
