"""What time brings by itself: lent powers begin (C4), signatures owed side by side follow the seats (A3.5, C5), and
what was owed by somebody who has left passes on (C5)."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.clock import now, today
from app.core.enforces import enforces
from app.models.people import Appointment, Delegation
from app.models.records import Task
from app.queries.actors import load_actor
from app.queries.subjects import MODELS, load_subject
from app.rules.catalogue import TABLES
from app.rules.roles import of_person
from app.services import delegations, succession, transitions
from app.services.work import Work, Works

# Audiences that sign side by side, each in his own name.
SIDE_BY_SIDE = sorted({step.all_of for table in TABLES.values() for step in table.steps if step.all_of})


def _beginning() -> Select[Delegation]:
    """Powers whose time has come and whose matters have not been shown yet."""
    instant = now()
    return select(Delegation).where(
        col(Delegation.shown_at).is_(None),
        col(Delegation.withdrawn_at).is_(None),
        col(Delegation.starts_at) <= instant,
        col(Delegation.ends_at) > instant,
    )


def _side_by_side() -> Select[str, UUID]:
    open_ones = select(col(Task.noun), col(Task.object_id)).where(
        col(Task.closed_at).is_(None), col(Task.audience).in_(SIDE_BY_SIDE)
    )
    return open_ones.distinct()


@enforces("C4", "C5")
async def sweep(works: Works) -> int:
    """Begin, follow and pass on what is due; how often that was. An idle sweep takes no lock."""
    async with works.db.read() as session:
        begins = (await session.scalars(_beginning().with_only_columns(col(Delegation.id)))).all()
        open_ones = (await session.execute(_side_by_side())).all()
        left = await succession.left_behind(session)
        matters = [(noun, key) for noun, key in open_ones if any(await _difference(session, noun, key))]
    for delegation_id in begins:
        async with works.begin() as work:
            await _begin(work, delegation_id)
    for noun, object_id in matters:
        async with works.begin() as work:
            await _follow(work, noun, object_id)
    for group_id, person_id in left:
        async with works.begin() as work:
            await succession.follow(work, group_id, person_id)
    return len(begins) + len(matters) + len(left)


async def _begin(work: Work, delegation_id: UUID) -> None:
    row = await work.session.scalar(_beginning().where(col(Delegation.id) == delegation_id).with_for_update())
    if row is not None:  # else another worker was there first
        await delegations.show(work, await load_actor(work.session, row.principal_id, "system"), row)


async def _difference(session: AsyncSession, noun: str, object_id: UUID) -> tuple[set[str], set[str]]:
    subject = await load_subject(session, noun, await session.get(MODELS[noun], object_id, populate_existing=True))
    query = select(col(Task.holder)).where(col(Task.object_id) == object_id, col(Task.closed_at).is_(None))
    waiting = (await session.scalars(query)).all()
    later = select(col(Appointment.person_id)).where(
        col(Appointment.group_id) == subject.row.group_id, col(Appointment.starts_on) > today()
    )
    expected = {of_person(person_id) for person_id in (await session.scalars(later)).all()}
    return transitions.out_of_step(subject, waiting, expected)


async def _follow(work: Work, noun: str, object_id: UUID) -> None:
    """Asked again under the row's lock: another worker may have been there first."""
    row = await work.session.get(MODELS[noun], object_id, with_for_update={"key_share": True})
    gone, come = await _difference(work.session, noun, object_id)
    if gone or come:
        await transitions.follow_seats(work, await load_subject(work.session, noun, row), gone, come)
