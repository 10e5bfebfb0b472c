"""The reader's words for states, acts, roles, dates and amounts; templates get one `Words` for their language."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.core import labels
from app.core.clock import local
from app.core.units import UNIT_KIND_NAMES, UnitKind
from app.rules import panel
from app.rules.catalogue import TABLES
from app.rules.categories import CATEGORIES
from app.rules.forms import NAMES
from app.rules.positions import POSITIONS
from app.rules.roles import ROLE_NAMES, Role
from app.services.amendments import OUTCOMES
from app.services.decisions import KINDS

_PLURALS = {
    "motion": "motions", "panel": "panels", "topic": "topics", "meeting": "meetings",
    "document": "documents", "extract": "extracts", "directive": "directives",
}  # fmt: skip


def link(noun: str, object_id: Any) -> str:
    """The page of a matter; parts of one (an opinion, an item, a seat in a meeting) lead to it through `/admin/at`."""
    return f"/admin/{_PLURALS[noun]}/{object_id}" if noun in _PLURALS else f"/admin/at/{noun}/{object_id}"


@dataclass(frozen=True, slots=True)
class Words:
    language: str

    def pick(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def of(self, names: str, key: str | None) -> str:
        """A word of app.core.labels, by the name of its table there."""
        return labels.name_of(getattr(labels, names), key or "", self.language)

    def noun(self, noun: str) -> str:
        table = TABLES.get(noun)
        return self.pick(table.zh, table.en) if table else self.of("NOUNS", noun)

    def state(self, noun: str, state: str) -> str:
        row = TABLES[noun].states.get(state)
        return self.pick(row.zh, row.en) if row else state

    def act(self, noun: str, action: str) -> str:
        rows = TABLES[noun].rows(action) if noun in TABLES else ()
        return self.pick(rows[0].zh, rows[0].en) if rows else self.of("ACTIONS", action)

    def clause_of(self, noun: str, action: str) -> str:
        rows = TABLES[noun].rows(action) if noun in TABLES else ()
        return rows[0].clause if rows else ""

    def event(self, event: str) -> str:
        noun, _, action = event.partition(".")
        if event in labels.EVENTS:
            return self.of("EVENTS", event)
        return f"{self.noun(noun)}:{self.act(noun, action)}" if noun in TABLES else self.pick("通知", "Notice")

    def position(self, position: str) -> str:
        return self.pick(*POSITIONS[position]) if position in POSITIONS else position

    def corrected(self, name: str, value: str) -> str:
        """A value of a corrected record, in words where it is a key."""
        if name == "position":
            return self.position(value)
        return self.state("attendance", value) if name == "state" else value

    def panel(self, names: str, key: str) -> str:
        """A word of app.rules.panel, by the name of its table there."""
        known: dict[str, tuple[str, str]] = getattr(panel, names)
        return self.pick(*known[key]) if key in known else key

    def outcome(self, outcome: str) -> str:
        """What became of an amendment that a unit proposed."""
        return self.pick(*OUTCOMES.get(outcome, ("待答复", "open")))

    def decision(self, kind: str) -> str:
        return self.pick(*KINDS[kind]) if kind in KINDS else kind

    def role(self, role: str) -> str:
        """A role's name; `signed_in` and `anonymous` are roles of the policy that nobody is appointed to."""
        if role in ("signed_in", "anonymous"):
            return (
                self.pick("已登录者", "whoever is signed in")
                if role == "signed_in"
                else self.pick("公众", "the public")
            )
        return self.pick(*ROLE_NAMES[Role(role)]) if role in {each.value for each in Role} else role

    def unit_kind(self, kind: str) -> str:
        known = {each.value for each in UnitKind}
        return self.pick(*UNIT_KIND_NAMES[UnitKind(kind)]) if kind in known else kind

    def category(self, code: str) -> str:
        row = CATEGORIES.get(code)
        return f"{self.pick(row.zh, row.en)} ({code})" if row else code

    def form(self, form: str) -> str:
        return self.pick(*NAMES[form]) if form in NAMES else form

    def day(self, value: date | None) -> str:
        if value is None:
            return "—"
        return f"{value.year}年{value.month}月{value.day}日" if self.language == "zh" else value.isoformat()

    def day_of(self, value: datetime) -> str:
        """The day in Shanghai on which this instant lies."""
        return self.day(local(value).date())

    def span(self, begins: datetime, ends: datetime) -> str:
        """From when to when; the day once where it is the same."""
        same = local(begins).date() == local(ends).date()
        return f"{self.time(begins)}–{local(ends):%H:%M}" if same else f"{self.time(begins)} – {self.time(ends)}"

    def time(self, value: datetime | None) -> str:
        if value is None:
            return "—"
        here = local(value)
        return f"{self.day(here.date())} {here:%H:%M}"

    def input_time(self, value: datetime | None) -> str:
        """As the field `datetime-local` wants it."""
        return f"{local(value):%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else ""

    def money(self, value: Decimal | None) -> str:
        if value is None:
            return "—"
        return f"{value:,.2f} 元" if self.language == "zh" else f"CNY {value:,.2f}"

    def link(self, noun: str, object_id: Any) -> str:
        return link(noun, object_id)
