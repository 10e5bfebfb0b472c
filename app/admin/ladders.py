"""A group's ladders of reminders (C2): what holds, a form for each, and what it would do before it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.forms import Form
from app.admin.html import go, show
from app.core.clock import today
from app.core.ladder import PLACES
from app.core.refusals import NotFound, Problem, invalid
from app.models.people import Group
from app.queries.calendar import load_calendar
from app.queries.visibility import visible_to
from app.services import ladders as services
from app.services.customs import customs_of
from app.services.ladder_places import places_today
from app.services.ladders import NAMES, RungDraft


async def _group(ask: Ask) -> Group:
    ask.must("group:edit")
    row: Group | None = await ask.session.scalar(visible_to(ask.view, Group).where(col(Group.id) == ask.path_id()))
    if row is None:
        raise NotFound()
    return row


def _name(ask: Ask) -> str:
    name = str(ask.request.path_params["name"])
    if name not in NAMES:
        raise NotFound()
    return name


async def ladders(ask: Ask) -> Response:
    group = await _group(ask)
    customs = customs_of(group.settings)
    lines = [(name, ask.say(*label), customs.named(name), name in customs.ladders) for name, label in NAMES.items()]
    return show(ask, "admin/groups/ladders.html", group=group, ladders=lines, places=_places(ask))


def _places(ask: Ask) -> dict[str, str]:
    return {name: ask.say(*words) for name, words in PLACES.items()}


async def ladder(ask: Ask) -> Response:
    group, name = await _group(ask), _name(ask)
    held = customs_of(group.settings).named(name)
    rungs = [RungDraft(rung.offset_working_days, rung.recipients) for rung in held]
    return await _shown(ask, group, name, rungs, Sample(today()))


@dataclass(frozen=True, slots=True)
class Sample:
    """The task that a ladder is tried on: when it is due, and which unit owes it."""

    due: date
    unit_id: UUID | None = None


async def _shown(
    ask: Ask, group: Group, name: str, rungs: Sequence[RungDraft], sample: Sample, problems: Sequence[Problem] = ()
) -> Response:
    """The form with these rungs, and beside it the calendar of such a task, with those who would be told today."""
    due = sample.due
    tried = await places_today(ask.session, group, name, sample.unit_id, today())
    calendar = await load_calendar(ask.session)
    days = [] if problems else services.preview(calendar, services.drafted(name, rungs), due)
    blank: list[tuple[Any, tuple[str, ...]]] = [("", ())] * (services.MOST_RUNGS - len(rungs))
    lines = [(rung.offset, rung.recipients) for rung in rungs] + blank[:2]
    return show(
        ask, "admin/groups/ladder.html", 422 if problems else 200, group=group, name=name, label=ask.say(*NAMES[name]),
        lines=lines, days=days, due=due, places=_places(ask), problems=[ask.say(each.zh, each.en) for each in problems],
        tried=tried, told={place: ask.say(each.zh, each.en) for place, each in tried.places.items()},
        own=name in customs_of(group.settings).ladders,
    )  # fmt: skip


def _drafts(form: Form) -> list[RungDraft]:
    """The lines of the form that were filled in."""
    found = []
    for number in range(services.MOST_RUNGS):
        offset, recipients = form.text(f"offset_{number}"), tuple(form.texts(f"to_{number}"))
        if offset or recipients:
            found.append(RungDraft(_number(f"offset_{number}", offset), recipients))
    return found


def _number(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise invalid(name, "请填写工作日数,到期前为负数。", "Give working days; before the date negative.") from error


async def change(ask: Ask) -> Response:
    """Look at it on the calendar, save it, or go back to what is shipped."""
    group, name, form = await _group(ask), _name(ask), ask.form
    rungs = None if form.checked("reset") else _drafts(form)
    if form.text("do") == "preview" and rungs is not None:
        wrong = services.problems_of(name, rungs)
        sample = Sample(form.day_or_none("due_on") or today(), form.uuid_or_none("unit_id"))
        return await _shown(ask, group, name, rungs, sample, wrong)
    async with ask.begin() as work:
        await services.set_ladder(work, ask.actor, group.id, name, rungs)
    return go(ask, f"/admin/groups/{group.id}/ladders?done=group.edit")


PAGES = (
    Page("/groups/{id}/ladders", ladders),
    Page("/groups/{id}/ladders/{name}", ladder),
    Page("/groups/{id}/ladders/{name}", change, "POST"),
)
