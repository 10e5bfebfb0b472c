"""Explanations: why not (C7), what one could lend (C4), how a due date was reached (C14), the whole story (C6)."""

from datetime import date as day
from typing import Annotated, Any

import strawberry

from app.core.clock import now
from app.models.people import Group, Unit
from app.queries.attendance_year import COUNTED, attendance_of_year
from app.queries.ready import ready_motions
from app.queries.story import story as tell_story
from app.queries.subjects import MODELS, load_subject
from app.rules.catalogue import TABLES
from app.rules.roles import ADMINISTRATORS, ROLE_NAMES
from app.services.transitions import why_not
from schema.context import Info
from schema.declare import listed, optional, ref
from schema.enums import RoleName
from schema.errors import coded
from schema.ids import uuid_of
from schema.matters import Blocker, blocker
from schema.nodes import BY_MODEL
from schema.reading import all_of, one

MAX_DAYS = 1000


@strawberry.type(description="Whether the asker may take a step now, and if not why not (C7).")
class Explanation:
    noun: str = strawberry.field(description="The noun that was asked about.")
    action: str = strawberry.field(description="The step that was asked about.")
    allowed: bool = strawberry.field(description="Whether it may be taken now.")
    refusal: Blocker | None = strawberry.field(description="What stands in the way.")


@strawberry.type(description="A power that the viewer could lend (C4).")
class DelegablePower:
    permission: str = strawberry.field(description="The power, such as motion:review.")
    label: str = strawberry.field(description="The power in words.")
    clause: str = strawberry.field(description="The clause that gives it.")
    role: RoleName = strawberry.field(description="The viewer's role that has it.")
    group: optional(ref("Group")) = strawberry.field(description="In which leading group.")  # type: ignore[valid-type]


@strawberry.type(description="A date counted in working days (C14).")
class WorkingDays:
    date: day = strawberry.field(description="The day that was reached.")
    provisional: bool = strawberry.field(description="Whether a calendar still to come may move it.")
    explanation: str = strawberry.field(description="How it was reached.")


@strawberry.type(description="Everything that belongs to one matter and that the asker may see (C6).")
class Story:
    motion: ref("Motion") = strawberry.field(description="The motion.")  # type: ignore[valid-type]
    opinions: listed(ref("Opinion")) = strawberry.field(description="Opinions of units.")  # type: ignore[valid-type]
    panels: listed(ref("Panel")) = strawberry.field(description="Expert panels.")  # type: ignore[valid-type]
    views: listed(ref("PanelMember")) = strawberry.field(description="Views of experts.")  # type: ignore[valid-type]
    items: listed(ref("AgendaItem")) = strawberry.field(description="Places on agendas.")  # type: ignore[valid-type]
    meetings: listed(ref("Meeting")) = strawberry.field(description="Meetings that dealt with it.")  # type: ignore[valid-type]
    attendance: listed(ref("Attendance")) = strawberry.field(description="Who was called to them.")  # type: ignore[valid-type]
    statements: listed(ref("Statement")) = strawberry.field(description="What was said.")  # type: ignore[valid-type]
    decisions: listed(ref("Decision")) = strawberry.field(description="What was decided.")  # type: ignore[valid-type]
    documents: listed(ref("Document")) = strawberry.field(description="What put it into force.")  # type: ignore[valid-type]
    directives: listed(ref("Directive")) = strawberry.field(description="What carries it out.")  # type: ignore[valid-type]
    reports: listed(ref("Report")) = strawberry.field(description="What was reported.")  # type: ignore[valid-type]
    publications: listed(ref("Publication")) = strawberry.field(description="What was made public.")  # type: ignore[valid-type]
    signatures: listed(ref("Signature")) = strawberry.field(  # type: ignore[valid-type]
        description="Every step on any of these, oldest first."
    )


@strawberry.type(description="A ready motion that waits for a meeting (A2.1).")
class ReadyMotion:
    motion: ref("Motion") = strawberry.field(description="The motion.")  # type: ignore[valid-type]
    waiting_days: int = strawberry.field(description="For how many days it has been ready.")
    heard_by: day = strawberry.field(description="By the end of which day it should be heard.")
    overdue: bool = strawberry.field(description="Whether that day has passed.")


async def ready(info: Info) -> list[ReadyMotion]:
    view = await info.context.view()
    async with info.context.db.read() as session:
        found = await ready_motions(session, view)
    info.context.saw(each.motion for each in found)
    return [
        ReadyMotion(motion=each.motion, waiting_days=each.waiting_days, heard_by=each.heard_by, overdue=each.overdue)
        for each in found
    ]


