"""Documents and minutes as papers in the national layout (C8): made when they are asked for, for whoever may read them.

Taking a restricted one is itself recorded, like reading it (A4.4).
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.adapters.official_paper import KIND, official_paper
from app.admin.ask import Ask, bearer_of, identify
from app.admin.files import check_sign_in, headers_of, key_of, refusal_of
from app.admin.html import go
from app.admin.site import Site
from app.core.enforces import enforces
from app.core.refusals import NotFound, Refused
from app.models.minutes import Extract
from app.models.outcome import Document
from app.queries.official_papers import file_name, paper_of_document, paper_of_extract
from app.queries.visibility import visible_to
from app.rules.layout import Paper

Maker = Callable[[AsyncSession, Any], Awaitable[Paper]]
MAKERS: Mapping[str, tuple[Any, Maker]] = {
    "document": (Document, paper_of_document),
    "extract": (Extract, paper_of_extract),
}


async def _get(ask: Ask) -> Response:
    if ask.actor.person_id is None and not ask.by_bearer:
        return go(ask, f"/admin/sign-in?next={ask.request.scope['path']}")
    try:
        check_sign_in(ask)
        paper, name = await _paper(ask)
    except Refused as refused:
        return refusal_of(ask, refused)
    content = await run_in_threadpool(official_paper, paper)
    await ask.record_readings()
    return Response(content, headers=headers_of(name, KIND, len(content)))


@enforces("A4.4", "C8")
async def _paper(ask: Ask) -> tuple[Paper, str]:
    """The paper, where the asker may read what stands on it; else what does not exist would get."""
    model, make = MAKERS.get(str(ask.request.path_params["noun"]), (None, None))
    if model is None or make is None:
        raise NotFound()
    key = key_of(ask.request.path_params["id"])
    row = await ask.session.scalar(visible_to(ask.view, model).where(model.id == key))
    if row is None:
        raise NotFound()
    ask.saw([row])
    paper = await make(ask.session, row)
    return paper, file_name(row.title, getattr(row, "dated_on", None))


def paper_routes_of(site: Site) -> list[BaseRoute]:
    async def get(request: Request) -> Response:
        async with site.db.read() as session:
            return await _get(await identify(site, request, session, bearer_of(request)))

    return [Route("/files/{noun}/{id}/paper.docx", get)]
