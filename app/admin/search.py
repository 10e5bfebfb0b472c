"""Search over motions, meetings, documents and directives, as far as the reader may see them (C11)."""

from datetime import date
from typing import Any

from starlette.responses import Response

from app.admin.ask import Ask, forbidden
from app.admin.door import Page
from app.admin.forms import as_day, as_uuid
from app.admin.html import show
from app.admin.menu import is_member
from app.core.bigrams import excerpt
from app.core.refusals import Invalid
from app.queries import search as queries
from app.queries.search import KINDS, Wanted
from app.queries.visibility import visible_to

PAGE = 20


def _day(ask: Ask, name: str) -> date | None:
    value = ask.request.query_params.get(name, "")
    return as_day(name, value) if value else None


async def _rows(ask: Ask, found: list[tuple[str, Any]]) -> list[Any]:
    """The rows in the order in which they were found."""
    rows: dict[Any, Any] = {}
    for noun, model in KINDS.items():
        keys = [key for kind, key in found if kind == noun]
        if keys:
            query = visible_to(ask.view, model).where(model.id.in_(keys))
            rows |= {row.id: row for row in (await ask.session.scalars(query)).all()}
    ask.saw(rows.values())
    return [(noun, rows[key]) for noun, key in found if key in rows]


async def search(ask: Ask) -> Response:
    if not is_member(ask):
        raise forbidden("C11")
    params = ask.request.query_params
    text, kind = params.get("q", "").strip()[:100], params.get("kind", "")
    lines, total, fault, more = [], 0, "", ""
    try:
        if text:
            wanted = Wanted(text, [kind] if kind in KINDS else (), since=_day(ask, "since"), until=_day(ask, "until"))
            before = as_uuid("before", params["before"]) if params.get("before") else None
            found = await queries.search(ask.session, ask.view, wanted, PAGE + 1, before)
            total = await queries.count(ask.session, ask.view, wanted)
            more = str(found[PAGE - 1][1]) if len(found) > PAGE else ""
            lines = [(noun, row, excerpt(" ".join(queries.texts_of(row)[1:]), text))
                     for noun, row in await _rows(ask, found[:PAGE])]  # fmt: skip
    except Invalid as error:
        fault = error.refusal.sentence(ask.language)
    return show(
        ask, "admin/search.html", q=text, kind=kind, kinds=list(KINDS), since=params.get("since", ""),
        until=params.get("until", ""), lines=lines, total=total, fault=fault, more=more,
    )  # fmt: skip


PAGES = (Page("/search", search),)