@strawberry.type(description="One unit's attendance over a year (A4.1).")
class UnitYear:
    unit: optional(ref("Unit")) = strawberry.field(description="The unit.")  # type: ignore[valid-type]
    called: int = strawberry.field(description="To how many meetings it was called.")
    present: int = strawberry.field(description="At how many it was present.")
    late: int = strawberry.field(description="At how many of these it came late.")
    excused: int = strawberry.field(description="From how many it had leave.")
    unanswered: int = strawberry.field(description="For how many its leave was never answered.")
    absent: int = strawberry.field(description="From how many it was absent without leave.")


async def attendance_of(
    info: Info,
    group: Annotated[strawberry.ID, strawberry.argument(description="The leading group.")],
    year: Annotated[int, strawberry.argument(description="The year.")],
) -> list[UnitYear]:
    group_id = uuid_of("Group", group)
    if group_id is None or not 2000 <= year <= 2100:
        return []
    view = await info.context.view()
    async with info.context.db.read() as session:
        rows = await attendance_of_year(session, view, group_id, year)
    units = await all_of(info.context, Unit, (row.unit_id for row in rows))
    return [
        UnitYear(unit=unit, **{name: getattr(row, name) for name in COUNTED})
        for unit, row in zip(units, rows, strict=True)
    ]


MotionId = Annotated[strawberry.ID, strawberry.argument(description="The motion.")]


async def story(info: Info, motion_id: MotionId) -> Any:
    key = uuid_of("Motion", motion_id)
    if key is None:
        return None
    view = await info.context.view()
    async with info.context.db.read() as session:
        told = await tell_story(session, view, key)
    if told is not None:
        info.context.saw([told.motion, *told.opinions, *told.items, *told.meetings, *told.attendance])
        info.context.saw([*told.panels, *told.views])
        info.context.saw([*told.documents, *told.directives, *told.publications])
        told.signatures.sort(key=lambda row: (row.entered_at, row.id))
    return told


async def why(
    info: Info,
    noun: Annotated[str, strawberry.argument(description="The noun: motion, opinion, meeting, item, ...")],
    id: Annotated[strawberry.ID, strawberry.argument(description="The matter.")],
    action: Annotated[str, strawberry.argument(description="The step, such as endorse.")],
) -> Explanation | None:
    if noun not in MODELS:
        raise coded(f"There is no such noun; one of: {', '.join(MODELS)}.", "UNKNOWN_NOUN")
    row = await one(info.context, MODELS[noun], uuid_of(BY_MODEL[MODELS[noun]].name, id))
    if row is None:
        return None
    view = await info.context.view()
    async with info.context.db.read() as session:
        subject = await load_subject(session, noun, row)
    refusal = why_not(view.policy, subject, action, view.actor, now())
    found = blocker(info.context, refusal) if refusal else None
    return Explanation(noun=noun, action=action, allowed=refusal is None, refusal=found)


async def delegable_powers(info: Info) -> list[DelegablePower]:
    view = await info.context.view()
    found = []
    for seat in view.actor.seats:
        if seat.role in ADMINISTRATORS or seat.role.value not in view.policy.allowed_roles("delegation", "grant"):
            continue
        group = await one(info.context, Group, seat.group_id)
        for table in TABLES.values():
            for action in table.actions:
                step = table.rows(action)[0]
                if seat.role.value in view.policy.allowed_roles(table.noun, action):
                    label = info.context.say(
                        f"{table.zh}:{step.zh}({ROLE_NAMES[seat.role][0]})",
                        f"{table.en}: {step.en} ({ROLE_NAMES[seat.role][1]})",
                    )
                    found.append(
                        DelegablePower(
                            permission=f"{table.noun}:{action}",
                            label=label,
                            clause=step.clause,
                            role=seat.role.value,
                            group=group,
                        )
                    )
    return found


async def working_days(
    info: Info,
    start: Annotated[day, strawberry.argument(name="from", description="The day of the event, which is not counted.")],
    days: Annotated[int, strawberry.argument(description="How many working days; negative counts back.")],
) -> WorkingDays:
    if abs(days) > MAX_DAYS:
        raise coded(f"`days` lies between -{MAX_DAYS} and {MAX_DAYS}.", "BAD_DAYS")
    calendar = await info.context.calendar()
    due = calendar.add(start, days) if days >= 0 else calendar.due_before(start, -days)
    return WorkingDays(date=due.date, provisional=due.provisional, explanation=due.explanation(info.context.language))


story.__annotations__["return"] = optional(Story)
