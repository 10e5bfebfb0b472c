"""What a motion's own steps mean for the opinions asked on it: prepared at admission, stopped by a return (A3.3)."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import invalid
from app.core.units import UnitKind
from app.models.matters import Motion, Opinion
from app.models.people import GroupUnit
from app.queries.subjects import Subject, load_subjects
from app.rules.roles import Actor
from app.services import asking_rules, transitions
from app.services.work import Work

READERS = ("office", "leader", "deputies")


async def follow(work: Work, actor: Actor, motion: Subject, action: str) -> None:
    """After a step of the motion: admitted, it has a request, not started yet, for each unit that the rules name."""
    if action == "admit":
        known = {opinion.unit_id for opinion in motion.related["opinion"]}
        named = await asking_rules.named_units(work, motion.row, motion.group)
        await prepare(work, actor, motion, {key: basis for key, basis in named.items() if key not in known})
    if action == "recall":
        await stop(work, actor, motion)


async def departments_among(work: Work, group_id: UUID, unit_ids: Collection[UUID]) -> set[UUID]:
    """Which of these are departments of the group's office."""
    query = select(col(GroupUnit.unit_id)).where(
        col(GroupUnit.group_id) == group_id,
        col(GroupUnit.unit_id).in_(list(unit_ids)),
        col(GroupUnit.kind) == UnitKind.DEPARTMENT.value,
    )
    return set((await work.session.scalars(query)).all())


@enforces("A3.3")
async def prepare(work: Work, actor: Actor, motion: Subject, units: Mapping[UUID, str]) -> list[Opinion]:
    """A request, not started yet, for each of these units; what the rules name carries its basis."""
    row: Motion = motion.row
    due = work.calendar.add(work.day, motion.days("opinion_days")).date
    departments = await departments_among(work, row.group_id, units)
    made = [
        Opinion(
            group_id=row.group_id, state="not_started", motion_id=row.id, unit_id=unit_id, due_on=due,
            first_due_on=due, mandatory=bool(basis), basis=basis, disclosure=row.disclosure, drafter_id=actor.person_id,
            of_office=unit_id in departments,
        )
        for unit_id, basis in units.items()
    ]  # fmt: skip
    for opinion in made:
        await transitions.begin(work, "opinion", opinion, actor, "A3.3", READERS)
    return made


@enforces("A3.3")
async def stop(work: Work, actor: Actor, motion: Subject) -> None:
    """The clock stops while the motion is with its drafter; nothing starts it again but an act."""
    running = [row for row in motion.related["opinion"] if row.state == "asked"]
    for opinion in await load_subjects(work.session, "opinion", running):
        opinion.row.stopped_on, opinion.row.extension_to = work.day, None
        await transitions.advance(work, opinion, "stop", actor)


@enforces("A3.3")
async def restart(work: Work, actor: Actor, opinion_id: UUID, due_on: date) -> Opinion:
    """Start the clock of one request again, with a new date."""
    opinion = await work.subject("opinion", opinion_id, actor)
    if due_on < work.day:
        raise invalid("dueOn", "期限不能早于今天。", "The due date cannot lie in the past.", "A3.3")
    changes = {"due_on": due_on, "stopped_on": None}
    await transitions.perform(work, opinion, "restart", actor, changes=changes)
    motion = await work.subject("motion", opinion.row.motion_id, actor)
    if motion.row.state == "admitted":
        await transitions.perform(work, motion, "ask_opinions", actor)
    row: Opinion = opinion.row
    return row
