"""The ladders of reminders as settings of a group (C2): looked at on the calendar first, then set from now on.

A change touches only what has not fired yet. A rung that it adds has not been there before its day, so it does not
fire for a day before that; one that was there keeps what it has done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.core.enforces import enforces
from app.core.ladder import PLACES, Ladder, ladder_of, rung_day
from app.core.refusals import Invalid, Problem
from app.core.workdays import WorkingCalendar
from app.models.people import Group
from app.rules.roles import Actor
from app.services.customs import Customs, customs_of, rung_of
from app.services.groups import put_on_trail
from app.services.permits import require, require_group
from app.services.task_kinds import KIND_NAMES, LIGHT_KINDS
from app.services.work import Work

MOST_RUNGS = 12
EARLIEST, LATEST = -30, 60
SHARED = {
    "default": ("一般待办", "Tasks in general"),
    "light": ("阅读、签收、参会答复", "Papers to read, receipts, invitations"),
    "leaders": ("组长、副组长", "The leader and the deputies"),
}
NAMES = {**SHARED, **KIND_NAMES}
_UP_TO_LIAISON = frozenset({"assignee", "liaison"})


@dataclass(frozen=True, slots=True)
class RungDraft:
    """So many working days after (negative: before) the due date these places are reminded."""

    offset: int
    recipients: tuple[str, ...]


def _unknown(name: str) -> list[Problem]:
    return [] if name in NAMES else [Problem("name", "没有这种待办。", "There is no such kind of task.")]


def problems_of(name: str, rungs: Sequence[RungDraft]) -> list[Problem]:
    """All that is wrong with a ladder, rung by rung."""
    found = _unknown(name)
    if not 0 < len(rungs) <= MOST_RUNGS:
        found.append(Problem("rungs", f"应有1至{MOST_RUNGS}级。", f"A ladder has 1 to {MOST_RUNGS} rungs."))
    for number, rung in enumerate(rungs):
        twice = any(other.offset == rung.offset for other in rungs[:number])
        found += [Problem(f"rungs.{number}", zh, en) for zh, en in _of_rung(name, rung, twice)]
    return found


def _of_rung(name: str, rung: RungDraft, twice: bool) -> list[tuple[str, str]]:
    found = []
    if not EARLIEST <= rung.offset <= LATEST:
        found.append(
            (
                f"第{rung.offset}个工作日:应在到期前{-EARLIEST}日至逾期{LATEST}日之间。",
                f"{rung.offset}: from {-EARLIEST} working days before to {LATEST} after the due date.",
            )
        )
    if twice:
        found.append((f"第{rung.offset}个工作日列了两次。", f"{rung.offset}: two rungs on one day."))
    unknown = [each for each in rung.recipients if each not in PLACES]
    if unknown or not rung.recipients:
        places = "、".join(zh for zh, _ in PLACES.values())
        found.append(
            (f"第{rung.offset}个工作日:请选择提醒对象({places})。", f"{rung.offset}: choose of {', '.join(PLACES)}.")
        )
    return found or _of_reach(name, rung)


@enforces("C2")
def _of_reach(name: str, rung: RungDraft) -> list[tuple[str, str]]:
    """What the rulebook leaves to no group: whom leaders' delays and light tasks reach."""
    given = set(rung.recipients)
    if name == "leaders" and rung.offset <= 0 and given != {"assignee"}:
        return [
            ("组长、副组长到期前和当日只提醒本人。", "Before and on the day a leader or deputy himself is reminded.")
        ]
    if name == "leaders" and rung.offset > 0 and given != {"general_affairs"}:
        return [
            (
                "组长、副组长逾期后只由综合部当面提醒。",
                "After the day a leader or deputy is reminded in person, by General Affairs.",
            )
        ]
    if (name == "light" or name in LIGHT_KINDS) and given - _UP_TO_LIAISON:
        return [
            (
                "阅读、签收和参会答复的催办到联络员为止。",
                "Papers to read, receipts and invitations stop at the liaison officer.",
            )
        ]
    return []


def drafted(name: str, rungs: Sequence[RungDraft]) -> Ladder:
    """The ladder of a draft without faults."""
    return ladder_of(*(rung_of(name, rung.offset, rung.recipients) for rung in rungs))


@enforces("C2", "C13")
async def set_ladder(work: Work, actor: Actor, group_id: UUID, name: str, rungs: Sequence[RungDraft] | None) -> Group:
    """Set one ladder of the group from today on; without rungs it is the shipped or the shared one again."""
    require(work, actor, "group", "edit", None, "C13")
    group = await require_group(work, group_id)
    problems = _unknown(name) if rungs is None else problems_of(name, rungs)
    if problems:
        raise Invalid(problems, "C2")
    before = customs_of(group.settings)
    ladders = {key: value for key, value in group.settings.get("ladders", {}).items() if key != name}
    if rungs is not None:
        ladders[name] = [[rung.offset_working_days, list(rung.recipients)] for rung in drafted(name, rungs)]
    after = Customs(customs_of({"ladders": ladders}).ladders, before.hours, {**before.since, name: {}})
    if after.ladders.get(name) == before.ladders.get(name):
        return group
    since = {**group.settings.get("ladders_since", {}), name: _since(before.named(name), after.named(name), work.day)}
    group.settings = {**group.settings, "ladders": ladders, "ladders_since": since}
    await work.session.flush()
    await put_on_trail(work, actor, group_id, f"ladder_{name}", ladders.get(name))
    return group


def _since(before: Ladder, after: Ladder, day: date) -> dict[str, str]:
    """Rungs that were there keep their day, if they have one; new ones are there from today on."""
    known = {rung.offset_working_days: rung.since for rung in before}
    days = {rung.offset_working_days: known.get(rung.offset_working_days, day) for rung in after}
    return {str(offset): since.isoformat() for offset, since in days.items() if since}


@dataclass(frozen=True, slots=True)
class PreviewDay:
    """A day of the calendar, and the rungs of a ladder that would fire on it."""

    day: date
    working: bool
    due: bool
    zh: str
    en: str
    rungs: Ladder


def preview(calendar: WorkingCalendar, ladder: Ladder, due: date) -> list[PreviewDay]:
    """Every day from the first rung to the last, days off too: what a ladder does for a task due on this day."""
    days: dict[date, list[int]] = {}
    for place, rung in enumerate(ladder):
        days.setdefault(rung_day(calendar, due, rung), []).append(place)
    first, last = min(*days, due), max(*days, due)
    return [
        PreviewDay(
            day, calendar.is_working(day), day == due, calendar.kind(day), calendar.kind(day, "en"),
            tuple(ladder[place] for place in days.get(day, ())),
        )
        for day in (first + timedelta(days=number) for number in range((last - first).days + 1))
    ]  # fmt: skip
