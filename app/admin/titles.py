"""What matters are called in lists, only as far as the reader may see them (A4.4).

A restricted matter is not called by its title in lists of tasks and notifications: it is read on its own page, or in
the list of its kind, and that reading is recorded.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.admin.ask import Ask
from app.models.matters import Attendance, Item, Meeting, Motion, Opinion
from app.models.office import Topic
from app.models.panels import Panel, PanelMember
from app.models.people import Person, Unit
from app.queries.subjects import MODELS
from app.queries.visibility import row_filter, visible_to

# A part of a matter is called by the matter it belongs to.
Whole = tuple[type[Any], str, type[Any]]
_WHOLE: dict[str, tuple[Whole, ...]] = {
    "opinion": ((Opinion, "motion_id", Motion),),
    "panel": ((Panel, "motion_id", Motion),),
    "panel_member": ((PanelMember, "motion_id", Motion),),
    "item": ((Item, "motion_id", Motion), (Item, "topic_id", Topic)),
    "attendance": ((Attendance, "meeting_id", Meeting),),
}


async def titles_of(ask: Ask, matters: Iterable[tuple[str, UUID]]) -> dict[UUID, str]:
    """The titles of those of these matters that the asker may see."""
    wanted: dict[str, list[UUID]] = defaultdict(list)
    for noun, object_id in matters:
        wanted[noun].append(object_id)
    titles: dict[UUID, str] = {}
    for noun, ids in wanted.items():
        for whole in _WHOLE.get(noun, ()):
            titles |= await _titles_of_parts(ask, whole, ids)
        if noun in _WHOLE:
            continue
        if noun in MODELS:
            model: Any = MODELS[noun]
            query = select(model.id, model.title, model.disclosure)
            rows = await ask.session.execute(query.where(model.id.in_(ids), row_filter(ask.view, model)))
            titles |= _said(ask, rows.all())
    return titles


def _said(ask: Ask, rows: Iterable[Any]) -> dict[UUID, str]:
    hidden = ask.say("工作秘密事项", "A restricted matter")
    return {key: hidden if disclosure == "restricted" else title for key, title, disclosure in rows}


async def _titles_of_parts(ask: Ask, part: Whole, ids: Sequence[UUID]) -> dict[UUID, str]:
    model, column, whole = part
    query = (
        select(model.id, whole.title, whole.disclosure)
        .join(whole, whole.id == getattr(model, column))
        .where(model.id.in_(ids), row_filter(ask.view, model), row_filter(ask.view, whole))
    )
    return _said(ask, (await ask.session.execute(query)).all())


async def unit_names(ask: Ask, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    return await _names(ask, Unit, ids)


async def person_names(ask: Ask, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    return await _names(ask, Person, ids)


async def _names(ask: Ask, model: Any, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    known = {each for each in ids if each}
    rows = (await ask.session.scalars(visible_to(ask.view, model).where(model.id.in_(known)))).all() if known else []
    return {row.id: row.name for row in rows}
