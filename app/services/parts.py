"""Who has part in a matter from when on (A4.4). What was given is kept; on a restricted matter only the list counts."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused
from app.models.records import Part
from app.queries.family import descendants, roots
from app.queries.subjects import Subject
from app.services.audiences import CORE, resolve
from app.services.work import Work


async def on_lists(work: Work, motion_ids: Sequence[UUID]) -> set[str]:
    """The holders who see every one of these motions, restricted as they are."""
    found: set[str] | None = None
    for motion_id in motion_ids:
        query = select(col(Part.holder)).where(col(Part.object_id) == motion_id, col(Part.in_force))
        holders = set((await work.session.scalars(query)).all())
        found = holders if found is None else found & holders
    return found or set()


async def grant(
    work: Work, noun: str, object_id: UUID, holders: Iterable[str], clause: str, lists: Sequence[UUID] | None = None
) -> None:
    """Give part to holders who have none yet. With `lists` (motions) the matter is restricted: a part of a holder who
    is not on all of these lists is recorded, and comes into force when he is put on them."""
    wanted = list(dict.fromkeys(holders))
    if not wanted:
        return
    query = select(col(Part.holder)).where(col(Part.object_id) == object_id, col(Part.holder).in_(wanted))
    known = set((await work.session.scalars(query)).all())
    listed = None if lists is None else await on_lists(work, lists)
    work.session.add_all(
        Part(
            noun=noun,
            object_id=object_id,
            holder=holder,
            clause=clause,
            in_force=listed is None or holder in listed,
            since=work.now,
        )
        for holder in wanted
        if holder not in known
    )


@enforces("A4.4")
async def lend(
    work: Work, noun: str, object_id: UUID, holders: Iterable[str], clause: str, lists: Sequence[UUID] | None = None
) -> None:
    """As `grant`, for a time: a part that had ended comes into force again, for whom the list allows it."""
    wanted = list(dict.fromkeys(holders))
    allowed = wanted if lists is None else [holder for holder in wanted if holder in await on_lists(work, lists)]
    ended = update(Part).where(col(Part.object_id) == object_id, col(Part.holder).in_(allowed), ~col(Part.in_force))
    await work.session.execute(ended.values(in_force=True, clause=clause, since=work.now))
    await grant(work, noun, object_id, wanted, clause, lists)


@enforces("A4.4")
async def end(work: Work, object_ids: Iterable[UUID], holders: Iterable[str]) -> None:
    """A part that was for a time only ends; the row stays, so that one sees who knew."""
    await work.session.execute(
        update(Part)
        .where(col(Part.object_id).in_(list(object_ids)), col(Part.holder).in_(list(holders)))
        .values(in_force=False)
    )


async def any_has_part(work: Work, subject: Subject, holders: Iterable[str]) -> bool:
    query = select(col(Part.id)).where(
        col(Part.object_id) == subject.row.id, col(Part.in_force), col(Part.holder).in_(sorted(holders))
    )
    return await work.session.scalar(query.limit(1)) is not None


async def lists_of(work: Work, subject: Subject) -> list[UUID] | None:
    """The lists that hold for this matter; None where it is not restricted."""
    return await roots(work.session, subject) if subject.row.disclosure == "restricted" else None


@enforces("A4.4")
async def give(work: Work, subject: Subject, audiences: Iterable[str], clause: str) -> None:
    """Give part to audiences. On a restricted matter whoever is not leadership or office waits for the list."""
    lists = await lists_of(work, subject)
    for audience in audiences:
        needed = None if audience in CORE else lists
        await grant(work, subject.noun, subject.row.id, resolve(subject, audience), clause, needed)


@enforces("A4.4")
async def give_first(work: Work, subject: Subject, audiences: Iterable[str], clause: str) -> None:
    """As `give`, for a matter that is new, so that nobody has part in it yet."""
    lists = await lists_of(work, subject)
    listed = None if lists is None else await on_lists(work, lists)
    found: dict[str, bool] = {}
    for audience in audiences:
        for holder in resolve(subject, audience):
            found.setdefault(holder, audience in CORE or listed is None or holder in listed)
    work.session.add_all(
        Part(
            noun=subject.noun, object_id=subject.row.id, holder=holder, clause=clause, in_force=in_force, since=work.now
        )
        for holder, in_force in found.items()
    )


@enforces("A4.4")
async def require_listed(work: Work, subject: Subject, holders: Iterable[str]) -> None:
    """Nobody outside the list can be asked or charged in a restricted matter."""
    lists = await lists_of(work, subject)
    if lists is not None and set(holders) - await on_lists(work, lists):
        raise Refused(
            Refusal(
                "not_listed",
                "该事项为工作秘密,所涉单位不在知悉范围名单内。",
                "The matter is restricted and a unit is not on its need-to-know list.",
                "A4.4",
                "办公室先将其列入名单",
                "the office puts it on the list first",
            )
        )


@enforces("A4.4")
async def put_on_list(work: Work, motion_id: UUID, holders: Iterable[str]) -> None:
    """Put holders on a restricted motion's list: what they were given in its family comes into force."""
    wanted = list(holders)
    await grant(work, "motion", motion_id, wanted, "A4.4")
    family = await descendants(work.session, motion_id)
    await work.session.flush()
    await work.session.execute(
        update(Part).where(col(Part.object_id).in_(family), col(Part.holder).in_(wanted)).values(in_force=True)
    )
