"""The versions of a text, and what was given on an earlier one (C16).

Whoever signs or answers is bound to the version before him. When the text moves on, the earlier version stays with its
difference to the present text, and everything that is bound to it is marked as stale.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, false, or_, select, true, update
from sqlmodel import col

from app.core.clock import day_end, local_day
from app.core.differences import passages
from app.core.enforces import enforces
from app.models.matters import Opinion
from app.models.panels import Panel, PanelMember
from app.models.records import Signature
from app.models.review import ReviewSheet
from app.models.texts import TextVersion
from app.rules.roles import Actor
from app.services import text_hash
from app.services.work import Work

KEPT = frozenset({"motion", "document"})


@dataclass(frozen=True, slots=True)
class Bound:
    """A table whose rows are bound to a text: which column names the matter, and which the hash of its text.
    It has the columns `stale` and `text_version_id` too."""

    model: Any
    matter: str
    content_hash: str


BOUND: list[Bound] = [
    Bound(Signature, "object_id", "content_hash"),
    Bound(Opinion, "motion_id", "text_hash"),
    Bound(PanelMember, "motion_id", "text_hash"),
    Bound(Panel, "motion_id", "text_hash"),
    Bound(ReviewSheet, "motion_id", "text_hash"),
]


def touches(noun: str, changes: Mapping[str, Any] | None) -> bool:
    """Whether these columns belong to the text of a noun whose versions are kept."""
    return noun in KEPT and bool(set(text_hash.FIELDS[noun]) & set(changes or ()))


async def keep(work: Work, row: Any) -> TextVersion | None:
    """The version that the row's text is now, kept if it is new. None for a noun whose text is not kept."""
    if row.__tablename__ not in KEPT:
        return None
    query = select(TextVersion).where(col(TextVersion.object_id) == row.id).order_by(col(TextVersion.number))
    known = list((await work.session.scalars(query)).all())
    content = text_hash.of(row)
    present = next((each for each in known if each.until is None), None)
    if present is not None and present.content_hash == content:
        return present
    return await _move_on(work, row, known, content)


async def as_of(work: Work, object_id: UUID, instant: datetime) -> TextVersion | None:
    """The version that was the present one then."""
    versions = select(TextVersion).where(
        col(TextVersion.object_id) == object_id,
        col(TextVersion.since) < instant,
        or_(col(TextVersion.until).is_(None), col(TextVersion.until) >= instant),
    )
    found: TextVersion | None = await work.session.scalar(versions.order_by(col(TextVersion.number).desc()).limit(1))
    return found


@enforces("C16", "C20")
async def judged(work: Work, row: Any, actor: Actor) -> tuple[TextVersion, bool]:
    """The version on which the actor gives his word, and whether the text has changed since: the present one, or, of
    what was written on paper on an earlier day, the one at the end of that day."""
    version = present = await keep(work, row)
    assert version is not None and present is not None  # asked only of a noun whose texts are kept
    day = local_day(actor.moment(work.now))
    if day < work.day:
        version = await as_of(work, row.id, day_end(day)) or present
    return version, version.id != present.id


async def _move_on(work: Work, row: Any, known: list[TextVersion], content: str) -> TextVersion:
    version = next((each for each in known if each.content_hash == content), None)
    if version is None:
        version = TextVersion(
            noun=row.__tablename__, object_id=row.id, number=len(known) + 1, content_hash=content,
            cells=text_hash.cells(row), since=work.now,
        )  # fmt: skip
        work.session.add(version)
    version.until, version.changes = None, []
    for earlier in known:
        if earlier is not version:
            earlier.until = earlier.until or work.now
            earlier.changes = difference(earlier.cells, version.cells)
    await work.session.flush()
    await _mark(work, row.id, version)
    return version


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> list[dict[str, Any]]:
    """What leads from one text to the other, field by field and passage by passage, as it is stored."""
    return [
        {"field": name, "kind": each.kind, "before": each.before, "after": each.after, "pieces": each.pieces}
        for name in {**before, **after}
        for each in passages(before.get(name, ""), after.get(name, ""))
    ]


@enforces("C16")
async def _mark(work: Work, object_id: UUID, version: TextVersion) -> None:
    """What is bound to another text than this is stale from now on; what is bound to this one is fresh again."""
    for bound in BOUND:
        matter, hashed = getattr(bound.model, bound.matter), getattr(bound.model, bound.content_hash)
        here = (matter == object_id) & (hashed != "")
        same = hashed == version.content_hash
        await work.session.execute(update(bound.model).where(here).values(stale=case((same, false()), else_=true())))
        unnamed = here & same & bound.model.text_version_id.is_(None)
        await work.session.execute(update(bound.model).where(unnamed).values(text_version_id=version.id))
