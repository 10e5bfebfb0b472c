"""Lists of matters: what the asker may see, the newest first, each with whom it waits for."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from app.admin.ask import Ask
from app.admin.door import Page
from app.admin.drafts import groups_for
from app.admin.forms import as_uuid
from app.admin.html import go, show
from app.admin.panels import lights_of
from app.admin.titles import unit_names
from app.admin.words import link
from app.core.clock import today
from app.core.refusals import Invalid, NotFound
from app.models.matters import Attendance, Item, Opinion
from app.models.outcome import Publication
from app.models.panels import PanelMember
from app.queries.subjects import MODELS
from app.queries.visibility import visible_to
from app.queries.waiting import waits_of
from app.rules.catalogue import TABLES

PAGE = 50
_PLURALS = {
    "motions": "motion", "topics": "topic", "meetings": "meeting", "documents": "document", "directives": "directive",
}  # fmt: skip
_WHOLE: dict[str, tuple[Any, str, str]] = {
    "opinion": (Opinion, "motion", "motion_id"),
    "panel_member": (PanelMember, "panel", "panel_id"),
    "item": (Item, "motion", "motion_id"),
    "attendance": (Attendance, "meeting", "meeting_id"),
    "publication": (Publication, "motion", "motion_id"),
}


def _before(ask: Ask) -> UUID | None:
    value = ask.request.query_params.get("before", "")
    try:
        return as_uuid("before", value) if value else None
    except Invalid as error:
        raise NotFound() from error


async def matters(ask: Ask) -> Response:
    """One list per noun; `?state=` filters, `?before=` goes on after the last row shown."""
    plural = ask.request.scope["path"].rstrip("/").rpartition("/")[2]
    noun = _PLURALS[plural]
    model: Any = MODELS[noun]
    query = visible_to(ask.view, model).order_by(model.id.desc())
    state = ask.request.query_params.get("state", "")
    if state in TABLES[noun].states:
        query = query.where(model.state == state)
    if before := _before(ask):
        query = query.where(model.id < before)
    rows = (await ask.session.scalars(query.limit(PAGE + 1))).all()
    shown = rows[:PAGE]
    ask.saw(shown)
    names = ("lead_unit_id", "organizer_id") if noun != "topic" else ("department_id",)
    units = await unit_names(ask, [getattr(row, name, None) for row in shown for name in names])
    return show(
        ask, "admin/matter/list.html", noun=noun, plural=plural, rows=shown, units=units, state=state,
        states=list(TABLES[noun].states), more=str(shown[-1].id) if len(rows) > PAGE else "",
        waits=await waits_of(ask.session, ask.view, noun, shown), day=today(),
        may_draft=bool(groups_for(ask, f"{noun}:draft")) and noun != "document",
        lights=await lights_of(ask, shown) if noun == "directive" else {},
    )  # fmt: skip


async def whole_of(ask: Ask) -> Response:
    """From a matter, or a part of one (an opinion asked, a seat in a meeting), to the page on which it stands: this is
    the address that a mail gives."""
    noun = str(ask.request.path_params["noun"])
    page = link(noun, ask.path_id())
    if noun not in _WHOLE and page.startswith("/admin/at/"):
        raise NotFound()
    if noun not in _WHOLE:
        return go(ask, page)
    model, whole, column = _WHOLE[noun]
    row = await ask.session.scalar(visible_to(ask.view, model).where(model.id == ask.path_id()))
    if row is None:
        raise NotFound()
    key = getattr(row, column)
    if key is None:  # a topic, or what an office meeting alone has heard
        whole, key = "meeting", row.meeting_id
    return go(ask, f"{link(whole, key)}#{noun}-{row.id}")


PAGES = (*(Page(f"/{plural}", matters) for plural in _PLURALS), Page("/at/{noun}/{id}", whole_of))
