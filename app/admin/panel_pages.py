"""Expert panels on pages: how a panel was made up, what each expert said, what became of it (A3.7)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.choices import named, presiders_of, units_of
from app.admin.door import Page
from app.admin.html import finish, show
from app.admin.matters import oldest_first, people_in, seen, texts_of, the_one
from app.admin.panels import Choices, panels
from app.admin.titles import titles_of
from app.core.refusals import NotFound
from app.models.experts import Expert
from app.models.matters import Item, Meeting, Motion
from app.models.panels import Panel, PanelAdvice, PanelDraw, PanelMember, PanelUnit
from app.models.people import Person, Unit
from app.models.records import Signature
from app.queries.experts import in_term
from app.queries.panels import Concern, absent_on, day_of, loads
from app.queries.visibility import visible_to
from app.queries.waiting import waits_of
from app.rules.panel import ANSWERS, CONCLUSIONS, CONFLICTS, IN_FORCE, KINDS, MODES, VIEWS
from app.services.draws import record

PAGE = 100


async def listing(ask: Ask) -> Response:
    """Panels that the asker may see, the newest first."""
    rows = (await ask.session.scalars(visible_to(ask.view, Panel).order_by(col(Panel.id).desc()).limit(PAGE))).all()
    ask.saw(rows)
    return show(
        ask, "admin/matter/panels.html", rows=rows, titles=await titles_of(ask, [("panel", row.id) for row in rows]),
        waits=await waits_of(ask.session, ask.view, "panel", rows),
    )  # fmt: skip


async def _experts(ask: Ask, panel: Panel) -> list[tuple[str, str]]:
    """The pool by name, with employer, fields and load, for who may see it; who has a conflict or is away on the day
    of the panel is marked."""
    rows = (await ask.session.scalars(visible_to(ask.view, Expert).where(in_term(day_of(panel))))).all()
    people = select(col(Person.id), col(Person.name)).where(col(Person.id).in_([row.person_id for row in rows]))
    names = dict((await ask.session.execute(people)).all())
    ids = [row.id for row in rows]
    load, away = await loads(ask.session, ids), await absent_on(ask.session, ids, day_of(panel))
    concern = await _concern(ask, panel)

    def said(row: Expert) -> str:
        times = ask.say(f"{load[row.id]}次", f"{load[row.id]} panels")
        mark = ask.say(" 须回避", " has a conflict") if concern.conflict(row) else ""
        mark += ask.say(" 当日不便", " away that day") if row.id in away else ""
        return f"{names[row.person_id]}({row.employer};{row.fields};{times}){mark}"

    return sorted(((str(row.id), said(row)) for row in rows), key=lambda pair: pair[1])


async def _concern(ask: Ask, panel: Panel) -> Concern:
    units = select(Unit).join(PanelUnit, col(PanelUnit.unit_id) == col(Unit.id))
    return Concern.of((await ask.session.scalars(units.where(col(PanelUnit.panel_id) == panel.id))).all())


async def _choices(
    ask: Ask, row: Panel, members: Sequence[PanelMember], people: dict[UUID, str], advice: Sequence[Any]
) -> Choices:
    named_units = select(col(PanelUnit.unit_id)).where(col(PanelUnit.panel_id) == row.id, col(PanelUnit.named))
    planning = ask.may("panel:edit") and row.state == "draft"
    return {
        "panel_kinds": named(ask, KINDS),
        "panel_modes": named(ask, MODES),
        "units": await units_of(ask, row.group_id) if planning else [],
        "presiders": await presiders_of(ask, row.group_id) if ask.may("panel:convene") else [],
        "unit_ids_chosen": [(str(key), "") for key in (await ask.session.scalars(named_units)).all()],
        "experts": await _experts(ask, row) if ask.may("panel:name_member") else [],
        "members": [(str(row.id), people.get(row.person_id, "—")) for row in members if row.state in IN_FORCE],
        "conclusions": named(ask, CONCLUSIONS),
        "views": named(ask, VIEWS),
        "conflicts": named(ask, CONFLICTS),
        "answers": named(ask, ANSWERS),
        "advice": [(str(row.id), f"{row.number}. {row.text[:60]}") for row in advice if not row.answer],
    }


async def _conflicts(ask: Ask, row: Panel, members: Sequence[PanelMember]) -> dict[UUID, str]:
    """Members in force who have a conflict as the pool stands now, for the office to act on."""
    concern = await _concern(ask, row)
    ids = {each.expert_id: each.id for each in members if each.state in IN_FORCE}
    experts = (await ask.session.scalars(visible_to(ask.view, Expert).where(col(Expert.id).in_(ids)))).all()
    return {ids[expert.id]: kind for expert in experts if (kind := concern.conflict(expert))}


async def _meetings(ask: Ask, panel_id: UUID) -> Sequence[Meeting]:
    """The joint meetings at which the panel sits or was to sit (B2.3)."""
    items = select(col(Item.meeting_id)).where(col(Item.panel_id) == panel_id, col(Item.state) != "removed")
    return (await ask.session.scalars(visible_to(ask.view, Meeting).where(col(Meeting.id).in_(items)))).all()


async def panel(ask: Ask) -> Response:
    row = await the_one(ask, Panel)
    members = await seen(ask, PanelMember, col(PanelMember.panel_id) == row.id)
    advice = await seen(ask, PanelAdvice, col(PanelAdvice.panel_id) == row.id)
    motion = await ask.session.scalar(visible_to(ask.view, Motion).where(col(Motion.id) == row.motion_id))
    ask.saw([row], members, [motion] if motion else [])
    about = [row.id, *(each.id for each in members)]
    signatures = oldest_first(await seen(ask, Signature, col(Signature.object_id).in_(about)))
    draws = await seen(ask, PanelDraw, col(PanelDraw.panel_id) == row.id)
    others = [row.chair_id, *(each.person_id for each in members), *(each.drawn_by for each in draws),
              *(each.answered_by for each in advice)]  # fmt: skip
    people = await people_in(ask, signatures, others)
    units = (
        select(col(Unit.name))
        .join(PanelUnit, col(PanelUnit.unit_id) == col(Unit.id))
        .where(col(PanelUnit.panel_id) == row.id, col(PanelUnit.named))
    )
    return show(
        ask, "admin/matter/panel.html", panel=(await panels(ask, "panel", [row], signatures))[0], motion=motion,
        members=await panels(ask, "panel_member", members, signatures), advice=advice, people=people,
        draws=sorted(draws, key=lambda each: each.number), history_rows=signatures,
        units=(await ask.session.scalars(units)).all(),
        meetings=await _meetings(ask, row.id), conflicts=await _conflicts(ask, row, members),
        choices=await _choices(ask, row, members, people, advice), texts=await texts_of(ask, [row.motion_id]),
    )  # fmt: skip


async def draw(ask: Ask) -> Response:
    """The record of a draw, to be redone outside with docs/draw/redo.py."""
    row = await ask.session.scalar(visible_to(ask.view, PanelDraw).where(col(PanelDraw.id) == ask.path_id("draw")))
    if row is None or row.panel_id != ask.path_id():
        raise NotFound()
    headers = {"content-disposition": f'attachment; filename="draw-{row.number}.json"'}
    return finish(ask, Response(record(row), media_type="application/json", headers=headers))


PAGES = (Page("/panels", listing), Page("/panels/{id}", panel), Page("/panels/{id}/draws/{draw}", draw))
