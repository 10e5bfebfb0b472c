"""A group's ladders of reminders (C2), and what one would do on the calendar before it is set."""

from datetime import date
from typing import Annotated, Any

import strawberry

from app.core.clock import today
from app.core.ladder import PLACES, Ladder
from app.models.people import Group
from app.services import ladders
from app.services.customs import customs_of
from app.services.ladder_places import Tried, places_today
from app.services.ladders import NAMES, RungDraft
from schema.context import Info
from schema.enums import LadderName, Place
from schema.ids import need
from schema.payloads import Problem
from schema.reading import one


@strawberry.input(description="One rung of a ladder.")
class RungInput:
    offset: int = strawberry.field(description="Working days after the due date; before it they are negative.")
    recipients: list[Place] = strawberry.field(description="Who is reminded.")


@strawberry.type(description="One rung of a ladder.")
class Rung:
    offset: int = strawberry.field(description="Working days after the due date; before it they are negative.")
    recipients: list[Place] = strawberry.field(description="Who is reminded.")
    label: str = strawberry.field(description="Who is reminded, in words.")
    in_person: bool = strawberry.field(description="Whether they are asked to remind him in person.")
    since: date | None = strawberry.field(description="Since when the group has this rung; null: from the beginning.")


@strawberry.type(description="A ladder of reminders, by kind of task or shared by several (C2).")
class LadderOfGroup:
    name: LadderName = strawberry.field(description="Under which name it is set.")
    label: str = strawberry.field(description="What it is for.")
    rungs: list[Rung] = strawberry.field(description="Its rungs in their order.")
    is_default: bool = strawberry.field(description="Whether the group has set no ladder under this name.")


@strawberry.type(description="A place that a rung reminds, and who stands in it today (C2).")
class LadderPlace:
    place: Place = strawberry.field(description="The place.")
    label: str = strawberry.field(description="The place in words, with the names, or that it is vacant.")
    holders: list[str] = strawberry.field(description="The names of those who hold it today; none: it is vacant.")
    told: list[str] = strawberry.field(description="Who would be told: its holders, or those to whom its share goes.")
    instead: str = strawberry.field(description="Why others than its holders would be told; empty where they are.")


@strawberry.type(description="A day of the calendar, and the rungs that would fire on it.")
class LadderDay:
    day: date = strawberry.field(description="The day.")
    working: bool = strawberry.field(description="Whether it is worked; nobody is chased on another day.")
    due: bool = strawberry.field(description="Whether it is the due day.")
    kind: str = strawberry.field(description="The day of the week, and whether it is a holiday or a worked weekend.")
    rungs: list[Rung] = strawberry.field(description="The rungs that would fire.")
    places: list[LadderPlace] = strawberry.field(description="The places they remind, with those who hold them today.")


@strawberry.type(description="What a ladder would do, or what is wrong with it (C2).")
class LadderPreview:
    days: list[LadderDay] = strawberry.field(description="Every day from the first rung to the last, days off too.")
    owed_by: str = strawberry.field(description="Whose task it is tried on: a unit, or the leader.")
    problems: list[Problem] = strawberry.field(description="What is wrong; then there are no days.")


def drafts(rungs: list[RungInput]) -> list[RungDraft]:
    return [RungDraft(each.offset, tuple(place.value for place in each.recipients)) for each in rungs]


def _rungs(info: Info, ladder: Ladder) -> list[Rung]:
    return [
        Rung(
            offset=rung.offset_working_days,
            recipients=[Place(name) for name in rung.recipients],
            label=info.context.say("、", ", ").join(info.context.say(*PLACES[name]) for name in rung.recipients),
            in_person=rung.kind == "in_person",
            since=rung.since,
        )
        for rung in ladder
    ]


def ladders_of(root: Any, info: Info) -> list[LadderOfGroup]:
    """Every name under which a ladder can be set, and what holds there."""
    customs = customs_of(root.settings)
    return [
        LadderOfGroup(
            name=LadderName(name),
            label=info.context.say(*label),
            rungs=_rungs(info, customs.named(name)),
            is_default=name not in customs.ladders,
        )
        for name, label in NAMES.items()
    ]


def _places(info: Info, ladder: Ladder, tried: Tried) -> list[LadderPlace]:
    named = dict.fromkeys(name for rung in ladder for name in rung.recipients)
    return [
        LadderPlace(
            place=Place(each.place),
            label=info.context.say(each.zh, each.en),
            holders=list(each.holders),
            told=list(each.told or each.holders),
            instead=info.context.say(*each.instead),
        )
        for each in (tried.places[name] for name in named)
    ]


async def ladder_preview(
    info: Info,
    group: Annotated[strawberry.ID, strawberry.argument(description="The leading group.")],
    name: Annotated[LadderName, strawberry.argument(description="For which tasks.")],
    due_on: Annotated[date, strawberry.argument(description="The due date of a task to try it on.")],
    rungs: Annotated[
        list[RungInput] | None, strawberry.argument(description="The rungs to try; without them those that hold.")
    ] = None,
    unit: Annotated[
        strawberry.ID | None,
        strawberry.argument(description="The unit whose task it is tried on; without it the first of the group's."),
    ] = None,
) -> LadderPreview | None:
    found = await one(info.context, Group, need("Group", group))
    if found is None:
        return None
    wrong = ladders.problems_of(name.value, drafts(rungs)) if rungs is not None else []
    if wrong:
        said = [Problem(field=each.field, message=info.context.say(each.zh, each.en)) for each in wrong]
        return LadderPreview(days=[], owed_by="", problems=said)
    held = customs_of(found.settings).named(name.value)
    ladder = held if rungs is None else ladders.drafted(name.value, drafts(rungs))
    calendar = await info.context.calendar()
    async with info.context.db.read() as session:
        tried = await places_today(session, found, name.value, need("Unit", unit) if unit else None, today())
    return LadderPreview(
        days=[
            LadderDay(
                day=each.day, working=each.working, due=each.due, kind=info.context.say(each.zh, each.en),
                rungs=_rungs(info, each.rungs), places=_places(info, each.rungs, tried),
            )
            for each in ladders.preview(calendar, ladder, due_on)
        ],
        owed_by=info.context.say(tried.zh, tried.en),
        problems=[],
    )  # fmt: skip
