"""What changed since, for one asker: rows he sees, and keys of what he saw and sees no more (A4.4, C9).

Three things are told, in the order in which they were committed: a row that changed and that he may see; a part that
began for one of his holders, which brings its matter and all that depends on it, however old; a part that ended, or a
row that was taken out, of which he is told the key, for he knew it. What he never saw leaves no trace.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from app.core.enforces import enforces
from app.models.changes import UNTOLD, Changed
from app.models.records import Part
from app.queries.visibility import NOUNS, PART_COLUMN, View, row_filter, table_of

BY_PART = frozenset({"part", "part_since", "filed"})
EVERYBODYS = frozenset({"directory", "installation"})
Model = type[SQLModel]


@dataclass(slots=True)
class Since:
    """One page of what changed. `seen` and `gone` are (model, key); `upto` is the number up to which all was told."""

    upto: int
    more: bool = False
    seen: dict[tuple[Model, UUID], None] = field(default_factory=dict)
    gone: dict[tuple[Model, UUID], None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    seq: int
    what: str
    noun: str
    key: UUID


async def watermark(session: AsyncSession) -> int:
    """The number of the last change. Whoever sees it sees all below it (app.models.changes)."""
    return await session.scalar(select(func.max(col(Changed.seq)))) or 0


def told(models: Iterable[Model]) -> dict[str, Model]:
    """Those whose changes are noted, by the names of their tables."""
    named = {table_of(model).name: model for model in models if model in NOUNS}  # type: ignore[attr-defined]
    return {name: model for name, model in named.items() if name not in UNTOLD}


@enforces("A4.4", "C9")
async def changes_since(
    session: AsyncSession, view: View, models: dict[str, Model], after: int, parts_after: int, upto: int, limit: int
) -> Since:
    """The changes numbered above `after`, at most about `limit` of them: what one number brings stays together.
    Parts count only above `parts_after`: what had begun before then is told with its rows."""
    lines = await _lines(session, view, models, after, parts_after, upto, limit)
    more = len(lines) > limit
    page = lines[:limit]
    found = Since(page[-1].seq if more else upto, more)
    for line in page:
        if line.what == "seen":
            found.seen[models[line.noun], line.key] = None
        elif line.what == "gone":
            found.gone[models[line.noun], line.key] = None
    found.seen |= dict.fromkeys(await _below(session, view, models, [line for line in page if line.what == "begun"]))
    found.gone |= dict.fromkeys(await _closed(session, view, models, [line for line in page if line.what == "ended"]))
    return found


async def _lines(
    session: AsyncSession, view: View, models: dict[str, Model], after: int, parts_after: int, upto: int, limit: int
) -> list[_Line]:
    """In one statement over the tables in which anything has changed; each of its parts is cut, so that a long absence
    costs a page and not all of it."""
    query = select(col(Changed.noun)).where(col(Changed.seq) > after, col(Changed.seq) <= upto).distinct()
    changed = set((await session.scalars(query)).all())
    readable = [(name, models[name]) for name in sorted(changed & models.keys()) if view.scopes(NOUNS[models[name]])]
    pieces = [piece(view, *each, after, upto) for each in readable for piece in (_seen, _out)]
    pieces += _parts(view, max(after, parts_after), upto) if "part" in changed else []
    if not pieces:
        return []
    cut = [select(piece.order_by("seq").limit(limit + 1).subquery()) for piece in pieces]
    rows = (await session.execute(union_all(*cut).order_by("seq").limit(limit + 1))).all()
    return [_Line(row.seq, row.what, row.noun, row.key) for row in rows]


def _by_part(view: View, model: Model) -> bool:
    return view.signed_in and bool(view.scopes(NOUNS[model]) & BY_PART)


def _within(name: str, after: int, upto: int) -> Any:
    return and_(col(Changed.noun) == name, col(Changed.seq) > after, col(Changed.seq) <= upto)


def _line(what: str, noun: Any, key: Any) -> Select[Any]:
    said = noun if not isinstance(noun, str) else literal(noun)
    return select(col(Changed.seq).label("seq"), literal(what).label("what"), said.label("noun"), key.label("key"))


def _seen(view: View, name: str, model: Model, after: int, upto: int) -> Select[Any]:
    table = table_of(model)
    joined = _line("seen", name, table.c.id).join(table, table.c.id == col(Changed.object_id))
    return joined.where(_within(name, after, upto), row_filter(view, model))


class Former(View):
    """The asker with every part that was ever in force for him."""

    def in_force(self, part: Any) -> ColumnElement[bool]:
        note = table_of(Changed).alias("note")
        return or_(part.in_force, exists().where(note.c.object_id == part.id, note.c.gone))


def _known(view: View, model: Model) -> ColumnElement[bool]:
    """Rows that he sees, or saw while a part of his was in force."""
    return row_filter(Former(view.actor, view.policy), model)


def _out(view: View, name: str, model: Model, after: int, upto: int) -> Select[Any]:
    """A row that was taken out, told to those who could see it."""
    ways: list[Any] = [view.held(table_of(Changed).c.holder)] if view.signed_in else []
    if _by_part(view, model):
        part = table_of(Part).alias("known")
        ways.append(
            exists().where(part.c.object_id == col(Changed.matter_id), view.held(part.c.holder), part.c.in_force)
        )
    everybody = bool(view.scopes(NOUNS[model]) & EVERYBODYS)
    query = _line("gone", name, col(Changed.object_id)).where(_within(name, after, upto), col(Changed.gone))
    return query if everybody else query.where(or_(*ways)) if ways else query.where(literal(False))


def _parts(view: View, after: int, upto: int) -> list[Select[Any]]:
    """Parts of his holders that began or ended."""
    if not view.signed_in:
        return []
    part = table_of(Part)
    mine = (_within("part", after, upto), view.held(part.c.holder))
    begun, ended = (
        _line(what, part.c.noun, part.c.object_id).join(part, part.c.id == col(Changed.object_id)).where(*mine, holds)
        for what, holds in (("begun", part.c.in_force), ("ended", and_(~part.c.in_force, col(Changed.gone))))
    )
    return [begun, ended]


def _depending(models: dict[str, Model], lines: Sequence[_Line]) -> Iterator[tuple[Model, Any, set[UUID]]]:
    """The tables in which something depends on the part in one of these matters: the column, and the matters."""
    keys: dict[str, set[UUID]] = defaultdict(set)
    for line in lines:
        keys[line.noun].add(line.key)
    together = {key for each in keys.values() for key in each}
    for name, model in models.items():
        column = PART_COLUMN.get(model, "id")
        wanted = keys.get(name, set()) if column == "id" else together
        if wanted:
            yield model, table_of(model).c[column], wanted


async def _below(
    session: AsyncSession, view: View, models: dict[str, Model], lines: Sequence[_Line]
) -> list[tuple[Model, UUID]]:
    """The matters in which a part began, and all that depends on it, as far as he may see it."""
    found: list[tuple[Model, UUID]] = []
    for model, column, keys in _depending(models, lines):
        key = table_of(model).c.id
        query = select(key).where(column.in_(keys), row_filter(view, model)).order_by(key)
        found += [(model, each) for each in (await session.scalars(query)).all()]
    return found


async def _closed(
    session: AsyncSession, view: View, models: dict[str, Model], lines: Sequence[_Line]
) -> list[tuple[Model, UUID]]:
    """The matters in which a part ended, and what depended on it until then; what came after leaves no trace."""
    ended = {line.key: line.seq for line in lines}
    found: list[tuple[Model, UUID]] = []
    for model, column, keys in _depending(models, lines):
        key, note = table_of(model).c.id, table_of(Changed)
        born = func.coalesce(note.c.born, note.c.seq)
        query = select(key, column, born).join(note, note.c.object_id == key)
        rows = await session.execute(query.where(column.in_(keys), _known(view, model), ~row_filter(view, model)))
        found += [(model, each) for each, matter, since in rows.all() if since < ended[matter]]
    return found
