"""Who has part in a matter from when on (A4.4). What was given is kept; on a restricted matter only the list counts."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.core.enforces import enforces
from app.models.records import Part
from app.queries.subjects import Subject
from app.services.audiences import CORE, resolve
from app.services.work import Work


async def grant(
    work: Work, noun: str, object_id: UUID, holders: Iterable[str], clause: str, in_force: bool = True
) -> None:
    """Give part to holders who have none yet."""
    wanted = list(dict.fromkeys(holders))
    if not wanted:
        return
    query = select(col(Part.holder)).where(col(Part.object_id) == object_id, col(Part.holder).in_(wanted))
    known = set((await work.session.scalars(query)).all())
    work.session.add_all(
        Part(noun=noun, object_id=object_id, holder=holder, clause=clause, in_force=in_force, since=work.now)
        for holder in wanted
        if holder not in known
    )


@enforces("A4.4")
async def give(work: Work, subject: Subject, audiences: Iterable[str], clause: str) -> None:
    """Give part to audiences. On a restricted matter whoever is not leadership or office waits for the list."""
    restricted = subject.row.disclosure == "restricted"
    for audience in audiences:
        in_force = not restricted or audience in CORE
        await grant(work, subject.noun, subject.row.id, resolve(subject, audience), clause, in_force)


@enforces("A4.4")
async def put_on_list(work: Work, noun: str, object_id: UUID, holders: Iterable[str]) -> None:
    """Put holders on the need-to-know list of a restricted matter."""
    wanted = list(holders)
    await grant(work, noun, object_id, wanted, "A4.4")
    query = select(Part).where(col(Part.object_id) == object_id, col(Part.holder).in_(wanted))
    for part in (await work.session.scalars(query)).all():
        part.in_force = True
