"""Opinions of units in preliminary review (A3.3)."""

from collections.abc import Mapping
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from app.core.clock import today
from app.models.matters import EarlierOpinion, Motion, Opinion
from app.models.people import Group, Unit
from app.models.review import OpinionAmendment, OpinionDraft
from app.queries.planner.given import Terms
from app.queries.planner.shapes import Entries, OneRow, Source
from app.queries.planner.values import of_column
from app.queries.standings import soon_days, standing
from app.queries.visibility import Table
from app.rules.positions import POSITIONS
from schema.context import Info
from schema.declare import Computed, Label, Many, Noun, One, Translated, column, optional
from schema.enums import Position, Standing
from schema.matters import matter_fields
from schema.nouns.text_version import freshness_fields
from schema.reading import one

ANSWERS = {name: name for name in POSITIONS}


async def _standing(root: Any, info: Info) -> str:
    group = await one(info.context, Group, root.group_id)
    calendar = await info.context.calendar()
    return standing(calendar, root.state, root.due_on, today(), soon_days(group))


def _standing_facts(terms: Terms, table: Table) -> Entries:
    below = terms.deeper()
    group = below.table(Group)
    settings = OneRow((("settings", of_column(group.c.settings)),), Source(group, (group.c.id == table.c.group_id,)))
    return (("state", of_column(table.c.state)), ("due_on", of_column(table.c.due_on)), ("group", settings))


def _finish_standing(values: Mapping[str, Any], run: Any) -> str:
    named: Any = SimpleNamespace(**values["group"])
    due_on = date.fromisoformat(values["due_on"])
    return standing(run.calendar, values["state"], due_on, run.today, soon_days(named))


NOUN = Noun(
    Opinion,
    "Opinion",
    "What one unit is asked about one motion, and what it answered (A3.3).",
    matter="opinion",
    fields=(
        One("motion", Motion, "motion_id", "The motion it is about."),
        One("unit", Unit, "unit_id", "The unit or department that is asked."),
        column("of_office", bool, "Whether it is a department of the office."),
        column("due_on", date, "Until when it is awaited."),
        column("first_due_on", date, "The date first set; an extension leaves it."),
        Computed(
            "standing",
            Standing,
            "The named standing of the request today.",
            _standing,
            facts=_standing_facts,
            finish=_finish_standing,
            asides=("calendar",),
        ),
        column("basis", str, "Why it is asked, where a rule names it; empty where the office added it."),
        column("extension_to", optional(date), "The date asked for; null when none is pending."),
        column("extension_reason", str, "Why more time was asked for."),
        column("extension_outcome", str, "What the director decided on it: granted, refused, or empty."),
        column("stopped_on", optional(date), "Since when its clock is stopped; null while it runs."),
        column("silence_counts", bool, "Whether its silence counts as no remark, by the group's setting."),
        column("mandatory", bool, "Whether the rules in force name this unit (A1.3)."),
        column("extended", bool, "Whether more time was asked for."),
        Translated("position", optional(Position), "What the unit says; null until then.", "position", ANSWERS),
        Label("position_label", "The position in words.", "position", POSITIONS, other=""),
        column("text", str, "The unit's words."),
        column("answered_at", optional(datetime), "When it answered."),
        column("response", str, "The office's answer to a disagreement."),
        Many(
            "earlier",
            EarlierOpinion,
            "opinion_id",
            "What it had said before it was asked again (C16).",
            "asked_again_at",
        ),
        Many("amendments", OpinionAmendment, "opinion_id", "The passages it would change (A3.3).", "number"),
        Many("drafts", OpinionDraft, "opinion_id", "The unit's own draft, for the unit only: one at most (A3.3)."),
        *freshness_fields("the opinion"),
        *matter_fields("opinion"),
    ),
)
