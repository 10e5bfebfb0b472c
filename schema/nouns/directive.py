"""Directives and their light (C3)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from app.core import labels
from app.core.clock import today
from app.models.matters import Decision
from app.models.outcome import Directive, DirectiveExtension, DirectiveQuestion, DirectiveUnit, Report
from app.models.people import Group, Person, Unit
from app.queries.lights import light, yellow_days
from app.queries.planner.given import Terms
from app.queries.planner.shapes import Entries, OneRow, Source
from app.queries.planner.values import of_column
from app.queries.visibility import Table
from schema.context import Info
from schema.declare import Across, Computed, Many, Noun, One, Translated, column, optional
from schema.enums import Light, Period
from schema.matters import matter_fields
from schema.reading import one


async def _light(root: Any, info: Info) -> str | None:
    group = await one(info.context, Group, root.group_id)
    if group is None:
        return None
    return light(await info.context.calendar(), root.state, root.due_on, today(), yellow_days(group))


def _light_facts(terms: Terms, table: Table) -> Entries:
    below = terms.deeper()
    group = below.table(Group)
    settings = OneRow((("settings", of_column(group.c.settings)),), Source(group, (group.c.id == table.c.group_id,)))
    seen = replace(settings, source=settings.source.seen(below.seen(Group)))
    return (("state", of_column(table.c.state)), ("due_on", of_column(table.c.due_on)), ("group", seen))


def _finish_light(values: Mapping[str, Any], run: Any) -> str | None:
    group, due_on = values["group"], values["due_on"]
    if group is None:
        return None
    day = date.fromisoformat(due_on) if due_on else None
    named: Any = SimpleNamespace(**group)
    return light(run.calendar, values["state"], day, run.today, yellow_days(named))


PERIODS = {name: name for name in labels.PERIODS if name}


NOUN = Noun(
    Directive,
    "Directive",
    "A task laid on one lead unit and any number of cooperating units (A3.6, C19).",
    matter="directive",
    fields=(
        column("title", str, "What it is called."),
        column("result", str, "The result that can be checked."),
        column("measure", str, "By what it is seen that the result is there; empty where nothing more is said."),
        One("decision", Decision, "decision_id", "The decision behind it; null for an assignment (B2.7)."),
        One("lead_unit", Unit, "lead_unit_id", "The unit that leads."),
        Across("cooperating_units", Unit, DirectiveUnit, "directive_id", "unit_id", "The units that cooperate."),
        column("lead_is_office", bool, "Whether the office itself leads (B1.7)."),
        One("issuer", Person, "issuer_id", "Who issued it."),
        One("reporter", Person, "reporter_id", "Who reported completion; never the one who verifies (C19)."),
        column("due_on", optional(date), "Until when it is to be done; of standing work its next yearly review."),
        column("extension_to", optional(date), "The date asked for; null when none is pending."),
        Translated("period", optional(Period), "How often progress is reported.", "period", PERIODS),
        column("standing", bool, "Whether it is standing work with a yearly review."),
        column("evidence_required", bool, "Whether completion is reported with evidence only."),
        column("project", str, "The project it belongs to."),
        column("amount", optional(Decimal), "The money it is about, in yuan."),
        column("next_report_on", optional(date), "When the next periodic report is due."),
        One("parent", Directive, "parent_id", "The whole of which it is a part (C19)."),
        Many("parts", Directive, "parent_id", "The parts it was split into (C19)."),
        Many("extensions", DirectiveExtension, "directive_id", "Time that was asked for; the old dates stay (C3)."),
        column("closed_at", optional(datetime), "When it was closed."),
        Computed(
            "light",
            optional(Light),
            "Its light today.",
            _light,
            facts=_light_facts,
            finish=_finish_light,
            asides=("calendar",),
        ),
        Many("questions", DirectiveQuestion, "directive_id", "What the draft leaves open, and the answers (C19)."),
        Many("reports", Report, "directive_id", "What was reported, oldest first."),
        *matter_fields("directive"),
    ),
)
