"""How a group chases (C2): its ladders by kind of task, its hours, its measure, read from its settings.

A ladder stands under the name of a kind of task, or under one of three names that hold for every kind without a ladder
of its own. `ladders_since` keeps for each rung that a change added the day of that change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from types import MappingProxyType
from typing import Any

from app.core.ladder import DEFAULT, LEADERS, LIGHT, OFFICE_HOURS, Hours, Ladder, Rung, ladder_of
from app.rules.group_settings import DEFAULT_NUMBERS
from app.services.task_kinds import LIGHT_KINDS

SHIPPED: Mapping[str, Ladder] = MappingProxyType({"default": DEFAULT, "light": LIGHT, "leaders": LEADERS})
Since = Mapping[str, Mapping[int, date]]


def shared_name(kind: str, leads: bool) -> str:
    """Under which name the ladder stands that a kind of task has without one of its own."""
    return "leaders" if leads else "light" if kind in LIGHT_KINDS else "default"


@dataclass(frozen=True, slots=True)
class Customs:
    ladders: Mapping[str, Ladder]
    hours: Hours = OFFICE_HOURS
    since: Since = field(default_factory=dict)
    daily: int = DEFAULT_NUMBERS["reminders_daily"]

    def ladder(self, kind: str, leads: bool) -> Ladder:
        """The ladder of a task. Whoever leads is chased as a leader, whatever the kind (C2)."""
        shared = shared_name(kind, leads)
        if leads:
            return self.named(shared)
        own = self.ladders.get(kind)
        days = self.since.get(kind, {})
        return tuple(_later(rung, days) for rung in (own or self.named(shared)))

    def named(self, name: str) -> Ladder:
        """One of the three shared ladders, or the one that a kind of task follows."""
        if name not in SHIPPED:
            return self.ladder(name, leads=False)
        days = self.since.get(name, {})
        return tuple(_later(rung, days) for rung in self.ladders.get(name, SHIPPED[name]))

    @property
    def all(self) -> tuple[Ladder, ...]:
        return (*SHIPPED.values(), *self.ladders.values())


def _later(rung: Rung, days: Mapping[int, date]) -> Rung:
    since = days.get(rung.offset_working_days)
    return replace(rung, since=max(since, rung.since or since)) if since else rung


def rung_of(name: str, offset: int, recipients: tuple[str, ...]) -> Rung:
    """Of the ladder for leaders and deputies a rung after the day asks others to remind him in person."""
    return Rung(offset, recipients, "in_person" if name == "leaders" and offset > 0 else "remind")


def customs_of(settings: Mapping[str, Any]) -> Customs:
    """Read `ladders` {name: [[offset, [recipients]], ...]}, `ladders_since` {name: {offset: day}}, `chase_hours`
    ["08:30", "17:30"] and `reminders_daily` of a group's settings."""
    ladders = {
        name: ladder_of(*(rung_of(name, int(offset), tuple(names)) for offset, names in rungs))
        for name, rungs in settings.get("ladders", {}).items()
    }
    since = {
        name: {int(offset): date.fromisoformat(day) for offset, day in days.items()}
        for name, days in settings.get("ladders_since", {}).items()
    }
    given = settings.get("chase_hours")
    hours = (time.fromisoformat(given[0]), time.fromisoformat(given[1])) if given else OFFICE_HOURS
    daily = int(settings.get("reminders_daily", DEFAULT_NUMBERS["reminders_daily"]))
    return Customs(ladders, hours, since, daily)
