"""Searching (C11): only over what the viewer may see, so that nothing else is found or counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, column, func, literal, select, table, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.bigrams import phrases
from app.core.clock import at
from app.core.enforces import enforces
from app.core.refusals import invalid
from app.models.matters import Meeting, Motion
from app.models.outcome import Directive, Document
from app.models.search import FTS, SEARCHED, SearchEntry
from app.queries.visibility import View, row_filter

KINDS: dict[str, Any] = {"motion": Motion, "meeting": Meeting, "document": Document, "directive": Directive}
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for, and where. `since` and `until` are days of creation, both included."""

    text: str
    kinds: Sequence[str] = ()
    group_id: UUID | None = None
    states: Sequence[str] = ()
    since: date | None = None
    until: date | None = None


def _holds(phrase: str, dialect: str) -> ColumnElement[bool]:
    """Lines of the index in which this phrase stands."""
    if dialect == "postgresql":
        words = func.to_tsvector(literal("simple", literal_execute=True), col(SearchEntry.words))
        return words.op("@@")(func.phraseto_tsquery(literal("simple", literal_execute=True), phrase))
    fts = table(FTS, column("rowid"), column(FTS))
    matching = select(fts.c.rowid).where(fts.c[FTS].op("MATCH")(f'"{phrase}"'))
    return col(SearchEntry.seq).in_(matching)


def _condition(view: View, model: Any, wanted: Wanted, dialect: str) -> ColumnElement[bool]:
    parts = [row_filter(view, model)]
    for phrase in phrases(wanted.text):
        parts.append(col(model.id).in_(select(col(SearchEntry.object_id)).where(_holds(phrase, dialect))))
    if wanted.group_id:
        parts.append(model.group_id == wanted.group_id)
    if wanted.states:
        parts.append(model.state.in_(wanted.states))
    if wanted.since:
        parts.append(model.created_at >= at(wanted.since, 0))
    if wanted.until:
        parts.append(model.created_at < at(wanted.until + timedelta(days=1), 0))
    return and_(*parts)


def _everything(view: View, wanted: Wanted, dialect: str) -> Any:
    """(noun, id) of all that is found."""
    if not phrases(wanted.text):
        raise invalid("text", "请输入至少两个相连的字。", "At least two signs that stand together are needed.", "C11")
    kinds: Iterable[str] = [kind for kind in KINDS if kind in (wanted.kinds or KINDS)]
    return union_all(
        *(
            select(literal(kind).label("noun"), col(KINDS[kind].id).label("id")).where(
                _condition(view, KINDS[kind], wanted, dialect)
            )
            for kind in kinds
        )
    ).subquery("found")


@enforces("C11", "A4.4")
async def search(
    session: AsyncSession, view: View, wanted: Wanted, limit: int, before: UUID | None = None
) -> list[tuple[str, UUID]]:
    """What is found, the newest first: keys grow with time."""
    found = _everything(view, wanted, session.get_bind().dialect.name)
    query: Select[Any] = select(found.c.noun, found.c.id).order_by(found.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(found.c.id < before)
    return [(noun, key) for noun, key in (await session.execute(query)).all()]


@enforces("C11", "A4.4")
async def count(session: AsyncSession, view: View, wanted: Wanted) -> int:
    """How many are found, counted no further than ten thousand."""
    found = _everything(view, wanted, session.get_bind().dialect.name)
    some = select(found.c.id).limit(MOST).subquery()
    return await session.scalar(select(func.count()).select_from(some)) or 0


def texts_of(row: Any) -> tuple[str, ...]:
    """The texts of a matter in which was searched."""
    return tuple(getattr(row, name) or "" for name in SEARCHED[type(row)])
